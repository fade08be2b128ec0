"""Workbooks (XLSX, XLS, ODS) through calamine, with every value at its address."""

from __future__ import annotations

import contextlib
import gc
import os
import struct
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

import pandas as pd
import python_calamine as calamine

from helpers.read.guards import refuse
from helpers.read.model import RawSheet, RawWorkbook
from helpers.read.scan import SheetScan, scan_xlsx
from helpers.read.scan_ods import scan_ods
from helpers.read.scan_xls import scan_xls

_WIDEST_TABLE = 500


def read_workbook(path: Path, source: str, kind: str, wanted: list[str]) -> RawWorkbook:
    """Read the wanted sheets; none wanted means the first that is not hidden.

    Raises
    ------
    DataError
        If the workbook is cut off, protected, has no such sheet, or a sheet would need
        more memory than a national table.
    """
    # Before it is opened: the reader unfolds every sheet of an ODS file at once, and follows
    # the sectors of an XLS file in a circle until the memory is full.
    scans = _scan_all(path, source, kind) if kind in ("ods", "xls") else {}
    book = _open(path, source)
    visible = [m.name for m in book.sheets_metadata if m.visible == calamine.SheetVisibleEnum.Visible]
    hidden = tuple(name for name in book.sheet_names if name not in visible)
    names = _resolve(book.sheet_names, wanted or (visible or book.sheet_names)[:1], source, path.name)
    if kind == "xlsx":
        scans = _guarded(lambda: scan_xlsx(path, list(names.values())), path, source)
    sheets = {}
    for asked, actual in names.items():
        scan = scans.get(actual, SheetScan())
        _refuse_large(scan, source, path.name, actual)
        sheets[asked] = _read_sheet(book, actual, scan, path.name, source, actual in hidden)
    return RawWorkbook(path.name, sheets, tuple(book.sheet_names), hidden)


def _open(path: Path, source: str) -> Any:
    try:
        with silent_stderr():
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


def _scan_all(path: Path, source: str, kind: str) -> dict[str, SheetScan]:
    scans = _guarded(lambda: scan_ods(path) if kind == "ods" else scan_xls(path), path, source)
    for name, scan in scans.items():
        _refuse_large(scan, source, path.name, name)
    return scans


def _refuse_large(scan: SheetScan, source: str, file: str, sheet: str) -> None:
    if scan.cell_count > scan.cell_limit:
        refuse("sheet_too_large", source, file, sheet, limit=scan.cell_limit)


def _guarded(scan: Callable[[], dict[str, SheetScan]], path: Path, source: str) -> dict[str, SheetScan]:
    """Return what a scan finds; whatever is wrong with the file's parts is one finding."""
    try:
        return scan()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, KeyError, ValueError, EOFError):
        refuse("file_corrupt", source, path.name)
    except (ElementTree.ParseError, expat.ExpatError, NotImplementedError, struct.error, zlib.error):
        refuse("file_corrupt", source, path.name)


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Leave out the search for cycles while millions of cells are made, which have none.

    It would look at all of them again and again: the time would grow faster than the rows.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read_sheet(book: Any, name: str, scan: SheetScan, file: str, source: str, is_hidden: bool) -> RawSheet:
    try:
        with silent_stderr(), _no_collection():
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            ranges = sheet.merged_cell_ranges or []
    except BaseException as error:
        _refuse_reader_failure(error, source, file, name)
    if not rows:
        refuse("sheet_empty", source, file, name)
    cells = _frame(rows)
    told = tuple((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges)
    return RawSheet(
        name,
        cells,
        hidden=is_hidden,
        hidden_rows=tuple(row for row in scan.hidden_rows if row <= len(cells)),
        merges=tuple(scan.merges) + told,
        broken=scan.broken,
    )


def _frame(rows: list[list[Any]]) -> pd.DataFrame:
    """Return the cells; a column of nothing but texts as texts, which are then read all at once."""
    raw = pd.DataFrame(rows, dtype=object)
    raw.index = pd.RangeIndex(1, len(raw) + 1)
    # A table has tens of columns; thousands are a mistake, and not worth a look at each.
    if raw.shape[1] > _WIDEST_TABLE:
        return raw
    columns = {
        column: values.astype("str") if pd.api.types.infer_dtype(values, skipna=False) == "string" else values
        for column, values in raw.items()
    }
    return pd.DataFrame(columns)


_LOCK = threading.Lock()


@contextlib.contextmanager
def silent_stderr() -> Iterator[None]:
    """Send what is written to the process's standard error nowhere.

    A defect met in Rust is written there with a stack trace before Python hears of it. One
    reader at a time: two that put it back in the wrong order would leave it silent.
    """
    with _LOCK, open(os.devnull, "wb") as nowhere:
        try:
            kept = os.dup(2)
        except OSError:
            # No standard error at all (a service): nothing to keep quiet.
            yield
            return
        try:
            os.dup2(nowhere.fileno(), 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
