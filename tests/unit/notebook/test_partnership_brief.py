"""The rules of the brief on a partnership: each holds, and each stays silent."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.facts.model import Fact
from helpers.notebook.brief import list_decisions, list_scores
from helpers.notebook.words import Words


def rule(said: Words) -> str:
    """Return the name of a text of the brief."""
    return said.key.removeprefix("documents.leadership-brief.")


def book(**changes: Any) -> dict[str, Fact]:
    """A partnership in good order: all has a due date, work is under way, the plan has targets."""
    values: dict[str, Any] = {
        "commitments.total_count": 10, "commitments.party_count": 2, "commitments.area_count": 8,
        "commitments.announced_count": 4, "commitments.in_progress_count": 4, "commitments.done_count": 2,
        "commitments.overdue_count": 0, "commitments.undated_count": 0, "commitments.next_due": "2026-12-31",
        "release.date": "2026-06-30", "work_plan.activity_count": 4, "work_plan.targeted_count": 4,
    } | {key.replace("__", "."): value for key, value in changes.items()}  # fmt: skip
    return {
        key: Fact(key, value, "count", str(value), str(value), (), "declared", None, None, False)
        for key, value in values.items() if value is not None
    }  # fmt: skip


def test_in_good_order_nothing_waits_for_a_decision() -> None:
    assert [rule(decision) for decision in list_decisions(book())] == ["decision.none"]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"commitments__overdue_count": 1}, "decision.overdue"),
        (
            {"agreement__date": "2026-02-06", "agreement__stated_date": "2026-01-06"},
            "decision.agreement_date",
        ),
        (
            {"commitments__in_progress_count": 0, "commitments__done_count": 0},
            "decision.not_begun",
        ),
        ({"commitments__undated_count": 9}, "decision.undated"),
        ({"work_plan__targeted_count": 0}, "decision.no_quarters"),
    ],
)
def test_each_rule_speaks_where_it_holds(changes: dict[str, Any], key: str) -> None:
    assert [rule(decision) for decision in list_decisions(book(**changes))] == [key]


def test_scores_of_a_partnership_stand_without_those_of_a_budget() -> None:
    scores = list_scores(book())
    assert [score["key"] for score in scores] == [
        "commitments.total_count", "commitments.done_count", "commitments.overdue_count",
    ]  # fmt: skip
    assert rule(scores[2]["change"]) == "change.next_due"
    assert rule(list_scores(book(commitments__next_due=None))[2]["change"]) == "change.undated"
