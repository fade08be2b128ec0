"""Workbooks with the same bytes on every machine and day, styled like an office export."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from helpers.read import xlsx_bytes

#: Day of the release, given as the day of making: the clock is never read.
MADE_ON = dt.datetime(2021, 12, 29)
AUTHOR = "Data ilustrasi"

THIN = Side(style="thin", color="808080")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEADER_FILL = PatternFill("solid", fgColor="D9E1F2")
TOTAL_FILL = PatternFill("solid", fgColor="EDEDED")
PLAIN, BOLD, NOTE = (
    Font(name="Calibri", size=10),
    Font(name="Calibri", size=10, bold=True),
    Font(name="Calibri", size=9, italic=True),
)
TITLE = Font(name="Calibri", size=11, bold=True)
AMOUNT_FORMAT = '#,##0;(#,##0);"-"'

Value = str | int | float | dt.date | None


def new_workbook(title: str) -> Workbook:
    """Return an empty workbook without sheets."""
    book = Workbook()
    for sheet in list(book.worksheets):
        book.remove(sheet)
    book.properties.title = title
    book.properties.creator = AUTHOR
    book.properties.lastModifiedBy = AUTHOR
    return book


def workbook_bytes(book: Workbook) -> bytes:
    """Return the workbook as a file without the time of its making."""
    return xlsx_bytes.workbook_bytes(book, MADE_ON)


def is_own_workbook(path: Path) -> bool:
    """Return whether a file is a workbook that this program wrote and nobody saved since."""
    try:
        with zipfile.ZipFile(path) as archive:
            properties = archive.read("docProps/core.xml").decode("utf-8")
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError):
        return False
    # Office programs put the name of whoever saves into this property.
    return f"<cp:lastModifiedBy>{AUTHOR}</cp:lastModifiedBy>" in properties


def write_titles(sheet: Worksheet, titles: Sequence[str | None], last_column: str) -> None:
    """Write heading rows from row 1, each merged over the width of the table."""
    for row, title in enumerate(titles, start=1):
        if title is None:
            continue
        sheet.merge_cells(f"A{row}:{last_column}{row}")
        cell = sheet.cell(row, 1, title)
        cell.font = TITLE
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=len(title) > 100)


def write_header(sheet: Worksheet, row: int, labels: Sequence[str], depth: int = 1) -> None:
    """Write the header row; with a depth of 2 each label is merged with the cell below it."""
    for column, label in enumerate(labels, start=1):
        if depth > 1:
            sheet.merge_cells(start_row=row, end_row=row + depth - 1, start_column=column, end_column=column)
        for line in range(row, row + depth):
            cell = sheet.cell(line, column)
            cell.border, cell.fill, cell.font = BOX, HEADER_FILL, BOLD
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.cell(row, column, label)
    if depth == 1:
        sheet.row_dimensions[row].height = 28


def write_row(sheet: Worksheet, row: int, values: Sequence[Value], *, bold: bool = False) -> None:
    """Write one boxed table row; text amounts are aligned like the numbers they stand for."""
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column, value)
        cell.border = BOX
        cell.font = BOLD if bold else PLAIN
        if isinstance(value, dt.date):
            cell.number_format = "dd/mm/yyyy"


def write_notes(sheet: Worksheet, row: int, notes: Sequence[str]) -> None:
    """Write footer notes, one a row, in small italics."""
    for offset, note in enumerate(notes):
        cell = sheet.cell(row + offset, 1, note)
        cell.font = NOTE


def set_page(sheet: Worksheet, widths: dict[str, float]) -> None:
    """Set column widths and a landscape page as wide as the table."""
    for column, width in widths.items():
        sheet.column_dimensions[column].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
