"""Reviewed fixes to known errors of a source, which expire when the source is mended.

``data/corrections/<office>/<year>.yml`` is a list of ``{source, sheet, cell, from, to,
reason, who}``. A correction is applied only where the cell still reads ``from``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from helpers.clean.journal import Journal
from helpers.errors import DataError, Finding, Place
from helpers.indonesian.text import tidy
from helpers.privacy import find_in, mask
from helpers.read import RawSheet, RawWorkbook, parse_cell_name

CORRECTION_COLUMNS = ("source_file", "source_sheet", "source_cell", "from", "to", "reason", "who")
_REQUIRED = ("source", "cell", "from", "to", "reason", "who")


@dataclass(frozen=True, slots=True)
class Correction:
    """One reviewed fix."""

    source: str
    sheet: str
    cell: str
    old: str
    new: Any
    reason: str
    who: str


def read_corrections(path: Path) -> list[Correction]:
    """Read an edition's corrections; no file means none.

    Raises
    ------
    DataError
        If the file is not a list of corrections with all their parts.
    """
    if not path.is_file():
        return []
    try:
        records = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _broken(path, "corrections_not_yaml", error=" ".join(str(error).split())) from error
    if not isinstance(records, list):
        raise _broken(path, "corrections_not_yaml", error=type(records).__name__)
    return [_correction(record, number, path) for number, record in enumerate(records, start=1)]


def _correction(record: Any, number: int, path: Path) -> Correction:
    parts = record if isinstance(record, dict) else {}
    missing = [part for part in _REQUIRED if parts.get(part) in (None, "") and part not in ("from", "to")]
    missing += [part for part in ("from", "to") if part not in parts]
    if missing:
        raise _broken(path, "correction_part_missing", number=number, parts=missing)
    # What stands in the cell may be what has to go ("from"); all else is published as it is.
    told = {part: value for part, value in parts.items() if part != "from"}
    for field, value in find_in(told):
        raise _broken(path, "personal_text", field=f"{number}, {field}", value=value)
    return Correction(
        str(parts["source"]), str(parts.get("sheet") or ""), str(parts["cell"]), tidy(_raw(parts["from"])),
        _raw(parts["to"]), str(parts["reason"]), str(parts["who"]),
    )  # fmt: skip


def _raw(value: Any) -> Any:
    # A workbook's numbers are floats; a correction's whole number must compare and read the same.
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _broken(path: Path, code: str, **values: Any) -> DataError:
    return DataError(findings=[Finding(code, "corrections", Place(path.name), values=values)])


def apply_corrections(
    workbook: RawWorkbook, corrections: list[Correction], journal: Journal
) -> tuple[RawWorkbook, pd.DataFrame]:
    """Return the workbook with this source's corrections made, and a record of them.

    A correction whose cell does not read ``from`` any more, or whose sheet or cell is not
    there, is an error: it must be taken out once the source is mended.
    """
    sheets = dict(workbook.sheets)
    known = {_simple(name): name for name in sheets}
    records = []
    for correction in corrections:
        if correction.source != journal.source:
            continue
        name = known.get(_simple(correction.sheet), correction.sheet)
        sheet = sheets.get(name)
        address = _address(correction, sheet)
        if sheet is None or address is None:
            journal.report("correction_without_cell", correction.sheet, correction.cell)
            continue
        found = tidy(sheet.cells.at[address])
        if found != correction.old:
            journal.report(
                "correction_stale", correction.sheet, correction.cell, expected=correction.old, value=found
            )
            continue
        sheets[name] = _with_value(sheet, address, correction.new)
        records.append((journal.file, correction.sheet or None, correction.cell, mask(correction.old),
                        tidy(correction.new), correction.reason, correction.who))  # fmt: skip
    frame = pd.DataFrame(records, columns=list(CORRECTION_COLUMNS)).astype("str")
    return RawWorkbook(workbook.file, sheets, workbook.sheet_names, workbook.hidden_sheets), frame


def _simple(name: str) -> str:
    return " ".join(name.split()).casefold()


def _address(correction: Correction, sheet: RawSheet | None) -> tuple[int, int] | None:
    try:
        row, column = parse_cell_name(correction.cell)
    except ValueError:
        return None
    if sheet is None or row not in sheet.cells.index or column not in sheet.cells.columns:
        return None
    return row, column


def _with_value(sheet: RawSheet, address: tuple[int, int], value: Any) -> RawSheet:
    cells = sheet.cells.copy()
    is_text = cells[address[1]].dtype != object
    cells.at[address] = tidy(value) if is_text else value
    broken = {place: what for place, what in sheet.broken.items() if place != address}
    return replace(sheet, cells=cells, broken=broken)
