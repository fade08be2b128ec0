"""Work is given in the order of the list, in processes that are gone afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from helpers.errors import ExportError
from helpers.run.failure import NotebookError
from helpers.run.job import Task
from helpers.run.pool import run_tasks

ROOT = Path(__file__).resolve().parents[3]
FUNCTIONS = """
import os, time

def note(folder, name, seconds=0.0):
    with open(f"{folder}/log", "a") as log:
        log.write(name + "\\n")
    time.sleep(seconds)
    return os.getpid()

def refuse():
    from helpers.errors import ExportError
    raise ExportError("tidak jadi")

def defect():
    return {}["x"]

def die():
    os.kill(os.getpid(), 9)

def grow():
    grow.kept = [*getattr(grow, "kept", ()), b"x" * (100 << 20)]
    return os.getpid()
"""
PROGRAM = """
import sys
from helpers.run.job import Task
from helpers.run.pool import run_tasks
if __name__ == "__main__":
    tasks = [Task(name, "functions:note", (sys.argv[1], name, 300.0), alone=True) for name in "ab"]
    run_tasks(tasks, workers=2)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with functions that processes can import."""
    (tmp_path / "functions.py").write_text(FUNCTIONS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def noting(folder: Path, name: str, *needs: str, **options: Any) -> Task:
    return Task(name, "functions:note", (str(folder), name), needs, **options)


def test_waiting_tasks_start_in_order_after_what_they_need(folder: Path) -> None:
    tasks = [noting(folder, "a"), noting(folder, "late", "b"), noting(folder, "b"), noting(folder, "c")]
    outcomes = run_tasks(tasks, workers=1)
    assert (folder / "log").read_text().split() == ["a", "b", "late", "c"]
    assert all(outcome.error is None for outcome in outcomes.values())


def test_documents_share_a_process_and_notebooks_do_not(folder: Path) -> None:
    tasks = [noting(folder, "a"), noting(folder, "b"), noting(folder, "n", alone=True)]
    pids = {name: outcome.value for name, outcome in run_tasks(tasks, workers=1).items()}
    assert pids["a"] == pids["b"] != pids["n"]
    # The first loads libraries, which the next is to find.
    grown = [Task("f", "functions:grow"), Task("g", "functions:grow"), noting(folder, "h")]
    outcomes = run_tasks(grown, workers=1)
    assert outcomes["f"].value == outcomes["g"].value != outcomes["h"].value
    assert outcomes["g"].grown_mb > 64


@pytest.mark.parametrize("go_on", [False, True])
def test_a_failure_stops_what_has_not_started_unless_it_is_to_go_on(folder: Path, go_on: bool) -> None:
    tasks = [Task("bad", "functions:refuse"), noting(folder, "after", "bad"), noting(folder, "other")]
    outcomes = run_tasks(tasks, workers=1, go_on=go_on)
    assert isinstance(outcomes["bad"].error, ExportError)
    assert sorted(outcomes) == (["bad", "other"] if go_on else ["bad"])


def test_a_defect_and_a_lost_process_are_told_with_the_name(folder: Path) -> None:
    tasks = [Task("tables", "functions:defect"), Task("index", "functions:die"), noting(folder, "other")]
    outcomes = run_tasks(tasks, workers=2, go_on=True)
    errors = {name: outcome.error for name, outcome in outcomes.items()}
    assert isinstance(errors["tables"], NotebookError)
    assert errors["tables"].text("en") == "tables could not be made: KeyError: 'x'"
    assert isinstance(errors["index"], NotebookError)
    assert errors["index"].failure.kind == "crash"
    assert "SIGKILL" in errors["index"].text("en")
    assert errors["other"] is None


def test_a_task_out_of_time_is_ended(folder: Path) -> None:
    task = Task("slow", "functions:note", (str(folder), "slow", 300.0), seconds=1)
    started = time.monotonic()
    error = run_tasks([task], workers=1)["slow"].error
    assert time.monotonic() - started < 60
    assert isinstance(error, NotebookError)
    assert error.failure.kind == "timeout"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_processes_end_with_the_program(folder: Path, number: int) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{folder}"}
    script = folder / "program.py"
    script.write_text(PROGRAM, encoding="utf-8")
    program = subprocess.Popen(
        [sys.executable, str(script), str(folder)], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    log = folder / "log"
    while not (log.exists() and len(log.read_text().split()) == 2):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert _own(folder)
    program.send_signal(number)
    program.wait()
    while _own(folder):
        assert time.monotonic() < deadline, _own(folder)
        time.sleep(0.05)


def _own(folder: Path) -> list[int]:
    """Return the processes whose environment names the folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if str(folder).encode() in path.read_bytes() and path.parent.name != str(os.getpid()):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found
