"""Marked copies: the bad cells coloured and commented, everything else byte for byte as it was."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from helpers.edition import load_edition
from helpers.params import RunParams
from helpers.tables.xlsx_bytes import pack_parts, read_parts
from helpers.workbooks.marked import mark_workbook, write_marked_copies
from helpers.workbooks.marks import CellMark, collect_marks

ROOT = Path(__file__).resolve().parents[3]
RED, YELLOW, BLUE = "FFFFC7CE", "FFFFEB9C", "FFDDEBF7"
SHEET = "xl/worksheets/sheet1.xml"


def rich_workbook() -> bytes:
    """Return a workbook with what openpyxl alone would lose or change on saving."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data Utama"
    for row, values in enumerate([["Nama", "Nilai"], ["Satu", 10], ["Dua", 20]], start=1):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
    sheet["B4"] = "=SUM(B2:B3)"
    sheet["B3"].number_format, sheet["B3"].font = "#,##0.00", Font(bold=True, name="Arial")
    sheet["A2"].comment = Comment("Catatan kepala kantor", "Kepala")
    sheet.merge_cells("A6:B6")
    sheet.freeze_panes = "A2"
    rule = DataValidation(type="whole", operator="between", formula1="1", formula2="99")
    rule.add("B2:B3")
    sheet.add_data_validation(rule)
    fill = PatternFill("solid", bgColor="FF00FF00")
    sheet.conditional_formatting.add("B2:B3", CellIsRule(operator="greaterThan", formula=["15"], fill=fill))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "E2")
    hidden = book.create_sheet("Rahasia")
    hidden["A1"], hidden.sheet_state = "tersembunyi", "hidden"
    saved = io.BytesIO()
    book.save(saved)
    parts = read_parts(saved.getvalue())
    # What Excel keeps beside a formula, and a part that no library knows.
    before = parts[SHEET]
    parts[SHEET] = re.sub(rb"(<f>SUM\(B2:B3\)</f>)<v ?/?>(</v>)?", rb"\1<v>30</v>", before)
    assert parts[SHEET] != before
    parts["customXml/item1.xml"] = b"<own/>"
    return pack_parts(parts)


def mark(content: bytes, **cells: tuple[str, str]) -> bytes:
    """Mark cells of the first sheet: ``B3=("error", "SALAH: …")``."""
    places = {}
    for name, said in cells.items():
        column, row = re.fullmatch(r"([A-Z])(\d+)", name).groups()  # type: ignore[union-attr]
        places[(int(row), ord(column) - ord("A"))] = CellMark(*said)
    made = mark_workbook(content, {"": places}, [])
    assert made is not None
    return made


def colour(cell: Any) -> str:
    """Return the fill of a cell; empty if it has none."""
    return str(cell.fill.fgColor.rgb) if cell.fill.fill_type == "solid" else ""


SAID = {
    "B3": ("error", "SALAH: terlalu besar"), "A2": ("warning", "PERIKSA: nama"),
    "D9": ("note", "CATATAN: kosong"),
}  # fmt: skip


@pytest.fixture(scope="module")
def rich() -> bytes:
    """Made once: openpyxl writes the clock into it."""
    return rich_workbook()


@pytest.fixture(scope="module")
def marked(rich: bytes) -> bytes:
    return mark(rich, **SAID)


def test_cells_are_coloured_and_commented_and_keep_their_format(marked: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(marked))["Data Utama"]
    assert [colour(sheet[name]) for name in ("B3", "A2", "D9")] == [RED, YELLOW, BLUE]
    assert (sheet["B3"].value, sheet["B3"].number_format, sheet["B3"].font.name) == (20, "#,##0.00", "Arial")
    assert sheet["B3"].font.bold
    assert sheet["B3"].comment.text == "SALAH: terlalu besar"
    assert sheet["D9"].comment.text == "CATATAN: kosong"
    assert (sheet["D9"].value, sheet["D9"].comment.author) == (None, "Pemeriksaan data")
    others = [cell for row in sheet.iter_rows() for cell in row if cell.coordinate not in ("B3", "A2", "D9")]
    assert [cell.coordinate for cell in others if colour(cell) or cell.comment] == []


def test_a_comment_that_stood_there_is_kept_and_continued(marked: bytes) -> None:
    comment = openpyxl.load_workbook(io.BytesIO(marked))["Data Utama"]["A2"].comment
    assert comment.text.endswith("Catatan kepala kantor\n\nPERIKSA: nama")
    assert comment.author == "Kepala"


def test_all_other_parts_are_the_same_bytes(rich: bytes, marked: bytes) -> None:
    before, after = read_parts(rich), read_parts(marked)
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed <= {SHEET, "xl/styles.xml", "[Content_Types].xml", "xl/comments/comment1.xml",
                       "xl/drawings/commentsDrawing1.vml", "xl/drawings/legacyDrawing1.vml",
                       "xl/worksheets/_rels/sheet1.xml.rels"}  # fmt: skip
    assert {"xl/charts/chart1.xml", "xl/worksheets/sheet2.xml", "customXml/item1.xml", "xl/workbook.xml"} <= (
        set(before) - changed
    )


def test_unmarked_rows_formulas_and_what_follows_the_data_are_the_same_bytes(
    rich: bytes, marked: bytes
) -> None:
    before, after = read_parts(rich)[SHEET], read_parts(marked)[SHEET]
    assert b"<f>SUM(B2:B3)</f><v>30</v>" in after
    for row in (b'<row r="1"', b'<row r="4"'):
        own = before[before.index(row) : before.index(b"</row>", before.index(row))]
        assert own in after
    tail = before[before.index(b"</sheetData>") : before.index(b"<legacyDrawing")]
    assert tail in after
    assert b"dataValidation" in tail
    assert b"conditionalFormatting" in tail
    assert before[: before.index(b'<row r="2"')] == after[: after.index(b'<row r="2"')]


def test_a_sheet_without_comments_gets_a_drawing_in_its_place() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active.oddHeader.center.text = "kepala"
    saved = io.BytesIO()
    book.save(saved)
    parts = read_parts(mark(saved.getvalue(), A1=("error", "SALAH: x")))
    sheet = parts[SHEET].decode()
    tags = re.findall(r"<(\w+)[ />]", sheet[sheet.index("</sheetData>") :])
    assert [tag for tag in tags if tag in ("pageMargins", "headerFooter", "legacyDrawing")] == [
        "pageMargins", "headerFooter", "legacyDrawing",
    ]  # fmt: skip
    assert parts["xl/comments1.xml"].decode().count("<comment ") == 1
    shape = parts["xl/drawings/vmlDrawing1.vml"].decode()
    assert "<x:Row>0</x:Row><x:Column>0</x:Column>" in shape
    types = parts["[Content_Types].xml"].decode()
    assert 'PartName="/xl/comments1.xml"' in types
    assert 'Extension="vml"' in types
    relations = parts["xl/worksheets/_rels/sheet1.xml.rels"].decode()
    assert 'Target="../comments1.xml"' in relations
    assert 'Target="../drawings/vmlDrawing1.vml"' in relations


def test_the_same_marks_in_any_order_give_the_same_bytes(rich: bytes, marked: bytes) -> None:
    assert mark(rich, **dict(reversed(SAID.items()))) == marked
    with zipfile.ZipFile(io.BytesIO(marked)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("", ["D9", "B3"]),
        (
            '<row><c t="inlineStr"><is><t>a</t></is></c></row><row/><row><c/><c><v>5</v></c></row>',
            ["B3", "D9"],
        ),
        ('<row r="3" spans="1:1"><c r="A3"/><c r="C3"><v>1</v></c></row>', ["B3", "D9"]),
        ('<row r="9"><c r="F9"><v>1</v></c></row>', ["B3", "D9"]),
    ],
    ids=["empty", "without numbers", "between cells", "before cells"],
)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_rows_and_cells_are_found_or_put_in_their_order(rows: str, expected: list[str], prefix: str) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    body = f"<sheetData>{rows}</sheetData>" if rows else "<sheetData/>"
    if prefix:
        body = re.sub(r"<(/?)(\w)", rf"<\1{prefix}\2", body)
    declared = f'xmlns{":x" if prefix else ""}="{space}"'
    parts = read_parts(rich_workbook())
    parts[SHEET] = f"<{prefix}worksheet {declared}>{body}</{prefix}worksheet>".encode()
    parts.pop("xl/worksheets/_rels/sheet1.xml.rels")
    made = mark(pack_parts(parts), B3=("error", "SALAH: b"), D9=("note", "CATATAN: d"))
    sheet = openpyxl.load_workbook(io.BytesIO(made))["Data Utama"]
    assert [colour(sheet[name]) for name in ("B3", "D9")] == [RED, BLUE]
    numbers = [
        int(number) for number in re.findall(r'<(?:x:)?row[^>]* r="(\d+)"', read_parts(made)[SHEET].decode())
    ]
    assert numbers == sorted(numbers)
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment} == set(expected)
    if "spans" in rows:
        assert [cell.coordinate for cell in sheet[3]][:3] == ["A3", "B3", "C3"]
        assert sheet["C3"].value == 1


# -- what is said ---------------------------------------------------------------------------
def finding(
    code: str, severity: str, cell: str | None, file: str = "a.xlsx", what: str = "keliru."
) -> dict[str, Any]:
    return {"code": code, "severity": severity, "file": file, "sheet": "Data", "cell": cell, "what_id": what,
            "remedy_id": "Perbaiki."}  # fmt: skip


def source(*findings: dict[str, Any], rejects: Any = (), corrections: Any = ()) -> dict[str, Any]:
    return {"findings": list(findings), "rejects": list(rejects), "corrections": list(corrections)}


def test_the_worst_decides_and_everything_is_said_once() -> None:
    reject = {"source_file": "a.xlsx", "source_sheet": "Data", "source_cell": "B2",
              "reason_id": "bukan angka.", "remedy_id": "Perbaiki."}  # fmt: skip
    told = source(
        finding("x", "note", "B2", what="mirip."),
        finding("not_a_number", "error", "B2", what="bukan angka."),
        finding("y", "warning", "C2"), finding("z", "error", None), rejects=[reject],
    )  # fmt: skip
    marks = collect_marks([told])["a.xlsx"]["Data"]
    assert set(marks) == {(2, 1), (2, 2)}
    assert marks[2, 1].severity == "error"
    assert marks[2, 1].text == (
        "SALAH: bukan angka.\nTindakan: Perbaiki.\n\nCATATAN: mirip.\nTindakan: Perbaiki."
    )
    assert marks[2, 2].severity == "warning"


def test_all_rejected_cells_are_marked_not_the_listed_hundred_alone() -> None:
    rejects = [
        {"source_file": "a.xlsx", "source_sheet": "Data", "source_cell": f"B{row}", "reason_id": "keliru.",
         "remedy_id": "Perbaiki."} for row in range(2, 302)
    ]  # fmt: skip
    more = finding("more_of_same", "error", "B102…B301", what="masih ada 200 sel lain.")
    marks = collect_marks([source(more, rejects=rejects)])["a.xlsx"]["Data"]
    assert len(marks) == 300
    assert "masih ada 200 sel lain." in marks[102, 1].text


def test_a_file_refused_for_personal_data_is_not_copied() -> None:
    told = source(finding("personal_nik", "error", "B2"), finding("y", "warning", "C2"),
                  finding("y", "warning", "C2", file="b.xlsx"))  # fmt: skip
    assert set(collect_marks([told])) == {"b.xlsx"}


def test_a_correction_says_what_is_read_instead() -> None:
    fix = {"source_file": "a.xlsx", "source_sheet": "Data", "source_cell": "G15", "from": "12O", "to": "120",
           "reason": "huruf O", "who": "x"}  # fmt: skip
    said = collect_marks([source(corrections=[fix])])["a.xlsx"]["Data"][15, 6]
    assert said.severity == "note"
    assert said.text.startswith('CATATAN: dibaca sebagai "120", bukan "12O" (huruf O)')


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\t=1", "\x01=1"])
def test_a_comment_never_begins_like_a_formula(start: str) -> None:
    marks = collect_marks([source(finding("y", "warning", "C2", what=f"{start} aneh."))])["a.xlsx"]["Data"]
    assert all(re.match(r"[A-Z][a-zA-Z]+: ", line) for line in marks[2, 2].text.split("\n"))
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", marks[2, 2].text)


# -- files ----------------------------------------------------------------------------------
@pytest.fixture
def raw(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data" / "raw" / "bnnk-hss" / "2021", tmp_path / "raw" / "bnnk-hss" / "2021")
    return tmp_path / "raw"


def about(file: str, cell: str, sheet: str | None = None) -> list[dict[str, Any]]:
    return [source({**finding("y", "error", cell, file=file), "sheet": sheet})]


def test_a_csv_becomes_a_workbook_with_every_value_in_its_cell(raw: Path, tmp_path: Path) -> None:
    path = raw / "bnnk-hss" / "2021" / "desa.csv"
    text = path.read_text(encoding="utf-8-sig").replace("Hamalau", "=HYPERLINK(1)", 1)
    path.write_text(text, encoding="utf-8")
    edition = load_edition(RunParams(raw=str(raw)))
    (copy,) = write_marked_copies(about("desa.csv", "B2"), edition, tmp_path / "out")
    assert copy.name == "desa.csv.xlsx"
    sheet = openpyxl.load_workbook(copy).worksheets[0]
    rows = [line.split(";") for line in text.splitlines()]
    assert sheet["A1"].value == rows[0][0]
    assert sheet["A149"].value == rows[148][0]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("'=HYPERLINK(1)", "s")
    assert colour(sheet["B2"]) == RED
    assert "keliru" in sheet["B2"].comment.text


@pytest.mark.parametrize("name", ["desa.ods", "desa.xls"])
def test_other_workbooks_become_a_plain_one(raw: Path, tmp_path: Path, name: str) -> None:
    folder = raw / "bnnk-hss" / "2021"
    shutil.copy(ROOT / "tests" / "corpus" / name, folder / name)
    declaration = folder / "edition.toml"
    declaration.write_text(
        declaration.read_text(encoding="utf-8").replace("desa.csv", name), encoding="utf-8"
    )
    edition = load_edition(RunParams(raw=str(raw)))
    (copy,) = write_marked_copies(about(name, "B2"), edition, tmp_path / "out")
    assert copy.name == f"{name}.xlsx"
    sheet = openpyxl.load_workbook(copy).worksheets[0]
    assert colour(sheet["B2"]) == RED
    assert [cell.value for cell in sheet[2]] == ["63.06.05.2017", "Tibung Raya", 2020]


def test_a_file_that_cannot_be_opened_has_no_copy(raw: Path, tmp_path: Path) -> None:
    path = raw / "bnnk-hss" / "2021" / "laporan-opd-2021.xlsx"
    path.write_bytes(path.read_bytes()[:3000])
    edition = load_edition(RunParams(raw=str(raw)))
    told = [*about("laporan-opd-2021.xlsx", "B3"), *about("desa.csv", "B2")]
    assert [copy.name for copy in write_marked_copies(told, edition, tmp_path / "out")] == ["desa.csv.xlsx"]


def test_nothing_said_about_a_cell_writes_nothing(raw: Path, tmp_path: Path) -> None:
    edition = load_edition(RunParams(raw=str(raw)))
    told = [source(finding("sheet_missing", "error", None, file="laporan-opd-2021.xlsx"))]
    assert write_marked_copies(told, edition, tmp_path / "out") == []
    assert not (tmp_path / "out").exists()


def test_the_original_is_untouched(raw: Path, tmp_path: Path) -> None:
    path = raw / "bnnk-hss" / "2021" / "laporan-opd-2021.xlsx"
    before = path.read_bytes()
    edition = load_edition(RunParams(raw=str(raw)))
    (copy,) = write_marked_copies(about(path.name, "B10", "Laporan"), edition, tmp_path / "out")
    assert path.read_bytes() == before
    assert copy.read_bytes() != before


def test_a_sheet_is_found_as_it_is_declared(raw: Path, tmp_path: Path) -> None:
    edition = load_edition(RunParams(raw=str(raw)))
    name = "anggaran-2021.xlsx"
    (copy,) = write_marked_copies(about(name, "F22", " desember "), edition, tmp_path / "out")
    book = openpyxl.load_workbook(copy)
    assert colour(book["Desember"]["F22"]) == RED
    assert book["Januari"]["F22"].comment is None
    assert book["Referensi"].sheet_state == "hidden"
