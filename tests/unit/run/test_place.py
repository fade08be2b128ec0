"""A report appears whole or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from helpers.errors import ExportError
from helpers.params import RunParams
from helpers.run.place import building, publish, recover_report

ROOT = Path(__file__).resolve().parents[3]

#: What `build` leaves.
FILES = [
    "processed/bnnk-hss/2021/clean_table.csv", "reports/bnnk-hss/2021/index.html",
    "reports/bnnk-hss/2021/manifest.json",
]  # fmt: skip


@pytest.fixture
def params(tmp_path: Path) -> RunParams:
    """An edition whose processed data and reports lie in a scratch folder."""
    return RunParams(processed=str(tmp_path / "processed"), out=str(tmp_path / "reports"))


@contextmanager
def staging(
    params: RunParams, on_edit: Callable[[str, Path], None] = lambda _name, _copy: None
) -> Iterator[RunParams]:
    """Build and publish, as `make_report` does."""
    with building(params) as built:
        recover_report(params, on_edit)
        yield built
        publish(built, params, on_edit)


def build(params: RunParams, text: str) -> None:
    """Publish a report of one file."""
    with staging(params) as built:
        (built.paths.out / "index.html").write_text(text, encoding="utf-8")
        (built.paths.out / "manifest.json").write_text('{"outputs": {}}', encoding="utf-8")
        (built.paths.processed / "clean_table.csv").write_text(text, encoding="utf-8")


def tree(folder: Path) -> list[str]:
    """Return all files below a folder, relative."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_report_is_moved_into_place_and_nothing_else_is_left(params: RunParams, tmp_path: Path) -> None:
    build(params, "one")
    assert tree(tmp_path) == FILES
    assert [path.name for path in tmp_path.rglob(".*")] == []


def test_a_new_report_replaces_the_old_one_whole(params: RunParams) -> None:
    build(params, "one")
    (params.paths.out / "stale.html").write_text("old", encoding="utf-8")
    build(params, "two")
    assert tree(params.paths.out) == ["index.html", "manifest.json"]
    assert (params.paths.out / "index.html").read_text(encoding="utf-8") == "two"


def test_a_failed_run_leaves_the_last_good_one_as_it_was(params: RunParams, tmp_path: Path) -> None:
    build(params, "one")
    with pytest.raises(FileNotFoundError), staging(params) as built:
        (built.paths.out / "missing" / "half.html").write_text("half", encoding="utf-8")
    assert (params.paths.out / "index.html").read_text(encoding="utf-8") == "one"
    assert tree(tmp_path) == FILES


@pytest.mark.parametrize("locale", ["id", "en"])
def test_a_first_run_that_fails_leaves_no_empty_folder(
    params: RunParams, tmp_path: Path, locale: str
) -> None:
    first = RunParams(locale=locale, processed=params.processed, out=params.out)
    with pytest.raises(FileNotFoundError), staging(first) as built:
        (built.paths.out / "missing" / "half.html").write_text("half", encoding="utf-8")
    assert [
        path for path in (tmp_path / "reports").rglob("*") if "2021" in path.name or path.name == "en"
    ] == []


def test_two_runs_of_one_edition_do_not_mix(params: RunParams) -> None:
    with staging(params), pytest.raises(ExportError, match="bnnk-hss 2021"), staging(params):
        pass


def test_the_english_report_outlives_a_new_indonesian_one(params: RunParams) -> None:
    build(params, "one")
    english = RunParams(locale="en", processed=params.processed, out=params.out)
    build(english, "english")
    build(params, "two")
    assert (params.paths.out / "en" / "index.html").read_text(encoding="utf-8") == "english"
    assert (params.paths.out / "index.html").read_text(encoding="utf-8") == "two"
    build(english, "english again")
    assert (params.paths.out / "index.html").read_text(encoding="utf-8") == "two"
    assert tree(params.paths.out) == ["en/index.html", "en/manifest.json", "index.html", "manifest.json"]


def test_what_was_changed_by_hand_is_told_and_kept_beside_the_report(params: RunParams) -> None:
    build(params, "one")
    report = params.paths.out
    (report / "index.html").write_text("by hand", encoding="utf-8")
    (report / "profiles").mkdir()
    (report / "profiles" / "index.html").write_text("made apart", encoding="utf-8")
    told: list[tuple[str, Path]] = []
    with staging(params, lambda name, copy: told.append((name, copy))) as built:
        (built.paths.out / "index.html").write_text("two", encoding="utf-8")
    copy = report.with_name("2021-edited") / "index.html"
    assert told == [("index.html", copy)]
    assert copy.read_text(encoding="utf-8") == "by hand"
    assert (report / "index.html").read_text(encoding="utf-8") == "two"
    assert (report / "profiles" / "index.html").read_text(encoding="utf-8") == "made apart"


def test_a_run_killed_between_the_renames_is_put_right(params: RunParams) -> None:
    build(params, "one")
    final = params.paths.out
    final.rename(final.with_name(".2021.before"))
    with pytest.raises(RuntimeError), staging(params):
        raise RuntimeError
    assert (final / "index.html").read_text(encoding="utf-8") == "one"
    (final.with_name(".2021.before")).mkdir()
    build(params, "two")
    assert (final / "index.html").read_text(encoding="utf-8") == "two"
    assert not final.with_name(".2021.before").exists()


KILLED = """
import os, signal, shutil, sys
from pathlib import Path
from helpers.params import RunParams
from helpers.run import place

params = RunParams(processed=sys.argv[1] + "/processed", out=sys.argv[1] + "/reports")
calls = iter(range(99))

def killed(function, before):
    def call(*arguments, **options):
        last = next(calls) == int(sys.argv[2])
        if last and before:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments, **options)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return call

before = sys.argv[3] == "before"
with place.building(params) as built:
    place.recover_report(params, lambda *_: None)
    (built.paths.out / "index.html").write_text("two", encoding="utf-8")
    (built.paths.out / "manifest.json").write_text('{"outputs": {}}', encoding="utf-8")
    (built.paths.processed / "clean_table.csv").write_text("two", encoding="utf-8")
    Path.rename = killed(Path.rename, before)
    shutil.copy2 = killed(shutil.copy2, before)
    shutil.rmtree = killed(shutil.rmtree, before)
    place.publish(built, params, lambda *_: None)
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_any_step_of_the_move_the_report_is_whole_and_the_next_run_right(
    params: RunParams, tmp_path: Path, moment: str
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for step in range(99):
        build(params, "one")
        report = params.paths.out
        (report / "en").mkdir(exist_ok=True)
        (report / "en" / "index.html").write_text("english", encoding="utf-8")
        (report / "press-release.docx").write_text(f"by hand {step}", encoding="utf-8")
        command = [sys.executable, "-c", KILLED, str(tmp_path), str(step), moment]
        ended = subprocess.run(command, check=False, cwd=ROOT, env=environment)
        if report.exists():
            # Whole: of one run or the other.
            assert (report / "index.html").read_text(encoding="utf-8") in ("one", "two")
        build(params, "three")
        assert (report / "index.html").read_text(encoding="utf-8") == "three"
        assert (report / "en" / "index.html").read_text(encoding="utf-8") == "english"
        copies = (report.with_name("2021-edited")).glob("press-release*.docx")
        assert f"by hand {step}" in [path.read_text(encoding="utf-8") for path in copies]
        assert [path for path in tmp_path.rglob(".*")] == []
        shutil.rmtree(report.with_name("2021-edited"))
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL
    assert step >= 6
