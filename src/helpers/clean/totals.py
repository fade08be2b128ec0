"""Total rows of tables of counts: compared with the rows above them, never added in."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.clean.block import Block
from helpers.clean.job import Job, kept_rows, report_unread
from helpers.clean.parsing import parse_numbers
from helpers.columns.people import PEOPLE_COLUMNS, is_small


def check_count_totals(
    job: Job, block: Block, data: Block, totals: pd.DataFrame, counts: Mapping[str, np.ndarray]
) -> None:
    """Warn of a total row that is not the sum of the rows.

    Nothing is computed from a total row, so that it does not stop the run. Two total rows
    are of parts that the table does not name, and a sum over a rejected row is not known:
    both are left out.

    Parameters
    ----------
    job : Job
    block : Block
        The whole table, with its total rows.
    data : Block
        Its data rows.
    totals : DataFrame
        The total rows, raw.
    counts : Mapping of str to ndarray
        The columns that a total adds up, as read; NaN is blank.
    """
    if totals.empty:
        return
    rows = block.keep(block.frame.index.isin(totals.index))
    comparable = len(totals) == 1 and bool(kept_rows(job, data).all())
    for column, values in counts.items():
        if column not in block.frame:
            continue
        stated = parse_numbers(rows.frame[column], whole=True)
        report_unread(job, rows, column, stated, "warning")
        computed = int(np.nansum(values))
        if comparable and not np.isnan(stated.values[0]) and stated.values[0] != computed:
            told = {"value": int(stated.values[0]), "computed": computed,
                    "difference": int(stated.values[0]) - computed}  # fmt: skip
            # The finding is published: of a small count of people it tells the place alone.
            is_hidden = column in PEOPLE_COLUMNS and (is_small(computed) or is_small(told["value"]))
            job.journal.report(
                "count_total_hidden" if is_hidden else "count_total_not_sum", rows.sheet,
                rows.cell(int(rows.rows[0]), column), "warning", column=rows.heading(column),
                **({} if is_hidden else told),
            )  # fmt: skip
