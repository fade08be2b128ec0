"""What the chapters on commitments and the work plan say, each case in its own words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.indicators.work_plan import has_quarters, has_targets
from helpers.notebook.blocks import Blocks, Prose
from helpers.notebook.report import Report


def _told(report: Report, key: str, **keys: str) -> Prose:
    """Return a sentence whose values are recorded facts: ``_told(report, "next_due", next="…")``."""
    values: dict[str, Any] = {**report.facts.pick(**keys)}
    return report.tell(key, None, **values)


def tell_status(report: Report) -> Prose:
    """Say how many commitments have each status; one sentence while all are announced only."""
    facts = report.facts
    if facts["commitments.announced_count"].value == facts["commitments.total_count"].value:
        return _told(report, "all_announced", date="release.date")
    return _told(
        report, "status", date="release.date", announced="commitments.announced_count",
        planned="commitments.planned_count", running="commitments.in_progress_count",
        done="commitments.done_count", dropped="commitments.dropped_count",
    )  # fmt: skip


def tell_due(report: Report) -> Blocks:
    """Say what is overdue, what is due next, and how many commitments have no due date."""
    facts = report.facts
    if facts["commitments.overdue_count"].value:
        told = [_told(report, "overdue", date="release.date", overdue="commitments.overdue_count")]
    else:
        told = [_told(report, "not_overdue", date="release.date")]
    if "commitments.next_due" in facts:
        told.append(_told(report, "next_due", next="commitments.next_due"))
    if facts["commitments.undated_count"].value:
        told.append(_told(report, "undated", undated="commitments.undated_count"))
    return Blocks(tuple(told))


def tell_work_plan(report: Report, plan: pd.DataFrame) -> Blocks:
    """Say what the work plan holds, and whether quarters and targets are known."""
    areas = "work_plan.area_count"
    if not has_targets(plan) and not has_quarters(plan):
        return Blocks((_told(report, "whole_year", areas=areas),))
    told = [_told(report, "counts", activities="work_plan.activity_count", areas=areas)]
    if has_targets(plan):
        told.append(_told(report, "progress", targeted="work_plan.targeted_count",
                          reached="work_plan.reached_count"))  # fmt: skip
    else:
        told.append(report.tell("no_targets"))
    return Blocks(tuple(told))
