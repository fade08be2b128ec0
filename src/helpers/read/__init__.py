"""Files: raw ones read with cell addresses, processed and reference ones read and written."""

from __future__ import annotations

from helpers.read.cells import cell_name, column_letter, escape_formula, escape_frame, parse_cell_name
from helpers.read.model import RawSheet, RawWorkbook
from helpers.read.raw import declared_sheets, read_raw
from helpers.read.store import (
    cast_column,
    cast_table,
    read_reference,
    read_table,
    write_csv,
    write_table,
)

__all__ = [
    "RawSheet",
    "RawWorkbook",
    "cast_column",
    "cast_table",
    "cell_name",
    "column_letter",
    "declared_sheets",
    "escape_formula",
    "escape_frame",
    "parse_cell_name",
    "read_raw",
    "read_reference",
    "read_table",
    "write_csv",
    "write_table",
]
