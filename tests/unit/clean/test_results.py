"""What is kept of a cleaning: counts that add up, quality files, nothing half-written."""

from __future__ import annotations

import csv
import json

import pandas as pd
import pytest

from helpers.clean import CleanResult, summarise_quality, write_results
from helpers.clean.results import write_quality
from helpers.errors import DataError, Finding, Place


def result(**changes) -> CleanResult:
    values = {"source": "villages", "tables": {}, "rejects": pd.DataFrame(), "corrections": pd.DataFrame(),
              "findings": (), "rows_in": 3, "rows_kept": 2, "rows_rejected": 1,
              "rows_corrected": 0}  # fmt: skip
    return CleanResult(**{**values, **changes})


@pytest.mark.parametrize("changes", [{"rows_in": 4}, {"rows_kept": 3}, {"rows_rejected": 0}])
def test_a_lost_row_cannot_be_built(changes):
    with pytest.raises(ValueError, match=r"villages: . rows in, . kept and . rejected: a row was lost"):
        result(**changes)


def test_the_summary_counts_each_source():
    summary = summarise_quality({"villages": result()})
    assert summary.values.tolist() == [["villages", 3, 2, 1, 0, 0, 0]]


def test_quality_and_rejects_are_written_as_the_contract_says(project):
    project.replace("desa.csv", ";2020;", ";dua puluh;")
    results = project.clean("villages")
    with pytest.raises(DataError, match="bukan angka"):
        write_results(results, project.edition)
    assert not project.processed.exists()
    write_quality(results, project.edition)
    quality = json.loads((project.edition.paths.quality / "villages.json").read_text(encoding="utf-8"))
    assert [quality[key] for key in ("rows_in", "rows_kept", "rows_rejected")] == [148, 147, 1]
    (reject,) = quality["rejects"]
    assert (reject["source_file"], reject["source_cell"], reject["value"]) == ("desa.csv", "E75", "dua puluh")
    assert reject["reason_id"] == 'Tahun Desa Bersinar "dua puluh" bukan angka.'
    assert reject["remedy_en"].startswith("Mend the cell")
    with (project.edition.paths.processed / "rejects/villages.csv").open(encoding="utf-8") as stream:
        assert next(csv.DictReader(stream))["source_cell"] == "E75"


def test_a_correction_of_two_cells_of_one_row_is_one_row(project):
    project.correct("""
- {source: villages, cell: B2, from: Hamalau, to: Hamalau, reason: uji, who: penguji}
- {source: villages, cell: E2, from: "", to: "2021", reason: uji, who: penguji}
""")
    villages = project.clean("villages")["villages"]
    assert (len(villages.corrections), villages.rows_corrected) == (2, 1)
    table = villages.tables["clean_villages__village"]
    assert table.loc[0, "desa_bersinar_year"] == 2021
    assert bool(table.loc[0, "is_desa_bersinar"])


def test_a_source_that_cannot_be_read_still_has_its_tables_with_their_columns(project):
    (project.raw / "desa.csv").write_bytes(b"")
    villages = project.clean("villages")["villages"]
    table = villages.tables["clean_villages__village"]
    assert (len(table), str(table["village_code"].dtype), villages.rows_in) == (0, "str", 0)


def test_villages_without_codes_are_matched_by_name_within_their_district(project):
    path = project.raw / "desa.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    bare = [line.split(";", 1)[1] for line in lines]
    path.write_text("\n".join(bare) + "\n", encoding="utf-8")
    villages = project.clean("villages")["villages"]
    assert [f.text() for f in villages.errors] == []
    assert villages.tables["clean_villages__village"]["village_code"].tolist() == [
        line.split(";", 1)[0] for line in lines[1:]
    ]


def test_an_ambiguous_village_without_district_offers_its_candidates(project):
    path = project.raw / "desa.csv"
    path.write_text(
        "Nama Desa;Kecamatan;Tahun Desa Bersinar;Kelas Kerawanan\nBaru;;;\nTibung Raja;Kandangan;;\n",
        encoding="utf-8",
    )
    found = project.clean("villages")["villages"].findings
    ambiguous = [f for f in found if f.code == "name_ambiguous"]
    assert [(f.place.cell, f.values["candidates"]) for f in ambiguous] == [
        ("A2", ["Baru (100)", "Baru (100)"])
    ]
    fuzzy = [f for f in found if f.code == "name_matched_by_similarity"]
    assert [(f.place.cell, f.values["match"]) for f in fuzzy] == [("A3", "Tibung Raya")]


# -- what is published of quality ------------------------------------------------------------
SURVEY, SHEET = "survei-ketahanan-keluarga-2021.xlsx", "Jawaban"


def test_of_people_the_cell_and_the_reason_are_published_but_no_value(project):
    project.set_cells(SURVEY, SHEET, {"C9": "K-07", "C10": "K-07 <b>Fulan</b>"})
    project.correct("""
- {source: family_survey, sheet: Jawaban, cell: G7, from: "4", to: "3", reason: salah ketik, who: penguji}
""")
    result = project.clean("family_survey")["family_survey"]
    told = {finding.code: finding for finding in result.published().findings if finding.severity != "error"}
    markup = told["text_markup"]
    assert (markup.place.file, markup.place.sheet, markup.place.cell) == (SURVEY, SHEET, "C10")
    assert markup.what("id") == 'teks memuat tanda HTML: "nilai tidak ditampilkan".'
    assert markup.what("en") == 'the text holds HTML: "value not shown".'
    (correction,) = result.published().quality()["corrections"]
    assert (correction["source_cell"], correction["reason"]) == ("G7", "salah ketik")
    assert (correction["from"], correction["to"]) == (None, None)
    whole = json.dumps(result.published().quality())
    assert "K-07" not in whole
    assert "Fulan" not in whole
    # The office itself sees what it has to mend.
    assert result.quality()["corrections"][0]["to"] == "3"
    assert "Fulan" in json.dumps(result.quality())


def test_rejected_answers_are_published_without_the_answer(project):
    project.set_cells(SURVEY, SHEET, {"G7": "tujuh"})
    result = project.clean("family_survey")["family_survey"]
    (reject,) = result.published().quality()["rejects"]
    assert (reject["source_cell"], reject["value"], reject["reason_en"]) == ("G7", None, "value not shown")
    assert "tujuh" not in json.dumps(result.published().quality())


@pytest.mark.parametrize(
    ("old", "new", "shown"), [("12O", "3", None), ("12O", "120", "120"), ("2", "120", None)]
)
def test_a_count_of_few_people_is_not_told_by_a_correction(project, old, new, shown):
    project.set_cells("laporan-opd-2021.xlsx", "Laporan", {"G15": old})
    project.correct(f"""
- {{source: opd_reports, sheet: Laporan, cell: G15, from: "{old}", to: "{new}", reason: uji, who: penguji}}
""")
    result = project.clean("opd_reports")["opd_reports"]
    (correction,) = result.published().quality()["corrections"]
    assert correction["to"] == shown
    assert (correction["from"] is None) == (shown is None)


def test_a_total_that_differs_does_not_tell_a_small_count():
    place = Place("laporan-opd-2021.xlsx", "Laporan", "K60")
    values = {"column": "Positif", "value": 5, "computed": 3, "difference": 2}
    told = Finding("count_total_not_sum", "opd_reports", place, "warning", values)
    wrong = result(source="opd_reports", findings=(told,))
    (finding,) = wrong.published().findings
    assert finding.what("en").startswith(
        "total Positif value not shown is not the sum of the rows, value not"
    )
    assert not [digit for digit in "235" if digit in finding.what("en")]
    large = result(source="budget", findings=wrong.findings)
    assert large.published() is large


def test_the_published_file_and_that_of_the_office_are_two(project):
    project.set_cells(SURVEY, SHEET, {"C10": "K-07 <b>Fulan</b>"})
    write_quality(project.clean("family_survey"), project.edition)
    folder = project.edition.paths.quality
    assert "Fulan" not in (folder / "family_survey.json").read_text(encoding="utf-8")
    assert "Fulan" in (folder / "family_survey.office.json").read_text(encoding="utf-8")
