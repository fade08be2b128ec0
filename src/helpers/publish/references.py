"""Numbers, anchors and links of a document: what its blocks are called and what leads to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from helpers.blocks import (
    Emphasis,
    FactLink,
    Figure,
    Inline,
    KeyFigure,
    KeyFigures,
    Link,
    Notice,
    Prose,
    Release,
    Section,
    Strong,
    Table,
    Text,
    plain_text,
)
from helpers.messages import translate
from helpers.publish.model import Block, Definitions, Heading, ListBlock, Origins, Paragraph, Quote

#: The section on where the figures come from.
ORIGINS_ANCHOR = "asal-angka"
#: Anchors that the page itself uses.
_PAGE_ANCHORS = ("isi", "angka-kunci", ORIGINS_ANCHOR)


def slug(text: str) -> str:
    """Return an anchor for a text: ASCII letters, digits and hyphens.

    >>> slug("Penyerapan: 98,30 persen — di atas target")
    'penyerapan-98-30-persen-di-atas-target'
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-") or "bagian"


def sentence_case(label: str) -> str:
    """Return a label that stands alone; the catalogue writes it as it stands within a sentence.

    >>> sentence_case("penyerapan OPD")
    'Penyerapan OPD'
    """
    return label[:1].upper() + label[1:]


def fact_anchor(key: str) -> str:
    """Return the anchor of a fact's entry among the origins.

    >>> fact_anchor("budget.absorption_rate")
    'asal-budget-absorption-rate'
    """
    return f"asal-{slug(key)}"


def anchors_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield every place that a link may lead to."""
    for block in blocks:
        match block:
            case Heading() | Figure() | Table() if block.anchor:
                yield block.anchor
            case Origins(facts):
                yield from (fact_anchor(fact.key) for fact in facts)


@dataclass
class Counter:
    """What a document has given out so far; chapters of one document share it."""

    figures: int = 0
    tables: int = 0
    taken: set[str] = field(default_factory=lambda: set(_PAGE_ANCHORS))
    #: Keys of the facts cited, in the order of their first citation.
    cited: dict[str, None] = field(default_factory=dict)

    def anchor(self, text: str) -> str:
        """Return an anchor that nothing else in the document has."""
        base = candidate = slug(text)
        count = 1
        while candidate in self.taken:
            count += 1
            candidate = f"{base}-{count}"
        self.taken.add(candidate)
        return candidate

    def is_first(self, key: str) -> bool:
        """Return whether a fact is cited for the first time, and remember it."""
        first = key not in self.cited
        self.cited[key] = None
        return first


def level_headings(blocks: Iterable[Block], top: int = 2) -> Iterator[Block]:
    """Yield the blocks with headings that start at ``top`` and skip no level."""
    last = top - 1
    for block in blocks:
        if isinstance(block, Heading):
            last = min(max(block.level + top - 2, top), last + 1)
            yield replace(block, level=last)
        else:
            yield block


def number_and_link(
    blocks: Iterable[Block], lang: str, facts: Collection[str], counter: Counter, prefix: str = ""
) -> tuple[Block, ...]:
    """Return the blocks numbered and anchored, their links resolved.

    Parameters
    ----------
    blocks : iterable of Block
    lang : {"id", "en"}
    facts : collection of str
        Keys that have an origin to lead to; other figures become plain text.
    counter : Counter
    prefix : str
        Put before every anchor, so that chapters of one document stay apart; links within
        the chapter name their target without it.
    """
    targets: dict[str, tuple[str, str]] = {}
    numbered = [_numbered(block, lang, counter, prefix, targets) for block in blocks]
    linker = _Linker(targets, facts, counter, translate("publish.label.reference", lang))
    return tuple(linker.block(block) for block in numbered)


def _numbered(
    block: Block, lang: str, counter: Counter, prefix: str, targets: dict[str, tuple[str, str]]
) -> Block:
    match block:
        case Heading():
            text = plain_text(block.children)
            anchor = counter.anchor(prefix + text)
            targets.setdefault(slug(text), (anchor, text))
            return replace(block, anchor=anchor)
        case Figure():
            counter.figures += 1
            number = counter.figures
            anchor = counter.anchor(prefix + block.name)
            targets[slug(block.name)] = (anchor, translate("publish.label.figure", lang, number=number))
            return replace(block, number=number, anchor=anchor)
        case Table():
            counter.tables += bool(block.caption)
            number = counter.tables if block.caption else 0
            name = block.name or "tabel"
            anchor = counter.anchor(prefix + name)
            if number:
                targets[slug(name)] = (anchor, translate("publish.label.table", lang, number=number))
            return replace(block, number=number, anchor=anchor)
        case _:
            return block


class _Linker:
    """Gives links their label, and undoes links to what is not there."""

    def __init__(
        self, targets: dict[str, tuple[str, str]], facts: Collection[str], counter: Counter, word: str
    ) -> None:
        self.targets = targets
        #: What a notebook reads where a document has the number.
        self.word = word
        self.facts = facts
        self.counter = counter

    def inlines(self, children: Prose) -> Prose:
        return tuple(part for child in children for part in self.inline(child))

    def inline(self, child: Inline) -> Prose:
        match child:
            case Link(url, children) if child.is_internal:
                target = self.targets.get(url[1:])
                if target is None:
                    return children
                anchor, label = target
                if not children or plain_text(children) == self.word:
                    children = (Text(label),)
                return (Link(f"#{anchor}", children),)
            case FactLink(key, children):
                if key not in self.facts:
                    return children
                return (FactLink(key, children, self.counter.is_first(key)),)
            case Strong(children):
                return (Strong(self.inlines(children)),)
            case Emphasis(children):
                return (Emphasis(self.inlines(children)),)
            case _:
                return (child,)

    def key_figure(self, item: KeyFigure) -> KeyFigure:
        known = item.key in self.facts
        return replace(
            item, label=sentence_case(item.label), note=sentence_case(item.note),
            key=item.key if known else "", is_first=known and self.counter.is_first(item.key),
            change=self.inlines(item.change), target=self.inlines(item.target),
        )  # fmt: skip

    def block(self, block: Block) -> Block:
        match block:
            case Paragraph(children):
                return Paragraph(self.inlines(children))
            case Quote(inner):
                return Quote(tuple(self.block(item) for item in inner))
            case ListBlock():
                items = tuple(tuple(self.block(part) for part in item) for item in block.items)
                return replace(block, items=items)
            case Definitions(pairs):
                return Definitions(tuple((self.inlines(a), self.inlines(b)) for a, b in pairs))
            case Notice():
                return replace(block, text=self.inlines(block.text))
            case KeyFigures(tiles):
                return KeyFigures(tuple(self.key_figure(item) for item in tiles))
            case Release():
                return self.release(block)
            case _:
                return block

    def release(self, block: Release) -> Release:
        headline, dateline = self.inlines(block.headline), self.inlines(block.dateline)
        lead = self.inlines(block.lead)
        key = tuple(replace(entry, label=sentence_case(entry.label)) for entry in block.key)
        sections = tuple(
            Section(self.inlines(section.heading), tuple(map(self.inlines, section.paragraphs)))
            for section in block.sections
        )
        return replace(block, headline=headline, dateline=dateline, lead=lead, sections=sections, key=key)
