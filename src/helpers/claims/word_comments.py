"""A copy of a Word file with a comment on every figure that differs."""

from __future__ import annotations

import copy
import io
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.text.run import Run

from helpers.claims.check import CheckResult, describe_note
from helpers.claims.model import CheckedClaim
from helpers.claims.readers.word import Paragraph, W, iterate_paragraphs
from helpers.messages import translate

#: Word's comments carry a time and zip members too; a fixed one keeps the same bytes.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
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
    target.write_bytes(_with_fixed_times(buffer.getvalue()))
    return target


def _comment_text(item: CheckedClaim, locale: str) -> str:
    expected = translate("claims.comment.expected", locale, expected=item.expected) if item.expected else ""
    fact = translate("claims.comment.fact", locale, fact=item.fact.key) if item.fact else ""
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


def _with_fixed_times(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return buffer.getvalue()
