"""A notebook that fails, crashes, hangs or eats memory is contained and told with its cell."""

import os
import signal
import time
import typing
from pathlib import Path

import pytest

from helpers.engine.failure import Failure, Kind, NotebookError
from helpers.engine.run import Job, execute_notebook, run_notebooks

# A loop in C that holds the interpreter and looks at no signal.
BUSY_IN_C = "import collections, itertools\ncollections.deque(itertools.repeat(0), maxlen=0)"


def process_is_gone(pid):
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_an_error_is_told_with_its_cell_and_stops_the_notebook(run_cells, stream_text, engine):
    cells = ("md:# Judul", "print('first')", "md:## Serapan", "x = 1 / 0", "print('never')")
    run = run_cells(*cells, engine=engine)
    failure = run.failure
    assert (failure.kind, failure.ename, failure.evalue) == ("error", "ZeroDivisionError", "division by zero")
    assert (failure.cell_index, failure.prompt, failure.source) == (3, 2, "x = 1 / 0")
    assert failure.title == "Serapan"
    assert failure.traceback[-1].endswith("division by zero")
    assert failure.text("id") == (
        'notebook cells, sel [2] di bawah "Serapan": ZeroDivisionError: division by zero'
    )
    assert failure.text("en") == (
        'notebook cells, cell [2] below "Serapan": ZeroDivisionError: division by zero'
    )
    assert stream_text(run.cells[1], "stdout") == "first\n"
    assert [cell["metadata"]["papermill"]["status"] for cell in run.cells] == [
        "completed", "completed", "completed", "failed", "pending",
    ]  # fmt: skip
    assert run.cells[4]["outputs"] == []


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_an_error_written_for_people_is_told_as_it_is(run_cells, engine):
    code = "from helpers.errors import DataError\nraise DataError('sel H23 bukan angka')"
    run = run_cells(code, engine=engine)
    assert run.failure.kind == "finding"
    assert run.failure.text("id") == "notebook cells, sel [1]: sel H23 bukan angka"


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_an_error_that_ipython_prints_is_told_too(run_cells, engine):
    run = run_cells("raise ExceptionGroup('dua hal', [ValueError('a')])", engine=engine)
    assert run.failure.kind == "error"
    assert run.failure.evalue != ""


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
        ("import os; os._exit(3)", "exit code 3"),
        ("import os; os._exit(0)", "exit code 0"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
        ("import os; os.abort()", "SIGABRT"),
        ("import os; os.close(1); os.close(2); print('x')", ""),
    ],
)
def test_a_crash_keeps_what_was_written_before_it(run_cells, stream_text, code, how):
    run = run_cells("print('done before')", f"print('just before')\n{code}", "print('never')")
    assert run.failure.cell_index == 1
    assert run.failure.prompt == 2
    if how:
        assert run.failure.kind == "crash"
        assert how in run.failure.evalue
    assert stream_text(run.cells[0], "stdout") == "done before\n"
    assert stream_text(run.cells[1], "stdout") == "just before\n"
    assert run.cells[1]["outputs"][-1]["output_type"] == "error"
    assert run.cells[2]["outputs"] == []


def test_a_crash_shows_the_line_it_came_from(run_cells):
    run = run_cells("1", "a = 1\nimport ctypes\nctypes.string_at(0)")
    assert "File In[2], line 3 in <module>" in run.failure.traceback[-1]


def test_a_crash_of_a_kernel_is_told_with_its_cell_too(run_cells):
    run = run_cells("1", "import os; os._exit(1)", engine="kernel")
    assert (run.failure.kind, run.failure.cell_index) == ("crash", 1)


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(60)",
        BUSY_IN_C,
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "while True: print('x' * 1000)",
        "while True: display('x')",
        "import asyncio; await asyncio.sleep(60)",
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
    ],
    ids=["sleep", "busy in C", "deaf", "printing", "displaying", "async", "stopped"],
)
def test_a_cell_that_does_not_end_is_ended(run_cells, code):
    started = time.monotonic()
    run = run_cells("print('quick')", code, "print('never')", cell_timeout=0.7)
    assert run.failure.kind == "cell_timeout"
    assert run.failure.cell_index == 1
    assert run.failure.evalue == "the cell took longer than 0.7 s"
    assert run.result.seconds["run"] < 10
    assert time.monotonic() - started < 60
    assert run.cells[2]["outputs"] == []


def test_a_hanging_cell_shows_where_it_hangs(run_cells):
    run = run_cells("def wait():\n    while True: pass\nwait()", cell_timeout=0.5)
    assert "File In[1], line 2 in wait" in "\n".join(run.failure.traceback)


def test_a_cell_timeout_counts_each_cell_anew(run_cells):
    run = run_cells(*["import time; time.sleep(0.5)"] * 3, cell_timeout=1.2)
    assert run.failure is None


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_a_notebook_timeout_counts_all_cells(run_cells, engine):
    # A kernel needs a second or more to start, and its start counts.
    seconds = 1.0 if engine == "fork" else 8.0
    nap = f"import time; time.sleep({seconds * 0.4})"
    run = run_cells(*[nap] * 6, engine=engine, notebook_timeout=seconds)
    assert run.failure.kind == "notebook_timeout"
    assert run.failure.cell_index in {0, 1, 2}
    assert "the notebook took longer than" in run.failure.evalue


def test_a_kernel_cell_timeout_is_told_with_its_cell(run_cells):
    run = run_cells("1", "import time; time.sleep(60)", engine="kernel", cell_timeout=0.5)
    assert (run.failure.kind, run.failure.cell_index) == ("cell_timeout", 1)


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_memory_beyond_the_limit_is_refused(run_cells, stream_text, engine):
    # The limit counts beyond what the job's process has: a kernel, which begins anew, has that besides.
    run = run_cells(
        "print(len(bytearray(50 * 2**20)))", "x = bytearray(8 * 2**30)", engine=engine, memory_limit_mb=400
    )
    assert (run.failure.kind, run.failure.ename, run.failure.cell_index) == ("memory", "MemoryError", 1)
    assert stream_text(run.cells[0], "stdout") == "52428800\n"


@pytest.mark.parametrize(
    "code",
    ["while True: print('x' * 1000)", "for _ in range(3): display({'text/plain': 'x' * 500_000}, raw=True)"],
)
def test_output_beyond_the_limit_ends_the_cell(run_cells, code):
    run = run_cells("print('kept')", code, "print('never')", output_limit_mb=1, cell_timeout=60)
    assert (run.failure.kind, run.failure.cell_index) == ("output", 1)
    assert "1 MiB" in run.failure.text("id")
    assert run.output.stat().st_size < 4 * 2**20


def test_memory_is_free_without_a_limit(run_cells):
    assert run_cells("x = bytearray(900 * 2**20)").failure is None


@pytest.mark.parametrize(
    "code",
    [
        "import time\ntime.sleep(30)",
        "import asyncio\nawait asyncio.sleep(30)",
        "while True: print('x')",
    ],
    ids=["sleep", "async", "printing"],
)
def test_an_interrupt_ends_the_cell(run_cells, code):
    ring = "import os, signal, threading\nthreading.Timer(0.4, os.kill, (os.getpid(), signal.SIGINT)).start()"
    run = run_cells("print('kept')", f"{ring}\n{code}", "print('never')", cell_timeout=20)
    assert run.failure.kind in {"interrupt", "error"}
    assert run.failure.ename in {"KeyboardInterrupt", "CancelledError"}
    assert run.failure.cell_index == 1


def test_an_interrupt_between_cells_is_ignored_as_by_a_kernel(run_cells, stream_text):
    run = run_cells(
        "import os, signal, threading, asyncio\nmoment = asyncio.get_running_loop().call_soon\n"
        "_ = moment(lambda: os.kill(os.getpid(), signal.SIGINT))",
        "print('goes on')",
    )
    assert run.failure is None
    assert stream_text(run.cells[1], "stdout") == "goes on\n"


@pytest.mark.parametrize(
    "ending",
    ["", "import os; os._exit(1)", "import time; time.sleep(60)"],
    ids=["done", "crash", "timeout"],
)
def test_nothing_that_a_cell_started_outlives_it(run_cells, stream_text, ending):
    code = (
        "import subprocess, multiprocessing, time\n"
        "a = subprocess.Popen(['sleep', '300'])\n"
        "b = multiprocessing.get_context('fork').Process(target=time.sleep, args=(300,), daemon=True)\n"
        "b.start(); print(a.pid, b.pid, flush=True)\n"
    )
    started = time.monotonic()
    run = run_cells(code + ending, cell_timeout=3)
    assert time.monotonic() - started < 60
    pids = [int(pid) for pid in stream_text(run.cells[0], "stdout").split()]
    assert len(pids) == 2
    assert all(process_is_gone(pid) for pid in pids)
    assert (run.failure is None) == (ending == "")


def test_exit_in_the_last_cell_ends_well(run_cells, stream_text):
    run = run_cells("print('a')", "print('b')\nexit()")
    assert run.failure is None
    assert stream_text(run.cells[1], "stdout") == "b\n"


def test_exit_before_other_cells_is_told(run_cells):
    run = run_cells("exit", "print('never')")
    assert (run.failure.kind, run.failure.cell_index) == ("crash", 1)
    assert "ended the notebook with exit" in run.failure.evalue


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_sys_exit_stops_a_notebook_without_an_error(run_cells, engine):
    # papermill's rule: leaving with 0 is a way to end a notebook early.
    run = run_cells("import sys; sys.exit(0)", "print('never')", engine=engine)
    assert run.failure is None
    assert run.cells[1]["outputs"] == []


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_sys_exit_with_a_code_is_an_error(run_cells, engine):
    run = run_cells("import sys; sys.exit(2)", engine=engine)
    assert (run.failure.ename, run.failure.evalue) == ("SystemExit", "2")


def test_large_outputs_pass_whole(run_cells, stream_text):
    run = run_cells(
        "import sys\nsys.stdout.write('o' * 3_000_000); sys.stderr.write('e' * 3_000_000)\n"
        "display({'text/plain': 'd' * 3_000_000}, raw=True)\nprint('é' * 1_000_000)"
    )
    assert run.failure is None
    (cell,) = run.cells
    assert stream_text(cell, "stdout") == "o" * 3_000_000 + "é" * 1_000_000 + "\n"
    assert stream_text(cell, "stderr") == "e" * 3_000_000
    data = [out["data"] for out in cell["outputs"] if out["output_type"] == "display_data"]
    assert len("".join(data[0]["text/plain"])) == 3_000_000


def test_functions_registered_for_the_end_run_at_the_end(run_cells, tmp_path):
    sign = tmp_path / "sign"
    run = run_cells(f"import atexit, pathlib\natexit.register(pathlib.Path({str(sign)!r}).write_text, 'x');")
    assert run.failure is None
    assert sign.read_text() == "x"


def test_one_failure_does_not_touch_the_next_notebook(run_cells):
    assert run_cells("import os; os._exit(1)").failure.kind == "crash"
    assert run_cells("print(1)").failure is None


def test_execute_notebook_raises_what_stopped_it(tmp_path, make_notebook):
    notebook = make_notebook(tmp_path / "n.ipynb", "raise ValueError('isi salah')")
    with pytest.raises(NotebookError, match=r"notebook n, sel \[1\]: ValueError: isi salah") as caught:
        execute_notebook(notebook, tmp_path / "o.ipynb")
    assert caught.value.failure.source == "raise ValueError('isi salah')"
    assert caught.value.text("en") == "notebook n, cell [1]: ValueError: isi salah"
    assert (tmp_path / "o.ipynb").is_file()


@pytest.mark.parametrize("locale", ["id", "en"])
@pytest.mark.parametrize(
    "kind",
    typing.get_args(Kind),
)
def test_every_kind_of_failure_has_a_text(kind, locale):
    text = Failure(kind, "anggaran", evalue="sebab").text(locale)
    assert text.startswith("notebook anggaran")


def test_a_job_that_is_killed_is_told_and_the_rest_goes_on(tmp_path, make_notebook):
    lethal = make_notebook(tmp_path / "a.ipynb", "import os, signal; os.kill(os.getppid(), signal.SIGKILL)")
    good = make_notebook(tmp_path / "b.ipynb", "print(1)")
    jobs = [Job("a", lethal, tmp_path / "oa.ipynb"), Job("b", good, tmp_path / "ob.ipynb")]
    first, second = run_notebooks(jobs)
    assert first.failure.kind == "lost"
    assert signal.SIGKILL.name in first.failure.evalue
    assert second.failure is None
    assert not (tmp_path / "oa.ipynb").exists()
    assert os.listdir(tmp_path).count("ob.ipynb") == 1
