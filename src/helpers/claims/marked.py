"""The result as a page: the text with its figures marked, and the origin of each."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from helpers.claims.check import CheckResult, describe_note
from helpers.claims.model import CheckedClaim, Fact
from helpers.claims.terminal import ORDER, SYMBOLS
from helpers.messages import translate
from helpers.theme.palette import palette

#: A digest is shown as far as people compare it.
DIGEST_LENGTH = 12


def write_marked_page(result: CheckResult, path: Path, locale: str) -> Path:
    """Write the page; one file that makes no request and runs no script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render_marked_page(result, locale), encoding="utf-8")
    return path


def render_marked_page(result: CheckResult, locale: str) -> str:
    """Return the page as HTML."""
    numbered = list(enumerate(result.checked, start=1))

    def say(key: str, **values: Any) -> str:
        return translate(f"claims.{key}", locale, **values)

    return _template().render(
        lang=locale,
        text_lang=result.lang,
        say=say,
        result=result,
        summary=result.summary,
        symbols=SYMBOLS,
        blocks=[
            _marked_block(result, number, numbered, locale) for number in range(len(result.document.blocks))
        ],
        rows=[
            _row(number, item, locale)
            for status in ORDER
            for number, item in numbered
            if item.status == status
        ],
        findings=[(finding.severity, finding.text(locale)) for finding in result.findings],
        light=palette("light"),
        dark=palette("dark"),
    )


@cache
def _template() -> Template:
    source = files("helpers.claims").joinpath("templates", "marked.html").read_text(encoding="utf-8")
    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).from_string(source)


def _marked_block(
    result: CheckResult, number: int, numbered: list[tuple[int, CheckedClaim]], locale: str
) -> dict[str, Any]:
    """Return a block's text with its claims marked; of two that overlap the first is shown."""
    block = result.document.blocks[number]
    html, last = Markup(), 0
    for index, item in numbered:
        claim = item.claim
        start, end = claim.offset + claim.start, claim.offset + claim.end
        if claim.block != number or start < last:
            continue
        status = translate(f"claims.status.{item.status}", locale)
        html += escape(block.text[last:start])
        html += Markup(
            '<a class="{0}" id="t{1}" href="#c{1}"><span class="s" aria-hidden="true">{2}</span>{3}'
            '<span class="v"> ({4})</span></a>'
        ).format(item.status, index, SYMBOLS[item.status], block.text[start:end], status)
        last = end
    return {
        "html": html + escape(block.text[last:]),
        "line": block.line,
        "kind": block.kind,
        "label": " · ".join(block.labels),
    }


def _row(number: int, item: CheckedClaim, locale: str) -> dict[str, Any]:
    return {
        "number": number,
        "item": item,
        "note": describe_note(item, locale),
        "value": "" if item.fact is None else item.fact.text.get(locale, ""),
        "origin": [] if item.fact is None else _origin(item.fact),
    }


def _origin(fact: Fact) -> list[str]:
    lines = []
    for source in fact.sources:
        place = ", ".join(str(source[key]) for key in ("file", "sheet", "cells") if source.get(key))
        digest = str(source.get("sha256") or "")[:DIGEST_LENGTH]
        lines.append(f"{place} (sha256 {digest}…)" if digest else place)
    return [*lines, fact.computed_by] if fact.computed_by else lines
