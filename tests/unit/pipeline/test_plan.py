"""The plan: waves by need, and what can never become ready."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.pipeline.plan import STEPS, Step, order_in_waves, plan_edition

ROOT = Path(__file__).resolve().parents[3]


def test_the_edition_runs_in_three_waves() -> None:
    assert [[step.notebook for step in wave] for wave in order_in_waves(STEPS)] == [
        ["01_clean_agencies", "02_clean_villages"],
        ["03_budget_absorption", "04_opd_rollout", "05_family_resilience", "06_programmes"],
        ["11_leadership_brief", "10_press_release"],
    ]


def test_every_notebook_is_planned_once() -> None:
    planned = sorted(step.notebook for step in STEPS)
    assert planned == sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_steps_that_need_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="never become ready: b, c"):
        order_in_waves([Step("1", "a"), Step("2", "b", needs=("c",)), Step("3", "c", needs=("b",))])


def test_a_need_that_nobody_makes_is_refused() -> None:
    with pytest.raises(ValueError, match="never become ready: a"):
        order_in_waves([Step("1", "a", needs=("x",))])


def test_a_chapter_without_its_source_is_left_out_and_no_longer_needed() -> None:
    steps = {step.document: step for step in plan_edition(["opd_reports", "villages"])}
    assert list(steps) == [
        "clean-agencies", "clean-villages", "opd-rollout", "leadership-brief", "press-release",
    ]  # fmt: skip
    assert steps["press-release"].needs == ("clean-agencies", "clean-villages", "opd-rollout")
    assert steps["clean-agencies"].sources == ("opd_reports",)


def test_a_cleaning_step_without_any_of_its_sources_is_left_out() -> None:
    steps = {step.document: step for step in plan_edition(["budget"])}
    assert "clean-villages" not in steps
    assert steps["budget-absorption"].needs == ("clean-agencies",)
