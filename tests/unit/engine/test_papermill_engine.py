"""The engine as papermill sees it: its options, its metadata, its errors, its command."""

import datetime as dt
import io
import json
import logging
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from helpers.engine import engines
from helpers.engine.engines import KernelEngine
from helpers.engine.fork import FORK, KERNEL, ForkEngine, register

IN_A_KERNEL = "import sys; print('ipykernel.kernelapp' in sys.modules)"


@pytest.fixture(autouse=True)
def registered():
    register()


def execute(notebook, output=None, **options):
    return papermill.execute_notebook(
        str(notebook), output and str(output), engine_name=FORK, progress_bar=False, **options
    )


def test_it_runs_by_papermills_own_call(tmp_path, make_notebook):
    notebook = make_notebook(tmp_path / "n.ipynb", ("year = 2020", ["parameters"]), "print(year)")
    executed = execute(notebook, tmp_path / "o.ipynb", parameters={"year": 2021})
    assert executed.cells[2].outputs == [{"output_type": "stream", "name": "stdout", "text": "2021\n"}]
    metadata = json.loads((tmp_path / "o.ipynb").read_text())["metadata"]
    assert metadata["papermill"]["parameters"] == {"year": 2021}


def test_it_writes_papermills_metadata(tmp_path, make_notebook):
    notebook = make_notebook(tmp_path / "n.ipynb", "md:# T", "import time; time.sleep(0.2)")
    before = dt.datetime.now(dt.UTC)
    executed = execute(notebook)
    after = dt.datetime.now(dt.UTC)
    told = executed.cells[1].metadata
    assert told.papermill.status == "completed"
    assert told.papermill.exception is False
    assert 0.2 <= told.papermill.duration < (after - before).total_seconds()
    start, end = (dt.datetime.fromisoformat(told.papermill[name]) for name in ("start_time", "end_time"))
    assert before <= start < end <= after
    assert set(told.execution) == {
        "iopub.status.busy", "iopub.execute_input", "iopub.status.idle", "shell.execute_reply",
    }  # fmt: skip
    busy, idle = (told.execution[f"iopub.status.{name}"] for name in ("busy", "idle"))
    assert 0.2 <= (dt.datetime.fromisoformat(idle) - dt.datetime.fromisoformat(busy)).total_seconds() < 5
    assert executed.metadata.papermill.exception is None
    assert executed.metadata.papermill.duration > 0.2


def test_an_error_is_papermills_own(tmp_path, make_notebook):
    notebook = make_notebook(tmp_path / "n.ipynb", "print(1)", "{}['k']")
    with pytest.raises(PapermillExecutionError, match="KeyError") as caught:
        execute(notebook, tmp_path / "o.ipynb")
    error = caught.value
    assert (error.cell_index, error.exec_count, error.ename, error.evalue) == (1, 2, "KeyError", "'k'")
    assert "An Exception was encountered at" in (tmp_path / "o.ipynb").read_text()


def test_a_crash_is_papermills_own_error_and_saved(tmp_path, make_notebook):
    notebook = make_notebook(tmp_path / "n.ipynb", "print('kept')", "import os; os._exit(7)")
    with pytest.raises(PapermillExecutionError, match="exit code 7") as caught:
        execute(notebook, tmp_path / "o.ipynb")
    assert (caught.value.cell_index, caught.value.ename) == (1, "DeadKernelError")
    assert "kept" in (tmp_path / "o.ipynb").read_text()


@pytest.mark.parametrize("option", ["execution_timeout", "timeout"])
def test_papermills_timeout_is_kept(tmp_path, make_notebook, option):
    notebook = make_notebook(tmp_path / "n.ipynb", "import time; time.sleep(60)")
    with pytest.raises(PapermillExecutionError, match="CellTimeoutError"):
        execute(notebook, **{option: 1})


def test_outputs_are_logged_and_copied_as_papermill_does(tmp_path, make_notebook, caplog):
    notebook = make_notebook(tmp_path / "n.ipynb", "import sys; print('o'); print('e', file=sys.stderr); 'r'")
    out, err = io.StringIO(), io.StringIO()
    with caplog.at_level(logging.INFO, logger="papermill"):
        execute(notebook, log_output=True, stdout_file=out, stderr_file=err)
    assert (out.getvalue(), err.getvalue()) == ("o\n", "e\n")
    logged = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert ("INFO", "o\n") in logged
    assert ("WARNING", "e\n") in logged
    assert ("INFO", "'r'") in logged


def test_progress_is_called_before_each_cell(tmp_path, make_notebook):
    notebook = make_notebook(tmp_path / "n.ipynb", "md:# T", "1", "2")
    seen = []
    execute(notebook, progress=lambda index, nb: seen.append((index, len(nb.cells))))
    assert seen == [(0, 3), (1, 3), (2, 3)]


def test_cells_tagged_to_be_skipped_are_skipped(tmp_path, make_notebook):
    notebook = make_notebook(tmp_path / "n.ipynb", ("1/0", ["skip-execution"]), "print(1)")
    executed = execute(notebook)
    assert executed.cells[0].outputs == []
    assert executed.cells[1].execution_count == 1


def test_errors_may_be_allowed(tmp_path, make_notebook):
    notebook = make_notebook(tmp_path / "n.ipynb", "raise ValueError('x')", "print('goes on')")
    with pytest.raises(PapermillExecutionError, match="ValueError"):
        execute(notebook, tmp_path / "o.ipynb", allow_errors=True)
    assert "goes on" in (tmp_path / "o.ipynb").read_text().replace("print('goes on')", "")


def test_a_host_with_threads_is_no_obstacle(tmp_path, make_notebook):
    # papermill's own progress bar starts a thread before the engine is called.
    notebook = make_notebook(tmp_path / "n.ipynb", "print(1)")
    executed = papermill.execute_notebook(str(notebook), None, engine_name=FORK, progress_bar=True)
    assert executed.cells[0].outputs[0].text == "1\n"


def test_another_language_goes_to_a_kernel(tmp_path, make_notebook, monkeypatch):
    asked = []
    ask = classmethod(lambda cls, nb_man, name, **_: asked.append(name))
    monkeypatch.setattr(KernelEngine, "execute_managed_notebook", ask)
    kernelspec = {"name": "ir", "display_name": "R", "language": "R"}
    metadata = {"kernelspec": kernelspec, "language_info": {"name": "R"}}
    execute(make_notebook(tmp_path / "n.ipynb", "1", metadata=metadata))
    assert asked == ["ir"]


def test_without_fork_it_is_the_stock_engine(tmp_path, make_notebook, monkeypatch):
    monkeypatch.setattr(engines, "can_fork", lambda: False)
    executed = execute(make_notebook(tmp_path / "n.ipynb", IN_A_KERNEL))
    assert executed.cells[0].outputs[0].text == "True\n"


def test_the_fork_engine_is_no_kernel(tmp_path, make_notebook):
    executed = execute(make_notebook(tmp_path / "n.ipynb", IN_A_KERNEL))
    assert executed.cells[0].outputs[0].text == "False\n"


def test_a_notebook_may_run_a_notebook(tmp_path, make_notebook):
    inner = make_notebook(tmp_path / "inner.ipynb", "print('inner')")
    code = (
        "from pathlib import Path\nfrom helpers.engine.run import execute_notebook\n"
        f"nb = execute_notebook(Path({str(inner)!r}), Path({str(tmp_path / 'io.ipynb')!r}))\n"
        "print(nb.cells[0].outputs[0].text)"
    )
    executed = execute(make_notebook(tmp_path / "n.ipynb", code))
    assert "inner" in executed.cells[0].outputs[0].text


def test_its_names_are_registered():
    found = {entry.name: entry.load() for entry in entry_points(group="papermill.engine")}
    if FORK not in found:
        pytest.skip("the package is not installed here with its entry points")
    assert found[FORK] is ForkEngine
    assert papermill.engines.papermill_engines.get_engine(KERNEL) is KernelEngine


MODULES = sorted(path.stem for path in Path(engines.__file__).parent.glob("[a-z]*.py"))


@pytest.mark.parametrize("first", MODULES)
def test_each_module_may_be_imported_first(first):
    # papermill loads the entry point in the middle of its own import.
    code = f"import sys; sys.path[:0] = {sys.path!r}\nimport helpers.engine.{first}, papermill"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_papermills_command_runs_it(tmp_path, make_notebook):
    notebook = make_notebook(tmp_path / "n.ipynb", ("a = 1", ["parameters"]), "print(a)")
    command = (
        f"import sys; sys.path[:0] = {sys.path!r}\nfrom helpers.engine.fork import register; register()\n"
        "from papermill.cli import papermill; papermill()"
    )
    arguments = [str(notebook), str(tmp_path / "o.ipynb"), "--engine", FORK, "-p", "a", "5"]
    subprocess.run([sys.executable, "-c", command, *arguments], check=True, capture_output=True, timeout=120)
    assert '"5\\n"' in (tmp_path / "o.ipynb").read_text()
