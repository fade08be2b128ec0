"""Judge dates: the weekday against the calendar, the day against the release's date."""

from __future__ import annotations

import datetime as dt
import re

from helpers.check.expected import expected_text, weekday_text
from helpers.check.model import CheckedClaim, Claim, Fact, Facts
from helpers.check.score import Candidate

#: A release of December may name a day of the first months of the next year without its year.
NEXT_YEAR_MONTHS = 3
_EARLIER = re.compile(
    r"tahun\s+(?:lalu|sebelumnya|depan)|\b(?:setahun|sebelumnya|mendatang|last|previous|next)\b",
    re.IGNORECASE,
)
#: The dateline stands in the first lines of a text.
DATELINE_BLOCKS = 8
_DATELINE_HEAD = re.compile(r"\W*(?:(?-i:[A-Z])[\w.]*[\s/]*){0,4}\W*(?:(?:hari|pada)\s*)?\W*", re.IGNORECASE)


def check_date(claim: Claim, candidates: list[Candidate], facts: Facts) -> CheckedClaim:
    """Return the verdict on a date.

    A weekday that the calendar contradicts differs, whatever the date is about. A date
    without its year is taken in the edition's year, early months also in the next.
    """
    release = facts.by_key.get("release.date")
    days = _possible_days(claim, facts.year)
    if not days:
        return CheckedClaim(claim, "differs", note="no_such_day", expected="")
    bound = release if release is not None and (candidates or _is_dateline(claim)) else None
    if release is not None and release.value in days:
        if claim.weekday not in (None, release.value.weekday()):
            return _differs(claim, release, "weekday")
        return CheckedClaim(claim, "agrees", release)
    if _turned_year(claim, release) and not _EARLIER.search(claim.sentence):
        return _differs(claim, release, "value")  # type: ignore[arg-type]
    other = next((fact for fact in facts.by_key.values() if fact.value in days), None)
    if other is not None and claim.weekday in (None, days[0].weekday()):
        return CheckedClaim(claim, "agrees", other)
    if bound is not None:
        return _differs(claim, bound, "value")
    if claim.weekday is not None and claim.weekday not in {day.weekday() for day in days}:
        expected = weekday_text(claim, days[0].weekday())
        return CheckedClaim(claim, "differs", None, expected, note="weekday")
    return CheckedClaim(claim, "unknown", note="calendar" if claim.weekday is not None else "unbound")


def _differs(claim: Claim, release: Fact, note: str) -> CheckedClaim:
    return CheckedClaim(claim, "differs", release, expected_text(claim, release), note=note)


def _turned_year(claim: Claim, release: Fact | None) -> bool:
    """Return whether a full date is the release's day and month in a year beside its own."""
    if release is None or claim.date is None or not claim.has_year:
        return False
    day: dt.date = release.value
    same = (claim.date.day, claim.date.month) == (day.day, day.month)
    return same and abs(claim.date.year - day.year) == 1


def _possible_days(claim: Claim, year: int) -> list[dt.date]:
    if claim.date is None:
        return []
    if claim.has_year:
        return [claim.date]
    years = [year, year + 1] if claim.date.month <= NEXT_YEAR_MONTHS else [year]
    days = []
    for candidate in years:
        try:
            days.append(claim.date.replace(year=candidate))
        except ValueError:  # 29 February
            continue
    return days


def _is_dateline(claim: Claim) -> bool:
    """Return whether the date opens the text ("KANDANGAN, 29 Desember 2021 –") or stands alone."""
    if claim.columns:
        return False
    rest = claim.sentence[: claim.start] + claim.sentence[claim.end :]
    if not re.search(r"[^\W_]", rest) and not claim.labels:
        return True
    head = claim.sentence[: claim.start]
    return (
        claim.block < DATELINE_BLOCKS
        and claim.offset == 0
        and _DATELINE_HEAD.fullmatch(head) is not None
        and re.match(r"\W*(?:[–—-]|\)|$|\.)", claim.sentence[claim.end :]) is not None
    )
