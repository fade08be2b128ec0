"""A `Document` as one HTML page that asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from helpers.blocks import (
    Code,
    Emphasis,
    FactLink,
    Figure,
    Inline,
    LineBreak,
    Link,
    Picture,
    Release,
    Strong,
    Text,
    plain_text,
    read_picture,
)
from helpers.errors import ExportError
from helpers.messages import LOCALES, translate
from helpers.publish.brief import brief_parts
from helpers.publish.codemarks import highlight
from helpers.publish.csvdata import csv_address
from helpers.publish.design import page_css, template_text
from helpers.publish.model import Block, Document, Paragraph
from helpers.publish.origins import describe_origin
from helpers.publish.references import fact_anchor
from helpers.publish.svg import UnsafeSvgError, inline_svg, picture_size

_DESCRIPTION_LENGTH = 300
#: Charts are drawn in points with letters of 10.5; the page's text is 17 pixels high.
_SVG_SCALE = 1.6


@cache
def _script() -> tuple[str, str]:
    """Return the page's script and its Content-Security-Policy hash."""
    script = template_text("html/page.js")
    digest = hashlib.sha256(script.encode()).digest()
    return script, "sha256-" + base64.b64encode(digest).decode()


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


def _picture(figure: Figure, lang: str) -> Markup:
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


def _native_width(figure: Figure) -> int:
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


class _Compiled(BytecodeCache):
    """Keeps compiled templates in memory: both languages have the same."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.code


_COMPILED = _Compiled()


class _Renderer:
    """The templates in one language."""

    def __init__(self, lang: str) -> None:
        self.environment = Environment(
            loader=PackageLoader("helpers.publish", "templates/html"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            bytecode_cache=_COMPILED,
        )
        self.environment.filters |= {
            "inlines": render_inlines,
            "plain": plain_text,
            "csv_address": csv_address,
            "origin": partial(describe_origin, lang=lang),
            "highlight": highlight,
            "logo": logo,
            "native_width": _native_width,
            "picture": partial(_picture, lang=lang),
            "sourced": partial(sourced, lang=lang),
        }
        self.environment.globals |= {
            "t": lambda key, **values: translate(f"publish.{key}", lang, **values),
            "render": self.render,
            "body": self.body,
            "fact_link": fact_link,
        }
        self.page = self.environment.get_template("page.html.j2")
        self.macros = self.environment.get_template("blocks.html.j2").module

    def render(self, blocks: Iterable[Block], *, tight: bool = False) -> Markup:
        """Return blocks as HTML; a tight list item's text is not a paragraph."""
        parts: list[Markup] = []
        for block in blocks:
            if tight and isinstance(block, Paragraph):
                parts.append(render_inlines(block.children))
            else:
                parts.append(self._macro(block)(block))
        return Markup("").join(parts)

    def _macro(self, block: Block) -> Callable[..., Markup]:
        macro: Callable[..., Markup] = getattr(self.macros, type(block).__name__)
        return macro

    def body(self, document: Document, banner: Markup) -> Markup:
        """Return the document's own content; a release brings its own title and banner."""
        release = document.release
        if document.kind == "brief":
            macro: Callable[..., Markup] = self.macros.brief_body  # type: ignore[attr-defined]
            return macro(*brief_parts(document.blocks))
        if release is None:
            return self.render(document.blocks)
        others = [block for block in document.blocks if not isinstance(block, Release)]
        head = self._macro(release)(release, banner)
        return head + self.render(others)


@cache
def _renderer(lang: str) -> _Renderer:
    return _Renderer(lang)


def load_templates() -> None:
    """Compile the templates: for a parent whose children will fill them."""
    for locale in LOCALES:
        _renderer(locale)
    page_css()


def describe(document: Document) -> str:
    """Return one sentence or two on the document, for search engines and file properties."""
    release = document.release
    text = plain_text(release.lead) if release else document.subtitle
    if not text:
        paragraph = next((block for block in document.blocks if isinstance(block, Paragraph)), None)
        text = plain_text(paragraph.children) if paragraph else document.title
    text = " ".join(text.split())
    if len(text) > _DESCRIPTION_LENGTH:
        text = text[: _DESCRIPTION_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    return text


def render_page(document: Document, links: Sequence[tuple[str, str]] = (), links_label: str = "") -> str:
    """Return the page.

    Parameters
    ----------
    document : Document
    links : sequence of (address, text)
        Pages beside this one, listed at its end.
    links_label : str
        What the list is called for those who hear it.

    Raises
    ------
    ExportError
        If a figure's SVG cannot be read safely.
    """
    script, script_hash = _script()
    title = plain_text(document.release.headline) if document.release else document.title
    return _renderer(document.lang).page.render(
        document=document,
        links=links,
        links_label=links_label,
        page_title=" – ".join(part for part in (title, document.office) if part),
        description=describe(document),
        css=Markup(page_css()),
        script=Markup(script),
        script_hash=script_hash,
    )
