"""The whole graph of an edition: its notebooks, and what is bound from their documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from helpers.edition import Edition
from helpers.engine.job import (
    DOCUMENT_SECONDS,
    NOTEBOOK_SECONDS,
    OUTPUT_MB,
    STEP_MEMORY_MB,
    Call,
    Job,
)  # fmt: skip
from helpers.paths import EditionPaths, project_root
from helpers.pipeline.earlier import earlier_files
from helpers.pipeline.executed import keep_notebook
from helpers.pipeline.manifest import NAME as MANIFEST_NAME
from helpers.pipeline.plan import Step
from helpers.pipeline.publication import LETTERHEAD
from helpers.pipeline.sandbox import Sandbox
from helpers.pipeline.staging import PROFILES
from helpers.pipeline.tasks import TASKS, run_task
from helpers.privacy_key import key_mark
from helpers.reads import Declared, watch_reads
from helpers.schema import TABLES
from helpers.schema.documents import ALL_SOURCES

ANNUAL = "annual-report"
#: What a document's text is held against its facts in: each format of the release, since each
#: is written by another route; of the rest one.
GATED = {
    "press-release": ("docx", "html", "pdf", "txt"),
    "leadership-brief": ("html",),
    ANNUAL: ("html",),
}
_JOB_MODULES = ("helpers.engine.job", "helpers.engine.engines", "helpers.engine.shell")


@dataclass(frozen=True)
class Node:
    """One step of the graph, and everything that decides what it makes.

    Parameters
    ----------
    name : str
        The document that it makes, or what it does.
    needs : tuple of str
        Names of the nodes that must be done first.
    takes : Mapping
        Name of a needed node → patterns of the outputs that are put before this one.
    told : tuple of str
        Needed nodes whose value it is given.
    files : Mapping
        Files of the project that it reads, by the name that people know.
    modules : tuple of str
        Modules of the package that it begins with.
    settings : Mapping
        What else decides, as JSON holds it.
    work : callable
        Gives the work for a sandbox and the values that are told.
    """

    name: str
    needs: tuple[str, ...]
    takes: Mapping[str, tuple[str, ...]]
    files: Mapping[str, Path]
    modules: tuple[str, ...]
    settings: Mapping[str, Any]
    work: Callable[[Sandbox, Mapping[str, Any]], Job | Call]
    told: tuple[str, ...] = field(default=())


def plan_nodes(edition: Edition, steps: Sequence[Step], imports: Callable[[Path], list[str]]) -> list[Node]:
    """Return all nodes of an edition.

    Parameters
    ----------
    edition : Edition
    steps : sequence of Step
        The edition's plan.
    imports : callable
        Gives the modules that a notebook imports.
    """
    return [*(_notebook_node(step, edition, steps, imports) for step in steps), *_bound_nodes(edition, steps)]


# -- notebooks -----------------------------------------------------------------------------
def _notebook_node(
    step: Step, edition: Edition, steps: Sequence[Step], imports: Callable[[Path], list[str]]
) -> Node:
    root = project_root()
    notebook = root / "notebooks" / f"{step.notebook}.ipynb"
    files = {f"notebooks/{notebook.name}": notebook, **step_files(step, edition)}
    return Node(
        name=step.document,
        needs=step.needs,
        takes=step_takes(step, steps),
        files=files,
        modules=(*imports(notebook), *_JOB_MODULES, keep_notebook.__module__),
        settings={**_settings(edition), "document": step.document},
        work=partial(_job, step, notebook, edition, tuple(map(str, files.values()))),
    )


def _settings(edition: Edition) -> dict[str, Any]:
    params = edition.params
    settings = {"office": params.office, "year": params.year, "locale": params.locale}
    mark = key_mark(edition.declaration.get("privacy", {}))
    # With another key the same people have other pseudonyms.
    return settings | ({"privacy_key": mark} if mark else {})


def edition_files(edition: Edition) -> dict[str, Path]:
    """Return what every step reads: the declaration, and what is said of the files it declares."""
    sidecars = [source.path.with_suffix(".source.yml") for source in edition.sources.values()]
    logo = [edition.logo_file] if edition.logo_file else []
    own = [edition.paths.raw / "edition.toml", *sidecars, *logo]
    return {f"raw/{path.name}": path for path in own}


def reference_files(paths: EditionPaths, tables: Sequence[str] | None) -> dict[str, Path]:
    """Return reference tables (all, if None), the office's own before the shared ones."""
    if tables is None:
        folders = (paths.reference, paths.own_reference)
        tables = sorted({path.stem for folder in folders for path in folder.glob("*.csv")})
    return {f"reference/{name}.csv": paths.reference_for(name) / f"{name}.csv" for name in tables}


def step_files(step: Step, edition: Edition) -> dict[str, Path]:
    """Return the files of the project that a step declares, by the name that people know."""
    paths, locale = edition.paths, edition.locale
    # Whoever reads a table names the file that it came from, with its digest.
    traced = [TABLES[table].source for table in step.reads or ()]
    if step.reads is None:
        traced = list(edition.sources)
    names = dict.fromkeys((*step.sources, *step.beside, *traced))
    raw = [edition.sources[name].path for name in names]
    templates = [project_root() / "templates" / name.format(locale=locale) for name in step.templates]
    files = {
        **edition_files(edition),
        **{f"raw/{path.name}": path for path in raw},
        **earlier_files(edition.params, step.earlier),
        **reference_files(paths, step.reference),
        **{f"templates/{path.name}": path for path in templates},
    }
    if step.sources:
        files[f"corrections/{paths.corrections.name}"] = paths.corrections
    return files


def step_takes(step: Step, steps: Sequence[Step]) -> dict[str, tuple[str, ...]]:
    """Return which outputs of the needed documents a step reads, as patterns."""
    tables = ["*"] if step.reads is None else list(step.reads)
    facts = step.needs if step.facts is None else step.facts
    takes: dict[str, tuple[str, ...]] = {}
    for need in (other for other in steps if other.document in step.needs):
        # Only who cleans writes tables.
        patterns = [f"processed/{table}.parquet" for table in tables] if need.sources else []
        if need.document in facts:
            patterns.append(f"processed/facts/{need.document}.json")
        patterns += [f"processed/charts/{chart}.json" for chart in step.charts]
        takes[need.document] = tuple(patterns)
    return takes


def _job(
    step: Step, notebook: Path, edition: Edition, files: tuple[str, ...], sandbox: Sandbox,
    _values: Mapping[str, Any],
) -> Job:  # fmt: skip
    root, params, built = project_root(), edition.params, sandbox.params
    watched = (params.raw_base, root / "data", root / "templates", root / "notebooks", root / "reports",
               root / params.processed, root / params.out)  # fmt: skip
    # Which editions an office has is known by their declarations, and those are declared.
    listed = (params.raw_base, *params.raw_base.iterdir()) if step.earlier else ()
    declared = Declared(
        step=step.document,
        locale=params.locale,
        watched=tuple(map(str, watched)),
        own=(str(sandbox.root),),
        listed=tuple(map(str, listed)),
        files=frozenset(files),
        root=str(root),
    )
    return Job(
        name=step.document,
        input=notebook,
        output=sandbox.root / notebook.name,
        parameters={
            "office": params.office,
            "year": params.year,
            "locale": params.locale,
            "raw": params.raw,
            "processed": built.processed,
            "out": built.out,
        },
        cwd=root / "notebooks",
        after=keep_notebook,
        options={"sandbox": sandbox},
        prepare=partial(watch_reads, declared),
        notebook_timeout=NOTEBOOK_SECONDS,
        memory_limit_mb=STEP_MEMORY_MB,
        output_limit_mb=OUTPUT_MB,
    )


# -- what is bound ---------------------------------------------------------------------------
def _bound_nodes(edition: Edition, steps: Sequence[Step]) -> list[Node]:
    documents = tuple(step.document for step in steps)
    cleaned = tuple(step.document for step in steps if step.sources)
    notebooks = {name: ("out/notebooks/*.ipynb",) for name in documents}
    raw = {f"raw/{source.path.name}": source.path for source in edition.sources.values()}
    plan = tuple(steps)
    printed = {
        name: (*notebooks[name], "processed/facts/*", *(("processed/clean_*",) if name in cleaned else ()))
        for name in documents
    }
    # A chapter may name a source of another year's edition.
    origins = {**raw, **earlier_files(edition.params, ALL_SOURCES, later=True)}
    profiles = edition.paths.out / PROFILES / MANIFEST_NAME
    task = partial(_task_node, edition)
    bound = {**notebooks, "facts": ("out/facts.json",)}
    shown = {
        **{name: (*patterns, "out/figures/*.svg") for name, patterns in notebooks.items()},
        ANNUAL: (),
    }
    # Profiles are made apart, after the report; its page leads to those that fit its inputs.
    known = {f"{PROFILES}/{profiles.name}": profiles, **raw}
    checks = {name: _check_node(name, edition, task) for name in GATED if name in (ANNUAL, *documents)}
    # In the order in which they start where several could: what others wait for, then what takes long.
    return [
        task("facts", printed, documents, files=origins),
        task(ANNUAL, bound, plan, files=raw),
        checks.pop(ANNUAL),
        task(f"print {ANNUAL}", bound, plan, files=raw),
        *(_publish_node(step, task) for step in reversed(steps)),
        *checks.values(),
        task("tables", notebooks, plan),
        task("quality", {name: ("processed/quality/*",) for name in cleaned}, files=raw),
        task("index", shown, plan, edition.params, files=known, told=(ANNUAL,)),
    ]


def _check_node(name: str, edition: Edition, task: Callable[..., Node]) -> Node:
    """Return what holds the text of a document against the facts of the report."""
    files = tuple(f"{name}.{ending}" for ending in GATED[name])
    made_by = name if name == ANNUAL else f"publish {name}"
    takes = {made_by: tuple(f"out/{file}" for file in files), "facts": ("out/facts.json",)}
    known = reference_files(edition.paths, ("opd_registry", "opd_aliases"))
    return task(f"check {name}", takes, files, function="check", files=known)


def _publish_node(step: Step, task: Callable[..., Node]) -> Node:
    """Return what makes the documents of a notebook; apart from it, since others wait for the notebook."""
    name = f"{step.notebook}.ipynb"
    files = {}
    if "docx" in step.extras:
        files[f"templates/{LETTERHEAD}"] = project_root() / "templates" / LETTERHEAD
    return task(
        f"publish {step.document}", {step.document: (f"out/notebooks/{name}",)}, name, step.document,
        step.formats, function="publish", files=files,
    )  # fmt: skip


def _task_node(
    edition: Edition,
    name: str,
    takes: Mapping[str, tuple[str, ...]],
    *arguments: Any,
    function: str = "",
    files: Mapping[str, Path] | None = None,
    told: tuple[str, ...] = (),
) -> Node:
    task = TASKS[function or name]

    def work(sandbox: Sandbox, values: Mapping[str, Any]) -> Call:
        given = (*arguments, *(values[name] for name in told))
        return Call(name, run_task, (function or name, sandbox, *given), DOCUMENT_SECONDS, STEP_MEMORY_MB)

    return Node(
        name=name,
        needs=tuple(takes),
        takes=takes,
        files={**edition_files(edition), **(files or {})},
        modules=(task.partition(":")[0], Sandbox.__module__),
        settings={
            **_settings(edition),
            "arguments": [repr(each) for each in arguments if each != edition.params],
        },
        work=work,
        told=told,
    )
