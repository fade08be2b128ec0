"""Reports built once for all tests that look at them."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from helpers.params import RunParams
from helpers.run.report import make_report

ROOT = Path(__file__).resolve().parents[1]
RAW_2021 = ROOT / "data" / "raw" / "bnnk-hss" / "2021"


def built_once(tmp_path_factory: pytest.TempPathFactory, year: int, locale: str) -> Path:
    """Return an edition's report, built by the first process of this test run that asks for it."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        # Above the folders of the workers.
        base = base.parent
    base = base / f"edition-{year}-{locale}"
    base.mkdir(exist_ok=True)
    params = RunParams(year=year, locale=locale, processed=str(base / "processed"), out=str(base / "reports"))
    with (base / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not params.paths.out.is_dir():
            make_report(params, jobs=2)
    return params.paths.out


@pytest.fixture(scope="session")
def report_2021(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the 2021 edition, in Indonesian, built for this session."""
    return built_once(tmp_path_factory, 2021, "id")


@pytest.fixture(scope="session")
def report_2021_en(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in English."""
    return built_once(tmp_path_factory, 2021, "en")


@pytest.fixture(scope="session")
def report_2026(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the 2026 edition (commitments, no budget), in Indonesian."""
    return built_once(tmp_path_factory, 2026, "id")


@pytest.fixture(scope="session")
def report_2026_en(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in English."""
    return built_once(tmp_path_factory, 2026, "en")


@pytest.fixture
def own_raw(tmp_path: Path) -> Path:
    """A copy of the 2021 raw data that a test may damage; returns the base of all offices."""
    shutil.copytree(RAW_2021, tmp_path / "raw" / "bnnk-hss" / "2021")
    return tmp_path / "raw"
