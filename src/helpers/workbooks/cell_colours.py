"""Colour cells of a sheet: only their rows are written anew, the rest stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from helpers.tables import cell_name, parse_cell_name
from helpers.workbooks.cell_styles import CellStyles
from helpers.workbooks.marks import CellMark
from helpers.workbooks.package import local, parse

_ROOT = re.compile(rb"<(?P<prefix>\w+:)?worksheet\b[^>]*>")
_DATA = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*?(?P<empty>/)?>")
_DATA_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_ROW = re.compile(rb"<(?:\w+:)?row\b(?P<attributes>[^>]*?)(?:/>|>.*?</(?:\w+:)?row\s*>)", re.DOTALL)
_NUMBER = re.compile(rb'\br="(\d{1,7})"')

Marks = Mapping[tuple[int, int], CellMark]


def colour_cells(content: bytes, marks: Marks, styles: CellStyles) -> bytes:
    """Return a worksheet part with the marked cells coloured.

    Parameters
    ----------
    content : bytes
    marks : Mapping
        (row from 1, column from 0) -> mark.
    styles : CellStyles
        Given a coloured style for each that is needed.

    Raises
    ------
    ValueError
        If the part is not a worksheet's.
    """
    root, data = _ROOT.search(content), _DATA.search(content)
    if root is None or data is None:
        raise ValueError("not a worksheet")
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), mark in marks.items():
        by_row.setdefault(row, {})[column] = mark.severity
    end = None if data["empty"] else _DATA_END.search(content, data.end())
    stop = data.end() if end is None else end.start()
    prefix = root["prefix"] or b""
    pieces = [content[: data.start()], b"<" + prefix + b"sheetData>"]
    done = data.end()
    for start, finish, number in _rows(content, data.end(), stop):
        pieces.append(content[done:start])
        pieces += [_new_row(root, row, by_row.pop(row), styles) for row in sorted(by_row) if row < number]
        own = content[start:finish]
        pieces.append(_row_with(root, own, number, by_row.pop(number), styles) if number in by_row else own)
        done = finish
    pieces.append(content[done:stop])
    pieces += [_new_row(root, row, by_row.pop(row), styles) for row in sorted(by_row)]
    pieces.append(b"</" + prefix + b"sheetData>")
    pieces.append(content[data.end() if end is None else end.end() :])
    return b"".join(pieces)


def _rows(content: bytes, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """Yield beginning, end and number of each row; a row without a number follows the one before it."""
    number = 0
    for match in _ROW.finditer(content, start, stop):
        told = _NUMBER.search(match["attributes"])
        number = int(told[1]) if told else number + 1
        yield match.start(), match.end(), number


def _new_row(root: re.Match[bytes], row: int, cells: Mapping[int, str], styles: CellStyles) -> bytes:
    prefix = root["prefix"] or b""
    return _row_with(root, b'<%srow r="%d"/>' % (prefix, row), row, cells, styles)


def _row_with(
    root: re.Match[bytes], own: bytes, number: int, cells: Mapping[int, str], styles: CellStyles
) -> bytes:
    """Return one row with its marked cells coloured; cells that were blank are added in their place."""
    opening = root[0]
    # The root's own tag around the row declares the prefixes that the row may use.
    tree = parse(opening + own + b"</" + (root["prefix"] or b"") + b"worksheet>")
    row = tree[0]
    space = etree.QName(row).namespace
    base = int(row.get("s", "0")) if row.get("customFormat") in ("1", "true") else 0
    known = _cells_by_column(row)
    for column, severity in sorted(cells.items()):
        cell = known.get(column)
        if cell is None:
            cell = etree.Element(f"{{{space}}}c", r=cell_name(number, column), s=str(base))
            before = [position for position, other in known.items() if position < column]
            row.insert(row.index(known[max(before)]) + 1 if before else 0, cell)
            known[column] = cell
            # A hint at the columns in use, wrong from here on.
            row.attrib.pop("spans", None)
        cell.set("s", str(styles.coloured(int(cell.get("s", "0")), severity)))
    written: bytes = etree.tostring(tree)
    return written[written.index(b">") + 1 : written.rindex(b"</")]


def _cells_by_column(row: Any) -> dict[int, Any]:
    known: dict[int, Any] = {}
    column = -1
    for cell in row:
        if isinstance(cell.tag, str) and local(cell) == "c":
            reference = cell.get("r")
            column = parse_cell_name(reference)[1] if reference else column + 1
            known[column] = cell
    return known
