"""What the leadership brief says of a partnership; a rule that does not hold says nothing."""

from __future__ import annotations

from helpers.facts.book import FactBook
from helpers.facts.remarks import Remark, Score


def list_commitment_scores(book: FactBook) -> list[Score]:
    """Return how many commitments there are, are done and are late, where an edition has any."""
    if "commitments.total_count" not in book:
        return []
    known = book.pick(
        total="commitments.total_count", parties="commitments.party_count", areas="commitments.area_count",
        announced="commitments.announced_count", undated="commitments.undated_count", date="release.date",
    )  # fmt: skip
    late = Remark("change.undated", {"undated": known["undated"]})
    if "commitments.next_due" in book:
        late = Remark("change.next_due", dict(book.pick(next="commitments.next_due")))
    return [
        Score(
            "commitments.total_count",
            Remark("change.parties", {"parties": known["parties"], "areas": known["areas"]}),
            Remark("target.commitments"),
        ),
        Score(
            "commitments.done_count",
            Remark("change.announced", {"announced": known["announced"]}),
            Remark("target.done", {"total": known["total"]}),
        ),
        Score("commitments.overdue_count", late, Remark("target.overdue", {"date": known["date"]})),
    ]


def list_commitment_decisions(book: FactBook) -> list[Remark]:
    """Return what of the agreement waits for a decision, the most pressing first."""
    decisions: list[Remark] = []
    if "commitments.total_count" in book:
        decisions += _overdue(book)
    if "agreement.stated_date" in book:
        keys = {"recorded": "agreement.date", "stated": "agreement.stated_date"}
        decisions.append(Remark("decision.agreement_date", dict(book.pick(**keys))))
    if "commitments.total_count" in book:
        decisions += _unsettled(book)
    if "work_plan.activity_count" in book and not book["work_plan.targeted_count"].value:
        values = dict(book.pick(count="work_plan.activity_count"))
        decisions.append(Remark("decision.no_quarters", values))
    return decisions


def _overdue(book: FactBook) -> list[Remark]:
    if not book["commitments.overdue_count"].value:
        return []
    keys = {"count": "commitments.overdue_count", "date": "release.date"}
    return [Remark("decision.overdue", dict(book.pick(**keys)))]


def _unsettled(book: FactBook) -> list[Remark]:
    found = []
    total = "commitments.total_count"
    if not book["commitments.in_progress_count"].value and not book["commitments.done_count"].value:
        values = dict(book.pick(announced="commitments.announced_count", total=total))
        found.append(Remark("decision.not_begun", values))
    if book["commitments.undated_count"].value:
        found.append(
            Remark("decision.undated", dict(book.pick(count="commitments.undated_count", total=total)))
        )
    return found
