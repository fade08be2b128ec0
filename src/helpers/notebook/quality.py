"""What the quality chapters list: names, findings, comparisons, rejects, corrections, left-out chapters."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd

from helpers.clean import CleanResult
from helpers.columns.documents import QUALITY_SOURCES, find_left_out
from helpers.columns.labels import in_sentence, label_of
from helpers.edition import Edition
from helpers.errors import Place
from helpers.formats import format_value
from helpers.messages import has_text, translate

#: What a comparison that agrees has for its difference; the catalogue names it.
NO_DIFFERENCE = "none"
#: Decimal places of a compared figure -> how it is printed.
_STYLES = ("count", "number1", "number2", "index")


def select_unofficial_names(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the names in a source that are not written as the official one.

    Parameters
    ----------
    table : DataFrame
        A cleaned table with ``<name>``, ``<name>_source``, ``match_method`` and ``match_score``.
    name : str
        ``"opd_name"`` or ``"village_name"``.

    Returns
    -------
    DataFrame
        ``<name>_source``, ``<name>``, ``match_method`` and ``match_score``, one row a
        spelling, lowest score first.
    """
    columns = [f"{name}_source", name, "match_method", "match_score"]
    other = table.loc[table[f"{name}_source"] != table[name], columns]
    return other.drop_duplicates().sort_values(["match_score", name], ignore_index=True)


def list_findings(results: Mapping[str, CleanResult], locale: str) -> pd.DataFrame:
    """Return all findings as readers see them: ``place``, ``what`` and ``remedy``."""
    rows = [
        (finding.place.text(locale), finding.what(locale), finding.remedy(locale))
        for result in results.values()
        for finding in result.published().findings
    ]
    return pd.DataFrame(rows, columns=["place", "what", "remedy"], dtype="str")


def _places(frame: pd.DataFrame) -> pd.Series:
    parts = frame[["source_file", "source_sheet", "source_cell"]].fillna("").astype("str")
    texts = [", ".join(part for part in row if part) for row in parts.itertuples(index=False, name=None)]
    return pd.Series(texts, index=frame.index, dtype="str")


def list_checks(results: Mapping[str, CleanResult], locale: str) -> pd.DataFrame:
    """Return all comparisons as readers see them, whether they agree or differ.

    Returns
    -------
    DataFrame
        ``check``, ``stated`` (as written in the source), ``computed`` and ``difference`` (in
        the reader's notation; ``none`` where they agree) and ``place``.
    """
    rows = [
        (
            _name_check(row, locale), _figure(row["stated"], locale), _figure(row["computed"], locale),
            NO_DIFFERENCE if row["agrees"] else _figure(row["difference"], locale), _place(row, locale),
        )
        for result in results.values() for row in result.checks.to_dict("records")
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["check", "stated", "computed", "difference", "place"], dtype="str")


def _name_check(row: Mapping[Any, Any], locale: str) -> str:
    subject, label = str(row["subject"]), f"facts.label.{row['subject']}"
    # A reporting period is printed as staff say it: the edition's year stands in the title.
    subject = translate(label, locale) if has_text(label, locale) else subject.rpartition("-")[2]
    return translate(f"tables.value.check.{row['check']}", locale, subject=subject)


def _figure(text: str, locale: str) -> str:
    """Return a plain decimal in the reader's notation; any other text as it is."""
    try:
        number = Decimal(text)
        places = -int(number.as_tuple().exponent)
    except (InvalidOperation, ValueError):
        return text
    return format_value(number, _STYLES[places], locale) if 0 <= places < len(_STYLES) else text


def _place(row: Mapping[Any, Any], locale: str) -> str:
    names = ("source_file", "source_sheet", "source_cell")
    file, sheet, cell = (None if pd.isna(row[name]) else str(row[name]) for name in names)
    return Place(file or "", sheet, cell).text(locale)


def list_rejects(results: Mapping[str, CleanResult], locale: str) -> pd.DataFrame:
    """Return all rejected rows: ``place``, ``value``, ``reason`` and ``remedy``."""
    columns = ["place", "value", "reason", "remedy"]
    rejected = pd.concat([result.published().rejects for result in results.values()], ignore_index=True)
    if rejected.empty:
        return pd.DataFrame(columns=columns, dtype="str")
    renamed = rejected.rename(
        columns={f"reason_{locale}": "reason", f"remedy_{locale}": "remedy"}, errors="raise"
    )
    return renamed.assign(place=_places(rejected), value=_shown(renamed["value"], locale))[columns]


def list_corrections(results: Mapping[str, CleanResult], locale: str) -> pd.DataFrame:
    """Return all corrections applied: ``place``, ``from``, ``to``, ``reason`` and ``who``."""
    columns = ["place", "from", "to", "reason", "who"]
    applied = pd.concat([result.published().corrections for result in results.values()], ignore_index=True)
    if applied.empty:
        return pd.DataFrame(columns=columns, dtype="str")
    shown = {name: _shown(applied[name], locale) for name in ("from", "to")}
    return applied.assign(place=_places(applied), **shown)[columns]


def _shown(values: pd.Series, locale: str) -> pd.Series:
    """Return values with words in the place of those that are not published."""
    return values.fillna(translate("findings.evidence.withheld", locale))


def list_left_out(edition: Edition, chapter: str) -> pd.DataFrame:
    """Return the chapters that an edition leaves out, for the first quality chapter that it has.

    Returns
    -------
    DataFrame
        ``chapter`` (its title) and ``sources`` (those that it lacks, as read in a sentence); no row
        for any other chapter, so that they are told once.
    """
    declared, locale = edition.sources, edition.locale
    absent = {name: sources for name, sources in QUALITY_SOURCES.items() if not set(sources) & set(declared)}
    hosts = [name for name in QUALITY_SOURCES if name not in absent]
    left_out = find_left_out(declared) | absent if hosts[:1] == [chapter] else {}
    rows = [
        (
            translate(f"documents.{name}.title", locale, year=edition.params.year),
            format_value([in_sentence(label_of("source", source, locale)) for source in sources],
                         "list", locale),
        )
        for name, sources in left_out.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["chapter", "sources"], dtype="str")
