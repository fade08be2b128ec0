"""The illustrative OPD reports of both positions, with names as people type them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment

from illustrative_data.budget import read_package_csv
from illustrative_data.budget_sheets import MONTH_NAMES
from illustrative_data.draws import Draws
from illustrative_data.workbook import (
    Value,
    new_workbook,
    set_page,
    workbook_bytes,
    write_header,
    write_notes,
    write_row,
    write_titles,
)

SHEET = "Laporan"
COLUMNS = (
    "No", "Nama OPD", "Posisi", "Status", "Tanggal Lapor", "Sosialisasi (kegiatan)",
    "Sosialisasi (orang)", "Tes Urine (kegiatan)", "Tes Urine (orang)", "Positif",
    "Regulasi", "Satgas", "Relawan",
)  # fmt: skip
HEADER_ROW = 5
NAME_WIDTH = 56
REPORTED, IN_PROGRESS, NOT_REPORTED = "Sudah lapor", "Dalam pengisian", "Belum lapor"
#: The two departments that, as published, had not begun; they report nothing in either position.
NOT_BEGUN = {"setwan", "bpbd"}
#: First and last working day on which reports of a position come in.
WINDOWS = {
    "B06": (dt.date(2021, 6, 21), dt.date(2021, 7, 16)),
    "B12": (dt.date(2021, 12, 6), dt.date(2021, 12, 28)),
}
#: Letter O for a zero, mended by data/corrections/bnnk-hss/2021.yml.
TYPO = ("dinsos", "B06", 120, "12O")
ILLUSTRATIVE_NOTE = (
    "*) DATA ILUSTRASI: isi baris dibuat oleh program dan tidak menggambarkan keadaan OPD mana pun; "
    "yang terbit hanya 25 OPD aktif dan 2 belum (Sekretariat DPRD dan BPBD)."
)


@dataclass(frozen=True, slots=True)
class OpdReport:
    """One row of the sheet; counts are missing where nothing was reported."""

    opd_id: str
    name: str
    position: str
    status: str
    reported_on: dt.date | None
    counts: tuple[int | None, ...]


def _counts(opd_id: str, position: str, size: int, draws: Draws) -> tuple[int | None, ...]:
    """Return outreach, people, tests, people tested, positives, regulations, task forces, volunteers."""
    outreach = draws.whole(1, 1 + size // 2)
    people = sum(draws.whole(18, 45) for _ in range(outreach))
    if (opd_id, position) == TYPO[:2]:
        people = TYPO[2]
    # No positive result is made up, not even an illustrative one: the departments are real.
    positives = 0
    tests = draws.whole(0, 1 + size // 5)
    tested = sum(draws.whole(12, 20 + 4 * size) for _ in range(tests))
    regulations = draws.whole(0, 1 if size < 5 else 2)
    volunteers = draws.whole(0, 2 + 2 * size)
    return outreach, people, tests, tested, positives, regulations, draws.whole(0, 1), volunteers


def _working_day(position: str, draws: Draws) -> dt.date:
    first, last = WINDOWS[position]
    days = [first + dt.timedelta(days=offset) for offset in range((last - first).days + 1)]
    working = [day for day in days if day.weekday() < 5]
    return working[draws.whole(0, len(working) - 1)]


def make_opd_reports() -> tuple[OpdReport, ...]:
    """Return 27 departments × 2 positions, all of B06 first.

    Returns
    -------
    tuple of OpdReport
        B06: 25 reported and 2 not. B12: 16 reported, 6 in progress and 5 not, as of the
        release date. A report in progress has its first action filled in and no date.
    """
    draws = Draws("opd")
    reports = []
    for position in WINDOWS:
        for row in read_package_csv("opd_typed.csv"):
            opd_id = row["opd_id"]
            name, status = row[f"name_{position.lower()}"], row["status_b12"]
            if position == "B06":
                status = NOT_REPORTED if opd_id in NOT_BEGUN else REPORTED
            counts = _counts(opd_id, position, int(row["size"]), draws)
            day = _working_day(position, draws)
            if status == IN_PROGRESS:
                counts = (*counts[:2], *[None] * 6)
            elif status == NOT_REPORTED:
                counts = (None,) * 8
            reported_on = day if status == REPORTED else None
            reports.append(OpdReport(opd_id, name, position, status, reported_on, counts))
    return tuple(reports)


def _date_cell(day: dt.date | None, style: str) -> Value:
    """Return a date as people enter it; Indonesian dates put the day first."""
    if day is None:
        return None
    texts: dict[str, Value] = {
        "date": day,
        "slashes": f"{day:%d/%m/%Y}",
        "words": f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}",
        "iso": day.isoformat(),
    }
    return texts[style]


def _count_cell(count: int | None, style: str) -> Value:
    if count is None or style == "number":
        return count
    return "-" if count == 0 else f"{count} "


def _row_cells(number: int, report: OpdReport, draws: Draws) -> list[Value]:
    date_style = draws.one_of(("date", "date", "date", "slashes", "words", "iso"))
    count_style = draws.one_of(("number", "number", "number", "text"))
    counts = [_count_cell(count, count_style) for count in report.counts]
    if (report.opd_id, report.position) == TYPO[:2]:
        counts[1] = TYPO[3]
    status = report.status.upper() if draws.uniform() < 0.1 else report.status
    day = _date_cell(report.reported_on, date_style)
    return [number, report.name, report.position, status, day, *counts]


def make_opd_workbook() -> Workbook:
    """Return the workbook with its one sheet."""
    book = new_workbook("Pelaporan Inpres 2/2020 oleh OPD 2021 (data ilustrasi)")
    sheet = book.create_sheet(SHEET)
    titles = (
        "REKAPITULASI PELAPORAN RENCANA AKSI NASIONAL P4GN (INPRES NOMOR 2 TAHUN 2020)",
        "PERANGKAT DAERAH KABUPATEN HULU SUNGAI SELATAN - TAHUN 2021",
        "Keadaan pada 29 Desember 2021; B06 = posisi bulan ke-6, B12 = posisi bulan ke-12",
        None,
    )
    write_titles(sheet, titles, "M")
    write_header(sheet, HEADER_ROW, COLUMNS)
    draws = Draws("opd-lembar")
    row = HEADER_ROW
    for number, report in enumerate(make_opd_reports(), start=1):
        row += 1
        write_row(sheet, row, _row_cells(number, report, draws))
        sheet.cell(row, 2).alignment = Alignment(wrap_text=True, vertical="top")
        if len(report.name) > NAME_WIDTH:
            sheet.row_dimensions[row].height = 27
    write_notes(sheet, row + 2, ["Keterangan:", ILLUSTRATIVE_NOTE])
    widths = {"A": 5, "B": NAME_WIDTH, "C": 8, "D": 16, "E": 18} | dict.fromkeys("FGHIJKLM", 12.5)
    set_page(sheet, widths)
    return book


def opd_file() -> bytes:
    """Return the bytes of the workbook of OPD reports."""
    return workbook_bytes(make_opd_workbook())
