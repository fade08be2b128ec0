"""A file as it was read: values with their addresses, nothing interpreted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet.

    Parameters
    ----------
    name : str or None
        None for a file without sheets (CSV).
    cells : DataFrame
        One row a sheet row, index = row number from 1, columns = column number from 0.
        Blank is ``""``; numbers are float, dates ``datetime.date``; from CSV all is text.
    hidden : bool
        Whether the sheet is hidden in the workbook.
    hidden_rows : tuple of int
        Rows that a reader of the workbook does not see.
    merges : tuple of (row, column, last_row, last_column)
        Merged ranges; rows from 1, columns from 0. Only the first cell holds the value.
    broken : Mapping
        (row, column) -> what stands there instead of a value: ``"#REF!"``, or ``"="``
        for a formula that was saved without its result.
    """

    name: str | None
    cells: pd.DataFrame
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    merges: tuple[tuple[int, int, int, int], ...] = ()
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """One file: the sheets that were asked for, and the names of all."""

    file: str
    sheets: Mapping[str, RawSheet]
    sheet_names: tuple[str, ...]
    hidden_sheets: tuple[str, ...] = ()
