"""Cells run in our shell as in a kernel; what stops a notebook is told with its cell."""

from __future__ import annotations

import os
import time
import typing
from pathlib import Path

import pytest

from helpers.run.failure import Failure, Kind
from helpers.run.job import Task
from helpers.run.pool import run_tasks

BOTH = pytest.mark.parametrize("engine", ["fork", "kernel"])

#: What an analyst may write: each shows something by another way.
SHOWN = (
    "print('a'); print('b')",
    "import sys\nprint('err', file=sys.stderr)",
    "1 + 1",
    "'no value';",
    "x = 3\nx",
    "import pandas as pd\npd.DataFrame({'a': range(3), 'b': ['x', 'y', 'z']})",
    "pd.DataFrame([[1.5] * 30] * 2)",
    "from IPython.display import HTML, Markdown, display\ndisplay(HTML('<b>x</b>')); Markdown('**y**')",
    "display({'text/markdown': 'm', 'text/plain': 'p'}, raw=True, metadata={'a': 1})",
    "class P(str):\n    def _repr_png_(self):\n        return b'\\x89PNG'\ndisplay(P('p'))",
    "import asyncio\nawait asyncio.sleep(0)\n'done'",
    "_ + '!'",
    "",
    "None",
    "def f():\n    return [1, (2, 3)]\nf()",
)


OUTPUTS = """
import nbformat
from helpers.run.engine import execute

def outputs(cells, engine):
    made = [nbformat.v4.new_code_cell(cell) for cell in cells]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel})
    ran = execute(notebook, engine, tell=lambda *_: None, output_limit=10**6)
    return [(cell.source, cell.execution_count, cell.outputs) for cell in ran.cells]
"""


def test_the_shell_shows_what_a_kernel_shows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "outputs_of.py").write_text(OUTPUTS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    tasks = [Task(engine, "outputs_of:outputs", (SHOWN, engine), alone=True) for engine in ("fork", "kernel")]
    outcomes = run_tasks(tasks, workers=2)
    assert [outcome.error for outcome in outcomes.values()] == [None, None]
    assert outcomes["fork"].value == outcomes["kernel"].value


@BOTH
def test_an_error_is_told_with_its_cell_and_stops_the_notebook(run_cells, engine: str) -> None:
    cells = ("md:# Judul", "print('first')", "md:## Serapan", "x = 1 / 0", "print('never')")
    run = run_cells(*cells, engine=engine)
    assert (run.failure.kind, run.failure.ename, run.failure.prompt) == ("error", "ZeroDivisionError", 2)
    assert run.failure.traceback[-1].endswith("division by zero")
    assert run.failure.text("id") == (
        'notebook cells, sel [2] di bawah "Serapan": ZeroDivisionError: division by zero'
    )
    assert run.failure.text("en") == (
        'notebook cells, cell [2] below "Serapan": ZeroDivisionError: division by zero'
    )
    assert run.printed(1) == "first\n"
    assert run.cells[4]["outputs"] == []


@BOTH
def test_an_error_written_for_people_is_told_as_it_is(run_cells, engine: str) -> None:
    code = "from helpers.errors import DataError\nraise DataError('sel H23 bukan angka')"
    run = run_cells(code, engine=engine)
    assert run.failure.kind == "finding"
    assert run.failure.text("id") == "notebook cells, sel [1]: sel H23 bukan angka"


@BOTH
def test_an_error_that_ipython_prints_is_told_too(run_cells, engine: str) -> None:
    run = run_cells("raise ExceptionGroup('dua hal', [ValueError('a')])", engine=engine)
    assert run.failure.kind == "error"
    assert run.failure.evalue


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
        ("import os; os._exit(3)", "exit code 3"),
        ("import os; os._exit(0)", "exit code 0"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
    ],
)
def test_a_crash_is_told_with_the_notebook_and_the_heading(run_cells, code: str, how: str) -> None:
    run = run_cells("print('before')", "md:## Serapan", code, "print('never')")
    assert run.failure.kind == "crash"
    assert how in run.failure.text("en")
    assert 'notebook cells, cell [-] below "Serapan"' in run.failure.text("en")


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(60)",
        "import collections, itertools\ncollections.deque(itertools.repeat(0), maxlen=0)",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    ],
    ids=["sleep", "busy in C", "deaf"],
)
def test_a_notebook_that_does_not_end_is_ended(run_cells, code: str) -> None:
    run = run_cells("md:# Judul", code, seconds=2)
    assert run.failure.kind == "timeout"
    assert "2 s" in run.failure.text("id")


def test_memory_beyond_the_limit_is_refused(run_cells) -> None:
    run = run_cells("print(len(bytearray(50 * 2**20)))", "x = bytearray(8 * 2**30)", memory_mb=400)
    assert (run.failure.kind, run.failure.prompt) == ("memory", 2)
    assert run.printed(0) == "52428800\n"


@pytest.mark.parametrize(
    "code",
    ["while True: print('x' * 1000)", "for _ in range(3): display({'text/plain': 'x' * 500_000}, raw=True)"],
)
def test_output_beyond_the_limit_ends_the_cell(run_cells, code: str) -> None:
    run = run_cells("print('kept')", code, "print('never')", output_mb=1)
    assert (run.failure.kind, run.failure.prompt) == ("output", 2)
    assert run.output.stat().st_size < 4 * 2**20


@BOTH
def test_leaving_with_zero_ends_a_notebook_early(run_cells, engine: str) -> None:
    run = run_cells("import sys; sys.exit(0)", "print('never')", engine=engine)
    assert run.failure is None
    assert run.cells[1]["outputs"] == []


def test_nothing_that_a_cell_started_outlives_it(run_cells, tmp_path: Path) -> None:
    code = (
        "import subprocess\na = subprocess.Popen(['sleep', '300'])\n"
        "with open('pid', 'w') as file: _ = file.write(str(a.pid))\n"
    )
    for ending in ("", "import os; os._exit(1)"):
        run = run_cells(code + ending, cwd=tmp_path)
        assert (run.failure is None) == (ending == "")
        assert _ends(int((tmp_path / "pid").read_text()))


def _ends(pid: int) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("locale", ["id", "en"])
@pytest.mark.parametrize("kind", typing.get_args(Kind))
def test_every_kind_of_failure_has_a_text(kind: typing.Any, locale: str) -> None:
    assert Failure(kind, "anggaran", evalue="sebab").text(locale).startswith("anggaran")


def test_the_program_s_environment_and_folder_are_the_notebook_s(
    run_cells, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TANDA", "ada")
    run = run_cells("import os; print(os.getcwd(), os.environ['TANDA'], hash('teks'))", cwd=tmp_path)
    again = run_cells("import os; print(os.getcwd(), os.environ['TANDA'], hash('teks'))", cwd=tmp_path)
    assert run.printed(0).startswith(f"{tmp_path} ada ")
    # The order of a set is the same in every run.
    assert run.printed(0) == again.printed(0)
    assert os.environ["TANDA"] == "ada"
