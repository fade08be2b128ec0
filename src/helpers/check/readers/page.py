"""Web pages: the text that a reader sees, and the alternative text of pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag

from helpers.check.model import Block, DocumentText
from helpers.check.readers.plain import clean_text
from helpers.check.readers.unread import pictures_finding

_SKIPPED = {
    "script",
    "style",
    "template",
    "noscript",
    "head",
    "nav",
    "pre",
    "code",
    "textarea",
    "select",
    "button",
    # Labels of a chart are not sentences; what it says stands in its caption.
    "svg",
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {
    "p", "li", "div", "section", "article", "main", "header", "footer", "aside", "blockquote",
    "figcaption", "figure", "caption", "dt", "dd", "dl", "ul", "ol", "address", "details", "summary",
    "form", "body", "html",
    "td", "th", "tr", "hgroup", "center",
} | _HEADINGS  # fmt: skip


def read_html(data: bytes, name: str) -> DocumentText:
    """Return the text of a page; ``line`` is the line of the file where a block begins."""
    soup = BeautifulSoup(data, "html.parser")
    return DocumentText(
        name, tuple(_blocks_below(soup)), tuple(pictures_finding(_silent_pictures(soup), name))
    )


def _silent_pictures(soup: BeautifulSoup) -> int:
    """Return how many pictures say nothing: without text, and not marked as mere decoration."""
    drawn = soup.find_all(["img", "svg", "canvas", "iframe", "object", "embed", "video"])
    return sum(1 for tag in drawn if not _speaks(tag) and not any(_is_hidden(at) for at in _around(tag)))


def _speaks(tag: Tag) -> bool:
    if tag.name == "img" and tag.has_attr("alt"):
        return True  # an empty one declares decoration
    inside = tag.find(["title", "desc"]) if tag.name == "svg" else None
    return bool(
        tag.get("aria-label") or tag.get("aria-labelledby") or inside or tag.get("role") == "presentation"
    )


def _around(tag: Tag) -> Iterator[Tag]:
    """Yield a picture and what it stands in; that a drawing's inside is skipped hides it from no reader."""
    if tag.get("aria-hidden") == "true" or tag.has_attr("hidden"):
        yield tag
    yield from (parent for parent in tag.parents if isinstance(parent, Tag) and parent.name != "[document]")


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "").replace(" ", "").lower()
    return (
        tag.name in _SKIPPED
        or tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or "display:none" in style
        # Where a report's own page tells how a figure was computed: formulas, not statements.
        or tag.get("data-claims") == "skip"
    )


def _blocks_below(root: Tag) -> Iterator[Block]:
    """Yield the blocks below a tag; inline text between two of them is a block of its own."""
    inline: list[str] = []
    line = root.sourceline or 1
    term = ""
    for child in root.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString):
            inline.append(str(child))
            continue
        if not isinstance(child, Tag) or _is_hidden(child):
            continue
        if child.name in ("svg", "img"):
            yield from _picture(child)
        elif child.name == "br":
            inline.append("\n")
        elif child.name == "table" or child.name in _BLOCKS or child.find([*_BLOCKS, "table", "img", "svg"]):
            yield from _block(inline, root, line)
            inline = []
            below = list(_table(child) if child.name == "table" else _blocks_below(child))
            if child.name == "dt":
                term = " ".join(block.text for block in below)
            elif child.name == "dd" and term:
                below = [Block(block.text, block.line, block.kind, (term,), block.columns) for block in below]
                # The first is the term's value; what follows it are sentences of their own.
                term = ""
            yield from below
        else:
            inline.append(_inline_text(child))
    yield from _block(inline, root, line)


def _inline_text(tag: Tag) -> str:
    parts = []
    for child in tag.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, Tag):
            parts.append("" if _is_hidden(child) else "\n" if child.name == "br" else _inline_text(child))
        else:
            parts.append(str(child))
    return "".join(parts)


def _block(inline: list[str], root: Tag, line: int) -> Iterator[Block]:
    pieces = [re.sub(r"[ \t\r\n\f]+", " ", clean_text(piece)) if piece != "\n" else "\n" for piece in inline]
    text = re.sub(r" *\n *", "\n", "".join(pieces)).strip()
    text = re.sub(r" {2,}", " ", text)
    if text:
        yield Block(text, line, "heading" if root.name in _HEADINGS else "paragraph")


def _picture(tag: Tag) -> Iterator[Block]:
    alt = clean_text(str(tag.get("alt") or tag.get("aria-label") or "")).strip()
    if alt:
        yield Block(re.sub(r"\s+", " ", alt), tag.sourceline or 1, "alt")


def _table(table: Tag) -> Iterator[Block]:
    """Yield a table's cells, labelled by the row's first cell and the column's heading."""
    caption = table.find("caption")
    if isinstance(caption, Tag):
        yield from _blocks_below(caption)
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    header: list[str] = []
    for number, row in enumerate(rows):
        cells = row.find_all(["th", "td"], recursive=False)
        texts = [re.sub(r"\s+", " ", clean_text(_inline_text(cell))).strip() for cell in cells]
        if (
            number == 0
            and len(rows) > 1
            and (all(cell.name == "th" for cell in cells) or row.find_parent("thead"))
        ):
            header = texts
        for position, text in enumerate(texts):
            labels = [texts[0]] if position else []
            if header is not texts and position < len(header):
                labels.append(header[position])
            if text:
                line = cells[position].sourceline or table.sourceline or 1
                yield Block(text, line, "cell", tuple(label for label in labels if label), len(texts))
