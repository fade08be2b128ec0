"""Make an edition's report: clean, compute, draw, publish, and move it into its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.edition import Edition, load_edition
from helpers.engine.job import EngineName
from helpers.engine.run import Job, JobEvent, JobResult, NotebookError, run_notebooks
from helpers.errors import DataError
from helpers.messages import translate
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.pipeline.binding import bind_documents
from helpers.pipeline.findings import mark_published, remove_findings, shown_folder, write_findings
from helpers.pipeline.gate import check_own_texts
from helpers.pipeline.outputs import merge_facts, merge_quality, write_manifest
from helpers.pipeline.plan import Step, order_in_waves, plan_edition
from helpers.pipeline.portal import write_portal
from helpers.pipeline.publication import publish_notebook
from helpers.pipeline.staging import staging
from helpers.progress import SILENT, Progress

if TYPE_CHECKING:
    from helpers.cleaning import CleanResult

WAVE_NAMES = ("clean", "chapters", "release")


def make_report(
    params: RunParams,
    *,
    jobs: int = 1,
    force: bool = False,
    engine: EngineName = "fork",
    progress: Progress = SILENT,
) -> Path:
    """Make the report of an edition and return its folder.

    Parameters
    ----------
    params : RunParams
    jobs : int
        Notebooks at a time.
    force : bool
        Make everything again.
    engine : {"fork", "kernel"}
        ``kernel`` is stock papermill.
    progress : Progress
        Shows how far it is.

    Raises
    ------
    DataError
        If an input is wrong; it carries the findings of all sources, and nothing is published.
    NotebookError
        If a notebook failed for another reason.
    """
    edition = load_edition(params)
    steps = plan_edition(edition.sources)
    with staging(params) as built:
        for name, wave in zip(WAVE_NAMES, order_in_waves(steps), strict=False):
            _run_wave(
                translate(f"pipeline.step.{name}", params.locale),
                wave,
                edition,
                built,
                jobs,
                engine,
                progress,
            )
        staged = load_edition(built)
        facts = merge_facts(staged, [step.document for step in steps])
        merge_quality(staged)
        mark_published(staged)
        entries = bind_documents(staged, facts, steps)
        check_own_texts(built.paths.out, params)
        write_manifest(staged, params, entries)
    remove_findings(params)
    write_portal(params)
    return params.paths.out


def _job(step: Step, params: RunParams, built: RunParams) -> Job:
    root = project_root()
    executed = built.paths.processed / "executed" / f"{step.notebook}.ipynb"
    return Job(
        name=step.document,
        input=root / "notebooks" / f"{step.notebook}.ipynb",
        output=executed,
        parameters={
            "office": params.office,
            "year": params.year,
            "locale": params.locale,
            "raw": built.raw,
            "processed": built.processed,
            "out": built.out,
        },
        cwd=root / "notebooks",
        after=publish_notebook,
        options={"out": str(built.paths.out), "document": step.document, "formats": step.formats},
    )


def _run_wave(
    name: str, wave: Sequence[Step], edition: Edition, built: RunParams, jobs: int, engine: EngineName,
    progress: Progress,
) -> None:  # fmt: skip
    params = edition.params
    with progress.step(name, total=len(wave)) as bar:

        def show(event: JobEvent) -> None:
            if event.cell is not None:
                bar.advance(0, detail=f"{event.job.name} {event.cell.index + 1}/{event.cell.count}")
            elif event.result is not None:
                bar.advance(1, detail=event.job.name)

        results = run_notebooks(
            [_job(step, params, built) for step in wave], engine=engine, workers=jobs, on_event=show
        )
    _raise_failures(results, edition, built)


def _raise_failures(results: Sequence[JobResult], edition: Edition, built: RunParams) -> None:
    failures = [result.failure for result in results if result.failure is not None]
    if not failures:
        return
    if any(failure.ename == DataError.__name__ for failure in failures):
        cleaned = _clean_all(built)
        findings = [finding for result in cleaned.values() for finding in result.errors]
        if findings:
            folder = shown_folder(write_findings(cleaned, edition.params))
            note = translate("pipeline.nothing_published", edition.locale, folder=folder)
            raise DataError(note, findings=findings)
    raise NotebookError(failures[0])


def _clean_all(built: RunParams) -> dict[str, CleanResult]:
    """Return every source, not only those whose notebook stopped first."""
    from helpers.cleaning import clean_sources

    return clean_sources(load_edition(built))
