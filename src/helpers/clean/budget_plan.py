"""The disbursement plan: a row an expenditure type, a column a month."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.clean.block import find_block, split_rows
from helpers.clean.budget_checks import check_total
from helpers.clean.headings import specs_of
from helpers.clean.job import Job, provenance, read_numbers, report_cells
from helpers.clean.preamble import check_preamble, find_scale
from helpers.clean.text import map_unique, name_key
from helpers.columns.budget import BUDGET_PLAN, EXPENDITURE_TYPES
from helpers.read import column_letter

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
