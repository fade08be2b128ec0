"""Parts of Typst source: strings, prose, pictures, column widths.

Every text enters as a Typst string, never as markup, so no character of a text can act.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Iterable, Sequence

from helpers.blocks import Code, Column, Emphasis, FactLink, Inline, LineBreak, Link, Picture, Strong, Text
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


def cell_source(text: str, lang: str) -> str:
    """Return a table's cell: a string, or text in a language of its own.

    >>> print(cell_source("Belanja barang", "id"))
    text(lang: "id", "Belanja barang")
    """
    return f"text(lang: {string(lang)}, {string(text)})" if lang else string(text)


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
    places = range(len(columns))
    longest = [max((len(row[place]) for row in rows), default=1) for place in places]
    natural = [
        max(cell, len(column.label) * _HEADING_EXTRA) for cell, column in zip(longest, columns, strict=True)
    ]
    texts = [place for place in places if columns[place].align == "left"]
    if not texts or _room(natural, _SIZES[0]) <= TEXT_WIDTH:
        return [f"{count + 3:.0f}fr" for count in natural], f"{_SIZES[0]}pt"
    heads = [_longest_word([column.label]) * _HEADING_EXTRA for column in columns]
    needed = [max(cell, head) for cell, head in zip(longest, heads, strict=True)]
    words = [max(_longest_word(row[place] for row in rows), heads[place]) for place in places]
    squeezed = [max(min(needed[place], _WRAPPED), words[place]) if place in texts else needed[place]
                for place in places]  # fmt: skip
    size = next((size for size in _SIZES if _room(squeezed, size) <= TEXT_WIDTH), _SIZES[-1])
    widths = [_room([count], size) for count in needed]
    left = TEXT_WIDTH - math.fsum(widths[place] for place in places if place not in texts)
    shares = [min(needed[place], _LONGEST_SHARE) + 3 for place in texts]
    floors = [_room([words[place]], size) for place in texts]
    for place, width in zip(texts, _shared(left, shares, floors), strict=True):
        widths[place] = width
    return [f"{width:.1f}pt" for width in widths], f"{size}pt"


def _longest_word(texts: Iterable[str]) -> int:
    """Return the letters of the longest piece that no line can break: between spaces and hyphens."""
    return max((len(word) for text in texts for word in re.split(r"\s|(?<=-)", text)), default=1)


def _shared(room: float, shares: Sequence[float], floors: Sequence[float]) -> list[float]:
    """Return the room divided by shares, none below its floor.

    >>> _shared(100, [1, 1, 2], [40, 10, 10])
    [40, 20.0, 40.0]
    """
    fixed: dict[int, float] = {}
    while True:
        left = room - math.fsum(fixed.values())
        total = math.fsum(share for place, share in enumerate(shares) if place not in fixed)
        widths = [
            fixed.get(place, left * share / total if total else 0) for place, share in enumerate(shares)
        ]
        low = {
            place: floor for place, floor in enumerate(floors) if place not in fixed and widths[place] < floor
        }
        if not low:
            return widths
        fixed |= low


def _room(counts: Iterable[float], size: float) -> float:
    """Return the points that columns of so many letters take."""
    return math.fsum(count * size * _LETTER + _INSET for count in counts)
