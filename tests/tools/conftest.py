"""The committed files of the 2021 edition, read by plain openpyxl: nothing of `helpers` is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

PROJECT = Path(__file__).resolve().parents[2]
RAW = PROJECT / "data" / "raw" / "bnnk-hss" / "2021"
REFERENCE = PROJECT / "data" / "reference"
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
#: Length of a code tells its level: programme, activity, KRO, RO, account.
LEVELS = {9: 0, 4: 1, 8: 2, 7: 3, 6: 4}


def read_amount(cell: object) -> int:
    """Read an amount by hand, in the forms the workbook uses."""
    if isinstance(cell, int):
        return cell
    assert isinstance(cell, str), f"{cell!r} is neither a whole number nor text"
    text = cell.replace("\u00a0", "").replace("Rp", "").strip()
    if text == "-":
        return 0
    sign = -1 if text.startswith("(") else 1
    digits = text.strip("()").replace(".", "")
    assert digits.isdigit(), f"{cell!r} is not an amount"
    return sign * int(digits)


@dataclass(frozen=True)
class Row:
    """One coded row of a monthly sheet: its code path and the amounts C to G and I."""

    number: int
    path: tuple[str, ...]
    ceiling: int
    locked: int
    before: int
    now: int
    to_date: int
    percent: str
    remaining: int


@dataclass(frozen=True)
class Month:
    """One monthly sheet."""

    rows: list[Row]
    total: Row

    @property
    def leaves(self) -> list[Row]:
        return [row for row in self.rows if len(row.path) == 5]


def read_month(sheet: Worksheet) -> Month:
    stack: list[str] = []
    rows = []
    for number in range(10, sheet.max_row + 1):
        cells = [sheet.cell(number, column).value for column in range(1, 10)]
        code = str(cells[0])
        amounts = (*map(read_amount, cells[2:7]), str(cells[7]), read_amount(cells[8]))
        if code == "JUMLAH SELURUHNYA":
            return Month(rows, Row(number, (), *amounts))
        level = LEVELS[len(code)]
        assert level <= len(stack), f"row {number} skips a level"
        stack = [*stack[:level], code]
        rows.append(Row(number, tuple(stack), *amounts))
    raise AssertionError("no total row")


@pytest.fixture(scope="session")
def budget_book() -> Workbook:
    return openpyxl.load_workbook(RAW / "anggaran-2021.xlsx")


@pytest.fixture(scope="session")
def months(budget_book: Workbook) -> list[Month]:
    return [read_month(budget_book[name]) for name in MONTHS]


@pytest.fixture(scope="session")
def load_raw() -> Callable[[str], Workbook]:
    return lambda name: openpyxl.load_workbook(RAW / name)
