"""The plan: each step after what it reads, without what an edition does not declare."""

from __future__ import annotations

from pathlib import Path

from helpers.pipeline.plan import STEPS, Step, plan_edition
from helpers.schema import TABLES

ROOT = Path(__file__).resolve().parents[3]


def test_what_a_step_reads_is_made_before_it() -> None:
    before: dict[str, Step] = {}
    for step in STEPS:
        cleaned = {source for name in step.needs for source in before[name].sources}
        assert {TABLES[table].source for table in step.reads or ()} <= cleaned, step.document
        assert set(step.facts or ()) <= set(step.needs), step.document
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
    assert steps["clean-agencies"].sources == ("opd_reports",)


def test_a_cleaning_step_without_any_of_its_sources_is_left_out() -> None:
    steps = {step.document: step for step in plan_edition(["budget"])}
    assert "clean-villages" not in steps
    assert steps["budget-absorption"].needs == ("clean-agencies",)


def test_tables_and_facts_of_what_is_left_out_are_not_read() -> None:
    steps = {step.document: step for step in plan_edition(["opd_reports", "villages"])}
    assert steps["opd-rollout"].reads == ("clean_opd_reports__opd_period",)
    assert steps["clean-agencies"].beside == ("villages",)
