"""Every figure that a document prints leads to an origin; one that does not stops the build."""

from __future__ import annotations

import copy
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from helpers.errors import ExportError
from helpers.facts import Fact
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.run.gate import check_own_texts
from helpers.run.printed import Printed, find_sourceless, find_unowned, read_printed

RAW = project_root() / "data" / "raw" / "bnnk-hss" / "2021"


def blocks_of(report: Path) -> list[Printed]:
    return [block for path in sorted((report / "notebooks").glob("*.ipynb")) for block in read_printed(path)]


def facts_of(report: Path) -> list[Fact]:
    document = json.loads((report / "facts.json").read_text(encoding="utf-8"))
    return [Fact.from_json(entry) for entry in document["facts"]]


@pytest.fixture
def blocks(report_2021: Path) -> list[Printed]:
    return copy.deepcopy(blocks_of(report_2021))


@pytest.fixture
def facts(report_2021: Path) -> list[Fact]:
    return facts_of(report_2021)


def test_every_figure_of_the_report_has_an_origin(blocks: list[Printed], facts: list[Fact]):
    assert list(find_unowned(blocks, facts, "id")) == []


def test_every_figure_of_the_english_report_has_an_origin(report_2021_en: Path):
    assert list(find_unowned(blocks_of(report_2021_en), facts_of(report_2021_en), "en")) == []


@pytest.mark.parametrize("part", ["title", "subtitle", "alt"])
def test_a_number_of_a_chart_that_its_data_do_not_hold_is_told(
    blocks: list[Printed], facts: list[Fact], part: str
):
    (chart, *_) = [
        block for block in blocks if block.kind == "figure" and block.content["name"] == "absorption-by-month"
    ]
    chart.content[part] = chart.content[part] + " Naik 13,57 persen."
    told = list(find_unowned(blocks, facts, "id"))
    assert len(told) == 1
    assert "13,57 persen" in told[0]
    assert "03_budget_absorption" in told[0]


@pytest.mark.parametrize("kind", ["table", "figure"])
def test_a_table_or_chart_without_a_source_is_told(kind: str):
    titles = ["Anggaran 2021", "Desa 2021"]
    good = Printed("03_budget_absorption", kind, {"name": "by-month", "source": "Sumber: Desa 2021"})
    bad = Printed("03_budget_absorption", kind, {"name": "by-section", "source": "Sumber: buatan sendiri"})
    prose = Printed("03_budget_absorption", "prose", "Tanpa sumber.")
    (told,) = find_sourceless([good, bad, prose], titles, "id")
    assert "by-section" in told
    assert "03_budget_absorption" in told


def test_a_number_typed_into_prose_or_a_release_is_told(blocks: list[Printed], facts: list[Fact]):
    blocks.append(
        Printed(
            "03_budget_absorption",
            "prose",
            "Terserap [98,30 persen](fact:budget.absorption_rate), naik 13,57 persen.",
        )
    )
    release = next(block for block in blocks if block.kind == "release")
    release.content["headline"] = "Anggaran terserap 98,03 persen"
    told = list(find_unowned(blocks, facts, "id"))
    assert len(told) == 2
    assert any("98,03 persen" in line and "10_press_release" in line for line in told)
    assert any("13,57 persen" in line and "03_budget_absorption" in line for line in told)


def test_a_figure_that_cites_a_fact_of_another_value_is_told(blocks: list[Printed], facts: list[Fact]):
    prose = "Terserap [98,03 persen](fact:budget.absorption_rate) dari [25](fact:opd.nowhere) OPD."
    blocks.append(Printed("03_budget_absorption", "prose", prose))
    told = list(find_unowned(blocks, facts, "id"))
    assert len(told) == 2
    assert "budget.absorption_rate" in told[0]
    assert "opd.nowhere" in told[1]


def test_a_key_figure_that_is_no_fact_is_told(blocks: list[Printed], facts: list[Fact]):
    tiles = next(block for block in blocks if block.kind == "keyfigures")
    tiles.content["items"][0]["value"] = "91,23 persen"
    assert any("91,23 persen" in line for line in find_unowned(blocks, facts, "id"))


def test_every_table_and_chart_leads_to_files_sheets_and_cells(report_2021: Path, blocks: list[Printed]):
    document = json.loads((report_2021 / "facts.json").read_text(encoding="utf-8"))
    shown = {
        (block.document, block.kind, block.content["name"])
        for block in blocks
        if block.kind in ("table", "figure")
    }
    listed = {(entry["notebook"], entry["kind"], entry["name"]) for entry in document["tables"]}
    assert listed == shown
    for entry in document["tables"]:
        assert entry["sources"], entry["name"]
        assert entry["columns"], entry["name"]
        assert set(entry["sources"]) <= set(document["origins"])
    for sheets in document["origins"].values():
        for sheet in sheets:
            digest = hashlib.sha256((RAW / sheet["file"]).read_bytes()).hexdigest()
            assert sheet["sha256"] == digest


def test_cells_are_those_of_the_source_file(report_2021: Path):
    """Told by hand: the sheet "Laporan" holds 27 departments × 2 positions from row 6."""
    document = json.loads((report_2021 / "facts.json").read_text(encoding="utf-8"))
    (sheet,) = document["origins"]["opd_reports"]
    assert (sheet["file"], sheet["sheet"]) == ("laporan-opd-2021.xlsx", "Laporan")
    assert sheet["cells"]["report_status"] == "D6:D59"
    (table,) = [
        entry for entry in document["tables"] if (entry["name"], entry["kind"]) == ("by-type", "table")
    ]
    measures = {column["key"]: column["measure"] for column in table["columns"]}
    assert measures["ceiling_idr"] == "ceiling_idr"
    assert measures["absorption_rate"] is None


@pytest.mark.parametrize("name", ["press-release.txt", "press-release.html"])
def test_a_template_with_a_wrong_literal_does_not_publish(report_2021: Path, tmp_path: Path, name: str):
    folder = tmp_path / "bnnk-hss" / "2021"
    folder.mkdir(parents=True)
    shutil.copy(report_2021 / "facts.json", folder / "facts.json")
    text = (report_2021 / name).read_text(encoding="utf-8")
    assert "98,30 persen" in text
    (folder / name).write_text(text.replace("98,30 persen", "98,03 persen"), encoding="utf-8")
    with pytest.raises(ExportError, match=r"98,03 persen.*98,30 persen"):
        check_own_texts(RunParams(out=str(tmp_path)), (name,))
