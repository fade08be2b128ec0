"""A report is made again only where something has changed, and never at the cost of what was there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from helpers.errors import DataError
from helpers.params import RunParams
from helpers.progress import SILENT, Step
from helpers.run.digests import ChangedError
from helpers.run.report import make_report

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "data" / "raw" / "bnnk-hss"
SURVEY = "survei-ketahanan-keluarga-2021.xlsx"
#: Makes the report, and ends at a point of it as a loss of power would.
RUN = """
import os, signal, sys
from contextlib import contextmanager
from helpers.params import RunParams
from helpers.run import manifest, report

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

class Progress:
    note = print
    @contextmanager
    def step(self, name, total=None):
        yield self
    def advance(self, amount=1, *, detail=""):
        if detail == sys.argv[4]:
            die()

if __name__ == "__main__":
    if sys.argv[4] == "manifest":
        manifest.write_manifest = die
    if sys.argv[4] == "record":
        report.Record.save = die
    report.make_report(RunParams("bnnk-hss", 2021, "en", *sys.argv[1:4]), jobs=2, progress=Progress())
"""
NOTHING = "Nothing has changed since the report was made; no step was run."


class Notes:
    """Progress that keeps the lines that stay."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Step]:
        """Show nothing."""
        with SILENT.step(name, total) as step:
            yield step

    def note(self, message: str) -> None:
        """Keep the line."""
        self.lines.append(message)


@dataclass
class Edition:
    """A copy of the 2021 edition with a report of its own."""

    params: RunParams

    @property
    def raw(self) -> Path:
        """Its raw data."""
        return self.params.paths.raw

    def make(self, **options: bool) -> list[str]:
        """Make the report; return what was told."""
        notes = Notes()
        make_report(self.params, jobs=2, progress=notes, **options)
        return notes.lines

    def bytes_of(self) -> dict[str, bytes]:
        """Return the report's files with their contents."""
        out = self.params.paths.out
        return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base of an edition whose report was made once."""
    base = tmp_path_factory.mktemp("incremental")
    shutil.copytree(RAW, base / "raw" / "bnnk-hss")
    make_report(params_of(base), jobs=2)
    return base


def params_of(base: Path) -> RunParams:
    """Return the parameters of the edition below a folder; what it tells is English."""
    return RunParams(locale="en", raw=str(base / "raw"), processed=str(base / "p"), out=str(base / "r"))


@pytest.fixture
def edition(first: Path) -> Iterator[Edition]:
    """The edition; what a test does to its raw data is taken back."""
    yield Edition(params_of(first))
    shutil.rmtree(first / "raw")
    shutil.copytree(RAW, first / "raw" / "bnnk-hss")


def type_into(path: Path, sheet: str, cell: str, value: object) -> None:
    """Change a cell of a workbook in place."""
    workbook = openpyxl.load_workbook(path)
    workbook[sheet][cell] = value
    workbook.save(path)


def test_nothing_changed_and_nothing_is_run(edition: Edition) -> None:
    before = {path: path.stat().st_mtime_ns for path in edition.params.paths.out.rglob("*")}
    assert edition.make() == [NOTHING]
    assert {path: path.stat().st_mtime_ns for path in edition.params.paths.out.rglob("*")} == before


class AtCell(Notes):
    """Progress that does something when a document's cells are reached."""

    def __init__(self, document: str, *acts: Callable[[], object]) -> None:
        super().__init__()
        self._document, self._acts = document, list(acts)

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Step]:
        """Show nothing."""
        yield self

    def advance(self, amount: int = 1, *, detail: str = "") -> None:
        """Do the next at the document's next cell."""
        if self._acts and detail.startswith(f"{self._document} "):
            self._acts.pop(0)()


@pytest.mark.parametrize("is_put_back", [False, True], ids=["left", "put back"])
def test_a_file_replaced_during_the_run_stops_it(edition: Edition, tmp_path: Path, is_put_back: bool) -> None:
    edition.make()
    good = edition.bytes_of()
    file, other = edition.raw / SURVEY, tmp_path / SURVEY
    shutil.copy(file, other)
    type_into(other, "Petunjuk", "A30", "berkas lain")
    kept = file.read_bytes()
    acts = [lambda: file.write_bytes(other.read_bytes()), lambda: file.write_bytes(kept)][: 1 + is_put_back]
    with pytest.raises(ChangedError) as raised:
        make_report(edition.params, jobs=2, force=True, progress=AtCell("clean-villages", *acts))
    assert SURVEY in str(raised.value)
    assert "the last good one stays" in str(raised.value)
    assert edition.bytes_of() == good
    file.write_bytes(kept)
    edition.make()
    assert edition.bytes_of() == good


def test_what_has_changed_is_named(edition: Edition) -> None:
    edition.make()
    good = edition.bytes_of()
    type_into(edition.raw / SURVEY, "Petunjuk", "A30", "dibaca ulang")
    told = edition.make(explain=True)
    assert told[0] == f"Changed since the last report: raw/2021/{SURVEY}"
    shutil.copy(RAW / "2021" / SURVEY, edition.raw / SURVEY)
    assert edition.make(explain=True)[0] == f"Changed since the last report: raw/2021/{SURVEY}"
    assert edition.bytes_of() == good
    assert edition.make(explain=True) == [NOTHING]


def test_a_file_changed_by_hand_is_kept_beside_and_a_lost_one_comes_back(edition: Edition) -> None:
    edition.make()
    good = edition.bytes_of()
    out = edition.params.paths.out
    (out / "press-release.docx").write_bytes(b"by hand")
    (out / "opd-rollout.pdf").unlink()
    edited, restored = sorted(line for line in edition.make() if "press" in line or "Missing" in line)
    copy = out.parent.with_name("2021-edited") / "en" / "press-release.docx"
    assert copy.read_bytes() == b"by hand"
    assert edition.bytes_of() == good
    assert restored.startswith("press-release.docx was changed or added by hand")
    assert str(copy) in restored
    assert edited == "Missing files of the report were restored: opd-rollout.pdf."


def test_a_failed_run_leaves_the_report_as_it_was(edition: Edition) -> None:
    edition.make()
    good = edition.bytes_of()
    type_into(edition.raw / "anggaran-2021.xlsx", "Desember", "F22", "1.2O0.000")
    with pytest.raises(DataError):
        edition.make()
    assert edition.params.paths.findings.is_dir()
    assert edition.bytes_of() == good
    shutil.copy(RAW / "2021" / "anggaran-2021.xlsx", edition.raw / "anggaran-2021.xlsx")
    # Nothing has changed since that report was made.
    assert edition.make() == [NOTHING]
    assert not edition.params.paths.findings.exists()
    assert edition.bytes_of() == good


def test_force_makes_everything_and_the_same(edition: Edition) -> None:
    edition.make()
    good = edition.bytes_of()
    assert edition.make(force=True, explain=True)[0] == "The report was asked to be made again."
    assert edition.bytes_of() == good


@pytest.mark.slow
def test_killed_at_a_point_the_next_run_is_right(edition: Edition, tmp_path: Path) -> None:
    edition.make()
    good = edition.bytes_of()
    shutil.copytree(edition.params.raw, tmp_path / "raw")
    own = Edition(params_of(tmp_path))
    script = tmp_path / "run.py"
    script.write_text(RUN, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for point, is_there in (("clean-villages", False), ("manifest", False), ("record", True)):
        places = [str(tmp_path / name) for name in ("raw", "p", "r")]
        command = [sys.executable, str(script), *places, point]
        run = subprocess.run(command, check=False, cwd=ROOT, env=environment)
        assert run.returncode == -signal.SIGKILL
        # Whole or not at all.
        assert own.bytes_of() == (good if is_there else {})
    own.make()
    assert own.bytes_of() == good
    assert not list(tmp_path.rglob(".staging*"))
