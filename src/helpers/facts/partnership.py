"""The facts of a partnership: the agreement's date, its commitments, its work plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd

from helpers.facts.book import FactBook
from helpers.indicators.commitments import (
    compute_commitments_by_party,
    compute_commitments_by_status,
    select_due,
    select_open,
    split_parties,
)
from helpers.indicators.timeline import partial_date
from helpers.indicators.work_plan import compute_plan_by_activity
from helpers.schema.partnership import AGREEMENT_MILESTONE


def record_agreement(book: FactBook, milestones: pd.DataFrame) -> None:
    """Record the day of the agreement, and the day that its text states where the two differ.

    Parameters
    ----------
    book : FactBook
    milestones : DataFrame
        ``clean_milestones__milestone`` with provenance; without the agreement nothing is
        recorded.
    """
    row = milestones.loc[milestones["milestone_id"] == AGREEMENT_MILESTONE]
    if row.empty:
        return
    first = row.iloc[0]
    when = partial_date(first["milestone_date"], str(first["date_precision"]))
    book.record("agreement.date", when, "date", frame=row, measures=["milestone_date"],
                computed_by=partial_date)  # fmt: skip
    if first["is_date_disputed"]:
        stated = partial_date(first["stated_date"], "day")
        book.record("agreement.stated_date", stated, "date", frame=row, measures=["stated_date"],
                    computed_by=partial_date)  # fmt: skip


def record_commitments(book: FactBook, commitments: pd.DataFrame, on: dt.date) -> None:
    """Record how many commitments there are, of whom, how far they are, and what is late.

    Parameters
    ----------
    book : FactBook
    commitments : DataFrame
        ``clean_commitments__commitment`` with provenance.
    on : date
        The edition's release date: what was due before it is overdue.
    """
    by_status = compute_commitments_by_status(commitments).set_index("commitment_status")["commitment_count"]
    due = select_due(commitments, pd.Timestamp(on))
    parties = split_parties(commitments)
    counts: dict[str, tuple[int, str, Callable[..., Any]]] = {
        "commitments.total_count": (len(commitments), "commitment_id", compute_commitments_by_status),
        "commitments.party_count": (
            parties["party_name"].nunique(),
            "party_name",
            compute_commitments_by_party,
        ),
        "commitments.area_count": (commitments["area"].nunique(), "area", compute_commitments_by_party),
        "commitments.overdue_count": (int(due["is_overdue"].sum()), "commitment_status", select_due),
        "commitments.undated_count": (
            len(select_open(commitments)) - len(due),
            "commitment_status",
            select_due,
        ),
        **{
            f"commitments.{status}_count": (int(count), "commitment_status", compute_commitments_by_status)
            for status, count in by_status.items()
        },
    }
    names = list(dict.fromkeys(parties["party_name"]))
    book.record("commitments.party_names", names, "list", frame=commitments, measures=["party_name"],
                computed_by=split_parties)  # fmt: skip
    for key, (value, measure, function) in counts.items():
        book.record(key, value, "count", frame=commitments, measures=[measure], computed_by=function)
    coming = due.loc[~due["is_overdue"]].head(1)
    if not coming.empty:
        when = partial_date(coming["due_date"].iloc[0], str(coming["due_precision"].iloc[0]))
        book.record("commitments.next_due", when, "date", frame=coming, measures=["due_date"],
                    computed_by=select_due)  # fmt: skip


def record_work_plan(book: FactBook, plan: pd.DataFrame) -> None:
    """Record the activities of the work plan, how many have a target, and how many reached it.

    Parameters
    ----------
    book : FactBook
    plan : DataFrame
        ``clean_work_plan__activity`` with provenance.
    """
    told = compute_plan_by_activity(plan)
    counts = {
        "work_plan.activity_count": (len(plan), "activity_id"),
        "work_plan.area_count": (plan["area"].nunique(), "area"),
        "work_plan.targeted_count": (int(plan["target_count"].notna().sum()), "activity_id"),
        "work_plan.reached_count": (int((told["realised_share"] >= 1).sum()), "activity_id"),
    }
    for key, (value, measure) in counts.items():
        book.record(key, value, "count", frame=plan, measures=[measure],
                    computed_by=compute_plan_by_activity)  # fmt: skip
