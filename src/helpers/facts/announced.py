"""Facts that are declared or announced, not computed: dates, plans and places."""

from __future__ import annotations

import pandas as pd

from helpers.edition import Edition
from helpers.facts.book import FactBook
from helpers.indicators.villages import compute_villages_by_district, select_desa_bersinar

#: Milestones that the release names, by their id in the edition's list.
NAMED_MILESTONES = {"team.since": "tim-terpadu-p4gn"}
PLANS = ("opd.planned_count.next_year", "districts.planned_count.next_year")


def partial_date(date: pd.Timestamp, precision: str) -> str:
    """Return a date as far as it is known.

    >>> partial_date(pd.Timestamp("2020-03-01"), "month"), partial_date(pd.Timestamp("2020-01-01"), "year")
    ('2020-03', '2020')
    """
    return date.strftime({"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[precision])


def record_dates(book: FactBook, edition: Edition) -> None:
    """Record what ``edition.toml`` declares: the date of the release, its year and the next."""
    year = edition.params.year
    book.record_declared("release.date", edition.release_date.isoformat(), "date", option="release.date")
    book.record_declared("release.year", str(year), "date", option="office.year")
    book.record_declared("plan.year", str(year + 1), "date", option="office.year")


def record_announced(
    book: FactBook, edition: Edition, villages: pd.DataFrame | None, milestones: pd.DataFrame | None
) -> None:
    """Record the dates, plans and places that a release names, those that the edition has.

    Parameters
    ----------
    book : FactBook
    edition : Edition
        Gives the release date and the year.
    villages : DataFrame or None
        ``clean_villages__village`` with provenance.
    milestones : DataFrame or None
        ``clean_milestones__milestone`` with provenance.
    """
    record_dates(book, edition)
    if milestones is not None:
        _record_milestones(book, milestones)
    if villages is not None:
        _record_villages(book, villages)
    for key in PLANS:
        if book.has_published(key):
            book.record_published(key)


def _record_milestones(book: FactBook, milestones: pd.DataFrame) -> None:
    for key, milestone in NAMED_MILESTONES.items():
        row = milestones.loc[milestones["milestone_id"] == milestone]
        if not row.empty:
            when = partial_date(row["milestone_date"].iloc[0], str(row["date_precision"].iloc[0]))
            book.record(key, when, "date", frame=row, measures=["milestone_date"], computed_by=partial_date)


def _record_villages(book: FactBook, villages: pd.DataFrame) -> None:
    bersinar = select_desa_bersinar(villages).head(1)
    if not bersinar.empty:
        since = str(int(bersinar["desa_bersinar_year"].iloc[0]))
        book.record("desa_bersinar.since", since, "date", frame=bersinar, measures=["desa_bersinar_year"],
                    computed_by=select_desa_bersinar)  # fmt: skip
    by_district = compute_villages_by_district(villages)
    counts = {"villages.total_count": len(villages), "districts.total_count": len(by_district)}
    for key, value in counts.items():
        book.record(key, value, "count", frame=villages, measures=["village_name"],
                    computed_by=compute_villages_by_district)  # fmt: skip
