"""The budget workbook: a treasury export for each month, and the disbursement plan."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from helpers.clean import budget_checks as checks
from helpers.clean.block import Block, find_block, split_rows
from helpers.clean.budget_checks import check_total
from helpers.clean.budget_levels import (
    ACCOUNT,
    LEVELS,
    UNKNOWN,
    level_codes,
    levels_of,
    line_codes,
    line_numbers,
    normal_code,
    parent_positions,
)
from helpers.clean.headings import specs_of
from helpers.clean.job import Cleaned, Job, kept_rows, provenance, read_numbers, report_cells
from helpers.clean.preamble import check_preamble, find_period, find_scale
from helpers.clean.text import map_unique, name_key
from helpers.columns.budget import BUDGET_LINES, BUDGET_PLAN, EXPENDITURE_TYPES
from helpers.indonesian.dates import find_month
from helpers.indonesian.text import tidy
from helpers.read import column_letter

MEASURES = {"ceiling_idr": "ceiling", "expenditure_idr": "current", "expenditure_to_date_idr": "to_date"}
AMOUNTS = tuple(MEASURES.values())


def clean_budget(job: Job) -> Cleaned:
    """Clean the monthly sheets and the plan.

    Only account rows become lines; programmes, activities and the other levels above are
    used to name the lines and to check that they hold the sum of their accounts. Totals
    are compared, notes left out: double counting is impossible by construction.

    Returns
    -------
    Cleaned
        ``clean_budget__line_month`` (account line × month) and
        ``clean_budget_plan__type_month``; the grain is the account row.
    """
    plan_name: str | None = job.source.options.get("plan_sheet")
    names = [name for name in job.workbook.sheets if name != plan_name]
    frames: list[pd.DataFrame] = []
    rows: dict[str, np.ndarray] = {}
    structure = 0
    for position, name in enumerate(names, start=1):
        month = find_month(name) or _stated_month(job, name) or (position if len(names) == 12 else None)
        if month is None:
            job.journal.report("sheet_without_month", name)
            continue
        frame, rows[name], others = _clean_month(job, name, month)
        frames.append(frame)
        structure += others
    lines = _join(frames)
    plan = clean_plan(job, plan_name) if plan_name is not None and plan_name in job.workbook.sheets else None
    if plan is None:
        plan = pd.DataFrame(columns=BUDGET_PLAN.columns)
    if len(lines):
        checks.check_months(job, lines, len(names))
        checks.check_magnitude(job, lines)
    return Cleaned({BUDGET_LINES.name: lines, BUDGET_PLAN.name: plan}, rows, len(lines), structure)


def _join(months: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the lines of all months; those of a single one, which may be half a million, are not copied."""
    if not months:
        return pd.DataFrame(columns=BUDGET_LINES.columns)
    return months[0].reset_index(drop=True) if len(months) == 1 else pd.concat(months, ignore_index=True)


def _stated_month(job: Job, name: str) -> int | None:
    """Return the month that a sheet's heading names; a file without sheets has no other place."""
    top = job.workbook.sheets[name].cells.head(20)
    return find_period([tidy(value) for value in top.to_numpy().ravel()])


def _clean_month(job: Job, name: str, month: int) -> tuple[pd.DataFrame, np.ndarray, int]:
    """Return the month's lines, the sheet rows that are account lines, the number of structure rows."""
    sheet = job.workbook.sheets[name]
    block = find_block(sheet, specs_of(BUDGET_LINES), job.journal)
    empty = pd.DataFrame(columns=BUDGET_LINES.columns)
    if block is None:
        return empty, np.array([], dtype=int), 0
    check_preamble(job, block, month)
    scale = find_scale(block.preamble)
    data, totals, notes = split_rows(block, job.journal, "name")
    codes = map_unique(data.text("code"), lambda code: normal_code(code or ""), "str")
    levels = levels_of(codes)
    parents = parent_positions(levels)
    _report_unknown(job, data, levels, parents)
    is_line = (levels == ACCOUNT) | (levels == UNKNOWN)
    amounts = {column: _amounts(job, data.only(column), is_line) * scale for column in AMOUNTS}
    checks.check_rows(job, data, levels == ACCOUNT, amounts, scale)
    frame = _lines(data, codes, parents, amounts)
    frame["month"] = month
    _add_sections(job, data, frame, levels)
    for column, values in provenance(job, data, MEASURES).items():
        frame[column] = values
    _report_repeated(job, data, frame, levels == ACCOUNT, line_numbers(codes, parents))
    # After all that rejects a line: a sum over a rejected line would say the same thing again.
    gaps = checks.find_gaps(~kept_rows(job, data) & is_line, levels, amounts)
    checks.check_parents(job, data, levels, parents, amounts, gaps, scale)
    total_rows = block.keep(block.frame.index.isin(totals.index))
    checks.check_totals(job, total_rows, levels, amounts, gaps, scale)
    kept = kept_rows(job, data) & (levels == ACCOUNT)
    structure = int((~is_line).sum()) + len(totals) + notes
    return frame[kept], data.rows[is_line], structure


def _amounts(job: Job, amounts: Block, is_line: np.ndarray) -> np.ndarray:
    """Read a column of amounts: lines must have it, parents may leave it blank."""
    (column,) = amounts.frame.columns
    values = np.full(len(is_line), np.nan)
    values[is_line] = read_numbers(job, amounts.keep(is_line), column, required=True)
    values[~is_line] = checks.read_structure(job, amounts.keep(~is_line), column)
    return values


def _report_unknown(job: Job, data: Block, levels: np.ndarray, parents: np.ndarray) -> None:
    codes = data.text("code")
    unknown = levels == UNKNOWN
    report_cells(job, data, "code", unknown & (codes != "").to_numpy(), "budget_code_unknown")
    report_cells(job, data, "code", unknown & (codes == "").to_numpy(), "budget_code_missing")
    types = map_unique(codes, lambda code: normal_code(code or "")[:2] in EXPENDITURE_TYPES, "bool")
    wrong = (levels == ACCOUNT) & ~types.to_numpy()
    report_cells(job, data, "code", wrong, "account_unknown", allowed=list(EXPENDITURE_TYPES))
    orphan = (levels == ACCOUNT) & ((parents[:, 0] < 0) | (parents[:, 1] < 0))
    report_cells(job, data, "code", orphan & ~wrong, "account_without_parent")


def _lines(
    data: Block, codes: pd.Series, parents: np.ndarray, amounts: dict[str, np.ndarray]
) -> pd.DataFrame:
    """Return one row a data row with the codes and names of all levels above it."""
    names = data.text("name").array
    columns: dict[str, Any] = {"line_code": line_codes(codes, parents).array}
    for label, values in level_codes(codes, parents).items():
        columns[f"{label}_code"] = values
    for label in ("program", "activity", "account"):
        # Where no row of the level stands above, the position is -1 and the name missing.
        columns[f"{label}_name"] = names.take(parents[:, LEVELS.index(label)], allow_fill=True)
    accounts = columns["account_code"]
    types = pd.array([*(EXPENDITURE_TYPES.get(code[:2]) for code in accounts.categories), None], dtype="str")
    columns["expenditure_type"] = types.take(accounts.codes)
    for measure, column in MEASURES.items():
        columns[measure] = amounts[column]
    return pd.DataFrame(columns, index=data.frame.index)


def _add_sections(job: Job, data: Block, frame: pd.DataFrame, levels: np.ndarray) -> None:
    sections = job.reference("budget_sections").set_index("activity_code")["section"].to_dict()
    codes = frame["activity_code"].cat
    known = pd.array([*map(sections.get, codes.categories), None], dtype="str")
    frame["section"] = known.take(codes.codes.to_numpy())
    unknown = frame["section"].isna().to_numpy() & (levels == ACCOUNT) & frame["activity_code"].notna()
    report_cells(
        job, data, "code", unknown, "activity_without_section",
        activity=frame["activity_code"].to_numpy(dtype=object),
    )  # fmt: skip


def _report_repeated(
    job: Job, data: Block, frame: pd.DataFrame, is_line: np.ndarray, numbers: np.ndarray
) -> None:
    again = pd.Series(numbers[is_line]).duplicated(keep="first").to_numpy()
    if not again.any():
        return
    leaves, lines = data.keep(is_line), frame.loc[is_line, "line_code"]
    first = pd.Series(leaves.rows).groupby(numbers[is_line]).transform("first")
    report_cells(job, leaves, "code", again, "duplicate_key", first=first.to_numpy(), record=lines.to_numpy())


MONTHS = tuple(f"m{month:02d}" for month in range(1, 13))
_TYPE_WORDS = {"pegawai": "personnel", "barang": "goods", "jasa": "goods", "modal": "capital"}


def expenditure_type(text: str) -> str | None:
    """Return the expenditure type that a code or name says.

    >>> expenditure_type("51"), expenditure_type("Belanja Barang dan Jasa"), expenditure_type("57")
    ('personnel', 'goods', None)
    """
    words = name_key(text).split()
    if words and words[0][:2] in EXPENDITURE_TYPES and words[0].isdigit():
        return EXPENDITURE_TYPES[words[0][:2]]
    return next((_TYPE_WORDS[word] for word in words if word in _TYPE_WORDS), None)


def clean_plan(job: Job, sheet_name: str) -> pd.DataFrame | None:
    """Return planned disbursement by expenditure type and month, in rupiah.

    The plan's three rows are structure beside the account lines: an error in them is a
    finding, not a rejected row.
    """
    sheet = job.workbook.sheets[sheet_name]
    block = find_block(sheet, specs_of(BUDGET_PLAN), job.journal)
    if block is None:
        return None
    check_preamble(job, block)
    scale = find_scale(block.preamble)
    data, totals, _ = split_rows(block, job.journal, "name")
    texts = (data.text("code") + " " + data.text("name")).str.strip()
    types = map_unique(texts, lambda text: expenditure_type(text or ""), "str")
    report_cells(job, data, "name", types.isna(), "value_not_on_list", reject=False,
                 allowed=[f"{code} ({name})" for code, name in EXPENDITURE_TYPES.items()])  # fmt: skip
    report_cells(job, data, "name", types.duplicated() & types.notna(), "duplicate_key", reject=False,
                 first="-", record=texts.to_numpy(dtype=object))  # fmt: skip
    values = np.column_stack([read_numbers(job, data, month, required=True, low=0) for month in MONTHS])
    values = values * scale
    total_rows = block.keep(block.frame.index.isin(totals.index))
    for position, month in enumerate(MONTHS):
        planned = values[:, position]
        check_total(job, total_rows, month, planned, bool(np.isnan(planned).any()), scale)
    frame = pd.DataFrame(
        {
            "expenditure_type": np.repeat(types.to_numpy(dtype=object), 12),
            "month": np.tile(np.arange(1, 13), len(types)),
            "planned_idr": values.ravel(),
        }
    )
    for column, part in provenance(job, data, {}).items():
        frame[column] = np.repeat(np.asarray(part, dtype=object), 12)
    letters = [f"planned_idr:{column_letter(data.letters[month])}" for month in MONTHS]
    frame["source_columns"] = np.tile(np.array(letters, dtype=object), len(types))
    return frame.dropna(subset=["expenditure_type", "planned_idr"]).drop_duplicates(
        ["expenditure_type", "month"]
    )
