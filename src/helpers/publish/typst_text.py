"""Parts of Typst source: strings, prose, pictures, column widths.

Every text enters as a Typst string, never as markup, so no character of a text can act.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable

from helpers.publish.model import (
    Code,
    Column,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Picture,
    Strong,
    Text,
)
from helpers.publish.svg import picture_size

#: Sum of the columns' characters up to which a table is set in letters of a size.
_TABLE_SIZES = ((84, "9pt"), (104, "8.4pt"), (10_000, "7.4pt"))


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
        case LineBreak():
            return "#linebreak()"


def column_widths(columns: tuple[Column, ...], rows: Iterable[tuple[str, ...]]) -> tuple[list[str], str]:
    """Return the columns' widths and the size of the letters that lets a table fit the page.

    Numbers must not break, so a right-aligned column gets the room of its longest cell;
    text may wrap, so a long one gives way.
    """
    longest = [max((len(word) for word in column.label.split()), default=1) for column in columns]
    for row in rows:
        for place, cell in enumerate(row):
            longest[place] = max(longest[place], len(cell))
    weights = [
        length + 3 if column.align == "right" else min(length, 44) + 3
        for column, length in zip(columns, longest, strict=True)
    ]
    size = next(size for limit, size in _TABLE_SIZES if sum(weights) <= limit)
    return [f"{weight}fr" for weight in weights], size
