"""Figures that are declared or announced, not computed: dates and plans."""

from __future__ import annotations

from helpers.edition import Edition
from helpers.facts.book import FactBook

#: Milestones that the release names, by their id in the edition's list.
NAMED_MILESTONES = {"team.since": "tim-terpadu-p4gn"}
PLANS = ("opd.planned_count.next_year", "districts.planned_count.next_year")


def record_dates(book: FactBook, edition: Edition) -> None:
    """Record what ``edition.toml`` declares: the date of the release, its year and the next."""
    year = edition.params.year
    book.record_declared("release.date", edition.release_date.isoformat(), "date", option="release.date")
    book.record_declared("release.year", str(year), "date", option="office.year")
    book.record_declared("plan.year", str(year + 1), "date", option="office.year")
