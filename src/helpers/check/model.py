"""What the fact check passes on: a document's text, its claims, the edition's facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from helpers.errors import Finding
from helpers.messages import translate

BlockKind = Literal["paragraph", "heading", "cell", "alt"]
ClaimKind = Literal["share", "idr", "count", "index", "class", "date", "year", "names"]
Status = Literal["agrees", "differs", "unknown"]
#: As results list them, and the sign of each.
ORDER: tuple[Status, ...] = ("differs", "unknown", "agrees")
SYMBOLS = {"agrees": "✓", "differs": "✗", "unknown": "?"}
Modifier = Literal["exact", "about", "nearly", "over", "under", "at_least", "at_most", "range"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or table cell.

    ``line`` counts from 1: the line of a text file, the paragraph of a Word file, the
    text line of a PDF. ``labels`` are what names the block's figure: the row's first
    cell and the column's heading, or the caption line above a lone number. ``columns``
    is the number of columns of the table that a cell stands in; ``asked`` the question
    that the block answers.
    """

    text: str
    line: int
    kind: BlockKind = "paragraph"
    labels: tuple[str, ...] = ()
    columns: int = 0
    asked: str = ""


@dataclass(frozen=True, slots=True)
class TextFinding(Finding):
    """A finding about the text to be checked; its words are below ``claims.finding``."""

    def what(self, locale: str = "id") -> str:
        """Return the statement of what is wrong."""
        return translate(f"check.finding.{self.code}.what", locale, **self.values)

    def remedy(self, locale: str = "id") -> str:
        """Return what to do about it."""
        return translate(f"check.finding.{self.code}.remedy", locale, **self.values)


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The readable text of a file, in reading order, and what is wrong with the file."""

    name: str
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def text(self) -> str:
        """The whole text, a block a line."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Number:
    """A written number: its readings, the unit of its last digit, and how it was written."""

    readings: tuple[Decimal, ...]
    steps: tuple[Decimal, ...]
    spelled: bool = False
    restated: Decimal | None = None

    @property
    def value(self) -> Decimal:
        """The likeliest reading."""
        return self.readings[0]


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure in a text, with the words around it that tell what it is about.

    ``start`` and ``end`` are offsets in ``sentence``; ``offset`` is where the sentence
    begins in its block. ``before`` is the text that precedes the sentence, nearest last;
    ``asked`` the question it answers; ``earlier`` a longer piece of the text before, for its topic.
    """

    kind: ClaimKind
    text: str
    sentence: str
    start: int
    end: int
    offset: int
    block: int
    line: int
    lang: str = "id"
    number: Number | None = None
    low: Decimal | None = None
    modifier: Modifier = "exact"
    core_start: int = 0
    noun: str = ""
    date: dt.date | None = None
    weekday: int | None = None
    has_year: bool = True
    items: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    before: str = ""
    columns: int = 0
    asked: str = ""
    earlier: str = ""

    @property
    def core(self) -> str:
        """The claim without the words that qualify it ("lebih dari")."""
        return self.sentence[self.core_start : self.end]


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of ``facts.json``; ``value`` is a Decimal, a string, a date or a tuple of names."""

    key: str
    value: Any
    unit: str
    text: dict[str, str] = field(default_factory=dict)
    label: dict[str, str] = field(default_factory=dict)
    nouns: tuple[str, ...] = ()
    sources: tuple[dict[str, Any], ...] = ()
    computed_by: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one edition, by key, and the names by which its place goes.

    ``name_groups`` are names of one body that mean the same ("Setwan", "Sekretariat DPRD").
    """

    office: str
    year: int
    by_key: dict[str, Fact]
    own_places: tuple[str, ...] = ()
    name_groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim with its verdict: the fact it was held against, the text to paste, a note.

    ``note`` is a key below ``claims.note`` in the catalogue, filled with ``values``.
    """

    claim: Claim
    status: Status
    fact: Fact | None = None
    expected: str = ""
    note: str = ""
    values: dict[str, str] = field(default_factory=dict)
