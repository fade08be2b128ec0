"""Copies of an office's files with the bad cells coloured and commented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING

from helpers.edition import Edition, Source
from helpers.errors import DataError
from helpers.messages import translate
from helpers.tables import RawSheet, declared_sheets, escape_formula, read_raw
from helpers.tables.guards import check_file
from helpers.tables.xlsx_bytes import pack_parts, read_parts, workbook_bytes
from helpers.workbooks.cell_colours import colour_cells
from helpers.workbooks.cell_styles import CellStyles
from helpers.workbooks.comments import add_comments
from helpers.workbooks.marks import FileMarks, collect_marks
from helpers.workbooks.package import Package

#: Of a sheet so many cells are commented; further ones are coloured alone, or Excel becomes slow.
MAX_COMMENTS = 1000
#: A sheet is held in memory while it is marked; one of a national survey is told of in the lists only.
MAX_BYTES = 256 * 1024 * 1024
_PLAIN_SHEET = "Data"


def write_marked_copies(quality: Iterable[Mapping[str, Any]], edition: Edition, folder: Path) -> list[Path]:
    """Write a copy of each file of which something is said about a cell.

    An XLSX file stays as it was, byte for byte, but for the marked rows, their styles and
    the comments: charts, hidden sheets, formulas with their results and checks are kept. Of
    CSV, XLS and ODS the table is copied into a plain XLSX.

    Parameters
    ----------
    quality : iterable of Mapping
        Sources as in ``quality.json`` (`CleanResult.quality`).
    edition : Edition
    folder : Path
        Made if a copy is written.

    Returns
    -------
    list of Path
        The copies, in the order of the sources. A file that cannot be opened, is very
        large, or was refused for personal data has none.
    """
    marks = collect_marks(quality)
    written: list[Path] = []
    for source in edition.sources.values():
        own = marks.pop(source.path.name, None)
        content = None if own is None else _marked(source, own)
        if content is None:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        # The suffix stays in the name: desa.csv and desa.xls are two files.
        known = source.path.suffix.lower() in (".xlsx", ".xlsm")
        path = folder / (source.path.name if known else f"{source.path.name}.xlsx")
        path.write_bytes(content)
        written.append(path)
    return written


def _marked(source: Source, marks: FileMarks) -> bytes | None:
    """Return a marked copy, or None where the file cannot be copied (the findings say why)."""
    try:
        kind = check_file(source.path, source.name)
        if source.path.stat().st_size > MAX_BYTES:
            return None
        if kind == "xlsx":
            return mark_workbook(source.path.read_bytes(), marks, declared_sheets(source))
        workbook = read_raw(source)
    except DataError:
        return None
    sheets = {name or _PLAIN_SHEET: sheet for name, sheet in workbook.sheets.items()}
    return mark_workbook(_plain_copy(sheets), marks, list(sheets))


def mark_workbook(content: bytes, marks: FileMarks, sheets: list[str]) -> bytes | None:
    """Return a workbook with the marked cells coloured and commented.

    Parameters
    ----------
    content : bytes
        An XLSX file.
    marks : Mapping
        By sheet; what names no sheet is about the first of ``sheets``.
    sheets : list of str
        Declared sheets; none means the first of the workbook.

    Returns
    -------
    bytes or None
        None if no marked sheet is in the workbook, or its parts are not as they must be.
    """
    try:
        package = Package(read_parts(content))
        parts = {_simple(name): part for name, part in package.sheets().items()}
        first = _simple(sheets[0]) if sheets else next(iter(parts), "")
        styles_part = package.target(package.workbook, "styles")
        if styles_part is None:
            return None
        styles = CellStyles(package.parts[styles_part])
        author = translate("workbooks.marked.author", "id")
        marked = False
        for name, cells in marks.items():
            part = parts.get(_simple(name) or first)
            if part is None or len(package.parts[part]) > MAX_BYTES:
                continue
            package.parts[part] = colour_cells(package.parts[part], cells, styles)
            add_comments(package, part, dict(sorted(cells.items())[:MAX_COMMENTS]), author)
            marked = True
        package.parts[styles_part] = styles.content()
    except (ValueError, KeyError, IndexError, StopIteration):
        # Read by another library, but not as a workbook is written by any known program.
        return None
    return pack_parts(package.parts) if marked else None


def _simple(name: str) -> str:
    return " ".join(name.split()).casefold()


def _plain_copy(sheets: Mapping[str, RawSheet]) -> bytes:
    """Return the tables of a file that is no XLSX as one, every value at its own address."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, sheet in sheets.items():
        target = book.create_sheet(name[:31])
        for row, values in zip(sheet.cells.index, sheet.cells.itertuples(index=False), strict=True):
            for column, value in enumerate(values, start=1):
                if value == "" or pd.isna(value):
                    continue
                cell = target.cell(int(row), column)
                if isinstance(value, str):
                    cell.value = escape_formula(_printable(value))
                    cell.data_type = TYPE_STRING
                else:
                    cell.value = value
    # Nothing says when such a file was made; the clock is not asked.
    return workbook_bytes(book, dt.datetime(2000, 1, 1))


def _printable(text: str) -> str:
    """Return a text without characters that XML does not know."""
    return "".join(c for c in text if c >= " " or c in "\t\n\r")[:32767]
