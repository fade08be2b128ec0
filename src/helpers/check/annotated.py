"""Mark the figures in the checked text: a page with origins, a Word file with comments."""

from __future__ import annotations

import copy
import io
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from docx import Document
from docx.text.run import Run
from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from helpers.check.check import CheckResult, describe_note
from helpers.check.model import ORDER, SYMBOLS, CheckedClaim, Fact
from helpers.check.readers.word import Paragraph, W, iterate_paragraphs
from helpers.messages import translate
from helpers.read.xlsx_bytes import pack_parts, read_parts
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
        return translate(f"check.{key}", locale, **values)

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
    source = files("helpers.check").joinpath("templates", "marked.html").read_text(encoding="utf-8")
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
        status = translate(f"check.status.{item.status}", locale)
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


_AUTHOR = "make check"
_INITIALS = "MC"


def write_commented_copy(source: Path, result: CheckResult, target: Path, locale: str) -> Path:
    """Write the copy.

    A figure in a header, footer or footnote, where Word allows no comment, is commented
    at the body's first words.
    """
    document = Document(str(source))
    paragraphs = list(iterate_paragraphs(document.element.body))
    differing = [item for item in result.checked if item.status == "differs"]
    # from the last to the first, so that splitting a run leaves earlier offsets alone
    for item in reversed(differing):
        text = _comment_text(item, locale)
        runs = _runs_of(paragraphs, item)
        if not runs:
            runs = _first_runs(paragraphs)
            text = f"{item.claim.text}: {text}"
        if runs:
            comment = document.add_comment(
                runs=[Run(run, document) for run in (runs[0], runs[-1])],
                text=text,
                author=_AUTHOR,
                initials=_INITIALS,
            )
            comment._comment_elm.attrib.pop(f"{W}date", None)
    buffer = io.BytesIO()
    document.save(buffer)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pack_parts(read_parts(buffer.getvalue()), compress=True))
    return target


def _comment_text(item: CheckedClaim, locale: str) -> str:
    expected = translate("check.comment.expected", locale, expected=item.expected) if item.expected else ""
    fact = translate("check.comment.fact", locale, fact=item.fact.key) if item.fact else ""
    return " ".join(part for part in (describe_note(item, locale), expected, fact) if part)


def _runs_of(paragraphs: list[Paragraph], item: CheckedClaim) -> list[Any]:
    """Return the runs that hold exactly a claim's words, split off their neighbours."""
    claim = item.claim
    if claim.line > len(paragraphs):
        return []
    paragraph = paragraphs[claim.line - 1]
    start, end = claim.offset + claim.start, claim.offset + claim.end
    if paragraph.text[start:end] != claim.text:
        return []
    current = _characters_now(paragraph)
    wanted = [run for run in current[start:end] if run is not None]
    if not wanted:
        return []
    runs = list(dict.fromkeys(wanted))
    first_offset = current[:start].count(runs[0])
    if first_offset:
        runs[0] = _split(runs[0], first_offset)
        current = _characters_now(paragraph)
    inside = current[:end].count(runs[-1])
    if current.count(runs[-1]) > inside:
        _split(runs[-1], inside)
    return runs


def _characters_now(paragraph: Paragraph) -> list[Any]:
    """Return the run of each character as the paragraph now is, after earlier splits."""
    fresh = next(
        item
        for item in iterate_paragraphs(paragraph.element.getparent())
        if item.element is paragraph.element
    )
    return list(fresh.runs)


def _split(run: Any, offset: int) -> Any:
    """Split a run of plain text behind ``offset`` characters; return the later half.

    A run that holds more than one piece of text stays whole: the comment is then wider.
    """
    texts = run.findall(f"{W}t")
    pieces = [child for child in run if child.tag != f"{W}rPr"]
    if len(texts) != 1 or len(pieces) != 1 or len(texts[0].text or "") <= offset:
        return run
    later = copy.deepcopy(run)
    whole = texts[0].text
    for part, content in ((run, whole[:offset]), (later, whole[offset:])):
        text = part.find(f"{W}t")
        text.text = content
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(later)
    return later


def _first_runs(paragraphs: list[Paragraph]) -> list[Any]:
    return next(([run] for paragraph in paragraphs for run in paragraph.runs if run is not None), [])
