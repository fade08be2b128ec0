"""The plan: each step after what it reads, without what an edition does not declare."""

from __future__ import annotations

from pathlib import Path

from helpers.columns.documents import REQUIRED_SOURCES
from helpers.run.plan import STEPS, Step, plan_edition

ROOT = Path(__file__).resolve().parents[3]


def test_what_a_step_reads_is_made_before_it() -> None:
    before: dict[str, Step] = {}
    for step in STEPS:
        cleaned = {source for name in step.needs for source in before[name].sources}
        assert set(REQUIRED_SOURCES.get(step.document, ())) <= cleaned, step.document
        before[step.document] = step


def test_every_notebook_is_planned_once() -> None:
    planned = sorted(step.notebook for step in STEPS)
    assert planned == sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_a_chapter_without_its_source_is_left_out_and_no_longer_needed() -> None:
    steps = {step.document: step for step in plan_edition(["opd_reports", "villages"])}
    assert list(steps) == [
        "clean-agencies", "clean-villages", "opd-rollout", "leadership-brief", "press-release",
    ]  # fmt: skip
    assert steps["press-release"].needs == ("clean-agencies", "clean-villages", "opd-rollout")


def test_a_cleaning_step_without_any_of_its_sources_is_left_out() -> None:
    steps = {step.document: step for step in plan_edition(["budget"])}
    assert "clean-villages" not in steps
    assert steps["budget-absorption"].needs == ("clean-agencies",)
