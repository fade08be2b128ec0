"""Parts of Typst source: strings, prose, pictures, column widths.

Every text enters as a Typst string, never as markup, so no character of a text can act.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

from helpers.publish.model import (
    Code,
    Column,
    Emphasis,
    FactLink,
    Inline,
    LineBreak,
    Link,
    Picture,
    Strong,
    Text,
)
from helpers.publish.references import fact_anchor
from helpers.publish.svg import picture_size

#: Width of the text on a page, in points.
TEXT_WIDTH = 470.0
#: Sizes of a table's letters, in points, the first that fits is taken.
_SIZES = (9.0, 8.4, 7.6, 7.0, 6.4)
#: Width of a letter of the bundled font in sizes, a little above that of its digits.
_LETTER = 0.53
#: Headings are semibold.
_HEADING_EXTRA = 1.06
_INSET = 10.0
#: Letters to which a text column may be squeezed before the letters get smaller, and its largest share.
_WRAPPED, _LONGEST_SHARE = 20, 44


def string(text: str) -> str:
    r"""Return a Typst string literal.

    Examples
    --------
    >>> print(string('Rp "satu" #dua'))
    "Rp \"satu\" #dua"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def array(items: Iterable[str]) -> str:
    """Return a Typst array of ready expressions; one item is an array too."""
    return "(" + "".join(f"{item}, " for item in items).rstrip(" ") + ")"


def svg_text(picture: Picture) -> str:
    """Return a picture as SVG; Typst reads binary data from files only, so a PNG is wrapped in one."""
    if picture.media_type == "image/svg+xml":
        return picture.content.decode()
    width, height = picture_size(picture)
    data = base64.b64encode(picture.content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}">'
        f'<image width="{width:g}" height="{height:g}" '
        f'xlink:href="data:{picture.media_type};base64,{data}"/></svg>'
    )


def inline_source(children: Iterable[Inline], anchors: frozenset[str]) -> str:
    """Return prose as Typst content; links lead only to anchors that exist."""
    return "".join(_inline(child, anchors) for child in children)


def _inline(child: Inline, anchors: frozenset[str]) -> str:
    match child:
        case Text(text):
            return f"#{string(text)}"
        case Code(text):
            return f"#raw({string(text)})"
        case Strong(children):
            return f"#strong[{inline_source(children, anchors)}]"
        case Emphasis(children):
            return f"#emph[{inline_source(children, anchors)}]"
        case Link(url, children):
            content = inline_source(children, anchors)
            if not child.is_internal:
                return f"#link({string(url)})[{content}]"
            return f"#link(<{url[1:]}>)[{content}]" if url[1:] in anchors else content
        case FactLink(key, children):
            content, anchor = inline_source(children, anchors), fact_anchor(key)
            return f"#link(<{anchor}>)[{content}]" if anchor in anchors else content
        case LineBreak():
            return "#linebreak()"


def column_widths(columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]]) -> tuple[list[str], str]:
    """Return the columns' widths and the size of the letters that lets a table fit the page.

    Numbers must not break, so a right-aligned column gets the room of its longest cell;
    text may wrap, so the others share what is left.
    """
    longest = [max((len(row[place]) for row in rows), default=1) for place in range(len(columns))]
    natural = [
        max(cell, len(column.label) * _HEADING_EXTRA) for cell, column in zip(longest, columns, strict=True)
    ]
    texts = [place for place, column in enumerate(columns) if column.align == "left"]
    if not texts or _room(natural, _SIZES[0]) <= TEXT_WIDTH:
        return [f"{count + 3:.0f}fr" for count in natural], f"{_SIZES[0]}pt"
    words = [max((len(word) for word in column.label.split()), default=1) for column in columns]
    needed = [max(cell, word * _HEADING_EXTRA) for cell, word in zip(longest, words, strict=True)]
    squeezed = [min(count, _WRAPPED) if place in texts else count for place, count in enumerate(needed)]
    size = next((size for size in _SIZES if _room(squeezed, size) <= TEXT_WIDTH), _SIZES[-1])
    widths = [f"{_room([count], size):.1f}pt" for count in needed]
    for place in texts:
        widths[place] = f"{min(needed[place], _LONGEST_SHARE) + 3:.0f}fr"
    return widths, f"{size}pt"


def _room(counts: Iterable[float], size: float) -> float:
    """Return the points that columns of so many letters take."""
    return sum(count * size * _LETTER + _INSET for count in counts)
