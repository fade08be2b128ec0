"""Reports built once for all tests that look at them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers.params import RunParams
from helpers.pipeline.run import make_report

ROOT = Path(__file__).resolve().parents[1]
RAW_2021 = ROOT / "data" / "raw" / "bnnk-hss" / "2021"


@pytest.fixture(scope="session")
def report_2021(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the 2021 edition, in Indonesian, built for this session."""
    base = tmp_path_factory.mktemp("edition")
    return make_report(RunParams(processed=str(base / "processed"), out=str(base / "reports")), jobs=2)


@pytest.fixture(scope="session")
def report_2021_en(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in English."""
    base = tmp_path_factory.mktemp("edition-en")
    params = RunParams(locale="en", processed=str(base / "processed"), out=str(base / "reports"))
    return make_report(params, jobs=2)


@pytest.fixture(scope="session")
def report_2026(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the 2026 edition (commitments, no budget), in Indonesian."""
    base = tmp_path_factory.mktemp("edition-2026")
    params = RunParams(year=2026, processed=str(base / "processed"), out=str(base / "reports"))
    return make_report(params, jobs=2)


@pytest.fixture(scope="session")
def report_2026_en(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in English."""
    base = tmp_path_factory.mktemp("edition-2026-en")
    params = RunParams(year=2026, locale="en", processed=str(base / "processed"), out=str(base / "reports"))
    return make_report(params, jobs=2)


@pytest.fixture
def own_raw(tmp_path: Path) -> Path:
    """A copy of the 2021 raw data that a test may damage; returns the base of all offices."""
    shutil.copytree(RAW_2021, tmp_path / "raw" / "bnnk-hss" / "2021")
    return tmp_path / "raw"
