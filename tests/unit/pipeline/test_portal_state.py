"""The page over all editions is written anew only when it would be another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.params import RunParams
from helpers.pipeline.portal_state import is_portal_current, remember_portal


@pytest.fixture
def params(tmp_path: Path) -> RunParams:
    """A folder of reports with one report and its page, as remembered."""
    params = RunParams(processed=str(tmp_path / "p"), out=str(tmp_path / "r"))
    publish(tmp_path / "r" / "bnnk-hss" / "2021")
    (tmp_path / "r" / "index.html").write_text("page", encoding="utf-8")
    remember_portal(params)
    return params


def publish(folder: Path) -> None:
    """Write what the page is made of."""
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"outputs": {}}), encoding="utf-8")
    (folder / "facts.json").write_text("{}", encoding="utf-8")


def test_what_was_remembered_is_current(params: RunParams) -> None:
    assert is_portal_current(params)


@pytest.mark.parametrize("change", ["page", "no page", "report", "another report", "english"])
def test_a_change_is_noticed(params: RunParams, change: str) -> None:
    base = Path(params.out)
    if change == "page":
        (base / "index.html").write_text("PAGE", encoding="utf-8")
    elif change == "no page":
        (base / "index.html").unlink()
    elif change == "report":
        (base / "bnnk-hss" / "2021" / "facts.json").write_text("{ }", encoding="utf-8")
    else:
        publish(base / "bnnk-hss" / ("2022" if change == "another report" else "2021/en"))
    assert not is_portal_current(params)


def test_another_folder_of_reports_is_not_known(params: RunParams, tmp_path: Path) -> None:
    other = RunParams(processed=params.processed, out=str(tmp_path / "other"))
    assert not is_portal_current(other)
