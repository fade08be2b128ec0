"""The workbook behind ``tersembunyi.xls`` and ``tersembunyi.ods``: what a quick look at it does not show.

A merged district, a hidden row, two hidden sheets and two errors. ``python make_odd.py FILE.xlsx``
writes it; the two kept files were made of that by LibreOffice (``soffice --headless --convert-to xls``
and ``ods``), since nothing in the test environment writes these formats.
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl

ROWS = (
    ("Kode Desa", "Nama Desa", "Kecamatan", "Jenis", "Tahun Desa Bersinar", "Kelas Kerawanan"),
    ("63.06.03.2003", "Mandala", "Telaga Langsat", "desa", 2020, None),
    (None, "Pandulangan", None, "desa", None, None),
    ("63.06.03.2010", "Longawang", None, "desa", "=1/0", None),
    ("63.06.05.2017", "Tibung Raya", "Kandangan", "desa", 2020, None),
    ("63.06.05.2005", "Gambah Luar", "Kandangan", "desa", "=#REF!+1", None),
)


def write_odd(path: Path) -> None:
    """Write the workbook; its formulas have no results until a spreadsheet program has opened it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Desa"
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("C2:C4")
    sheet.row_dimensions[3].hidden = True
    for name, state in (("Catatan", "hidden"), ("Rahasia", "veryHidden")):
        other = book.create_sheet(name)
        other["A1"], other.sheet_state = "lembar tersembunyi", state
    book.save(path)


if __name__ == "__main__":
    write_odd(Path(sys.argv[1]))
