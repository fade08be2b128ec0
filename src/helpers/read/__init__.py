"""Read files: raw ones with cell addresses, processed and reference ones as typed tables.

``raw`` is the one door to an office's file: ``guards`` refuses what is not safe to open, ``workbook`` and
``delimited`` read, ``scan`` (``scan_ods``, ``scan_xls``) adds what the libraries do not report. ``model``
is a file as read, ``cells`` its addresses; ``store`` reads and writes cleaned tables.
"""

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
