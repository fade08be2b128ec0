"""Make many reports: every edition found, or the ones named, and the page over them all.

Each is made by `make_report`, as many at a time as there are workers, on this machine or on a Dask
cluster; the bytes are the same. One that fails is listed with its reason and does not stop the others.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Literal

from helpers.errors import HelpersError, ParameterError
from helpers.messages import LOCALES, translate
from helpers.params import RunParams, list_editions
from helpers.paths import project_root, shown_folder
from helpers.progress import SILENT, Progress
from helpers.run.failure import NotebookError
from helpers.run.fingerprint import Record, fingerprint, report_files
from helpers.run.job import EngineName
from helpers.run.place import MANIFEST, BusyError
from helpers.run.pool import expect_many, start_server, stop_all
from helpers.run.report import make_report

ALL = "all"
#: How often a report is tried again whose process was lost: it may not happen again.
RETRIES = 2
_SHOWN_LINES = 5
#: Seconds to wait for another run of the same edition (a worker that was given up a moment ago), and
#: between two looks.
_PATIENCE, _PAUSE = 60.0, 0.5
_CONNECT_SECONDS = "20s"

Status = Literal["made", "kept", "failed"]


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """Which reports to make, from where to where, and by whom.

    ``offices`` and ``years`` are ``"all"`` or names with commas; ``raw``, ``processed`` and ``out`` are
    folders. ``scheduler`` is the address of a Dask scheduler, ``workers`` how many reports are made
    at a time without one.
    """

    offices: str = ALL
    years: str = ALL
    locale: str = "id"
    raw: str = "data/raw"
    processed: str = "data/processed"
    out: str = "reports"
    workers: int = 1
    scheduler: str = ""
    engine: EngineName = "fork"
    force: bool = False


@dataclass(frozen=True, slots=True)
class EditionJob:
    """One report to make, small and picklable; ``key`` is a digest of all that decides its bytes.

    ``elsewhere``: made on another machine, which must see the same inputs and code.
    """

    params: RunParams
    key: str
    engine: EngineName
    force: bool
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class EditionResult:
    """How one report of a batch ended.

    ``reason`` is told to people, in the language of the report; seconds are for the terminal alone.
    """

    office: str
    year: int
    locale: str
    status: Status
    key: str = ""
    reason: str = ""
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Return what is the same for the same inputs."""
        names = ("office", "year", "locale", "status", "key", "reason")
        return {name: getattr(self, name) for name in names}


#: Told each result as it comes.
Listener = Callable[[EditionResult], None]


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """How a batch ended; ``portal`` is the page over all reports, if there is any report."""

    results: tuple[EditionResult, ...]
    portal: str | None

    @property
    def counts(self) -> dict[str, int]:
        """How many reports were made, kept and failed."""
        found = Counter(result.status for result in self.results)
        return {status: found[status] for status in ("made", "kept", "failed")}

    @property
    def failed(self) -> list[EditionResult]:
        """Reports that could not be made."""
        return [result for result in self.results if result.status == "failed"]

    def as_json(self) -> dict[str, Any]:
        """Return the outcome for programs."""
        return {
            "schema": 1,
            "status": "failed" if self.failed else "done",
            "counts": self.counts,
            "editions": [result.as_json() for result in self.results],
            "portal": self.portal,
        }


def make_batch(request: BatchRequest, progress: Progress = SILENT) -> BatchOutcome:
    """Make the reports and the page over them.

    Raises
    ------
    ParameterError
        If an office or year is not known, or a package for a cluster is not installed.
    HelpersError
        If the cluster cannot be reached.
    """
    found = list_editions(project_root() / request.raw)
    editions = choose_editions(found, request.offices, request.years, request.locale)
    jobs = [_job(request, office, year) for office, year in editions]
    with progress.step(translate("batch.step.reports", request.locale), total=len(jobs)) as step:

        def tell(result: EditionResult) -> None:
            step.advance(1, detail=f"{result.office} {result.year}")

        if request.scheduler:
            results = run_on_cluster(jobs, request.scheduler, tell)
        else:
            results = run_here(jobs, request.workers, tell)
    return BatchOutcome(tuple(results), _write_overview(request))


def choose_editions(
    found: Sequence[tuple[str, int]], offices: str, years: str, locale: str
) -> list[tuple[str, int]]:
    """Return the editions that a batch names.

    Parameters
    ----------
    found : sequence of (office, year)
        What there is.
    offices, years : str
        ``"all"``, or names and years with commas; a year that one of several named offices
        lacks is left out.
    locale : str
        Language of the refusal.

    Raises
    ------
    ParameterError
        If an office or a year is not among them, or nothing is left; it lists what there is.

    Examples
    --------
    >>> there = [("bnnk-a", 2021), ("bnnk-a", 2022), ("bnnk-b", 2021)]
    >>> choose_editions(there, "all", "2021", "en")
    [('bnnk-a', 2021), ('bnnk-b', 2021)]
    >>> choose_editions(there, "bnnk-c,bnnk-a", "all", "en")
    Traceback (most recent call last):
    helpers.errors.ParameterError: Not known: bnnk-c. Offices: bnnk-a, bnnk-b. Years: 2021, 2022.
    """
    known_offices = sorted({office for office, _ in found})
    known_years = sorted({str(year) for _, year in found})
    chosen_offices = _named(offices, known_offices)
    chosen_years = _named(years, known_years)
    chosen = [
        (office, year) for office, year in found if office in chosen_offices and str(year) in chosen_years
    ]
    lacking = [name for name in chosen_offices if name not in known_offices]
    lacking += [name for name in chosen_years if name not in known_years]
    if not lacking and chosen_offices != known_offices:
        # An office that is named has at least one of the years; of all offices some may have none.
        lacking = [name for name in chosen_offices if name not in {office for office, _ in chosen}]
    if lacking or not chosen:
        raise ParameterError(
            translate(
                "batch.unknown", locale, names=", ".join(lacking) or "-",
                offices=", ".join(known_offices) or "-", years=", ".join(known_years) or "-",
            )
        )  # fmt: skip
    return chosen


def _named(text: str, known: Sequence[str]) -> list[str]:
    names = [name for name in (part.strip() for part in text.split(",")) if name]
    return list(known) if not names or names == [ALL] else list(dict.fromkeys(names))


def _job(request: BatchRequest, office: str, year: int) -> EditionJob:
    params = RunParams(office, year, request.locale, request.raw, request.processed, request.out)
    key = _key(fingerprint(params, Record(params).inputs))
    return EditionJob(params, key, request.engine, request.force)


def _key(parts: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


# -- one report ------------------------------------------------------------------------------
def make_edition(job: EditionJob, stop: threading.Event | None = None) -> EditionResult:
    """Make one report, unless it is there as it would be made; tell how it ended."""
    params, started = job.params, time.perf_counter()
    status: Status = "made"
    reason = ""
    try:
        record = Record(params)
        parts = fingerprint(params, record.inputs)
        if job.elsewhere and _key(parts) != job.key:
            reason = translate("batch.other_inputs", params.locale)
        elif not job.force and record.is_current(parts, report_files(params)):
            status = "kept"
        else:
            _make(job, stop)
    except HelpersError as error:
        reason = _describe(error, params)
    except Exception as error:
        # A defect of the program: one report fails with it, and the others go on.
        first = str(error).strip().partition("\n")[0]
        reason = f"{type(error).__name__}: {first}"
    seconds = time.perf_counter() - started
    status = "failed" if reason else status
    return EditionResult(params.office, params.year, params.locale, status, job.key, reason, seconds)


def _make(job: EditionJob, stop: threading.Event | None) -> None:
    """Make the report, after whoever makes it already, and again where a process was lost."""
    deadline, lost = time.monotonic() + _PATIENCE, 0
    while True:
        try:
            make_report(job.params, force=job.force, engine=job.engine, portal=False)
            return
        except BusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
        except NotebookError as error:
            lost += 1
            if error.failure.kind != "crash" or lost > RETRIES or (stop is not None and stop.is_set()):
                raise


def _describe(error: HelpersError, params: RunParams) -> str:
    """Return what is wrong in a few lines, without places of this machine.

    Findings are told one to a line; the whole list stands in the folder beside the report.
    """
    locale = params.locale
    found = [finding.text(locale) for finding in error.findings if finding.severity == "error"]
    lines = found or error.text(locale).splitlines() or [type(error).__name__]
    shown, rest = lines[:_SHOWN_LINES], len(lines) - _SHOWN_LINES
    if rest > 0:
        shown.append(translate("batch.more", locale, count=rest))
    if found:
        folder = f"{params.office}/{params.year}-findings"
        shown.append(translate("batch.findings", locale, folder=folder))
    return "\n".join(shown)


# -- many ------------------------------------------------------------------------------------
def run_here(jobs: Sequence[EditionJob], workers: int, tell: Listener) -> list[EditionResult]:
    """Make reports on this machine, so many at a time, each with one notebook at a time.

    Returns
    -------
    list of EditionResult
        In the order of the jobs.
    """
    expect_many()
    start_server()
    stop = threading.Event()
    results: dict[int, EditionResult] = {}
    pool = ThreadPoolExecutor(workers, thread_name_prefix="edition")
    futures = {pool.submit(make_edition, job, stop): index for index, job in enumerate(jobs)}
    try:
        for future in as_completed(futures):
            index = futures[future]
            results[index] = future.result()
            tell(results[index])
    except BaseException:
        # Interrupted: the threads end when their processes have been ended.
        stop.set()
        pool.shutdown(wait=False, cancel_futures=True)
        stop_all()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
    return [results[index] for index in range(len(jobs))]


def run_on_cluster(jobs: Sequence[EditionJob], address: str, tell: Listener) -> list[EditionResult]:
    """Make reports on the workers of a Dask scheduler.

    The key of a report is its task's key, so that one that several batches ask for at the
    same time is made once. A worker that is lost has its reports made by another.

    Raises
    ------
    ParameterError
        If `distributed` is not installed.
    HelpersError
        If the scheduler does not answer, or has no workers.
    """
    locale = jobs[0].params.locale
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

    futures = [
        client.submit(
            _make_there, replace(job, elsewhere=True), key=f"edition-{job.key}", pure=False, retries=RETRIES
        )
        for job in jobs
    ]
    position: dict[str, int] = {future.key: index for index, future in enumerate(futures)}
    results: dict[int, EditionResult] = {}
    try:
        for future in completed(futures, loop=client.loop):
            index = position[future.key]
            error = future.exception()
            result = future.result() if error is None else _lost(jobs[index], error)
            results[index] = result
            tell(result)
    finally:
        # Nobody waits for what is left, and a later batch is to look anew.
        client.cancel([future for future in futures if not future.done()])
    return [results[index] for index in range(len(jobs))]


def _make_there(job: EditionJob) -> EditionResult:
    """Make a report on a worker of the cluster.

    Dask marks its workers as daemons, which may start no processes; each of ours ends with its worker.
    """
    with suppress(AssertionError):
        multiprocessing.current_process().daemon = False
    expect_many()
    return make_edition(job)


def _lost(job: EditionJob, error: BaseException) -> EditionResult:
    params = job.params
    reason = f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}"
    text = translate("batch.lost", params.locale, tries=1 + RETRIES, reason=reason)
    return EditionResult(params.office, params.year, params.locale, "failed", job.key, text)


def _write_overview(request: BatchRequest) -> str | None:
    """Write the page over all reports; return where it is."""
    from helpers.run.portal import write_portal_over

    base = project_root() / request.out
    own = ("", *(f"{locale}/" for locale in LOCALES if locale != "id"))
    if not any(any(base.glob(f"[!.]*/[0-9]*/{locale}{MANIFEST}")) for locale in own):
        return None
    return shown_folder(write_portal_over(base))
