"""One cleaner for every source whose rows are records: told by the source's declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from helpers.clean.block import Block, find_block, split_rows
from helpers.clean.headings import ColumnSpec, specs_of
from helpers.clean.job import (
    Cleaned,
    Job,
    kept_rows,
    provenance,
    read_choice,
    read_dates,
    read_numbers,
    report_duplicates,
    require_text,
)
from helpers.clean.preamble import check_preamble
from helpers.columns import Field, Table

#: Reads one column of a block, and reports what is wrong with it.
Reader = Callable[[Job, Block, str], Any]
#: Adds columns to those that were read, and reports what does not fit together.
Completer = Callable[[Job, Block, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Rows:
    """The table of a sheet: its data rows, and its total rows and notes apart.

    ``whole`` is the table with its ``totals``; ``structure`` the number of total and note rows.
    """

    data: Block
    whole: Block
    totals: pd.DataFrame
    structure: int


def open_rows(
    job: Job, table: Table, label: str, *, sheet: str = "", specs: Sequence[ColumnSpec] = ()
) -> Rows | None:
    """Find a source's table; None, and a finding, where there is none.

    Parameters
    ----------
    label : str
        Column in which a total row names itself.
    sheet : str
        The first one, if none is named.
    specs : sequence of ColumnSpec
        Columns of the file; by default those that the table declares.
    """
    raw = job.workbook.sheets[sheet or next(iter(job.workbook.sheets))]
    block = find_block(raw, specs or specs_of(table), job.journal)
    if block is None:
        return None
    check_preamble(job, block)
    data, totals, notes = split_rows(block, job.journal, label)
    return Rows(data, block, totals, len(totals) + notes)


def empty(*tables: Table) -> Cleaned:
    """Return what a cleaner gives where there is no table to read."""
    return Cleaned({table.name: pd.DataFrame(columns=table.columns) for table in tables}, {}, 0)


def read_records(
    job: Job,
    block: Block,
    table: Table,
    readers: Mapping[str, Reader] | None = None,
    complete: Completer | None = None,
) -> pd.DataFrame:
    """Return one record a row with the table's columns, everything wrong reported.

    Parameters
    ----------
    readers : Mapping, optional
        Columns that are read otherwise than their type says.
    complete : callable, optional
    """
    own = readers or {}
    columns: dict[str, Any] = {}
    for field in table.fields:
        if field.name in own:
            columns[field.name] = own[field.name](job, block, field.name)
        elif field.cell is not None:
            columns[field.name] = read_field(job, block, field)
    if complete is not None:
        complete(job, block, columns)
    traced = {
        field.name: field.read_from or field.name
        for field in table.fields
        if field.cell is not None or field.read_from
    }
    frame = pd.DataFrame({**columns, **provenance(job, block, traced)}, index=block.frame.index)
    key = list(table.key)
    cells = [name for name in key if name in block.letters]
    report_duplicates(job, block, frame[key].replace("", None), cells[-1])
    return frame


def read_field(job: Job, block: Block, field: Field) -> Any:
    """Read a column as the dictionary declares it; what may not be empty is required."""
    required = not field.nullable
    if field.choices:
        return read_choice(job, block, field.name, field.choices, required=required)
    if field.dtype == "date":
        return read_dates(job, block, field.name, required=required)[0]
    if field.dtype in ("Int64", "int64"):
        numbers = read_numbers(job, block, field.name, required=required, low=field.low, high=field.high)
        return pd.array(numbers).astype("Int64")
    return require_text(job, block, field.name) if required else read_optional(job, block, field.name)


def read_optional(job: Job, block: Block, name: str) -> pd.Series:
    """Return a column as text, missing where it is blank."""
    texts = block.text(name)
    return texts.mask(texts == "")


def clean_records(
    table: Table,
    label: str,
    *,
    readers: Mapping[str, Reader] | None = None,
    complete: Completer | None = None,
) -> Callable[[Job], Cleaned]:
    """Return the cleaner of a source whose rows are records, one a row.

    A new source is its declaration and one call of this. ``label`` is the column in which a total
    row names itself; for the others see `read_records`.
    """
    return partial(_clean, table=table, label=label, readers=readers, complete=complete)


def _clean(
    job: Job,
    *,
    table: Table,
    label: str,
    readers: Mapping[str, Reader] | None,
    complete: Completer | None,
) -> Cleaned:
    rows = open_rows(job, table, label)
    if rows is None:
        return empty(table)
    frame = read_records(job, rows.data, table, readers, complete)
    kept = frame[kept_rows(job, rows.data)]
    sheet = rows.data.sheet or ""
    return Cleaned({table.name: kept}, {sheet: rows.data.rows}, len(kept), rows.structure)
