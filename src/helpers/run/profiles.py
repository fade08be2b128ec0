"""Make one page for each village, district and department, all or none of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.clean import CleanResult, clean_sources, write_results
from helpers.edition import Edition, load_edition
from helpers.errors import DataError, ExportError
from helpers.facts import Fact, write_facts
from helpers.indicators.rollout import select_registry
from helpers.messages import translate
from helpers.params import RunParams
from helpers.paths import project_root, shown_folder
from helpers.progress import SILENT, Progress
from helpers.publish.portal import Entry, ProfileGroup, link_profiles, render_profiles
from helpers.read import read_reference
from helpers.run.digests import Digests, sha256_of
from helpers.run.fingerprint import Record, fingerprint, report_files
from helpers.run.job import EngineName, Job, Outcome, Task, notebook_task
from helpers.run.manifest import write_json
from helpers.run.place import MANIFEST, PROFILES, building, publish_folder, swap_in_profiles
from helpers.run.pool import expect_many, run_tasks, start_server
from helpers.run.profile_set import (
    Page,
    find_profiles,
    is_set_current,
    profile_sources,
    write_set_manifest,
)
from helpers.run.report import make_report, renew_portal

FACTS = "facts.json"
_STAGING = ".staging-profiles"


@dataclass(frozen=True, slots=True)
class ProfileSet:
    """A published set: its folder, its pages, and whether it was made now or found as it must be."""

    folder: Path
    pages: int
    is_made: bool


@dataclass(frozen=True, slots=True)
class PageResult:
    """One page as published: its title, and the facts that it cites."""

    title: str
    facts: tuple[dict[str, Any], ...]


def make_profiles(
    params: RunParams, *, jobs: int = 1, force: bool = False, engine: EngineName = "fork",
    progress: Progress = SILENT, choose: Callable[[Page], bool] | None = None,
) -> ProfileSet:  # fmt: skip
    """Make the profiles of an edition; return where they are.

    They are a part of the report, which is made or brought up to date first.

    Parameters
    ----------
    params : RunParams
    jobs : int
        Processes at a time.
    force : bool
        Make them even where the set is up to date.
    engine : {"fork", "kernel"}
        ``kernel`` is stock papermill.
    progress : Progress
    choose : callable, optional
        Tells which pages to make; a set of some pages is for tests and measurements.

    Raises
    ------
    DataError
        If a source is wrong; it carries the findings, and nothing is published.
    ExportError
        If a profile failed, with the reason of each; the last good set stays in its place.
    """
    expect_many()
    make_report(params, jobs=jobs, engine=engine, progress=progress, portal=False)
    edition = load_edition(params)
    is_made = force or choose is not None or not is_set_current(edition)
    if is_made:
        _make(edition, jobs, engine, progress, choose or (lambda _page: True))
    _link(edition)
    renew_portal(params, is_warm=is_made)
    folder = params.paths.out / PROFILES
    return ProfileSet(folder, len(list(folder.glob("*.pdf"))), is_made)


def _make(
    edition: Edition, jobs: int, engine: EngineName, progress: Progress, choose: Callable[[Page], bool]
) -> None:
    def tell_edit(name: str, copy: Path) -> None:
        text = translate("run.edited", edition.locale, name=name, copy=shown_folder(copy))
        progress.note(text)

    # It imports while the sources are cleaned here.
    start_server()
    inputs = Digests({})
    fingerprint(edition.params, inputs)
    with building(edition.params, _STAGING) as built:
        staged = load_edition(built)
        with progress.step(translate("profiles.run.clean", edition.locale)):
            tables = clean_for_profiles(staged)
        pages = [page for page in list_pages(staged, tables) if choose(page)]
        if not pages:
            raise ExportError(translate("profiles.run.none", edition.locale))
        out = built.paths.out / PROFILES
        out.mkdir()
        results = make_pages(pages, staged, out, jobs, engine, progress)
        inputs.check_unchanged(edition.locale, besides=edition.paths.out)
        titled = [replace(page, title=results[page.name].title) for page in pages]
        facts = {fact["key"]: Fact.from_json(fact) for page in pages for fact in results[page.name].facts}
        # A figure that several pages cite is there once.
        write_facts(out / FACTS, staged, facts.values())
        index = render_profiles(staged, _group(titled, staged.locale))
        (out / "index.html").write_text(index, encoding="utf-8")
        write_set_manifest(out, edition, titled, inputs)
        swap_in_profiles(out, edition.params, tell_edit)


def _link(edition: Edition) -> None:
    """Let the report's own page lead to the set, if it does not yet."""
    params, out = edition.params, edition.paths.out
    entry = find_profiles(edition)
    page = (out / "index.html").read_text(encoding="utf-8")
    linked = link_profiles(page, entry, params.locale)
    manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    others = [document for document in manifest["documents"] if document["name"] != f"{PROFILES}/index"]
    documents = [*others, *([entry.to_json()] if entry else [])]
    record = Record(params)
    if linked != page or documents != manifest["documents"]:
        with building(params) as built:
            fresh = built.paths.out
            for path in report_files(params):
                if path.is_relative_to(out):
                    place = fresh / path.relative_to(out)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, place)
            (fresh / "index.html").write_text(linked, encoding="utf-8")
            outputs = manifest["outputs"] | {"index.html": sha256_of(fresh / "index.html")}
            write_json(fresh / MANIFEST, manifest | {"documents": documents, "outputs": outputs})
            publish_folder(built, params)
    record.save(fingerprint(params, record.inputs), report_files(params))


def make_pages(
    pages: Sequence[Page], edition: Edition, out: Path, jobs: int, engine: EngineName, progress: Progress
) -> dict[str, PageResult]:
    """Run the template of each page and publish it, from tables that are cleaned already.

    Returns
    -------
    dict
        By the page's name.

    Raises
    ------
    ExportError
        If any failed, with the reason of each; the others are made nevertheless.
    """
    executed = edition.paths.processed / "executed"
    tasks = [task for page in pages for task in _page_tasks(page, edition, executed, out, engine)]
    with progress.step(translate("profiles.run.pages", edition.locale), total=len(tasks)) as bar:
        outcomes = run_tasks(
            tasks, workers=jobs, go_on=True,
            listen=lambda task, cell: bar.advance(1, detail=task.name) if cell is None else None,
        )  # fmt: skip
    _raise_failures(pages, outcomes, edition.locale)
    return {page.name: outcomes[f"publish {page.name}"].value for page in pages}


def _page_tasks(page: Page, edition: Edition, executed: Path, out: Path, engine: EngineName) -> list[Task]:
    params, folder = edition.params, project_root() / "notebooks" / PROFILES
    job = Job(
        name=page.name,
        input=folder / f"{page.kind}_profile.ipynb",
        output=executed / f"{page.name}.ipynb",
        parameters={
            "office": params.office, "year": params.year, "locale": params.locale,
            "raw": params.raw, "processed": params.processed, "out": params.out, page.kind: page.code,
        },
        cwd=folder,
    )  # fmt: skip
    publish = (page, job.output, out, params.locale)
    return [
        notebook_task(job, engine),
        Task(f"publish {page.name}", "helpers.run.profiles:publish_page", publish, (page.name,)),
    ]


def publish_page(page: Page, executed: Path, out: Path, locale: str) -> PageResult:
    """Write the HTML and PDF of one executed profile; return what it cites.

    Raises
    ------
    ExportError
        If the page cannot be published, for one because it is longer than a page.
    """
    from nbformat import v4

    from helpers.publish.document import read_document
    from helpers.publish.page import render_page
    from helpers.publish.pdf import render_pdf

    document = read_document(v4.reads_json(executed.read_text(encoding="utf-8")), page.name)
    paper = render_pdf(document)
    html = render_page(document, page.links, translate("profiles.index.neighbours", locale))
    (out / f"{page.name}.pdf").write_bytes(paper)
    (out / f"{page.name}.html").write_text(html, encoding="utf-8")
    facts = tuple(json.loads(json.dumps(fact.to_json())) for fact in document.facts)
    return PageResult(document.title, facts)


def _raise_failures(pages: Sequence[Page], outcomes: dict[str, Outcome], locale: str) -> None:
    failed = {}
    for page in pages:
        for name in (page.name, f"publish {page.name}"):
            error = outcomes[name].error if name in outcomes else None
            if error is not None:
                failed[page.name] = error.text(locale)
    if failed:
        head = translate("profiles.run.failed", locale, count=len(failed))
        lines = [
            translate("profiles.run.failure", locale, name=name, reason=reason)
            for name, reason in sorted(failed.items())
        ]
        raise ExportError("\n".join([head, *lines]))


def clean_for_profiles(edition: Edition) -> dict[str, pd.DataFrame]:
    """Clean what profiles read, write it for the notebooks and return it.

    Raises
    ------
    DataError
        With the findings of all its sources.
    """
    results: dict[str, CleanResult] = clean_sources(edition, profile_sources(edition))
    findings = [finding for result in results.values() for finding in result.errors]
    if findings:
        raise DataError(findings=findings)
    write_results(results, edition)
    return {name: table for result in results.values() for name, table in result.tables.items()}


def list_pages(edition: Edition, tables: dict[str, pd.DataFrame]) -> list[Page]:
    """Return the pages of an edition: districts with their villages, then departments.

    Parameters
    ----------
    edition : Edition
    tables : dict
        Cleaned tables by name; pages follow from the villages and the department reports.
    """
    pages: list[Page] = []
    everything = (("index.html", translate("profiles.index.all", edition.locale)),)
    if "clean_villages__village" in tables:
        villages = tables["clean_villages__village"].sort_values("village_code")
        for (code, district), members in villages.groupby(["district_code", "district_name"], sort=True):
            home = f"district-{code}"
            named = zip(members["village_code"], members["village_name"], strict=True)
            below = {f"village-{village}": (str(village), str(name)) for village, name in named}
            links = tuple((f"{name}.html", label) for name, (_, label) in below.items())
            pages.append(Page(home, "district", str(code), "", str(district), (*everything, *links)))
            title = translate("profiles.district.title", edition.locale, district=district)
            up = (*everything, (f"{home}.html", title))
            for name, (village, _) in below.items():
                beside = tuple(link for link in links if link[0] != f"{name}.html")
                pages.append(Page(name, "village", village, "", str(district), (*up, *beside)))
    if "clean_opd_reports__opd_period" in tables:
        registry = read_reference("opd_registry", edition.paths.reference_for("opd_registry"))
        ids = select_registry(registry, edition.params.year)["opd_id"]
        pages += [Page(f"opd-{opd}", "opd", str(opd), "", "", everything) for opd in ids]
    return pages


def _group(pages: Sequence[Page], locale: str) -> list[ProfileGroup]:
    """Return the pages as the index lists them: districts, the villages of each, departments."""
    groups: dict[str, tuple[str, list[Entry]]] = {}
    for kind in ("district", "opd", "village"):
        for page in pages:
            if page.kind == kind:
                name = f"{kind}-{page.group}" if kind == "village" else kind
                key = {"district": "districts", "opd": "opd", "village": "villages"}[kind]
                heading = translate(f"profiles.index.{key}", locale, district=page.group)
                files = (f"{page.name}.html", f"{page.name}.pdf")
                entry = Entry(page.name, page.title, files, (page.code, page.group))
                groups.setdefault(name, (heading, []))[1].append(entry)
    return [
        ProfileGroup(f"kelompok-{number}", heading, tuple(entries))
        for number, (heading, entries) in enumerate(groups.values(), start=1)
    ]
