"""A `Document` as one HTML page that asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from helpers.blocks import (
    Release,
    plain_text,
)
from helpers.messages import LOCALES, translate
from helpers.publish.design import page_css, template_text
from helpers.publish.filters import (
    csv_address,
    fact_link,
    highlight,
    logo,
    native_width,
    picture,
    render_inlines,
    sourced,
)
from helpers.publish.model import Block, Document, Paragraph, brief_parts
from helpers.publish.origins import describe_origin

_DESCRIPTION_LENGTH = 300


@cache
def _script() -> tuple[str, str]:
    """Return the page's script and its Content-Security-Policy hash."""
    script = template_text("html/page.js")
    digest = hashlib.sha256(script.encode()).digest()
    return script, "sha256-" + base64.b64encode(digest).decode()


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
            "native_width": native_width,
            "picture": partial(picture, lang=lang),
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
