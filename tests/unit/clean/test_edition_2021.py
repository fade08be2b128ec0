"""The 2021 edition as it is shipped is read whole, and every figure can be followed to its cell."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from helpers.clean import CleanResult, clean_sources, summarise_quality, write_results
from helpers.columns import TABLES
from helpers.edition import load_edition
from helpers.params import RunParams
from helpers.read import read_table

RAW = Path(__file__).resolve().parents[3] / "data/raw/bnnk-hss/2021"


@pytest.fixture(scope="module")
def results() -> dict[str, CleanResult]:
    return clean_sources(load_edition(RunParams()))


def amount(value: object) -> int:
    """Read an amount as a person does: strip the mess, keep sign and digits."""
    if isinstance(value, int | float):
        return int(value)
    text = str(value)
    digits = "".join(character for character in text if character.isdigit())
    return int(digits or 0) * (-1 if "(" in text else 1)


def test_no_source_has_an_error_or_a_warning(results):
    said = [f.text() for r in results.values() for f in r.findings if f.severity != "note"]
    assert said == []


def test_rows_in_are_kept_in_every_source(results):
    summary = summarise_quality(results).set_index("source")
    assert summary.loc["opd_reports", "rows_in"] == 27 * 2
    assert summary.loc["family_survey", "rows_in"] == 20
    assert summary.loc["villages", "rows_in"] == 148
    assert (summary["rows_in"] == summary["rows_kept"]).all()
    assert summary.loc[["opd_reports", "family_survey"], "rows_corrected"].tolist() == [1, 1]


def test_tables_are_those_of_the_dictionary(results):
    tables = {name: frame for result in results.values() for name, frame in result.tables.items()}
    # Those of the partnership are the other edition's.
    other = {"clean_commitments__commitment", "clean_commitment_log__change", "clean_work_plan__activity"}
    assert set(tables) == set(TABLES) - other
    for name, frame in tables.items():
        assert list(frame.columns) == TABLES[name].columns


def test_december_reconciles_to_the_published_absorption(results):
    lines = results["budget"].tables["clean_budget__line_month"]
    december = lines[lines["month"] == 12]
    spent, ceiling = int(december["expenditure_to_date_idr"].sum()), int(december["ceiling_idr"].sum())
    assert Fraction(spent, ceiling) == Fraction(983, 1000)


def test_every_budget_amount_stands_in_the_cell_that_it_names(results):
    book = openpyxl.load_workbook(RAW / "anggaran-2021.xlsx")
    lines = results["budget"].tables["clean_budget__line_month"]
    accounts = 0
    for row in lines.to_dict("records"):
        sheet = book[row["source_sheet"]]
        for pair in row["source_columns"].split():
            measure, letter = pair.split(":")
            assert amount(sheet[f"{letter}{row['source_row']}"].value) == row[measure]
        assert str(sheet[f"A{row['source_row']}"].value) == row["account_code"]
    for name in book.sheetnames[:12]:
        codes = [str(cell.value or "") for cell in book[name]["A"]]
        accounts += sum(len(code) == 6 and code.isdigit() for code in codes)
    assert len(lines) == accounts


def test_the_plan_is_the_sheet_transposed(results):
    plan = results["budget"].tables["clean_budget_plan__type_month"]
    sheet = openpyxl.load_workbook(RAW / "anggaran-2021.xlsx")["Rencana Penarikan"]
    total_row = next(cell.row for cell in sheet["A"] if cell.value == "JUMLAH")
    for month in range(1, 13):
        stated = amount(sheet.cell(total_row, month + 2).value)
        assert int(plan.loc[plan["month"] == month, "planned_idr"].sum()) == stated


def test_departments_are_those_of_the_release(results):
    reports = results["opd_reports"].tables["clean_opd_reports__opd_period"]
    june = reports[reports["reporting_period"] == "2021-B06"]
    assert int(june["is_reported"].sum()) == 25
    assert sorted(june.loc[~june["is_reported"], "opd_id"]) == ["bpbd", "setwan"]
    assert june["opd_id"].nunique() == 27


def test_a_correction_reaches_the_table_and_is_recorded(results):
    result = results["opd_reports"]
    assert result.corrections[["source_cell", "from", "to"]].values.tolist() == [["G15", "12O", "120"]]
    reports = result.tables["clean_opd_reports__opd_period"]
    assert reports.loc[reports["source_row"] == 15, "outreach_people_count"].tolist() == [120]


def test_survey_scores_add_up_to_the_published_index(results):
    answers = results["family_survey"].tables["clean_family_survey__respondent_item"]
    assert (len(answers), int(answers["item_score"].sum())) == (20 * 14, 950)
    assert round(950 / 1120 * 100, 3) == 84.821


def test_villages_are_the_official_148(results):
    villages = results["villages"].tables["clean_villages__village"]
    with (RAW / "desa.csv").open(encoding="utf-8-sig") as stream:
        source = list(csv.DictReader(stream, delimiter=";"))
    assert villages["village_code"].tolist() == [row["Kode Desa"] for row in source]
    assert villages.loc[villages["is_desa_bersinar"], "village_name"].tolist() == ["Tibung Raya"]
    assert set(villages["match_method"]) == {"code"}


def test_the_same_inputs_give_the_same_bytes(whole_project):
    def written() -> dict[str, bytes]:
        files = write_results(whole_project.clean(), whole_project.edition)
        return {path.name: path.read_bytes() for path in files}

    first = written()
    assert len(first) == 2 * 8 + 3 * 7
    assert written() == first


def test_processed_tables_come_back_with_the_same_types(whole_project):
    results = whole_project.clean()
    write_results(results, whole_project.edition)
    for result in results.values():
        for name, frame in result.tables.items():
            back = read_table(name, whole_project.edition.paths.processed)
            pd.testing.assert_frame_equal(back, frame)
