"""Checks across sources: places that belong together, and the published figures."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.cleaning.journal import Journal
from helpers.cleaning.published import check_published
from helpers.cleaning.results import CleanResult
from helpers.edition import Edition
from helpers.errors import Finding
from helpers.tables import cell_name

Tables = Mapping[str, pd.DataFrame]


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
    if "published" in journals:
        check_published(tables, edition, journals["published"])
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
