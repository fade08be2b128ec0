"""Make one page for each village, district and department, all or none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.cleaning import CleanResult, clean_sources, write_results
from helpers.edition import Edition, load_edition
from helpers.engine.job import NOTEBOOK_SECONDS, OUTPUT_MB, STEP_MEMORY_MB, EngineName
from helpers.engine.run import Job, JobEvent, run_notebooks
from helpers.errors import DataError, ExportError
from helpers.facts import Fact, write_facts
from helpers.indicators.rollout import select_registry
from helpers.messages import translate
from helpers.params import RunParams
from helpers.pipeline.digests import Digests
from helpers.pipeline.manifest import named_inputs
from helpers.pipeline.profile_pages import Page, PageResult, publish_pages, start_parent
from helpers.pipeline.profile_set import (
    FOLDER,
    is_current,
    profile_sources,
    staged_set,
    template_folder,
    write_set_manifest,
)
from helpers.pipeline.run import make_report
from helpers.progress import SILENT, Progress
from helpers.publish.portal import Entry
from helpers.publish.profiles import ProfileGroup, render_profiles
from helpers.tables import read_reference

FACTS = "facts.json"


@dataclass(frozen=True, slots=True)
class ProfileSet:
    """A published set: its folder, its pages, and whether it was made now or found as it must be."""

    folder: Path
    pages: int
    is_made: bool


def make_profiles(
    params: RunParams,
    *,
    jobs: int = 1,
    force: bool = False,
    engine: EngineName = "fork",
    progress: Progress = SILENT,
    choose: Callable[[Page], bool] | None = None,
) -> ProfileSet:
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
        ``kernel`` is stock papermill, and pages published one after another.
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
    make_report(params, jobs=jobs, engine=engine, progress=progress, portal=False)
    edition = load_edition(params)
    if force or choose is not None or not is_current(edition):
        count, is_made = _make(edition, jobs, engine, progress, choose or (lambda _page: True)), True
    else:
        count, is_made = len(list((params.paths.out / FOLDER).glob("*.pdf"))), False
    # The report's own page leads to the set; it is the one part of it to be made again.
    make_report(params, jobs=jobs, engine=engine, progress=progress)
    return ProfileSet(params.paths.out / FOLDER, count, is_made)


def _make(
    edition: Edition, jobs: int, engine: EngineName, progress: Progress, choose: Callable[[Page], bool]
) -> int:
    # Imports on both sides at once: the parent's, and what cleaning needs here.
    start_parent(engine)
    digests = Digests({})
    for path in named_inputs(edition.params).values():
        digests.of(path)
    with staged_set(edition.params) as built:
        staged = load_edition(built)
        with progress.step(translate("profiles.run.clean", edition.locale)):
            tables = clean_for_profiles(staged)
        pages = [page for page in list_pages(staged, tables) if choose(page)]
        if not pages:
            raise ExportError(translate("profiles.run.none", edition.locale))
        out, executed = built.paths.out / FOLDER, built.paths.processed / "executed"
        out.mkdir()
        results = make_pages(pages, staged, executed, out, jobs, engine, progress)
        titles = {result.name: result.title for result in results}
        titled = [replace(page, title=titles[page.name]) for page in pages]
        _write_facts(results, out, staged)
        (out / "index.html").write_text(
            render_profiles(staged, _group(titled, staged.locale)), encoding="utf-8"
        )
        write_set_manifest(out, edition, titled)
        digests.check_unchanged(edition.locale)
    return len(titled)


def make_pages(
    pages: Sequence[Page], edition: Edition, executed: Path, out: Path, jobs: int, engine: EngineName,
    progress: Progress,
) -> list[PageResult]:  # fmt: skip
    """Run the template of each page and publish it, from tables that are cleaned already.

    Raises
    ------
    ExportError
        If any failed, with the reason of each; the others are made nevertheless.
    """
    start_parent(engine)
    failed = _run_notebooks(pages, edition, executed, jobs, engine, progress)
    ran = [page for page in pages if page.name not in failed]
    results = _publish(ran, executed, out, edition, jobs, engine, progress)
    failed |= {result.name: result.reason for result in results if result.reason}
    _raise_failures(failed, edition.locale)
    return results


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


def _run_notebooks(
    pages: Sequence[Page], edition: Edition, executed: Path, jobs: int, engine: EngineName, progress: Progress
) -> dict[str, str]:
    """Run the template of each page; return the reasons of those that failed."""
    params, folder = edition.params, template_folder()
    places = {"raw": params.raw, "processed": params.processed, "out": params.out}
    common: dict[str, Any] = {"office": params.office, "year": params.year, "locale": params.locale, **places}
    work = [
        Job(
            name=page.name,
            input=folder / f"{page.kind}_profile.ipynb",
            output=executed / f"{page.name}.ipynb",
            parameters={**common, page.kind: page.code},
            cwd=folder,
            notebook_timeout=NOTEBOOK_SECONDS,
            memory_limit_mb=STEP_MEMORY_MB,
            output_limit_mb=OUTPUT_MB,
        )
        for page in pages
    ]
    with progress.step(translate("profiles.run.notebooks", edition.locale), total=len(work)) as bar:

        def show(event: JobEvent) -> None:
            if event.result is not None:
                bar.advance(1, detail=event.job.name)

        results = run_notebooks(work, engine=engine, workers=jobs, on_event=show)
    return {
        result.name: result.failure.text(edition.locale) for result in results if result.failure is not None
    }


def _publish(
    pages: Sequence[Page], executed: Path, out: Path, edition: Edition, jobs: int, engine: EngineName,
    progress: Progress,
) -> list[PageResult]:  # fmt: skip
    with progress.step(translate("profiles.run.publish", edition.locale), total=len(pages)) as bar:
        return publish_pages(
            pages, executed, out, edition.locale, workers=jobs, engine=engine,
            on_page=lambda result: bar.advance(1, detail=result.name),
        )  # fmt: skip


def _raise_failures(failed: dict[str, str], locale: str) -> None:
    if failed:
        head = translate("profiles.run.failed", locale, count=len(failed))
        lines = [
            translate("profiles.run.failure", locale, name=name, reason=reason)
            for name, reason in sorted(failed.items())
        ]
        raise ExportError("\n".join([head, *lines]))


def _write_facts(results: Sequence[PageResult], out: Path, edition: Edition) -> None:
    """Write the facts of all pages into one file; a figure that several cite is there once."""
    facts = {entry["key"]: Fact.from_json(entry) for result in results for entry in result.facts}
    write_facts(out / FACTS, edition, facts.values())
