"""The OPD reports and the survey agree with what was published, and hold no personal data."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest
import yaml

from .conftest import PROJECT, RAW

OPD_FILE, SURVEY_FILE = "laporan-opd-2021.xlsx", "survei-ketahanan-keluarga-2021.xlsx"
MONTHS = {"Juni": 6, "Juli": 7, "Desember": 12}


@pytest.fixture(scope="module")
def opd_rows(load_raw):
    sheet = load_raw(OPD_FILE)["Laporan"]
    assert [cell.value for cell in sheet[5]] == [
        "No", "Nama OPD", "Posisi", "Status", "Tanggal Lapor", "Sosialisasi (kegiatan)",
        "Sosialisasi (orang)", "Tes Urine (kegiatan)", "Tes Urine (orang)", "Positif",
        "Regulasi", "Satgas", "Relawan",
    ]  # fmt: skip
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=59)]


@pytest.fixture(scope="module")
def survey_rows(load_raw):
    sheet = load_raw(SURVEY_FILE)["Jawaban"]
    items = [f"P{number}" for number in range(1, 15)]
    heading = ["No", "Kode Keluarga", "Kode Responden", "Peran", "Kode Desa", "Desa", *items]
    assert [cell.value for cell in sheet[4]] == heading
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=24)]


def read_count(cell):
    if cell is None or isinstance(cell, int):
        return cell
    return 0 if cell == "-" else int(cell.replace("O", "0"))


def read_date(cell):
    if isinstance(cell, dt.datetime):
        return cell.date()
    if "/" in cell:
        return dt.datetime.strptime(cell, "%d/%m/%Y").date()
    if "-" in cell:
        return dt.date.fromisoformat(cell)
    day, month, year = cell.split()
    return dt.date(int(year), MONTHS[month], int(day))


def test_27_departments_in_two_positions(opd_rows):
    assert [row[0] for row in opd_rows] == list(range(1, 55))
    assert Counter(row[2] for row in opd_rows) == {"B06": 27, "B12": 27}


def test_statuses_are_as_published(opd_rows):
    statuses = Counter((row[2], row[3].capitalize()) for row in opd_rows)
    assert statuses["B06", "Sudah lapor"] == 25
    assert statuses["B06", "Belum lapor"] == 2
    assert statuses["B12", "Sudah lapor"] == 16
    assert statuses["B12", "Dalam pengisian"] == 6
    assert statuses["B12", "Belum lapor"] == 5
    assert [row[1] for row in opd_rows if row[2] == "B06" and row[3] == "Belum lapor"] == ["Setwan", "BPBD"]


def test_reports_are_dated_working_days_before_the_release(opd_rows):
    for row in opd_rows:
        reported = row[3].upper() == "SUDAH LAPOR"
        assert (row[4] is not None) == reported, row
        if reported:
            day = read_date(row[4])
            assert day.weekday() < 5
            first, last = (
                (dt.date(2021, 6, 21), dt.date(2021, 7, 16))
                if row[2] == "B06"
                else (dt.date(2021, 12, 6), dt.date(2021, 12, 28))
            )
            assert first <= day <= last


def test_dates_are_entered_in_several_ways(opd_rows):
    cells = [row[4] for row in opd_rows if row[4] is not None]
    assert any(isinstance(cell, dt.datetime) for cell in cells)
    texts = [cell for cell in cells if isinstance(cell, str)]
    for form in (r"\d\d/\d\d/2021", r"2021-\d\d-\d\d", r"\d{1,2} \w+ 2021"):
        assert any(re.fullmatch(form, text) for text in texts), form


def test_counts_hold_together(opd_rows):
    for row in opd_rows:
        counts = [read_count(cell) for cell in row[5:]]
        status = row[3].upper()
        if status == "BELUM LAPOR":
            assert counts == [None] * 8
        elif status == "DALAM PENGISIAN":
            assert all(count is not None for count in counts[:2])
            assert counts[2:] == [None] * 6
        else:
            events, people, tests, tested, positive, *_ = counts
            assert events >= 1
            assert people >= 10 * events
            assert (tests == 0) == (tested == 0)
            assert 0 <= positive <= tested


def test_no_department_is_given_a_positive_result(opd_rows):
    cells = [row[9] for row in opd_rows if row[9] not in (None, "", "-")]
    assert len(cells) > 20
    assert {read_count(cell) for cell in cells} == {0}


def test_names_are_typed_as_people_type_them(opd_rows):
    names = {row[1] for row in opd_rows}
    assert {"Setwan", "PUTR", "BKAD", "Kominfo", "Dinas Kesehatn", "Kesbangpol "} <= names


def test_survey_sums_to_950_of_1120(survey_rows):
    scores = [[int(cell) for cell in row[6:]] for row in survey_rows]
    assert all(len(row) == 14 for row in scores)
    assert {score for row in scores for score in row} <= {1, 2, 3, 4}
    total = sum(sum(row) for row in scores)
    assert total == 950
    assert round(100 * total / 1120, 3) == 84.821


def test_survey_holds_a_parent_and_a_child_of_ten_families(survey_rows):
    assert [row[2] for row in survey_rows] == [f"R{number:02d}" for number in range(1, 21)]
    roles = Counter((row[1], row[3]) for row in survey_rows)
    families = [f"K{number:02d}" for number in range(1, 11)]
    assert roles == {(family, role): 1 for family in families for role in ("Orang Tua", "Anak")}
    assert {row[5] for row in survey_rows} == {"Tibung Raya"}


def test_survey_differs_by_dimension_role_and_family(survey_rows):
    def index(rows, columns):
        scores = [int(row[column]) for row in rows for column in columns]
        return 25 * sum(scores) / len(scores)

    belief, organisation, communication = range(6, 11), range(11, 16), range(16, 20)
    dimensions = [index(survey_rows, columns) for columns in (belief, organisation, communication)]
    assert dimensions[0] > dimensions[1] + 1 > dimensions[2] + 2
    parents = [row for row in survey_rows if row[3] == "Orang Tua"]
    children = [row for row in survey_rows if row[3] == "Anak"]
    assert index(parents, range(6, 20)) > index(children, range(6, 20))
    families = [index(survey_rows[n : n + 2], range(6, 20)) for n in range(0, 20, 2)]
    assert 10 < max(families) - min(families) < 40


def test_corrections_still_match_their_cells(load_raw):
    files = {"opd_reports": OPD_FILE, "family_survey": SURVEY_FILE}
    text = (PROJECT / "data" / "corrections" / "bnnk-hss" / "2021.yml").read_text(encoding="utf-8")
    corrections = yaml.safe_load(text)
    assert len(corrections) == 2
    for entry in corrections:
        assert set(entry) == {"source", "sheet", "cell", "from", "to", "reason", "who"}
        assert load_raw(files[entry["source"]])[entry["sheet"]][entry["cell"]].value == entry["from"]


def test_nothing_else_is_wrong_in_the_village_codes(survey_rows):
    codes = Counter(row[4] for row in survey_rows)
    assert codes == {"63.06.05.2017": 19, "63.06.05.2071": 1}


PERSONAL = {
    "NIK": re.compile(r"(?<!\d)\d{16}(?!\d)"),
    "phone": re.compile(r"(?<![\d.])(?:\+62|62|0)8\d{7,11}(?!\d)"),
    "email": re.compile(r"[\w.]+@[\w.]+\.\w+"),
    "heading": re.compile(
        r"(?i)^(nama|nama (lengkap|responden|anak|orang tua)|nik|alamat|no\.? hp|telepon)$"
    ),
}


def texts_of(path):
    if path.suffix == ".xlsx":
        import openpyxl

        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(values_only=True):
                yield from (str(cell) for cell in row if cell is not None)
    else:
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            yield from (line, *line.split(";"))


@pytest.mark.parametrize("path", sorted(RAW.iterdir()), ids=lambda path: path.name)
def test_raw_files_hold_no_personal_data(path):
    for text in texts_of(path):
        for kind, pattern in PERSONAL.items():
            assert not pattern.search(text.strip()), f"{kind} in {path.name}"


@pytest.mark.parametrize(
    ("kind", "text"),
    [("NIK", "NIK 6306051234567890"), ("phone", "0812345678901"), ("phone", "+6281234567890"),
     ("email", "a@b.go.id"), ("heading", "Nama Responden")],
)  # fmt: skip
def test_patterns_find_what_they_look_for(kind, text):
    assert PERSONAL[kind].search(text)
