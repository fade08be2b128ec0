"""The page over all editions is made from what is found, in order, in one step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.params import RunParams
from helpers.run.portal import find_editions, write_portal


def report(base: Path, office: str, year: int, lang: str = "id", **changes: Any) -> Path:
    """Write the manifest and facts of a report."""
    folder = base / office / str(year) / ("" if lang == "id" else lang)
    folder.mkdir(parents=True, exist_ok=True)
    title = {"id": "Laporan tahunan <b>", "en": "Annual report"}[lang]
    manifest: dict[str, Any] = {
        "parameters": {"office": office, "year": year, "locale": lang},
        "edition": {"office_name": f"Kantor {office}", "illustrative": False},
        "documents": [
            {"name": "annual-report", "title": title, "files": ["annual-report.html"], "says": ["BPBD"]}
        ],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest | changes), encoding="utf-8")
    (folder / "facts.json").write_text('{"facts": []}', encoding="utf-8")
    return folder


def test_editions_come_by_office_newest_first_indonesian_first(tmp_path: Path) -> None:
    for office, year, lang in (("b", 2021, "en"), ("b", 2021, "id"), ("b", 2022, "id"), ("a", 2020, "id")):
        report(tmp_path, office, year, lang)
    assert [entry.folder for entry in find_editions(tmp_path)] == ["a/2020", "b/2022", "b/2021", "b/2021/en"]


def test_drafts_builds_and_old_manifests_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "draft" / "figures").mkdir(parents=True)
    report(tmp_path, ".staging-id/b", 2021)
    old = report(tmp_path, "b", 2020)
    (old / "manifest.json").write_text('{"parameters": {}}', encoding="utf-8")
    assert find_editions(tmp_path) == []


def test_the_page_is_written_whole_and_escapes_what_it_lists(tmp_path: Path) -> None:
    report(tmp_path, "b", 2021)
    (tmp_path / "index.html").write_text("the one before", encoding="utf-8")
    path = write_portal(RunParams(out=str(tmp_path)))
    page = path.read_text(encoding="utf-8")
    assert path == tmp_path / "index.html"
    assert 'href="b/2021/annual-report.html"' in page
    assert "Laporan tahunan &lt;b&gt;" in page
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["index.html"]
    again = write_portal(RunParams(out=str(tmp_path))).read_text(encoding="utf-8")
    assert again == page


def test_a_folder_without_reports_says_so(tmp_path: Path) -> None:
    page = write_portal(RunParams(out=str(tmp_path / "new"))).read_text(encoding="utf-8")
    assert "Belum ada edisi yang terbit di folder ini." in page
