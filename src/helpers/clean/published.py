"""The published figures against the same figures worked out from the cleaned rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from helpers.clean.agencies import opd_index
from helpers.clean.journal import Journal
from helpers.clean.names import NameIndex, opd_key, shown_score
from helpers.clean.parsing import parse_number
from helpers.columns.people import MIN_RESPONDENTS, is_small, names_people
from helpers.edition import Edition
from helpers.read import read_reference

Tables = Mapping[str, pd.DataFrame]
_BOUNDS = {"share": (0.0, 100.0), "index": (25.0, 100.0), "count": (0.0, None), "idr": (0.0, None)}
_LINES, _REPORTS = "clean_budget__line_month", "clean_opd_reports__opd_period"
_ANSWERS, _VILLAGES = "clean_family_survey__respondent_item", "clean_villages__village"
#: Who has reported at mid-year is what "active" means in the release.
_MID_YEAR = "B06"


@dataclass(frozen=True)
class Known:
    """The cleaned tables of an edition, and its departments in force at mid-year."""

    tables: Tables
    departments: NameIndex

    def rows(self, name: str) -> pd.DataFrame:
        """Return a cleaned table."""
        return self.tables[name]


def _last_month(known: Known) -> pd.DataFrame:
    lines = known.rows(_LINES)
    last: pd.DataFrame = lines[lines["month"] == lines["month"].max()]
    return last


def _absorption(known: Known) -> Decimal | None:
    last = _last_month(known)
    ceiling = int(last["ceiling_idr"].sum())
    return Decimal(int(last["expenditure_to_date_idr"].sum())) / ceiling if ceiling else None


def _amount(measure: str) -> Callable[[Known], Decimal]:
    return lambda known: Decimal(int(_last_month(known)[measure].sum()))


def _reported_ids(known: Known, suffix: str) -> set[str] | None:
    reports = known.rows(_REPORTS)
    here = reports[reports["reporting_period"].str.endswith(suffix)]
    return set(here.loc[here["is_reported"], "opd_id"]) if len(here) else None


def _reported(suffix: str) -> Callable[[Known], Decimal | None]:
    def count(known: Known) -> Decimal | None:
        ids = _reported_ids(known, suffix)
        return None if ids is None else Decimal(len(ids))

    return count


def _idle_ids(known: Known) -> set[str] | None:
    ids = _reported_ids(known, _MID_YEAR)
    return None if ids is None else set(known.departments.names) - ids


def _idle(known: Known) -> Decimal | None:
    ids = _idle_ids(known)
    return None if ids is None else Decimal(len(ids))


def _index(known: Known) -> Decimal | None:
    answers = known.rows(_ANSWERS)
    if answers["respondent_id"].nunique() < MIN_RESPONDENTS:
        return None
    return Decimal(int(answers["item_score"].sum())) * 25 / len(answers)


def _distinct(table: str, column: str) -> Callable[[Known], Decimal | None]:
    def count(known: Known) -> Decimal | None:
        # Of so few respondents not even the number of families is told: it gives theirs.
        if table == _ANSWERS and known.rows(table)["respondent_id"].nunique() < MIN_RESPONDENTS:
            return None
        return Decimal(known.rows(table)[column].nunique())

    return count


#: Published figure -> the table it needs, and the same figure from its rows, in the fact's own scale.
TOTALS: dict[str, tuple[str, Callable[[Known], Decimal | None]]] = {
    "budget.absorption_rate": (_LINES, _absorption),
    "budget.ceiling_idr": (_LINES, _amount("ceiling_idr")),
    "budget.expenditure_idr": (_LINES, _amount("expenditure_to_date_idr")),
    "opd.total_count": (_REPORTS, lambda known: Decimal(len(known.departments.names))),
    "opd.active_count": (_REPORTS, _reported(_MID_YEAR)),
    "opd.inactive_count": (_REPORTS, _idle),
    "opd.reported_count.b06": (_REPORTS, _reported("B06")),
    "opd.reported_count.b12": (_REPORTS, _reported("B12")),
    "villages.total_count": (_VILLAGES, _distinct(_VILLAGES, "village_code")),
    "districts.total_count": (_VILLAGES, _distinct(_VILLAGES, "district_code")),
    "resilience.index": (_ANSWERS, _index),
    "resilience.family_count": (_ANSWERS, _distinct(_ANSWERS, "family_id")),
    "resilience.respondent_count": (_ANSWERS, _distinct(_ANSWERS, "respondent_id")),
}


def check_published(tables: Tables, edition: Edition, journal: Journal) -> None:
    """Compare totals and names with the published figures, or say by how much they differ.

    Parameters
    ----------
    tables : Mapping
        Cleaned tables without errors, by name; none is empty.
    edition : Edition
    journal : Journal
        Of the published figures: their cells are what a finding points to.
    """
    published = tables.get("clean_published__figure")
    if published is None:
        return
    known = Known(tables, _departments(edition) if _REPORTS in tables else NameIndex({}, (), opd_key))
    for row in published.to_dict("records"):
        key = str(row["fact_key"])
        if key in TOTALS:
            table, total = TOTALS[key]
            _compare(journal, row, total(known) if table in tables else None)
        elif key == "opd.inactive_names" and _REPORTS in tables:
            _compare_names(journal, row, known)


def _departments(edition: Edition) -> NameIndex:
    day = dt.date(edition.params.year, 6, 30)
    names = ("opd_registry", "opd_aliases")
    registry, aliases = (
        read_reference(name, edition.paths.reference_for(name), edition.regency_code) for name in names
    )
    return opd_index(registry, aliases, day, edition.regency_name)


def _compare(journal: Journal, row: dict[Hashable, Any], computed: Decimal | None) -> None:
    unit, text, cell = str(row["fact_unit"]), str(row["published_text"]), _value_cell(row)
    low, high = _BOUNDS.get(unit, (None, None))
    try:
        stated = parse_number(text, whole=unit in ("count", "idr"), low=low, high=high)
    except ValueError:
        journal.report("published_not_a_number", None, cell, value=text)
        return
    if computed is None:
        return
    if unit == "share" and any(mark in text.casefold() for mark in ("%", "persen", "percent")):
        computed *= 100
    # Compared to the places that were published, rounded as people do.
    places = Decimal(1).scaleb(min(0, int(stated.as_tuple().exponent)))
    rounded = computed.quantize(places, rounding=ROUND_HALF_UP)
    difference = rounded - stated
    if names_people(str(row["fact_key"])) and (is_small(int(stated)) or is_small(int(rounded))):
        # A comparison is published: it would tell the small count of people.
        return
    journal.compare("published_figure", str(row["fact_key"]), None, cell, text, str(rounded),
                    str(difference), agrees=not difference)  # fmt: skip
    if difference:
        journal.report(
            "published_differs", None, cell, "warning", fact=row["fact_key"], value=text,
            computed=str(rounded).replace(".", ","), difference=str(difference).replace(".", ","),
        )  # fmt: skip


def _compare_names(journal: Journal, row: dict[Hashable, Any], known: Known) -> None:
    """Compare the departments that were published as inactive with those without a report."""
    idle = _idle_ids(known)
    text, cell, names = str(row["published_text"]), _value_cell(row), known.departments.names
    stated = set()
    for name in filter(None, (part.strip() for part in text.split(";"))):
        match = known.departments.match(name)
        if match.code:
            stated.add(match.code)
        else:
            offered = [f"{other} ({shown_score(score)})" for other, score in match.candidates] or ["-"]
            journal.report("name_unknown", None, cell, "warning", column=row["fact_key"], value=name,
                           candidates=offered)  # fmt: skip
            return
    if idle is None:
        return
    computed = "; ".join(names[code] for code in names if code in idle) or "-"
    difference = "; ".join(names[code] for code in names if code in stated ^ idle)
    journal.compare("published_figure", str(row["fact_key"]), None, cell, text, computed, difference,
                    agrees=stated == idle)  # fmt: skip
    if stated != idle:
        journal.report(
            "published_differs", None, cell, "warning", fact=row["fact_key"], value=text,
            computed=computed, difference=difference,
        )  # fmt: skip


def _value_cell(row: dict[Hashable, Any]) -> str:
    pairs = dict(pair.split(":") for pair in str(row["source_columns"]).split())
    return f"{pairs.get('published_text', 'A')}{int(row['source_row'])}"
