"""Every declared kind of file is read with its addresses; encodings and separators are found out."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.edition import Source
from helpers.errors import DataError
from helpers.read import read_raw

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def source(path: Path, **options) -> Source:
    return Source("villages", path, options, "official", path.name)


def cells(path: Path) -> list[list[object]]:
    (sheet,) = read_raw(source(path)).sheets.values()
    assert sheet.cells.index.tolist() == list(range(1, len(sheet.cells) + 1))
    return sheet.cells.values.tolist()


ROWS = [["Kode", "Désa", "Nilai"], ["63.06", "Baru; lama", "1,5"], ["", "", ""], ["x", 'kutip "a"', "2"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_of_any_office(tmp_path, encoding, separator, end):
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    text = end.join(separator.join(map(quoted, row)) for row in ROWS) + end
    path = tmp_path / "desa.csv"
    path.write_bytes(text.encode(encoding))
    assert cells(path) == ROWS


def test_a_csv_with_rows_of_different_length_and_blank_lines(tmp_path):
    path = tmp_path / "desa.csv"
    path.write_text("Daftar desa\n\nKode;Nama;Tahun\n1;a\n2;b;2020\n", encoding="utf-8")
    assert cells(path) == [
        ["Daftar desa", "", ""], ["", "", ""], ["Kode", "Nama", "Tahun"], ["1", "a", ""], ["2", "b", "2020"],
    ]  # fmt: skip


@pytest.mark.parametrize("odd", [3, 1_500])
def test_titles_and_notes_of_a_large_csv_stand_at_their_rows(tmp_path, odd):
    """Read in blocks of a megabyte, few odd records are put back; with many, all are read singly."""
    rows = [["PERIODE : DESEMBER 2021"], [], ["Kode", "Uraian", "Pagu"]]
    rows += [[str(number), "Belanja Bahan dan Barang Habis Pakai", "1.000"] for number in range(60_000)]
    for number in range(odd):
        rows.insert(40_000 + number, [f"sub {number}", "tanpa pagu"])
    rows += [["Catatan; dua baris", "a", "b", "lebar"], ["akhir"]]
    path = tmp_path / "anggaran.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    assert path.stat().st_size > 2**21
    assert cells(path) == [row + [""] * (4 - len(row)) for row in rows]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.sampled_from(["", "a", "1.234", "x;y", 'kutip "a"', "dua\nbaris", "é", " "]), max_size=5),
        min_size=1, max_size=12,
    ).filter(lambda rows: any("".join(row).strip() for row in rows)),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)  # fmt: skip
def test_no_cell_of_any_csv_moves(tmp_path, rows, quoting):
    # The first lines tell the separator.
    rows = [["Kode", "Nama", "Tahun"]] * 8 + rows
    path = tmp_path / "desa.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";", quoting=quoting, lineterminator="\n").writerows(rows)
    width = max(map(len, rows))
    assert cells(path) == [[*row, *[""] * (width - len(row))] for row in rows]


def test_a_cell_longer_than_any_table_has_is_a_finding(tmp_path):
    path = tmp_path / "desa.csv"
    path.write_text("Kode;Nama\n1;" + "x" * 150_000 + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="rusak atau terpotong"):
        read_raw(source(path))


def test_a_line_break_inside_quotes_is_not_a_row(tmp_path):
    path = tmp_path / "desa.csv"
    path.write_text('a;b\n"satu\ndua";x\n', encoding="utf-8")
    assert cells(path) == [["a", "b"], ["satu\ndua", "x"]]


def test_a_workbook_keeps_types_addresses_merges_and_gaps(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B3"], sheet["C3"], sheet["D5"] = "teks", 1.5, dt.date(2021, 12, 29)
    sheet.merge_cells("B3:B4")
    sheet.row_dimensions[4].hidden = True
    sheet["C5"] = "=1+1"
    book.save(tmp_path / "a.xlsx")
    (raw,) = read_raw(source(tmp_path / "a.xlsx")).sheets.values()
    assert (raw.cells.at[3, 1], raw.cells.at[3, 2], raw.cells.at[5, 3]) == (
        "teks",
        1.5,
        dt.date(2021, 12, 29),
    )
    assert raw.cells.at[1, 0] == ""
    assert raw.merges == ((3, 1, 4, 1),)
    assert raw.hidden_rows == (4,)
    assert dict(raw.broken) == {(5, 2): "="}


@pytest.mark.parametrize("name", ["desa.xls", "desa.ods"])
def test_the_older_and_the_open_format(name):
    rows = cells(CORPUS / name)
    assert rows[0] == ["Kode Desa", "Nama Desa", "Tahun"]
    assert rows[1] == ["63.06.05.2017", "Tibung Raya", 2020.0]


ODS_SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }.items()
)


def write_ods(path: Path, rows: str) -> None:
    """Write an ODS file as LibreOffice does, with one sheet of these rows."""
    content = (
        f"<office:document-content {ODS_SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Data">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)


def ods_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


REPEATED = 'table:number-columns-repeated="{}"'


def test_an_ods_keeps_merges_hidden_rows_and_broken_cells(tmp_path):
    merged = ods_cell("Kandangan", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
    note = "<office:annotation><text:p>catatan</text:p></office:annotation>"
    error = ('<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
             f'calcext:value-type="error">{note}<text:p>#DIV/0!</text:p></table:table-cell>')  # fmt: skip
    rows = [
        f"<table:table-row>{merged}{ods_cell('a')}</table:table-row>",
        '<table:table-row table:visibility="filter"><table:covered-table-cell/>'
        f"{ods_cell('b')}</table:table-row>",
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="2">'
        f"{ods_cell('c', REPEATED.format(2))}</table:table-row>",
        f'<table:table-row>{error}<table:table-cell table:formula="of:=1+1"/></table:table-row>',
        '<table:table-row><table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string"/>'
        f"{ods_cell('d')}</table:table-row>",
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
    ]
    write_ods(tmp_path / "a.ods", "".join(rows))
    (raw,) = read_raw(source(tmp_path / "a.ods")).sheets.values()
    assert raw.cells.values.tolist() == [
        ["Kandangan", "a"], ["", "b"], ["c", "c"], ["c", "c"], ["", ""], ["", "d"],
    ]  # fmt: skip
    assert raw.merges == ((1, 0, 2, 0),)
    assert raw.hidden_rows == (2, 3, 4)
    assert dict(raw.broken) == {(5, 0): "#DIV/0!", (5, 1): "="}


def test_an_ods_that_repeats_a_few_cells_is_no_bomb(tmp_path):
    row = f"<table:table-row>{ods_cell('x', REPEATED.format(20))}</table:table-row>"
    write_ods(tmp_path / "a.ods", row * 500)
    assert cells(tmp_path / "a.ods") == [["x"] * 20] * 500


def test_a_formula_whose_result_is_an_empty_text_is_not_broken(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = '=""'
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert b'<c r="A1"><f>""</f><v></v></c>' in sheet or b"<v />" in sheet or b"<v/>" in sheet
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'<c r="A1">', b'<c r="A1" t="str">')
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for entry, content in parts.items():
            archive.writestr(entry, content)
    (raw,) = read_raw(source(tmp_path / "a.xlsx")).sheets.values()
    assert dict(raw.broken) == {}


def test_one_value_in_the_last_cell_of_a_sheet_is_refused_not_read(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "x", "y"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(DataError, match="rentang terpakai melebihi"):
        read_raw(source(tmp_path / "a.xlsx"))


def test_far_blank_cells_with_a_style_are_no_reason_to_refuse(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["XFD9000"].font = openpyxl.styles.Font(bold=True)
    book.save(tmp_path / "a.xlsx")
    assert cells(tmp_path / "a.xlsx") == [["x"]]


def test_a_declared_sheet_that_is_missing(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(DataError, match="lembar Data tidak ada; yang ada: Sheet"):
        read_raw(source(tmp_path / "a.xlsx", sheet="Data"))
