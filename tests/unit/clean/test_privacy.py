"""What identifies a person is refused in every input, and repeated in nothing that is written of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.clean import write_quality
from helpers.clean.journal import Journal
from helpers.clean.privacy import check_sheet
from helpers.errors import DataError, Finding, Place
from helpers.read import RawSheet

SURVEY, REPORTS = "survei-ketahanan-keluarga-2021.xlsx", "laporan-opd-2021.xlsx"
#: Invented.
NIK = "6306051701990042"


def found_in(*columns: list[object]) -> set[tuple[str, str]]:
    journal = Journal("villages", "desa.csv", "")
    frame = pd.DataFrame({number: pd.Series(cells, dtype=object) for number, cells in enumerate(columns)})
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    check_sheet(RawSheet(None, frame), journal)
    return {(finding.code, str(finding.place.cell)) for finding in journal.findings}


def test_every_cell_of_a_sheet_is_looked_at() -> None:
    cells = ["Uraian", "6306 0517 0199 0042", "62.812.345.678", "6281234567890", "Rp1.200.000", "<b>x</b>",
             "Jl. Melati No. 12", "63.06.05.2017", "6306 0517 0199 0042", ""]  # fmt: skip
    assert found_in(cells) == {
        ("personal_nik", "A2"), ("personal_phone", "A4"), ("text_markup", "A6"), ("personal_data", "A7"),
        ("personal_nik", "A9"),
    }  # fmt: skip


def test_numbers_typed_as_numbers_count() -> None:
    numbers = [6306051701990042.0, 1.2e15, 6281234567890.0, 812345678.0, 9800000000000000.0, np.nan]
    assert found_in(numbers) == {("personal_nik", "A1"), ("personal_phone", "A3")}


def test_more_counts_below_a_heading_of_people() -> None:
    people = ["Penanggung Jawab", "Bidang P2M", "Drs. Fulan", "1234567890123456", 1234567890123456.0]
    others = ["Uraian", "Bidang P2M", "Drs. Fulan", "1234567890123456", 1234567890123456.0]
    assert found_in(others, people) == {
        ("personal_data", "B3"),
        ("personal_nik", "B4"),
        ("personal_nik", "B5"),
    }


@pytest.mark.parametrize("column", ["C", "D", "E", "F", "G"])
@pytest.mark.parametrize("value", [NIK, "6306 0517 0199 0042", "63060517\u200b01990042", float(NIK)])
def test_no_second_finding_repeats_what_was_refused(project, column: str, value: object) -> None:
    project.set_cells(SURVEY, "Jawaban", {f"{column}6": value})
    result = project.clean("family_survey")["family_survey"]
    assert "personal_nik" in {finding.code for finding in result.errors}
    write_quality({"family_survey": result}, project.edition)
    said = [finding.text(locale) for finding in result.findings for locale in ("id", "en")]
    said += [path.read_text(encoding="utf-8") for path in project.processed.rglob("*.*")]
    assert "6306••••••••0042" in "".join(said)
    for digits in (NIK, "6306 0517 0199 0042", "51701990"):
        assert digits not in "".join(said)


def correct(project, **parts: str) -> None:
    fix = {"source": "opd_reports", "sheet": "Laporan", "cell": "B10", "from": "x", "to": "Dinas Kesehatan",
           "reason": "x", "who": "Subbagian Umum"} | parts  # fmt: skip
    path = project.edition.paths.corrections
    path.write_text(path.read_text() + "- {" + ", ".join(f'{k}: "{v}"' for k, v in fix.items()) + "}\n")


def test_a_correction_takes_a_number_out_and_does_not_print_it(project) -> None:
    project.set_cells(REPORTS, "Laporan", {"B10": f"Dinkes {NIK}"})
    correct(project, **{"from": f"Dinkes {NIK}"})
    result = project.clean("opd_reports")["opd_reports"]
    assert not [finding for finding in result.findings if finding.code.startswith("personal")]
    assert "Dinkes 6306••••••••0042" in result.corrections["from"].tolist()
    assert NIK not in str(result.quality())


@pytest.mark.parametrize("part", ["to", "reason", "who"])
def test_a_correction_names_no_person(project, part: str) -> None:
    correct(project, **{part: f"Sdr. Fulan {NIK}"})
    finding = project.one("personal_text", "opd_reports")
    assert finding.values["field"].endswith(f", {part}")
    assert NIK not in finding.text("id") + finding.text("en")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('place = "Kandangan"', f'place = "Kandangan {NIK}"'),
        ('short_name = "BNNK HSS"', 'short_name = "ani@contoh.id"'),
        ('file = "desa.csv"', f'file = "desa {NIK}.csv"'),
        ('sheet = "Laporan"', 'sheet = "Laporan 0812-3456-7890"'),
    ],
)
def test_the_declaration_names_no_person(project, old: str, new: str) -> None:
    project.declare(old, new)
    with pytest.raises(DataError) as error:
        project.clean("villages")
    assert {finding.code for finding in error.value.findings} == {"personal_text"}
    assert NIK not in str(error.value)


def test_the_office_may_say_how_it_is_reached(project) -> None:
    project.declare('phone = ""', 'phone = "(0517) 21234"')
    project.declare('email = ""', 'email = "kantor@contoh.go.id"')
    project.set_cells(SURVEY, "Jawaban", {"A1": "Kantor, telp (0517) 21234, kantor@contoh.go.id"})
    assert project.clean("family_survey")["family_survey"].errors == ()


def test_a_record_of_a_source_names_no_person(project) -> None:
    path = project.raw / "desa.source.yml"
    path.write_text(path.read_text() + "contact: Fulan 0812-3456-7890\n")
    with pytest.raises(DataError) as error:
        project.clean("villages")
    (finding,) = error.value.findings
    assert (finding.code, finding.place.file, finding.values["field"]) == (
        "personal_text", "desa.source.yml", "contact")  # fmt: skip
    assert "3456" not in str(error.value)


def test_names_of_files_and_sheets_are_masked_in_a_finding() -> None:
    finding = Finding("sheet_missing", "budget", Place(f"{NIK}.xlsx", f"Data {NIK}"),
                      values={"sheets": [NIK], "existing": ["Data"]})  # fmt: skip
    assert NIK not in finding.text("id")
    assert finding.place == Place("6306••••••••0042.xlsx", "Data 6306••••••••0042")
