"""The workbooks of a partnership: declared only where opened, read back without a finding once filled."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path

import openpyxl
import pytest

from helpers.clean import clean_sources
from helpers.edition import load_edition
from helpers.params import RunParams
from helpers.workbooks.template import TemplateRequest, write_template

YEAR = 2027


def opened(text: str) -> str:
    """Return a declaration with the optional sources opened, as the comment above them says."""
    return re.sub(r"^# (\[sources\.|file = |sheet = |log_sheet = )", r"\1", text, flags=re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_template(TemplateRequest(YEAR, raw=str(tmp_path / "raw")))
    path = tmp_path / "raw" / "bnnk-hss" / str(YEAR)
    declaration = path / "edition.toml"
    text = declaration.read_text(encoding="utf-8")
    assert "commitments" not in tomllib.loads(text)["sources"]
    declaration.write_text(opened(text).replace('date = ""', f"date = {YEAR}-06-30"), encoding="utf-8")
    assert tomllib.loads(opened(text))["sources"]["commitments"]["log_sheet"] == "Riwayat"
    return path


def clean(folder: Path):
    params = RunParams(year=YEAR, raw=str(folder.parents[1]))
    return clean_sources(load_edition(params), ["commitments", "work_plan"])


def fill(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    book = openpyxl.load_workbook(path)
    for sheet, rows in sheets.items():
        for row, values in enumerate(rows, start=6):
            for column, value in enumerate(values, start=1):
                book[sheet].cell(row, column, value)
    book.save(path)


def test_filled_by_its_drop_downs_it_is_read_back_without_a_finding(folder):
    day = dt.date(YEAR, 2, 1)
    fill(folder / f"komitmen-{YEAR}.xlsx", {
        "Komitmen": [
            ["perda", "Pemkab", "Perda P4GN", "Regulation", "Regulasi", "Perda", "Regulation",
             f"30/06/{YEAR}", "Selesai", "Perda 3", dt.date(YEAR, 5, 2)],
            ["sekolah", "BNNP; Pemkab", "Sosialisasi", "Outreach", "Pencegahan di sekolah", None, None,
             f"Oktober {YEAR}", "Berjalan", None, dt.date(YEAR, 4, 1)],
        ],
        "Riwayat": [["perda", day, "Diumumkan"], ["perda", dt.date(YEAR, 5, 2), "Selesai"],
                    ["sekolah", day, "Diumumkan"], ["sekolah", dt.date(YEAR, 4, 1), "Berjalan"]],
    })  # fmt: skip
    fill(folder / f"rencana-kerja-{YEAR}.xlsx", {"Renja": [
        ["sekolah", "Sosialisasi", "Outreach", "Pencegahan di sekolah", "BNNP; Pemkab", "I", "III", "sekolah",
         24, 9],
    ]})  # fmt: skip
    results = clean(folder)
    assert [finding.text("id") for result in results.values() for finding in result.findings] == []
    commitments = results["commitments"].tables["clean_commitments__commitment"]
    assert commitments["commitment_status"].tolist() == ["done", "in_progress"]
    assert commitments["due_date"].dt.strftime("%m-%d").tolist() == ["06-30", "10-31"]
    assert len(results["commitments"].tables["clean_commitment_log__change"]) == 4
    (activity,) = results["work_plan"].tables["clean_work_plan__activity"].to_dict("records")
    assert (activity["start_month"], activity["end_month"], activity["target_count"]) == (1, 9, 24)


def test_an_unfilled_workbook_is_one_plain_finding_each(folder):
    results = clean(folder)
    assert {name: [f.code for f in result.errors] for name, result in results.items()} == {
        "commitments": ["source_empty"], "work_plan": ["source_empty"],
    }  # fmt: skip


def test_drop_downs_offer_what_the_cleaner_knows(folder):
    book = openpyxl.load_workbook(folder / f"komitmen-{YEAR}.xlsx")
    assert book.sheetnames == ["Baca saya", "Komitmen", "Riwayat", "Contoh", "Daftar"]
    lists = {column[2].value: [cell.value for cell in column[3:] if cell.value]
             for column in book["Daftar"].iter_cols()}  # fmt: skip
    assert lists["Status"] == ["Diumumkan", "Direncanakan", "Berjalan", "Selesai", "Dihentikan"]
    assert lists["Bidang"] == [
        "Pencegahan di sekolah", "Pemberdayaan masyarakat", "Rehabilitasi", "Pemberantasan", "Regulasi",
        "Pendanaan", "Fasilitas", "Koordinasi",
    ]  # fmt: skip
    for sheet, column in (("Komitmen", "I"), ("Riwayat", "C")):
        found = [check.formula1 for check in book[sheet].data_validations.dataValidation
                 if str(check.sqref).startswith(f"{column}6:")]  # fmt: skip
        assert found == ["Daftar!$B$4:$B$8"]
