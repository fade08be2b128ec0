"""What is bound from all documents of an edition: annual report, workbook of tables, and portal."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from nbformat import v4

from helpers.blocks import Figure, Table
from helpers.edition import Edition, load_edition
from helpers.facts import Fact
from helpers.messages import translate
from helpers.params import RunParams
from helpers.pipeline.plan import Step
from helpers.pipeline.profile_set import find_profiles
from helpers.publish import export_document
from helpers.publish.annual import headings_of, join_documents, source_table
from helpers.publish.document import read_parts
from helpers.publish.model import Document
from helpers.publish.portal import Entry, link_profiles, render_edition
from helpers.publish.workbook import render_workbook, sheets_of

TABLES = "tables.xlsx"
DOWNLOADS = (TABLES, "facts.json", "quality.json", "manifest.json")
_DIGEST_LETTERS = 12
#: What leadership reads first.
_READING_ORDER = ("brief", "press-release", "annual-report", "chapter", "quality")


def read_documents(edition: Edition, steps: Sequence[Step]) -> dict[str, Document]:
    """Return every document of a build by name, from its notebooks as executed."""
    documents = {}
    for step in steps:
        path = edition.paths.out / "notebooks" / f"{step.notebook}.ipynb"
        documents[step.document] = read_parts(v4.reads_json(path.read_text(encoding="utf-8")), step.document)
    return documents


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


def bind_annual(built: RunParams, steps: Sequence[Step]) -> dict[str, Any]:
    """Write the annual report as a page, from the notebooks as executed and ``facts.json``.

    Returns
    -------
    dict
        What the portals list of it (`Entry`), as JSON holds it.
    """
    annual = _read_annual(built, steps)
    export_document(annual, ("html",), built.paths.out)
    return {"kind": annual.kind, **_entry(annual, ("html", "pdf")).to_json()}


def print_annual(built: RunParams, steps: Sequence[Step]) -> None:
    """Write the annual report as PDF: the longest of what is bound, so apart from the page."""
    export_document(_read_annual(built, steps), ("pdf",), built.paths.out)


def _read_annual(built: RunParams, steps: Sequence[Step]) -> Document:
    edition = load_edition(built)
    recorded = json.loads((edition.paths.out / "facts.json").read_text(encoding="utf-8"))["facts"]
    facts = [Fact.from_json(entry) for entry in recorded]
    return annual_report(read_documents(edition, steps), facts, edition, steps)


def bind_tables(built: RunParams, steps: Sequence[Step]) -> None:
    """Write ``tables.xlsx``, the tables of all documents."""
    edition = load_edition(built)
    _write_tables(read_documents(edition, steps), edition)


def bind_index(
    built: RunParams, steps: Sequence[Step], published: RunParams, annual: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Write the edition's page for leadership.

    Parameters
    ----------
    built : RunParams
        Its folder holds the notebooks as executed and the pictures.
    steps : sequence of Step
    published : RunParams
        Of the report that this build replaces; its profiles are carried over.
    annual : Mapping
        What `bind_annual` has returned.

    Returns
    -------
    list of dict
        All documents as the portals list them, in the order in which leadership reads.
    """
    edition = load_edition(built)
    documents = read_documents(edition, steps)
    extras = {step.document: step.extras for step in steps}
    listed = [(document.kind, _entry(document, ("html", "pdf", *extras[name])))
              for name, document in documents.items()]  # fmt: skip
    listed.append((annual["kind"], Entry.from_json(annual)))
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
