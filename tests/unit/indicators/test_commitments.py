"""Commitments, work plan and timeline, worked by hand."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from helpers.indicators.commitments import (
    compute_commitments_by_party,
    compute_commitments_by_status,
    compute_status_history,
    list_commitments,
    list_due,
    select_due,
)
from helpers.indicators.timeline import build_timeline, list_published_series, list_timeline
from helpers.indicators.work_plan import compute_plan_by_activity, has_quarters, has_targets, list_work_plan

DAY = pd.Timestamp


def commitments(**changes: list[object]) -> pd.DataFrame:
    base: dict[str, list[object]] = {
        "commitment_id": ["a", "b", "c", "d"],
        "party_name": ["P", "P; Q", "Q", "P"],
        "commitment_name_id": ["Satu", "Dua", "Tiga", "Empat"],
        "commitment_name_en": ["One", "Two", "Three", "Four"],
        "area": ["funding", "regulation", "regulation", "eradication"],
        "deliverable_id": [None] * 4,
        "deliverable_en": [None] * 4,
        "due_date": [DAY("2026-01-31"), DAY("2026-12-31"), pd.NaT, DAY("2026-02-06")],
        "due_precision": ["day", "year", None, "day"],
        "commitment_status": ["done", "in_progress", "announced", "dropped"],
        "evidence": ["SK", None, None, None],
        "updated_date": [DAY("2026-03-01")] * 4,
        "source_row": [6, 7, 8, 9],
    }
    return pd.DataFrame(base | changes)


def test_a_joint_commitment_counts_for_each_party_and_a_dropped_one_for_none() -> None:
    table = compute_commitments_by_party(commitments())
    held = table[table["commitment_count"] > 0]
    # P: a and b (d was dropped); Q: b and c, both on regulation.
    assert held.values.tolist() == [
        ["P", "regulation", 1, 0], ["P", "funding", 1, 1], ["Q", "regulation", 2, 0],
    ]  # fmt: skip
    assert len(table) == 2 * 8


def test_every_status_is_counted_even_those_without_any() -> None:
    counted = compute_commitments_by_status(commitments()).values.tolist()
    assert counted == [["announced", 1], ["planned", 0], ["in_progress", 1], ["done", 1], ["dropped", 1]]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        # a is done and d dropped: neither is ever overdue.
        ("2026-02-06", [("b", False)]),
        ("2026-12-31", [("b", False)]),
        ("2027-01-01", [("b", True)]),
    ],
)
def test_overdue_is_before_the_day_of_the_release(on: str, expected: list[tuple[str, bool]]) -> None:
    due = select_due(commitments(), DAY(on))
    assert list(zip(due["commitment_id"], due["is_overdue"], strict=True)) == expected


def test_the_most_overdue_comes_first_and_says_so() -> None:
    open_ones = commitments(commitment_status=["planned", "announced", "announced", "in_progress"])
    listed = list_due(open_ones, dt.date(2026, 2, 6), "id")
    assert listed["due"].tolist() == ["31 Januari 2026", "6 Februari 2026", "2026"]
    assert listed["timing"].tolist() == ["overdue", "due", "due"]
    assert listed["commitment"].tolist() == ["Satu", "Empat", "Dua"]


def test_history_counts_each_status_on_each_day_of_change() -> None:
    log = pd.DataFrame(
        [("a", "2026-02-06", "announced"), ("a", "2026-03-01", "done"), ("b", "2026-02-06", "announced"),
         ("b", "2026-02-20", "in_progress"), ("c", "2026-02-06", "announced"),
         ("d", "2026-02-06", "announced"),
         ("d", "2026-03-01", "dropped")],
        columns=["commitment_id", "changed_date", "commitment_status"],
    )  # fmt: skip
    log["changed_date"] = pd.to_datetime(log["changed_date"])
    history = compute_status_history(commitments(), log)
    wide = history.pivot(index="changed_date", columns="commitment_status", values="commitment_count")
    wide.index = wide.index.strftime("%m-%d")
    assert wide.loc["02-06", "announced"] == 4
    assert wide.loc["02-20", ["announced", "in_progress"]].tolist() == [3, 1]
    assert wide.loc["03-01", ["announced", "in_progress", "done", "dropped"]].tolist() == [1, 1, 1, 1]
    assert len(wide) == 3
    assert (wide.sum(axis=1) == 4).all()


def test_history_without_a_log_is_the_state_on_the_day_of_checking() -> None:
    types = {"commitment_id": "str", "changed_date": "datetime64[us]", "commitment_status": "str"}
    empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in types.items()})
    history = compute_status_history(commitments(commitment_status=["announced"] * 4), empty)
    assert history[history["commitment_count"] > 0].values.tolist() == [[DAY("2026-03-01"), "announced", 4]]


def test_a_column_that_nobody_filled_is_not_listed() -> None:
    listed = list_commitments(commitments(evidence=[None] * 4), "en")
    assert list(listed.columns) == ["area", "party_name", "commitment", "due", "commitment_status"]
    assert listed["commitment"].tolist() == ["Four", "Two", "Three", "One"]
    assert "evidence" in list_commitments(commitments(), "en").columns


def plan(**changes: list[object]) -> pd.DataFrame:
    base: dict[str, list[object]] = {
        "activity_id": ["x", "y", "z"],
        "activity_name_id": ["X", "Y", "Z"],
        "activity_name_en": ["X", "Y", "Z"],
        "area": ["funding", "empowerment", "empowerment"],
        "party_name": ["P", "P", "Q"],
        "start_month": [1, 6, 4],
        "end_month": [12, 6, 9],
        "count_unit": ["orang", "orang", None],
        "target_count": pd.array([40, 0, None], dtype="Int64"),
        "realised_count": pd.array([10, 0, None], dtype="Int64"),
    }
    return pd.DataFrame(base | changes)


def test_plan_by_area_and_quarter_with_the_realised_share() -> None:
    told = compute_plan_by_activity(plan())
    assert told["activity_id"].tolist() == ["z", "y", "x"]
    assert told[["start_quarter", "end_quarter"]].values.tolist() == [[2, 3], [2, 2], [1, 4]]
    # 10 of 40; a target of zero and a missing one have no share.
    assert told["realised_share"].fillna(-1).tolist() == [-1, -1, 0.25]
    assert list_work_plan(told, "id")["span"].tolist() == ["2-3", "2-2", "1-4"]


def test_a_plan_for_the_whole_year_without_figures_says_so() -> None:
    bare = plan(start_month=[1] * 3, end_month=[12] * 3, target_count=[None] * 3, realised_count=[None] * 3)
    assert not has_quarters(bare)
    assert not has_targets(bare)
    assert list(list_work_plan(compute_plan_by_activity(bare), "en").columns) == [
        "area", "activity_name", "party_name", "span",
    ]  # fmt: skip
    assert has_quarters(plan())
    assert has_targets(plan())


def milestones() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "milestone_id": ["late", "early", "early"],
            "edition_year": [2026, 2021, 2026],
            "milestone_date": pd.to_datetime(["2026-02-06", "2020-01-01", "2020-03-01"]),
            "date_precision": ["day", "year", "month"],
            "title_id": ["Akhir", "Awal", "Awal (dikoreksi)"],
            "milestone_status": ["announced", "in_force", "in_force"],
            "is_date_disputed": [True, False, False],
            "stated_date": pd.to_datetime(["2026-01-06", None, None]),
        }
    )


def test_the_newest_edition_has_the_last_word_on_a_milestone() -> None:
    timeline = build_timeline(milestones())
    assert timeline["title_id"].tolist() == ["Awal (dikoreksi)", "Akhir"]
    listed = list_timeline(timeline, "id")
    assert listed["when"].tolist() == ["Maret 2020", "6 Februari 2026 (6 Januari 2026?)"]


def test_series_hide_small_counts_of_people_but_not_of_cases() -> None:
    published = pd.DataFrame(
        {
            "fact_key": ["series.case_count.2022", "series.suspect_people_count.2022",
                         "series.rehabilitation_client_count.2025", "series.rehabilitation_client_count.2024",
                         "resilience.index"],
            "published_text": ["1", "2", "30", "4", "84,821"],
        }
    )  # fmt: skip
    series = list_published_series(published)
    assert series["series_count"].fillna(-1).tolist() == [1, -1, 30, -1]
    hidden = series.loc[series["is_suppressed"], ["series", "series_year"]].values.tolist()
    assert hidden == [["rehabilitation_client_count", "2024"], ["suspect_people_count", "2022"]]
