"""Markdown prose into the document model.

Raw HTML is never passed on: it is shown as the characters that were typed, so that
markup in a text cannot become markup of the page. Formulas are written in Unicode.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from typing import Any, cast
from urllib.parse import urlsplit

import mistune

from helpers.blocks import (
    Code,
    Column,
    Emphasis,
    FactLink,
    Inline,
    LineBreak,
    Link,
    Strong,
    Table,
    Text,
    plain_text,
)
from helpers.facts.citation import SCHEME
from helpers.publish.model import Block, Definitions, Heading, ListBlock, Paragraph, Preformatted, Quote, Rule

Token = dict[str, Any]
#: Turns an image of Markdown (its address, its alt text, its title) into a block.
ImageReader = Callable[[str, str, str], Block]

_SAFE_SCHEMES = ("http", "https", "mailto")
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_tokens = mistune.create_markdown(renderer=None, plugins=["table", "def_list"])


def parse_markdown(source: str, read_image: ImageReader) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text.

    Parameters
    ----------
    source : str
        Markdown with tables and definition lists.
    read_image : callable
        Makes a block of an image that stands in a paragraph; it raises if the image
        cannot be published.
    """
    tokens = cast("list[Token]", _tokens(_HTML_COMMENT.sub("", source)))
    return tuple(_blocks(tokens, read_image))


def _blocks(tokens: Iterable[Token], read_image: ImageReader) -> Iterable[Block]:
    for token in tokens:
        match token["type"]:
            case "paragraph" | "block_text":
                yield from _paragraph(token["children"], read_image)
            case "list":
                items = tuple(tuple(_blocks(item["children"], read_image)) for item in token["children"])
                attrs = token["attrs"]
                yield ListBlock(items, bool(attrs["ordered"]), int(attrs.get("start", 1)))
            case "block_quote":
                yield Quote(tuple(_blocks(token["children"], read_image)))
            case _:
                yield from _leaf(token)


def _leaf(token: Token) -> Iterable[Block]:
    match token["type"]:
        case "heading":
            yield Heading(token["attrs"]["level"], _inlines(token["children"]))
        case "block_code":
            yield Preformatted(token["raw"].rstrip("\n"))
        case "table":
            yield _table(token)
        case "def_list":
            yield _definitions(token)
        case "thematic_break":
            yield Rule()
        case "block_html":
            text = token["raw"].strip()
            if text:
                yield Paragraph((Text(text),))
        case "blank_line":
            pass
        case kind:
            raise ValueError(f"Markdown of a kind that is not known: {kind}")


def _paragraph(tokens: list[Token], read_image: ImageReader) -> Iterable[Block]:
    """Yield a paragraph, and the images in it as blocks of their own, in order."""
    prose: list[Token] = []
    for token in tokens:
        if token["type"] != "image":
            prose.append(token)
            continue
        yield from _prose(prose)
        prose = []
        attrs = token["attrs"]
        alt = plain_text(_inlines(token["children"]))
        yield read_image(attrs["url"], alt, attrs.get("title") or "")
    yield from _prose(prose)


def _prose(tokens: list[Token]) -> Iterable[Block]:
    children = _inlines(tokens)
    if plain_text(children).strip() or any(isinstance(child, Link) for child in children):
        yield Paragraph(children)


def _inlines(tokens: Iterable[Token]) -> tuple[Inline, ...]:
    return tuple(inline for token in tokens for inline in _inline(token))


def _inline(token: Token) -> Iterable[Inline]:
    match token["type"]:
        case "text":
            yield Text(html.unescape(token["raw"]))
        case "strong":
            yield Strong(_inlines(token["children"]))
        case "emphasis":
            yield Emphasis(_inlines(token["children"]))
        case "codespan":
            yield Code(html.unescape(token["raw"]))
        case "link":
            children = _inlines(token["children"])
            url = html.unescape(token["attrs"]["url"])
            if url.startswith(f"{SCHEME}:"):
                yield FactLink(url.removeprefix(f"{SCHEME}:"), children)
            elif url.startswith("#") or urlsplit(url).scheme in _SAFE_SCHEMES:
                yield Link(url, children)
            else:
                yield from children
        case "linebreak":
            yield LineBreak()
        case "softbreak":
            yield Text(" ")
        case "image":
            yield from _inlines(token["children"])
        case _:
            yield Text(token["raw"])


def _table(token: Token) -> Table:
    head, *bodies = token["children"]
    columns = tuple(
        Column(
            plain_text(_inlines(cell["children"])), "right" if cell["attrs"]["align"] == "right" else "left"
        )
        for cell in head["children"]
    )
    rows = tuple(
        tuple(plain_text(_inlines(cell["children"])) for cell in row["children"])
        for body in bodies
        for row in body["children"]
    )
    return Table("", "", columns, rows)


def _definitions(token: Token) -> Definitions:
    items: list[tuple[tuple[Inline, ...], tuple[Inline, ...]]] = []
    term: tuple[Inline, ...] = ()
    for child in token["children"]:
        if child["type"] == "def_list_head":
            term = _inlines(child["children"])
        else:
            prose = [part for block in child["children"] for part in block.get("children", ())]
            items.append((term, _inlines(prose)))
    return Definitions(tuple(items))
