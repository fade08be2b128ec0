"""Where the jobs of a batch run: side by side on this machine, or on a Dask cluster."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from typing import Any

from helpers.engine.contained import LostError
from helpers.errors import HelpersError, ParameterError
from helpers.messages import translate
from helpers.pipeline.batch_job import RETRIES, run_edition
from helpers.pipeline.batch_plan import EditionJob, EditionResult

#: Told each result as it comes.
Listener = Callable[[EditionResult], None]
_CONNECT_SECONDS = "20s"


def run_here(jobs: Sequence[EditionJob], workers: int, tell: Listener) -> list[EditionResult]:
    """Run jobs on this machine, each in a process of its own, so many at a time.

    Returns
    -------
    list of EditionResult
        In the order of the jobs.
    """
    stop = threading.Event()
    results: dict[int, EditionResult] = {}
    pool = ThreadPoolExecutor(workers, thread_name_prefix="edition")
    futures = {pool.submit(_try_again, job, stop): index for index, job in enumerate(jobs)}
    try:
        for future in as_completed(futures):
            index = futures[future]
            results[index] = future.result()
            tell(results[index])
    except BaseException:
        # Interrupted: what runs is ended with the parent that it was forked from.
        stop.set()
        _end_what_runs()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
    return [results[index] for index in range(len(jobs))]


def _try_again(job: EditionJob, stop: threading.Event) -> EditionResult:
    reason = ""
    for _ in range(1 + RETRIES):
        if stop.is_set():
            break
        try:
            return run_edition(job)
        except LostError as error:
            reason = str(error)
    return _lost(job, reason)


def _lost(job: EditionJob, reason: str) -> EditionResult:
    text = translate("batch.lost", job.locale, tries=1 + RETRIES, reason=reason)
    return EditionResult(job.office, job.year, job.locale, "failed", job.key, text)


def _end_what_runs() -> None:
    from helpers.engine.warm import can_fork

    if can_fork():
        from helpers.engine.parent import shared_parent

        shared_parent().close()


def run_on_cluster(jobs: Sequence[EditionJob], address: str, tell: Listener) -> list[EditionResult]:
    """Run jobs on the workers of a Dask scheduler.

    The key of a report is its task's key, so that one that several batches ask for at the
    same time is made once. A worker that is lost has its reports made by another.

    Raises
    ------
    ParameterError
        If `distributed` is not installed.
    HelpersError
        If the scheduler does not answer, or has no workers.
    """
    locale = jobs[0].locale
    try:
        from distributed import Client
    except ImportError as error:
        raise ParameterError(translate("batch.no_distributed", locale)) from error
    try:
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        text = translate("batch.scheduler_silent", locale, address=address, error=str(error))
        raise HelpersError(text) from error
    with client:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise HelpersError(translate("batch.no_workers", locale, address=address))
        return _gather(client, jobs, tell)


def _gather(client: Any, jobs: Sequence[EditionJob], tell: Listener) -> list[EditionResult]:
    from distributed import as_completed as completed

    # A report without a key (its declaration cannot be read) is never taken for another one.
    futures = [
        client.submit(
            run_edition, replace(job, elsewhere=True), key=f"edition-{job.key}" if job.key else None,
            pure=False, retries=RETRIES,
        )
        for job in jobs
    ]  # fmt: skip
    position: dict[str, int] = {future.key: index for index, future in enumerate(futures)}
    results: dict[int, EditionResult] = {}
    try:
        for future in completed(futures, loop=client.loop):
            index = position[future.key]
            error = future.exception()
            result = _lost(jobs[index], _first_line(error)) if error is not None else future.result()
            results[index] = result
            tell(result)
    finally:
        # Nobody waits for what is left, and a later batch is to look anew.
        client.cancel([future for future in futures if not future.done()])
    return [results[index] for index in range(len(jobs))]


def _first_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}"
