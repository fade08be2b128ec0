"""The job of a batch: one report from its inputs to its place, on whatever machine it runs.

`run_edition` depends on nothing but its argument and what lies at the places it names. The
local runner and a cluster call the same function; the report is made in a process of
its own, forked from a warm parent, so that a crash costs one report and no imports are
paid twice.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from helpers.engine.contained import LostError, run_contained
from helpers.errors import HelpersError
from helpers.messages import LOCALES, translate
from helpers.pipeline.batch_plan import EditionJob, EditionResult, key_of_edition
from helpers.pipeline.batch_storage import is_address, is_finished, local_raw, open_store
from helpers.pipeline.tasks import CLEANING_MODULES
from helpers.pipeline.tasks import MODULES as TASK_MODULES

#: What the warm parent of a batch has loaded beyond what notebooks need. Drawing once in vain pays
#: for itself only over several reports.
MODULES = (
    *CLEANING_MODULES,
    "helpers.notebook.practice:practise",
    *TASK_MODULES,
    "helpers.pipeline.assembly",
    "helpers.pipeline.run",
    "helpers.pipeline.batch_job",
)
#: How often a report is tried again that was lost, not wrong.
RETRIES = 2
#: Kinds of `Failure` that another try may not meet again.
_PASSING = ("lost", "crash")
_SHOWN_LINES = 5
#: Seconds to wait for another run of the same edition, and between two looks.
_PATIENCE, _PAUSE = 60.0, 0.5


def run_edition(job: EditionJob) -> EditionResult:
    """Make one report and put it in its place; tell how it ended.

    A report with the same key that is there and whole is kept. Wrong data is a result
    (``failed``, with its reason), not an error.

    Raises
    ------
    LostError
        If the process or its connection was lost: worth another try.
    """
    started = time.perf_counter()
    result = EditionResult(job.office, job.year, job.locale, "failed", job.key)
    try:
        if not job.force and is_finished(job.out, job.place, job.key, job.locale):
            return replace(result, status="kept")
        with tempfile.TemporaryDirectory(prefix="helpers-batch-") as scratch:
            reason, peak_mb = _make_and_put(job, Path(scratch))
    except HelpersError as error:
        reason, peak_mb = describe(error, job), 0.0
    except (ConnectionError, TimeoutError) as error:
        raise LostError(f"{type(error).__name__}: {error}") from error
    except OSError as error:
        reason, peak_mb = f"{type(error).__name__}: {error}", 0.0
    seconds = time.perf_counter() - started
    return replace(
        result, status="failed" if reason else "made", reason=reason, seconds=seconds, peak_mb=peak_mb
    )


def _make_and_put(job: EditionJob, scratch: Path) -> tuple[str, float]:
    """Make the report, by way of a scratch folder if it does not go to a folder."""
    with local_raw(job.raw, job.office, scratch, job.locale) as raw:
        own = replace(job, raw=str(raw))
        if not is_address(job.out):
            return _contained(own)
        own = replace(own, out=str(scratch / "out"), processed=str(scratch / "processed"))
        reason, peak_mb = _contained(own)
        store = open_store(job.out, job.locale)
        edition, findings = f"{job.office}/{job.year}", f"{job.office}/{job.year}-findings"
        made = scratch / "out" / job.place
        if not reason:
            others = tuple(name for name in LOCALES if name != "id") if job.locale == "id" else ()
            store.put(made, job.place, keep=others)
            store.remove(findings)
        elif (scratch / "out" / findings).is_dir():
            store.put(scratch / "out" / findings, findings)
        shutil.rmtree(scratch / "out" / edition, ignore_errors=True)
        return reason, peak_mb


def _contained(job: EditionJob) -> tuple[str, float]:
    reason, passing, peak_mb = run_contained("helpers.pipeline.batch_job:make_edition", job, modules=MODULES)
    if passing:
        raise LostError(reason)
    return str(reason), float(peak_mb)


def make_edition(job: EditionJob) -> tuple[str, bool, float]:
    """Make one report in this process, from a folder to a folder.

    Returns
    -------
    tuple
        Why it failed (empty if it did not), whether that may pass by itself, and the
        largest resident memory of any process of it, in MiB.
    """
    from helpers.engine.failure import NotebookError
    from helpers.engine.job import peak_mb
    from helpers.pipeline.staging import BusyError

    try:
        raw = Path(job.raw)
        if job.elsewhere and job.key and key_of_edition(job.office, job.year, job.locale, raw) != job.key:
            return translate("batch.other_inputs", job.locale), False, peak_mb()
        _make_in_turn(job)
    except BusyError as error:
        return describe(error, job), True, peak_mb()
    except NotebookError as error:
        return describe(error, job), error.failure.kind in _PASSING, peak_mb()
    except HelpersError as error:
        return describe(error, job), False, peak_mb()
    except Exception as error:
        # A defect of the program: one report fails with it, and the others go on.
        first = str(error).strip().partition("\n")[0]
        return f"{type(error).__name__}: {first}", False, peak_mb()
    return "", False, peak_mb()


def _make_in_turn(job: EditionJob) -> None:
    """Make the report, after whoever makes it already.

    That is a worker which the scheduler has just given up: its processes end a moment later.
    """
    from helpers.params import RunParams
    from helpers.pipeline.run import make_report
    from helpers.pipeline.staging import BusyError

    params = RunParams(
        office=job.office, year=job.year, locale=job.locale,
        raw=job.raw, processed=job.processed, out=job.out,
    )  # fmt: skip
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            make_report(params, jobs=1, force=job.force, engine=job.engine, portal=False)
            return
        except BusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)


def describe(error: HelpersError, job: EditionJob) -> str:
    """Return what is wrong in a few lines, without places of this machine.

    Findings are told one to a line; the whole list stands in the folder beside the report.
    """
    found = [finding.text(job.locale) for finding in error.findings if finding.severity == "error"]
    lines = found or error.text(job.locale).splitlines() or [type(error).__name__]
    rest = len(lines) - _SHOWN_LINES
    shown = lines[:_SHOWN_LINES]
    if rest > 0:
        shown.append(translate("batch.more", job.locale, count=rest))
    if found:
        shown.append(translate("batch.findings", job.locale, folder=f"{job.office}/{job.year}-findings"))
    return "\n".join(shown)
