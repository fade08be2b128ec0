"""PDF files: the lines of each page, joined again into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import PdfDocument

from helpers.claims.model import Block, DocumentText, TextFinding
from helpers.claims.readers.plain import clean_text
from helpers.errors import DataError, Finding, Place

_END = re.compile(r"[.:;!?…][\"”’')]*$")
_BULLET = re.compile(r"\s*(?:[-•▪–*✓]|\(?\d{1,2}[.)]|[a-z][.)])\s")
#: Lines shorter than this part of the page's longest end a paragraph.
SHORT_LINE = 0.62
#: A line of so many numbers is a table's row, whose columns a PDF does not keep.
TABLE_NUMBERS = 3
#: Wide enough that no figure of such a row is called wrong.
TABLE_COLUMNS = 99


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
    return DocumentText(name, tuple(blocks), tuple(_empty_pages(pages, name)))


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
    """Return whether a line looks like a table's row: figures side by side, few words."""
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
            yield Block(" ".join(gathered), offset + start + 1)
            gathered = []
        if row:
            yield Block(text, offset + number + 1, "cell", columns=TABLE_COLUMNS)
        elif text:
            start = start if gathered else number
            gathered.append(text)
            if _END.search(text) or len(text) < SHORT_LINE * longest:
                yield Block(" ".join(gathered), offset + start + 1)
                gathered = []
    if gathered:
        yield Block(" ".join(gathered), offset + start + 1)
