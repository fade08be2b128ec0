"""Checks across sources: places that belong together, and the published figures."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from helpers.clean.journal import Journal
from helpers.clean.published import check_published
from helpers.clean.results import CleanResult
from helpers.columns.partnership import AGREEMENT_MILESTONE
from helpers.edition import Edition
from helpers.read import cell_name

Tables = Mapping[str, pd.DataFrame]
_SURVEY, _VILLAGES = "clean_family_survey__respondent_item", "clean_villages__village"
_PROGRAMMES = "clean_programmes__activity"
_COMMITMENTS, _MILESTONES = "clean_commitments__commitment", "clean_milestones__milestone"
#: Source -> the sources whose rows it is held against. What is found is said of the first.
CHECKED_AGAINST = {
    "commitments": ("milestones",),
    "family_survey": ("villages",),
    "programmes": ("family_survey",),
    "published": ("budget", "opd_reports", "family_survey", "villages"),
}


def needed_beside(names: Iterable[str], edition: Edition) -> list[str]:
    """Return the declared sources that these are checked against, without themselves."""
    wanted = list(names)
    against = dict.fromkeys(other for name in wanted for other in CHECKED_AGAINST.get(name, ()))
    return [name for name in against if name in edition.sources and name not in wanted]


def cross_check(edition: Edition, results: Mapping[str, CleanResult], corrections: str) -> dict[str, Journal]:
    """Compare the sources with each other; return what was compared and found, by source.

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
    _check_due_dates(tables, journals)
    if "published" in journals:
        check_published(tables, edition, journals["published"])
    return journals


def _check_survey_villages(tables: Tables, journals: Mapping[str, Journal]) -> None:
    """Survey families belong to a village of the programme: a Desa Bersinar."""
    survey, villages = tables.get(_SURVEY), tables.get(_VILLAGES)
    if survey is None or villages is None:
        return
    chosen = set(villages.loc[villages["is_desa_bersinar"], "village_code"])
    first = survey.drop_duplicates(["village_code"])
    outside = first[~first["village_code"].isin(chosen)]
    journal = journals["family_survey"]
    for row in outside.to_dict("records"):
        journal.report("survey_village_outside", *_place(row), value=row["village_code"])
    sheet, cell = _place(first.iloc[0].to_dict())
    journal.compare_counts("survey_in_programme", "", sheet, cell, len(first), len(first) - len(outside))


def _check_programme_villages(tables: Tables, journals: Mapping[str, Journal]) -> None:
    """Survey villages are those for which an activity is recorded."""
    survey, programmes = tables.get(_SURVEY), tables.get(_PROGRAMMES)
    if survey is None or programmes is None or "programmes" not in journals:
        return
    recorded, surveyed = set(programmes["village_code"].dropna()), set(survey["village_code"])
    missing = sorted(surveyed - recorded)
    if not recorded:
        return
    journal = journals["programmes"]
    if missing:
        journal.report("programme_village_missing", severity="warning", names=missing)
    journal.compare_counts(
        "survey_with_activity", "", None, None, len(surveyed), len(surveyed) - len(missing)
    )


def _check_due_dates(tables: Tables, journals: Mapping[str, Journal]) -> None:
    """Nothing is due before the agreement; of a disputed date the earlier day counts."""
    commitments, milestones = tables.get(_COMMITMENTS), tables.get(_MILESTONES)
    if commitments is None or milestones is None or "commitments" not in journals:
        return
    agreed = milestones[milestones["milestone_id"] == AGREEMENT_MILESTONE]
    if agreed.empty:
        return
    agreement = agreed[["milestone_date", "stated_date"]].min().min()
    journal = journals["commitments"]
    for row in commitments[commitments["due_date"] < agreement].to_dict("records"):
        letters = dict(pair.split(":") for pair in str(row["source_columns"]).split())
        sheet, _ = _place(row)
        journal.report("due_before_agreement", sheet, f"{letters['due_date']}{row['source_row']}",
                       due=row["due_date"].date(), agreement=agreement.date())  # fmt: skip


def _place(row: Mapping[Hashable, Any]) -> tuple[str | None, str]:
    sheet = row["source_sheet"]
    return (None if pd.isna(sheet) else str(sheet)), cell_name(int(row["source_row"]), 0)
