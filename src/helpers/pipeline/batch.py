"""Make many reports: every edition found, or the ones named, and the page over them all."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from helpers.engine.job import EngineName
from helpers.errors import HelpersError
from helpers.messages import LOCALES, translate
from helpers.paths import project_root, shown_folder
from helpers.pipeline.batch_plan import ALL, EditionJob, EditionResult, choose_editions, key_of_edition
from helpers.pipeline.batch_run import run_here, run_on_cluster
from helpers.pipeline.batch_storage import MANIFEST, find_raw, is_address, local_raw, open_store
from helpers.progress import SILENT, Progress

_PORTAL = "index.html"


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """Which reports to make, from where to where, and by whom.

    ``offices`` and ``years`` are ``"all"`` or names with commas. ``raw`` and ``out`` are
    folders or addresses; ``processed`` is a folder, and unused where ``out`` is an address.
    ``scheduler`` is the address of a Dask scheduler, ``workers`` how many reports are made
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
    """Make the reports and the page over them; one that fails does not stop the others.

    Raises
    ------
    ParameterError
        If an office or year is not known, an address cannot be used, or a package for it is
        not installed.
    HelpersError
        If the cluster cannot be reached.
    """
    found = find_raw(request.raw, request.locale)
    editions = choose_editions(found, request.offices, request.years, request.locale)
    jobs = plan_jobs(request, editions, progress)
    with progress.step(translate("batch.step.reports", request.locale), total=len(jobs)) as step:

        def tell(result: EditionResult) -> None:
            step.advance(1, detail=f"{result.office} {result.year}")

        if request.scheduler:
            results = run_on_cluster(jobs, request.scheduler, tell)
        else:
            results = run_here(jobs, request.workers, tell)
    return BatchOutcome(tuple(results), write_overview(request))


def plan_jobs(
    request: BatchRequest, editions: Sequence[tuple[str, int]], progress: Progress = SILENT
) -> list[EditionJob]:
    """Return the jobs of these editions, each with its key.

    A declaration that cannot be read gives a job without a key, which tells why when it runs.
    """
    jobs: list[EditionJob] = []
    with progress.step(translate("batch.step.plan", request.locale), total=len(editions)) as step:
        for office, year in editions:
            job = EditionJob(
                office, year, request.locale, request.raw, request.processed, request.out,
                engine=request.engine, force=request.force,
            )  # fmt: skip
            with (
                tempfile.TemporaryDirectory(prefix="helpers-batch-") as scratch,
                local_raw(request.raw, office, Path(scratch), request.locale) as raw,
                suppress(HelpersError),
            ):
                job = replace(job, key=key_of_edition(office, year, request.locale, raw))
            jobs.append(job)
            step.advance(1, detail=job.name)
    return jobs


def write_overview(request: BatchRequest) -> str | None:
    """Write the page over all reports below the folder or address; return where it is."""
    from helpers.pipeline.portal import write_portal_over

    if not is_address(request.out):
        base = project_root() / request.out
        return shown_folder(write_portal_over(base)) if _has_reports(base) else None
    store = open_store(request.out, request.locale)
    with tempfile.TemporaryDirectory(prefix="helpers-batch-") as scratch:
        base = Path(scratch)
        for path in store.files(""):
            name = path.removeprefix(store.base + "/")
            if name.rpartition("/")[2] in (MANIFEST, "facts.json"):
                target = base / name
                target.parent.mkdir(parents=True, exist_ok=True)
                store.fs.get_file(path, str(target))
        if not _has_reports(base):
            return None
        store.write(_PORTAL, write_portal_over(base).read_bytes())
    return f"{request.out.rstrip('/')}/{_PORTAL}"


def _has_reports(base: Path) -> bool:
    own = ("", *(f"{lang}/" for lang in LOCALES if lang != "id"))
    return any(any(base.glob(f"[!.]*/[0-9]*/{lang}{MANIFEST}")) for lang in own)
