"""What an edition holds before it is made: its sources, its documents, and the report made last."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from helpers.columns.documents import find_left_out
from helpers.edition import Edition
from helpers.messages import LOCALES, translate
from helpers.params import RunParams
from helpers.run.digests import Digests
from helpers.run.manifest import input_files
from helpers.run.plan import plan_edition

ReportState = Literal["missing", "current", "stale"]


@dataclass(frozen=True, slots=True)
class SourceState:
    """One declared source: its file, whether it is there, and the status of its data."""

    name: str
    file: str
    is_present: bool
    data_status: str


@dataclass(frozen=True, slots=True)
class ReportOverview:
    """The published report of one language, and the inputs that have changed since it was made."""

    locale: str
    state: ReportState
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """What an edition holds.

    ``left_out`` maps a document to the sources that it lacks.
    """

    office: str
    year: int
    sources: tuple[SourceState, ...]
    documents: tuple[str, ...]
    left_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    reports: tuple[ReportOverview, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {"schema": 1, **asdict(self)}


def describe_edition(edition: Edition) -> Overview:
    """Return what an edition holds; nothing is cleaned or made.

    Examples
    --------
    >>> from helpers.edition import load_edition
    >>> describe_edition(load_edition(RunParams())).documents[:2]
    ('clean-agencies', 'clean-villages')
    """
    params = edition.params
    return Overview(
        office=params.office,
        year=params.year,
        sources=tuple(
            SourceState(source.name, source.path.name, source.path.is_file(), source.data_status)
            for source in edition.sources.values()
        ),
        documents=tuple(step.document for step in plan_edition(edition.sources)),
        left_out=find_left_out(edition.sources),
        reports=tuple(_report(edition, locale) for locale in LOCALES),
    )


def _report(edition: Edition, locale: str) -> ReportOverview:
    params = edition.params
    published = RunParams(
        params.office, params.year, locale, params.raw, params.processed, params.out
    ).paths.out  # fmt: skip
    manifest = published / "manifest.json"
    if not manifest.is_file():
        return ReportOverview(locale, "missing")
    made_from = json.loads(manifest.read_text(encoding="utf-8"))["inputs"]
    now = input_files(edition, Digests({}))
    changed = sorted(name for name in made_from.keys() | now.keys() if made_from.get(name) != now.get(name))
    return ReportOverview(locale, "stale" if changed else "current", tuple(changed))


def overview_lines(overview: Overview, locale: str) -> list[str]:
    """Return an overview as people read it."""

    def text(key: str, **values: Any) -> str:
        return translate(f"run.overview.{key}", locale, **values)

    def listed(items: dict[str, str]) -> list[str]:
        width = max(map(len, items), default=0)
        return [f"  {name:<{width}}  {note}".rstrip() for name, note in items.items()]

    sources = {}
    for source in overview.sources:
        state = f"status.{source.data_status}" if source.is_present else "absent"
        sources[source.name] = f"{source.file} ({text(state)})"
    reports = {
        report.locale: text(f"report.{report.state}", files=", ".join(report.changed))
        for report in overview.reports
    }
    lines = [text("head", office=overview.office, year=overview.year), text("sources"), *listed(sources)]
    lines += [text("documents"), *listed(dict.fromkeys(overview.documents, ""))]
    if overview.left_out:
        lacking = {name: ", ".join(sources) for name, sources in overview.left_out.items()}
        lines += [text("left_out"), *listed(lacking)]
    return [*lines, text("reports"), *listed(reports)]
