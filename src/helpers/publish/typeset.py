"""A `Document` as one Typst source that needs no other file.

The layout is ``templates/typst/report.typ``; this calls its functions with the content.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from helpers.blocks import (
    FactLink,
    Figure,
    KeyFigure,
    KeyFigures,
    Notice,
    Release,
    Table,
    Text,
    plain_text,
    read_picture,
)
from helpers.messages import translate
from helpers.publish.design import template_text, typst_colours
from helpers.publish.filters import sourced
from helpers.publish.model import (
    Block,
    CodeCells,
    Definitions,
    Document,
    Heading,
    ListBlock,
    Origins,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    brief_parts,
)
from helpers.publish.origins import describe_origin
from helpers.publish.page import describe
from helpers.publish.references import ORIGINS_ANCHOR, anchors_of
from helpers.publish.svg import picture_size
from helpers.publish.typst_text import (
    TEXT_WIDTH,
    array,
    cell_source,
    column_widths,
    inline_source,
    string,
    svg_text,
)

#: Kinds with a style of their own, a function of the size of the letters.
_STYLES = {
    "press-release": "release-style",
    "brief": "brief-style",
    "profile": "profile-style",
    "annual-report": "annual-style",
}
_WITHOUT_ORIGINS = {"press-release", "brief", "profile"}
_MARGINS = {"press-release": "25mm", "brief": "18mm", "profile": "18mm"}
#: Kinds of one page, whose figures stand closer to the text.
_TIGHT = {"brief", "profile"}
#: Width of a chart in a column of a brief, in points; beside the smallest letters it is smaller too.
_BRIEF_WIDTH, _LEAST_BRIEF_WIDTH = 233.0, 185.0
#: A chart's letters of 10.5 points come out at the size of the text around them.
_SVG_SCALE = 0.98
#: Sizes of a press release's letters, in points; see `helpers.publish.pdf`.
RELEASE_SIZES = (11.0, 10.5, 10.0)
BRIEF_SIZES = (9.6, 9.2, 8.8, 8.4, 8.2)
PROFILE_SIZES = (10.0, 9.4, 8.8, 8.2)
#: Rows up to which a table is not broken across pages.
_SHORT_TABLE = 14
#: A notebook that declares no date still gives the same bytes every time, and PDF/A wants one.
UNDATED = dt.date(1980, 1, 1)


class _Typesetter:
    """Turns the blocks of one document into source."""

    def __init__(self, document: Document, size: float) -> None:
        self.document = document
        self.chart_width = TEXT_WIDTH - 12
        if document.kind == "brief":
            self.chart_width = _LEAST_BRIEF_WIDTH if size == BRIEF_SIZES[-1] else _BRIEF_WIDTH
        self.lang = document.lang
        self.anchors = frozenset(anchors_of(document.blocks))
        self.inlines = partial(inline_source, anchors=self.anchors)

    def word(self, key: str, **values: object) -> str:
        """Return a text of the catalogue's ``publish`` part."""
        return translate(f"publish.{key}", self.lang, **values)

    def mark(self, illustrative: bool) -> str:
        """Return the mark's text as an argument, or none."""
        return string(self.word("label.illustrative")) if illustrative else "none"

    @property
    def tight(self) -> str:
        """The argument that lets a figure or table stand closer to the text, on a single page."""
        return ", tight: true" if self.document.kind in _TIGHT else ""

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Return blocks, each set apart by an empty line."""
        ordered = [block for block in blocks if not isinstance(block, CodeCells)]
        parts = []
        for block, following in itertools.zip_longest(ordered, ordered[1:]):
            source = self.block(block)
            if isinstance(block, Paragraph) and isinstance(following, (Figure, Table, KeyFigures, Notice)):
                # A sentence that leads to a figure must not stay behind at the foot of a page.
                source = f"#lead-in[{source}]"
            parts.append(source)
        return "\n\n".join(parts)

    def block(self, block: Block) -> str:
        """Return one block; code is for the screen, so it has no source here."""
        match block:
            case Heading(level, children, anchor):
                return f"#heading(level: {level})[{self.inlines(children)}] <{anchor}>"
            case Paragraph(children):
                return self.inlines(children)
            case ListBlock():
                return self.list(block)
            case Definitions(items):
                return f"#terms({', '.join(f'([{self.inlines(a)}], [{self.inlines(b)}])' for a, b in items)})"
            case Quote(children):
                return f"#quote(block: true)[{self.blocks(children)}]"
            case Preformatted(text):
                return f"#preformatted({string(text)})"
            case Rule():
                return "#divider"
            case _:
                return self.output(block)

    def output(self, block: Block) -> str:
        """Return a block that a notebook's code made."""
        match block:
            case Figure():
                return self.figure(block)
            case Table():
                return self.table(block)
            case KeyFigures(items):
                tiles = ", ".join(self.tile(item) for item in items)
                return f"#key-figures({block.columns}, {tiles})"
            case Notice():
                return self.notice(block)
            case Release():
                return self.release(block)
            case Origins():
                return self.origins(block)
            case CodeCells():
                return ""
            case _:
                raise TypeError(f"no Typst for {type(block).__name__}")

    def list(self, block: ListBlock) -> str:
        """Return a list as a call, which needs no indentation to nest."""
        items = ", ".join(f"[{self.blocks(item)}]" for item in block.items)
        return f"#enum(start: {block.start}, {items})" if block.ordered else f"#list({items})"

    def figure(self, block: Figure) -> str:
        """Return a figure with its caption above and its source below."""
        scale = _SVG_SCALE if block.picture.media_type == "image/svg+xml" else 0.75
        width = min(picture_size(block.picture)[0] * scale, self.chart_width)
        caption = self.caption(block.title, block.subtitle, block.illustrative and not block.is_marked)
        source = sourced(block.source, self.lang) if block.source else ""
        return (
            f"#drawn({string(svg_text(block.picture))}, {string(block.alt)}, {width:.1f}pt, {caption}, "
            f"{string(source)}{self.tight}) <{block.anchor}>"
        )

    def caption(self, title: str, subtitle: str, illustrative: bool) -> str:
        """Return a caption's argument."""
        return f"caption-text({string(title)}, subtitle: {string(subtitle)}, mark: {self.mark(illustrative)})"

    def table(self, block: Table) -> str:
        """Return a table whose header repeats on every page."""
        widths, size = column_widths(block.columns, block.rows)
        *body, last = block.rows if block.total_row else (*block.rows, ())
        total = array(map(string, last)) if block.total_row else "()"
        cells = ((cell, column.lang) for row in body for cell, column in zip(row, block.columns, strict=True))
        source = (
            f"tabular-text({array(widths)}, {array(column.align for column in block.columns)}, "
            f"{array(string(column.label) for column in block.columns)}, "
            f"{array(itertools.starmap(cell_source, cells))}, total: {total}, size: {size})"
        )
        caption = self.caption(block.caption, "", block.illustrative) if block.number else "none"
        below = [f"{self.word('label.note')} {block.note}"] if block.note else []
        below += [sourced(block.source, self.lang)] if block.source else []
        long = str(len(block.rows) > _SHORT_TABLE).lower()
        call = f"#tabled({source}, {caption}, {array(map(string, below))}, long: {long}{self.tight})"
        return f"{call} <{block.anchor}>"

    def brief(self) -> str:
        """Return a brief: tiles above, then charts and decisions in two columns."""
        parts = brief_parts(self.document.blocks)
        left, right = parts.figures[:2], parts.figures[2:]
        decisions = f"#decisions[{self.blocks(parts.decisions)}]" if parts.decisions else ""
        columns = f"#brief-columns([{self.blocks(left)}], [{self.blocks(right)}\n\n{decisions}])"
        return f"{self.blocks(parts.head)}\n\n{columns}"

    def origins(self, block: Origins) -> str:
        """Return the table of figures; each row carries the anchor that the figures in the text lead to."""
        head = [self.word(f"origin.{key}") for key in ("figure", "value", "formula", "source")]
        rows = []
        for fact in block.facts:
            entry = describe_origin(fact, self.lang, short=True)
            places = array(f"({string(file)}, {string(cells)})" for file, cells in entry.places)
            texts = ", ".join(map(string, (entry.label, entry.value, entry.formula, entry.status)))
            mark = self.mark(entry.illustrative)
            rows.append(f"origin(<{entry.anchor}>, {texts}, {places}, {mark})")
        intro = f"#small({string(self.word('origin.intro'))})\n\n"
        return f"{intro}#origins-table({array(map(string, head))}, {', '.join(rows)})"

    def tile(self, item: KeyFigure) -> str:
        """Return the call of one key figure."""
        value = (
            self.inlines((FactLink(item.key, (Text(item.value),)),)) if item.key else f"#{string(item.value)}"
        )
        more = ", ".join(f"[{self.inlines(part)}]" for part in (item.change, item.target) if part)
        return (
            f"tile({string(item.label)}, [{value}], {string(item.note)}, {self.mark(item.illustrative)}"
            f"{', ' + more if more else ''})"
        )

    def notice(self, block: Notice) -> str:
        """Return a notice; one without a title is titled by its kind."""
        kind = "illustrative" if block.kind == "illustrative" else f"notice_{block.kind}"
        title = block.title or self.word(f"label.{kind}")
        return f"#notice({string(block.kind)}, {string(title)}, [{self.inlines(block.text)}])"

    def banner(self) -> str:
        """Return the notice that the whole document rests on illustrative data."""
        if not self.document.illustrative:
            return ""
        return self.notice(Notice("illustrative", (Text(self.document.illustrative_text),)))

    def release(self, block: Release) -> str:
        """Return the body of a press release."""
        kind, headline = string(self.word("label.press_release")), string(plain_text(block.headline))
        parts = [
            f"#release-head({kind}, {headline})",
            self.banner(),
            f"#strong({string(plain_text(block.dateline))})#{string(' – ')}{self.inlines(block.lead)}",
        ]
        if block.key:
            pairs = ", ".join(array((string(entry.label), string(entry.value))) for entry in block.key)
            parts.append(f"#release-key({string(self.word('label.press_release_key'))}, {pairs})")
        for section in block.sections:
            if section.heading:
                parts.append(f"#heading(level: 2)[{self.inlines(section.heading)}]")
            parts += [self.inlines(paragraph) for paragraph in section.paragraphs]
        if block.contact.lines:
            lines = "#linebreak()".join(f"#{string(line)}" for line in block.contact.lines)
            heading = f"#heading(level: 2, {string(block.contact.heading)})"
            parts.append(f"#block(breakable: false, above: 1.35em)[{heading}\n{lines}]")
        if block.note:
            word = string(self.word("text.note_heading") + ".")
            parts.append(f"#divider\n#small[#strong({word}) #{string(block.note)}]")
        return "\n\n".join(part for part in parts if part)

    def head(self) -> str:
        """Return what stands above the first block; a release has its own title."""
        document = self.document
        if document.release:
            return "#letterhead(meta)"
        if document.kind == "annual-report":
            words = (self.word("label.contents"), self.word("label.figures"), self.word("label.tables"))
            return f"#cover(meta, [{self.banner()}])\n\n#contents({', '.join(map(string, words))})"
        date = self.word("label.published", date=document.release_date) if document.release_date else ""
        line = " · ".join(part for part in (document.regency, date) if part)
        parts = ["#masthead(meta)"] if document.letterhead.office else []
        title, subtitle = string(document.title), string(document.subtitle)
        parts.append(f"#title-block({title}, subtitle: {subtitle}, line: {string(line)})")
        return "\n\n".join([*parts, self.banner()])

    def meta(self) -> str:
        """Return the dictionary that the layout reads."""
        document, head = self.document, self.document.letterhead
        title = plain_text(document.release.headline) if document.release else document.title
        logo = "none"
        if head.logo:
            content = string(svg_text(read_picture(head.logo)))
            options = f'format: "svg", height: height, alt: {string(head.office)}'
            logo = f"height => image(bytes({content}), {options})"
        words = {
            "illustrative": self.word("label.illustrative"),
            "page": self.word("label.page"),
            "of": self.word("label.page_of"),
        }
        texts = {
            "title": title,
            "kind": document.kind,
            "subtitle": document.subtitle,
            "place": document.regency,
            "short-title": self.word("label.press_release") if document.release else title,
            "author": head.office or document.office,
            "description": describe(document),
            "lang": document.lang,
            "office": head.office,
            "agency": head.agency,
            "address": " · ".join(part for part in (head.address, head.website) if part),
            "edition": self.word("label.edition", year=document.year) if document.year else "",
            "foot": self.word("label.published", date=document.release_date) if document.release_date else "",
        }
        keywords = (document.office, str(document.year or ""))
        entries = [f'"{key}": {string(text)}' for key, text in texts.items()]
        entries += [
            f'"words": ({", ".join(f"{key}: {string(word)}" for key, word in words.items())})',
            f'"illustrative": {str(document.illustrative).lower()}',
            f'"one-page": {str(document.kind in _TIGHT).lower()}',
            f'"date": {_date(document.release_date or UNDATED)}',
            f'"keywords": {array(string(word) for word in keywords if word)}',
            f'"margin": {_MARGINS.get(document.kind, "22mm")}',
            f'"logo": {logo}',
        ]
        return "(" + ", ".join(entries) + ")"


def _printed(document: Document) -> tuple[Block, ...]:
    """Return the blocks that go on paper: a letter of one page carries no table of its figures."""
    if document.kind not in _WITHOUT_ORIGINS:
        return document.blocks
    return tuple(
        block
        for block in document.blocks
        if not (isinstance(block, Origins) or (isinstance(block, Heading) and block.anchor == ORIGINS_ANCHOR))
    )


def _date(date: dt.date) -> str:
    return f"datetime(year: {date.year}, month: {date.month}, day: {date.day})"


def typst_source(document: Document, size: float = RELEASE_SIZES[0]) -> str:
    """Return the document's Typst source, layout included.

    ``size`` is the size of a press release's or brief's letters, in points.
    """
    document = replace(document, blocks=_printed(document))
    setter = _Typesetter(document, size)
    name = _STYLES.get(document.kind)
    style = f"#show: body => {name}({size}pt, body)\n" if name else ""
    body = setter.brief() if document.kind == "brief" else setter.blocks(document.blocks)
    return (
        f"{typst_colours()}{template_text('typst/report.typ')}\n"
        f"#let meta = {setter.meta()}\n#show: body => report(meta, body)\n{style}\n"
        f"{setter.head()}\n\n{body}\n"
    )
