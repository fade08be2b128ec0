"""Word files: body, tables, text boxes, headers, footers, foot- and endnotes.

Insertions of tracked changes are read, deletions are not; pictures, charts, tracked changes
and comments are findings. Each paragraph keeps its runs,
so that a comment can be put on the very words of a claim.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from helpers.check.model import Block, BlockKind, DocumentText, TextFinding
from helpers.check.readers.plain import clean_text
from helpers.check.readers.unread import picture_texts, word_findings
from helpers.errors import DataError, Finding, Place

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}txbxContent", _FALLBACK}
_MARKS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: Parts beside the body that readers of the document see.
_PARTS = ("word/header", "word/footer", "word/footnotes", "word/endnotes")
#: No release is this long; a part beyond it is an attack or a mistake.
LARGEST_PART = 64 * 1024 * 1024


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its text, and the run that each character stands in."""

    element: Any
    text: str
    runs: tuple[Any, ...]
    kind: BlockKind
    labels: tuple[str, ...] = ()
    columns: int = 0


def read_docx(data: bytes, name: str) -> DocumentText:
    """Return the text of a Word file; ``line`` counts its paragraphs."""
    blocks: list[Block] = []
    number = 0
    roots, findings = _roots(data, name)
    for root in roots:
        for paragraph in iterate_paragraphs(root):
            number += 1
            blocks += [Block(text, number, "alt") for text in picture_texts(paragraph.element)]
            if paragraph.text.strip():
                blocks.append(
                    Block(paragraph.text, number, paragraph.kind, paragraph.labels, paragraph.columns)
                )
    return DocumentText(name, tuple(blocks), findings)


def _roots(data: bytes, name: str) -> tuple[list[Any], tuple[Finding, ...]]:
    """Return the parts that readers see, and findings about what cannot be read."""
    if data.startswith(_OLE):
        code = "encrypted" if _ENCRYPTED in data else "old_word"
        raise DataError(findings=[TextFinding(code, "text", Place(name))])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in sorted(archive.namelist()) if part.startswith(_PARTS)]
            names = ["word/document.xml", *(part for part in parts if part.endswith(".xml"))]
            if any(archive.getinfo(part).file_size > LARGEST_PART for part in names):
                raise ValueError("too large")
            roots = [etree.fromstring(archive.read(part), parser) for part in names]
            return roots, tuple(word_findings(archive, roots, name))
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, etree.XMLSyntaxError, OSError) as error:
        values = {"detail": type(error).__name__}
        raise DataError(findings=[TextFinding("unreadable", "text", Place(name), values=values)]) from error


def iterate_paragraphs(root: Any) -> Iterator[Paragraph]:
    """Yield the paragraphs below an element in reading order, those of text boxes after their anchor."""
    tables: dict[Any, list[list[str]]] = {}
    for element in root.iter(f"{W}p"):
        if any(ancestor.tag == _FALLBACK for ancestor in element.iterancestors()):
            continue
        characters = list(_characters(element))
        text = "".join(character for character, _ in characters)
        runs = tuple(run for _, run in characters)
        cell = next(element.iterancestors(f"{W}tc"), None)
        if cell is None:
            yield Paragraph(element, text, runs, "heading" if _is_heading(element) else "paragraph")
            continue
        labels, columns = _cell_context(cell, tables)
        yield Paragraph(element, text, runs, "cell", labels, columns)


def _characters(element: Any) -> Iterator[tuple[str, Any]]:
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == f"{W}t":
            run = next(child.iterancestors(f"{W}r"), None)
            yield from ((character, run) for character in clean_text(child.text or ""))
        elif child.tag in _MARKS:
            yield _MARKS[child.tag], next(child.iterancestors(f"{W}r"), None)
        else:
            yield from _characters(child)


def _is_heading(element: Any) -> bool:
    style = element.find(f"{W}pPr/{W}pStyle")
    value = "" if style is None else str(style.get(f"{W}val") or "").lower()
    return value.startswith(("heading", "judul", "title"))


def _cell_context(cell: Any, tables: dict[Any, list[list[str]]]) -> tuple[tuple[str, ...], int]:
    """Return what names a cell: its row's first cell and its column's heading."""
    table = next(cell.iterancestors(f"{W}tbl"))
    if table not in tables:
        tables[table] = [
            [_cell_text(other) for other in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")
        ]
    rows = tables[table]
    row = cell.getparent()
    if row is None or row.tag != f"{W}tr":
        return (), len(rows[0]) if rows else 0
    position = row.findall(f"{W}tc").index(cell)
    number = table.findall(f"{W}tr").index(row)
    labels = [rows[number][0]] if position else []
    if number and position < len(rows[0]):
        labels.append(rows[0][position])
    return tuple(label for label in labels if label), len(rows[number])


def _cell_text(cell: Any) -> str:
    return " ".join(
        "".join(character for character, _ in _characters(element)) for element in cell.iter(f"{W}p")
    ).strip()
