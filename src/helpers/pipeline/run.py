"""Make an edition's report: clean, compute, draw, publish, and move it into its place.

Most runs find that nothing has changed and end before anything heavy is imported: what
only a build needs is imported where it is used.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.messages import translate
from helpers.params import RunParams
from helpers.pipeline.digests import Digests
from helpers.pipeline.state import State, all_inputs, is_current, load_state
from helpers.progress import SILENT, Progress

if TYPE_CHECKING:
    from helpers.cleaning import CleanResult
    from helpers.edition import Edition
    from helpers.engine.job import EngineName
    from helpers.pipeline.build import BuildError


def make_report(
    params: RunParams,
    *,
    jobs: int = 1,
    force: bool = False,
    engine: EngineName = "fork",
    progress: Progress = SILENT,
    portal: bool = True,
    explain: bool = False,
) -> Path:
    """Make the report of an edition and return its folder.

    Only what has changed is made again (`docs/decisions/0007-incremental.md`).

    Parameters
    ----------
    params : RunParams
    jobs : int
        Steps at a time.
    force : bool
        Make everything again.
    engine : {"fork", "kernel"}
        ``kernel`` is stock papermill.
    progress : Progress
        Shows how far it is.
    portal : bool
        Also write the page over all editions; a batch does it once for all its reports.
    explain : bool
        Say of every step why it runs or not.

    Raises
    ------
    DataError
        If an input is wrong; it carries the findings of all sources, and nothing is published.
    NotebookError
        If a notebook failed for another reason.
    ChangedError
        If an input was changed meanwhile; nothing is published.
    """
    state = load_state(params, engine)
    is_warm = False
    if not force and is_current(state, params):
        progress.note(translate("pipeline.unchanged", params.locale))
    else:
        is_warm = _make(params, state, jobs, force, engine, progress, explain)
    shutil.rmtree(params.paths.findings, ignore_errors=True)
    if portal:
        _renew_portal(params, is_warm)
    return params.paths.out


def _make(
    params: RunParams, state: State, jobs: int, force: bool, engine: EngineName, progress: Progress,
    explain: bool,
) -> bool:  # fmt: skip
    """Make and publish; return whether anything had to be run for it."""
    from helpers.edition import load_edition
    from helpers.pipeline.assembly import Assembly
    from helpers.pipeline.build import BuildError

    digests = Digests(state.inputs)
    for path in all_inputs(params):
        digests.of(path)
    edition = load_edition(params)
    assembly = Assembly(edition, state, digests, jobs=jobs, force=force, engine=engine, progress=progress,
                        explain=explain)  # fmt: skip
    try:
        assembly.publish()
    except BuildError as error:
        _raise_failures(error, edition)
    return assembly.has_run


def _renew_portal(params: RunParams, is_warm: bool) -> None:
    """Write the page over all editions if it is not what it would be."""
    from helpers.pipeline.portal_state import is_portal_current, remember_portal

    if is_portal_current(params):
        return
    if is_warm:
        # Where everything is loaded already, a process costs less than the imports here.
        from helpers.engine.contained import run_contained

        run_contained("helpers.pipeline.portal:write_portal", params)
    else:
        from helpers.pipeline.portal import write_portal

        write_portal(params)
    remember_portal(params)


def _raise_failures(error: BuildError, edition: Edition) -> None:
    from helpers.engine.failure import NotebookError
    from helpers.errors import DataError, ExportError
    from helpers.paths import shown_folder
    from helpers.pipeline.findings import write_findings

    failures = [result.failure for result in error.results if result.failure is not None]
    if any(failure.ename == DataError.__name__ for failure in failures):
        cleaned = _clean_all(edition)
        findings = [finding for result in cleaned.values() for finding in result.errors]
        if findings:
            folder = shown_folder(write_findings(cleaned, edition.params))
            note = translate("pipeline.nothing_published", edition.locale, folder=folder)
            raise DataError(note, findings=findings)
    if failures:
        raise NotebookError(failures[0])
    errors = [result.error for result in error.results if result.error is not None]
    if len(errors) > 1 and all(isinstance(each, ExportError) for each in errors):
        # Checks of several documents: their common first line once, then what each found.
        lines = dict.fromkeys(line for each in errors for line in str(each).splitlines())
        raise ExportError("\n".join(lines))
    raise errors[0]


def _clean_all(edition: Edition) -> dict[str, CleanResult]:
    """Return every source, not only those whose notebook stopped first."""
    from helpers.cleaning import clean_sources

    return clean_sources(edition)
