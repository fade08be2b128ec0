"""Sums of the budget: parents against accounts, totals, months against each other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.clean.block import Block
from helpers.clean.budget_levels import ACCOUNT, UNKNOWN
from helpers.clean.job import Job, report_cells, report_unread
from helpers.clean.parsing import parse_numbers

_HALF = 0.5
#: A month whose ceiling is this many times another's was read in another unit.
_UNIT_RATIO = 100
#: Ceilings of offices from regency to province in rupiah; outside, the unit is in doubt.
_PLAUSIBLE_CEILING = (50_000_000, 10**12)


def read_structure(job: Job, block: Block, column: str) -> np.ndarray:
    """Read the amounts of parents or totals; what holds no number is warned of and not compared.

    Nothing is computed from these cells, so a bad one does not stop the run. A blank is no
    fault: many exports leave it so.
    """
    numbers = parse_numbers(block.frame[column], whole=True)
    report_unread(job, block, column, numbers, "warning")
    return numbers.values


def _rounding(rows: np.ndarray, scale: int) -> np.ndarray:
    """Return by how much a sum of so many rows may differ, in rupiah.

    Rupiah add up. An export in thousands rounds every row and the sum: half a unit each.
    """
    return np.full(rows.shape, _HALF) if scale == 1 else _HALF * scale * (rows + 1)


def find_gaps(
    rejected: np.ndarray, levels: np.ndarray, amounts: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Return, by amount column, the lines whose share of the sums above them is not known.

    Parameters
    ----------
    rejected : ndarray of bool
        Lines with an error of their own.
    levels : ndarray of int
        Level of each row; `UNKNOWN` where the code is not one.
    amounts : dict of str to ndarray
        NaN where a cell was refused.

    Returns
    -------
    dict of str to ndarray of bool
        A refused cell spoils its own column; any other fault (a wrong code, a line twice)
        the sums of all columns.
    """
    missing = {column: rejected & np.isnan(values) for column, values in amounts.items()}
    all_read = ~np.any(list(missing.values()), axis=0)
    elsewhere = rejected & (all_read | (levels == UNKNOWN))
    return {column: gap | elsewhere for column, gap in missing.items()}


def check_parents(
    job: Job, data: Block, levels: np.ndarray, parents: np.ndarray, amounts: dict[str, np.ndarray],
    gaps: dict[str, np.ndarray], scale: int,
) -> None:  # fmt: skip
    """Report parents whose amount is not the sum of the accounts below them.

    A parent without accounts below it is reported too: its lines are missing. A parent
    above a gap is left out: the gap has its finding, and the sum would only repeat it.
    """
    leaf = levels == ACCOUNT
    for column, values in amounts.items():
        for level in range(ACCOUNT):
            spoilt = parents[gaps[column], level]
            known = (levels == level) & ~np.isnan(values)
            known[spoilt[spoilt >= 0]] = False
            here = np.flatnonzero(known)
            if not len(here):
                continue
            inside = leaf & (parents[:, level] >= 0) & ~np.isnan(values)
            above = parents[inside, level]
            sums = np.bincount(above, weights=values[inside], minlength=len(levels))
            allowed = _rounding(np.bincount(above, minlength=len(levels)), scale)
            wrong = here[np.abs(values[here] - sums[here]) > allowed[here]]
            _report_sums(job, data, column, wrong, values[wrong], sums[wrong])


def _report_sums(
    job: Job, data: Block, column: str, where: np.ndarray, stated: np.ndarray, sums: np.ndarray
) -> None:
    for position in range(len(where)):
        row = int(data.rows[where[position]])
        job.journal.report(
            "parent_not_sum", data.sheet, data.cell(row, column), column=data.heading(column),
            name=str(data.text("name").iloc[where[position]]), value=int(stated[position]),
            computed=int(sums[position]), difference=int(stated[position] - sums[position]),
        )  # fmt: skip


def check_totals(
    job: Job, totals: Block, levels: np.ndarray, amounts: dict[str, np.ndarray],
    gaps: dict[str, np.ndarray], scale: int,
) -> None:  # fmt: skip
    """Report total rows that are not the sum of the accounts; none in a column with a gap."""
    for column, values in amounts.items():
        check_total(job, totals, column, values[levels == ACCOUNT], bool(gaps[column].any()), scale)


def check_total(job: Job, totals: Block, column: str, values: np.ndarray, has_gap: bool, scale: int) -> None:
    """Report total rows whose cell in one column is not the sum of the values (in rupiah)."""
    stated = read_structure(job, totals, column) * scale
    computed = float(np.nansum(values))
    allowed = float(_rounding(np.array(len(values)), scale))
    for row, value in zip(totals.rows, stated, strict=True):
        if not has_gap and not np.isnan(value) and abs(value - computed) > allowed:
            job.journal.report(
                "total_not_sum", totals.sheet, totals.cell(int(row), column),
                column=totals.heading(column), value=int(value), computed=int(computed),
                difference=int(value - computed),
            )  # fmt: skip


def check_rows(job: Job, data: Block, leaf: np.ndarray, amounts: dict[str, np.ndarray], scale: int) -> None:
    """Check each account row in itself: ceiling, to date, remaining and percentage."""
    ceiling, current, to_date = amounts["ceiling"], amounts["current"], amounts["to_date"]
    report_cells(job, data, "ceiling", leaf & (ceiling < 0), "ceiling_negative")
    above = leaf & (to_date > ceiling)
    if above.any():
        report_cells(
            job, data, "to_date", above, "expenditure_above_ceiling", "warning",
            ceiling=ceiling, name=data.text("name").to_numpy(dtype=object),
        )  # fmt: skip
    before = _optional(data, "before") * scale
    broken = leaf & (np.abs(before + current - to_date) > _HALF * scale)
    report_cells(job, data, "to_date", broken, "to_date_not_sum", computed=before + current)
    remaining = _optional(data, "remaining") * scale
    # The columns after a wrong sum are wrong because of it.
    leaf = leaf & ~broken
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
    if seen.nunique() < 2:
        return
    line, month = pd.factorize(lines["line_code"])[0], lines["month"].to_numpy(dtype=np.int64)
    to_date = lines["expenditure_to_date_idr"].to_numpy(dtype=np.float64)
    carried = to_date - lines["expenditure_idr"].to_numpy(dtype=np.float64)
    order = np.lexsort((month, line))
    earlier, later = order[:-1], order[1:]
    follows = (line[earlier] == line[later]) & (month[later] - month[earlier] == 1)
    wrong = follows & (to_date[earlier] != carried[later])
    previous = pd.Series(to_date[earlier[wrong]], index=later[wrong]).sort_index()
    # Assigned after the rows are chosen, in the order of the sheets.
    broken = lines.iloc[previous.index].assign(previous=previous.to_numpy())
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
