"""The budget workbook in the shape of a treasury export, with the mess such exports have."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from helpers.indonesian.calendar import MONTH_NAMES as MONTHS_BY_NAME
from illustrative_data.budget import (
    LOCKED_MONTHS,
    MONTHS,
    REVISION_MONTHS,
    BudgetLine,
    code_names,
    make_budget,
)
from illustrative_data.draws import Draws, share_out
from illustrative_data.workbook import (
    AMOUNT_FORMAT,
    TOTAL_FILL,
    Value,
    new_workbook,
    set_page,
    workbook_bytes,
    write_header,
    write_notes,
    write_row,
    write_titles,
)

YEAR = 2021
MONTH_NAMES = tuple(names[0] for names in MONTHS_BY_NAME)
COLUMNS = (
    "Kode", "Uraian", "Pagu Revisi", "Lock Pagu", "Realisasi Periode Lalu",
    "Realisasi Periode Ini", "s.d. Periode", "%", "Sisa Anggaran",
)  # fmt: skip
HEADER_ROW = 8
FIRST_ROW = 10
PLAN_SHEET = "Rencana Penarikan"
HIDDEN_SHEET = "Referensi"
ILLUSTRATIVE_NOTE = (
    "*) DATA ILUSTRASI: rincian dibuat oleh program, bukan ekspor resmi; "
    "hanya persentase penyerapan akhir tahun yang berasal dari rilis."
)
#: Months whose sheet was "saved by hand": four- and six-digit codes became numbers.
NUMERIC_CODE_MONTHS = (4, 9)
#: Share of the rows whose amounts are text.
TEXT_ROW_SHARE = 0.28
TEXT_STYLES = ("dotted", "dotted", "currency", "spaced")

TYPE_NAMES = {"51": "Belanja Pegawai", "52": "Belanja Barang", "53": "Belanja Modal"}
#: Planned share of each month, January first, by the first digits of the account.
PLAN_WEIGHTS = {
    "51": (1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1, 1),
    "52": (2, 5.5, 10.5, 8, 8.5, 10, 8, 8, 10.5, 11, 11, 7),
    "53": (0, 0, 0, 0, 15, 20, 10, 10, 20, 15, 10, 0),
}


def amount_cell(amount: int, style: str) -> Value:
    """Return an amount as the export would hold it.

    Parameters
    ----------
    amount : int
        Whole rupiah.
    style : {"number", "dotted", "currency", "spaced"}
        A number, or text: ``1.234.567``, ``Rp 1.234.567``, ``1.234.567`` with
        non-breaking spaces around it. As text, zero is ``-`` and a negative amount
        stands in brackets.

    Examples
    --------
    >>> amount_cell(1234567, "currency"), amount_cell(-1000, "dotted"), amount_cell(0, "dotted")
    ('Rp 1.234.567', '(1.000)', '-')
    """
    if style == "number":
        return amount
    if amount == 0:
        return "-"
    digits = f"{abs(amount):,}".replace(",", ".")
    if amount < 0:
        return f"({digits})"
    return {"dotted": digits, "currency": f"Rp {digits}", "spaced": f"\u00a0{digits}\u00a0"}[style]


def percent_cell(part: int, whole: int) -> str:
    """Return a share as the export prints it, ``98,30%``."""
    share = Decimal(part * 100) / Decimal(whole) if whole else Decimal(0)
    return f"{share.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP)}%".replace(".", ",")


def sum_amounts(lines: Iterable[BudgetLine], month: int) -> tuple[int, int, int, int]:
    """Return ceiling, lock, expenditure before the month and in it, summed over lines."""
    chosen = list(lines)
    return (
        sum(line.ceilings[month - 1] for line in chosen),
        sum(line.locked[month - 1] for line in chosen),
        sum(line.spent_to(month - 1) for line in chosen),
        sum(line.expenditures[month - 1] for line in chosen),
    )


def _cells(amounts: tuple[int, int, int, int], style: str) -> list[Value]:
    ceiling, lock, before, now = amounts
    done = before + now
    money = [amount_cell(value, style) for value in (ceiling, lock, before, now, done)]
    return [*money, percent_cell(done, ceiling), amount_cell(ceiling - done, style)]


def export_rows(lines: list[BudgetLine]) -> list[tuple[str, int, list[BudgetLine]]]:
    """Return code, level (0 programme to 4 account) and leaves of each row, in export order."""
    rows: list[tuple[str, int, list[BudgetLine]]] = []
    above: tuple[str, ...] = ()
    for line in lines:
        for level, code in enumerate(line.codes):
            if line.codes[: level + 1] != above[: level + 1]:
                prefix = line.codes[: level + 1]
                rows.append((code, level, [leaf for leaf in lines if leaf.codes[: level + 1] == prefix]))
        above = line.codes
    return rows


def _write_month(sheet: Worksheet, lines: list[BudgetLine], month: int, draws: Draws) -> None:
    name = MONTH_NAMES[month - 1]
    last_day = calendar.monthrange(YEAR, month)[1]
    titles = (
        "KEMENTERIAN/LEMBAGA : (066) BADAN NARKOTIKA NASIONAL",
        "UNIT ORGANISASI : (01) BADAN NARKOTIKA NASIONAL",
        "SATUAN KERJA : BNN KABUPATEN HULU SUNGAI SELATAN",
        f"LAPORAN REALISASI ANGGARAN BELANJA PER AKUN - TAHUN ANGGARAN {YEAR}",
        f"PERIODE : {name.upper()} {YEAR} (s.d. {last_day} {name} {YEAR})",
        "(dalam rupiah)",
        None,
    )
    write_titles(sheet, titles, "I")
    write_header(sheet, HEADER_ROW, COLUMNS, depth=2)
    # A line without ceiling is not in the budget document, so not in its export either.
    present = [line for line in lines if line.ceilings[month - 1] > 0]
    row = FIRST_ROW
    for code, level, leaves in export_rows(present):
        text_row = draws.uniform() < TEXT_ROW_SHARE
        style = draws.one_of(TEXT_STYLES) if text_row else "number"
        amounts = sum_amounts(leaves, month)
        if amounts[-1] < 0:
            # The export prints money paid back in brackets, which is text wherever it stands.
            style = "dotted"
        shown: Value = int(code) if month in NUMERIC_CODE_MONTHS and code.isdigit() else code
        label = "  " * level + code_names()[code]
        write_row(sheet, row, [shown, label, *_cells(amounts, style)], bold=level < 4)
        row += 1
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
    total = _cells(sum_amounts(present, month), "number" if month % 3 else "dotted")
    write_row(sheet, row, ["JUMLAH SELURUHNYA", None, *total], bold=True)
    _style_amounts(sheet, row)
    write_notes(sheet, row + 2, _notes(month))
    set_page(sheet, {"A": 12, "B": 62, "C": 17, "D": 14, "E": 17, "F": 17, "G": 17, "H": 9, "I": 17})


def _style_amounts(sheet: Worksheet, total_row: int) -> None:
    for cells in sheet.iter_rows(min_row=FIRST_ROW, max_row=total_row, min_col=1, max_col=len(COLUMNS)):
        cells[0].alignment = Alignment(horizontal="left")
        for cell in cells[2:]:
            cell.number_format = AMOUNT_FORMAT
            cell.alignment = Alignment(horizontal="right")
        if cells[0].row == total_row:
            for cell in cells:
                cell.fill = TOTAL_FILL


def _notes(month: int) -> list[str]:
    revision = sum(start <= month for start in REVISION_MONTHS) - 1
    document = "DIPA awal" if revision == 0 else f"DIPA revisi ke-{revision}"
    notes = [
        "Keterangan:",
        f"*) Pagu Revisi menurut {document}; Sisa Anggaran = Pagu Revisi - s.d. Periode.",
        "*) Realisasi neto, sudah dikurangi pengembalian belanja (ditulis dalam kurung).",
    ]
    if month in LOCKED_MONTHS:
        notes.append("*) Lock Pagu: bagian pagu yang dicadangkan untuk penyesuaian anggaran.")
    return [*notes, ILLUSTRATIVE_NOTE]


def _write_plan(sheet: Worksheet, lines: list[BudgetLine]) -> None:
    titles = (
        "RENCANA PENARIKAN DANA (HALAMAN III DIPA, REVISI TERAKHIR)",
        "SATUAN KERJA : BNN KABUPATEN HULU SUNGAI SELATAN",
        f"TAHUN ANGGARAN {YEAR}",
        "(dalam rupiah)",
        None,
    )
    write_titles(sheet, titles, "O")
    write_header(sheet, 6, ["Kode", "Jenis Belanja", *MONTH_NAMES, "Jumlah"])
    totals = [0] * len(MONTHS)
    for row, (code, name) in enumerate(TYPE_NAMES.items(), start=7):
        ceiling = sum(line.ceilings[-1] for line in lines if line.codes[-1].startswith(code))
        months = share_out(ceiling, PLAN_WEIGHTS[code], step=1000)
        totals = [total + amount for total, amount in zip(totals, months, strict=True)]
        write_row(sheet, row, [code, name, *months, sum(months)])
    write_row(sheet, 10, ["JUMLAH", None, *totals, sum(totals)], bold=True)
    sheet.merge_cells("A10:B10")
    for cells in sheet.iter_rows(min_row=7, max_row=10, min_col=3, max_col=15):
        for cell in cells:
            cell.number_format = AMOUNT_FORMAT
    write_notes(sheet, 12, [ILLUSTRATIVE_NOTE])
    widths = {"A": 8, "B": 18} | {chr(ord("C") + index): 14.5 for index in range(13)}
    set_page(sheet, widths)


def _write_hidden(sheet: Worksheet, lines: list[BudgetLine]) -> None:
    write_header(sheet, 1, ["Kode Akun", "Uraian Akun"])
    accounts = sorted({line.codes[-1] for line in lines})
    for row, account in enumerate(accounts, start=2):
        write_row(sheet, row, [account, code_names()[account]])
    set_page(sheet, {"A": 12, "B": 62})
    sheet.sheet_state = "hidden"


def make_budget_workbook() -> Workbook:
    """Return the workbook: twelve monthly exports, the disbursement plan and a hidden code list."""
    lines = list(make_budget())
    draws = Draws("anggaran-lembar")
    book = new_workbook(f"Realisasi anggaran {YEAR} (data ilustrasi)")
    for month in MONTHS:
        _write_month(book.create_sheet(MONTH_NAMES[month - 1]), lines, month, draws)
    _write_plan(book.create_sheet(PLAN_SHEET), lines)
    _write_hidden(book.create_sheet(HIDDEN_SHEET), lines)
    return book


def budget_file() -> bytes:
    """Return the bytes of the budget workbook."""
    return workbook_bytes(make_budget_workbook())
