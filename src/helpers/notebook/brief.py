"""What the leadership brief says beyond the chapters: change, target, and what waits for a decision.

Everything here follows from recorded figures; a rule that does not hold says nothing.
"""

from __future__ import annotations

from typing import Any, Protocol

from helpers.facts import Fact
from helpers.notebook.words import Words, catalogued

QUARTERS = (1, 2, 3, 4)
#: More departments than these are counted, not named: the chart of their reports names them.
_NAMED = 6
Tile = dict[str, Any]


class Recorded(Protocol):
    """Recorded figures by key, as `helpers.facts.FactBook` holds them."""

    def __contains__(self, key: object) -> bool: ...

    def __getitem__(self, key: str) -> Fact: ...


def list_scores(book: Recorded) -> list[Tile]:
    """Return the figures that matter as tiles, each with what changed and what was aimed at.

    Those of a chapter that an edition leaves out are missing.
    """
    scores = [_budget_score(book)] if "budget.absorption_rate" in book else []
    if "opd.active_count" in book:
        change = _said("change.opd", reported=book["opd.reported_count.b12"])
        scores.append(_tile("opd.active_count", change, _said("target.opd", total=book["opd.total_count"])))
    if "resilience.index" in book:
        change = _said("change.resilience_alone")
        if "resilience.interval_low" in book:
            low, high = (book[f"resilience.interval_{side}"] for side in ("low", "high"))
            change = _said("change.resilience", low=low, high=high)
        scores.append(_tile("resilience.index", change, _said("target.resilience")))
    return [*scores, *(_commitment_scores(book) if "commitments.total_count" in book else ())]


def list_decisions(book: Recorded) -> list[Words]:
    """Return what waits for a decision, the most pressing first, each with the figures that say so."""
    rules = (_department_decisions, _budget_decisions, _class_decisions, _overdue, _agreement, _unsettled,
             _work_plan)  # fmt: skip
    return [decision for rule in rules for decision in rule(book)] or [_said("decision.none")]


def _said(key: str, **values: Any) -> Words:
    return catalogued(f"documents.leadership-brief.{key}", **values)


def _tile(key: str, change: Words, target: Words) -> Tile:
    return {"key": key, "change": change, "target": target}


def _number(book: Recorded, key: str) -> float:
    return float(str(book[key].value))


# -- scores --------------------------------------------------------------------------
def _quarters(book: Recorded) -> list[int]:
    return [quarter for quarter in QUARTERS if f"budget.quarter_rate.q{quarter}" in book]


def _budget_score(book: Recorded) -> Tile:
    quarters = _quarters(book)
    change, target = _said("change.none"), _said("target.none")
    if len(quarters) > 1:
        before = f"budget.quarter_rate.q{quarters[-2]}"
        rose = _number(book, "budget.absorption_rate") > _number(book, before)
        change = _said("change.rise" if rose else "change.fall", month=3 * quarters[-2], before=book[before])
    if quarters:
        target = _said("target.budget", target=book[f"budget.quarter_target.q{quarters[-1]}"])
    return _tile("budget.absorption_rate", change, target)


def _commitment_scores(book: Recorded) -> list[Tile]:
    late = _said("change.undated", undated=book["commitments.undated_count"])
    if "commitments.next_due" in book:
        late = _said("change.next_due", next=book["commitments.next_due"])
    parties, areas = book["commitments.party_count"], book["commitments.area_count"]
    return [
        _tile(
            "commitments.total_count",
            _said("change.parties", parties=parties, areas=areas),
            _said("target.commitments"),
        ),
        _tile(
            "commitments.done_count",
            _said("change.announced", announced=book["commitments.announced_count"]),
            _said("target.done", total=book["commitments.total_count"]),
        ),
        _tile("commitments.overdue_count", late, _said("target.overdue", date=book["release.date"])),
    ]


# -- decisions -------------------------------------------------------------------------
def _department_decisions(book: Recorded) -> list[Words]:
    decisions: list[Words] = []
    if "opd.inactive_count" in book and book["opd.inactive_count"].value:
        named = _number(book, "opd.inactive_count") <= _NAMED
        key = "decision.opd_inactive" if named else "decision.opd_inactive_many"
        names = {"names": book["opd.inactive_names"]} if named else {}
        decisions.append(_said(key, count=book["opd.inactive_count"], **names))
    b12 = "opd.reported_count.b12"
    if b12 in book and book[b12].value != book["opd.total_count"].value:
        values = {"reported": book[b12], "total": book["opd.total_count"], "date": book["release.date"]}
        decisions.append(_said("decision.b12_open", **values))
    return decisions


def _budget_decisions(book: Recorded) -> list[Words]:
    """Return one decision on absorption, by the last quarter that missed its target."""
    quarters = _quarters(book)
    missed = [quarter for quarter in quarters
              if _number(book, f"budget.quarter_rate.q{quarter}")
              < _number(book, f"budget.quarter_target.q{quarter}")]  # fmt: skip
    if not missed:
        return []
    last = missed[-1]
    values: dict[str, Any] = {name: book[f"budget.quarter_{name}.q{last}"] for name in ("rate", "target")}
    values["month"] = 3 * last
    if len(missed) == 1:
        return [_said("decision.target_missed", **values)]
    return [_said("decision.targets_missed", missed=len(missed), quarters=len(quarters), **values)]


def _class_decisions(book: Recorded) -> list[Words]:
    published, computed = "resilience.published_class", "resilience.computed_class"
    if published not in book or computed not in book or book[published].value == book[computed].value:
        return []
    values = {"published": book[published], "computed": book[computed]}
    return [_said("decision.classes_differ", date=book["resilience.scale_date"], **values)]


def _overdue(book: Recorded) -> list[Words]:
    late = "commitments.overdue_count"
    if late not in book or not book[late].value:
        return []
    return [_said("decision.overdue", count=book[late], date=book["release.date"])]


def _agreement(book: Recorded) -> list[Words]:
    if "agreement.stated_date" not in book:
        return []
    recorded, stated = book["agreement.date"], book["agreement.stated_date"]
    return [_said("decision.agreement_date", recorded=recorded, stated=stated)]


def _unsettled(book: Recorded) -> list[Words]:
    if "commitments.total_count" not in book:
        return []
    found, total = [], book["commitments.total_count"]
    if not book["commitments.in_progress_count"].value and not book["commitments.done_count"].value:
        found.append(_said("decision.not_begun", announced=book["commitments.announced_count"], total=total))
    if book["commitments.undated_count"].value:
        found.append(_said("decision.undated", count=book["commitments.undated_count"], total=total))
    return found


def _work_plan(book: Recorded) -> list[Words]:
    if "work_plan.activity_count" not in book or book["work_plan.targeted_count"].value:
        return []
    return [_said("decision.no_quarters", count=book["work_plan.activity_count"])]
