"""What the reader does not tell of an XLS file: hidden rows, and errors that it reads as blank.

An XLS file is a small file system (compound file) whose stream ``Workbook`` is a row of
records: two bytes of type, two of length, the content. The sheets' records are walked once,
and only those of rows, errors and formulas are looked at. A formula is never without a
result here: the format has a place for one in every formula.

References
----------
Microsoft, [MS-CFB] 2.2-2.6 (header, sectors, directory); [MS-XLS] 2.4.28 (BoundSheet8),
2.4.221 (Row, ``fDyZero``), 2.4.24 (BoolErr), 2.4.127 and 2.5.133 (Formula, its result).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.read.scan import SheetScan

_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
#: Sector numbers from here on are marks: free, end of chain, table.
_LAST_SECTOR = 0xFFFFFFFA
_BOUND_SHEET, _SHARED_TEXTS, _EXTENT, _ROW, _BOOL_ERROR, _FORMULA = 0x85, 0xFC, 0x200, 0x208, 0x205, 0x06
_PASSWORD = 0x2F
#: Records of cells: all begin with row and column.
_CELLS = {_BOOL_ERROR, _FORMULA, 0x201, 0x203, 0x204, 0x27E, 0xBD, 0xBE, 0xD6, 0xFD}
#: Rows and columns of the largest sheet that the format can hold.
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_BEGIN, _END, _EXCEL_97 = 0x809, 0x0A, 0x600
_ROW_IS_HIDDEN = 0x20
#: A formula's result is a number unless it ends in this mark; then its first byte tells the kind.
_NO_NUMBER, _ERROR_RESULT = 0xFFFF, 2
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A",
}  # fmt: skip


@dataclass(slots=True)
class _Compound:
    """A compound file: its sectors, and the table that chains them into streams."""

    data: bytes
    size: int
    table: list[int]

    def chain(self, first: int) -> bytes:
        """Return a stream by its first sector."""
        return b"".join(self.sector(number) for number in _follow(self.table, first))

    def sector(self, number: int) -> bytes:
        """Return one sector; the header stands where number -1 would be."""
        start = (number + 1) * self.size
        return self.data[start : start + self.size]


def _follow(table: list[int], first: int) -> Iterator[int]:
    seen = 0
    while first < _LAST_SECTOR:
        seen += 1
        if first >= len(table) or seen > len(table):
            raise ValueError("a chain of sectors leaves the file or goes in a circle")
        yield first
        first = table[first]


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _open_compound(data: bytes) -> _Compound:
    if data[:8] != _MAGIC or len(data) < 512:
        raise ValueError("no compound file")
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in (9, 12):
        raise ValueError("a sector of an impossible size")
    file = _Compound(data, 1 << shift, [])
    listed = _numbers(data[76:512])
    (further,) = struct.unpack_from("<I", data, 68)
    # The header lists 109 sectors of the table; a larger file lists the rest in sectors of their own.
    for _ in range(len(data) // file.size):
        if further >= _LAST_SECTOR:
            break
        numbers = _numbers(file.sector(further))
        listed += numbers[:-1]
        further = numbers[-1] if numbers else _LAST_SECTOR
    for number in listed:
        if number < _LAST_SECTOR:
            file.table += _numbers(file.sector(number))
    return file


def _workbook_stream(data: bytes) -> bytes:
    """Return the stream that holds the workbook."""
    file = _open_compound(data)
    directory_at, cutoff, small_at = struct.unpack_from("<I4xI I", data, 48)
    directory = file.chain(directory_at)
    entries: dict[str, tuple[int, int]] = {}
    for start in range(0, len(directory) - 127, 128):
        entry = directory[start : start + 128]
        length = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        first, size = struct.unpack_from("<II", entry, 116)
        entries.setdefault(name.casefold(), (first, size))
    first, size = entries.get("workbook") or entries["book"]
    if size >= cutoff:
        return file.chain(first)[:size]
    # A short stream lies in pieces of 64 bytes within the root's.
    small = _Compound(b"\0" * 64 + file.chain(entries["root entry"][0]), 64, _numbers(file.chain(small_at)))
    return small.chain(first)[:size]


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield a sheet's own records, without those of the charts inside it."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        start += 4
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, stream[start : start + length]
        start += length


def _bound_sheets(stream: bytes) -> dict[str, int]:
    """Return where each sheet's records begin."""
    places: dict[str, int] = {}
    # Excel 95 has no byte before a name that tells how it is written.
    (version,) = struct.unpack_from("<H", stream, 4)
    text_at = 8 if version == _EXCEL_97 else 7
    for kind, content in _records(stream, 0):
        if kind == _PASSWORD:
            # Nothing behind it can be read; the reader refuses the file by its name.
            return {}
        if kind == _SHARED_TEXTS and struct.unpack_from("<4xI", content)[0] > len(stream):
            # The reader makes room for as many texts as it is told of.
            raise ValueError("more shared texts than the file has bytes")
        if kind == _BOUND_SHEET:
            place, length = struct.unpack_from("<I2xB", content)
            is_wide = version == _EXCEL_97 and content[7] & 1
            text = content[text_at : text_at + length * (2 if is_wide else 1)]
            places[text.decode("utf-16-le" if is_wide else "cp1252", "replace")] = place
    return places


def scan_xls(path: Path) -> dict[str, SheetScan]:
    """Scan all sheets of an XLS file.

    Raises
    ------
    ValueError, KeyError, struct.error
        If the file is cut off, is no compound file or holds no workbook.
    """
    stream = _workbook_stream(path.read_bytes())
    return {name: _scan_sheet(stream, place) for name, place in _bound_sheets(stream).items()}


def _scan_sheet(stream: bytes, start: int) -> SheetScan:
    # The format ends at row 65,536 and column IV: no rectangle of it is too large.
    scan = SheetScan(last_column=0)
    for kind, content in _records(stream, start):
        # The reader makes room for the whole rectangle of a sheet, however large it is said to be.
        if kind == _EXTENT and len(content) >= 12:
            top, bottom, left, right = struct.unpack_from("<IIHH", content)
            if not (top <= bottom <= _MOST_ROWS and left <= right <= _MOST_COLUMNS):
                raise ValueError("an extent that no sheet of this format can have")
        if kind in _CELLS and struct.unpack_from("<2xH", content)[0] >= _MOST_COLUMNS:
            raise ValueError("a cell in a column that no sheet of this format has")
        if kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", content)
            if flags & _ROW_IS_HIDDEN:
                scan.hidden_rows.append(row + 1)
        elif kind == _BOOL_ERROR:
            row, column, code, is_error = struct.unpack_from("<HH2xBB", content)
            if is_error:
                scan.broken[(row + 1, column)] = _ERRORS.get(code, "#N/A")
        elif kind == _FORMULA:
            row, column, result, code, mark = struct.unpack_from("<HH2xBxBx2xH", content)
            if mark == _NO_NUMBER and result == _ERROR_RESULT:
                scan.broken[(row + 1, column)] = _ERRORS.get(code, "#N/A")
    return scan
