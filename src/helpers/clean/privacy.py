"""Personal data and markup in the cells of raw files: refused, and never repeated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from helpers.clean.journal import Journal
from helpers.clean.text import split_kinds
from helpers.indonesian.text import tidy
from helpers.privacy import (
    HINT,
    NIK,
    OTHER,
    PHONE,
    SHORTEST,
    SMALLEST_NUMBER,
    find_identifiers,
    mask,
    may_hold_people,
)
from helpers.read import RawSheet

#: An amount or a plain number: too short for an identity number, and no telephone number begins so.
_AMOUNT = r"^(?:[1-57-9][0-9.]*|6(?:[013-9.][0-9.]*|2(?:[0-79.][0-9.]*)?)?)$"
_LONGEST_AMOUNT = 15
#: ``<b>``
_SHORTEST_MARKUP = 3
#: So many texts are looked at together.
_BATCH = 200_000
_MARKUP = r"<(?:/?[A-Za-z][A-Za-z0-9]*[^<]*|!--)[^<]*>"
#: So much of a text with markup is quoted.
_QUOTED = 40
#: A heading is looked for in so many rows.
_HEADING_ROWS = 60


def check_sheet(sheet: RawSheet, journal: Journal, allowed: Iterable[str] = ()) -> None:
    """Report personal identifiers and markup in any cell of a sheet, and in its name.

    The value itself is masked: a finding must not publish what it refuses.

    Parameters
    ----------
    sheet : RawSheet
    journal : Journal
    allowed : iterable of str
        The office's own contacts, which are no person's.
    """
    if sheet.name and find_identifiers(sheet.name, allowed=allowed):
        journal.report("personal_text", sheet.name, field=sheet.name, value=sheet.name)
    people = _columns_of_people(sheet)
    batch: list[_Suspects] = []
    size = 0
    for name, cells in sheet.cells.items():
        column = int(str(name))
        found = _suspects(cells, sheet, column, journal, column in people)
        if len(found.texts):
            batch.append(found)
            size += len(found.texts)
        if size > _BATCH:
            _check_texts(batch, sheet, journal, tuple(allowed))
            batch, size = [], 0
    _check_texts(batch, sheet, journal, tuple(allowed))


def _columns_of_people(sheet: RawSheet) -> set[int]:
    """Return the columns with a heading that lets people be expected below it."""
    top = sheet.cells.iloc[:_HEADING_ROWS]
    return {
        int(str(name))
        for row in top.to_numpy(dtype=object).tolist()
        for name, value in zip(top.columns, row, strict=True)
        if isinstance(value, str) and value and may_hold_people(value)
    }


@dataclass(frozen=True, slots=True)
class _Suspects:
    """Texts of one column that need a look, and the sheet rows they stand in."""

    column: int
    rows: np.ndarray
    texts: pa.Array
    personal: bool


def _suspects(cells: pd.Series, sheet: RawSheet, column: int, journal: Journal, personal: bool) -> _Suspects:
    """Return a column's texts that need a look; its numbers are checked on the way."""
    rows = cells.index.to_numpy()
    if cells.dtype == object:
        is_number, is_text = split_kinds(cells)
        values = cells.to_numpy()
        _check_numbers(values[is_number].astype(float), rows[is_number], sheet, column, journal, personal)
        texts = pa.array(values[is_text], pa.large_string())
        rows = rows[is_text]
    else:
        texts = pa.chunked_array([pa.array(cells.fillna(""), pa.large_string())]).combine_chunks()
    # Short texts are most of a table, and amounts of the rest: told so, they are not copied.
    shortest = _SHORTEST_MARKUP if personal else SHORTEST
    if len(texts) == 0 or pc.max(pc.binary_length(texts)).as_py() < _SHORTEST_MARKUP:
        return _Suspects(column, rows[:0], texts[:0], personal)
    suspect = pc.or_(pc.greater_equal(pc.binary_length(texts), shortest), pc.match_substring(texts, "<"))
    if not pc.any(suspect).as_py():
        return _Suspects(column, rows[:0], texts[:0], personal)
    rows, texts = rows[_as_mask(suspect)], texts.filter(suspect)
    if personal:
        return _Suspects(column, rows, texts, personal)
    is_amount = pc.match_substring_regex(texts, _AMOUNT)
    suspect = pc.invert(pc.and_(is_amount, pc.less_equal(pc.binary_length(texts), _LONGEST_AMOUNT)))
    return _Suspects(column, rows[_as_mask(suspect)], texts.filter(suspect), personal)


def _as_mask(verdicts: pa.Array) -> np.ndarray:
    return np.asarray(verdicts.to_numpy(zero_copy_only=False), dtype=bool)


def _check_numbers(
    numbers: np.ndarray, rows: np.ndarray, sheet: RawSheet, column: int, journal: Journal, personal: bool
) -> None:
    """Report identity and telephone numbers typed as numbers."""
    large = np.flatnonzero(np.abs(numbers) >= SMALLEST_NUMBER)
    texts = [tidy(float(number)) for number in numbers[large]]
    places = np.full(len(large), column)
    _report_identifiers(texts, rows[large], places, sheet, journal, personal, ())


def _check_texts(batch: list[_Suspects], sheet: RawSheet, journal: Journal, allowed: tuple[str, ...]) -> None:
    """Check columns together: a sheet may have sixteen thousand of a few cells each."""
    for personal in (False, True):
        alike = [found for found in batch if found.personal == personal]
        if alike:
            rows = np.concatenate([found.rows for found in alike])
            columns = np.repeat([found.column for found in alike], [len(found.texts) for found in alike])
            texts = pa.concat_arrays([found.texts for found in alike])
            _check_identifiers(texts, rows, columns, sheet, journal, personal, allowed)
            _check_markup(texts, rows, columns, sheet, journal)


def _check_identifiers(
    texts: pa.Array, rows: np.ndarray, columns: np.ndarray, sheet: RawSheet, journal: Journal,
    personal: bool, allowed: tuple[str, ...],
) -> None:  # fmt: skip
    # Distinct texts alone are looked at: a million rows have a few thousand.
    coded = texts.dictionary_encode()
    distinct = coded.dictionary
    hinted = np.ones(len(distinct), dtype=bool) if personal else _as_mask(
        pc.match_substring_regex(distinct, HINT))  # fmt: skip
    if not hinted.any():
        return
    here = np.flatnonzero(hinted[coded.indices.to_numpy()])
    suspects = texts.take(pa.array(here)).to_pylist()
    _report_identifiers(suspects, rows[here], columns[here], sheet, journal, personal, allowed)


def _report_identifiers(
    texts: list[str], rows: np.ndarray, columns: np.ndarray, sheet: RawSheet, journal: Journal,
    personal: bool, allowed: tuple[str, ...],
) -> None:  # fmt: skip
    kinds = {
        text: {found.code for found in find_identifiers(text, personal=personal, allowed=allowed)}
        for text in dict.fromkeys(texts)
    }
    if not any(kinds.values()):
        return
    for code in (NIK, PHONE, OTHER):
        here = np.flatnonzero([code in kinds[text] for text in texts])
        values = pd.Series([mask(texts[place], personal=personal) for place in here], dtype="str")
        journal.cells(code, sheet.name, rows[here], columns[here], {"value": values})


def _check_markup(
    texts: pa.Array, rows: np.ndarray, columns: np.ndarray, sheet: RawSheet, journal: Journal
) -> None:
    marked = np.flatnonzero(_as_mask(pc.match_substring(texts, "<")))
    marked = marked[_as_mask(pc.match_substring_regex(texts.take(pa.array(marked)), _MARKUP))]
    if len(marked):
        # Masked before it is cut: half a number would not be known for one.
        whole = texts.take(pa.array(marked)).to_pylist()
        quoted = pd.Series([mask(text)[:_QUOTED] for text in whole], dtype="str")
        journal.cells("text_markup", sheet.name, rows[marked], columns[marked], {"value": quoted}, "warning")
