"""What a workbook reader does not tell: hidden rows, formulas without results, far-off cells.

The reader fills a rectangle from A1 to the last used cell and gives an empty text for an
error or for a formula saved without its result. One value in XFD1048576 would ask it for
half a terabyte and end the process, so the extent is known before it is asked. The scan
looks at the sheets' XML as bytes, in pieces, and keeps nothing of the values.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from helpers.read.cells import parse_cell_name
from helpers.read.guards import MAX_SHEET_CELLS

_PIECE = 8 * 1024 * 1024
#: One row of 16,384 cells is below 2 MB; more without a row's end is not a sheet.
_LONGEST_ROW = 64 * 1024 * 1024
#: Repeated cells of a real ODS file are few; a bomb is nothing else.
_UNFOLDED_FREELY, _UNFOLDED_TIMES = 2_000_000, 20
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
#: Begins with a fixed text, which is searched for quickly; the other knows prefixes too.
_NUMBERED_ROW = re.compile(rb"<row\s[^>]*?\br=[\"'](\d{1,7})[\"']")
_PREFIXED_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br=[\"'](\d{1,7})[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_FORMULA = rb"<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
_UNCACHED = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*" + _FORMULA + rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?"
    rb"\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b([^>]*\bt=[\"']e[\"'][^>]*)>(?:\s*" + _FORMULA + rb")?\s*<(?:\w+:)?v>([^<]{0,20})<"
)
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3}[0-9]{1,7})[\"']")
#: Found at the speed of a text search; most pieces have none and need no closer look.
_MAYBE_FAR = re.compile(rb"r=[\"'](?:[A-Z]{2,3}[0-9]|[A-Z][0-9]{7})")
#: Only cells right of Z or below row 999,999 can make the rectangle dangerous.
_FAR = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]{2,3}[0-9]{1,7}|[A-Z][0-9]{7})[\"'][^>]*?(/>|></(?:\w+:)?c>|>)"
)
_ANY_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c\b")


@dataclass(slots=True)
class SheetScan:
    """What was seen in one sheet; rows from 1, columns from 0.

    ``merges`` are given only where the reader has none. ``written`` is the number of cells
    in the file where the format lets one stand for many, else 0.
    """

    hidden_rows: list[int] = field(default_factory=list)
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 25
    written: int = 0

    @property
    def cell_count(self) -> int:
        """Size of the rectangle that the reader will fill."""
        return self.last_row * (self.last_column + 1)

    @property
    def cell_limit(self) -> int:
        """Size from which it is refused: a national table, or little written and much unfolded."""
        unfolded = _UNFOLDED_FREELY + _UNFOLDED_TIMES * self.written
        return min(MAX_SHEET_CELLS, unfolded) if self.written else MAX_SHEET_CELLS


def scan_xlsx(path: Path, sheets: list[str]) -> dict[str, SheetScan]:
    """Scan the named sheets of an XLSX file.

    Raises
    ------
    zipfile.BadZipFile, KeyError, ValueError, ElementTree.ParseError
        If the archive is cut off or has no parts of a workbook.
    """
    with zipfile.ZipFile(path) as archive:
        parts = _sheet_parts(archive)
        return {name: _scan_part(archive, parts[name]) for name in sheets if name in parts}


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    targets = {
        item.get("Id"): item.get("Target", "") for item in _small_xml(archive, "xl/_rels/workbook.xml.rels")
    }
    parts: dict[str, str] = {}
    for item in _small_xml(archive, "xl/workbook.xml").iter():
        if item.tag.rpartition("}")[2] != "sheet":
            continue
        relation = next((value for key, value in item.attrib.items() if key.endswith("}id")), None)
        target = targets.get(relation, "")
        if target:
            part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            parts[item.get("name", "")] = posixpath.normpath(part)
    return parts


def _small_xml(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    content = archive.read(part)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError(f"{part} declares entities")
    return ElementTree.fromstring(content)


def _scan_part(archive: zipfile.ZipFile, part: str) -> SheetScan:
    scan = SheetScan()
    for piece in _pieces(archive, part):
        # Each search costs as much as a part of the reading: none is made twice.
        prefixed = b":row" in piece
        numbers = _row_numbers(piece, prefixed)
        _scan_rows(piece, numbers, scan)
        if b't="e"' in piece or b"t='e'" in piece:
            for attributes, value in _ERROR.findall(piece):
                _note_broken(scan, attributes, value.decode("utf-8", "replace"))
        if b"<f" in piece or b":f" in piece:
            for (attributes,) in (match.groups() for match in _UNCACHED.finditer(piece)):
                # A formula that gives an empty text is saved with t="str": that is a result.
                if b't="str"' not in attributes:
                    _note_broken(scan, attributes, "=")
        if _MAYBE_FAR.search(piece):
            _note_far(piece, scan)
        # Most writers give each cell its address first; others may give none at all.
        if prefixed or piece.count(b"<c ") + piece.count(b"<c>") != piece.count(b'<c r="'):
            _note_unplaced(piece, len(numbers), scan)
    return scan


def _note_unplaced(piece: bytes, numbered: int, scan: SheetScan) -> None:
    """Count cells and rows: without an address each stands after the one before it."""
    rows = _ANY_ROW.split(piece)[1:]
    cells = [len(_ANY_CELL.findall(row)) for row in rows]
    scan.last_column = max(scan.last_column, max(cells, default=0) - 1)
    if len(rows) > numbered:
        scan.last_row += len(rows)


def _note_far(piece: bytes, scan: SheetScan) -> None:
    for reference, end in _FAR.findall(piece):
        if end == b">":
            row, column = parse_cell_name(reference.decode())
            scan.last_row = max(scan.last_row, row)
            scan.last_column = max(scan.last_column, column)


def _row_numbers(piece: bytes, prefixed: bool) -> list[int]:
    pattern = _PREFIXED_ROW if prefixed else _NUMBERED_ROW
    return list(map(int, pattern.findall(piece)))


def _scan_rows(piece: bytes, numbers: list[int], scan: SheetScan) -> None:
    near = [row for row in numbers if row < 1_000_000]
    scan.last_row = max(scan.last_row, max(near, default=0))
    if b"hidden=" not in piece:
        return
    for attributes in _ROW.findall(piece):
        number = _ROW_NUMBER.search(attributes)
        if number is not None and _HIDDEN.search(attributes):
            scan.hidden_rows.append(int(number[1]))


def _note_broken(scan: SheetScan, attributes: bytes, value: str) -> None:
    reference = _REFERENCE.search(attributes)
    if reference is not None:
        scan.broken[parse_cell_name(reference[1].decode())] = value


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield the part in pieces that end where a row ends."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_PIECE):
            rest += chunk
            end = rest.rfind(b"row>")
            if end >= 0:
                yield rest[: end + 4]
                rest = rest[end + 4 :]
            elif len(rest) > _LONGEST_ROW:
                raise ValueError(f"{part} has a row without end")
    yield rest
