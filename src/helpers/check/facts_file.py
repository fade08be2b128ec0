"""Read facts.json and the names of public bodies, and derive what follows from them."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from helpers.check.lexicon import load_lexicon
from helpers.check.model import Fact, Facts
from helpers.errors import ParameterError
from helpers.messages import translate

#: A fact in one of these is a number or nothing.
NUMBER_UNITS = ("share", "idr", "count", "index")
#: Names under which an office's own place appears, unless the edition says otherwise.
DEFAULT_PLACES = ("HSS", "Hulu Sungai Selatan")


def load_facts(
    path: Path,
    *,
    locale: str = "id",
    own_places: Iterable[str] = (),
    name_groups: Iterable[tuple[str, ...]] = (),
) -> Facts:
    """Read a facts file.

    Raises
    ------
    ParameterError
        If the file is missing (the report was not made yet) or is not a facts file.
    """
    if not path.is_file():
        raise ParameterError(translate("check.error.no_facts", locale, file=path.name))
    try:
        data = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        return make_facts(data, own_places=own_places, name_groups=name_groups)
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise ParameterError(translate("check.error.bad_facts", locale, file=path.name)) from error


def make_facts(
    data: Mapping[str, Any], *, own_places: Iterable[str] = (), name_groups: Iterable[tuple[str, ...]] = ()
) -> Facts:
    """Return facts from the content of a facts file, with the derived ones added."""
    year = int(data["year"])
    by_key = {entry["key"]: _fact(entry) for entry in data["facts"]}
    for key, value in (("release.year", year), ("plan.year", year + 1)):
        by_key.setdefault(key, Fact(key, Decimal(value), "count", computed_by="edition.toml"))
    for key, recipe in load_lexicon().derive.items():
        if key not in by_key and all(_is_number(by_key.get(part)) for part in recipe["of"]):
            by_key[key] = _derive(key, recipe, [by_key[part] for part in recipe["of"]])
    return Facts(
        office=str(data["office"]),
        year=year,
        by_key=by_key,
        own_places=tuple(own_places) or DEFAULT_PLACES,
        name_groups=tuple(name_groups),
    )


def _is_number(fact: Fact | None) -> bool:
    return fact is not None and isinstance(fact.value, Decimal)


def _fact(entry: Mapping[str, Any]) -> Fact:
    return Fact(
        key=entry["key"],
        value=_value(entry["value"], entry["unit"]),
        unit=entry["unit"],
        text={lang: str(entry.get(f"text_{lang}") or "") for lang in ("id", "en")},
        label={lang: str(entry.get(f"label_{lang}") or "") for lang in ("id", "en")},
        nouns=(*entry.get("nouns_id", ()), *entry.get("nouns_en", ())),
        sources=tuple(entry.get("sources") or ()),
        computed_by=str(entry.get("computed_by") or ""),
        illustrative=bool(entry.get("illustrative")),
    )


def _value(value: Any, unit: str) -> Any:
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    if unit == "date" and isinstance(value, str) and len(value) == 10:
        return dt.date.fromisoformat(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        if not number.is_finite():
            raise ValueError(f"not a figure: {value}")
        return number
    if unit in NUMBER_UNITS:
        raise ValueError(f"not a figure: {value!r}")
    if unit == "date" and str(value)[:4].isdigit():
        return Decimal(str(value)[:4])
    return str(value)


def _derive(key: str, recipe: Mapping[str, Any], parts: list[Fact]) -> Fact:
    values = [part.value for part in parts]
    match recipe["op"]:
        case "subtract":
            value = values[0] - values[1]
        case "divide":
            value = values[0] / values[1] if values[1] else Decimal(0)
        case _:
            value = 1 - values[0]
    sources = tuple(source for part in parts for source in part.sources)
    computed_by = f"{recipe['op']}: {', '.join(recipe['of'])}"
    return Fact(
        key, value, recipe["unit"], sources=sources, computed_by=computed_by,
        illustrative=any(part.illustrative for part in parts),
    )  # fmt: skip


def load_name_groups(
    reference: Path, aliases_folder: Path | None = None, regency: str = ""
) -> tuple[tuple[str, ...], ...]:
    """Return each body's names: official, short, English and what people type.

    Parameters
    ----------
    reference : Path
        The folder of reference tables; without an OPD registry there are no groups, and
        lists of names stay unknown.
    aliases_folder : Path, optional
        Where the aliases lie, if an office has a registry of its own and no aliases.
    regency : str
        Code of a regency: of a registry that says whose its bodies are, these alone.
    """
    registry = reference / "opd_registry.csv"
    aliases = (aliases_folder or reference) / "opd_aliases.csv"
    groups: dict[str, list[str]] = {}
    for row in _rows(registry):
        if regency and row.get("regency_code", regency) != regency:
            continue
        names = (value for key, value in row.items() if key.startswith("opd_") and key != "opd_id")
        groups.setdefault(row["opd_id"], []).extend(name for name in names if name)
    for row in _rows(aliases):
        if row["opd_id"] in groups:
            groups[row["opd_id"]].append(row["alias"])
    return tuple(tuple(dict.fromkeys(names)) for names in groups.values())


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
