"""Run notebooks: the interface for pipelines and commands.

>>> jobs = [Job("budget", Path("a.ipynb"), Path("out/a.ipynb"), {"year": 2021})]
>>> results = run_notebooks(jobs, workers=2)                          # doctest: +SKIP
>>> [result.failure.text() for result in results if result.failure]   # doctest: +SKIP

Importing this module is cheap; papermill and the rest are imported in the warm parent.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.engine.failure import Failure, NotebookError, describe_end
from helpers.engine.job import CellStart, EngineName, Job, JobResult, describe_error, execute_job
from helpers.engine.parameters import check_parameters
from helpers.engine.warm import HASH_SEED, MODULES, can_fork, import_nbformat
from helpers.errors import ParameterError

__all__ = [
    "CellStart",
    "Failure",
    "Job",
    "JobEvent",
    "JobResult",
    "NotebookError",
    "check_parameters",
    "execute_notebook",
    "run_notebooks",
]

ENGINES: tuple[EngineName, ...] = ("fork", "kernel")
_TICK = 0.25
#: Seconds for a job to end its notebook when the run is given up.
_GRACE = 1.0


@dataclass(frozen=True)
class JobEvent:
    """Told while jobs run: a job has started (neither field), reached a cell, or ended."""

    job: Job
    cell: CellStart | None = None
    result: JobResult | None = None


Listener = Callable[[JobEvent], None]


def run_notebooks(
    jobs: Sequence[Job],
    *,
    engine: EngineName = "fork",
    workers: int = 1,
    on_event: Listener | None = None,
    parent: Any = None,
) -> list[JobResult]:
    """Run independent notebooks side by side, each in its own process.

    A job that fails is told in its result and does not stop the others.

    Parameters
    ----------
    jobs : sequence of Job
    engine : {"fork", "kernel"}
        ``kernel`` is stock papermill. Where there is no fork, jobs run in it on a pool
        of worker processes.
    workers : int
        Jobs at a time.
    on_event : callable, optional
        Called in this process with a `JobEvent`.
    parent : WarmParent, optional
        To fork from; the program's own if not given.

    Returns
    -------
    list of JobResult
        In the order of the jobs.

    Raises
    ------
    ParameterError
        If any notebook does not know a parameter, or an option is wrong; nothing has run then.
    """
    if engine not in ENGINES:
        raise ParameterError(f"engine={engine!r}; known: {', '.join(ENGINES)}")
    if workers < 1:
        raise ParameterError(f"workers={workers!r} is less than 1")
    for job in jobs:
        check_parameters(job.input, job.parameters)
        _check_importable(job)
    if not jobs:
        return []
    tell = on_event or (lambda _event: None)
    if can_fork():
        return _Run(jobs, engine, workers, tell, parent).finish()
    return _run_in_pool(jobs, workers, tell)


def _check_importable(job: Job) -> None:
    """Refuse a function that the job's process could not find by its name."""
    after = job.after
    if after is None:
        return
    module, name = getattr(after, "__module__", None), getattr(after, "__qualname__", "<")
    if module in {None, "__main__"} or "<" in name:
        raise ParameterError(f"after={after!r} of job {job.name} is not a function of an importable module")


class _Run:
    """Jobs on their way: started as workers are free, listened to, ended with the run."""

    def __init__(
        self, jobs: Sequence[Job], engine: EngineName, workers: int, tell: Listener, parent: Any
    ) -> None:
        from helpers.engine.parent import Child, shared_parent

        following = sorted({job.after.__module__ for job in jobs if job.after is not None})
        self._parent = parent or shared_parent((*MODULES, *following))
        self._engine = engine
        self._workers = workers
        self._tell = tell
        self._jobs = jobs
        self._waiting = deque(range(len(jobs)))
        self._running: dict[Any, tuple[int, Child]] = {}
        self._results: dict[int, JobResult] = {}

    def finish(self) -> list[JobResult]:
        """Run everything; end what still runs if this is interrupted."""
        from multiprocessing.connection import wait

        try:
            while self._waiting or self._running:
                while self._waiting and len(self._running) < self._workers:
                    self._start(self._waiting.popleft())
                ready = set(wait(list(self._running), _TICK))
                for connection, (index, child) in list(self._running.items()):
                    if connection in ready:
                        self._listen(index, child)
                    elif child.poll() is not None and not connection.poll():
                        self._lose(index, child)
        finally:
            for _, child in self._running.values():
                child.end(_GRACE)
        return [self._results[index] for index in range(len(self._jobs))]

    def _start(self, index: int) -> None:
        from helpers.engine.parent import make_request

        job = self._jobs[index]
        child = self._parent.fork(make_request("helpers.engine.job:run_job", job, self._engine))
        self._running[child.connection] = (index, child)
        self._tell(JobEvent(job))

    def _listen(self, index: int, child: Any) -> None:
        try:
            message = child.connection.recv()
        except (EOFError, OSError):
            self._lose(index, child)
            return
        if isinstance(message, CellStart):
            self._tell(JobEvent(self._jobs[index], cell=message))
        else:
            self._end(index, child, message)

    def _lose(self, index: int, child: Any) -> None:
        name = self._jobs[index].name
        evalue = describe_end(child.wait(_GRACE))
        self._end(index, child, JobResult(name, Failure("lost", name, evalue=evalue)))

    def _end(self, index: int, child: Any, result: JobResult) -> None:
        del self._running[child.connection]
        # The result is the last thing a job sends; what is left of its process is closing down.
        child.wait(_GRACE)
        child.end()
        self._results[index] = result
        self._tell(JobEvent(self._jobs[index], result=result))


def _enter_pool() -> None:
    for name, value in HASH_SEED.items():
        os.environ.setdefault(name, value)
    import_nbformat()


def _run_one_in_pool(job: Job) -> JobResult:
    try:
        return execute_job(job, "kernel", lambda _event: None)
    except Exception as error:
        return JobResult(job.name, describe_error("job", job, error))


def _run_in_pool(jobs: Sequence[Job], workers: int, tell: Listener) -> list[JobResult]:
    """Run jobs by stock papermill on started worker processes, where there is no fork.

    Workers keep their imports from job to job. Cells are not told, only jobs.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    results: dict[int, JobResult] = {}
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(jobs)), context, initializer=_enter_pool) as pool:
        futures = {pool.submit(_run_one_in_pool, job): index for index, job in enumerate(jobs)}
        for job in jobs:
            tell(JobEvent(job))
        for future in as_completed(futures):
            index = futures[future]
            name = jobs[index].name
            try:
                results[index] = future.result()
            except BrokenProcessPool as error:
                results[index] = JobResult(name, Failure("lost", name, evalue=str(error)))
            tell(JobEvent(jobs[index], result=results[index]))
    return [results[index] for index in range(len(jobs))]


def execute_notebook(  # noqa: PLR0913  (papermill's call, and its limits)
    input: Path,
    output: Path,
    parameters: Mapping[str, Any] | None = None,
    *,
    engine: EngineName = "fork",
    cwd: Path | None = None,
    progress: Callable[[CellStart], None] | None = None,
    cell_timeout: float | None = None,
    notebook_timeout: float | None = None,
    memory_limit_mb: int | None = None,
) -> Any:
    """Run one notebook and return it as executed.

    Parameters
    ----------
    input, output : Path
        The notebook, and where to write it as executed (also when a cell fails).
    parameters : Mapping, optional
        Values for its parameters cell.
    engine, cwd, cell_timeout, notebook_timeout, memory_limit_mb
        As in `Job` and `run_notebooks`.
    progress : callable, optional
        Called before each cell with a `CellStart`.

    Returns
    -------
    NotebookNode

    Raises
    ------
    ParameterError
        If the notebook does not know a parameter.
    NotebookError
        If a cell failed; its `failure` says which and why.
    """
    job = Job(
        name=input.stem,
        input=input,
        output=output,
        parameters=parameters or {},
        cwd=cwd,
        cell_timeout=cell_timeout,
        notebook_timeout=notebook_timeout,
        memory_limit_mb=memory_limit_mb,
    )

    def listen(event: JobEvent) -> None:
        if progress is not None and event.cell is not None:
            progress(event.cell)

    check_parameters(input, job.parameters)
    if can_fork():
        # Imports on both sides at once: the parent's, and what this one reads the result with.
        from helpers.engine.parent import shared_parent

        shared_parent()
    import_nbformat()
    (result,) = run_notebooks([job], engine=engine, on_event=listen)
    if result.failure is not None:
        raise NotebookError(result.failure)
    import nbformat

    return nbformat.read(output, as_version=4)
