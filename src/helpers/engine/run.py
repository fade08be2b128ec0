"""Run notebooks: the interface for pipelines and commands.

>>> jobs = [Job("budget", Path("a.ipynb"), Path("out/a.ipynb"), {"year": 2021})]
>>> results = run_notebooks(jobs, workers=2)                          # doctest: +SKIP
>>> [result.failure.text() for result in results if result.failure]   # doctest: +SKIP

Importing this module is cheap; papermill and the rest are imported in the warm parent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from helpers.engine.failure import Failure, NotebookError
from helpers.engine.job import Call, CellStart, EngineName, Job, JobResult
from helpers.engine.parameters import check_parameters
from helpers.engine.runner import ForkRunner, JobEvent, Listener, PoolRunner, Runner
from helpers.engine.warm import can_fork, import_nbformat
from helpers.errors import ParameterError

__all__ = [
    "Call",
    "CellStart",
    "Failure",
    "Job",
    "JobEvent",
    "JobResult",
    "NotebookError",
    "Runner",
    "check_parameters",
    "execute_notebook",
    "open_runner",
    "run_notebooks",
]

ENGINES: tuple[EngineName, ...] = ("fork", "kernel")


def check_options(engine: str, workers: int) -> None:
    """Refuse an engine or a number of workers that there cannot be.

    Raises
    ------
    ParameterError
        If an option is wrong.
    """
    if engine not in ENGINES:
        raise ParameterError(f"engine={engine!r}; known: {', '.join(ENGINES)}")
    if workers < 1:
        raise ParameterError(f"workers={workers!r} is less than 1")


def open_runner(
    *,
    engine: EngineName = "fork",
    workers: int = 1,
    on_event: Listener | None = None,
    parent: Any = None,
    modules: Iterable[str] = (),
    later: Iterable[str] = (),
) -> Runner:
    """Return what runs jobs side by side as they are given; whoever opens it closes it.

    Parameters
    ----------
    engine, workers, on_event, parent
        As in `run_notebooks`.
    modules, later : iterable of str
        What the program's own warm parent imports besides the usual, if this starts it: before
        its first child, and while children run.

    Raises
    ------
    ParameterError
        If an option is wrong.
    """
    check_options(engine, workers)
    tell = on_event or (lambda _event: None)
    if can_fork():
        return ForkRunner(engine, workers, tell, parent, modules, later)
    return PoolRunner(workers, tell)


def run_notebooks(
    jobs: Sequence[Job],
    *,
    engine: EngineName = "fork",
    workers: int = 1,
    on_event: Listener | None = None,
    parent: Any = None,
) -> list[JobResult]:
    """Run independent notebooks side by side, the cells of each in a process of their own.

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
    check_options(engine, workers)
    for job in jobs:
        check_parameters(job.input, job.parameters)
        _check_importable(job)
    if not jobs:
        return []
    following = sorted({job.after.__module__ for job in jobs if job.after is not None})
    runner = open_runner(engine=engine, workers=workers, on_event=on_event, parent=parent, modules=following)
    results: dict[int, JobResult] = {}
    try:
        for job in jobs:
            runner.submit(job)
        while len(results) < len(jobs):
            work, result = runner.take()
            results[id(work)] = result
    finally:
        runner.close()
    return [results[id(job)] for job in jobs]


def _check_importable(job: Job) -> None:
    """Refuse a function that the job's process could not find by its name."""
    after = job.after
    if after is None:
        return
    module, name = getattr(after, "__module__", None), getattr(after, "__qualname__", "<")
    if module in {None, "__main__"} or "<" in name:
        raise ParameterError(f"after={after!r} of job {job.name} is not a function of an importable module")


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
