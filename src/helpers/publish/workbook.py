"""All tables of an edition as one workbook, a sheet each; the same bytes for the same tables."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from helpers.blocks import Table
from helpers.messages import translate
from helpers.publish.design import colours
from helpers.publish.model import Document
from helpers.publish.typeset import UNDATED
from helpers.read import escape_formula
from helpers.read.xlsx_bytes import workbook_bytes

#: Format of a column of numbers (see `helpers.formats`) → format of its cells.
_NUMBER_FORMATS = {
    "idr": '"Rp"#,##0',
    "pct": "0.00%",
    "count": "#,##0",
    "index": "0.000",
    "number1": "0.0",
    "number2": "0.00",
}
_NAME_LENGTH = 31
_NARROWEST, _WIDEST = 9, 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the table, and the title of the document that shows it."""

    name: str
    table: Table
    document: str


def sheets_of(documents: Iterable[Document]) -> list[Sheet]:
    """Return a sheet for every captioned table, in the order of the documents.

    A name is at most 31 letters, as spreadsheets want it, and no two are the same.
    """
    sheets: list[Sheet] = []
    taken: set[str] = set()
    for document in documents:
        for block in document.blocks:
            if isinstance(block, Table) and block.caption:
                sheets.append(
                    Sheet(_sheet_name(f"{document.name} {block.name}", taken), block, document.title)
                )
    return sheets


def _sheet_name(text: str, taken: set[str]) -> str:
    base = re.sub(r"[\\/*?:\[\]]", " ", text)
    name, count = base[:_NAME_LENGTH].strip(), 1
    while name.casefold() in taken:
        count += 1
        ending = f" {count}"
        name = base[: _NAME_LENGTH - len(ending)].strip() + ending
    taken.add(name.casefold())
    return name


def render_workbook(
    sheets: Sequence[Sheet], lang: str, *, title: str, author: str, date: dt.date | None
) -> bytes:
    """Return the workbook: a list of its sheets, then a sheet for every table.

    Numbers stay numbers; a text that a spreadsheet would run is escaped.
    """
    workbook = Workbook()
    index = workbook.active
    assert isinstance(index, Worksheet)
    _write_index(index, sheets, lang, title)
    for sheet in sheets:
        _write_table(workbook.create_sheet(sheet.name), sheet, lang)
    moment = dt.datetime.combine(date or UNDATED, dt.time())
    workbook.properties.title, workbook.properties.creator = title, author
    return workbook_bytes(workbook, moment, compress=True)


def _font(role: str = "ink", *, bold: bool = False, size: float = 11) -> Font:
    return Font(name="Calibri", size=size, bold=bold, color=colours("light")[role].removeprefix("#"))


def _write_index(index: Worksheet, sheets: Sequence[Sheet], lang: str, title: str) -> None:
    index.title = translate("publish.workbook.index", lang)
    index["A1"], index["A1"].font = escape_formula(title), _font("accent", bold=True, size=14)
    heads = [translate(f"publish.workbook.{key}", lang) for key in ("sheet", "table", "document")]
    for column, head in enumerate(heads, start=1):
        _head(index, 3, column, head)
    for row, sheet in enumerate(sheets, start=4):
        cell = index.cell(row, 1, sheet.name)
        cell.hyperlink = f"#'{sheet.name}'!A1"
        cell.font = _font("accent")
        index.cell(row, 2, escape_formula(sheet.table.caption)).font = _font()
        index.cell(row, 3, escape_formula(sheet.document)).font = _font()
    for letter, width in zip("ABC", (34, 58, 48), strict=True):
        index.column_dimensions[letter].width = width
    index.freeze_panes = "A4"


def _head(sheet: Worksheet, row: int, column: int, text: str, align: str = "left") -> None:
    palette = colours("light")
    cell = sheet.cell(row, column, escape_formula(text))
    cell.font = _font("ink", bold=True)
    cell.fill = PatternFill("solid", fgColor=palette["surface"].removeprefix("#"))
    line = Side(style="medium", color=palette["accent"].removeprefix("#"))
    cell.border = Border(top=line, bottom=Side(style="thin", color=palette["axis"].removeprefix("#")))
    cell.alignment = Alignment(horizontal=align, vertical="bottom", wrap_text=True)


def _write_table(sheet: Worksheet, content: Sheet, lang: str) -> None:
    table = content.table
    sheet["A1"], sheet["A1"].font = escape_formula(table.caption), _font("accent", bold=True, size=13)
    notes = [translate("publish.label.illustrative", lang)] if table.illustrative else []
    notes += [text for text in (table.note, table.source) if text]
    sheet["A2"], sheet["A2"].font = escape_formula(" · ".join(notes)), _font("muted", size=9)
    first = 4
    for column, head in enumerate(table.columns, start=1):
        _head(sheet, first, column, head.label, head.align)
    for row, texts in enumerate(table.rows):
        values = table.values[row] if table.values else (None,) * len(texts)
        is_total = table.total_row and row == len(table.rows) - 1
        for column, (text, value) in enumerate(zip(texts, values, strict=True)):
            cell = sheet.cell(first + 1 + row, column + 1)
            cell.value = escape_formula(text) if value is None else value
            cell.font = _font(bold=is_total)
            head = table.columns[column]
            cell.number_format = "General" if value is None else _NUMBER_FORMATS.get(head.format, "General")
            cell.alignment = Alignment(horizontal=head.align, vertical="top", wrap_text=value is None)
    for column, head in enumerate(table.columns):
        longest = max([len(row[column]) for row in table.rows] + [len(head.label) // 2 + 4], default=0)
        letter = sheet.cell(first, column + 1).column_letter
        sheet.column_dimensions[letter].width = min(max(longest + 3, _NARROWEST), _WIDEST)
    sheet.freeze_panes = sheet.cell(first + 1, 1).coordinate
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
