"""Budget absorption (penyerapan anggaran): expenditure as a share of the revised ceiling."""

from __future__ import annotations

import pandas as pd

from helpers.errors import SchemaError
from helpers.indicators.traced import traced

QUARTER_ENDS = {1: 3, 2: 6, 3: 9, 4: 12}


def last_month(lines: pd.DataFrame) -> int:
    """Return the last month that has rows, 1 to 12.

    Raises
    ------
    SchemaError
        If the table is empty: there is no month to report on.
    """
    if lines.empty:
        raise SchemaError("clean_budget__line_month has no rows, so there is no last month")
    return int(lines["month"].max())


def _with_rate(frame: pd.DataFrame) -> pd.DataFrame:
    ceiling = frame["ceiling_idr"]
    return frame.assign(absorption_rate=(frame["expenditure_to_date_idr"] / ceiling).where(ceiling > 0))


@traced
def compute_absorption_total(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the absorption of the whole office at the last month.

    Parameters
    ----------
    lines : DataFrame
        ``clean_budget__line_month``: one row a leaf (account line) and month, with
        ``month``, ``ceiling_idr`` and ``expenditure_to_date_idr`` in rupiah.

    Returns
    -------
    DataFrame
        One row: ``month``, ``ceiling_idr``, ``expenditure_to_date_idr``,
        ``remaining_idr`` and ``absorption_rate`` (0 to 1; missing without a ceiling).

    Notes
    -----
    ``absorption_rate = expenditure_to_date_idr / ceiling_idr``, both summed over leaves
    only; the denominator is the ceiling in force in that month, not the first one.

    Examples
    --------
    Two lines of Rp100 and Rp300 that spent Rp90 and Rp303 by December:
    393 of 400 is 98.25 percent.

    >>> lines = pd.DataFrame({
    ...     "line_code": ["a", "a", "b", "b"], "month": [11, 12, 11, 12],
    ...     "ceiling_idr": [100, 100, 250, 300], "expenditure_to_date_idr": [80, 90, 200, 303]})
    >>> compute_absorption_total(lines).values.tolist()
    [[12.0, 400.0, 393.0, 7.0, 0.9825]]
    """
    month = last_month(lines)
    now = lines.loc[lines["month"] == month]
    total = pd.DataFrame(
        {
            "month": [month],
            "ceiling_idr": [int(now["ceiling_idr"].sum())],
            "expenditure_to_date_idr": [int(now["expenditure_to_date_idr"].sum())],
        }
    )
    total["remaining_idr"] = total["ceiling_idr"] - total["expenditure_to_date_idr"]
    return _with_rate(total)


@traced
def compute_absorption_by(lines: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    """Return the absorption at the last month by section, expenditure type or line.

    Parameters
    ----------
    lines : DataFrame
        As for `compute_absorption_total`, with the columns named in ``by``.
    by : str or list of str
        ``"section"``, ``"expenditure_type"``, ``"line_code"`` or several columns.

    Returns
    -------
    DataFrame
        One row a group that has lines: ``by``, ``ceiling_idr``,
        ``expenditure_to_date_idr``, ``remaining_idr`` and ``absorption_rate``;
        highest rate first, groups without a ceiling last.

    Examples
    --------
    >>> lines = pd.DataFrame({"section": ["general", "general", "prevention"], "month": 12,
    ...     "ceiling_idr": [100, 100, 50], "expenditure_to_date_idr": [90, 100, 50]})
    >>> compute_absorption_by(lines, "section")[["section", "absorption_rate"]].values.tolist()
    [['prevention', 1.0], ['general', 0.95]]
    """
    keys = [by] if isinstance(by, str) else by
    now = lines.loc[lines["month"] == last_month(lines)]
    grouped = (
        now.groupby(keys, observed=True, sort=True)[["ceiling_idr", "expenditure_to_date_idr"]]
        .sum()
        .reset_index()
        .astype({key: "str" for key in keys})
    )
    grouped["remaining_idr"] = grouped["ceiling_idr"] - grouped["expenditure_to_date_idr"]
    rated = _with_rate(grouped)
    return rated.sort_values(["absorption_rate", *keys], ascending=[False, *[True] * len(keys)],
                             na_position="last", ignore_index=True)  # fmt: skip


@traced
def compute_absorption_by_month(
    lines: pd.DataFrame, plan: pd.DataFrame, targets: pd.DataFrame
) -> pd.DataFrame:
    """Return the cumulative absorption of each month beside its plan and quarterly target.

    Parameters
    ----------
    lines : DataFrame
        As for `compute_absorption_total`, with ``expenditure_idr`` (spent in the month).
    plan : DataFrame
        ``clean_budget_plan__type_month``: ``month`` and ``planned_idr`` of each
        expenditure type, not cumulated.
    targets : DataFrame
        Targets in force for the year: ``expenditure_type``, ``quarter`` (1 to 4) and
        ``target_rate``; the rows of type ``"total"`` are used.

    Returns
    -------
    DataFrame
        One row a month from the first with data: ``month``, ``ceiling_idr`` (in force
        that month), ``expenditure_idr``, ``expenditure_to_date_idr``,
        ``absorption_rate``, ``planned_to_date_idr``, ``planned_rate`` (of that month's
        ceiling) and ``target_rate`` (missing unless the month ends a quarter). Rates
        are 0 to 1.

    Notes
    -----
    A month without expenditure keeps the cumulative value of the month before, since
    the export repeats it; a month without an export has no row.

    Examples
    --------
    >>> lines = pd.DataFrame({"month": [2, 3], "ceiling_idr": [200, 250],
    ...     "expenditure_idr": [20, 30], "expenditure_to_date_idr": [20, 50]})
    >>> plan = pd.DataFrame({"expenditure_type": "goods", "month": [1, 2, 3], "planned_idr": [10, 10, 30]})
    >>> targets = pd.DataFrame({"expenditure_type": ["total"], "quarter": [1], "target_rate": [0.15]})
    >>> out = compute_absorption_by_month(lines, plan, targets)
    >>> out[["month", "absorption_rate", "planned_rate", "target_rate"]].values.tolist()
    [[2.0, 0.1, 0.1, nan], [3.0, 0.2, 0.2, 0.15]]
    """
    columns = ["ceiling_idr", "expenditure_idr", "expenditure_to_date_idr"]
    monthly = _with_rate(lines.groupby("month", sort=True)[columns].sum().reset_index())
    planned = plan.groupby("month", sort=True)["planned_idr"].sum().cumsum()
    planned_frame = planned.rename("planned_to_date_idr").reset_index()
    goals = targets.loc[targets["expenditure_type"] == "total", ["quarter", "target_rate"]]
    goals = goals.assign(month=goals["quarter"].astype(int).map(QUARTER_ENDS))[["month", "target_rate"]]
    joined = monthly.merge(planned_frame, on="month", how="left", validate="one_to_one").merge(
        goals, on="month", how="left", validate="one_to_one"
    )
    planned_rate = (joined["planned_to_date_idr"] / joined["ceiling_idr"]).where(joined["ceiling_idr"] > 0)
    joined = joined.assign(planned_rate=planned_rate)
    return joined[
        ["month", *columns, "absorption_rate", "planned_to_date_idr", "planned_rate", "target_rate"]
    ]


@traced
def select_targets(targets: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the target rows in force for a year: those with the latest ``valid_from`` up to it.

    Parameters
    ----------
    targets : DataFrame
        ``reference/quarterly_targets.csv``: ``valid_from`` (date or ISO text), ``expenditure_type``,
        ``quarter``, ``target_rate`` and ``status``.

    Raises
    ------
    SchemaError
        If no target was in force.

    Examples
    --------
    >>> table = pd.DataFrame({"valid_from": ["2017-01-01", "2022-01-01"], "expenditure_type": "total",
    ...     "quarter": [1, 1], "target_rate": [0.15, 0.2]})
    >>> select_targets(table, 2021)["target_rate"].tolist()
    [0.15]
    """
    begun = targets.loc[pd.to_datetime(targets["valid_from"]).dt.year <= year]
    if begun.empty:
        raise SchemaError(f"quarterly_targets.csv holds no target in force in {year}")
    newest = begun.groupby("expenditure_type")["valid_from"].transform("max")
    return begun.loc[begun["valid_from"] == newest].reset_index(drop=True)


@traced
def select_least_absorbed(lines: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """Return the account lines with the largest remainder at the last month.

    Parameters
    ----------
    lines : DataFrame
        As for `compute_absorption_by`, with ``activity_name`` and ``account_name``.
    count : int
        How many lines at most.

    Returns
    -------
    DataFrame
        ``activity_name``, ``account_name``, ``ceiling_idr``, ``expenditure_to_date_idr``,
        ``remaining_idr`` and ``absorption_rate``, largest remainder first; lines that are
        spent to the last rupiah are left out.

    Examples
    --------
    >>> lines = pd.DataFrame({"line_code": ["x", "y"], "activity_name": "A", "account_name": ["P", "Q"],
    ...     "month": 12, "ceiling_idr": [100, 50], "expenditure_to_date_idr": [80, 50]})
    >>> select_least_absorbed(lines)[["account_name", "remaining_idr"]].values.tolist()
    [['P', 20]]
    """
    by_line = compute_absorption_by(lines, ["line_code", "activity_name", "account_name"])
    left = by_line.loc[by_line["remaining_idr"] > 0]
    ordered = left.sort_values(["remaining_idr", "line_code"], ascending=[False, True], ignore_index=True)
    return ordered.drop(columns="line_code").head(count)
