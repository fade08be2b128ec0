"""Checks across sources: places that belong together, and totals against published figures."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from helpers.cleaning.journal import Journal
from helpers.cleaning.number_columns import parse_number
from helpers.cleaning.results import CleanResult
from helpers.edition import Edition
from helpers.errors import Finding
from helpers.tables import cell_name

Tables = Mapping[str, pd.DataFrame]
_BOUNDS = {"share": (0.0, 100.0), "index": (25.0, 100.0), "count": (0.0, None), "idr": (0.0, None)}


def cross_check(
    edition: Edition, results: Mapping[str, CleanResult], corrections: str
) -> dict[str, list[Finding]]:
    """Return further findings by source.

    A check whose tables were not cleaned, or have errors of their own, is left out: it
    would only repeat them.
    """
    tables = {
        name: frame
        for result in results.values() if not result.errors
        for name, frame in result.tables.items() if len(frame)
    }  # fmt: skip
    journals = {name: Journal(name, edition.sources[name].path.name, corrections) for name in results}
    _check_survey_villages(tables, journals)
    _check_programme_villages(tables, journals)
    _check_published(tables, journals)
    return {name: journal.findings for name, journal in journals.items() if journal.findings}


def _check_survey_villages(tables: Tables, journals: Mapping[str, Journal]) -> None:
    """Survey families belong to a village of the programme: a Desa Bersinar."""
    survey = tables.get("clean_family_survey__respondent_item")
    villages = tables.get("clean_villages__village")
    if survey is None or villages is None:
        return
    chosen = set(villages.loc[villages["is_desa_bersinar"], "village_code"])
    first = survey.drop_duplicates(["village_code"])
    for row in first[~first["village_code"].isin(chosen)].to_dict("records"):
        sheet = None if pd.isna(row["source_sheet"]) else str(row["source_sheet"])
        cell = cell_name(int(row["source_row"]), 0)
        journals["family_survey"].report("survey_village_outside", sheet, cell, value=row["village_code"])


def _check_programme_villages(tables: Tables, journals: Mapping[str, Journal]) -> None:
    """Survey villages are those for which an activity is recorded."""
    survey = tables.get("clean_family_survey__respondent_item")
    programmes = tables.get("clean_programmes__activity")
    if survey is None or programmes is None:
        return
    recorded = set(programmes["village_code"].dropna())
    missing = sorted(set(survey["village_code"]) - recorded)
    if recorded and missing:
        journals["programmes"].report("programme_village_missing", severity="warning", names=missing)


def _absorption(tables: Tables) -> Decimal | None:
    lines = tables.get("clean_budget__line_month")
    if lines is None:
        return None
    last = lines[lines["month"] == lines["month"].max()]
    ceiling = int(last["ceiling_idr"].sum())
    return Decimal(int(last["expenditure_to_date_idr"].sum())) / ceiling if ceiling else None


def _reported(suffix: str) -> Callable[[Tables], Decimal | None]:
    def count(tables: Tables) -> Decimal | None:
        reports = tables.get("clean_opd_reports__opd_period")
        if reports is None:
            return None
        here = reports["reporting_period"].str.endswith(suffix)
        return Decimal(int((here & reports["is_reported"]).sum())) if here.any() else None

    return count


def _index(tables: Tables) -> Decimal | None:
    survey = tables.get("clean_family_survey__respondent_item")
    if survey is None:
        return None
    return Decimal(int(survey["item_score"].sum())) * 25 / len(survey)


def _families(tables: Tables) -> Decimal | None:
    survey = tables.get("clean_family_survey__respondent_item")
    return None if survey is None else Decimal(survey["family_id"].nunique())


#: Published figure -> the same from the cleaned rows, in the fact's own scale.
TOTALS: dict[str, Callable[[Tables], Decimal | None]] = {
    "budget.absorption_rate": _absorption,
    "opd.active_count": _reported("B06"),
    "opd.reported_count.b06": _reported("B06"),
    "resilience.index": _index,
    "resilience.family_count": _families,
}


def _check_published(tables: Tables, journals: Mapping[str, Journal]) -> None:
    """Compare totals with the published figures, or say by how much they differ."""
    published = tables.get("clean_published__figure")
    if published is None:
        return
    for row in published[published["fact_key"].isin(list(TOTALS))].to_dict("records"):
        computed = TOTALS[row["fact_key"]](tables)
        _compare(journals["published"], row, computed)


def _compare(journal: Journal, row: dict[Hashable, Any], computed: Decimal | None) -> None:
    unit, text, cell = str(row["fact_unit"]), str(row["published_text"]), _value_cell(row)
    low, high = _BOUNDS.get(unit, (None, None))
    try:
        stated = parse_number(text, whole=unit == "count", low=low, high=high)
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
    if rounded != stated:
        journal.report(
            "published_differs", None, cell, "warning", fact=row["fact_key"], value=text,
            computed=str(rounded).replace(".", ","), difference=str(rounded - stated).replace(".", ","),
        )  # fmt: skip


def _value_cell(row: dict[Hashable, Any]) -> str:
    pairs = dict(pair.split(":") for pair in str(row["source_columns"]).split())
    return f"{pairs.get('published_text', 'A')}{int(row['source_row'])}"
