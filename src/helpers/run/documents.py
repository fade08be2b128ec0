"""The documents of an edition, made of its notebooks as executed; each function is a task of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nbformat import v4

from helpers.blocks import Figure, Table
from helpers.edition import Edition, load_edition
from helpers.errors import SchemaError
from helpers.facts import Fact, write_facts
from helpers.messages import translate
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.publish import FORMATS, export, export_document
from helpers.publish.annual import headings_of, join_documents, source_table
from helpers.publish.document import read_parts
from helpers.publish.model import Document
from helpers.publish.portal import Entry, link_profiles, render_edition
from helpers.publish.workbook import render_workbook, sheets_of
from helpers.run.manifest import SCHEMA_VERSION, write_json
from helpers.run.plan import Step
from helpers.run.printed import write_printed
from helpers.run.profile_set import find_profiles
from helpers.workbooks.marked import write_marked_copies

TABLES, FACTS = "tables.xlsx", "facts.json"
#: The office's own Word template, if it has one.
LETTERHEAD = "press-release.docx"
DOWNLOADS = (TABLES, FACTS, "quality.json", "manifest.json")
_DIGEST_LETTERS = 12
#: What leadership reads first.
_READING_ORDER = ("brief", "press-release", "annual-report", "chapter", "quality")


def read_documents(edition: Edition, steps: Sequence[Step]) -> dict[str, Document]:
    """Return every document of a build by name, from its notebooks as executed."""
    return {step.document: read_parts(read_executed(edition.params, step), step.document) for step in steps}


def read_executed(built: RunParams, step: Step) -> Any:
    """Return the notebook of a step as executed."""
    path = built.paths.out / "notebooks" / f"{step.notebook}.ipynb"
    return v4.reads_json(path.read_text(encoding="utf-8"))


def read_facts(path: Path) -> list[Fact]:
    """Return the facts of a file."""
    return [Fact.from_json(entry) for entry in json.loads(path.read_text(encoding="utf-8"))["facts"]]


def annual_report(
    documents: Mapping[str, Document], facts: Sequence[Fact], edition: Edition, steps: Sequence[Step]
) -> Document:
    """Return the annual report of a build: its chapters in the order of the plan."""
    by_kind: dict[str, list[Document]] = {}
    for step in steps:
        document = documents[step.document]
        by_kind.setdefault(document.kind, []).append(document)
    (brief,) = by_kind["brief"]
    ordered = sorted(facts, key=lambda fact: fact.key)
    return join_documents(brief, by_kind["chapter"], by_kind["quality"], ordered, _sources(edition))


def _sources(edition: Edition) -> Table:
    rows = [
        (
            source.title_in(edition.locale),
            source.path.name,
            translate(f"documents.annual-report.status_{source.data_status}", edition.locale),
            source.sha256[:_DIGEST_LETTERS],
        )
        for source in edition.sources.values()
    ]
    return source_table(rows, edition.locale)


def publish_notebook(built: RunParams, step: Step) -> None:
    """Write the documents of one notebook.

    Raises
    ------
    ExportError
        If a document cannot be published.
    """
    executed = read_executed(built, step)
    letterhead = project_root() / "templates" / LETTERHEAD
    template = letterhead if letterhead.is_file() else None
    export(executed, step.formats, built.paths.out, name=step.document, template=template)


def merge_facts(built: RunParams, steps: Sequence[Step]) -> None:
    """Join the facts of all notebooks into ``facts.json``, with the origin of all that is printed.

    Raises
    ------
    SchemaError
        If two notebooks give one key different entries.
    ExportError
        If a document prints a figure that leads to no origin.
    """
    edition = load_edition(built)
    merged: dict[str, Fact] = {}
    for step in steps:
        path = edition.paths.facts / f"{step.document}.json"
        for fact in read_facts(path) if path.is_file() else ():
            if merged.setdefault(fact.key, fact) != fact:
                raise SchemaError(f"fact {fact.key!r} differs between notebooks")
    write_facts(edition.paths.out / FACTS, edition, merged.values())
    write_printed(edition, list(merged.values()))


def merge_quality(built: RunParams) -> None:
    """Join the quality files of all sources into ``quality.json``.

    Copies of the office's files with marked cells hold what single people answered: they go to the
    processed data, never beside it.
    """
    edition = load_edition(built)

    def read(kind: str) -> list[dict[str, Any]]:
        paths = [edition.paths.quality / f"{name}.{kind}" for name in edition.sources]
        return [json.loads(path.read_text(encoding="utf-8")) for path in paths if path.is_file()]

    head = {"schema": SCHEMA_VERSION, "office": built.office, "year": built.year}
    write_json(edition.paths.out / "quality.json", {**head, "sources": read("json")})
    write_marked_copies(read("office.json"), edition, edition.paths.marked)


def bind_annual(built: RunParams, steps: Sequence[Step], formats: Sequence[str]) -> None:
    """Write the annual report, from the notebooks as executed and ``facts.json``.

    As PDF it is the longest of what is bound: so page and PDF are tasks of their own.
    """
    edition = load_edition(built)
    facts = read_facts(edition.paths.out / FACTS)
    annual = annual_report(read_documents(edition, steps), facts, edition, steps)
    export_document(annual, formats, built.paths.out)


def bind_tables(built: RunParams, steps: Sequence[Step]) -> None:
    """Write ``tables.xlsx``, the tables of all documents."""
    edition = load_edition(built)
    _write_tables(read_documents(edition, steps), edition)


def bind_index(built: RunParams, steps: Sequence[Step], published: RunParams) -> list[dict[str, Any]]:
    """Write the edition's page for leadership.

    Parameters
    ----------
    built : RunParams
        Its folder holds the notebooks as executed and the pictures.
    steps : sequence of Step
    published : RunParams
        Of the report that this build replaces; its profiles are carried over.

    Returns
    -------
    list of dict
        All documents as the portals list them, in the order in which leadership reads.
    """
    edition = load_edition(built)
    documents = read_documents(edition, steps)
    annual = annual_report(documents, read_facts(edition.paths.out / FACTS), edition, steps)
    formats = {step.document: step.formats for step in steps}
    listed = [(document.kind, _entry(document, formats[name])) for name, document in documents.items()]
    listed.append((annual.kind, _entry(annual, FORMATS)))
    # Of one kind as they come: in the order of the plan.
    entries = [entry for kind in _READING_ORDER for own, entry in listed if own == kind]
    _write_index(documents, entries, edition)
    profiles = find_profiles(load_edition(published))
    page = edition.paths.out / "index.html"
    page.write_text(link_profiles(page.read_text(encoding="utf-8"), profiles, built.locale), encoding="utf-8")
    return [entry.to_json() for entry in (*entries, *([profiles] if profiles else []))]


def _entry(document: Document, formats: tuple[str, ...]) -> Entry:
    files = tuple(f"{document.name}.{ending}" for ending in formats)
    return Entry(document.name, document.title, files, tuple(headings_of(document)))


def _write_tables(documents: Mapping[str, Document], edition: Edition) -> None:
    first = documents["leadership-brief"]
    title = translate("publish.workbook.title", edition.locale, office=first.office, year=first.year)
    content = render_workbook(
        sheets_of(documents.values()), edition.locale, title=title, author=first.office,
        date=first.release_date,
    )  # fmt: skip
    (edition.paths.out / TABLES).write_bytes(content)


def _write_index(documents: Mapping[str, Document], entries: Sequence[Entry], edition: Edition) -> None:
    out = edition.paths.out
    titles = {
        block.name: block.title
        for document in documents.values()
        for block in document.blocks
        if isinstance(block, Figure)
    }
    pictures = [(path.stem, titles[path.stem]) for path in sorted((out / "figures").glob("*.svg"))]
    notebooks = sorted(path.name for path in (out / "notebooks").glob("*.ipynb"))
    page = render_edition(documents["leadership-brief"], entries, DOWNLOADS, pictures, notebooks)
    (out / "index.html").write_text(page, encoding="utf-8")
