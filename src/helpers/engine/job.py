"""One notebook from file to file and what is made of it, or one call, apart from the program that asks."""

from __future__ import annotations

import contextlib
import json
import math
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any, Literal

from helpers.engine.failure import Failure, failure_from_error
from helpers.engine.server import is_clean
from helpers.engine.stable import make_stable, write_notebook
from helpers.engine.warm import import_nbformat
from helpers.errors import HelpersError

EngineName = Literal["fork", "kernel"]

#: A process that has grown by more (MiB) takes no more calls.
_GROWN_MB = 64
#: What a step of the report may take, generously: seconds for a notebook and for a document made of
#: one, memory in MiB beyond what the warm parent holds, and MiB that a notebook's cells may print.
NOTEBOOK_SECONDS, DOCUMENT_SECONDS = 600.0, 120.0
STEP_MEMORY_MB, OUTPUT_MB = 4096, 20


@dataclass(frozen=True)
class Job:
    """A notebook to run.

    Parameters
    ----------
    name : str
        What people call it: ``"budget-absorption"``.
    input, output : Path
        The notebook, and where to write it as executed (also when a cell fails).
    parameters : Mapping
        Values for its parameters cell.
    cwd : Path, optional
        Working folder of its cells; the caller's if not given.
    after : callable, optional
        ``after(notebook, job)``, an importable function called in the job's process once
        the notebook has run; what it returns (small, picklable) is the result's value.
    options : Mapping
        For `after`.
    prepare : callable, optional
        Importable, or a `functools.partial` of what is; called in the notebook's process before
        its first cell. Where cells run in a kernel it is not.
    cell_timeout, notebook_timeout : float, optional
        Seconds.
    memory_limit_mb : int, optional
        Memory that the notebook may take beyond what the warm parent has loaded, in MiB.
    output_limit_mb : int, optional
        What its cells may print and show together, in MiB.
    """

    name: str
    input: Path
    output: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)
    cwd: Path | None = None
    after: Callable[[Any, Job], Any] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    prepare: Callable[[], None] | None = None
    cell_timeout: float | None = None
    notebook_timeout: float | None = None
    memory_limit_mb: int | None = None
    output_limit_mb: int | None = None


@dataclass(frozen=True)
class Call:
    """A function to call in another process.

    Parameters
    ----------
    name : str
        What people call it.
    function : callable
        Importable; what it returns (small, picklable) is the result's value. An error made
        for people (`HelpersError`) is a value too: `JobResult.error`.
    arguments : tuple
        Picklable.
    timeout : float, optional
        Seconds; whoever runs it ends its process then.
    memory_limit_mb : int, optional
        Memory that it may take beyond what its process has, in MiB.
    """

    name: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    timeout: float | None = None
    memory_limit_mb: int | None = None


@dataclass(frozen=True)
class JobResult:
    """How a job ended.

    Parameters
    ----------
    name : str
    failure : Failure or None
        None if the notebook ran and `after` returned.
    value : Any
        What `after` returned.
    seconds : Mapping
        Time by phase: ``run`` (load, execute, write) and ``after``; for the run log, not for outputs.
    peak_mb : float
        Largest resident memory that the job's process or a notebook's below it has had so far, in MiB;
        shared pages count.
    error : HelpersError or None
        What a `Call` raised, if it is written for people.
    is_spent : bool
        Whether its process is to take no more work.
    """

    name: str
    failure: Failure | None = None
    value: Any = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    peak_mb: float = 0.0
    error: HelpersError | None = None
    is_spent: bool = False


@dataclass(frozen=True)
class CellStart:
    """Told before each cell: its position, the number of cells, and the heading above it."""

    index: int
    count: int
    title: str


def cell_title(cells: list[Any], index: int, locale: str = "id") -> str:
    """Return the nearest Markdown heading above a cell, in the reader's language.

    Markdown cells come in pairs tagged ``id`` and ``en``; the other language is skipped.
    """
    other = {"id", "en"} - {locale}
    for cell in reversed(cells[: index + 1]):
        if cell["cell_type"] != "markdown" or other & set(cell["metadata"].get("tags", [])):
            continue
        for line in reversed(cell["source"].splitlines()):
            if line.startswith("#"):
                return str(line.lstrip("#").strip())
    return ""


@contextlib.contextmanager
def _time_limit(seconds: float | None) -> Iterator[None]:
    """End what runs inside after so many seconds; a kernel has no limit of its own for a notebook."""
    if not seconds or not hasattr(signal, "setitimer"):
        yield
        return
    from helpers.engine.engines import OutOfTime

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTime(f"the notebook took longer than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _as_literal(path: Path) -> str:
    """Return a path as text in which papermill finds no placeholder."""
    return str(path.absolute()).replace("{", "{{").replace("}", "}}")


def _execute(job: Job, engine: EngineName, tell: Callable[[Any], None]) -> tuple[Any, Failure | None]:
    """Run the notebook; return it, as far as it came, and why it stopped."""
    import_nbformat()
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from helpers.engine.fork import FORK, KERNEL, register

    register()
    locale = str(job.parameters.get("locale", "id"))
    seen: list[Any] = []

    def progress(index: int, notebook: Any) -> None:
        seen[:] = [notebook]
        tell(CellStart(index, len(notebook.cells), cell_title(notebook.cells, index, locale)))

    options: dict[str, Any] = {"progress": progress, "execution_timeout": job.cell_timeout}
    if engine == "fork":
        options |= {
            "notebook_timeout": job.notebook_timeout,
            "memory_limit_mb": job.memory_limit_mb,
            "output_limit_mb": job.output_limit_mb,
            "prepare": job.prepare,
        }
    elif job.cell_timeout:
        # nbclient counts whole seconds.
        options["execution_timeout"] = math.ceil(job.cell_timeout)
    try:
        with _time_limit(job.notebook_timeout if engine == "kernel" else None):
            notebook = papermill.execute_notebook(
                _as_literal(job.input),
                None,
                parameters=dict(job.parameters),
                engine_name=FORK if engine == "fork" else KERNEL,
                cwd=job.cwd,
                progress_bar=False,
                request_save_on_cell_execute=False,
                **options,
            )
    except PapermillExecutionError as error:
        # papermill has put two cells that point at the error before it since.
        index = error.cell_index + 2
        title = cell_title(seen[0].cells[1 : index - 1], error.cell_index - 1, locale)
        return seen[0], failure_from_error(error, job.name, seen[0].cells[index], title)
    return notebook, None


def peak_mb() -> float:
    """Return the largest resident memory of this process or one it waited for, in MiB."""
    if sys.platform == "win32":
        return 0.0
    import resource

    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    unit = 1024 if sys.platform != "darwin" else 1
    return max(resource.getrusage(each).ru_maxrss for each in who) * unit / 2**20


def execute_job(job: Job, engine: EngineName, tell: Callable[[Any], None]) -> JobResult:
    """Run a job in this process; `tell` is called with a `CellStart` before each cell."""
    started = time.perf_counter()
    if engine == "kernel" and job.memory_limit_mb:
        from helpers.engine.shell import limit_memory

        limit_memory(job.memory_limit_mb)
    notebook, failure = _execute(job, engine, tell)
    known_ids = [cell.get("id") for cell in json.loads(job.input.read_text(encoding="utf-8"))["cells"]]
    make_stable(notebook, filter(None, known_ids))
    write_notebook(notebook, job.output)
    ran = time.perf_counter()
    value = None
    if failure is None and job.after is not None:
        try:
            value = job.after(notebook, job)
        except Exception as error:
            failure = describe_error("after", job, error)
    seconds = {"run": ran - started, "after": time.perf_counter() - ran}
    return JobResult(job.name, failure, value, seconds, peak_mb())


@contextlib.contextmanager
def _memory_limit(megabytes: int | None) -> Iterator[None]:
    """Limit what this process takes while the block runs; others may use it afterwards."""
    if not megabytes or sys.platform == "win32":
        yield
        return
    import resource

    from helpers.engine.shell import limit_memory

    before = resource.getrlimit(resource.RLIMIT_DATA)
    limit_memory(megabytes, before[1])
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def execute_call(call: Call) -> JobResult:
    """Call the function in this process."""
    started = time.perf_counter()
    value, failure, told = None, None, None
    try:
        with _memory_limit(call.memory_limit_mb):
            value = call.function(*call.arguments)
    except MemoryError as error:
        failure = describe_error("memory", call, error)
    except HelpersError as error:
        told = error
    except Exception as error:
        failure = describe_error("after", call, error)
    return JobResult(
        call.name, failure, value, {"after": time.perf_counter() - started}, peak_mb(), error=told
    )


def do_work(work: Job | Call, engine: EngineName, tell: Callable[[Any], None]) -> JobResult:
    """Do a job or a call in this process; `tell` is called with what there is to tell meanwhile."""
    return execute_call(work) if isinstance(work, Call) else execute_job(work, engine, tell)


def describe_error(kind: Literal["job", "after", "memory"], job: Job | Call, error: Exception) -> Failure:
    """Return the failure of what surrounds a notebook: running it, or what was to follow."""
    lines = tuple(traceback.format_exception(error))
    return Failure(kind, job.name, ename=type(error).__name__, evalue=str(error), traceback=lines)


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + signal.SIGTERM)


def serve_work(connection: Connection, _descriptors: tuple[int, ...], engine: EngineName) -> None:
    """Do one piece of work after another as they come: the target of a forked child."""
    # Asked to end, it unwinds, so that the notebook's process and its group end first.
    signal.signal(signal.SIGTERM, _leave)
    began_mb = peak_mb()
    while True:
        try:
            work = connection.recv()
        except (EOFError, OSError):
            # Nobody has any more.
            return
        if not _do_and_tell(connection, work, engine, began_mb):
            return


def _is_spent(work: Job | Call, engine: EngineName, began_mb: float) -> bool:
    """Return whether this process is unfit for more work of the kind.

    Typst keeps what it has set, so that the next document would come on top of all before it; and
    notebooks are forked from a process only as long as it is clean.
    """
    if isinstance(work, Call):
        return peak_mb() - began_mb > _GROWN_MB
    return engine != "fork" or not is_clean()


def _do_and_tell(connection: Connection, work: Job | Call, engine: EngineName, began_mb: float) -> bool:
    """Do a piece of work and tell its result; return whether there is anybody to do more for."""
    try:
        result = do_work(work, engine, connection.send)
    except ConnectionError:
        # Whoever wanted this has given it up.
        return False
    except Exception as error:
        result = JobResult(work.name, describe_error("job", work, error))
    result = replace(result, is_spent=_is_spent(work, engine, began_mb))
    try:
        connection.send(result)
    except ConnectionError:
        return False
    except (TypeError, AttributeError, ValueError) as error:
        # What `after` returned cannot be pickled.
        failure = describe_error("after", work, error)
        connection.send(replace(result, failure=failure, value=None))
    return not result.is_spent
