"""Fill the workbooks of a new edition as staff would: with openpyxl, nothing of `helpers` is used."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
#: Parents above each account, and the account's ceiling and spending of every month.
ACCOUNTS = (
    ("066.01.WA", "3236", "3236.EBA", "EBA.994", "511111", "Belanja Gaji Pokok PNS", 600_000_000, 49_000_000),
    ("066.01.WA", "3236", "3236.EBA", "EBA.994", "521111", "Belanja Keperluan Perkantoran",
     240_000_000, 19_500_000),
    ("066.01.BC", "3257", "3257.QDB", "QDB.001", "524113", "Belanja Perjalanan Dinas", 120_000_000,
     9_900_000),
)  # fmt: skip
VILLAGE = "63.06.05.2017"


def export_rows(month: int) -> list[list[object]]:
    """Return the rows of one month's export, parents above their accounts and a total below."""
    rows: list[list[object]] = []
    above: tuple[str, ...] = ()
    for *codes, account, name, _, _ in ACCOUNTS:
        for level, code in enumerate(codes):
            if tuple(codes[: level + 1]) != above[: level + 1]:
                below = [a for a in ACCOUNTS if a[: level + 1] == tuple(codes[: level + 1])]
                rows.append([code, f"Uraian {code}", *amounts(below, month)])
        above = tuple(codes)
        own = [a for a in ACCOUNTS if a[:5] == (*codes, account)]
        rows.append([account, name, *amounts(own, month)])
    return [*rows, [None, "JUMLAH SELURUHNYA", *amounts(ACCOUNTS, month)]]


def amounts(accounts: object, month: int) -> list[object]:
    """Return ceiling, lock, before, now, to date, percentage and remainder, summed over accounts."""
    chosen = list(accounts)  # type: ignore[call-overload]
    ceiling, now = sum(a[6] for a in chosen), sum(a[7] for a in chosen)
    done = now * month
    return [ceiling, 0, done - now, now, done, round(100 * done / ceiling, 2), ceiling - done]


def fill(folder: Path, year: int) -> None:
    """Fill every workbook of an edition and its release date."""
    _fill_budget(folder / f"anggaran-{year}.xlsx")
    _fill_opd(folder / f"laporan-opd-{year}.xlsx", year)
    _fill_survey(folder / f"survei-ketahanan-keluarga-{year}.xlsx")
    _fill_rest(folder, year)
    declaration = folder / "edition.toml"
    text = declaration.read_text(encoding="utf-8")
    declaration.write_text(text.replace('date = ""', f"date = {year}-12-29"), encoding="utf-8")


def _fill_budget(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for month, name in enumerate(MONTHS, start=1):
        for row, values in enumerate(export_rows(month), start=9):
            for column, value in enumerate(values, start=1):
                book[name].cell(row, column, value)
    plan = book["Rencana Penarikan"]
    for row, amount in ((7, 50_000_000), (8, 30_000_000), (9, 0)):
        for column in range(3, 15):
            plan.cell(row, column, amount)
    book.save(path)


def _fill_opd(path: Path, year: int) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Laporan"]
    for row in range(6, sheet.max_row + 1):
        name, position = sheet.cell(row, 2).value, sheet.cell(row, 3).value
        if name == "Sekretariat DPRD":
            sheet.cell(row, 4, "Belum lapor")
        elif position == "B12" and row % 2:
            sheet.cell(row, 4, "Dalam pengisian")
        else:
            sheet.cell(row, 4, "Sudah lapor")
            sheet.cell(row, 5, dt.date(year, 6, 30) if position == "B06" else dt.date(year, 12, 20))
            for column, count in enumerate((2, 60, 1, 40, 0, 1, 1, 8), start=6):
                sheet.cell(row, column, count)
    book.save(path)


def _fill_survey(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Jawaban"]
    for number in range(20):
        family, child = divmod(number, 2)
        who = [
            f"K{family + 1:02d}",
            f"R{number + 1:02d}",
            ("Orang Tua", "Anak")[child],
            "Tibung Raya",
            VILLAGE,
        ]
        scores = [3 + (number + item) % 2 for item in range(14)]
        for column, value in enumerate([*who, *scores], start=1):
            sheet.cell(6 + number, column, value)
    book.save(path)


def _fill_rest(folder: Path, year: int) -> None:
    villages = openpyxl.load_workbook(folder / f"desa-{year}.xlsx")
    sheet = villages["Desa"]
    row = next(row for row in range(6, sheet.max_row + 1) if sheet.cell(row, 1).value == VILLAGE)
    sheet.cell(row, 5, 2020)
    sheet.cell(row, 6, "siaga")
    villages.save(folder / f"desa-{year}.xlsx")
    rows: dict[str, tuple[str, int, list[list[object]]]] = {
        "program": ("Program", 6, [
            ["ketahanan-keluarga", "P2M", "Ketahanan keluarga", "Family resilience", "Tibung Raya", VILLAGE,
             "keluarga", 10, 10],
            ["pascarehabilitasi", "Rehabilitasi", "Layanan pascarehabilitasi", "Aftercare", None,
             None, "orang",
             30, None],
        ]),
        "tonggak": ("Tonggak", 6, [
            ["tim-terpadu-p4gn", dt.date(2020, 1, 1), "tahun", "Tim Terpadu", "Integrated team", "Berlaku"],
            ["rencana-aksi", dt.date(year, 3, 15), "hari", "Rencana aksi daerah",
             "Regional action plan", "Selesai"],
        ]),
        "angka-terbit": ("Angka", 6, [
            ["opd.planned_count.next_year", "1", "count", dt.date(year, 12, 29), "BNNK HSS", None, None],
            ["districts.planned_count.next_year", "11", "count", dt.date(year, 12, 29), "BNNK HSS",
             None, None],
            ["resilience.published_class", "tinggi", "class", dt.date(year, 12, 29), "BNNK HSS", None, None],
            ["budget.absorption_rate", "98,00 persen", "share", dt.date(year, 12, 29), "BNNK HSS",
             None, None],
        ]),
    }  # fmt: skip
    for stem, (name, first, values) in rows.items():
        path = folder / f"{stem}-{year}.xlsx"
        book = openpyxl.load_workbook(path)
        for row, line in enumerate(values, start=first):
            for column, value in enumerate(line, start=1):
                book[name].cell(row, column, value)
        book.save(path)
