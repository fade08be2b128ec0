"""The facts of the rollout among the departments."""

from __future__ import annotations

import pandas as pd

from helpers.facts.book import FactBook
from helpers.indicators.rollout import compute_rollout_by_opd, select_registry


def record_rollout(
    book: FactBook, by_opd: pd.DataFrame, reports: pd.DataFrame, registry: pd.DataFrame
) -> None:
    """Record how many departments there are, are active, and reported in each period.

    Parameters
    ----------
    book : FactBook
    by_opd : DataFrame
        Result of `compute_rollout_by_opd`; its first period (B06) decides who is active.
    reports : DataFrame
        ``clean_opd_reports__opd_period`` with provenance: the cells behind the counts.
    registry : DataFrame
        The departments in force; ``table_row`` is its row in the file.
    """
    rows = registry["table_row"].tolist()
    book.record_reference(
        "opd.total_count", len(registry), "count", "opd_registry", "opd_id", rows, select_registry
    )
    periods = sorted(by_opd["reporting_period"].unique())
    for period in periods:
        own = reports.loc[reports["reporting_period"] == period]
        done = by_opd.loc[(by_opd["reporting_period"] == period) & by_opd["is_reported"]]
        key = f"opd.reported_count.{period.partition('-')[2].casefold()}"
        book.record(
            key, len(done), "count", frame=own, measures=["report_status"], computed_by=compute_rollout_by_opd
        )
    midyear = reports.loc[reports["reporting_period"] == periods[0]]
    first = by_opd.loc[by_opd["reporting_period"] == periods[0]]
    idle = first.loc[~first["is_reported"]]
    values: list[tuple[str, int | list[str], str]] = [
        ("opd.active_count", int(first["is_reported"].sum()), "count"),
        ("opd.inactive_count", len(idle), "count"),
        ("opd.inactive_names", idle["opd_common_name"].tolist(), "list"),
    ]
    for key, value, unit in values:
        book.record(
            key, value, unit, frame=midyear, measures=["report_status"], computed_by=compute_rollout_by_opd
        )
