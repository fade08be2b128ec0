"""The published figures: what an office has said before, against which computed ones are held."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers.errors import DataError, Finding, Place
from helpers.facts.model import FactValue
from helpers.formats import round_half_up
from helpers.indonesian.amounts import read_number


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A published value and the decimal places it was printed with (of the printed number)."""

    value: FactValue
    unit: str
    places: int
    row: pd.DataFrame


def parse_published(text: str, unit: str, place: Place) -> tuple[FactValue, int]:
    """Return a published value and its printed decimal places.

    Raises
    ------
    DataError
        If the text does not hold a number although its unit asks for one.

    Examples
    --------
    >>> parse_published("98,30 persen", "share", Place("angka.csv"))
    (0.983, 2)
    >>> parse_published("Sekretariat DPRD; BPBD", "list", Place("angka.csv"))
    (['Sekretariat DPRD', 'BPBD'], 0)
    """
    if unit == "list":
        return [part.strip() for part in text.split(";") if part.strip()], 0
    if unit in ("class", "date", "text"):
        return text.strip(), 0
    reading = read_number(text)
    # "84,821" is an index, not eighty-four thousand: only counts and amounts have thousands.
    number = reading.decimal if unit in ("share", "index") and reading.decimal is not None else reading.value
    if number is None:
        raise DataError(
            findings=[Finding("published_not_number", "published", place, values={"value": text})]
        )
    places = max(0, -int(number.as_tuple().exponent))
    if unit == "share":
        return float(number / 100), places
    if unit == "index" or places:
        return float(number), places
    return int(number), 0


def agrees_with(value: FactValue, published: PublishedFigure) -> bool:
    """Return whether a computed value rounds to the published one at its printed precision.

    Lists agree when they hold the same items, in any order.
    """
    told = published.value
    if isinstance(value, list) or isinstance(told, list):
        return isinstance(value, list) and isinstance(told, list) and sorted(value) == sorted(told)
    if isinstance(value, str) or isinstance(told, str):
        return value == told
    places = published.places + (2 if published.unit == "share" else 0)
    return round_half_up(value, places) == round_half_up(told, places)


def read_published(table: pd.DataFrame) -> dict[str, PublishedFigure]:
    """Return the published figures by fact key.

    Parameters
    ----------
    table : DataFrame
        ``clean_published__figure`` with provenance.
    """
    figures: dict[str, PublishedFigure] = {}
    for position in range(len(table)):
        row = table.iloc[[position]]
        entry = row.iloc[0]
        place = Place(str(entry["source_file"]), None, str(entry["source_row"]))
        unit = str(entry["fact_unit"])
        value, places = parse_published(str(entry["published_text"]), unit, place)
        figures[str(entry["fact_key"])] = PublishedFigure(value, unit, places, row)
    return figures
