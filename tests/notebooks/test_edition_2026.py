"""The 2026 edition: what it holds, what it leaves out with a word, and the date that does not fit."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from bs4 import BeautifulSoup

from helpers.check.command import check_file
from helpers.params import RunParams
from helpers.run.gate import check_own_texts

DOCUMENTS = (
    "clean-agencies", "clean-villages", "policy-timeline", "commitments", "work-plan", "press-release",
    "leadership-brief", "annual-report",
)  # fmt: skip
FIGURES = (
    "commitments-by-party", "commitment-history", "work-plan", "policy-timeline", "quality-rows-agencies",
    "quality-rows-villages",
)  # fmt: skip
LEFT_OUT = ("budget-absorption", "opd-rollout", "family-resilience", "programmes")


def facts_of(report: Path) -> dict[str, dict[str, Any]]:
    document = json.loads((report / "facts.json").read_text(encoding="utf-8"))
    return {fact["key"]: fact for fact in document["facts"]}


def page_text(path: Path) -> str:
    """Return what a page says; the code it lists holds the words of both languages."""
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    for tag in soup(["script", "style", "pre"]):
        tag.decompose()
    return " ".join(soup.get_text(" ").split())


def test_it_holds_its_own_documents_and_no_others(report_2026: Path) -> None:
    for name in DOCUMENTS:
        assert (report_2026 / f"{name}.html").stat().st_size > 1000
        assert (report_2026 / f"{name}.pdf").stat().st_size > 1000
    for name in FIGURES:
        assert all((report_2026 / "figures" / f"{name}.{kind}").is_file() for kind in ("svg", "png", "csv"))
    assert not [name for name in LEFT_OUT if (report_2026 / f"{name}.html").exists()]
    assert {path.stem for path in (report_2026 / "figures").glob("*.svg")} == set(FIGURES)


@pytest.mark.parametrize(
    ("key", "value", "text_id", "text_en"),
    [
        ("commitments.total_count", 10, "10", "10"),
        ("commitments.party_count", 2, "2", "2"),
        ("commitments.area_count", 8, "8", "8"),
        ("commitments.announced_count", 10, "10", "10"),
        ("commitments.done_count", 0, "0", "0"),
        ("commitments.overdue_count", 0, "0", "0"),
        ("commitments.undated_count", 9, "9", "9"),
        ("commitments.next_due", "2026", "2026", "2026"),
        ("work_plan.area_count", 4, "4", "4"),
        ("work_plan.targeted_count", 0, "0", "0"),
        ("agreement.date", "2026-02-06", "6 Februari 2026", "6 February 2026"),
        ("agreement.stated_date", "2026-01-06", "6 Januari 2026", "6 January 2026"),
        ("release.date", "2026-02-06", "6 Februari 2026", "6 February 2026"),
        ("policy-timeline.timeline.count", 12, "12", "12"),
        ("policy-timeline.bersinar.before", 1, "1", "1"),
        ("policy-timeline.bersinar.now", 10, "10", "10"),
    ],
)
def test_the_figures_of_the_edition(report_2026, key, value, text_id, text_en) -> None:
    fact = facts_of(report_2026)[key]
    assert (fact["value"], fact["text_id"], fact["text_en"]) == (value, text_id, text_en)
    assert fact["illustrative"] is False


def test_a_figure_over_editions_leads_to_the_files_of_each(report_2026: Path) -> None:
    sources = facts_of(report_2026)["policy-timeline.timeline.count"]["sources"]
    # Eight milestones of 2021, four of 2026.
    assert [(source["file"], source["cells"]) for source in sources] == [
        ("2021/tonggak.csv", "B2:B9"), ("tonggak.csv", "B2:B5"),
    ]  # fmt: skip
    manifest = json.loads((report_2026 / "manifest.json").read_text(encoding="utf-8"))
    assert {"editions/2021/tonggak.csv", "editions/2021/desa.csv"} <= set(manifest["inputs"])


def test_the_date_conflict_is_one_warning_and_is_shown_everywhere(report_2026: Path) -> None:
    quality = json.loads((report_2026 / "quality.json").read_text(encoding="utf-8"))
    found = [finding for source in quality["sources"] for finding in source["findings"]]
    assert [(f["code"], f["severity"], f["cell"]) for f in found] == [("stated_weekday", "warning", "G2")]
    assert "2 Januari 2026, 9 Januari 2026, dan 6 Februari 2026" in page_text(
        report_2026 / "clean-agencies.html"
    )
    release = (report_2026 / "press-release.txt").read_text(encoding="utf-8")
    assert "6 Januari 2026 dengan nama hari yang tidak cocok" in release
    assert "hari Jumat untuk tanggal 6 Januari 2026" in page_text(report_2026 / "policy-timeline.html")
    assert "Tanggal kesepakatan diragukan" in page_text(report_2026 / "leadership-brief.html")


def test_every_chapter_left_out_has_its_sentence(report_2026: Path) -> None:
    text = page_text(report_2026 / "clean-agencies.html")
    for title, source in (
        ("Penyerapan anggaran 2026", "anggaran"),
        ("Pelaksanaan Inpres Nomor 2 Tahun 2020 oleh OPD, 2026", "laporan OPD"),
        ("Ketahanan keluarga antinarkoba 2026", "survei keluarga"), ("Program P4GN 2026", "program"),
    ):  # fmt: skip
        assert f"“{title}” tidak dimuat: edisi ini tidak mempunyai {source}." in text
    assert "Bab mana yang tidak dimuat?" in page_text(report_2026 / "annual-report.html")


def test_the_brief_is_one_page_with_three_charts(report_2026: Path) -> None:
    with pypdfium2.PdfDocument(report_2026 / "leadership-brief.pdf") as pdf:
        assert len(pdf) == 1
    soup = BeautifulSoup((report_2026 / "leadership-brief.html").read_text(encoding="utf-8"), "html.parser")
    assert len(soup.main("figure")) == 3


def test_nothing_of_the_other_edition_is_told(report_2026: Path) -> None:
    for name in ("annual-report", "press-release", "leadership-brief", "commitments"):
        text = page_text(report_2026 / f"{name}.html")
        assert not re.search(r"Data ilustrasi|98,30|Dektara|sismonev: aplikasi|Pagu revisi", text), name
    assert "akhir tahun" not in (report_2026 / "press-release.txt").read_text(encoding="utf-8")


def test_small_counts_of_people_are_hidden(report_2026: Path) -> None:
    soup = BeautifulSoup((report_2026 / "policy-timeline.html").read_text(encoding="utf-8"), "html.parser")
    rows = [[cell.get_text(strip=True) for cell in row(["th", "td"])] for row in soup("tr")]
    assert [row for row in rows if row[0] == "Tersangka"] == [
        ["Tersangka", "2022", "1–4"],
        ["Tersangka", "2023", "1–4"],
    ]
    assert [row[2] for row in rows if row[0] == "Klien rehabilitasi"] == ["57", "46", "30"]


@pytest.mark.parametrize(("fixture", "locale"), [("report_2026", "id"), ("report_2026_en", "en")])
def test_it_agrees_with_its_own_facts(request, fixture, locale) -> None:
    report = request.getfixturevalue(fixture)
    base = report.parents[1] if locale == "id" else report.parents[2]
    checked = ["press-release.docx", "press-release.txt", "leadership-brief.html", "annual-report.html"]
    assert all((report / name).is_file() for name in checked)
    check_own_texts(RunParams(year=2026, locale=locale, out=str(base)), checked)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Nota kesepakatan P4GN ditandatangani pada hari Jumat, 06 Januari 2026 di Kandangan.", "differs"),
        ("Nota kesepakatan P4GN ditandatangani pada hari Jumat, 6 Februari 2026 di Kandangan.", "agrees"),
    ],
)
def test_the_fact_check_knows_the_weekday(report_2026, tmp_path, text, status) -> None:
    path = tmp_path / "naskah.txt"
    path.write_text(text, encoding="utf-8")
    result = check_file(path, RunParams(year=2026), facts=report_2026 / "facts.json")
    assert [item.status for item in result.checked if item.claim.kind == "date"] == [status]


def test_the_english_edition_is_english(report_2026_en: Path) -> None:
    release = (report_2026_en / "press-release.txt").read_text(encoding="utf-8")
    assert "6 February 2026" in release
    for name in ("press-release", "leadership-brief", "commitments", "work-plan"):
        text = page_text(report_2026_en / f"{name}.html")
        assert not re.findall(
            r"\b(yang|dari|adalah|Gambar|Tabel|Halaman|Catatan|belum|sudah|terbit)\b", text
        ), name
