"""The table inside a sheet: header found, columns named, structure rows set apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from helpers.clean.headings import ColumnSpec, Header, find_header, nearest_headings
from helpers.clean.journal import Journal
from helpers.clean.text import as_text, count_filled, is_blank, label_key, map_unique, split_kinds
from helpers.indonesian.text import tidy
from helpers.privacy import is_personal_heading, mask
from helpers.read import RawSheet, cell_name, column_letter

TOTAL_ROW = r"^(?:jumlah|total|grand total|sub ?total)\b"
NOTE_ROW = r"^(?:catatan|keterangan|ket|sumber|dicetak|data ilustrasi|mengetahui|note)\b"


@dataclass(frozen=True, slots=True)
class Block:
    """A table found in a sheet.

    ``frame`` has one row a data row (index = sheet row) and one column a matched
    `ColumnSpec`, raw; ``letters`` are column numbers from 0; ``headings`` what the sheet
    calls them; ``preamble`` the texts above the header.
    """

    sheet: str | None
    frame: pd.DataFrame
    letters: dict[str, int]
    headings: dict[str, str]
    preamble: list[str]
    header_row: int
    _texts: dict[str, pd.Series] = field(default_factory=dict, repr=False)

    @property
    def rows(self) -> np.ndarray:
        """Sheet rows, from 1."""
        return self.frame.index.to_numpy()

    def text(self, name: str) -> pd.Series:
        """Return a column as tidy text; all blank if the sheet does not have it."""
        if name in self.frame:
            if name not in self._texts:
                self._texts[name] = as_text(self.frame[name])
            return self._texts[name]
        return pd.Series("", index=self.frame.index, dtype="str")

    def heading(self, name: str) -> str:
        """Return what the sheet calls a column."""
        return self.headings.get(name, name)

    def cell(self, row: int, name: str) -> str:
        """Return the A1 name of a cell of this table."""
        return cell_name(row, self.letters[name])

    def keep(self, mask: np.ndarray) -> Block:
        """Return the table with some of its rows; itself, if it keeps all."""
        if mask.all():
            return self
        return Block(
            self.sheet, self.frame[mask], self.letters, self.headings, self.preamble, self.header_row
        )

    def only(self, name: str) -> Block:
        """Return the table with one of its columns."""
        frame = self.frame[[name]]
        return Block(self.sheet, frame, self.letters, self.headings, self.preamble, self.header_row)

    def source_columns(self, measures: dict[str, str]) -> str:
        """Return ``measure:LETTER`` pairs for provenance; measures map to column names here."""
        pairs = (
            f"{measure}:{column_letter(self.letters[name])}"
            for measure, name in measures.items()
            if name in self.letters
        )
        return " ".join(pairs)


def find_block(sheet: RawSheet, specs: Sequence[ColumnSpec], journal: Journal) -> Block | None:
    """Find a source's table in a sheet.

    Rows without any value, repeated headers and rows of column numbers are left out;
    vertically merged cells are filled in the columns that say so.

    Returns
    -------
    Block or None
        None after an error that leaves no table: no header, or a required column missing
        or twice there (reported in the journal).
    """
    header = find_header(sheet, specs)
    if header is None:
        labels = [spec.label for spec in specs if spec.required]
        journal.report("header_missing", sheet.name, labels=labels)
        return None
    if not _report_header(header, sheet, journal, specs):
        return None
    raw = sheet.cells.loc[header.row + 1 :, list(header.columns.values())]
    raw = raw.set_axis(list(header.columns), axis=1)
    raw = _fill_merged(raw, sheet, header, specs)
    structure = is_blank(raw) | _is_header_again(raw, sheet, header) | _is_column_numbers(raw)
    block = Block(
        sheet.name, raw[~structure] if structure.any() else raw, header.columns, header.headings,
        _preamble(sheet, header.row - header.depth), header.row,
    )  # fmt: skip
    _report_hidden(sheet, block, journal)
    _report_broken(sheet, block, journal)
    return block


def _report_header(header: Header, sheet: RawSheet, journal: Journal, specs: Sequence[ColumnSpec]) -> bool:
    labels = {spec.name: spec.label for spec in specs}
    for spec in header.missing:
        journal.report(
            "column_missing", sheet.name, cell_name(header.row, 0), column=spec.label,
            candidates=nearest_headings(header, spec) or ["-"],
        )  # fmt: skip
    for name, columns in header.duplicates.items():
        places = [cell_name(header.row, column) for column in columns]
        journal.report("column_duplicate", sheet.name, places[1], column=labels[name], cells=places)
    for name, text in header.renamed.items():
        cell = cell_name(header.row, header.columns[name])
        journal.report("column_renamed", sheet.name, cell, "warning", column=labels[name], value=text)
    for column, text in header.unknown.items():
        if is_personal_heading(text):
            cell = cell_name(header.row, column)
            journal.report("personal_column", sheet.name, cell, column=text)
    return not header.missing and not header.duplicates


def _fill_merged(
    raw: pd.DataFrame, sheet: RawSheet, header: Header, specs: Sequence[ColumnSpec]
) -> pd.DataFrame:
    fills = {header.columns[s.name]: s.name for s in specs if s.fills and s.name in header.columns}
    # A merged range may reach, or even begin, below the last row that holds anything.
    spans = [
        m for m in sheet.merges if m[1] in fills and m[2] > m[0] > header.row and m[0] in sheet.cells.index
    ]
    if not spans:
        return raw
    filled = raw.copy()
    for top, left, bottom, _ in spans:
        inside = (filled.index >= top) & (filled.index <= bottom)
        filled[fills[left]] = filled[fills[left]].mask(inside, sheet.cells.at[top, left])
    return filled


def _is_header_again(raw: pd.DataFrame, sheet: RawSheet, header: Header) -> np.ndarray:
    """Return which rows repeat the header, as exports do on every page."""
    again = np.ones(len(raw), dtype=bool)
    for name in list(raw.columns)[:4]:
        again &= (raw[name] == sheet.cells.at[header.row, header.columns[str(name)]]).to_numpy(dtype=bool)
    return again


def _is_column_numbers(raw: pd.DataFrame) -> np.ndarray:
    """Return whether the first row numbers the columns: 1, 2, 3 or (1), (2), (3)."""
    found = np.zeros(len(raw), dtype=bool)
    if len(raw) and raw.shape[1] > 2:
        texts = [tidy(value).strip("()") for value in raw.iloc[0]]
        numbers = [int(text) for text in texts if text.isdigit()]
        ordered = sorted(set(numbers))
        found[0] = (
            len(numbers) == len(texts) == len(ordered)
            and ordered[-1] - ordered[0] < 2 * len(texts)
            and ordered[0] <= 2
        )
    return found


def _preamble(sheet: RawSheet, last_row: int) -> list[str]:
    texts: list[str] = []
    for values in sheet.cells.iloc[:last_row].to_numpy(dtype=object).tolist():
        texts += [text for text in map(tidy, values) if text]
    return texts


def _report_hidden(sheet: RawSheet, block: Block, journal: Journal) -> None:
    if sheet.hidden:
        journal.report("sheet_hidden", sheet.name, severity="warning")
    hidden = sorted(set(sheet.hidden_rows) & set(block.rows.tolist())) if sheet.hidden_rows else []
    if hidden:
        cell = f"{cell_name(hidden[0], 0)}"
        journal.report("rows_hidden", sheet.name, cell, "warning", count=len(hidden), rows=hidden[:5])


def _report_broken(sheet: RawSheet, block: Block, journal: Journal) -> None:
    """Report error values and formulas without results among the table's cells."""
    if not sheet.broken:
        return
    rows, names = set(block.rows.tolist()), {column: name for name, column in block.letters.items()}
    for (row, column), value in sorted(sheet.broken.items()):
        if row in rows and column in names:
            code = "formula_without_result" if value == "=" else "cell_error_value"
            evidence = {"column": block.heading(names[column]), "value": value}
            journal.cells(code, sheet.name, [row], column, evidence)


def split_rows(block: Block, journal: Journal, label: str) -> tuple[Block, pd.DataFrame, int]:
    """Set total and note rows apart from data rows.

    A total row says so in its first text. A note is a single text below the data: it
    begins like one, or a gap parts it from the last row. A single text anywhere else is a
    data row that lacks the rest, and is judged as such.

    Parameters
    ----------
    block : Block
    journal : Journal
        Told of notes that do not begin like one: they could have been rows.
    label : str
        Column that a total row names itself in.

    Returns
    -------
    data : Block
    totals : DataFrame
        The total rows, raw.
    notes : int
        Number of note rows.
    """
    frame = block.frame.drop(columns="number", errors="ignore")
    filled = count_filled(frame, 2)
    first = _first_texts(block, frame, filled)
    keys = map_unique(first, lambda text: label_key(text or ""), "str")
    is_total = keys.str.match(TOTAL_ROW).to_numpy(dtype=bool) | _says_total(block.text(label))
    is_total |= _is_total_number(block)
    is_note = _is_note(block.rows, filled, is_total, keys)
    unmarked = is_note & (filled > 0) & ~keys.str.match(NOTE_ROW).to_numpy(dtype=bool)
    unmarked &= ~first.str.startswith(("*", "(")).to_numpy(dtype=bool)
    if unmarked.any():
        cell = f"A{int(block.rows[unmarked][0])}"
        journal.report("rows_as_notes", block.sheet, cell, "note", count=int(unmarked.sum()),
                       value=mask(first[unmarked].iloc[0])[:60])  # fmt: skip
    return block.keep(~is_total & ~is_note), block.frame[is_total], int(is_note.sum())


def _first_texts(block: Block, frame: pd.DataFrame, filled: np.ndarray) -> pd.Series:
    """Return the first text of each row that could be a note, and the first column's otherwise."""
    first = block.text(str(frame.columns[0]))
    for name in map(str, frame.columns[1:]):
        empty = (first == "").to_numpy(dtype=bool)
        if not empty.any():
            break
        first = first.mask(empty, block.text(name))
    # Data rows are told by their columns, not by words: only totals and single texts are looked at.
    worded = (filled <= 1) | _mentions_total(first)
    return first.where(worded, "")


def _mentions_total(texts: pd.Series) -> np.ndarray:
    return texts.str.contains("jumlah|total", case=False).to_numpy(dtype=bool, copy=True)


def _says_total(texts: pd.Series) -> np.ndarray:
    found = _mentions_total(texts)
    keys = map_unique(texts[found], lambda text: label_key(text or ""), "str")
    found[found] = keys.str.match(TOTAL_ROW).to_numpy(dtype=bool)
    return found


def _is_total_number(block: Block) -> np.ndarray:
    """Return which rows have a total's name for a running number: it is written across the first cells."""
    found = np.zeros(len(block.frame), dtype=bool)
    if "number" in block.frame:
        column = block.frame["number"]
        is_text = split_kinds(column)[1] if column.dtype == object else ~found
        found[is_text] = _says_total(as_text(column[is_text]))
    return found


def _is_note(rows: np.ndarray, filled: np.ndarray, is_total: np.ndarray, keys: pd.Series) -> np.ndarray:
    single = filled <= 1
    data = np.flatnonzero(~single & ~is_total)
    last = int(data[-1]) if len(data) else -1
    below = np.arange(len(rows)) > last
    parted = np.zeros(len(rows), dtype=bool)
    if last + 1 < len(rows):
        step = np.diff(rows, prepend=rows[0] - 1)
        gap = (step > 1) | is_total
        gap[: last + 1] = False
        parted = np.maximum.accumulate(gap)
    begins = keys.str.match(NOTE_ROW).to_numpy(dtype=bool)
    # A row that holds a running number alone is an empty row of a form.
    is_note: np.ndarray = ~is_total & ((filled == 0) | (single & below & (parted | begins)))
    return is_note
