"""The 2021 edition from raw files: figures, origins, marks and the same bytes twice."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from docx import Document

from helpers.params import RunParams
from helpers.run.report import make_report

NOTEBOOKS = [
    "01_clean_agencies", "02_clean_villages", "03_budget_absorption", "04_opd_rollout",
    "05_family_resilience", "06_programmes", "07_policy_timeline", "10_press_release", "11_leadership_brief",
]  # fmt: skip
DOCUMENTS = [
    "clean-agencies", "clean-villages", "budget-absorption", "opd-rollout", "family-resilience",
    "press-release", "programmes", "policy-timeline", "leadership-brief", "annual-report",
]  # fmt: skip
FIGURES = [
    "absorption-by-expenditure-type", "absorption-by-month", "absorption-by-section", "dimension-profile",
    "index-on-scale", "opd-by-position", "opd-status-grid", "policy-timeline", "quality-rows-agencies",
    "quality-rows-villages",
]  # fmt: skip
#: Drawn from published milestones alone.
OFFICIAL = {"policy-timeline"}
RAW = Path(__file__).resolve().parents[2] / "data" / "raw" / "bnnk-hss" / "2021"


def facts_of(report: Path) -> dict[str, dict[str, Any]]:
    """Return the facts of a report by key."""
    document = json.loads((report / "facts.json").read_text(encoding="utf-8"))
    return {fact["key"]: fact for fact in document["facts"]}


def pdf_text(path: Path) -> str:
    """Return the text of a PDF, white space folded."""
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


def number(text: object) -> int:
    """Read a whole amount of the budget workbook, without the code under test."""
    if isinstance(text, int | float):
        return round(text)
    digits = re.sub(r"[^\d]", "", str(text))
    return -int(digits) if str(text).strip().startswith("(") else int(digits or 0)


def test_every_file_of_the_edition_is_there(report_2021: Path) -> None:
    expected = {f"{name}.{suffix}" for name in DOCUMENTS for suffix in ("html", "pdf")}
    expected |= {"index.html", "tables.xlsx"}
    expected |= {"press-release.docx", "press-release.txt", "facts.json", "quality.json", "manifest.json"}
    expected |= {f"figures/{name}.{suffix}" for name in FIGURES for suffix in ("svg", "png", "csv")}
    expected |= {f"notebooks/{name}.ipynb" for name in NOTEBOOKS}
    found = {path.relative_to(report_2021).as_posix() for path in report_2021.rglob("*") if path.is_file()}
    assert found >= expected
    assert all((report_2021 / name).stat().st_size > 100 for name in expected)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_notebook_ran_to_its_end_without_a_word_on_stderr(report_2021: Path, name: str) -> None:
    notebook = json.loads((report_2021 / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell["outputs"]]
    assert not [output for output in outputs if output["output_type"] in ("error", "stream")]


@pytest.mark.parametrize(
    ("key", "value", "text_id", "text_en"),
    [
        ("budget.absorption_rate", 0.983, "98,30 persen", "98.30 percent"),
        ("opd.total_count", 27, "27", "27"),
        ("opd.active_count", 25, "25", "25"),
        ("opd.inactive_count", 2, "2", "2"),
        (
            "opd.inactive_names",
            ["Sekretariat DPRD", "BPBD"],
            "Sekretariat DPRD dan BPBD",
            "Sekretariat DPRD and BPBD",
        ),
        ("opd.reported_count.b06", 25, "25", "25"),
        ("opd.reported_count.b12", 16, "16", "16"),
        ("opd.planned_count.next_year", 2, "2", "2"),
        ("districts.planned_count.next_year", 11, "11", "11"),
        ("districts.total_count", 11, "11", "11"),
        ("villages.total_count", 148, "148", "148"),
        ("resilience.published_class", "sangat tinggi", "sangat tinggi", "very high"),
        ("resilience.computed_class", "tinggi", "tinggi", "high"),
        ("resilience.family_count", 10, "10", "10"),
        ("resilience.respondent_count", 20, "20", "20"),
        ("release.date", "2021-12-29", "29 Desember 2021", "29 December 2021"),
        ("team.since", "2020", "2020", "2020"),
        ("desa_bersinar.since", "2020", "2020", "2020"),
    ],
)
def test_the_figures_that_the_edition_must_hold(
    report_2021: Path, key: str, value: object, text_id: str, text_en: str
) -> None:
    fact = facts_of(report_2021)[key]
    assert (fact["value"], fact["text_id"], fact["text_en"]) == (value, text_id, text_en)


def test_the_index_is_84_821_inside_its_interval(report_2021: Path) -> None:
    facts = facts_of(report_2021)
    assert facts["resilience.index"]["value"] == 84.821
    assert facts["resilience.index"]["text_id"] == "84,821"
    low, high = (facts[f"resilience.interval_{side}"]["value"] for side in ("low", "high"))
    assert 25 < low < 84.821 < high < 100


def test_published_and_computed_figures_are_compared(report_2021: Path) -> None:
    agrees = {key: fact["agrees"] for key, fact in facts_of(report_2021).items()}
    assert {key for key, value in agrees.items() if value is True} == {
        "budget.absorption_rate", "opd.active_count", "opd.inactive_count", "opd.inactive_names",
        "opd.reported_count.b06", "resilience.index", "resilience.family_count",
    }  # fmt: skip
    assert {key for key, value in agrees.items() if value is False} == set()
    assert facts_of(report_2021)["resilience.published_class"]["computed_by"] == "published"


def cells_of(source: dict[str, Any]) -> list[object]:
    """Return the contents of the cells that a source names."""
    sheet = openpyxl.load_workbook(RAW / source["file"], data_only=True)[source["sheet"]]
    values: list[object] = []
    for part in source["cells"].split(","):
        block = sheet[part]
        values += [cell.value for (cell,) in block] if isinstance(block, tuple) else [block.value]
    return values


@pytest.mark.parametrize("key", ["budget.ceiling_idr", "budget.expenditure_idr"])
def test_an_amount_is_the_sum_of_the_cells_it_names(report_2021: Path, key: str) -> None:
    fact = facts_of(report_2021)[key]
    (source,) = fact["sources"]
    assert source["sheet"] == "Desember"
    assert sum(number(value) for value in cells_of(source)) == fact["value"]


def test_the_index_is_the_mean_of_the_cells_it_names(report_2021: Path) -> None:
    (source,) = facts_of(report_2021)["resilience.index"]["sources"]
    values = cells_of(source)
    assert len(values) == 280
    assert sum(number(value) for value in values) == 950


def test_rows_in_are_rows_kept_and_rejected(report_2021: Path) -> None:
    quality = json.loads((report_2021 / "quality.json").read_text(encoding="utf-8"))
    rows = {source["source"]: source for source in quality["sources"]}
    assert {name: source["rows_in"] for name, source in rows.items()} == {
        "budget": 904, "opd_reports": 54, "family_survey": 20, "villages": 148, "programmes": 5,
        "milestones": 8, "published": 10,
    }  # fmt: skip
    assert all(source["rows_in"] == source["rows_kept"] + source["rows_rejected"] for source in rows.values())
    assert [rows["opd_reports"]["rows_corrected"], rows["family_survey"]["rows_corrected"]] == [1, 1]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_illustrative_data_is_marked_in_every_document(report_2021: Path, name: str) -> None:
    assert "Data ilustrasi" in (report_2021 / f"{name}.html").read_text(encoding="utf-8")
    with pypdfium2.PdfDocument(report_2021 / f"{name}.pdf") as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    assert pages
    assert all("Data ilustrasi" in page for page in pages)


@pytest.mark.parametrize("name", [name for name in FIGURES if name not in OFFICIAL])
def test_illustrative_data_is_marked_in_every_chart(report_2021: Path, name: str) -> None:
    svg = (report_2021 / "figures" / f"{name}.svg").read_text(encoding="utf-8")
    assert "Data ilustrasi" in re.sub(r"<title>.*?</title>|<desc>.*?</desc>", "", svg, flags=re.DOTALL)


def test_the_release_says_the_same_in_all_its_formats(report_2021: Path) -> None:
    html = (report_2021 / "press-release.html").read_text(encoding="utf-8")
    text = (report_2021 / "press-release.txt").read_text(encoding="utf-8")
    word = Document(str(report_2021 / "press-release.docx"))
    docx = " ".join(paragraph.text for paragraph in word.paragraphs)
    pdf = pdf_text(report_2021 / "press-release.pdf")
    facts = facts_of(report_2021)
    printed = (
        "budget.absorption_rate", "budget.ceiling_idr", "budget.expenditure_idr", "opd.inactive_names",
        "resilience.index", "resilience.published_class", "resilience.computed_class", "release.date",
    )  # fmt: skip
    for key in printed:
        figure = facts[key]["text_id"]
        assert all(figure in place for place in (html, text, docx, pdf)), key


def test_the_chart_data_is_the_data_of_the_chapter(report_2021: Path) -> None:
    with (report_2021 / "figures" / "absorption-by-month.csv").open(
        encoding="utf-8-sig", newline=""
    ) as handle:
        rows = list(csv.DictReader(handle))
    assert [int(row["month"]) for row in rows] == list(range(1, 13))
    last = rows[-1]
    facts = facts_of(report_2021)
    assert int(last["expenditure_to_date_idr"]) == facts["budget.expenditure_idr"]["value"]
    assert float(last["absorption_rate"]) == pytest.approx(0.983)


def test_no_output_names_a_folder_of_this_machine(report_2021: Path) -> None:
    own = {str(report_2021.parents[2]), str(RAW.parents[3]), str(Path.home())}
    for path in report_2021.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [name for name in own if name.encode() in content], path.name


def test_the_same_inputs_give_the_same_bytes(report_2021: Path, tmp_path: Path) -> None:
    again = make_report(RunParams(processed=str(tmp_path / "p"), out=str(tmp_path / "another place")), jobs=1)
    first = {
        path.relative_to(report_2021): path.read_bytes() for path in report_2021.rglob("*") if path.is_file()
    }
    second = {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}
    assert first.keys() == second.keys()
    assert [name.as_posix() for name in first if first[name] != second[name]] == []


def test_stock_papermill_gives_the_same_bytes(report_2021: Path, tmp_path: Path) -> None:
    stock = make_report(
        RunParams(processed=str(tmp_path / "p"), out=str(tmp_path / "r")), jobs=2, engine="kernel"
    )
    differing = [
        path.relative_to(report_2021).as_posix()
        for path in report_2021.rglob("*")
        if path.is_file() and path.read_bytes() != (stock / path.relative_to(report_2021)).read_bytes()
    ]
    assert differing == []


def test_the_english_edition_is_english(report_2021_en: Path) -> None:
    assert report_2021_en.name == "en"
    release = (report_2021_en / "press-release.txt").read_text(encoding="utf-8")
    assert "98.30 percent" in release
    assert "29 December 2021" in release
    # Quality chapters, alone or bound, quote the office's notes; tests/report/test_languages.py knows them.
    told = [name for name in DOCUMENTS if not name.startswith("clean-") and name != "annual-report"]
    for name in told:
        text = pdf_text(report_2021_en / f"{name}.pdf")
        assert not re.findall(
            r"\b(yang|dari|adalah|Gambar|Tabel|Halaman|Catatan|persen|belum|sudah)\b", text
        ), name
