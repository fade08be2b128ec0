"""Rollout of Inpres 2/2020 among the regency's departments (OPD)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.errors import SchemaError
from helpers.indicators.traced import traced


def reporting_periods(year: int) -> tuple[str, str]:
    """Return the two reporting periods of a year: month 6 and month 12.

    >>> reporting_periods(2021)
    ('2021-B06', '2021-B12')
    """
    return f"{year}-B06", f"{year}-B12"


@traced
def select_registry(registry: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the departments that existed at the end of a year.

    Parameters
    ----------
    registry : DataFrame
        ``reference/opd_registry.csv``: ``opd_id``, names, ``valid_from`` and ``valid_to``
        (dates or ISO text; an empty ``valid_to`` means still in being). Its index is the row
        of the file's data, from 0.

    Returns
    -------
    DataFrame
        The rows in force with ``table_row``, their position in the file, from 0.

    Examples
    --------
    A department merged away in 2020 is not counted in 2021.

    >>> registry = pd.DataFrame({"opd_id": ["a", "b", "c"], "valid_from": ["2017-01-01"] * 2 + ["2022-01-01"],
    ...     "valid_to": [None, "2020-12-30", None]})
    >>> select_registry(registry, 2021)["opd_id"].tolist()
    ['a']
    """
    day = pd.Timestamp(year=year, month=12, day=31)
    begun = pd.to_datetime(registry["valid_from"]) <= day
    ended = pd.to_datetime(registry["valid_to"]) < day
    placed = registry.assign(table_row=registry.index)
    return placed.loc[begun & ~ended].reset_index(drop=True)


@traced
def compute_rollout_by_opd(
    reports: pd.DataFrame, registry: pd.DataFrame, periods: Sequence[str]
) -> pd.DataFrame:
    """Return the report status of every department in every period.

    Parameters
    ----------
    reports : DataFrame
        ``clean_opd_reports__opd_period``: ``opd_id``, ``reporting_period``
        (``"2021-B06"``) and ``report_status``.
    registry : DataFrame
        The departments in force (`select_registry`): ``opd_id``, ``opd_name``,
        ``opd_short_name`` and, if it has one, ``opd_common_name`` (for running text).
    periods : sequence of str
        The periods of the year, in order.

    Returns
    -------
    DataFrame
        ``len(registry) × len(periods)`` rows: ``opd_id``, ``opd_name``,
        ``opd_short_name``, ``reporting_period``, ``report_status``, ``is_reported``. A
        department without a row has not reported.

    Raises
    ------
    SchemaError
        If a report is by a department that is not in the registry.

    Examples
    --------
    >>> registry = pd.DataFrame({"opd_id": ["a", "b"], "opd_name": ["A", "B"], "opd_short_name": ["A", "B"]})
    >>> reports = pd.DataFrame({"opd_id": ["a"], "reporting_period": "2021-B06", "report_status": "reported"})
    >>> compute_rollout_by_opd(reports, registry, ["2021-B06"])["is_reported"].tolist()
    [True, False]
    """
    unknown = sorted(set(reports["opd_id"]) - set(registry["opd_id"]))
    if unknown:
        raise SchemaError(f"reports of departments that are not in the registry: {', '.join(unknown[:5])}")
    names = registry.filter(["opd_id", "opd_name", "opd_short_name", "opd_common_name"])
    grid = names.merge(pd.DataFrame({"reporting_period": list(periods)}), how="cross")
    known = reports[["opd_id", "reporting_period", "report_status"]].astype({"report_status": "str"})
    full = grid.merge(known, on=["opd_id", "reporting_period"], how="left", validate="one_to_one")
    status = full["report_status"].fillna("not_reported")
    return full.assign(report_status=status, is_reported=status.eq("reported"))


@traced
def compute_rollout_by_period(by_opd: pd.DataFrame) -> pd.DataFrame:
    """Return how many departments have reported in each period.

    Parameters
    ----------
    by_opd : DataFrame
        Result of `compute_rollout_by_opd`.

    Returns
    -------
    DataFrame
        One row a period: ``reporting_period``, ``total_count``, ``reported_count``,
        ``in_progress_count``, ``not_reported_count`` and ``reported_share`` (0 to 1 of
        all departments).

    Examples
    --------
    >>> by_opd = pd.DataFrame({"opd_id": ["a", "b", "c", "d"], "reporting_period": "2021-B12",
    ...     "report_status": ["reported", "in_progress", "not_reported", "reported"]})
    >>> compute_rollout_by_period(by_opd).values.tolist()
    [['2021-B12', 4, 2, 1, 1, 0.5]]
    """
    flags = pd.DataFrame(
        {
            "reporting_period": by_opd["reporting_period"],
            "total_count": 1,
            **{f"{status}_count": by_opd["report_status"].eq(status).astype("int64")
               for status in ("reported", "in_progress", "not_reported")},
        }
    )  # fmt: skip
    counts = flags.groupby("reporting_period", sort=True).sum().reset_index()
    return counts.assign(reported_share=counts["reported_count"] / counts["total_count"])


@traced
def compute_actions_by_period(reports: pd.DataFrame, counts: Sequence[str]) -> pd.DataFrame:
    """Return the sums of the reported actions in each period.

    Parameters
    ----------
    reports : DataFrame
        ``clean_opd_reports__opd_period``; only rows with status ``reported`` are summed.
    counts : sequence of str
        The count columns to sum.

    Returns
    -------
    DataFrame
        One row a period and action: ``reporting_period``, ``action``, ``action_count``
        and ``opd_count`` (departments that gave a figure). A department without a
        figure counts as not stated, not as zero.

    Examples
    --------
    >>> reports = pd.DataFrame({"reporting_period": "2021-B06",
    ...     "report_status": ["reported", "reported", "in_progress"],
    ...     "outreach_event_count": pd.array([3, None, 9], dtype="Int64")})
    >>> compute_actions_by_period(reports, ["outreach_event_count"]).values.tolist()
    [['2021-B06', 'outreach_event_count', 3, 1]]
    """
    done = reports.loc[reports["report_status"].astype("str") == "reported"]
    long = done.melt(
        id_vars="reporting_period", value_vars=list(counts), var_name="action", value_name="action_count"
    ).astype({"action": pd.CategoricalDtype(list(counts), ordered=True)})
    summed = long.groupby(["reporting_period", "action"], observed=True, sort=True)["action_count"]
    table = summed.agg(action_count="sum", opd_count="count").reset_index()
    return table.astype({"action": "str", "action_count": "int64", "opd_count": "int64"})
