"""Many notebooks side by side: order, events, what follows, same bytes, nothing left over."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from helpers.engine import run as run_module
from helpers.engine.parent import WarmParent, shared_parent
from helpers.engine.run import (
    Call,
    Job,
    JobEvent,
    check_parameters,
    execute_notebook,
    open_runner,
    run_notebooks,
)
from helpers.errors import ParameterError

AFTER_MODULE = """
import os, signal
def count(notebook, job):
    return {"cells": len(notebook.cells), "job": job.name, "option": job.options.get("n"), "pid": os.getpid()}
def fail(notebook, job):
    raise RuntimeError("tidak bisa")
def unpicklable(notebook, job):
    return lambda: None
def die(notebook, job):
    os.kill(os.getpid(), signal.SIGKILL)
def sleep():
    import time
    time.sleep(600)
def spin():
    "One call of compiled code, which no signal handler interrupts."
    import re
    re.match("(a+)+b", "a" * 60)
def fill():
    return len(bytearray(400 * 2**20))
def tell():
    return os.getpid()
def start_thread(notebook, job):
    import threading
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    return os.getpid()


def grow_and_tell(mebibytes):
    grow_and_tell.kept = b"x" * (mebibytes << 20)
    return os.getpid()


def wait_and_tell(seconds):
    import time
    time.sleep(seconds)
    return os.getpid()
def refuse():
    from helpers.errors import ExportError
    raise ExportError("tidak jadi")
def end():
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def after(tmp_path, monkeypatch):
    """Functions to follow a notebook, importable in the warm parent's children."""
    folder = tmp_path / "functions"
    folder.mkdir()
    name = f"after_{tmp_path.name.replace('-', '_')}"
    (folder / f"{name}.py").write_text(AFTER_MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    return __import__(name)


def children_of(pid):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(condition, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


@pytest.fixture
def jobs(tmp_path, make_notebook):
    def make(count, code="print({n})", **options):
        made = []
        for n in range(count):
            notebook = make_notebook(tmp_path / f"n{n}.ipynb", f"md:# Bab {n}", code.replace("{n}", str(n)))
            made.append(Job(f"n{n}", notebook, tmp_path / "out" / f"n{n}.ipynb", **options))
        return made

    return make


def text_of(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "".join(text for cell in cells for out in cell.get("outputs", []) for text in out.get("text", []))


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_the_order_of_the_jobs(jobs, workers):
    made = jobs(5, "import time; time.sleep(0.3 if {n} == 0 else 0); print({n})")
    results = run_notebooks(made, workers=workers)
    assert [result.name for result in results] == ["n0", "n1", "n2", "n3", "n4"]
    assert [result.failure for result in results] == [None] * 5
    assert [text_of(job.output) for job in made] == ["0\n", "1\n", "2\n", "3\n", "4\n"]


def test_jobs_run_side_by_side(jobs):
    # Each waits for the other's sign: one after the other, both would run out of time.
    code = (
        "import pathlib, time\npathlib.Path('sign{n}').touch()\n"
        "while not pathlib.Path('sign' + str(1 - {n})).exists(): time.sleep(0.01)"
    )
    made = jobs(2, code, cell_timeout=20)
    made = [Job(job.name, job.input, job.output, cwd=job.input.parent, cell_timeout=20) for job in made]
    assert [result.failure for result in run_notebooks(made, workers=2)] == [None, None]


def test_events_tell_start_cells_and_end(jobs):
    events: list[JobEvent] = []
    (job,) = jobs(1)
    run_notebooks([job], on_event=events.append)
    cells = [(event.cell.index, event.cell.count, event.cell.title) for event in events if event.cell]
    assert cells == [(0, 2, "Bab 0"), (1, 2, "Bab 0")]
    assert events[0].cell is None
    assert events[0].result is None
    assert events[-1].result.name == "n0"
    assert {event.job for event in events if event.job is not job} == set()


def test_a_kernel_tells_cells_too(jobs):
    titles = []
    (job,) = jobs(1)
    execute_notebook(job.input, job.output, engine="kernel", progress=lambda cell: titles.append(cell.title))
    assert titles == ["Bab 0", "Bab 0"]


def test_the_title_is_in_the_readers_language(tmp_path, make_notebook):
    notebook = make_notebook(
        tmp_path / "n.ipynb",
        ("locale = 'id'", ["parameters"]),
        ("md:# Serapan", ["id"]),
        ("md:# Absorption", ["en"]),
        "1",
    )
    seen = {}
    for locale in ("id", "en"):
        titles = []
        note = lambda cell, titles=titles: titles.append(cell.title)  # noqa: E731
        execute_notebook(notebook, tmp_path / "o.ipynb", {"locale": locale}, progress=note)
        seen[locale] = titles[-1]
    assert seen == {"id": "Serapan", "en": "Absorption"}


def test_what_follows_runs_in_the_jobs_process(jobs, after):
    made = jobs(2, after=after.count, options={"n": 7})
    results = run_notebooks(made, workers=2)
    assert [result.value["cells"] for result in results] == [2, 2]
    assert [result.value["job"] for result in results] == ["n0", "n1"]
    assert [result.value["option"] for result in results] == [7, 7]
    assert os.getpid() not in {result.value["pid"] for result in results}
    assert all(result.seconds["run"] > 0 and result.peak_mb > 10 for result in results)


@pytest.mark.parametrize(
    ("name", "kind", "evalue"),
    [("fail", "after", "tidak bisa"), ("unpicklable", "after", ""), ("die", "lost", "SIGKILL")],
)
def test_what_follows_may_fail_without_stopping_the_rest(jobs, after, name, kind, evalue):
    bad, good = jobs(2)
    bad = Job(bad.name, bad.input, bad.output, after=getattr(after, name))
    first, second = run_notebooks([bad, good])
    assert first.failure.kind == kind
    assert evalue in first.failure.evalue
    assert first.value is None
    assert second.failure is None


def test_what_follows_is_left_out_when_a_cell_fails(jobs, after):
    (job,) = jobs(1, "1/0", after=after.die)
    (result,) = run_notebooks([job])
    assert result.failure.kind == "error"


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_two_runs_write_the_same_bytes(tmp_path, make_notebook, engine):
    notebook = make_notebook(
        tmp_path / "n.ipynb",
        ("year: int = 2020", ["parameters"]),
        "md:teks",
        "print(sorted({'a', 'b'}), list({'x', 'y', 'z', 'w'}), year)",
        "import warnings; warnings.warn('w')" if engine == "fork" else "1",
    )
    outputs = [tmp_path / "o1" / "n.ipynb", tmp_path / "o2" / "n.ipynb"]
    for output in outputs:
        execute_notebook(notebook, output, {"year": 2021}, engine=engine)
    first, second = (output.read_bytes() for output in outputs)
    assert first == second
    assert b"2021\\n" in first
    assert str(tmp_path).encode() not in first


def test_side_by_side_gives_the_same_bytes(jobs):
    made = jobs(4)
    bytes_by_workers = []
    for workers in (1, 4):
        run_notebooks(made, workers=workers)
        bytes_by_workers.append([job.output.read_bytes() for job in made])
    assert bytes_by_workers[0] == bytes_by_workers[1]


def test_the_set_order_does_not_depend_on_the_parent(jobs):
    (job,) = jobs(1, "print(hash('teks'))")
    texts = set()
    for _ in range(2):
        with WarmParent(modules=()) as parent:
            run_notebooks([job], parent=parent)
        texts.add(text_of(job.output))
    assert len(texts) == 1


def test_random_numbers_differ_between_notebooks(jobs):
    made = jobs(2, "import random, numpy as np; print(random.random(), np.random.rand())")
    run_notebooks(made)
    first, second = (text_of(job.output).split() for job in made)
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_state_does_not_leak_between_notebooks(jobs):
    spoil = "import builtins, os, json\nbuiltins.leak = json.leak = 1; os.environ['LEAK'] = '1'"
    run_notebooks(jobs(1, spoil))
    look = (
        "import os, json, builtins\n"
        "print(hasattr(builtins, 'leak'), hasattr(json, 'leak'), 'LEAK' in os.environ, len(In))"
    )
    (job,) = jobs(1, look)
    run_notebooks([job])
    assert text_of(job.output) == "False False False 2\n"


def test_working_folder_and_environment_are_the_callers(tmp_path, make_notebook, monkeypatch):
    folder = tmp_path / "here"
    folder.mkdir()
    notebook = make_notebook(tmp_path / "n.ipynb", "import os; print(os.getcwd(), os.environ['TANDA'])")
    monkeypatch.setenv("TANDA", "ada")
    execute_notebook(notebook, tmp_path / "o.ipynb", cwd=folder)
    assert text_of(tmp_path / "o.ipynb") == f"{folder} ada\n"
    monkeypatch.chdir(tmp_path)
    execute_notebook(Path("n.ipynb"), Path("p.ipynb"))
    assert text_of(tmp_path / "p.ipynb") == f"{tmp_path} ada\n"


def test_paths_with_braces_and_spaces_are_paths(tmp_path, make_notebook):
    folder = tmp_path / "a {b} c"
    folder.mkdir()
    notebook = make_notebook(folder / "n {0}.ipynb", "1")
    execute_notebook(notebook, folder / "o {x}.ipynb")
    assert (folder / "o {x}.ipynb").is_file()
    assert sorted(path.name for path in folder.iterdir()) == ["n {0}.ipynb", "o {x}.ipynb"]


def test_a_wrong_parameter_is_refused_before_anything_runs(jobs, tmp_path, make_notebook):
    good = jobs(1)
    bad = make_notebook(tmp_path / "bad.ipynb", ("year = 1", ["parameters"]))
    with pytest.raises(ParameterError, match=r"bad.ipynb: yaer. Yang dikenal: year"):
        run_notebooks([*good, Job("bad", bad, tmp_path / "o.ipynb", {"yaer": 2})])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "match"), [({"engine": "rocket"}, "fork, kernel"), ({"workers": 0}, "workers=0")]
)
def test_wrong_options_are_refused(jobs, options, match):
    with pytest.raises(ParameterError, match=match):
        run_notebooks(jobs(1), **options)


def test_a_function_that_no_process_can_import_is_refused(jobs):
    with pytest.raises(ParameterError, match="not a function of an importable module"):
        run_notebooks(jobs(1, after=lambda notebook, job: None))


def test_no_jobs_start_nothing():
    assert run_notebooks([]) == []


def test_fifty_notebooks_leave_nothing_behind(jobs):
    parent = shared_parent()
    run_notebooks(jobs(1))

    def count():
        fds = len(os.listdir("/proc/self/fd"))
        parent_fds = len(os.listdir(f"/proc/{parent.pid}/fd"))
        return fds, parent_fds, threading.active_count(), len(children_of(parent.pid))

    before = count()
    codes = ["print(1)", "import os; os._exit(1)", "1/0", "import os; os.kill(os.getpid(), 9)", "display(1)"]
    for code in codes:
        results = run_notebooks(jobs(10, code), workers=2)
        assert len(results) == 10
    assert parent.is_alive()
    assert wait_until(lambda: count() == before), (count(), before)
    assert len(os.listdir(f"/proc/{parent.pid}/task")) == 1


def test_an_interrupted_run_ends_its_notebooks(tmp_path, make_notebook):
    note = "import os, pathlib, time\npathlib.Path('pid').write_text(str(os.getpid()))"
    notebook = make_notebook(tmp_path / "n.ipynb", note, "import time; time.sleep(60)")

    def stop(event):
        if event.cell and event.cell.index == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_notebooks([Job("n", notebook, tmp_path / "o.ipynb", cwd=tmp_path)], on_event=stop)
    pid = int((tmp_path / "pid").read_text())
    assert wait_until(lambda: not is_running(pid))
    assert not (tmp_path / "o.ipynb").exists()
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_program_that_ends_takes_everything_along(tmp_path, make_notebook, number):
    code = (
        "import os, pathlib, subprocess\np = subprocess.Popen(['sleep', '300'])\n"
        "pathlib.Path('pids').write_text(f'{os.getpid()} {os.getppid()} {p.pid} ')"
    )
    notebook = make_notebook(tmp_path / "n.ipynb", code, "import time; time.sleep(60)")
    # Tests run in the background of a script are told to ignore interrupts; the program is not.
    program = textwrap.dedent(f"""
        import signal
        signal.signal(signal.SIGINT, signal.default_int_handler)
        from pathlib import Path
        from helpers.engine.run import execute_notebook
        execute_notebook(Path({str(notebook)!r}), Path("o.ipynb"))
    """)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, stderr=subprocess.PIPE
    )
    told = tmp_path / "pids"
    assert wait_until(lambda: told.exists() and told.read_text().count(" ") == 3, 60)
    parents = children_of(process.pid)
    process.send_signal(number)
    process.communicate(timeout=20)
    pids = [int(pid) for pid in told.read_text().split()]
    assert len(parents) == 1
    assert len(pids) == 3
    assert wait_until(lambda: not any(is_running(pid) for pid in (*parents, *pids)))
    assert not (tmp_path / "o.ipynb").exists()


def test_an_interrupt_while_the_parent_imports_does_not_wait_for_it(tmp_path, make_notebook, monkeypatch):
    (tmp_path / "slow_import.py").write_text("import time; time.sleep(60)", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    notebook = make_notebook(tmp_path / "n.ipynb", "1")

    def stop(event):
        raise KeyboardInterrupt

    started = time.monotonic()
    with WarmParent(modules=("slow_import",)) as parent, pytest.raises(KeyboardInterrupt):
        run_notebooks([Job("n", notebook, tmp_path / "o.ipynb")], on_event=stop, parent=parent)
    assert time.monotonic() - started < 20
    assert wait_until(lambda: not is_running(parent.pid))


def test_a_job_given_up_early_leaves_without_a_word(tmp_path, make_notebook, capfd):
    notebook = make_notebook(tmp_path / "n.ipynb", "1")

    def stop(event):
        raise KeyboardInterrupt

    with WarmParent(modules=()) as parent:
        with pytest.raises(KeyboardInterrupt):
            run_notebooks([Job("n", notebook, tmp_path / "o.ipynb")], on_event=stop, parent=parent)
        (result,) = run_notebooks([Job("n", notebook, tmp_path / "o.ipynb")], parent=parent)
    assert result.failure is None
    assert capfd.readouterr().err == ""


def test_a_new_parent_takes_the_place_of_one_that_ended(jobs):
    parent = shared_parent()
    run_notebooks(jobs(1))
    os.kill(parent.pid, signal.SIGKILL)
    assert wait_until(lambda: not parent.is_alive())
    assert run_notebooks(jobs(1))[0].failure is None
    assert shared_parent() is not parent


def test_a_parent_that_dies_meanwhile_is_told(jobs):
    parent = WarmParent(modules=())
    (job,) = jobs(1, "import time; time.sleep(60)")

    def kill(event):
        if event.cell and event.cell.index == 1:
            os.kill(parent.pid, signal.SIGKILL)

    (result,) = run_notebooks([job], on_event=kill, parent=parent)
    parent.close()
    assert result.failure.kind == "lost"


def test_without_fork_jobs_run_in_kernels_on_a_pool(jobs, monkeypatch, tmp_path, make_notebook):
    monkeypatch.setattr(run_module, "can_fork", lambda: False)
    made = jobs(2)
    bad = Job("bad", make_notebook(tmp_path / "bad.ipynb", "1/0"), tmp_path / "out" / "bad.ipynb")
    ended = []
    listen = lambda event: event.result and ended.append(event.job.name)  # noqa: E731
    results = run_notebooks([*made, bad], workers=2, on_event=listen)
    assert [text_of(job.output) for job in made] == ["0\n", "1\n"]
    assert [result.failure is None for result in results] == [True, True, False]
    assert results[2].failure.ename == "ZeroDivisionError"
    assert sorted(ended) == ["bad", "n0", "n1"]


def test_importing_the_interface_is_cheap():
    code = (
        "import sys, helpers.engine.run\n"
        "heavy = {'papermill', 'nbformat', 'nbclient', 'IPython', 'pandas', 'numpy', 'matplotlib', 'zmq'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_check_parameters_is_part_of_the_interface(tmp_path, make_notebook):
    notebook = make_notebook(tmp_path / "n.ipynb", ("a = 1", ["parameters"]))
    check_parameters(notebook, {"a": 2})


def results_of(runner, count):
    taken = [runner.take() for _ in range(count)]
    return [(work.name, result) for work, result in taken]


@pytest.mark.parametrize("name", ["sleep", "spin"])
def test_a_call_over_its_time_is_ended_and_the_next_one_is_done(after, name):
    runner = open_runner(workers=1)
    try:
        runner.submit(Call("first", after.tell))
        runner.submit(Call("endless", getattr(after, name), timeout=0.5))
        runner.submit(Call("next", after.tell, timeout=60))
        (_, first), (_, endless), (_, after_it) = results_of(runner, 3)
    finally:
        runner.close()
    assert endless.failure.text("en").startswith("notebook endless took longer than 0.5 s")
    # Its process, which the first had shared, is gone with it.
    assert after_it.value != first.value
    assert not is_running(first.value)


def test_a_call_that_takes_too_much_memory_fails_and_its_process_goes_on(after):
    runner = open_runner(workers=1)
    try:
        runner.submit(Call("large", after.fill, memory_limit_mb=200))
        runner.submit(Call("free", after.fill))
        (_, large), (_, free) = results_of(runner, 2)
    finally:
        runner.close()
    assert large.failure.kind == "memory"
    assert free.value == 400 * 2**20


def test_calls_share_a_process_and_a_notebook_has_its_own(tmp_path, make_notebook, after):
    notebook = make_notebook(tmp_path / "n.ipynb", "1")
    runner = open_runner(workers=1)
    try:
        runner.submit(Call("a", after.tell))
        runner.submit(Job("n", notebook, tmp_path / "o.ipynb", after=after.count))
        runner.submit(Call("b", after.tell))
        (_, first), (_, own), (_, second) = results_of(runner, 3)
    finally:
        runner.close()
    assert first.value == second.value != own.value["pid"]
    assert not is_running(first.value)


def test_what_surrounds_notebooks_shares_a_process_and_their_cells_do_not(jobs, after):
    code = "import os, sys; sys.before = getattr(sys, 'before', []) + [{n}]; print(os.getpid(), sys.before)"
    made = jobs(3, code, after=after.count)
    results = run_notebooks(made)
    assert len({result.value["pid"] for result in results}) == 1
    pids, seen = zip(*(text_of(job.output).split(maxsplit=1) for job in made), strict=True)
    assert len(set(pids)) == 3
    assert str(results[0].value["pid"]) not in pids
    assert [text.strip() for text in seen] == ["[0]", "[1]", "[2]"]


def test_a_process_that_is_no_longer_clean_takes_no_more_notebooks(jobs, after):
    first, second = run_notebooks(jobs(2, after=after.start_thread))
    assert first.value != second.value
    assert (first.failure, second.failure) == (None, None)


def test_a_call_that_fails_leaves_its_process_to_the_next(after):
    runner = open_runner(workers=1)
    try:
        for name in ("tell", "refuse", "tell"):
            runner.submit(Call(name, getattr(after, name)))
        (_, before), (_, refused), (_, behind) = results_of(runner, 3)
    finally:
        runner.close()
    assert str(refused.error) == "tidak jadi"
    assert before.value == behind.value


def test_a_call_whose_process_ends_is_told_and_the_next_has_a_new_one(after):
    runner = open_runner(workers=1)
    try:
        for name in ("tell", "end", "tell"):
            runner.submit(Call(name, getattr(after, name)))
        (_, before), (_, ended), (_, behind) = results_of(runner, 3)
    finally:
        runner.close()
    assert (ended.failure.kind, ended.error) == ("lost", None)
    assert before.value != behind.value


def test_of_what_waits_the_lowest_rank_starts_first(after):
    runner = open_runner(workers=1)
    try:
        runner.submit(Call("long", after.wait_and_tell, (0.3,)), 9)
        for name, rank in (("c", 3), ("a", 1), ("d", 3), ("b", 2)):
            runner.submit(Call(name, after.tell), rank)
        assert [name for name, _ in results_of(runner, 5)] == ["long", "a", "b", "c", "d"]
    finally:
        runner.close()


def test_what_a_result_makes_ready_may_come_before_what_waits(after):
    runner = open_runner(workers=1)
    try:
        runner.submit(Call("first", after.tell), 5)
        runner.submit(Call("waits", after.tell), 9)
        ((name, _),) = results_of(runner, 1)
        runner.submit(Call("follows", after.tell), 1)
        assert [name, *(each for each, _ in results_of(runner, 2))] == ["first", "follows", "waits"]
    finally:
        runner.close()


def test_a_process_that_has_grown_much_takes_no_more_calls(after):
    runner = open_runner(workers=1)
    try:
        for size in (1, 100, 1):
            runner.submit(Call(f"{size}", after.grow_and_tell, (size,)))
        (_, little), (_, much), (_, behind) = results_of(runner, 3)
        assert little.value == much.value != behind.value
        assert wait_until(lambda: not is_running(much.value))
    finally:
        runner.close()
    assert (little.failure, much.failure, behind.failure) == (None, None, None)


def test_a_process_for_notebooks_ends_where_only_calls_are_left(tmp_path, make_notebook, after):
    notebooks = [make_notebook(tmp_path / f"{n}.ipynb", "1") for n in range(3)]
    jobs = [
        Job(f"n{n}", path, tmp_path / f"o{n}.ipynb", after=after.count) for n, path in enumerate(notebooks)
    ]
    runner = open_runner(workers=1)
    try:
        runner.submit(jobs[0], 1)
        runner.submit(Call("between", after.tell), 2)
        runner.submit(jobs[1], 3)
        (_, first), (_, between), (_, second) = results_of(runner, 3)
        assert first.value["pid"] == second.value["pid"]
        runner.submit(Call("behind", after.tell), 4)
        ((_, behind),) = results_of(runner, 1)
        assert behind.value == between.value
        assert wait_until(lambda: not is_running(second.value["pid"]))
        runner.submit(jobs[2], 5)
        ((_, third),) = results_of(runner, 1)
        assert (third.failure, third.value["pid"] == second.value["pid"]) == (None, False)
    finally:
        runner.close()
