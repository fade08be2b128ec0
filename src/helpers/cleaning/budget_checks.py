"""Sums of the budget: parents against accounts, totals, months against each other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.cleaning.block import Block
from helpers.cleaning.budget_levels import ACCOUNT
from helpers.cleaning.job import Job, report_cells
from helpers.cleaning.number_columns import parse_numbers

#: Exports in thousands round every row: sums may differ by half a unit a row.
_HALF = 0.5
#: A month whose ceiling is this many times another's was read in another unit.
_UNIT_RATIO = 100
#: Ceilings of offices from regency to province in rupiah; outside, the unit is in doubt.
_PLAUSIBLE_CEILING = (50_000_000, 10**12)


def check_parents(
    job: Job, data: Block, levels: np.ndarray, parents: np.ndarray, amounts: dict[str, np.ndarray]
) -> None:
    """Report parents whose amount is not the sum of the accounts below them.

    A parent without accounts below it is reported too: its lines are missing.
    """
    leaf = levels == ACCOUNT
    for column, values in amounts.items():
        stated_all = np.where(np.isnan(values), np.nan, values)
        for level in range(ACCOUNT):
            here = np.flatnonzero((levels == level) & ~np.isnan(stated_all))
            if not len(here):
                continue
            inside = leaf & (parents[:, level] >= 0) & ~np.isnan(values)
            sums = np.bincount(parents[inside, level], weights=values[inside], minlength=len(levels))
            _report_sums(job, data, column, here, stated_all[here], sums[here])


def _report_sums(
    job: Job, data: Block, column: str, where: np.ndarray, stated: np.ndarray, sums: np.ndarray
) -> None:
    for position in np.flatnonzero(np.abs(stated - sums) > _HALF):
        row = int(data.rows[where[position]])
        job.journal.report(
            "parent_not_sum", data.sheet, data.cell(row, column), column=data.heading(column),
            name=str(data.text("name").iloc[where[position]]), value=int(stated[position]),
            computed=int(sums[position]), difference=int(stated[position] - sums[position]),
        )  # fmt: skip


def check_totals(
    job: Job, block: Block, totals: pd.DataFrame, levels: np.ndarray, amounts: dict[str, np.ndarray],
    scale: int,
) -> None:  # fmt: skip
    """Report total rows that are not the sum of the accounts."""
    for column, values in amounts.items():
        computed = float(np.nansum(values[levels == ACCOUNT]))
        stated = parse_numbers(totals[column], whole=True).values * scale
        for row, value in zip(totals.index, stated, strict=True):
            if not np.isnan(value) and abs(value - computed) > _HALF:
                job.journal.report(
                    "total_not_sum", block.sheet, block.cell(int(row), column),
                    column=block.heading(column), value=int(value), computed=int(computed),
                    difference=int(value - computed),
                )  # fmt: skip


def check_rows(job: Job, data: Block, leaf: np.ndarray, amounts: dict[str, np.ndarray], scale: int) -> None:
    """Check each account row in itself: ceiling, to date, remaining and percentage."""
    ceiling, current, to_date = amounts["ceiling"], amounts["current"], amounts["to_date"]
    report_cells(job, data, "ceiling", leaf & (ceiling < 0), "ceiling_negative")
    above = leaf & (to_date > ceiling)
    report_cells(
        job, data, "to_date", above, "expenditure_above_ceiling", "warning",
        ceiling=ceiling, name=data.text("name").to_numpy(dtype=object),
    )  # fmt: skip
    before = _optional(data, "before") * scale
    broken = leaf & (np.abs(before + current - to_date) > _HALF * scale)
    report_cells(job, data, "to_date", broken, "to_date_not_sum", computed=before + current)
    remaining = _optional(data, "remaining") * scale
    wrong = leaf & (np.abs(ceiling - to_date - remaining) > _HALF * scale)
    report_cells(job, data, "remaining", wrong, "remaining_differs", "warning",
                 computed=ceiling - to_date)  # fmt: skip
    _check_rate(job, data, leaf, ceiling, to_date)


def _check_rate(job: Job, data: Block, leaf: np.ndarray, ceiling: np.ndarray, to_date: np.ndarray) -> None:
    rate = _optional(data, "rate")
    if np.isnan(rate).all():
        return
    # A column of shares (0,98) and one of percentages (98,30) look alike in one cell, not in all.
    factor = 1.0 if np.nanmax(np.abs(rate)) <= 1.5 else 100.0
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(ceiling > 0, to_date / ceiling, 0.0) * factor
    wrong = leaf & (np.abs(rate - expected) > 0.011 * factor / 2)
    report_cells(job, data, "rate", wrong, "rate_differs", "warning",
                 computed=np.round(expected * 100 / factor, 2))  # fmt: skip


def _optional(data: Block, column: str) -> np.ndarray:
    if column not in data.frame:
        return np.full(len(data.frame), np.nan)
    is_rate = column == "rate"
    return parse_numbers(data.frame[column], whole=not is_rate, low=-1000 if is_rate else None).values


def check_months(job: Job, lines: pd.DataFrame, sheet_count: int) -> None:
    """Report months that are missing or there twice, and lines whose months do not follow on."""
    seen = lines.drop_duplicates(["month", "source_sheet"])["month"]
    for month in sorted(seen[seen.duplicated()].unique()):
        job.journal.report("month_twice", month=int(month))
    for month in range(1, int(lines["month"].max()) + 1):
        if month not in set(seen):
            job.journal.report("month_missing", severity="warning", month=month)
    ordered = lines.sort_values(["line_code", "month"], kind="stable")
    group = ordered.groupby("line_code", sort=False)
    previous = group["expenditure_to_date_idr"].shift()
    follows = group["month"].diff() == 1
    carried = ordered["expenditure_to_date_idr"] - ordered["expenditure_idr"]
    # Assigned before the rows are chosen: a column assigned to no rows brings its own.
    broken = ordered.assign(previous=previous)[follows & (previous != carried)]
    for sheet, rows in broken.groupby(_sheets(broken), sort=True):
        letters = dict(pair.split(":") for pair in str(rows["source_columns"].iloc[0]).split())
        cell = f"{letters['expenditure_to_date_idr']}{int(rows['source_row'].iloc[0])}"
        job.journal.report(
            "months_not_continuous", str(sheet), cell, "warning", count=len(rows),
            line=str(rows["line_code"].iloc[0]), previous=int(rows["previous"].iloc[0]),
        )  # fmt: skip


def _sheets(lines: pd.DataFrame) -> pd.Series:
    """Return the sheet of each line as text, empty for a file without sheets."""
    return lines["source_sheet"].astype("str").fillna("")


def check_magnitude(job: Job, lines: pd.DataFrame) -> None:
    """Report amounts that seem to be in another unit than their sheet says."""
    ceilings = lines.groupby(_sheets(lines))["ceiling_idr"].sum()
    typical = float(ceilings.median())
    for sheet, ceiling in ceilings.items():
        if typical > 0 and ceiling > 0 and not 1 / _UNIT_RATIO < ceiling / typical < _UNIT_RATIO:
            job.journal.report("unit_differs", str(sheet), value=int(ceiling), computed=int(typical))
    low, high = _PLAUSIBLE_CEILING
    if not low <= typical <= high:
        job.journal.report("unit_doubtful", severity="warning", value=int(typical))
