"""What is bound from all documents of an edition: annual report, workbook of tables, and portal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nbformat import v4

from helpers.edition import Edition
from helpers.facts import Fact
from helpers.messages import translate
from helpers.pipeline.plan import Step
from helpers.publish import export_document
from helpers.publish.annual import headings_of, join_documents, source_table
from helpers.publish.document import read_parts
from helpers.publish.model import Document, Figure, Table
from helpers.publish.portal import Entry, render_edition
from helpers.publish.workbook import render_workbook, sheets_of

TABLES = "tables.xlsx"
DOWNLOADS = (TABLES, "facts.json", "quality.json", "manifest.json")
_DIGEST_LETTERS = 12


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


def bind_documents(edition: Edition, facts: Sequence[Fact], steps: Sequence[Step]) -> list[Entry]:
    """Write what is made of all documents of a finished build, and return what the portals list.

    Parameters
    ----------
    edition : Edition
        Of the build; its folder holds the notebooks as executed.
    facts : sequence of Fact
        All facts of the edition.
    steps : sequence of Step
        The edition's plan.
    """
    out = edition.paths.out
    documents = read_documents(edition, steps)
    annual = annual_report(documents, facts, edition, steps)
    export_document(annual, ("html", "pdf"), out)
    _write_tables(documents, edition)
    entries = [
        _entry(document, ("html", "pdf", *extras))
        for document, extras in _in_reading_order({**documents, annual.name: annual}, steps)
    ]
    _write_index(documents, entries, edition)
    return entries


def _in_reading_order(
    documents: Mapping[str, Document], steps: Sequence[Step]
) -> list[tuple[Document, tuple[str, ...]]]:
    """Return what leadership reads first, with the formats beyond HTML and PDF."""
    extras = {step.document: step.extras for step in steps}
    kinds = ("brief", "press-release", "annual-report", "chapter", "quality")
    ordered = sorted(documents.values(), key=lambda document: kinds.index(document.kind))
    return [(document, extras.get(document.name, ())) for document in ordered]


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
    marked = sorted(f"quality/{path.name}" for path in (out / "quality").glob("*.xlsx"))
    downloads = [*DOWNLOADS, *marked]
    page = render_edition(documents["leadership-brief"], entries, downloads, pictures, notebooks)
    (out / "index.html").write_text(page, encoding="utf-8")
