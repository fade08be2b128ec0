"""Jobs side by side, given as they become ready: on forks of the warm parent, or on a pool."""

from __future__ import annotations

import contextlib
import math
import os
import time
from bisect import insort
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Protocol

from helpers.engine.failure import Failure, describe_end
from helpers.engine.job import Call, CellStart, EngineName, Job, JobResult, describe_error, do_work
from helpers.engine.warm import HASH_SEED, LATER, MODULES, import_nbformat

if TYPE_CHECKING:
    from concurrent.futures import Future

    from helpers.engine.parent import Child

_TICK = 0.25
#: Seconds for a job to end its notebook when the run is given up.
_GRACE = 1.0
#: Seconds that what surrounds a notebook may take beyond the notebook's.
_BEYOND = 60.0

Work = Job | Call


@dataclass(frozen=True)
class JobEvent:
    """Told while jobs run: a job has started (neither field), reached a cell, or ended."""

    job: Work
    cell: CellStart | None = None
    result: JobResult | None = None


Listener = Callable[[JobEvent], None]


class Runner(Protocol):
    """Takes work and gives results in the order in which they are ready."""

    def submit(self, work: Work, rank: int = 0) -> None:
        """Add work; it starts as soon as a worker is free, of what waits the lowest rank first."""

    def take(self) -> tuple[Work, JobResult]:
        """Wait for the next result; an `IndexError` if nothing is under way."""

    def close(self) -> None:
        """End what still runs."""


def _time_limit(work: Work) -> float | None:
    """Return the seconds after which a process is ended; a notebook's own limit comes before."""
    if isinstance(work, Call):
        return work.timeout
    return work.notebook_timeout + _BEYOND if work.notebook_timeout else None


class ForkRunner:
    """Runs each piece of work in a process forked from the warm parent, a notebook's cells in one of its own.

    Parameters
    ----------
    engine : {"fork", "kernel"}
        For the cells of notebooks.
    workers : int
        Pieces at a time.
    tell : callable
        Called in this process with a `JobEvent`.
    parent : WarmParent or None
        To fork from; the nearest if None.
    modules, later : iterable of str
        Imported by the program's own parent, if this starts it, besides `MODULES` and `LATER`.

    What surrounds a notebook and what is called are the project's own code and share processes, those
    of either kind: what the first of them has loaded (fonts, patterns) serves the next. A process ends
    when it is spent (`JobResult.is_spent`), and one for notebooks also where only calls are left.
    """

    def __init__(
        self, engine: EngineName, workers: int, tell: Listener, parent: Any,
        modules: Iterable[str] = (), later: Iterable[str] = (),
    ) -> None:  # fmt: skip
        from helpers.engine.parent import nearest_parent

        self._parent = parent or nearest_parent((*MODULES, *modules), (*LATER, *later))
        self._engine = engine
        self._workers = workers
        self._tell = tell
        self._waiting: list[tuple[int, Work]] = []
        self._running: dict[Any, tuple[Work, Child]] = {}
        #: When work under way is out of time, by its connection.
        self._until: dict[Any, float] = {}
        #: Processes that wait for work, by its kind.
        self._idle: dict[type, list[Child]] = {Job: [], Call: []}
        #: Processes that have told their result, and until when they may take to end.
        self._leaving: list[tuple[float, Child]] = []
        self._ended: deque[tuple[Work, JobResult]] = deque()

    def submit(self, work: Work, rank: int = 0) -> None:
        """Add work; it starts as soon as a worker is free, of what waits the lowest rank first."""
        insort(self._waiting, (rank, work), key=itemgetter(0))
        self._fill()

    def take(self) -> tuple[Work, JobResult]:
        """Wait for the next result.

        The worker that gave it takes new work only when it is asked for the next one: what becomes
        ready by this result may come before what waits already.
        """
        from multiprocessing.connection import wait

        self._fill()
        while not self._ended and self._running:
            ready = set(wait(list(self._running), _TICK))
            for connection, (work, child) in list(self._running.items()):
                if connection in ready:
                    self._listen(work, child)
                elif child.poll() is not None and not connection.poll():
                    self._lose(work, child)
                elif time.monotonic() > self._until.get(connection, math.inf):
                    self._stop(work, child)
        return self._ended.popleft()

    def close(self) -> None:
        """End what still runs."""
        self._waiting.clear()
        for _, child in self._running.values():
            child.end(_GRACE)
        for child in chain(*self._idle.values()):
            child.end()
        for until, child in self._leaving:
            child.wait(until - time.monotonic())
            child.end()
        self._running.clear()
        for idle in self._idle.values():
            idle.clear()
        self._leaving.clear()

    def _fill(self) -> None:
        while self._waiting and len(self._running) < self._workers:
            _, work = self._waiting.pop(0)
            child = self._hand(work)
            self._running[child.connection] = (work, child)
            limit = _time_limit(work)
            if limit:
                self._until[child.connection] = time.monotonic() + limit
            self._tell(JobEvent(work))

    def _see_off(self) -> None:
        """End what is left of processes that have ended or take too long for it."""
        staying = []
        for until, child in self._leaving:
            if child.poll() is None and time.monotonic() < until:
                staying.append((until, child))
            else:
                child.end()
        self._leaving = staying

    def _hand(self, work: Work) -> Child:
        """Give work to a process that waits for it, or to a new one."""
        from helpers.engine.parent import make_request

        if isinstance(work, Call) and not self._has_notebooks():
            # Documents take the most memory, and are made when the notebooks have been run.
            while self._idle[Job]:
                self._dismiss(self._idle[Job].pop())
        idle = self._idle[type(work)]
        while idle:
            waiting = idle.pop()
            # One that has ended meanwhile (for want of memory) takes nothing.
            with contextlib.suppress(OSError):
                waiting.connection.send(work)
                return waiting
        child: Child = self._parent.fork(make_request("helpers.engine.job:serve_work", self._engine))
        child.connection.send(work)
        return child

    def _has_notebooks(self) -> bool:
        under_way = (work for work, _ in self._running.values())
        return any(isinstance(work, Job) for work in chain(under_way, (work for _, work in self._waiting)))

    def _dismiss(self, child: Child) -> None:
        child.connection.close()
        self._leaving.append((time.monotonic() + _GRACE, child))

    def _listen(self, work: Work, child: Child) -> None:
        try:
            message = child.connection.recv()
        except (EOFError, OSError):
            self._lose(work, child)
            return
        if isinstance(message, CellStart):
            self._tell(JobEvent(work, cell=message))
        else:
            self._end(work, child, message)

    def _stop(self, work: Work, child: Child) -> None:
        """End work that is out of time, and all that it has started."""
        connection = child.connection
        child.end(_GRACE)
        failure = Failure("timeout", work.name, evalue=f"{_time_limit(work):g} s")
        del self._running[connection], self._until[connection]
        result = JobResult(work.name, failure)
        self._ended.append((work, result))
        self._tell(JobEvent(work, result=result))

    def _lose(self, work: Work, child: Child) -> None:
        evalue = describe_end(child.wait(_GRACE))
        self._end(work, child, JobResult(work.name, Failure("lost", work.name, evalue=evalue)))

    def _end(self, work: Work, child: Child, result: JobResult) -> None:
        del self._running[child.connection]
        self._until.pop(child.connection, None)
        if result.is_spent or child.poll() is not None:
            # The result is the last thing sent; what is left of its process is closing down.
            self._dismiss(child)
        else:
            self._idle[type(work)].append(child)
        self._ended.append((work, result))
        self._see_off()
        self._tell(JobEvent(work, result=result))


def _enter_pool() -> None:
    for name, value in HASH_SEED.items():
        os.environ.setdefault(name, value)
    import_nbformat()


def _work_in_pool(work: Work) -> JobResult:
    try:
        return do_work(work, "kernel", lambda _event: None)
    except Exception as error:
        return JobResult(work.name, describe_error("job", work, error))


class PoolRunner:
    """Runs notebooks by stock papermill on started worker processes, where there is no fork.

    Workers keep their imports from job to job. Cells are not told, only jobs.
    """

    def __init__(self, workers: int, tell: Listener) -> None:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(workers, context, initializer=_enter_pool)
        self._futures: dict[Future[JobResult], Work] = {}
        self._tell = tell

    def submit(self, work: Work, rank: int = 0) -> None:
        """Add work; a pool keeps the order in which it is given."""
        self._futures[self._pool.submit(_work_in_pool, work)] = work
        self._tell(JobEvent(work))

    def take(self) -> tuple[Work, JobResult]:
        """Wait for the next result."""
        from concurrent.futures import FIRST_COMPLETED, wait
        from concurrent.futures.process import BrokenProcessPool

        done = wait(self._futures, return_when=FIRST_COMPLETED).done if self._futures else set()
        future = next(iter(done), None)
        if future is None:
            raise IndexError("nothing is under way")
        work = self._futures.pop(future)
        try:
            result = future.result()
        except BrokenProcessPool as error:
            result = JobResult(work.name, Failure("lost", work.name, evalue=str(error)))
        self._tell(JobEvent(work, result=result))
        return work, result

    def close(self) -> None:
        """End the pool; what runs there is waited for."""
        with contextlib.suppress(KeyboardInterrupt):
            self._pool.shutdown(cancel_futures=True)
