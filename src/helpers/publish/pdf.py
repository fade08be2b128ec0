"""A `Document` as an accessible PDF, through Typst."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pypdfium2
import typst

from helpers.blocks import Figure
from helpers.errors import ExportError
from helpers.messages import translate
from helpers.publish.design import FONT_FOLDER
from helpers.publish.model import Document
from helpers.publish.typeset import BRIEF_SIZES, PROFILE_SIZES, RELEASE_SIZES, UNDATED, typst_source

#: Both at once: readable by everybody (PDF/UA) and for ever (PDF/A).
STANDARDS: list[Any] = ["a-2a", "ua-1"]
#: Kinds whose letters shrink to save a page: sizes in points, and the pages they may take at most.
_FITTED = {
    "press-release": (RELEASE_SIZES, 2),
    "brief": (BRIEF_SIZES, 1),
    "profile": (PROFILE_SIZES, 1),
}


@cache
def _compiler() -> typst.Compiler:
    """Return the process's compiler, which remembers fonts and layout code."""
    folder = str(FONT_FOLDER)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
    return typst.Compiler(root=folder, font_paths=fonts, ignore_system_fonts=True)


def render_pdf(document: Document) -> bytes:
    """Return the document as PDF/UA-1 and PDF/A-2a.

    Raises
    ------
    ExportError
        If Typst refuses it (a standard is not met, a character has no glyph), a figure has
        no alternative text, or a press release is longer than two pages.
    """
    return set_type(document)[1]


def set_type(document: Document) -> tuple[str, bytes]:
    """Return the source and the PDF; a release or brief in the largest letters that save it a page."""
    for block in document.blocks:
        if isinstance(block, Figure) and not block.alt.strip():
            raise _refuse(document, f"alt: {block.name}")
    if document.kind not in _FITTED:
        source = typst_source(document)
        return source, _compile(document, source)
    sizes, limit = _FITTED[document.kind]
    tries: list[tuple[int, str, bytes]] = []
    for size in sizes:
        source = typst_source(document, size)
        content = _compile(document, source)
        tries.append((_page_count(content), source, content))
        if tries[-1][0] == 1:
            break
    count, source, content = min(tries, key=lambda attempt: attempt[0])
    if count > limit:
        values = {"name": document.name, "count": count, "limit": limit}
        raise ExportError(translate("publish.errors.page_limit", document.lang, **values))
    return source, content


def _compile(document: Document, source: str) -> bytes:
    moment = dt.datetime.combine(document.release_date or UNDATED, dt.time(), tzinfo=dt.UTC)
    try:
        content = _compiler().compile(
            input=source.encode(), format="pdf", pdf_standards=STANDARDS, timestamp=moment
        )
    except typst.TypstError as error:
        raise _refuse(document, "; ".join([error.message, *error.hints])) from error
    assert isinstance(content, bytes)
    return content


def _refuse(document: Document, reason: str) -> ExportError:
    text = translate("publish.errors.pdf_refused", document.lang, name=document.name, reason=reason)
    return ExportError(text)


def _page_count(content: bytes) -> int:
    pdf = pypdfium2.PdfDocument(content)
    count = len(pdf)
    pdf.close()
    return count
