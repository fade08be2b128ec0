"""Make an edition's report: clean, compute, draw, publish, and move it into its place.

Most runs find that nothing has changed and end before anything heavy is imported: what
only a build needs is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.messages import translate
from helpers.params import RunParams
from helpers.paths import project_root, shown_folder
from helpers.progress import SILENT, Progress
from helpers.run.digests import Digests
from helpers.run.fingerprint import Record, fingerprint, report_files
from helpers.run.job import CellStart, EngineName, Job, Outcome, Task, notebook_task
from helpers.run.place import remove_findings

if TYPE_CHECKING:
    from helpers.edition import Edition
    from helpers.run.plan import Step

ANNUAL = "annual-report"
#: What a document's text is held against its facts in: each format of the release, since each
#: is written by another route; of the rest one.
GATED = {
    "press-release": ("docx", "html", "pdf", "txt"),
    "leadership-brief": ("html",),
    ANNUAL: ("html",),
}
#: Of names that have changed, or were lost, so many are told.
_TOLD = 12


def make_report(
    params: RunParams, *, jobs: int = 1, force: bool = False, engine: EngineName = "fork",
    progress: Progress = SILENT, portal: bool = True, explain: bool = False,
) -> Path:  # fmt: skip
    """Make the report of an edition, unless nothing has changed, and return its folder.

    Parameters
    ----------
    params : RunParams
    jobs : int
        Notebooks and documents at a time.
    force : bool
        Make it though nothing has changed.
    engine : {"fork", "kernel"}
        ``kernel`` is stock papermill.
    progress : Progress
        Shows how far it is.
    portal : bool
        Also write the page over all editions; a batch does it once for all its reports.
    explain : bool
        Say what has changed since the report was made.

    Raises
    ------
    DataError
        If an input is wrong; it carries the findings of all sources, and nothing is published.
    NotebookError
        If a notebook failed for another reason.
    ChangedError
        If an input was changed meanwhile; nothing is published.
    """
    record = Record(params)
    parts = fingerprint(params, record.inputs)
    is_current = not force and record.is_current(parts, report_files(params))
    if is_current:
        progress.note(translate("run.unchanged", params.locale))
    else:
        if explain:
            progress.note(_reason(record, parts, force, params.locale))
        _make(params, record, jobs, engine, progress)
        record.save(parts, report_files(params))
    if params.paths.findings.is_dir():
        remove_findings(params.paths.findings, params.paths.raw)
    if portal:
        renew_portal(params, is_warm=not is_current)
    return params.paths.out


def _make(params: RunParams, record: Record, jobs: int, engine: EngineName, progress: Progress) -> None:
    """Build the report beside its place and move it in."""
    from helpers.run.pool import start_server

    start_server()
    from helpers.edition import load_edition
    from helpers.run.manifest import write_manifest
    from helpers.run.place import building, publish, recover_report
    from helpers.run.plan import plan_edition

    def tell_edit(name: str, copy: Path) -> None:
        text = translate("run.edited", params.locale, name=name, copy=shown_folder(copy))
        progress.note(text)

    edition = load_edition(params)
    with building(params) as built:
        recover_report(params, tell_edit)
        lost = _lost_files(params, record.outputs)
        tasks = report_tasks(edition, built, plan_edition(edition.sources), engine)
        outcomes = _run(tasks, edition, jobs, progress)
        # Before anything else: what was made, or why it failed, may be of neither the old file nor the new.
        record.inputs.check_unchanged(params.locale, besides=params.paths.out)
        raise_failures(outcomes, edition)
        write_manifest(edition, built.paths.out, outcomes["index"].value, record.inputs)
        publish(built, params, tell_edit)
    if lost:
        progress.note(translate("run.restored", params.locale, names=_some(lost)))
    if params.paths.marked.is_dir():
        folder = shown_folder(params.paths.marked)
        progress.note(translate("run.marked", params.locale, folder=folder))


def report_tasks(edition: Edition, built: RunParams, steps: Sequence[Step], engine: EngineName) -> list[Task]:
    """Return everything that makes a report, in the order in which it starts where several could.

    First the notebooks, the brief before the release (`helpers.run.plan.STEPS`). Then what others wait
    for, then what takes long: the annual report and its check before the documents of one notebook,
    and of those the last first, since the checks of brief and release wait for theirs.
    """
    module = "helpers.run.documents"
    documents = tuple(step.document for step in steps)
    after_facts = ("facts",)
    checks = {
        name: Task(f"check {name}", "helpers.run.gate:check_own_texts",
                   (built, tuple(f"{name}.{ending}" for ending in GATED[name])),
                   needs=("facts", name if name == ANNUAL else f"publish {name}"))
        for name in GATED if name in (ANNUAL, *documents)
    }  # fmt: skip
    return [
        *(_chapter_task(step, edition, built, engine) for step in steps),
        Task("facts", f"{module}:merge_facts", (built, steps), needs=documents),
        Task(ANNUAL, f"{module}:bind_annual", (built, steps, ("html",)), needs=after_facts),
        checks.pop(ANNUAL),
        Task(f"print {ANNUAL}", f"{module}:bind_annual", (built, steps, ("pdf",)), needs=after_facts),
        *(
            Task(f"publish {step.document}", f"{module}:publish_notebook", (built, step), (step.document,))
            for step in reversed(steps)
        ),
        *checks.values(),
        Task("tables", f"{module}:bind_tables", (built, steps), needs=documents),
        Task("quality", f"{module}:merge_quality", (built,), needs=documents),
        Task("index", f"{module}:bind_index", (built, steps, edition.params), needs=after_facts),
    ]


def _chapter_task(step: Step, edition: Edition, built: RunParams, engine: EngineName) -> Task:
    """Return what runs the notebook of a step, in a process of its own."""
    params, folder = edition.params, project_root() / "notebooks"
    job = Job(
        name=step.document,
        input=folder / f"{step.notebook}.ipynb",
        output=built.paths.out / "notebooks" / f"{step.notebook}.ipynb",
        parameters={
            "office": params.office, "year": params.year, "locale": params.locale,
            "raw": params.raw, "processed": built.processed, "out": built.out,
        },
        cwd=folder,
    )  # fmt: skip
    return notebook_task(job, engine, step.needs)


def _run(tasks: Sequence[Task], edition: Edition, jobs: int, progress: Progress) -> dict[str, Outcome]:
    from helpers.run.pool import run_tasks

    with progress.step(translate("run.step.report", edition.locale), len(tasks)) as bar:

        def show(task: Task, cell: CellStart | None) -> None:
            if cell is None:
                bar.advance(1, detail=task.name)
            else:
                bar.advance(0, detail=f"{task.name} {cell.index + 1}/{cell.count}")

        return run_tasks(tasks, workers=jobs, listen=show)


def raise_failures(outcomes: Mapping[str, Outcome], edition: Edition | None = None) -> None:
    """Raise what the tasks of a report ended with, if any failed.

    Raises
    ------
    DataError
        If a notebook found data wrong: the findings of every source, not only of the one that stopped first.
    HelpersError
        Any other error; of several documents their common first line once, then what each found.
    """
    from helpers.errors import DataError, ExportError
    from helpers.run.failure import NotebookError

    errors = [outcome.error for outcome in outcomes.values() if outcome.error is not None]
    if not errors:
        return
    failures = [error for error in errors if isinstance(error, NotebookError)]
    if edition is not None and any(error.failure.ename == DataError.__name__ for error in failures):
        _raise_findings(edition)
    if failures:
        raise failures[0]
    if len(errors) > 1 and all(isinstance(error, ExportError) for error in errors):
        lines = dict.fromkeys(line for each in errors for line in str(each).splitlines())
        raise ExportError("\n".join(lines))
    raise errors[0]


def _raise_findings(edition: Edition) -> None:
    from helpers.clean import clean_sources
    from helpers.errors import DataError
    from helpers.run.findings import write_findings

    cleaned = clean_sources(edition)
    findings = [finding for result in cleaned.values() for finding in result.errors]
    if findings:
        folder = shown_folder(write_findings(cleaned, edition.params))
        note = translate("run.nothing_published", edition.locale, folder=folder)
        raise DataError(note, findings=findings)


def _reason(record: Record, parts: Mapping[str, str], force: bool, locale: str) -> str:
    """Say why a report is made."""
    changes = record.changes(parts)
    key = "forced" if force else "new" if not record.parts else "changed" if changes else "lost"
    return translate(f"run.explain.{key}", locale, names=_some(changes))


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_TOLD]) + (" …" if len(names) > _TOLD else "")


def _lost_files(params: RunParams, outputs: Digests) -> list[str]:
    """Return the files of the report that somebody has removed."""
    final = params.paths.out
    if not final.is_dir():
        return []
    made = [Path(name) for name in outputs.known]
    return [path.relative_to(final).as_posix() for path in made
            if path.is_relative_to(final) and not path.is_file()]  # fmt: skip


def renew_portal(params: RunParams, *, is_warm: bool) -> None:
    """Write the page over all editions, unless it is there, of the same reports and by the same code.

    Where everything is loaded already (`is_warm`), a process costs less than the imports here.
    """
    from helpers.run.fingerprint import portal_parts

    record = Record(params, "portal")
    parts: dict[str, Any] = portal_parts(params, record.inputs)
    page = project_root() / params.out / "index.html"
    if record.is_current(parts, [page] if page.is_file() else []):
        return
    if is_warm:
        from helpers.run.pool import run_tasks

        task = Task("portal", "helpers.run.portal:write_portal", (params,))
        raise_failures(run_tasks([task], workers=1))
    else:
        from helpers.run.portal import write_portal

        write_portal(params)
    record.save(portal_parts(params, record.inputs), [page])
