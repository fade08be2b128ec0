"""Programmes as a list."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.indicators.programmes import compute_programme_counts, list_programmes

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
