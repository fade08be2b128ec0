"""The warm parent: one thread, one socket, what it has loaded, what it has not touched."""

import importlib.util
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.engine import warm
from helpers.engine.parent import WarmParent, make_request, shared_parent
from helpers.engine.run import Job, run_notebooks
from helpers.engine.warm import LATER, MODULES

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def run_python(code):
    done = subprocess.run(
        [sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout


def look_from_inside(run_cells, code):
    run = run_cells(code)
    assert run.failure is None, run.failure
    return "".join(text for out in run.cells[0]["outputs"] for text in out.get("text", []))


def test_the_parent_has_one_thread_and_one_socket(run_cells):
    run_cells("1")
    parent = shared_parent()
    assert len(os.listdir(f"/proc/{parent.pid}/task")) == 1

    def sockets():
        links = [os.readlink(fd) for fd in Path(f"/proc/{parent.pid}/fd").iterdir()]
        return [link for link in links if link.startswith("socket:")]

    deadline = time.monotonic() + 5
    while len(sockets()) > 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(sockets()) == 1


def test_children_find_the_stack_loaded(run_cells):
    stack = {"numpy", "pandas", "matplotlib.pyplot", "seaborn"}
    told = look_from_inside(run_cells, f"import sys; print(sorted({stack} - set(sys.modules)))")
    assert told == "[]\n"


def test_the_backend_is_chosen_in_the_notebook_not_before(run_cells):
    code = (
        "import sys, matplotlib\n"
        "print('matplotlib_inline.backend_inline' in sys.modules, matplotlib.is_interactive())"
    )
    told = look_from_inside(run_cells, code)
    assert told == "False False\n"


def test_a_chosen_backend_is_respected(run_cells, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "svg")
    assert look_from_inside(run_cells, "import matplotlib.pyplot as p; print(p.get_backend())") == "svg\n"


def test_nothing_of_a_profile_or_history_is_written(tmp_path, monkeypatch, make_notebook):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "mpl"))
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    notebook = make_notebook(tmp_path / "n.ipynb", "print(In[-1])")
    with WarmParent(modules=()) as parent:
        (result,) = run_notebooks([Job("n", notebook, tmp_path / "o.ipynb")], parent=parent)
    assert result.failure is None
    assert list(home.rglob("*")) == []


def test_a_module_that_cannot_be_imported_is_left_out(tmp_path, make_notebook):
    notebook = make_notebook(tmp_path / "n.ipynb", "print(1)")
    with WarmParent(modules=("no_such_module", "json")) as parent:
        (result,) = run_notebooks([Job("n", notebook, tmp_path / "o.ipynb")], parent=parent)
    assert result.failure is None


def test_what_a_function_caches_is_there_in_every_notebook(tmp_path, monkeypatch, make_notebook):
    # Two notebooks print the id of the process that has called the function.
    (tmp_path / "cached_number.py").write_text(
        "import functools, os\n@functools.cache\ndef number():\n    return os.getpid()\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    notebook = make_notebook(tmp_path / "n.ipynb", "import cached_number; print(cached_number.number())")
    outputs = [tmp_path / name for name in ("a.ipynb", "b.ipynb")]
    with WarmParent(modules=("cached_number:number",)) as parent:
        results = run_notebooks([Job(path.stem, notebook, path) for path in outputs], parent=parent)
        told = [json.loads(path.read_text())["cells"][0]["outputs"][0]["text"] for path in outputs]
        assert [result.failure for result in results] == [None, None]
        assert told == [[f"{parent.pid}\n"]] * 2


def test_what_comes_later_is_imported_between_the_first_children(tmp_path, monkeypatch):
    (tmp_path / "later_module.py").write_text(
        "from pathlib import Path\nfolder = Path(__file__).parent\n"
        "def begin():\n    (folder / 'begun').touch()\n"
        "    while not (folder / 'told').exists():\n        pass\n"
        "def tell(connection, descriptors):\n    import sys\n"
        "    connection.send('json.tool' in sys.modules)\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    request = make_request("later_module:tell")
    with WarmParent((), later=("later_module:begin", "json.tool")) as parent:
        assert parent.fork(request).connection.recv() is False
        wait_for((tmp_path / "begun").exists)
        waiting = parent.fork(request)
        # It is busy with what comes later, and serves between one of them and the next.
        assert not waiting.connection.poll(0.2)
        (tmp_path / "told").touch()
        assert waiting.connection.recv() is False
        wait_for(lambda: parent.fork(request).connection.recv() is True)


def wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_imports_say_nothing(capfd, run_cells):
    with WarmParent((*MODULES, *LATER), ()) as parent:
        pid = parent.pid
        # It answers once everything is imported.
        parent.fork(make_request("operator:is_")).wait(60)
    assert not Path(f"/proc/{pid}").exists()
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


def test_a_parent_ends_twice_without_complaint():
    parent = WarmParent(modules=())
    parent.close()
    parent.close()
    assert not parent.is_alive()


def test_the_slow_optional_module_is_skipped_and_stays_available():
    code = (
        "import sys, json\nfrom helpers.engine.warm import import_nbformat\nimport_nbformat()\n"
        "skipped = 'rfc3987_syntax' not in sys.modules and 'nbformat' in sys.modules\n"
        "from importlib.util import find_spec\n"
        "print(json.dumps([skipped, find_spec('rfc3987_syntax') is not None]))"
    )
    skipped, available = json.loads(run_python(code))
    assert skipped
    assert available == (importlib.util.find_spec("rfc3987_syntax") is not None)


def test_it_does_nothing_once_jsonschema_is_there():
    code = "import jsonschema\nfrom helpers.engine.warm import import_nbformat as f\n"
    code += "f(); f(); import nbformat; print('ok')"
    assert run_python(code) == "ok\n"


@pytest.mark.parametrize(
    ("platform", "expected"), [("linux", True), ("darwin", False), ("emscripten", False)]
)
def test_where_forking_is_safe(monkeypatch, platform, expected):
    monkeypatch.setattr(warm.sys, "platform", platform)
    assert warm.can_fork() is expected


def test_no_fork_where_there_is_none(monkeypatch):
    monkeypatch.delattr(warm.os, "fork")
    assert warm.can_fork() is False
