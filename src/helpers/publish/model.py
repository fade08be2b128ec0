"""A document, whatever file it ends in: the blocks of prose, beside those of `helpers.blocks`.

`helpers.publish.document` reads an executed notebook into a `Document`; every
exporter renders from that alone, so that numbers, order and language cannot differ
between HTML, PDF, Word and plain text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from helpers.blocks import Figure, Head, KeyFigures, Notice, Prose, Release, Table
from helpers.facts import Fact


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's title, so prose starts at 2."""

    level: int
    children: Prose
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose."""

    children: Prose


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is a sequence of blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms with their definitions (a glossary)."""

    items: tuple[tuple[Prose, Prose], ...]


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
class Document(Head):
    """A document in one language, ready to be rendered: its head, its blocks, the facts it cites."""

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


class BriefParts(NamedTuple):
    """What stands above the charts, the charts, what follows them, and the origins of the figures."""

    head: tuple[Block, ...]
    figures: tuple[Block, ...]
    decisions: tuple[Block, ...]
    origins: tuple[Block, ...]


def brief_parts(blocks: Iterable[Block]) -> BriefParts:
    """Return the blocks of a brief by part; the headings above figures and tiles go, the tiles say enough."""
    kept = [block for block in blocks if not isinstance(block, CodeCells)]
    places = [place for place, block in enumerate(kept) if isinstance(block, Figure)]
    first, last = (places[0], places[-1]) if places else (len(kept), len(kept))
    head = tuple(block for block in kept[:first] if not isinstance(block, Heading))
    rest = kept[last + 1 :]
    end = next((place for place, block in enumerate(rest) if isinstance(block, Origins)), len(rest) + 1) - 1
    figures = tuple(block for block in kept[first : last + 1] if isinstance(block, Figure))
    return BriefParts(head, figures, tuple(rest[:end]), tuple(rest[end:]))
