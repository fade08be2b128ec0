"""The workbooks of a new edition: empty they are refused in plain words, filled they become a report."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2
import pytest

from helpers.clean import CleanResult, clean_sources
from helpers.edition import load_edition
from helpers.errors import DataError
from helpers.params import RunParams
from helpers.run.report import make_report
from helpers.workbooks.template import TemplateRequest, write_template

from .filling import fill

YEAR = 2022
ILLUSTRATIVE = re.compile("data ilustrasi|illustrative data", re.IGNORECASE)


def params_of(base: Path) -> RunParams:
    """Return the parameters of the edition below a folder."""
    return RunParams(
        year=YEAR, raw=str(base / "raw"), processed=str(base / "processed"), out=str(base / "reports")
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> RunParams:
    """An edition whose workbooks were written by the template and filled by hand."""
    base = tmp_path_factory.mktemp("template")
    write_template(TemplateRequest(YEAR, raw=str(base / "raw")))
    fill(base / "raw" / "bnnk-hss" / str(YEAR), YEAR)
    return params_of(base)


@pytest.fixture(scope="module")
def results(filled: RunParams) -> dict[str, CleanResult]:
    """Its sources, cleaned."""
    return clean_sources(load_edition(filled))


def test_a_filled_edition_is_read_back_without_a_finding(results: dict[str, CleanResult]) -> None:
    assert [finding.text("id") for result in results.values() for finding in result.findings] == []


def test_so_is_one_whose_notes_are_english(tmp_path: Path) -> None:
    write_template(TemplateRequest(YEAR, raw=str(tmp_path / "raw"), locale="en"))
    fill(tmp_path / "raw" / "bnnk-hss" / str(YEAR), YEAR)
    cleaned = clean_sources(load_edition(params_of(tmp_path)))
    assert [finding.text("en") for result in cleaned.values() for finding in result.findings] == []
    assert sum(result.rows_kept for result in cleaned.values()) > 0


def test_every_filled_row_is_kept(results: dict[str, CleanResult]) -> None:
    assert {name: (result.rows_in, result.rows_kept) for name, result in results.items()} == {
        "budget": (36, 36), "opd_reports": (54, 54), "family_survey": (20, 20), "villages": (148, 148),
        "programmes": (2, 2), "milestones": (2, 2), "published": (4, 4),
    }  # fmt: skip


def test_what_was_typed_is_what_is_read(results: dict[str, CleanResult]) -> None:
    lines = results["budget"].tables["clean_budget__line_month"]
    december = lines[lines["month"] == 12]
    # 960 million of ceiling; 49.0 + 19.5 + 9.9 million a month, twelve times.
    assert december["ceiling_idr"].sum() == 960_000_000
    assert december["expenditure_to_date_idr"].sum() == 940_800_000
    reports = results["opd_reports"].tables["clean_opd_reports__opd_period"]
    assert int((reports["is_reported"] & reports["reporting_period"].str.endswith("B06")).sum()) == 26
    assert set(reports["match_method"]) == {"exact"}
    survey = results["family_survey"].tables["clean_family_survey__respondent_item"]
    assert int(survey["item_score"].sum()) == 980
    villages = results["villages"].tables["clean_villages__village"].set_index("village_code")
    assert villages.loc["63.06.05.2017", "desa_bersinar_year"] == 2020
    assert int(villages["is_desa_bersinar"].sum()) == 1


def test_the_report_of_an_official_edition_is_marked_nowhere(filled: RunParams) -> None:
    report = make_report(filled, jobs=2)
    facts = json.loads((report / "facts.json").read_text(encoding="utf-8"))
    by_key = {fact["key"]: fact for fact in facts["facts"]}
    assert facts["data_status"] == "official"
    assert by_key["budget.absorption_rate"]["value"] == pytest.approx(0.98)
    assert by_key["budget.absorption_rate"]["agrees"] is True
    assert by_key["resilience.index"]["value"] == pytest.approx(87.5)
    assert not [key for key, fact in by_key.items() if fact["illustrative"]]
    pages = [path for path in report.rglob("*") if path.suffix in (".html", ".txt", ".svg", ".csv")]
    assert len(pages) > 15
    assert [path.name for path in pages if ILLUSTRATIVE.search(path.read_text(encoding="utf-8"))] == []
    for path in report.glob("*.pdf"):
        with pypdfium2.PdfDocument(path) as pdf:
            assert not ILLUSTRATIVE.search(" ".join(page.get_textpage().get_text_range() for page in pdf))
    # Nothing was found, so nothing is marked.
    assert not filled.paths.marked.exists()


def test_an_unfilled_edition_says_so_in_plain_sentences(tmp_path: Path) -> None:
    write_template(TemplateRequest(YEAR, raw=str(tmp_path / "raw")))
    with pytest.raises(DataError) as caught:
        make_report(params_of(tmp_path))
    (missing,) = caught.value.findings
    assert missing.text("id") == (
        'edition.toml: "release.date" (-) bukan tanggal. Tulis tanpa tanda kutip, misalnya date = 2022-12-29.'
    )
    declaration = tmp_path / "raw" / "bnnk-hss" / str(YEAR) / "edition.toml"
    declaration.write_text(
        declaration.read_text(encoding="utf-8").replace('date = ""', "date = 2022-12-29"), encoding="utf-8"
    )
    with pytest.raises(DataError) as caught:
        make_report(params_of(tmp_path), jobs=2)
    findings = caught.value.findings
    assert {finding.source for finding in findings} == {
        "budget", "opd_reports", "family_survey", "programmes", "milestones", "published",
    }  # fmt: skip
    assert {finding.code for finding in findings} == {"source_empty", "value_missing"}
    empty = [finding.place.file for finding in findings if finding.code == "source_empty"]
    assert empty == ["anggaran-2022.xlsx", "survei-ketahanan-keluarga-2022.xlsx", "program-2022.xlsx"]
    for finding in findings:
        assert re.fullmatch(r".*[.?]", finding.text("id")), finding.text("id")
        assert "Error" not in finding.text("en")
    assert not (tmp_path / "reports" / "bnnk-hss" / str(YEAR)).exists()
