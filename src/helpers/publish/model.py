"""What a document is made of, whatever file it ends in.

`helpers.publish.document` reads an executed notebook into a `Document`; every
exporter renders from that alone, so that numbers, order and language cannot differ
between HTML, PDF, Word and plain text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from helpers.facts import Fact
from helpers.publish.tiles import tile_columns

Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters; a renderer escapes them for its format."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Strongly emphasised prose."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised prose."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A short piece of code within prose."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link: to an address, or (``#anchor``) to a heading, figure or table of the document."""

    url: str
    children: tuple[Inline, ...]

    @property
    def is_internal(self) -> bool:
        """Whether it leads to a place in the same document."""
        return self.url.startswith("#")


@dataclass(frozen=True, slots=True)
class FactLink:
    """A figure that leads to its origin; ``is_first`` marks the first one to that fact in a document."""

    key: str
    children: tuple[Inline, ...]
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced new line."""


Inline = Text | Strong | Emphasis | Code | Link | FactLink | LineBreak


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's title, so prose starts at 2."""

    level: int
    children: tuple[Inline, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is a sequence of blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms with their definitions (a glossary)."""

    items: tuple[tuple[tuple[Inline, ...], tuple[Inline, ...]], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Blocks set apart as a quotation."""

    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Text whose line breaks count."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A break between thoughts."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image's content: SVG source, or PNG or JPEG bytes."""

    media_type: Literal["image/svg+xml", "image/png", "image/jpeg"]
    content: bytes


@dataclass(frozen=True, slots=True)
class Data:
    """The rows behind a figure, as offered for download."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A numbered figure; ``alt`` is never empty.

    ``is_marked`` tells that the picture itself carries the mark of illustrative data.
    """

    name: str
    picture: Picture
    alt: str
    title: str = ""
    subtitle: str = ""
    source: str = ""
    illustrative: bool = False
    is_marked: bool = False
    data: Data | None = None
    number: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; ``lang`` is set where its words are not in the document's language."""

    label: str
    align: Align = "left"
    style: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of ready-made text, numbered if it has a caption.

    ``values`` are the numbers behind the texts, for workbooks; None where there is none. A table
    that ``quotes`` tells what files hold, right or wrong: the fact check passes it by.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    name: str = ""
    caption: str = ""
    source: str = ""
    note: str = ""
    total_row: bool = False
    illustrative: bool = False
    values: tuple[tuple[float | int | None, ...], ...] = ()
    number: int = 0
    anchor: str = ""
    quotes: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure that matters, large; ``fact`` is the key of its fact, if it is one."""

    label: str
    value: str
    note: str = ""
    illustrative: bool = False
    fact: str = ""
    change: tuple[Inline, ...] = ()
    target: tuple[Inline, ...] = ()
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Key figures, to stand side by side."""

    items: tuple[KeyFigure, ...]

    @property
    def columns(self) -> int:
        """How many stand in a row."""
        return tile_columns([item.value for item in self.items])


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark that a reader must not miss."""

    kind: Literal["illustrative", "warning", "info"]
    title: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a press release."""

    heading: tuple[Inline, ...]
    paragraphs: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A press release; the figures in its headline and dateline lead to their facts too."""

    headline_prose: tuple[Inline, ...]
    dateline_prose: tuple[Inline, ...]
    lead: tuple[Inline, ...]
    sections: tuple[Section, ...]
    note: str = ""
    contact_heading: str = ""
    contact_lines: tuple[str, ...] = ()
    key: tuple[tuple[str, str], ...] = ()

    @property
    def headline(self) -> str:
        """The headline's characters."""
        return plain_text(self.headline_prose)

    @property
    def dateline(self) -> str:
        """The dateline's characters."""
        return plain_text(self.dateline_prose)


@dataclass(frozen=True, slots=True)
class Origins:
    """The facts that a document cites, each with its formula, its source cells and its status."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CodeCells:
    """The code that led to the output before it; shown in HTML for the analyst."""

    sources: tuple[str, ...]


Block = (
    Heading | Paragraph | ListBlock | Definitions | Quote | Preformatted | Rule
    | Figure | Table | KeyFigures | Notice | Release | Origins | CodeCells
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes; an empty part is left out. ``logo`` is a picture or nothing."""

    agency: str = ""
    office: str = ""
    address: str = ""
    website: str = ""
    logo: Picture | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document in one language, ready to be rendered.

    ``release_date`` dates every file made from it; it is None for a notebook that
    does not declare one.
    """

    name: str
    title: str
    lang: str
    kind: str = "chapter"
    subtitle: str = ""
    office: str = ""
    regency: str = ""
    year: int | None = None
    release_date: dt.date | None = None
    illustrative: bool = False
    illustrative_text: str = ""
    letterhead: Letterhead = field(default_factory=Letterhead)
    blocks: tuple[Block, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def release(self) -> Release | None:
        """The press release in it, if it is one."""
        return next((block for block in self.blocks if isinstance(block, Release)), None)

    @property
    def outline(self) -> tuple[tuple[Heading, tuple[Heading, ...]], ...]:
        """The sections of a long document with the headings directly below each."""
        entries: list[tuple[Heading, list[Heading]]] = []
        for block in self.blocks:
            if isinstance(block, Heading) and block.level == 2:
                entries.append((block, []))
            elif isinstance(block, Heading) and block.level == 3 and entries:
                entries[-1][1].append(block)
        return tuple((chapter, tuple(below)) for chapter, below in entries)


def plain_text(children: tuple[Inline, ...]) -> str:
    """Return the characters of prose without its marks."""
    return "".join(_characters(children))


def _characters(children: tuple[Inline, ...]) -> Iterator[str]:
    for child in children:
        match child:
            case Text(text) | Code(text):
                yield text
            case Strong(inner) | Emphasis(inner) | Link(_, inner) | FactLink(_, inner):
                yield from _characters(inner)
            case LineBreak():
                yield " "
