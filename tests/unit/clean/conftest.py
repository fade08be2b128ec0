"""A project of its own for each test: the real 2021 edition, copied, to be damaged one cell at a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.clean import CleanResult, clean_sources
from helpers.edition import Edition, load_edition
from helpers.errors import Finding
from helpers.params import RunParams
from helpers.paths import project_root

ROOT = Path(__file__).resolve().parents[3]
BUDGET, OPD, SURVEY = "anggaran-2021.xlsx", "laporan-opd-2021.xlsx", "survei-ketahanan-keluarga-2021.xlsx"

SHORT_MONTHS = ("Januari", "Maret", "Juni", "Desember")


@dataclass(frozen=True)
class Project:
    """A scratch project that holds one edition."""

    root: Path

    @property
    def raw(self) -> Path:
        return self.root / "data/raw/bnnk-hss/2021"

    @property
    def processed(self) -> Path:
        return self.root / "data/processed"

    @property
    def edition(self) -> Edition:
        return load_edition(RunParams())

    def set_cells(self, file: str, sheet: str, cells: Mapping[str, Any]) -> None:
        """Type into cells of a workbook."""
        book = openpyxl.load_workbook(self.raw / file)
        for cell, value in cells.items():
            book[sheet][cell] = value
        book.save(self.raw / file)

    def replace(self, file: str, old: str, new: str, count: int = 1) -> None:
        """Replace a text of a text file that must be there."""
        path = self.raw / file
        text = path.read_text(encoding="utf-8-sig")
        assert old in text
        path.write_text(text.replace(old, new, count), encoding="utf-8")

    def declare(self, text: str, new: str) -> None:
        """Change ``edition.toml``."""
        self.replace("edition.toml", text, new)

    def correct(self, text: str) -> None:
        """Write the corrections file."""
        (self.root / "data/corrections/bnnk-hss/2021.yml").write_text(text, encoding="utf-8")

    def clean(self, *names: str) -> dict[str, CleanResult]:
        return clean_sources(self.edition, names or None)

    def findings(self, code: str, *names: str) -> list[Finding]:
        """Clean and return the findings of one kind."""
        return [f for result in self.clean(*names).values() for f in result.findings if f.code == code]

    def one(self, code: str, *names: str) -> Finding:
        """Clean and return the only finding of one kind."""
        found = self.findings(code, *names)
        assert len(found) == 1, [f.text() for f in found]
        return found[0]


@pytest.fixture(scope="session")
def short_budget(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the budget workbook with four of its months: a quarter of the time to type into."""
    path = tmp_path_factory.mktemp("budget") / BUDGET
    book = openpyxl.load_workbook(ROOT / "data/raw/bnnk-hss/2021" / BUDGET)
    for name in book.sheetnames:
        if name not in (*SHORT_MONTHS, "Rencana Penarikan"):
            del book[name]
    book.save(path)
    return path


@pytest.fixture
def whole_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """Return a scratch copy of the 2021 edition; the working folder is inside it."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    for part in ("raw/bnnk-hss/2021", "reference", "corrections/bnnk-hss"):
        shutil.copytree(ROOT / "data" / part, tmp_path / "data" / part)
    monkeypatch.chdir(tmp_path)
    project_root.cache_clear()
    yield Project(tmp_path)
    project_root.cache_clear()


@pytest.fixture
def project(whole_project: Project, short_budget: Path) -> Project:
    """Return the scratch copy with the budget of four months."""
    shutil.copy(short_budget, whole_project.raw / BUDGET)
    declared = whole_project.raw / "edition.toml"
    text = declared.read_text(encoding="utf-8")
    start, end = text.index("sheets = ["), text.index("plan_sheet")
    declared.write_text(f"{text[:start]}sheets = {list(SHORT_MONTHS)}\n{text[end:]}", encoding="utf-8")
    return whole_project
