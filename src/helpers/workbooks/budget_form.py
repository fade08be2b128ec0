"""The budget workbook: in the shape of the treasury export, ready to paste into."""

from __future__ import annotations

import calendar
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from helpers.columns.budget import BUDGET_LINES, BUDGET_PLAN, EXPENDITURE_TYPES
from helpers.columns.labels import label_of
from helpers.indonesian.calendar import MONTH_NAMES
from helpers.read import column_letter
from helpers.workbooks import style
from helpers.workbooks.form import EXAMPLE, READ_ME, Form, FormColumn, Text, Value, write_read_me
from helpers.workbooks.lists import Lists

MONTHS = tuple(names[0] for names in MONTH_NAMES)
PLAN_SHEET = "Rencana Penarikan"
HEADER_ROW, FIRST_ROW = 8, 9
#: So many lines are drawn; an export may be longer.
DRAWN_ROWS = 150
LAST_CHECKED_ROW = 2000
CELLS, PLAN_CELLS = BUDGET_LINES.cells, BUDGET_PLAN.cells
#: Code, name, ceiling, spent before and now: parents hold the sums of the accounts below them.
EXAMPLE_LINES: tuple[tuple[str, str, int, int, int], ...] = (
    ("066.01.WA", "Program Dukungan Manajemen", 120_000_000, 20_000_000, 15_000_000),
    ("3236", "Pengelolaan Layanan Perkantoran", 120_000_000, 20_000_000, 15_000_000),
    ("3236.EBA", "Layanan Dukungan Manajemen Internal", 120_000_000, 20_000_000, 15_000_000),
    ("EBA.994", "Layanan Perkantoran", 120_000_000, 20_000_000, 15_000_000),
    ("511111", "Belanja Gaji Pokok PNS", 80_000_000, 14_000_000, 10_000_000),
    ("521111", "Belanja Keperluan Perkantoran", 40_000_000, 6_000_000, 5_000_000),
    ("", "JUMLAH SELURUHNYA", 120_000_000, 20_000_000, 15_000_000),
)


def _kind(name: str) -> str:
    return {"code": "text", "name": "text", "rate": "rate"}.get(name, "amount")


def _format(name: str) -> str:
    return {"text": "@", "rate": "0.00", "amount": style.FORMATS["amount"]}[_kind(name)]


def _titles(sheet: Worksheet, lines: Sequence[str]) -> None:
    # Not merged: an export is pasted over them, and Excel refuses to paste over merged cells.
    for row, line in enumerate(lines, start=1):
        sheet.cell(row, 1, line).font = style.BOLD


def _header(sheet: Worksheet, row: int, labels: Sequence[str]) -> None:
    for position, label in enumerate(labels, start=1):
        cell = sheet.cell(row, position, label)
        cell.font, cell.fill, cell.border = style.ON_DARK, style.REQUIRED_FILL, style.BOX
        cell.alignment = style.CENTRE
    sheet.row_dimensions[row].height = 32


def _write_month(sheet: Worksheet, month: int, year: int, office: str, text: Text) -> None:
    name = MONTHS[month - 1]
    last_day = calendar.monthrange(year, month)[1]
    _titles(sheet, (
        "KEMENTERIAN/LEMBAGA : (066) BADAN NARKOTIKA NASIONAL",
        "UNIT ORGANISASI : (01) BADAN NARKOTIKA NASIONAL",
        f"SATUAN KERJA : {office.upper()}",
        f"LAPORAN REALISASI ANGGARAN BELANJA PER AKUN - TAHUN ANGGARAN {year}",
        f"PERIODE : {name.upper()} {year} (s.d. {last_day} {name} {year})",
        "(dalam rupiah)",
    ))  # fmt: skip
    _header(sheet, HEADER_ROW, [cell.heading for cell in CELLS.values()])
    for position, (column, declared) in enumerate(CELLS.items(), start=1):
        letter = column_letter(position - 1)
        whole = sheet.column_dimensions[letter]
        whole.width = declared.width
        # The whole column: a long export keeps its codes as text.
        whole.number_format = _format(column)
        for row in range(FIRST_ROW, FIRST_ROW + DRAWN_ROWS):
            cell = sheet.cell(row, position)
            cell.border, cell.font, cell.number_format = style.BOX, style.PLAIN, _format(column)
        if _kind(column) == "amount":
            _check_amount(sheet, letter, declared.heading, FIRST_ROW, text)
    sheet.freeze_panes = f"C{FIRST_ROW}"
    style.set_page(sheet, title_rows=f"{HEADER_ROW}:{HEADER_ROW}", footer=f"anggaran-{year}.xlsx · {name}")


def _check_amount(sheet: Worksheet, letter: str, label: str, first: int, text: Text) -> None:
    # A warning, not a stop: an export's own text amounts are read too.
    check = DataValidation(
        type="decimal", operator="greaterThan", formula1="-1000000000000000", allow_blank=True,
        showErrorMessage=True, errorStyle="warning", errorTitle=label[:32], error=text("budget.amount"),
    )  # fmt: skip
    check.add(f"{letter}{first}:{letter}{LAST_CHECKED_ROW}")
    sheet.add_data_validation(check)


def _write_plan(sheet: Worksheet, year: int, office: str, text: Text) -> None:
    _titles(sheet, (
        "RENCANA PENARIKAN DANA (HALAMAN III DIPA, REVISI TERAKHIR)",
        f"SATUAN KERJA : {office.upper()}",
        f"TAHUN ANGGARAN {year}",
        "(dalam rupiah)",
    ))  # fmt: skip
    columns = [cell for name, cell in PLAN_CELLS.items() if name != "total"]
    _header(sheet, 6, [cell.heading for cell in columns])
    for row, (code, kind) in enumerate(EXPENDITURE_TYPES.items(), start=7):
        name = f"Belanja {label_of('expenditure_type', kind, 'id')}"
        for position, value in enumerate((code, name, *[None] * 12), start=1):
            cell = sheet.cell(row, position, value)
            cell.border, cell.font = style.BOX, style.GIVEN if position < 3 else style.PLAIN
            cell.fill = style.GIVEN_FILL if position < 3 else style.INPUT_FILL
            cell.number_format = "@" if position < 3 else style.FORMATS["amount"]
    for position, declared in enumerate(columns):
        letter = column_letter(position)
        sheet.column_dimensions[letter].width = declared.width
        if position > 1:
            check = DataValidation(
                type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True,
                showErrorMessage=True, errorTitle=declared.heading, error=text("budget.plan_amount"),
            )  # fmt: skip
            check.add(f"{letter}7:{letter}9")
            sheet.add_data_validation(check)
    note = sheet.cell(11, 1, text("budget.plan_note"))
    note.font = style.SMALL
    sheet.freeze_panes = "C7"
    style.set_page(sheet, footer=f"anggaran-{year}.xlsx · {PLAN_SHEET}")


def example_row(line: tuple[str, str, int, int, int]) -> list[Value | float]:
    """Return a line of the example as a row of the export.

    >>> example_row(("511111", "Gaji", 200, 50, 30))
    ['511111', 'Gaji', 200, 0, 50, 30, 80, 40.0, 120]
    """
    code, name, ceiling, before, now = line
    spent = before + now
    rate = round(100 * spent / ceiling, 2)
    return [code or None, name, ceiling, 0, before, now, spent, rate, ceiling - spent]


def _write_example(sheet: Worksheet, text: Text) -> None:
    sheet["A1"], sheet["A1"].font = text("example_title", sheet=MONTHS[1]), style.TITLE
    sheet["A2"], sheet["A2"].font = text("example_note"), style.SMALL
    _header(sheet, 4, [cell.heading for cell in CELLS.values()])
    for row, line in enumerate(EXAMPLE_LINES, start=5):
        for position, ((column, declared), value) in enumerate(
            zip(CELLS.items(), example_row(line), strict=True), start=1
        ):
            cell = sheet.cell(row, position, value)
            cell.font, cell.fill, cell.border = style.PLAIN, style.EXAMPLE_FILL, style.BOX
            cell.number_format = _format(column)
            if position == 2:
                # Deeper levels stand further in, as in the export.
                cell.alignment = Alignment(horizontal="left", indent=min(row - 5, 4) if line[0] else 0)
            sheet.column_dimensions[column_letter(position - 1)].width = declared.width
    style.set_page(sheet, footer=EXAMPLE)
    style.protect_headings(sheet, all_cells=True)


def make_budget_workbook(year: int, office: str, text: Text, locale: str) -> Workbook:
    """Return the workbook: read-me, twelve months, the disbursement plan and an example."""
    book = style.new_workbook(text("budget.title"), office)
    columns = tuple(
        FormColumn(name, cell.heading, required=cell.required, note=cell.note(locale))
        for name, cell in CELLS.items()
    )
    form = Form("budget", f"anggaran-{year}.xlsx", PLAN_SHEET, columns, Lists())
    write_read_me(book.create_sheet(READ_ME), form, office, text)
    for month, name in enumerate(MONTHS, start=1):
        _write_month(book.create_sheet(name), month, year, office, text)
    _write_plan(book.create_sheet(PLAN_SHEET), year, office, text)
    _write_example(book.create_sheet(EXAMPLE), text)
    book.active = 0
    return book
