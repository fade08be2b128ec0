"""A published figure that the data do not bear out is told, with its size; the report still appears."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from helpers.params import RunParams
from helpers.run.report import make_report

ROOT = Path(__file__).resolve().parents[2]


def checks_of(report: Path) -> dict[str, list[dict[str, object]]]:
    """Return the comparisons of ``quality.json`` by source."""
    quality = json.loads((report / "quality.json").read_text(encoding="utf-8"))
    return {source["source"]: source["checks"] for source in quality["sources"]}


def table_of(report: Path, document: str) -> list[list[str]]:
    """Return the rows of a chapter's table of comparisons."""
    soup = BeautifulSoup((report / f"{document}.html").read_text(encoding="utf-8"), "html.parser")
    (table,) = [
        table for table in soup.find_all("table")
        if table.find("caption").get_text().endswith("Yang dibandingkan dan selisihnya")
    ]  # fmt: skip
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
            for row in table.find("tbody").find_all("tr")]  # fmt: skip


def test_a_good_report_shows_what_was_compared(report_2021: Path) -> None:
    checks = checks_of(report_2021)
    assert {name: len(found) for name, found in checks.items()} == {
        "budget": 0, "opd_reports": 2, "family_survey": 1, "villages": 1, "programmes": 1, "milestones": 0,
        "published": 7,
    }  # fmt: skip
    assert all(check["agrees"] for found in checks.values() for check in found)
    agencies, villages = (table_of(report_2021, name) for name in ("clean-agencies", "clean-villages"))
    assert [row[3] for row in agencies] == ["cocok"] * 10
    assert ["Angka terbit: penyerapan anggaran", "98,30 persen", "98,30", "cocok"] in [
        r[:4] for r in agencies
    ]
    assert [row[:4] for row in villages] == [
        ["Desa dan kelurahan, menurut daftar kode wilayah", "148", "148", "cocok"],
        ["Desa survei yang termasuk Desa Bersinar", "1", "1", "cocok"],
    ]
    said = (report_2021 / "clean-agencies.html").read_text(encoding="utf-8")
    assert "perbandingan dengan angka terbit" in said


@pytest.fixture(scope="module")
def differing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of an edition whose release stated another absorption, index and number of OPD."""
    base = tmp_path_factory.mktemp("published")
    raw = base / "raw" / "bnnk-hss" / "2021"
    shutil.copytree(ROOT / "data" / "raw" / "bnnk-hss" / "2021", raw)
    path = raw / "angka-terbit.csv"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("98,30 persen", "98,50 persen"), ("resilience.index;84,821", "resilience.index;84,9"),
        ("opd.active_count;25", "opd.active_count;24"),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return make_report(
        RunParams(raw=str(base / "raw"), processed=str(base / "processed"), out=str(base / "reports")), jobs=2
    )


def test_a_difference_is_published_and_does_not_stop_the_report(differing: Path) -> None:
    rows = {row[0]: row[1:4] for row in table_of(differing, "clean-agencies")}
    assert rows["Angka terbit: penyerapan anggaran"] == ["98,50 persen", "98,30", "-0,20"]
    assert rows["Angka terbit: indeks ketahanan keluarga"] == ["84,9", "84,8", "-0,1"]
    assert rows["Angka terbit: OPD melaksanakan Inpres 2/2020"] == ["24", "25", "1"]


def test_a_difference_is_in_quality_json_as_a_comparison_and_as_a_finding(differing: Path) -> None:
    (wrong,) = [check for check in checks_of(differing)["published"]
                if check["subject"] == "budget.absorption_rate"]  # fmt: skip
    assert (wrong["computed"], wrong["difference"], wrong["agrees"]) == ("98.30", "-0.20", False)
    quality = json.loads((differing / "quality.json").read_text(encoding="utf-8"))
    (source,) = [source for source in quality["sources"] if source["source"] == "published"]
    told = [finding["what_id"] for finding in source["findings"] if finding["code"] == "published_differs"]
    assert len(told) == 3
    assert 'terbit "98,50 persen", sedangkan dari data 98,30; selisih -0,20' in told[0]
