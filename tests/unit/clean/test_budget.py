"""A hand-worked budget: levels, sums, units, layouts. Every expected amount is written out here."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from helpers.clean.budget import expenditure_type
from helpers.clean.budget_levels import levels_of, normal_code, parent_positions

HEADER = ["Kode", "Uraian", "Pagu Revisi", "Lock Pagu", "Realisasi Periode Lalu", "Realisasi Periode Ini",
          "s.d. Periode", "%", "Sisa Anggaran"]  # fmt: skip
#: Code, name, ceiling, before, current: two activities, three accounts, a component and a subcomponent.
JANUARY = [
    ("066.01.WA", "Program A", 600, 0, 90),
    ("3236", "Kegiatan A", 400, 0, 90),
    ("3236.EBA", "KRO A", 400, 0, 90),
    ("3236.EBA.962", "RO A", 400, 0, 90),
    (51, "Komponen A", 400, 0, 90),
    ("A", "Subkomponen A", 400, 0, 90),
    ("511111", "Gaji", 300, 0, 100),
    ("521211", "Bahan", 100, 0, -10),
    ("3257", "Kegiatan B", 200, 0, 0),
    ("3257.QDB", "KRO B", 200, 0, 0),
    ("QDB.001", "RO B", 200, 0, 0),
    ("532111", "Modal", 200, 0, 0),
]
FEBRUARY = [
    (code, name, ceiling, current, step)
    for (code, name, ceiling, _, current), step in zip(
        JANUARY, [70, 20, 20, 20, 20, 20, 15, 5, 50, 50, 50, 50], strict=True)
]  # fmt: skip
PLAN = [["51", "Belanja Pegawai", 300, *[0] * 11], ["52", "Belanja Barang", *[0] * 11, 100],
        ["53", "Belanja Modal", 0, 200, *[0] * 10], ["JUMLAH", None, 300, 200, *[0] * 9, 100]]  # fmt: skip


def spell(amount: int) -> object:
    """Write an amount the way half of the exports do."""
    digits = f"{abs(amount):,}".replace(",", ".")
    return "-" if amount == 0 else f"({digits})" if amount < 0 else f"Rp {digits}"


def write_month(sheet, lines, unit: int, unit_line: str, as_text: bool, name: str) -> None:
    for text in ("KEMENTERIAN (066) BNN", f"PERIODE : {name.upper()} 2021", unit_line):
        sheet.append([text])
    sheet.append(HEADER)
    sheet.append([f"({number})" for number in range(1, 10)])
    for code, label, *amounts in lines:
        ceiling, before, current = (amount * unit for amount in amounts)
        row = [ceiling, 0, before, current, before + current]
        shown = [spell(amount) for amount in row] if as_text else row
        rate = (before + current) / ceiling
        rest = ceiling - before - current
        sheet.append([code, f"  {label}", *shown, rate, spell(rest) if as_text else rest])
    top = lines[0]
    sheet.append(["JUMLAH SELURUHNYA", None, *[amount * unit for amount in (top[2], 0, *top[3:5])],
                  (top[3] + top[4]) * unit])  # fmt: skip
    sheet.append(["*) catatan kaki"])


def write_budget(path: Path, unit: int = 1_000_000, unit_line: str = "(dalam rupiah)", as_text: bool = False):
    book = openpyxl.Workbook()
    for name, lines in (("Januari", JANUARY), ("Februari", FEBRUARY)):
        sheet = book.active if name == "Januari" else book.create_sheet(name)
        sheet.title = name
        write_month(sheet, lines, unit, unit_line, as_text, name)
    plan = book.create_sheet("Rencana Penarikan")
    plan.append([unit_line])
    months = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
              "Oktober", "November", "Desember"]  # fmt: skip
    plan.append(["Kode", "Jenis Belanja", *months])
    for row in PLAN:
        plan.append([*row[:2], *(amount * unit for amount in row[2:])])
    book.save(path)


@pytest.fixture
def small(whole_project):
    project = whole_project
    declared = project.raw / "edition.toml"
    text = declared.read_text(encoding="utf-8")
    start, end = text.index("sheets = ["), text.index("plan_sheet")
    declared.write_text(text[:start] + 'sheets = ["Januari", "Februari"]\n' + text[end:], encoding="utf-8")
    return project


def clean(project):
    result = project.clean("budget")["budget"]
    return result, result.tables["clean_budget__line_month"], result.tables["clean_budget_plan__type_month"]


@pytest.mark.parametrize("as_text", [False, True])
def test_only_accounts_become_lines_and_keep_their_parents(small, as_text):
    write_budget(small.raw / "anggaran-2021.xlsx", as_text=as_text)
    result, lines, plan = clean(small)
    assert [f.text() for f in result.findings if f.severity != "note"] == []
    assert (
        lines["line_code"].tolist()
        == [
            "066.01.WA/3236/3236.EBA/3236.EBA.962/051/A/511111",
            "066.01.WA/3236/3236.EBA/3236.EBA.962/051/A/521211",
            "066.01.WA/3257/3257.QDB/QDB.001/532111",
        ]
        * 2
    )
    millions = (
        lines[["ceiling_idr", "expenditure_idr", "expenditure_to_date_idr"]] // 1_000_000
    ).values.tolist()
    assert millions == [
        [300, 100, 100],
        [100, -10, -10],
        [200, 0, 0],
        [300, 15, 115],
        [100, 5, -5],
        [200, 50, 50],
    ]
    assert lines["component_code"].tolist()[:2] == ["051", "051"]
    assert lines["component_code"].isna().tolist()[2]
    assert lines["expenditure_type"].tolist()[:3] == ["personnel", "goods", "capital"]
    assert lines["section"].tolist()[:3] == ["general", "general", "prevention"]
    assert lines["account_name"].tolist()[:3] == ["Gaji", "Bahan", "Modal"]
    # 9 parents, 1 total and 1 note in each of two months.
    assert (result.rows_in, result.structure_rows) == (6, 22)
    assert int(plan["planned_idr"].sum()) == 600_000_000
    feb = plan[(plan["month"] == 2) & (plan["planned_idr"] > 0)]
    assert feb[["expenditure_type", "planned_idr", "source_columns"]].values.tolist() == [
        ["capital", 200_000_000, "planned_idr:D"]
    ]


@pytest.mark.parametrize(
    ("line", "unit"), [("(dalam ribuan rupiah)", 1_000), ("Nilai dalam jutaan rupiah", 1)]
)
def test_amounts_in_thousands_are_converted_once(small, line, unit):
    write_budget(small.raw / "anggaran-2021.xlsx", unit=unit, unit_line=line)
    result, lines, plan = clean(small)
    assert result.errors == ()
    assert int(lines.loc[lines["month"] == 2, "expenditure_to_date_idr"].sum()) == 160_000_000
    assert int(plan["planned_idr"].sum()) == 600_000_000
    scaled = [f for f in result.findings if f.code == "amounts_scaled"]
    assert {f.place.sheet for f in scaled} == {"Januari", "Februari", "Rencana Penarikan"}


@pytest.mark.parametrize(("off", "count"), [(1, 0), (5, 1)])
def test_sums_of_an_export_in_thousands_may_differ_by_rounding_only(small, off, count):
    # Programme of three accounts: each rounded by half a unit and the sum too, two units at most.
    write_budget(small.raw / "anggaran-2021.xlsx", unit=1_000, unit_line="(dalam ribuan rupiah)")
    small.set_cells("anggaran-2021.xlsx", "Januari", {"C6": 600_000 + off})
    assert len(small.findings("parent_not_sum", "budget")) == count


def test_an_amount_in_thousands_that_does_not_say_so_is_doubted(small):
    write_budget(small.raw / "anggaran-2021.xlsx", unit=1_000)
    result, _, _ = clean(small)
    assert "unit_doubtful" in {f.code for f in result.findings}


def test_an_account_without_parents(small):
    write_budget(small.raw / "anggaran-2021.xlsx")
    small.set_cells(
        "anggaran-2021.xlsx",
        "Januari",
        {
            "A6": None,
            "B6": None,
            "C6": None,
            "D6": None,
            "E6": None,
            "F6": None,
            "G6": None,
            "H6": None,
            "I6": None,
        },
    )
    found = small.findings("account_without_parent", "budget")
    assert [f.place.cell for f in found] == ["A12", "A13", "A17"]


def test_an_activity_without_a_section(small):
    write_budget(small.raw / "anggaran-2021.xlsx")
    path = small.root / "data/reference/budget_sections.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("3257,", "9999,"), encoding="utf-8")
    found = small.findings("activity_without_section", "budget")
    assert [(f.place.cell, f.values["activity"]) for f in found] == [("A17", "3257")] * 2


def test_months_that_do_not_follow_on(small):
    write_budget(small.raw / "anggaran-2021.xlsx")
    small.set_cells("anggaran-2021.xlsx", "Februari", {"E17": 7_000_000, "G17": 57_000_000})
    found = small.findings("months_not_continuous", "budget")
    assert [(f.place.cell, f.severity, f.values["previous"]) for f in found] == [("G17", "warning", 0)]


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [("I17", 5, "remaining_differs"), ("H17", 0.5, "rate_differs"), ("C17", -5, "ceiling_negative")],
)
def test_columns_that_contradict_each_other(small, cell, value, code):
    write_budget(small.raw / "anggaran-2021.xlsx")
    small.set_cells("anggaran-2021.xlsx", "Januari", {cell: value})
    assert [f.place.cell for f in small.findings(code, "budget")] == [cell]


def test_a_month_that_is_missing_and_one_that_is_there_twice(small):
    write_budget(small.raw / "anggaran-2021.xlsx")
    book = openpyxl.load_workbook(small.raw / "anggaran-2021.xlsx")
    book["Februari"].title = "Maret"
    book["Maret"]["A2"] = "PERIODE : MARET 2021"
    book.save(small.raw / "anggaran-2021.xlsx")
    small.declare('"Februari"', '"Maret"')
    assert [f.values["month"] for f in small.findings("month_missing", "budget")] == [2]
    book["Januari"].title = "Maret (2)"
    book["Maret (2)"]["A2"] = None
    book.save(small.raw / "anggaran-2021.xlsx")
    small.declare('"Januari"', '"Maret (2)"')
    assert [f.values["month"] for f in small.findings("month_twice", "budget")] == [3]


def test_a_sheet_without_a_month_in_its_name(small):
    write_budget(small.raw / "anggaran-2021.xlsx")
    book = openpyxl.load_workbook(small.raw / "anggaran-2021.xlsx")
    book["Januari"].title = "LRA"
    book["LRA"]["A2"] = "LRA 2021"
    book.save(small.raw / "anggaran-2021.xlsx")
    small.declare('"Januari"', '"LRA"')
    assert [f.place.sheet for f in small.findings("sheet_without_month", "budget")] == ["LRA"]


def test_a_sheet_may_state_its_month_in_its_heading_only(small):
    write_budget(small.raw / "anggaran-2021.xlsx")
    book = openpyxl.load_workbook(small.raw / "anggaran-2021.xlsx")
    book["Januari"].title = "LRA"
    book.save(small.raw / "anggaran-2021.xlsx")
    small.declare('"Januari"', '"LRA"')
    _, lines, _ = clean(small)
    assert set(lines.loc[lines["source_sheet"] == "LRA", "month"]) == {1}


def test_a_repeated_header_is_no_line(small):
    write_budget(small.raw / "anggaran-2021.xlsx")
    book = openpyxl.load_workbook(small.raw / "anggaran-2021.xlsx")
    sheet = book["Januari"]
    sheet.insert_rows(14)
    for column, text in enumerate(HEADER, start=1):
        sheet.cell(14, column).value = text
    book.save(small.raw / "anggaran-2021.xlsx")
    result, _, _ = clean(small)
    assert (result.rows_in, result.errors) == (6, ())


def test_codes_have_one_official_form():
    assert [normal_code(code) for code in ("51", "3236.eba", " 524111 ", "a")] == [
        "051",
        "3236.EBA",
        "524111",
        "A",
    ]


def test_a_new_programme_closes_everything_below_it():
    import pandas as pd

    levels = levels_of(pd.Series(["066.01.WA", "3236", "051", "511111", "066.01.BB", "511111"], dtype="str"))
    assert levels.tolist() == [0, 1, 4, 6, 0, 6]
    last = parent_positions(levels)[5]
    assert last.tolist() == [4, -1, -1, -1, -1, -1, 5]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("51", "personnel"),
        ("52 Belanja Barang", "goods"),
        ("Belanja Modal", "capital"),
        ("54", None),
        ("", None),
    ],
)
def test_the_type_of_expenditure(text, kind):
    assert expenditure_type(text) == kind
