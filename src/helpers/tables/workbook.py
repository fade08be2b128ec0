"""Workbooks (XLSX, XLS, ODS) through calamine, with every value at its address."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import python_calamine as calamine

from helpers.tables.guards import MAX_SHEET_CELLS, refuse
from helpers.tables.model import RawSheet, RawWorkbook
from helpers.tables.scan import SheetScan, scan_xlsx

_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"[^>]*office:value-type')
_MAX_ODS_REPEAT = 5_000


def read_workbook(path: Path, source: str, kind: str, wanted: list[str]) -> RawWorkbook:
    """Read the wanted sheets; none wanted means the first that is not hidden.

    Raises
    ------
    DataError
        If the workbook is cut off, protected, has no such sheet, or a sheet would need
        more memory than a national table.
    """
    book = _open(path, source)
    visible = [m.name for m in book.sheets_metadata if m.visible == calamine.SheetVisibleEnum.Visible]
    hidden = tuple(name for name in book.sheet_names if name not in visible)
    names = _resolve(book.sheet_names, wanted or (visible or book.sheet_names)[:1], source, path.name)
    scans = _scan(path, source, kind, list(names.values()))
    sheets = {}
    for asked, actual in names.items():
        scan = scans.get(actual, SheetScan())
        if scan.cell_count > MAX_SHEET_CELLS:
            refuse("sheet_too_large", source, path.name, actual, limit=MAX_SHEET_CELLS)
        sheets[asked] = _read_sheet(book, actual, scan, path.name, source, actual in hidden)
    return RawWorkbook(path.name, sheets, tuple(book.sheet_names), hidden)


def _open(path: Path, source: str) -> Any:
    try:
        return calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError:
        refuse("file_password", source, path.name)
    except BaseException as error:
        _refuse_reader_failure(error, source, path.name)


def _refuse_reader_failure(error: BaseException, source: str, file: str, sheet: str | None = None) -> None:
    # The reader is Rust: a defect of its own arrives as a PanicException, which is no Exception.
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        refuse("file_corrupt", source, file, sheet)
    raise error


def _simple(name: str) -> str:
    return " ".join(name.split()).casefold()


def _resolve(existing: list[str], wanted: list[str], source: str, file: str) -> dict[str, str]:
    """Map the declared names to the workbook's, blind to case and spaces."""
    by_simple = {_simple(name): name for name in existing}
    missing = [name for name in wanted if _simple(name) not in by_simple]
    if missing:
        refuse("sheet_missing", source, file, None, sheets=missing, existing=existing)
    return {name: by_simple[_simple(name)] for name in wanted}


def _scan(path: Path, source: str, kind: str, names: list[str]) -> dict[str, SheetScan]:
    try:
        if kind == "xlsx":
            return scan_xlsx(path, names)
        if kind == "ods":
            with zipfile.ZipFile(path) as archive:
                repeats = _REPEATED.findall(archive.read("content.xml"))
            if any(int(number) > _MAX_ODS_REPEAT for number in repeats):
                refuse("sheet_too_large", source, path.name, limit=MAX_SHEET_CELLS)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, KeyError, ValueError, EOFError):
        refuse("file_corrupt", source, path.name)
    except (ElementTree.ParseError, NotImplementedError, zipfile.zlib.error):  # type: ignore[attr-defined]
        refuse("file_corrupt", source, path.name)
    return {}


def _read_sheet(book: Any, name: str, scan: SheetScan, file: str, source: str, is_hidden: bool) -> RawSheet:
    try:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
        merges = sheet.merged_cell_ranges or []
    except BaseException as error:
        _refuse_reader_failure(error, source, file, name)
    if not rows:
        refuse("sheet_empty", source, file, name)
    cells = pd.DataFrame(rows, dtype=object)
    cells.columns = pd.RangeIndex(cells.shape[1])
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return RawSheet(
        name,
        cells,
        hidden=is_hidden,
        hidden_rows=tuple(row for row in scan.hidden_rows if row <= len(cells)),
        merges=tuple((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in merges),
        broken=scan.broken,
    )
