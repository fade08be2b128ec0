"""Counts of one to four people are hidden, and cannot be worked out."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.indicators.suppression import suppress_small_counts


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
