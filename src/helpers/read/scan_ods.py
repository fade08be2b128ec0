"""What the reader does not tell of an ODS file: merges, hidden rows, errors, and its true size.

OpenDocument writes a row or a cell once and says how often it repeats: a file of one
kilobyte can unfold to gigabytes as soon as it is opened. The scan counts before that; it
streams the XML and keeps only what it reports.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from helpers.read.scan import SheetScan

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
#: No sheet has more rows; a repetition is only followed so far.
_LAST_ROW = 1_048_576
#: Hidden rows are listed one by one: filters hide thousands, a hidden rest of a sheet a million.
_LISTED_HIDDEN = 100_000
_PIECE = 1024 * 1024


@dataclass(slots=True)
class _Reader:
    """Follows the start and end of elements; rows from 1, columns from 0."""

    sheets: dict[str, SheetScan] = field(default_factory=dict)
    scan: SheetScan = field(default_factory=SheetScan)
    row: int = 0
    row_repeat: int = 1
    row_hidden: bool = False
    row_used: bool = False
    column: int = 0
    error: bool = False
    in_note: bool = False
    text: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self._start_cell(attributes)
        elif name == _TABLE + "table-row":
            self.row_repeat = _count(attributes, "number-rows-repeated")
            self.row_hidden = attributes.get(_TABLE + "visibility") in ("collapse", "filter")
            self.row_used, self.column = False, 0
        elif name == _TABLE + "table":
            # The reader starts each rectangle at A1, and an empty table has none.
            self.scan = SheetScan(last_column=0)
            self.sheets[attributes.get(_TABLE + "name", "")] = self.scan
            self.row = 0
        elif name == _OFFICE + "annotation":
            self.in_note = True
        elif name == _TEXT + "p" and self.error and not self.in_note:
            self.text = ""

    def _start_cell(self, attributes: dict[str, str]) -> None:
        repeat = _count(attributes, "number-columns-repeated")
        self.scan.written += 1
        kind = attributes.get(_OFFICE + "value-type")
        place = (self.row + 1, self.column)
        self.error = attributes.get(_CALC + "value-type") == "error"
        if self.error:
            self.scan.broken[place] = ""
        elif kind is None and _TABLE + "formula" in attributes:
            self.scan.broken[place] = "="
        down = _count(attributes, "number-rows-spanned")
        right = _count(attributes, "number-columns-spanned")
        if down > 1 or right > 1:
            self.scan.merges.append((*place, place[0] + down - 1, place[1] + right - 1))
        if kind is not None or self.error:
            self.row_used = True
            self.scan.last_column = max(self.scan.last_column, self.column + repeat - 1)
        self.column += repeat

    def data(self, text: str) -> None:
        if self.text is not None:
            self.text += text[:20]

    def end(self, name: str) -> None:
        if name == _TEXT + "p" and self.text is not None:
            self.scan.broken[(self.row + 1, self.column - 1)] = self.text[:20]
            self.text, self.error = None, False
        elif name == _OFFICE + "annotation":
            self.in_note = False
        elif name == _TABLE + "table-row":
            last = min(self.row + self.row_repeat, _LAST_ROW)
            if self.row_used:
                self.scan.last_row = last
            if self.row_hidden and len(self.scan.hidden_rows) < _LISTED_HIDDEN:
                self.scan.hidden_rows += range(self.row + 1, min(last, self.row + _LISTED_HIDDEN) + 1)
            self.row = last


def _count(attributes: dict[str, str], name: str) -> int:
    # A missing or senseless number is one, as readers take it.
    text = attributes.get(_TABLE + name, "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def scan_ods(path: Path) -> dict[str, SheetScan]:
    """Scan all sheets of an ODS file: the reader unfolds all of them when it opens it.

    Raises
    ------
    zipfile.BadZipFile, KeyError, ValueError, expat.ExpatError
        If the archive is cut off, has no content, declares entities or is no XML.
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.EntityDeclHandler = _refuse_entity
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        while piece := stream.read(_PIECE):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    return reader.sheets


def _refuse_entity(*_: object) -> None:
    raise ValueError("content.xml declares entities")
