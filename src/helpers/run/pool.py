"""Processes that begin with everything imported, and the order in which work is given to them.

The server they are forked from is `multiprocessing`'s own (``forkserver``), which has imported
`helpers.run.preload`; where there is none (Windows, macOS) processes are started afresh (``spawn``).
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from multiprocessing import forkserver, get_context, parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from helpers.errors import HelpersError
from helpers.run.failure import Failure, NotebookError, describe_end
from helpers.run.job import CellStart, Outcome, Task

METHOD = "forkserver" if sys.platform == "linux" else "spawn"
_MIB = 1 << 20
#: A process that has taken so much more (MiB) since its first document takes no more: Typst keeps what it
#: has set.
_GROWN_MB = 64
#: For the server alone. One thread a library, since it forks; the same order of sets in every run; and
#: for columns of millions of rows memory that is kept rather than given back and asked for anew.
SERVER_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "NUMPY_MADVISE_HUGEPAGE": "0",
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "4294967296",
}


#: Told before each cell (with where the notebook is), and at the end of each task (with None).
Listener = Callable[[Task, CellStart | None], None]


# -- the side of the program -------------------------------------------------------------------
#: What the server loads beside what every report needs.
_more: list[str] = []
_started: list[bool] = []
#: All processes, of all threads that run tasks.
_live: set[_Worker] = set()


def expect_many() -> None:
    """Let the server, where it starts, draw and set once in vain: that pays only over many pages."""
    _more[:] = ["helpers.notebook.practice:practise"]


def start_server() -> None:
    """Start the server, which imports while the program goes on; a no-op where it was started."""
    if METHOD != "forkserver" or _started:
        return
    _started.append(True)
    forkserver.set_forkserver_preload(["helpers.run.preload"])
    before = {name: os.environ.get(name) for name in (*SERVER_ENVIRONMENT, "HELPERS_PRELOAD", "PYTHONPATH")}
    path = os.pathsep.join(filter(None, sys.path))
    os.environ.update(SERVER_ENVIRONMENT, HELPERS_PRELOAD=" ".join(["1", *_more]), PYTHONPATH=path)
    try:
        forkserver.ensure_running()
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


class _Worker:
    """The handle of one process."""

    def __init__(self) -> None:
        context: Any = get_context(METHOD)
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, dict(os.environ)))
        self._process.start()
        theirs.close()
        self.task: Task | None = None
        self.deadline = 0.0
        self.cell: CellStart | None = None
        _live.add(self)

    def begin(self, task: Task) -> None:
        self.task, self.cell = task, None
        self.deadline = time.monotonic() + task.seconds
        # A process that has ended meanwhile is found by its connection.
        with contextlib.suppress(OSError):
            self.connection.send(task)

    def end(self) -> None:
        """End the process and what it has started."""
        _live.discard(self)
        self.connection.close()
        self.kill()
        self._process.join(5)

    def kill(self) -> None:
        """Kill the process and its group."""
        pid = self._process.pid
        if pid is not None and hasattr(os, "killpg"):
            # It leads a group from its first step on; before that it is killed alone.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        if self._process.exitcode is None:
            self._process.kill()

    def lost(self) -> Outcome:
        """End the process before its task is done; return the outcome that says why."""
        assert self.task is not None
        name, title = self.task.name, self.cell.title if self.cell else ""
        if time.monotonic() >= self.deadline:
            failure = Failure("timeout", name, title=title, evalue=f"{self.task.seconds:g} s")
        else:
            self._process.join(1)
            failure = Failure("crash", name, title=title, evalue=describe_end(self._process.exitcode))
        self.end()
        return Outcome(error=NotebookError(failure))


@contextmanager
def _workers() -> Iterator[tuple[list[_Worker], list[_Worker]]]:
    """Give lists of processes that work and that wait; whatever happens, none of them is left."""
    busy: list[_Worker] = []
    idle: list[_Worker] = []
    try:
        yield busy, idle
    finally:
        for worker in (*busy, *idle):
            worker.end()


def stop_all() -> None:
    """Kill all processes, in whatever thread they were started: what waits for them ends with an error."""
    for worker in list(_live):
        worker.kill()


def run_tasks(
    tasks: Sequence[Task], *, workers: int, listen: Listener = lambda _task, _cell: None, go_on: bool = False
) -> dict[str, Outcome]:
    """Do everything, so many tasks at a time; return the outcomes by name.

    Of what waits, and whose needs are done, that starts which comes first in `tasks`: whoever writes
    the list decides. A worker is given a task only when the outcomes before are known, since they may
    have made ready what comes first.

    Parameters
    ----------
    tasks : sequence of Task
    workers : int
        Processes at a time.
    listen : callable
        Called in this process.
    go_on : bool
        Whether a task that failed does not stop what does not need it. Otherwise nothing more starts, and
        what is under way is finished.
    """
    start_server()
    waiting, done = list(tasks), dict[str, Outcome]()
    with _workers() as (busy, idle):
        while True:
            good = {name for name, outcome in done.items() if outcome.error is None}
            while len(busy) < workers and (go_on or len(good) == len(done)):
                task = next((task for task in waiting if good.issuperset(task.needs)), None)
                if task is None:
                    break
                waiting.remove(task)
                worker = idle.pop() if idle and not task.alone else _Worker()
                worker.begin(task)
                busy.append(worker)
            if not busy:
                return done
            for worker, task, outcome in _next(busy, listen):
                done[task.name] = outcome
                busy.remove(worker)
                worker.task = None
                if task.alone or outcome.error is not None or outcome.grown_mb > _GROWN_MB:
                    worker.end()
                else:
                    idle.append(worker)
                listen(task, None)


def _next(busy: Sequence[_Worker], listen: Listener) -> Iterator[tuple[_Worker, Task, Outcome]]:
    """Wait until something is told; yield who is done or lost, with its task and the outcome."""
    patience = min(worker.deadline for worker in busy) - time.monotonic()
    ready = wait([worker.connection for worker in busy], max(0.0, patience))
    for worker in list(busy):
        task = worker.task
        assert task is not None
        if worker.connection in ready:
            try:
                told = worker.connection.recv()
            except (EOFError, OSError):
                yield worker, task, worker.lost()
                continue
            if isinstance(told, CellStart):
                worker.cell = told
                listen(task, told)
            else:
                yield worker, task, told
        elif time.monotonic() >= worker.deadline:
            yield worker, task, worker.lost()


# -- the side of a process ---------------------------------------------------------------------
_connection: list[Connection] = []


def tell(cell: CellStart) -> None:
    """Tell the program where the notebook of this process is."""
    for connection in _connection:
        connection.send(cell)


def _serve(connection: Connection, environment: dict[str, str]) -> None:
    """Do one task after another as they come."""
    if hasattr(os, "setsid"):
        # What a notebook starts ends with it, and an interrupt from the keyboard reaches the program alone.
        os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_end_with_program, daemon=True).start()
    # What is printed past Python belongs to no output, least of all to the program's results.
    os.dup2(2, 1)
    os.environ.clear()
    os.environ.update(environment)
    _connection.append(connection)
    first = 0.0
    with contextlib.suppress(EOFError, OSError):
        while True:
            outcome = _do(connection.recv())
            peak = peak_mb()
            first = first or peak
            connection.send(replace(outcome, peak_mb=peak, grown_mb=peak - first))


def _end_with_program() -> None:
    program = parent_process()
    if program is not None:
        wait([program.sentinel])
        os.killpg(0, signal.SIGKILL) if hasattr(os, "killpg") else os._exit(1)


def _do(task: Task) -> Outcome:
    error: HelpersError
    try:
        with _memory_limit(task.memory_mb):
            module, _, name = task.function.partition(":")
            return Outcome(getattr(import_module(module), name)(*task.arguments))
    except HelpersError as found:
        error = found
    except MemoryError as found:
        error = NotebookError(Failure("memory", task.name, ename="MemoryError", evalue=str(found)))
    except Exception as found:
        lines = tuple(traceback.format_exception(found))
        failure = Failure("defect", task.name, ename=type(found).__name__, evalue=str(found), traceback=lines)
        error = NotebookError(failure)
    return Outcome(error=error)


@contextmanager
def _memory_limit(megabytes: int) -> Iterator[None]:
    """Let this process take so much memory beyond what it has; more raises `MemoryError` (Linux)."""
    if sys.platform != "linux":
        yield
        return
    import resource

    with open("/proc/self/status", encoding="ascii") as lines:
        held = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData"))
    before = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (held + megabytes * _MIB, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def peak_mb() -> float:
    """Return the largest resident memory of this process, in MiB; shared pages count."""
    if sys.platform == "win32":
        return 0.0
    import resource

    unit = 1024 if sys.platform != "darwin" else 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / _MIB
