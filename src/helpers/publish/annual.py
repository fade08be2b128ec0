"""The annual report: all chapters as one document, joined from their notebooks as executed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from helpers.blocks import Column, Emphasis, Figure, KeyFigures, Table, Text, plain_text
from helpers.facts import Fact
from helpers.messages import catalogue, translate
from helpers.publish.model import (
    Block,
    CodeCells,
    Definitions,
    Document,
    Heading,
    ListBlock,
    Origins,
    Paragraph,
)
from helpers.publish.references import ORIGINS_ANCHOR, Counter, level_headings, number_and_link

NAME = "annual-report"
#: Terms that only an edition with this chapter explains; the others stand in every annual report.
_TERMS_OF = {
    "absorption": "budget-absorption", "targets": "budget-absorption", "akun": "budget-absorption",
    "pagu": "budget-absorption", "rollout": "opd-rollout", "b06": "opd-rollout", "sismonev": "opd-rollout",
    "index": "family-resilience", "interval": "family-resilience", "classes": "family-resilience",
    "dektara": "family-resilience", "timeline": "policy-timeline", "commitments": "commitments",
    "nota": "commitments", "work_plan": "work-plan", "renja": "work-plan",
}  # fmt: skip
_LETTERS = "ABCDEFGH"
#: What the first chapter takes from the brief; its charts stand in their own chapters.
_SUMMARY_BLOCKS = (KeyFigures, ListBlock, Heading)


def join_documents(
    brief: Document,
    chapters: Sequence[Document],
    quality: Sequence[Document],
    facts: Sequence[Fact],
    sources: Table,
) -> Document:
    """Return the annual report.

    Parameters
    ----------
    brief : Document
        The leadership brief as read by `read_parts`: its tiles and decisions open the report,
        and its declaration gives office, year, date and letterhead.
    chapters, quality : sequence of Document
        As read by `read_parts`; the latter form an appendix.
    facts : sequence of Fact
        All of the edition; the last appendix lists them.
    sources : Table
        The edition's source files.

    Notes
    -----
    Figures and tables are numbered through; a link within a chapter stays within it.
    """
    lang = brief.lang
    keys = {fact.key for fact in facts}
    names = {chapter.name for chapter in chapters}
    counter = Counter()
    blocks: list[Block] = []

    def add(title: str, content: Iterable[Block], prefix: str) -> None:
        """Add one chapter under its heading."""
        heading = Heading(2, (Text(title),))
        below = level_headings((block for block in content if not isinstance(block, CodeCells)), top=3)
        blocks.extend(number_and_link([heading, *below], lang, keys, counter, prefix))

    add(_word("summary", lang), _summary(brief), "ringkasan-")
    for number, chapter in enumerate(chapters, start=1):
        add(f"{number}. {chapter.title}", _opened(chapter), f"{chapter.name}-")
    appendices: list[tuple[str, Iterable[Block]]] = [
        (_word("method", lang), [_terms("method", lang, names)]),
        (_word("sources", lang), [Paragraph((Text(_word("sources_text", lang)),)), sources]),
        (_word("quality", lang), _quality_blocks(quality)),
        (_word("glossary", lang), [_terms("glossary", lang, names)]),
        (translate("publish.origin.title", lang), []),
    ]
    for letter, (title, content) in zip(_LETTERS, appendices, strict=False):
        add(_word("appendix", lang, letter=letter, title=title), content, f"lampiran-{letter.lower()}-")
    last = blocks[-1]
    assert isinstance(last, Heading)
    blocks[-1] = replace(last, anchor=ORIGINS_ANCHOR)
    blocks.append(Origins(tuple(facts)))
    return replace(
        brief,
        name=NAME,
        kind="annual-report",
        title=_word("title", lang, year=brief.year),
        subtitle=_word(_subtitle(names), lang, place=brief.regency),
        blocks=tuple(blocks),
        facts=tuple(facts),
    )


def _word(key: str, lang: str, **values: object) -> str:
    return translate(f"documents.{NAME}.{key}", lang, **values)


def _summary(brief: Document) -> list[Block]:
    """Return tiles and decisions of the brief; headings whose charts are left out go too."""
    kept = [block for block in brief.blocks if isinstance(block, _SUMMARY_BLOCKS)]
    following = [*kept[1:], None]
    return [
        block
        for block, after in zip(kept, following, strict=True)
        if not isinstance(block, Heading) or isinstance(after, ListBlock)
    ]


def _opened(chapter: Document) -> list[Block]:
    """Return a chapter with its subtitle as its first line."""
    subtitle: list[Block] = [Paragraph((Emphasis((Text(chapter.subtitle),)),))] if chapter.subtitle else []
    return [*subtitle, *chapter.blocks]


def _quality_blocks(quality: Sequence[Document]) -> list[Block]:
    """Return the quality chapters one after the other, each under its own title."""
    blocks: list[Block] = []
    for chapter in quality:
        blocks.append(Heading(2, (Text(chapter.title),)))
        for block in chapter.blocks:
            below = replace(block, level=block.level + 1) if isinstance(block, Heading) else block
            blocks.append(_named(below, chapter.name))
    return blocks


def _named(block: Block, chapter: str) -> Block:
    """Return a figure or table under a name that only this chapter gives."""
    if isinstance(block, (Figure, Table)) and block.name:
        return replace(block, name=f"{chapter}-{block.name}")
    return block


def _subtitle(chapters: Collection[str]) -> str:
    return "subtitle" if "budget-absorption" in chapters else "subtitle_without_budget"


def _terms(part: str, lang: str, chapters: Collection[str]) -> Definitions:
    """Return the terms of the catalogue's table ``documents.annual-report.<part>-terms``, in order.

    Each entry reads ``term: definition``; those of chapters that the edition leaves out go.
    """
    prefix = f"documents.{NAME}.{part}-terms."
    entries = [
        text
        for key, text in catalogue(lang).items()
        if key.startswith(prefix) and _TERMS_OF.get(key.removeprefix(prefix), "") in ("", *chapters)
    ]
    pairs = (entry.partition(": ") for entry in entries)
    return Definitions(tuple(((Text(term),), (Text(definition),)) for term, _, definition in pairs))


def source_table(rows: Iterable[tuple[str, str, str, str]], lang: str) -> Table:
    """Return the table of source files: title, file, status and digest of each."""
    labels = (_word(f"source_{column}", lang) for column in ("title", "file", "status", "digest"))
    return Table(
        columns=tuple(Column(label) for label in labels),
        rows=tuple(rows),
        name="sumber",
        caption=_word("source_caption", lang),
    )


def headings_of(document: Document) -> list[str]:
    """Return what a document's headings, figures and tables say, for a search over many."""
    texts = []
    for block in document.blocks:
        match block:
            case Heading():
                texts.append(plain_text(block.children))
            case Figure():
                texts.append(block.title)
            case Table():
                texts.append(block.caption)
    return list(dict.fromkeys(text for text in texts if text))
