"""The plan: waves by need, and what can never become ready."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.pipeline.plan import STEPS, Step, order_in_waves

ROOT = Path(__file__).resolve().parents[3]


def test_the_edition_runs_in_three_waves() -> None:
    assert [[step.notebook for step in wave] for wave in order_in_waves(STEPS)] == [
        ["01_clean_agencies", "02_clean_villages"],
        ["03_budget_absorption", "04_opd_rollout", "05_family_resilience", "08_programmes"],
        ["07_leadership_brief", "06_press_release"],
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
