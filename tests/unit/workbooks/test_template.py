"""What the template writes: refusals first, then headings, lists, checks and bytes."""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
import tomllib
import zipfile
from pathlib import Path

import openpyxl
import pytest
import yaml
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from helpers.errors import DataError, ParameterError
from helpers.workbooks import template
from helpers.workbooks.template import TemplateRequest, write_template

REFERENCE = Path(__file__).resolve().parents[3] / "data" / "reference"
SHEETS = {
    "laporan-opd-2022.xlsx": "Laporan", "survei-ketahanan-keluarga-2022.xlsx": "Jawaban",
    "desa-2022.xlsx": "Desa", "program-2022.xlsx": "Program", "tonggak-2022.xlsx": "Tonggak",
    "angka-terbit-2022.xlsx": "Angka",
}  # fmt: skip
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
    "November", "Desember",
]  # fmt: skip


def contents(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def reference(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    raw = tmp_path_factory.mktemp("raw")
    return write_template(TemplateRequest(2022, raw=str(raw)))[0].parent


@pytest.fixture(scope="module")
def books(written: Path) -> dict[str, Workbook]:
    return {path.name: openpyxl.load_workbook(path) for path in written.glob("*.xlsx")}


def column(sheet: Worksheet, heading: str) -> str:
    return next(cell.column_letter for cell in sheet[5] if cell.value == heading)


def check(sheet: Worksheet, cell: str) -> tuple[str, str, str | None]:
    """Return kind and formulas of the check on a cell."""
    (found,) = [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]
    return found.type, found.formula1, found.formula2


def listed(book: Workbook, formula: str) -> list[object]:
    """Return the values of a list that a check refers to."""
    match = re.fullmatch(r"Daftar!\$([A-Z]+)\$(\d+):\$\1\$(\d+)", formula)
    assert match, formula
    letter, first, last = match.groups()
    return [book["Daftar"][f"{letter}{row}"].value for row in range(int(first), int(last) + 1)]


# -- refusals ------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["edition.toml", "catatan kantor.docx"])
def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "bnnk-hss" / "2022"
    folder.mkdir(parents=True)
    (folder / name).write_text("milik kantor", encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(ParameterError, match="sudah berisi berkas"):
        write_template(TemplateRequest(2022, raw=str(tmp_path)))
    assert contents(tmp_path) == before
    assert [path.name for path in (tmp_path / "bnnk-hss").iterdir()] == ["2022"]


@pytest.mark.parametrize("office", ["../lain", "BNNK HSS", "", "a/b", "bnnk_hss"])
def test_an_office_that_is_no_folder_name_is_refused(tmp_path: Path, office: str) -> None:
    with pytest.raises(ParameterError, match="tidak dapat dipakai"):
        write_template(TemplateRequest(2022, office=office, raw=str(tmp_path)))
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_office_needs_the_code_of_its_regency(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"belum punya edisi.*REGENCY=") as caught:
        write_template(TemplateRequest(2022, office="bnnk-tapin", raw=str(tmp_path)))
    assert caught.value.exit_code == 2
    with pytest.raises(ParameterError, match=r"Tulis seperti 63\.06"):
        write_template(TemplateRequest(2022, office="bnnk-tapin", regency="6305", raw=str(tmp_path)))
    assert list(tmp_path.iterdir()) == []


def test_a_regency_without_villages_is_a_plain_finding(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        write_template(TemplateRequest(2022, office="bnnk-tapin", regency="63.05", raw=str(tmp_path)))
    finding, departments = caught.value.findings
    assert departments.text("id").startswith(
        "opd_registry.csv: tabel acuan tidak memuat OPD kabupaten 63.05 yang berlaku pada tahun 2022."
    )
    assert finding.text("id").startswith(
        "villages.csv: tabel acuan tidak memuat desa dengan kode kabupaten 63.05."
    )
    assert "data/reference/villages.csv" in finding.remedy("id")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_halfway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, content: bytes) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="disk full"):
        write_template(TemplateRequest(2022, raw=str(tmp_path)))
    assert list((tmp_path / "bnnk-hss").iterdir()) == []


# -- what is written -----------------------------------------------------------------------
def test_every_declared_file_and_sheet_is_there(written: Path, books: dict[str, Workbook]) -> None:
    declared = tomllib.loads((written / "edition.toml").read_text(encoding="utf-8"))
    assert declared["data_status"] == "official"
    assert (declared["office"]["id"], declared["office"]["year"]) == ("bnnk-hss", 2022)
    assert declared["office"]["regency_code"] == "63.06"
    assert declared["release"] == {"date": "", "place": "Kandangan"}
    files = {source["file"]: source for source in declared["sources"].values()}
    assert set(files) == {*SHEETS, "anggaran-2022.xlsx"}
    # Those of a partnership lie ready; an office declares them once it has an agreement.
    assert set(books) == {*files, "komitmen-2022.xlsx", "rencana-kerja-2022.xlsx"}
    for file, sheet in SHEETS.items():
        assert books[file].sheetnames == ["Baca saya", sheet, "Contoh", "Daftar"]
        assert files[file]["sheet"] == sheet
        assert books[file].active.title == sheet
    budget = files["anggaran-2022.xlsx"]
    assert budget["sheets"] == MONTHS
    assert books["anggaran-2022.xlsx"].sheetnames == ["Baca saya", *MONTHS, "Rencana Penarikan", "Contoh"]
    expected = {"edition.toml", *books, *(name.replace(".xlsx", ".source.yml") for name in books)}
    assert {path.name for path in written.iterdir()} == expected


def test_source_records_are_official_and_wait_for_the_staff(written: Path) -> None:
    for path in written.glob("*.source.yml"):
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert record["data_status"] == "official"
        assert record["title"].endswith("2022")
        assert record["accessed"] is record["licence"] is None


def test_a_second_run_elsewhere_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    again = write_template(TemplateRequest(2022, raw=str(tmp_path)))[0].parent
    assert contents(again) == contents(written)
    for path in again.glob("*.xlsx"):
        with zipfile.ZipFile(path) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_departments_of_the_year_have_a_row_in_each_position(books: dict[str, Workbook]) -> None:
    sheet = books["laporan-opd-2022.xlsx"]["Laporan"]
    names = [entry["opd_name"] for entry in reference("opd_registry")]
    rows = [(sheet.cell(row, 2).value, sheet.cell(row, 3).value) for row in range(6, 60)]
    assert rows == [(name, position) for position in ("B06", "B12") for name in names]
    assert all(sheet.cell(row, 4).value is None for row in range(6, 60))


def test_the_villages_of_the_regency_are_given(books: dict[str, Workbook]) -> None:
    sheet = books["desa-2022.xlsx"]["Desa"]
    districts = {entry["district_code"]: entry["district_name"] for entry in reference("districts")}
    expected = [
        (v["village_code"], v["village_name"], districts[v["district_code"]], v["village_type"])
        for v in sorted(reference("villages"), key=lambda v: v["village_code"])
    ]
    assert len(expected) == 148
    found = [tuple(cell.value for cell in cells) for cells in sheet["A6:D153"]]
    assert found == expected
    assert sheet["E6"].value is None


@pytest.mark.parametrize(
    ("file", "heading", "values"),
    [
        ("laporan-opd-2022.xlsx", "Posisi", ["B06", "B12"]),
        ("laporan-opd-2022.xlsx", "Status", ["Sudah melapor", "Sedang mengisi", "Belum melapor"]),
        ("survei-ketahanan-keluarga-2022.xlsx", "Peran", ["Orang tua", "Anak"]),
        ("desa-2022.xlsx", "Kelas Kerawanan", ["Aman", "Siaga", "Waspada", "Bahaya"]),
        (
            "program-2022.xlsx",
            "Seksi",
            ["Subbagian Umum", "Seksi P2M", "Seksi Rehabilitasi", "Seksi Pemberantasan"],
        ),
        ("tonggak-2022.xlsx", "Ketelitian", ["Hari", "Bulan", "Tahun"]),
        ("tonggak-2022.xlsx", "Status", ["Berlaku", "Selesai", "Direncanakan", "Diumumkan"]),
        (
            "angka-terbit-2022.xlsx",
            "Satuan",
            ["Persentase", "Rupiah", "Jumlah", "Indeks", "Kategori", "Tanggal", "Daftar"],
        ),
    ],
)
def test_closed_lists_are_menus(
    books: dict[str, Workbook], file: str, heading: str, values: list[str]
) -> None:
    sheet = books[file][SHEETS[file]]
    letter = column(sheet, heading)
    for row in (6, 5000):
        kind, formula, _ = check(sheet, f"{letter}{row}")
        assert kind == "list"
        assert listed(books[file], formula) == values


def test_departments_and_villages_are_menus(books: dict[str, Workbook]) -> None:
    opd = books["laporan-opd-2022.xlsx"]
    formula = check(opd["Laporan"], "B6")[1]
    assert listed(opd, formula) == [entry["opd_name"] for entry in reference("opd_registry")]
    survey = books["survei-ketahanan-keluarga-2022.xlsx"]
    names = listed(survey, check(survey["Jawaban"], "D6")[1])
    assert len(names) == 148
    assert names == sorted(names)


def test_the_menu_of_codes_follows_the_village_chosen_beside_it(books: dict[str, Workbook]) -> None:
    book = books["survei-ketahanan-keluarga-2022.xlsx"]
    assert book["Jawaban"]["D5"].value == "Desa"
    formula = check(book["Jawaban"], "E6")[1]
    assert formula == (
        'IF($D6="",Daftar!$C$4:$C$151,OFFSET(Daftar!$C$4,MATCH($D6,Daftar!$B$4:$B$151,0)-1,0,'
        "COUNTIF(Daftar!$B$4:$B$151,$D6),1))"
    )
    codes = {entry["village_code"]: entry["village_name"] for entry in reference("villages")}
    pairs = [(book["Daftar"].cell(row, 2).value, book["Daftar"].cell(row, 3).value) for row in range(4, 152)]
    assert all(codes[code] == name for name, code in pairs)
    # The formula offers a run of cells: equal names must stand together.
    seen = [
        name for position, (name, _) in enumerate(pairs) if position == 0 or pairs[position - 1][0] != name
    ]
    assert len(seen) == len(set(seen)) < 148


@pytest.mark.parametrize(
    ("file", "cell", "expected"),
    [
        ("laporan-opd-2022.xlsx", "E6", ("date", "DATE(2022,1,1)", "DATE(2023,12,31)")),
        ("laporan-opd-2022.xlsx", "G6", ("whole", "0", None)),
        ("survei-ketahanan-keluarga-2022.xlsx", "F6", ("whole", "1", "4")),
        ("survei-ketahanan-keluarga-2022.xlsx", "S6", ("whole", "1", "4")),
        ("survei-ketahanan-keluarga-2022.xlsx", "B6", ("custom", "COUNTIF($B$6:$B$5000,B6)=1", None)),
        ("desa-2022.xlsx", "E6", ("whole", "2015", "2023")),
    ],
)
def test_numbers_and_dates_are_checked(
    books: dict[str, Workbook], file: str, cell: str, expected: tuple[str, str, str | None]
) -> None:
    assert check(books[file][SHEETS[file]], cell) == expected


@pytest.mark.parametrize("file", SHEETS)
def test_headings_stay_in_sight_and_cannot_be_overtyped(books: dict[str, Workbook], file: str) -> None:
    sheet = books[file][SHEETS[file]]
    assert re.fullmatch(r"[A-Z]6", sheet.freeze_panes)
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert sheet["A5"].protection.locked
    assert not sheet["A6"].protection.locked
    assert not sheet.column_dimensions["A"].protection.locked
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$5:$5"
    assert all(6 <= sheet.column_dimensions[cell.column_letter].width <= 62 or cell.value.startswith("P")
               for cell in sheet[5])  # fmt: skip


@pytest.mark.parametrize("file", SHEETS)
def test_the_example_has_the_same_headings_and_says_that_it_is_not_read(
    books: dict[str, Workbook], file: str
) -> None:
    sheet, example = books[file][SHEETS[file]], books[file]["Contoh"]
    assert [cell.value for cell in example[5]] == [cell.value for cell in sheet[5]]
    assert "tidak dibaca" in example["A3"].value
    assert example["A6"].value is not None


@pytest.mark.parametrize("file", [*SHEETS, "anggaran-2022.xlsx"])
def test_the_read_me_explains_every_column(books: dict[str, Workbook], file: str) -> None:
    texts = [cell.value for cells in books[file]["Baca saya"].iter_rows() for cell in cells if cell.value]
    sheet = books[file][SHEETS.get(file, "Januari")]
    headings = [cell.value for cell in sheet[5 if file in SHEETS else 8] if cell.value]
    items = [heading for heading in headings if re.fullmatch(r"P\d+", heading)]
    assert set(headings) - set(items) <= set(texts)
    assert not items or "P1–P14" in texts
    assert any("UU 27/2022" in text for text in texts)


def test_a_whole_export_can_be_pasted_over_a_month(books: dict[str, Workbook]) -> None:
    book = books["anggaran-2022.xlsx"]
    for name in MONTHS:
        sheet = book[name]
        # Excel refuses to paste over merged or locked cells.
        assert not sheet.merged_cells.ranges
        assert not sheet.protection.sheet
        assert f"{name.upper()} 2022" in sheet["A5"].value
        assert sheet["A9"].number_format == "@"
    assert sum(
        1
        for cells in book["Contoh"].iter_rows(min_row=5)
        for cell in cells
        if cell.value == "JUMLAH SELURUHNYA"
    )


def test_the_worked_budget_example_adds_up(books: dict[str, Workbook]) -> None:
    rows = [[cell.value for cell in cells] for cells in books["anggaran-2022.xlsx"]["Contoh"]["A5:I11"]]
    accounts = [row for row in rows if re.fullmatch(r"5\d{5}", row[0] or "")]
    for position in (2, 4, 5, 6, 8):
        assert {row[position] for row in rows if row not in accounts} == {
            sum(row[position] for row in accounts)
        }


def test_the_notes_can_be_english_and_the_headings_stay(tmp_path: Path, books: dict[str, Workbook]) -> None:
    folder = write_template(TemplateRequest(2022, raw=str(tmp_path), locale="en"))[0].parent
    book = openpyxl.load_workbook(folder / "laporan-opd-2022.xlsx")
    own = books["laporan-opd-2022.xlsx"]
    assert [cell.value for cell in book["Laporan"][5]] == [cell.value for cell in own["Laporan"][5]]
    assert book["Contoh"]["A3"].value.startswith("AN EXAMPLE ONLY")
    assert own["Contoh"]["A3"].value.startswith("CONTOH SAJA")


def test_another_office_gets_its_own_villages_and_empty_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "project"
    shutil.copytree(REFERENCE, root / "data" / "reference")
    with (root / "data" / "reference" / "villages.csv").open("a", encoding="utf-8") as handle:
        handle.write("63.05.01.2001,Contoh Baru,desa,63.05.01\n")
    with (root / "data" / "reference" / "districts.csv").open("a", encoding="utf-8") as handle:
        handle.write("63.05.01,Kecamatan Contoh,63.05\n")
    with (root / "data" / "reference" / "opd_registry.csv").open("a", encoding="utf-8") as handle:
        for name, start, end in (
            ("Dinas Contoh", 2017, ""),
            ("Badan Contoh", 2023, ""),
            ("Kantor", 2016, 2020),
        ):
            dates = f"{start}-01-01,{end}-12-31" if end else f"{start}-01-01,"
            handle.write(f"{name.lower().replace(' ', '-')},{name},{name},{name},Sample,{dates},63.05\n")
    monkeypatch.setattr(template, "project_root", lambda: root)
    paths = write_template(TemplateRequest(2022, office="bnnk-tapin", regency="63.05"))
    declared = tomllib.loads(paths[0].read_text(encoding="utf-8"))
    assert declared["office"]["regency_code"] == "63.05"
    assert declared["office"]["name_id"] == declared["release"]["place"] == ""
    sheet = openpyxl.load_workbook(paths[0].parent / "desa-2022.xlsx")["Desa"]
    assert [cell.value for cell in sheet[6]][:4] == [
        "63.05.01.2001",
        "Contoh Baru",
        "Kecamatan Contoh",
        "desa",
    ]
    assert sheet["A7"].value is None
    book = openpyxl.load_workbook(paths[0].parent / "laporan-opd-2022.xlsx")
    rows = [(sheet.cell(row, 2).value, sheet.cell(row, 3).value) for sheet in (book["Laporan"],)
            for row in range(6, 9)]  # fmt: skip
    assert rows == [("Dinas Contoh", "B06"), ("Dinas Contoh", "B12"), (None, None)]
    own = {name for path in paths if path.suffix == ".xlsx" for name in shown_names(path)}
    assert not own & ({entry["opd_name"] for entry in reference("opd_registry")}
                      | {entry["village_name"] for entry in reference("villages")}
                      | {entry["district_name"] for entry in reference("districts")})  # fmt: skip


def shown_names(path: Path) -> set[str]:
    """Return every text of a workbook, its hidden lists included."""
    book = openpyxl.load_workbook(path)
    return {cell.value for sheet in book for row in sheet.iter_rows() for cell in row
            if isinstance(cell.value, str)}  # fmt: skip
