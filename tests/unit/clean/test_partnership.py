"""Commitments and the work plan: what staff type, right and wrong, in the shipped 2026 workbooks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.clean import CleanResult, clean_sources
from helpers.clean.partnership import normal_parties, read_span
from helpers.edition import load_edition
from helpers.params import RunParams
from helpers.paths import project_root

ROOT = Path(__file__).resolve().parents[3]
COMMITMENTS, PLAN = "komitmen-2026.xlsx", "rencana-kerja-2026.xlsx"
TABLE, LOG, ACTIVITIES = (
    "clean_commitments__commitment", "clean_commitment_log__change", "clean_work_plan__activity",
)  # fmt: skip


@dataclass(frozen=True)
class Partnership:
    """A scratch project that holds the 2026 edition."""

    raw: Path

    def type_in(self, file: str, sheet: str, cells: Mapping[str, Any]) -> None:
        book = openpyxl.load_workbook(self.raw / file)
        for cell, value in cells.items():
            book[sheet][cell] = value
        book.save(self.raw / file)

    def clean(self, *names: str) -> dict[str, CleanResult]:
        return clean_sources(load_edition(RunParams(year=2026)), names or None)


@pytest.fixture
def partnership(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Partnership]:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    for part in ("raw/bnnk-hss/2026", "reference"):
        shutil.copytree(ROOT / "data" / part, tmp_path / "data" / part)
    monkeypatch.chdir(tmp_path)
    project_root.cache_clear()
    yield Partnership(tmp_path / "data/raw/bnnk-hss/2026")
    project_root.cache_clear()


#: Sheet row 6 is the first commitment; columns: A id, B party, C and D titles, E area, F and G
#: deliverable, H due, I status, J evidence, K updated.
BAD = [
    ("commitments", COMMITMENTS, "Komitmen", "I6", "Entah", "value_not_on_list"),
    ("commitments", COMMITMENTS, "Komitmen", "I6", None, "value_missing"),
    ("commitments", COMMITMENTS, "Komitmen", "E6", "Olahraga", "value_not_on_list"),
    ("commitments", COMMITMENTS, "Komitmen", "B6", None, "value_missing"),
    ("commitments", COMMITMENTS, "Komitmen", "H6", "31/02/2026", "date_impossible"),
    ("commitments", COMMITMENTS, "Komitmen", "H6", "segera", "not_a_date"),
    ("commitments", COMMITMENTS, "Komitmen", "K6", None, "value_missing"),
    ("commitments", COMMITMENTS, "Komitmen", "C6", "=A1&B1", "formula_without_result"),
    ("commitments", COMMITMENTS, "Komitmen", "J6", "hubungi 0812-3456-7890", "personal_phone"),
    ("commitments", COMMITMENTS, "Riwayat", "A6", "tidak-ada", "commitment_unknown"),
    ("commitments", COMMITMENTS, "Riwayat", "C6", "Lama", "value_not_on_list"),
    ("commitments", COMMITMENTS, "Riwayat", "B6", "30 Februari 2026", "date_impossible"),
    ("work_plan", PLAN, "Renja", "F6", "V", "period_unreadable"),
    ("work_plan", PLAN, "Renja", "G6", None, "value_missing"),
    ("work_plan", PLAN, "Renja", "D6", "Olahraga", "value_not_on_list"),
    ("work_plan", PLAN, "Renja", "A7", "renja-sekolah", "duplicate_key"),
]


@pytest.mark.parametrize(("source", "file", "sheet", "cell", "value", "code"), BAD)
def test_a_bad_cell_is_one_finding_and_one_rejected_row(partnership, source, file, sheet, cell, value, code):
    partnership.type_in(file, sheet, {cell: value})
    result = partnership.clean(source)[source]
    assert [finding.code for finding in result.errors] == [code]
    (found,) = result.errors
    assert (found.place.file, found.place.sheet, found.place.cell) == (file, sheet, cell)
    assert all(found.remedy(locale) for locale in ("id", "en"))
    assert result.rows_rejected == 1
    assert result.rows_in == result.rows_kept + 1


def test_the_shipped_workbooks_are_clean_and_only_the_date_is_doubted(partnership):
    results = partnership.clean()
    assert [f.code for result in results.values() for f in result.findings] == ["stated_weekday"]
    counts = {name: (r.rows_in, r.rows_kept) for name, r in results.items()}
    # Ten commitments and as many entries of the log.
    assert counts["commitments"] == (20, 20)
    assert counts["work_plan"] == (4, 4)
    commitments = results["commitments"].tables[TABLE]
    assert set(commitments["commitment_status"]) == {"announced"}
    assert commitments["evidence"].isna().all()
    dated = commitments.dropna(subset=["due_date"])
    assert dated["commitment_id"].tolist() == ["renja-2026"]
    assert dated["due_date"].dt.strftime("%Y-%m-%d").tolist() == ["2026-12-31"]
    assert dated["due_precision"].tolist() == ["year"]


def test_an_id_used_twice_is_refused_and_its_log_is_left_without_a_commitment(partnership):
    partnership.type_in(COMMITMENTS, "Komitmen", {"A7": "koordinasi-bnnp"})
    errors = partnership.clean("commitments")["commitments"].errors
    places = [(f.code, f.place.sheet, f.place.cell) for f in errors]
    assert places == [("duplicate_key", "Komitmen", "A7"), ("commitment_unknown", "Riwayat", "A7")]


def test_due_before_the_agreement_is_refused(partnership):
    partnership.type_in(COMMITMENTS, "Komitmen", {"H6": "05/01/2026"})
    (found,) = partnership.clean("commitments")["commitments"].errors
    assert (found.code, found.place.cell) == ("due_before_agreement", "H6")
    assert "5 Januari 2026 mendahului kesepakatan (6 Januari 2026)" in found.what("id")


def test_due_on_the_stated_day_is_not_before_the_agreement(partnership):
    partnership.type_in(COMMITMENTS, "Komitmen", {"H6": "06/01/2026"})
    assert not partnership.clean("commitments")["commitments"].errors


def test_done_without_evidence_is_warned_and_kept(partnership):
    partnership.type_in(COMMITMENTS, "Komitmen", {"I6": "Selesai"})
    partnership.type_in(
        COMMITMENTS, "Riwayat", {"A16": "koordinasi-bnnp", "B16": "01/06/2026", "C16": "Selesai"}
    )
    result = partnership.clean("commitments")["commitments"]
    assert [(f.code, f.severity, f.place.cell) for f in result.findings] == [
        ("evidence_missing", "warning", "I6")
    ]
    assert result.rows_rejected == 0
    partnership.type_in(COMMITMENTS, "Komitmen", {"J6": "SK Bupati 12/2026"})
    assert partnership.clean("commitments")["commitments"].findings == ()


def test_a_status_that_the_log_does_not_end_with_is_warned(partnership):
    partnership.type_in(COMMITMENTS, "Komitmen", {"I6": "Berjalan"})
    (found,) = partnership.clean("commitments")["commitments"].findings
    assert (found.code, found.severity, found.place.cell) == ("status_not_last", "warning", "I6")


@pytest.mark.parametrize(
    ("area", "status", "expected"),
    [
        ("Dayamas", "sedang berjalan", ("empowerment", "in_progress")),
        ("sarana PRASARANA", "Batal", ("facilities", "dropped")),
        ("Community empowerment", "In progress", ("empowerment", "in_progress")),
        ("Berantas", "Planned", ("eradication", "planned")),
        ("sekolah", "Direncanakan", ("prevention_in_schools", "planned")),
    ],
)
def test_spellings_of_both_languages_are_known(partnership, area, status, expected):
    partnership.type_in(COMMITMENTS, "Komitmen", {"E6": area, "I6": status})
    row = partnership.clean("commitments")["commitments"].tables[TABLE].iloc[0]
    assert (row["area"], row["commitment_status"]) == expected


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("30/06/2026", "2026-06-30", "day"),
        ("Februari 2028", "2028-02-29", "month"),
        (2027, "2027-12-31", "year"),
    ],
)
def test_a_due_month_or_year_is_its_last_day(partnership, typed, day, precision):
    partnership.type_in(COMMITMENTS, "Komitmen", {"H6": typed})
    row = partnership.clean("commitments")["commitments"].tables[TABLE].iloc[0]
    assert (row["due_date"].strftime("%Y-%m-%d"), row["due_precision"]) == (day, precision)


def test_a_filled_plan_keeps_quarters_targets_and_results(partnership):
    cells = {"F6": "TW II", "G6": "Triwulan 3", "H6": "sekolah", "I6": 24, "J6": 30, "F7": "Mei", "G7": "q4"}
    partnership.type_in(PLAN, "Renja", cells)
    result = partnership.clean("work_plan")["work_plan"]
    assert [(f.code, f.severity) for f in result.findings] == [("realised_above_target", "warning")]
    rows = result.tables[ACTIVITIES]
    assert rows[["start_month", "end_month"]].iloc[:2].values.tolist() == [[4, 9], [5, 12]]
    assert rows[["target_count", "realised_count"]].iloc[0].tolist() == [24, 30]


@pytest.mark.parametrize(
    ("cells", "code", "cell"),
    [
        ({"F6": "IV", "G6": "I"}, "period_reversed", "G6"),
        ({"I6": 12}, "unit_missing", "H6"),
        ({"H6": "orang", "I6": "dua belas lusin"}, "not_a_number", "I6"),
        ({"H6": "orang", "I6": -3}, "number_out_of_range", "I6"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(partnership, cells, code, cell):
    partnership.type_in(PLAN, "Renja", cells)
    (found,) = partnership.clean("work_plan")["work_plan"].errors
    assert (found.code, found.place.cell) == (code, cell)


def test_without_a_log_the_commitments_stand_alone(partnership):
    path = partnership.raw / "edition.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('log_sheet = "Riwayat"\n', ""), encoding="utf-8")
    result = partnership.clean("commitments")["commitments"]
    assert (result.rows_in, result.rows_kept) == (10, 10)
    assert len(result.tables[LOG]) == 0


def test_the_stated_date_is_held_against_the_calendar(partnership):
    (found,) = partnership.clean("milestones")["milestones"].findings
    assert (found.code, found.severity, found.place.cell) == ("stated_weekday", "warning", "G2")
    assert found.what("id").endswith(
        "6 Januari 2026 jatuh pada hari Selasa. Tanggal yang cocok dengan hari tertulis: "
        "2 Januari 2026, 9 Januari 2026, dan 6 Februari 2026."
    )
    assert "6 January 2026 is a Tuesday" in found.what("en")


@pytest.mark.parametrize(
    ("stated", "codes", "disputed"),
    [
        ("Jumat, 06 Februari 2026", [], False),
        ("06-02-2026", [], False),
        ("Kamis, 5 Februari 2026", ["stated_date_differs"], True),
        ("Friday, 6 January 2026", ["stated_weekday"], True),
        ("kemarin", ["not_a_date"], None),
    ],
)
def test_a_stated_date_agrees_differs_or_cannot_be_read(partnership, stated, codes, disputed):
    path = partnership.raw / "tonggak.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Jumat, 06 Januari 2026", stated), encoding="utf-8")
    result = partnership.clean("milestones")["milestones"]
    assert [finding.code for finding in result.findings] == codes
    if disputed is not None:
        assert bool(result.tables["clean_milestones__milestone"]["is_date_disputed"].iloc[0]) is disputed


def test_a_year_that_is_only_the_latest_is_told_apart(partnership):
    villages = partnership.clean("villages")["villages"].tables["clean_villages__village"]
    named = villages[villages["is_desa_bersinar"]].set_index("village_name")["desa_bersinar_precision"]
    assert len(named) == 10
    assert sorted(named.index[named == "exact"]) == ["Kandangan Kota", "Karang Jawa", "Tibung Raya"]
    assert villages.loc[~villages["is_desa_bersinar"], "desa_bersinar_precision"].isna().all()


def test_quarters_are_read_as_people_write_them():
    assert [read_span(text, last=False) for text in ("I", "tw iv", "Q2", "Triwulan 3", "Agustus")] == [
        1,
        10,
        4,
        7,
        8,
    ]
    assert [read_span(text, last=True) for text in ("I", "tw iv", "Q2", "V", "semester")] == [
        3,
        12,
        6,
        None,
        None,
    ]
    assert normal_parties("A ;B;;") == "A; B"
