"""What an edition holds, told before it is made."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from helpers.edition import load_edition
from helpers.params import RunParams
from helpers.run.overview import describe_edition, overview_lines

ROOT = Path(__file__).resolve().parents[3]
RAW = ROOT / "data" / "raw" / "bnnk-hss" / "2021"


@pytest.fixture
def params(tmp_path: Path) -> RunParams:
    """Return an edition of its own, without the survey, whose budget file is missing."""
    raw = tmp_path / "raw" / "bnnk-hss" / "2021"
    shutil.copytree(RAW, raw)
    (raw / "anggaran-2021.xlsx").unlink()
    declaration = raw / "edition.toml"
    text = declaration.read_text(encoding="utf-8")
    start, end = text.index("[sources.family_survey]"), text.index("[sources.villages]")
    declaration.write_text(text[:start] + text[end:], encoding="utf-8")
    return RunParams(
        raw=str(tmp_path / "raw"), processed=str(tmp_path / "processed"), out=str(tmp_path / "out")
    )


def test_a_missing_file_and_a_chapter_left_out_are_told(params: RunParams) -> None:
    overview = describe_edition(load_edition(params))
    assert {source.name: source.is_present for source in overview.sources if not source.is_present} == {
        "budget": False
    }
    assert overview.left_out["family-resilience"] == ("family_survey",)
    assert "family-resilience" not in overview.documents
    lines = overview_lines(overview, "id")
    assert "  budget       anggaran-2021.xlsx (berkas belum ada)" in lines
    assert "  id  belum dibuat" in lines


def _publish(params: RunParams, inputs: dict[str, str]) -> None:
    folder = params.paths.out
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"inputs": inputs}), encoding="utf-8")


def test_a_report_is_stale_once_an_input_has_changed(params: RunParams) -> None:
    from helpers.run.digests import Digests
    from helpers.run.manifest import input_files

    inputs = input_files(load_edition(params), Digests({}))
    _publish(params, inputs)
    assert describe_edition(load_edition(params)).reports[0].state == "current"
    villages = params.paths.raw / "desa.csv"
    villages.write_bytes(villages.read_bytes() + b"\n")
    report = describe_edition(load_edition(params)).reports[0]
    assert (report.state, report.changed) == ("stale", ("raw/desa.csv",))
    english = overview_lines(describe_edition(load_edition(params)), "en")
    assert "  id  to be made again; changed since: raw/desa.csv" in english
