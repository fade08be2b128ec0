"""What the HTML templates call: prose, pictures, source lines, marked code, the data of a figure."""

from __future__ import annotations

import base64
import csv
import io
import math
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Error, Keyword, Number, Operator, String

from helpers.blocks import (
    Code,
    Data,
    Emphasis,
    FactLink,
    Figure,
    Inline,
    LineBreak,
    Link,
    Picture,
    Strong,
    Text,
    read_picture,
)
from helpers.errors import ExportError
from helpers.messages import translate
from helpers.publish.references import fact_anchor
from helpers.publish.svg import UnsafeSvgError, inline_svg, picture_size
from helpers.read import escape_formula

#: Charts are drawn in points with letters of 10.5; the page's text is 17 pixels high.
_SVG_SCALE = 1.6
#: By pygments and not by Python's own `tokenize`, which reads f-strings otherwise from 3.12 on.
_LEXER = PythonLexer(stripnl=False, ensurenl=False)
_KINDS = {Comment: "c", Keyword: "k", Operator.Word: "k", String: "s", Number: "m"}


def render_inlines(children: Iterable[Inline]) -> Markup:
    """Return prose as HTML with every character escaped."""
    return Markup("").join(_inline(child) for child in children)


def _inline(child: Inline) -> Markup:
    match child:
        case Text(text):
            return escape(text)
        case Code(text):
            return Markup("<code>{}</code>").format(text)
        case Strong(children):
            return Markup("<strong>{}</strong>").format(render_inlines(children))
        case Emphasis(children):
            return Markup("<em>{}</em>").format(render_inlines(children))
        case Link(url, children):
            return Markup('<a href="{}">{}</a>').format(url, render_inlines(children))
        case FactLink(key, children, is_first):
            return fact_link(key, render_inlines(children), is_first)
        case LineBreak():
            return Markup("<br>")


def fact_link(key: str, content: Markup | str, is_first: bool) -> Markup:
    """Return a figure that opens its origin; the first one to a fact is where the panel leads back to."""
    anchor = fact_anchor(key)
    back = Markup(' id="kutip-{}"').format(anchor) if is_first else ""
    return Markup('<a class="fact" href="#{}"{}>{}</a>').format(anchor, back, content)


def _data_address(picture: Picture) -> str:
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.content).decode()}"


def picture(figure: Figure, lang: str) -> Markup:
    """Return a figure's image as HTML.

    Raises
    ------
    ExportError
        If its SVG cannot be read safely.
    """
    if figure.picture.media_type == "image/svg+xml":
        try:
            return Markup(inline_svg(figure.picture.content, figure.anchor, figure.alt))
        except UnsafeSvgError as error:
            text = translate("publish.errors.svg_refused", lang, name=figure.name, reason=str(error))
            raise ExportError(text) from error
    width, height = picture_size(figure.picture)
    return Markup('<img src="{}" alt="{}" width="{:.0f}" height="{:.0f}">').format(
        _data_address(figure.picture), figure.alt, width, height
    )


def native_width(figure: Figure) -> int:
    """Return the width in pixels at which the letters of a chart are about as large as the text around it."""
    scale = _SVG_SCALE if figure.picture.media_type == "image/svg+xml" else 1
    return round(picture_size(figure.picture)[0] * scale)


def logo(text: str) -> Markup:
    """Return the office's logo as an image."""
    # Its meaning, the office's name, stands beside it.
    return Markup('<img class="logo" src="{}" alt="">').format(_data_address(read_picture(text)))


def sourced(text: str, lang: str) -> str:
    """Return a source line with its word, unless the text brings the word itself."""
    word = translate("publish.label.source", lang)
    return text if text.startswith(word) else f"{word} {text}"


def highlight(source: str) -> Markup:
    """Return code as HTML with its parts marked; code that is not plain Python stays unmarked.

    Examples
    --------
    >>> highlight("if x: # ya")
    Markup('<span class="hl-k">if</span> x: <span class="hl-c"># ya</span>')
    """
    tokens = list(_LEXER.get_tokens(source))
    if any(kind is Error for kind, _ in tokens):
        return escape(source)
    parts: list[Markup] = []
    for css, run in groupby(tokens, lambda token: _css(token[0])):
        text = "".join(value for _, value in run)
        mark = Markup('<span class="hl-{}">{}</span>')
        parts.append(mark.format(css, text) if css else escape(text))
    return Markup("").join(parts)


def _css(kind: Any) -> str:
    """Return the class of a kind of token, or nothing."""
    return next((css for known, css in _KINDS.items() if kind in known), "")


def csv_text(data: Data) -> str:
    """Return the rows as CSV: comma, decimal point, line feed, no cell that a spreadsheet would run."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([escape_formula(column) for column in data.columns])
    for row in data.rows:
        writer.writerow([escape_formula(cell) if isinstance(cell, str) else _plain(cell) for cell in row])
    return stream.getvalue()


def _plain(cell: object) -> object:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    return str(cell).lower() if isinstance(cell, bool) else cell


def csv_address(data: Data) -> str:
    """Return a ``data:`` address of the CSV; it starts with the mark by which Excel knows UTF-8."""
    content = ("\ufeff" + csv_text(data)).encode()
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(content).decode()
