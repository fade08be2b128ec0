"""What the leadership brief says beyond the chapters: change, target, and what waits for a decision.

Everything here follows from recorded facts and computed frames; a rule that does not
hold says nothing.
"""

from __future__ import annotations

import pandas as pd

from helpers.facts.book import FactBook
from helpers.facts.partnership_brief import list_commitment_decisions, list_commitment_scores
from helpers.facts.remarks import Remark, Score
from helpers.indicators.budget import compute_absorption_by_month, select_targets

QUARTERS = (1, 2, 3, 4)
#: More departments than these are counted, not named: the chart of their reports names them.
_NAMED = 6


def record_quarters(
    book: FactBook, monthly: pd.DataFrame, lines: pd.DataFrame, targets: pd.DataFrame
) -> None:
    """Record absorption and target at the end of each quarter that has a target.

    Parameters
    ----------
    book : FactBook
    monthly : DataFrame
        Result of `compute_absorption_by_month`.
    lines : DataFrame
        ``clean_budget__line_month`` with provenance.
    targets : DataFrame
        The whole of ``reference/quarterly_targets.csv``: its rows are cited by their position.
    """
    in_force = targets["valid_from"].dt.year <= int(book["release.year"].text_en)
    newest = targets.loc[in_force, "valid_from"].max()
    ends = monthly.loc[monthly["target_rate"].notna(), ["month", "absorption_rate", "target_rate"]]
    for month, rate, target in zip(*(ends[column].tolist() for column in ends), strict=True):
        quarter = month // 3
        cited = targets.index[(targets["valid_from"] == newest) & (targets["quarter"] == quarter)]
        book.record(
            f"budget.quarter_rate.q{quarter}", rate, "share",
            frame=lines.loc[lines["month"] == month], measures=["ceiling_idr", "expenditure_to_date_idr"],
            computed_by=compute_absorption_by_month,
        )  # fmt: skip
        book.record_reference(
            f"budget.quarter_target.q{quarter}", target, "share", "quarterly_targets",
            "target_rate", cited.tolist(), select_targets,
        )  # fmt: skip


def list_scores(book: FactBook) -> list[Score]:
    """Return the figures that matter, each with what changed and what was aimed at."""
    return [*_year_end_scores(book), *list_commitment_scores(book)]


def _year_end_scores(book: FactBook) -> list[Score]:
    """Return the figures of a year-end edition; those of a chapter that is left out are missing."""
    scores = [_budget_score(book)] if "budget.absorption_rate" in book else []
    if "opd.active_count" in book:
        known = book.pick(reported="opd.reported_count.b12", total="opd.total_count")
        scores.append(
            Score(
                "opd.active_count",
                Remark("change.opd", {"reported": known["reported"]}),
                Remark("target.opd", {"total": known["total"]}),
            )
        )
    if "resilience.index" in book:
        change = Remark("change.resilience_alone")
        if "resilience.interval_low" in book:
            known = book.pick(low="resilience.interval_low", high="resilience.interval_high")
            change = Remark("change.resilience", known)
        scores.append(Score("resilience.index", change, Remark("target.resilience")))
    return scores


def _quarters(book: FactBook) -> list[int]:
    return [quarter for quarter in QUARTERS if f"budget.quarter_rate.q{quarter}" in book]


def _budget_score(book: FactBook) -> Score:
    quarters = _quarters(book)
    change, target = Remark("change.none"), Remark("target.none")
    if len(quarters) > 1:
        before = book[f"budget.quarter_rate.q{quarters[-2]}"]
        rose = float(str(book["budget.absorption_rate"].value)) > float(str(before.value))
        values = {"month": 3 * quarters[-2], **book.pick(before=before.key)}
        change = Remark("change.rise" if rose else "change.fall", values)
    if quarters:
        target = Remark("target.budget", dict(book.pick(target=f"budget.quarter_target.q{quarters[-1]}")))
    return Score("budget.absorption_rate", change, target)


def list_decisions(book: FactBook) -> list[Remark]:
    """Return what waits for a decision, each with the figures that say so."""
    decisions = [*_department_decisions(book), *_budget_decisions(book), *_class_decisions(book),
                 *list_commitment_decisions(book)]  # fmt: skip
    return decisions or [Remark("decision.none")]


def _department_decisions(book: FactBook) -> list[Remark]:
    decisions: list[Remark] = []
    if "opd.inactive_count" in book and book["opd.inactive_count"].value:
        keys = {"count": "opd.inactive_count", "names": "opd.inactive_names"}
        named = int(str(book["opd.inactive_count"].value)) <= _NAMED
        key = "decision.opd_inactive" if named else "decision.opd_inactive_many"
        decisions.append(Remark(key, dict(book.pick(**keys))))
    b12 = "opd.reported_count.b12"
    if b12 in book and book[b12].value != book["opd.total_count"].value:
        keys = {"reported": b12, "total": "opd.total_count", "date": "release.date"}
        decisions.append(Remark("decision.b12_open", dict(book.pick(**keys))))
    return decisions


def _budget_decisions(book: FactBook) -> list[Remark]:
    """Return one decision on absorption, by the last quarter that missed its target."""
    quarters = _quarters(book)
    missed = [quarter for quarter in quarters if _is_missed(book, quarter)]
    if not missed:
        return []
    last = missed[-1]
    known = book.pick(rate=f"budget.quarter_rate.q{last}", target=f"budget.quarter_target.q{last}")
    values = {"month": 3 * last, "missed": len(missed), "quarters": len(quarters), **known}
    return [Remark("decision.target_missed" if len(missed) == 1 else "decision.targets_missed", values)]


def _is_missed(book: FactBook, quarter: int) -> bool:
    rate, target = (book[f"budget.quarter_{name}.q{quarter}"] for name in ("rate", "target"))
    return float(str(rate.value)) < float(str(target.value))


def _class_decisions(book: FactBook) -> list[Remark]:
    published, computed = "resilience.published_class", "resilience.computed_class"
    if published not in book or computed not in book or book[published].value == book[computed].value:
        return []
    keys = {"published": published, "computed": computed, "date": "resilience.scale_date"}
    return [Remark("decision.classes_differ", dict(book.pick(**keys)))]
