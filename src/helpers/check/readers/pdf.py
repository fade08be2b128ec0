"""PDF files: the lines of each page, joined again into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import PdfDocument, PdfPage
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from helpers.check.model import Block, DocumentText, TextFinding
from helpers.check.readers.plain import clean_text
from helpers.check.readers.unread import pictures_finding
from helpers.errors import DataError, Finding, Place

_END = re.compile(r"[.:;!?…][\"”’')]*$")
#: Dots that lead to a page number, and the signs of a formula: neither is a statement.
_LEADERS = re.compile(r"(?:\.\s?){6,}|…{2,}")
_FORMULA = re.compile(r"[÷×]")
_OPENS_WITH_FIGURE = re.compile(r"(?:Rp\.?\s?)?\d[\d.,]*%?(?:;|\s+(?!of\b|dari\b|OPD\b))")
_BULLET = re.compile(r"\s*(?:[-•▪–*✓]|\(?\d{1,2}[.)]|[a-z][.)])\s")
#: Lines shorter than this part of the page's longest end a paragraph.
SHORT_LINE = 0.62
#: A line of so many numbers is a table's row, whose columns a PDF does not keep.
TABLE_NUMBERS = 3
#: Wide enough that no figure of such a row is called wrong.
TABLE_COLUMNS = 99
#: A picture that covers less of its page is a logo or an ornament.
LEAST_PICTURE = 0.03


def read_pdf(data: bytes, name: str) -> DocumentText:
    """Return the text of a PDF; ``line`` counts its text lines over all pages."""
    try:
        document = PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() else "unreadable"
        values = {} if code == "encrypted" else {"detail": "PDF"}
        raise DataError(findings=[TextFinding(code, "text", Place(name), values=values)]) from error
    try:
        pages = [_page_text(document, number) for number in range(len(document))]
        pictures = sum(_pictures(document[number]) for number in range(len(document)))
    finally:
        document.close()
    if not any(page.strip() for page in pages):
        raise DataError(findings=[TextFinding("scanned", "text", Place(name))])
    blocks: list[Block] = []
    line = 0
    for page in pages:
        lines = page.split("\n")
        blocks += _paragraphs(lines, line)
        line += len(lines)
    return DocumentText(name, tuple(blocks), (*_empty_pages(pages, name), *pictures_finding(pictures, name)))


def _pictures(page: PdfPage) -> int:
    """Return how many pictures of a page are large enough to hold figures; a logo is not."""
    width, height = page.get_size()
    count = 0
    for item in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = item.get_bounds()
        count += abs((right - left) * (top - bottom)) >= LEAST_PICTURE * width * height
    page.close()
    return count


def _page_text(document: PdfDocument, number: int) -> str:
    page = document[number]
    text_page = page.get_textpage()
    text = text_page.get_text_bounded()
    text_page.close()
    page.close()
    # U+FFFE and U+0002 stand for a hyphen that breaks a word at the line's end
    joined = re.sub("[\ufffe\u0002]\\s*", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    return clean_text(joined)


def _empty_pages(pages: list[str], name: str) -> Iterator[Finding]:
    empty = [str(number) for number, page in enumerate(pages, start=1) if not page.strip()]
    if empty:
        yield TextFinding(
            "page_without_text", "text", Place(name), severity="warning", values={"pages": ", ".join(empty)}
        )


def _is_row(text: str) -> bool:
    """Return whether a line looks like a table's row: bare figures, figures side by side, few words."""
    if _LEADERS.search(text) or _FORMULA.search(text) or not re.search(r"[^\W\d_]{3,}", text):
        return bool(re.search(r"\d", text))
    numbers = len(re.findall(r"\d[\d.,]*", text))
    words = len(re.findall(r"(?!Rp)[^\W\d_]{2,}", text))
    pairs = len(re.findall(r"\d%?(?=\s+(?:Rp\s?)?\d|Rp\s?\d)", text))
    return (numbers >= TABLE_NUMBERS and (words <= numbers or pairs > 1)) or (pairs > 0 and words <= 3)


def _paragraphs(lines: list[str], offset: int) -> Iterator[Block]:
    longest = max((len(line) for line in lines), default=0)
    gathered: list[str] = []
    start = 0
    for number, line in enumerate(lines):
        text = line.strip()
        row = _is_row(text)
        closed = bool(gathered) and gathered[-1].endswith(")") and text[:1].isupper() | text[:1].isdigit()
        if gathered and (not text or row or closed or _BULLET.match(text)):
            yield _joined(gathered, offset + start + 1)
            gathered = []
        if row:
            yield Block(text, offset + number + 1, "cell", columns=TABLE_COLUMNS)
        elif text:
            start = start if gathered else number
            gathered.append(text)
            if _END.search(text) or len(text) < SHORT_LINE * longest:
                yield _joined(gathered, offset + start + 1)
                gathered = []
    if gathered:
        yield _joined(gathered, offset + start + 1)


def _joined(lines: list[str], line: int) -> Block:
    """Return lines as a paragraph; one that opens with a figure and never ends is a cell, cut off."""
    text = " ".join(lines)
    if _OPENS_WITH_FIGURE.match(text) and not _END.search(text):
        return Block(text, line, "cell", columns=TABLE_COLUMNS)
    return Block(text, line)
