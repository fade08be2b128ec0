"""Counts of one to four people are hidden, and cannot be worked out."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.errors import SchemaError
from helpers.indicators.suppression import (
    check_shown,
    has_small_group,
    hide_people,
    suppress_small_counts,
    survey_detail,
)


@pytest.mark.parametrize(("count", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_the_limits_of_a_small_count(count: int, hidden: bool) -> None:
    table = suppress_small_counts(pd.DataFrame({"people_count": [count]}), "people_count")
    assert table["is_suppressed"].tolist() == [hidden]
    assert table["people_count"].isna().tolist() == [hidden]


def test_counts_of_other_things_stay() -> None:
    table = pd.DataFrame({"action": ["regulation_count", "volunteer_count"], "action_count": [2, 2]})
    shown = suppress_small_counts(table, "action_count", applies=table["action"].eq("volunteer_count"))
    assert shown["action_count"].isna().tolist() == [False, True]


def test_a_single_hidden_cell_takes_the_next_smallest_with_it() -> None:
    table = pd.DataFrame({"place": ["a"] * 4, "people_count": [0, 2, 30, 12]})
    shown = suppress_small_counts(table, "people_count", within=["place"])
    assert shown["is_suppressed"].tolist() == [False, True, False, True]


def test_two_hidden_cells_hide_each_other() -> None:
    table = pd.DataFrame({"place": ["a"] * 3, "people_count": [2, 3, 30]})
    shown = suppress_small_counts(table, "people_count", within=["place"])
    assert shown["is_suppressed"].tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        # The total less 9 and 30 leaves 2 for two cells: one person in each.
        ([1, 1, 9, 30], [True, True, True, False]),
        # 3 people are a small count themselves.
        ([1, 2, 9, 30], [True, True, True, False]),
        # 8 for two cells of which each holds at most 4; 6 for one and more.
        ([4, 4, 9, 30], [True, True, True, False]),
        ([1, 1, 1, 1, 1, 9], [True, True, True, True, True, True]),
        ([2, 4, 9, 30], [True, True, False, False]),
        # Nothing is left to hide besides.
        ([1, 1, 0], [True, True, False]),
        ([7, 9, 30], [False, False, False]),
    ],
)
def test_what_is_hidden_together_is_not_told_by_its_sum(counts: list[int], hidden: list[bool]) -> None:
    table = pd.DataFrame({"place": ["a"] * len(counts), "people_count": counts})
    shown = suppress_small_counts(table, "people_count", within=["place"])
    assert shown["is_suppressed"].tolist() == hidden


def test_groups_are_judged_each_by_itself() -> None:
    table = pd.DataFrame({"place": ["a", "b", "a", "b", "a"], "people_count": [1, 1, 8, 9, 7]})
    shown = suppress_small_counts(table, "people_count", within=["place"])
    assert shown["is_suppressed"].tolist() == [True, True, False, True, True]


def test_the_input_is_not_changed() -> None:
    table = pd.DataFrame({"people_count": [2, 9]})
    suppress_small_counts(table, "people_count")
    assert table["people_count"].tolist() == [2, 9]


def test_who_knows_the_rule_learns_nothing_from_the_sum() -> None:
    # Of 13 only the 5 shown would leave 8, and 8 with a hidden 5 is 5 and 3 alone.
    table = pd.DataFrame({"place": "a", "people_count": [5, 5, 3]})
    shown = suppress_small_counts(table, "people_count", within=["place"])
    assert shown["people_count"].isna().tolist() == [True, True, True]


@pytest.mark.parametrize(
    ("unit", "hidden"),
    [("orang", True), ("Klien", True), ("peserta", True), ("tersangka", True), ("anak", True), (None, True),
     ("kata yang belum dikenal", True), ("kegiatan", False), ("keluarga", False), ("sekolah", False)],
)  # fmt: skip
def test_the_unit_of_a_row_says_whether_it_counts_people(unit: str | None, hidden: bool) -> None:
    frame = pd.DataFrame(
        {"count_unit": [unit], "target_count": [7], "realised_count": [3], "realised_share": [3 / 7]}
    )
    shown = hide_people(frame)
    assert shown["realised_count"].isna().tolist() == [hidden]
    assert shown["realised_share"].isna().tolist() == [hidden]
    assert shown["target_count"].tolist() == [7]


def test_a_table_without_small_counts_is_the_same_table() -> None:
    frame = pd.DataFrame({"respondent_count": [5, 0], "village_count": [3, 3]})
    assert hide_people(frame) is frame


def test_a_total_row_tells_no_hidden_count() -> None:
    frame = pd.DataFrame({"volunteer_count": [3, 20, 7, 30]})
    assert hide_people(frame, total_row=True)["volunteer_count"].isna().tolist() == [True, False, True, False]


def test_a_chart_with_a_small_count_is_refused() -> None:
    with pytest.raises(SchemaError, match="would show a count of 1 to 4 people"):
        check_shown(pd.DataFrame({"volunteer_count": [3]}), "volunteers")


@pytest.mark.parametrize(("sizes", "small"), [([19, 1], True), ([16, 4], True), ([15, 5], False)])
def test_a_breakdown_with_a_group_of_fewer_than_five_is_not_shown(sizes: list[int], small: bool) -> None:
    frame = pd.DataFrame({"respondent_count": sizes, "family_resilience_index": 80.0})
    assert has_small_group(frame) is small


@pytest.mark.parametrize(
    ("roles", "families", "detail"),
    [("pcpc", 2, "none"), ("pcpcpc", 3, "index"), ("pcpcpcpc", 4, "index"), ("pcpcpcpcpc", 5, "roles"),
     ("pppppppppc", 5, "dimensions")],
)  # fmt: skip
def test_how_much_of_a_survey_may_be_told(roles: str, families: int, detail: str) -> None:
    names = {"p": "parent", "c": "child"}
    answers = pd.DataFrame(
        {
            "respondent_id": range(len(roles)),
            "family_id": [number % families for number in range(len(roles))],
            "respondent_role": [names[letter] for letter in roles],
        }
    )
    assert survey_detail(answers) == detail
