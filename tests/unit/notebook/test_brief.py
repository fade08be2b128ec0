"""The rules of the leadership brief: each holds, and each stays silent."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.facts.citation import Cited, cite, cited_keys, split_citations, without_citations
from helpers.facts.model import Fact
from helpers.notebook.brief import list_decisions, list_scores
from helpers.notebook.words import Words


def fact(key: str, value: Any, unit: str = "count") -> Fact:
    text = str(value)
    return Fact(key, value, unit, text, text, (), "declared", None, None, False)


def rule(said: Words) -> str:
    """Return the name of a text of the brief."""
    return said.key.removeprefix("documents.leadership-brief.")


def book(**changes: Any) -> dict[str, Fact]:
    values: dict[str, Any] = {
        "opd.inactive_count": 0,
        "opd.inactive_names": [],
        "opd.total_count": 27,
        "opd.active_count": 27,
        "opd.reported_count.b12": 27,
        "release.date": "2021-12-29",
        "budget.absorption_rate": 0.98,
        "resilience.index": 84.8,
        "resilience.interval_low": 81.0,
        "resilience.interval_high": 88.0,
        "resilience.published_class": "tinggi",
        "resilience.computed_class": "tinggi",
        "resilience.scale_date": "2022-12-30",
    }
    values |= {key.replace("__", "."): value for key, value in changes.items()}
    return {key: fact(key, value) for key, value in values.items()}


def keys(found: dict[str, Fact]) -> list[str]:
    return [rule(remark) for remark in list_decisions(found)]


def test_nothing_waits_where_no_rule_holds() -> None:
    quarters = {"budget__quarter_rate__q2": 0.40, "budget__quarter_target__q2": 0.40}
    assert keys(book(**quarters)) == ["decision.none"]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        (
            {"opd__inactive_count": 2, "opd__inactive_names": ["BPBD", "Setwan"]},
            "decision.opd_inactive",
        ),
        ({"opd__reported_count__b12": 16}, "decision.b12_open"),
        (
            {"budget__quarter_rate__q2": 0.3764, "budget__quarter_target__q2": 0.4},
            "decision.target_missed",
        ),
        (
            {"resilience__published_class": "sangat tinggi"},
            "decision.classes_differ",
        ),
    ],
)
def test_each_rule_speaks_alone(changes: dict[str, Any], key: str) -> None:
    assert keys(book(**changes)) == [key]


def test_a_missed_quarter_names_its_last_month() -> None:
    changes = {"budget__quarter_rate__q2": 0.3764, "budget__quarter_target__q2": 0.4}
    (remark,) = list_decisions(book(**changes))
    assert remark.values["month"] == 6
    assert remark.values["rate"].key == "budget.quarter_rate.q2"


def test_quarters_missed_one_after_the_other_are_one_decision() -> None:
    missed = {f"budget__quarter_rate__q{n}": n / 5 for n in (1, 2, 3)} | {"budget__quarter_rate__q4": 0.98}
    targets = {f"budget__quarter_target__q{n}": (n + 0.5) / 5 for n in (1, 2, 3, 4)}
    (remark,) = list_decisions(book(**missed | targets))
    assert rule(remark) == "decision.targets_missed"
    assert (remark.values["missed"], remark.values["quarters"], remark.values["month"]) == (3, 4, 9)
    assert remark.values["target"].key == "budget.quarter_target.q3"


@pytest.mark.parametrize(
    ("count", "key"),
    [
        (6, "decision.opd_inactive"),
        (7, "decision.opd_inactive_many"),
    ],
)
def test_many_departments_are_counted_and_not_named(count: int, key: str) -> None:
    names = [f"Dinas {number}" for number in range(count)]
    assert keys(book(opd__inactive_count=count, opd__inactive_names=names)) == [key]


@pytest.mark.parametrize(
    ("before", "key"),
    [(0.64, "change.rise"), (0.99, "change.fall")],
)
def test_the_change_is_told_against_the_quarter_before(before: float, key: str) -> None:
    changes = {f"budget__quarter_{name}__q{n}": 0.9 for name in ("rate", "target") for n in (3, 4)}
    budget, *_ = list_scores(book(**changes | {"budget__quarter_rate__q3": before}))
    assert (rule(budget["change"]), rule(budget["target"])) == (key, "target.budget")
    assert budget["change"].values["month"] == 9


def test_without_targets_the_brief_says_so() -> None:
    budget, *_ = list_scores(book())
    assert (rule(budget["change"]), rule(budget["target"])) == (
        "change.none",
        "target.none",
    )


def test_a_mark_is_found_and_taken_out() -> None:
    text = f"Ada {cite('opd.active_count', '25')} dari {cite('opd.total_count', '27')} OPD."
    assert cited_keys(text) == ["opd.active_count", "opd.total_count"]
    assert without_citations(text) == "Ada 25 dari 27 OPD."
    assert split_citations("tanpa angka") == [("tanpa angka", "")]


def test_a_link_that_is_no_fact_stays() -> None:
    assert without_citations("[BNN](https://bnn.go.id)") == "[BNN](https://bnn.go.id)"


def test_a_recorded_value_prints_in_the_sentence_s_format() -> None:
    assert Cited("a.b", 0.983).printed("percent", "en") == "[98.30 percent](fact:a.b)"
    assert Cited("a.b", 0.9, {"id": "x", "en": "y"}).printed("", "en") == "[y](fact:a.b)"
