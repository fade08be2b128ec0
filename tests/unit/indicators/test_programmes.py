"""Programmes and milestones as lists."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.indicators.programmes import compute_programme_counts, list_milestones, list_programmes

PROGRAMMES = pd.DataFrame(
    {
        "activity_id": ["a", "b"],
        "section": ["prevention", "prevention"],
        "activity_name_id": ["Satu", "Dua"],
        "activity_name_en": ["One", "Two"],
        "village_code": ["63.06.05.2017", None],
        "count_unit": ["keluarga", None],
        "target_count": pd.array([None, None], dtype="Int64"),
        "realised_count": pd.array([10, None], dtype="Int64"),
    }
)
VILLAGES = pd.DataFrame({"village_code": ["63.06.05.2017"], "village_name": ["Tibung Raya"]})


def test_counts_tell_activities_and_those_with_a_figure() -> None:
    assert compute_programme_counts(PROGRAMMES) == {"total": 2, "counted": 1}


def test_programmes_keep_their_order_and_name_their_village() -> None:
    listed = list_programmes(PROGRAMMES, VILLAGES, "en")
    assert listed["activity_name"].tolist() == ["One", "Two"]
    assert listed["village_name"].iloc[0] == "Tibung Raya"
    assert pd.isna(listed["village_name"].iloc[1])


def test_two_villages_of_one_code_are_refused() -> None:
    with pytest.raises(pd.errors.MergeError):
        list_programmes(PROGRAMMES, pd.concat([VILLAGES, VILLAGES]), "id")


def test_milestones_come_by_date_as_far_as_it_is_known() -> None:
    milestones = pd.DataFrame(
        {
            "milestone_id": ["z", "y", "x"],
            "milestone_date": pd.to_datetime(["2021-12-29", "2021-06-01", "2020-01-01"]),
            "date_precision": ["day", "month", "year"],
            "title_id": ["Rilis", "B06", "Tim"],
            "milestone_status": ["done", "done", "in_force"],
        }
    )
    listed = list_milestones(milestones, "id")
    assert listed["when"].tolist() == ["2020", "Juni 2021", "29 Desember 2021"]
    assert listed["milestone"].tolist() == ["Tim", "B06", "Rilis"]
