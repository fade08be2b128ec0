"""Copies of the sheets that were read, their bad cells coloured and commented, for the office's own use."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from helpers.edition import Edition, Source
from helpers.errors import DataError
from helpers.messages import translate
from helpers.read import RawSheet, escape_formula, parse_cell_name, read_raw
from helpers.read.xlsx_bytes import workbook_bytes

#: Worst first; pale, so that what stands in the cell stays legible.
COLOURS = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "note": "FFDDEBF7"}
#: Of a sheet so many cells are commented; further ones are coloured alone, or Excel becomes slow.
MAX_COMMENTS = 1000
#: A file of more cells (a national survey) is told of in the lists only: it is held in memory.
MAX_CELLS = 500_000
_WIDEST, _NARROWEST = 50, 9
_PERSONAL = "personal_"
#: Nothing says when the office's file was made, and the clock is not asked.
_MADE_ON = dt.datetime(2000, 1, 1)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_NAMES = re.compile(r"[\\*?:/\[\]]")
_SPACES = re.compile(r"[\x00-\x1f\x7f\s]+")
#: Comments are in the language of whoever mends the file, not of the report.
_LOCALE = "id"


@dataclass(frozen=True, slots=True)
class CellMark:
    """The colour and the comment of one cell."""

    severity: str
    text: str


#: Sheet (empty: the first that was read) -> (row from 1, column from 0) -> mark.
FileMarks = dict[str, dict[tuple[int, int], CellMark]]


def write_marked_copies(quality: Iterable[Mapping[str, Any]], edition: Edition, folder: Path) -> list[Path]:
    """Write a copy of each file of which something is said about a cell.

    A copy is a new workbook: the values of the sheets that were read, as they were read, and our
    comments. Whatever else the file holds (other sheets, comments, properties, macros, links,
    formulas) may name people and is left behind.

    Parameters
    ----------
    quality : iterable of Mapping
        Sources as `CleanResult.quality` gives them.
    edition : Edition
    folder : Path
        Made if a copy is written; nobody else on the machine may look into it.

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
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The suffix stays in the name: desa.csv and desa.xls are two files.
        known = source.path.suffix.lower() == ".xlsx"
        path = folder / (source.path.name if known else f"{source.path.name}.xlsx")
        path.touch(mode=0o600)
        path.write_bytes(content)
        written.append(path)
    return written


def collect_marks(quality: Iterable[Mapping[str, Any]]) -> dict[str, FileMarks]:
    """Return the marks of every file.

    Parameters
    ----------
    quality : iterable of Mapping
        Sources with their findings, rejected cells and corrections.

    Returns
    -------
    dict
        File name -> marks. A file refused for personal data is left out: a copy would
        spread what was refused.
    """
    files: dict[str, dict[str, dict[tuple[int, int], dict[str, str]]]] = {}
    refused = set()
    for source in quality:
        refused |= {f["file"] for f in source["findings"] if f["code"].startswith(_PERSONAL)}
        for file, sheet, cell, severity, text in _statements(source):
            try:
                # Of a run of cells ("F109…F300") the first is named; the others are rejected cells.
                place = parse_cell_name(re.split("[…:]", cell)[0])
            except ValueError:
                continue
            files.setdefault(file, {}).setdefault(_simple(sheet or ""), {}).setdefault(place, {}).setdefault(
                text, severity
            )
    return {
        file: {
            sheet: {place: _merge(texts) for place, texts in cells.items()} for sheet, cells in sheets.items()
        }
        for file, sheets in files.items()
        if file not in refused
    }


def _merge(texts: Mapping[str, str]) -> CellMark:
    ordered = sorted(texts, key=lambda text: list(COLOURS).index(texts[text]))
    return CellMark(texts[ordered[0]], "\n\n".join(ordered))


def _statements(source: Mapping[str, Any]) -> Iterable[tuple[str, str | None, str, str, str]]:
    """Yield file, sheet, cell, severity and text of everything said about a cell."""
    for finding in source["findings"]:
        if finding["cell"]:
            text = _said(finding["severity"], finding["what_id"], finding["remedy_id"])
            yield finding["file"], finding["sheet"], finding["cell"], finding["severity"], text
    for reject in source["rejects"]:
        text = _said("error", reject["reason_id"], reject["remedy_id"])
        yield reject["source_file"], reject["source_sheet"], reject["source_cell"], "error", text
    for fix in source["corrections"]:
        what = translate(
            "workbooks.marked.correction", _LOCALE, new=fix["to"], old=fix["from"], reason=fix["reason"]
        )
        text = _said("note", what, translate("workbooks.marked.correction_remedy", _LOCALE))
        yield fix["source_file"], fix["source_sheet"], fix["source_cell"], "note", text


def _said(severity: str, what: str, remedy: str) -> str:
    """Return the words of a comment; they begin with a word, never as a formula would."""
    lines = (
        translate(f"workbooks.marked.{severity}", _LOCALE, what=what),
        translate("workbooks.marked.remedy", _LOCALE, remedy=remedy),
    )
    return "\n".join(_SPACES.sub(" ", line).strip() for line in lines)


def _simple(name: str) -> str:
    return " ".join(name.split()).casefold()


def _marked(source: Source, marks: FileMarks) -> bytes | None:
    """Return a marked copy, or None where the file cannot be read (the findings say why)."""
    try:
        sheets = read_raw(source).sheets
    except DataError:
        return None
    if sum(sheet.cells.size for sheet in sheets.values()) > MAX_CELLS:
        return None
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, (name, sheet) in enumerate(sheets.items()):
        target = book.create_sheet(_NOT_IN_NAMES.sub(" ", sheet.name or "Data")[:31])
        _write_values(sheet, target)
        _mark(target, {**(marks.get("", {}) if number == 0 else {}), **marks.get(_simple(name), {})})
    return workbook_bytes(book, _MADE_ON)


def _write_values(sheet: RawSheet, target: Worksheet) -> None:
    """Write every value at its own address, and make the columns as wide as their texts."""
    for column, values in enumerate((sheet.cells[name] for name in sheet.cells), start=1):
        width = _NARROWEST
        for row, value in values.items():
            shown = sheet.broken.get((int(str(row)), column - 1), value)
            if shown == "" or pd.isna(shown):
                continue
            cell = target.cell(int(str(row)), column)
            if isinstance(shown, str):
                cell.value = escape_formula(_NOT_XML.sub("", shown)[:32767])
                # Set after the value, from which openpyxl would make a formula or an error.
                cell.data_type = TYPE_STRING
            else:
                cell.value = shown
            width = max(width, len(str(shown)) + 2)
        target.column_dimensions[get_column_letter(column)].width = min(width, _WIDEST)


def _mark(target: Worksheet, marks: Mapping[tuple[int, int], CellMark]) -> None:
    author = translate("workbooks.marked.author", _LOCALE)
    for number, ((row, column), mark) in enumerate(sorted(marks.items())):
        cell = target.cell(row, column + 1)
        cell.fill = PatternFill("solid", fgColor=COLOURS[mark.severity])
        if number < MAX_COMMENTS:
            lines = sum(1 + len(line) // 44 for line in mark.text.split("\n"))
            cell.comment = Comment(mark.text, author, height=min(18 * lines + 12, 420), width=320)
