"""Whole columns of numbers and dates, read without a loop over rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from helpers.cleaning.text import map_unique, split_kinds
from helpers.indonesian.amounts import Reading, read_number, settle
from helpers.indonesian.dates import read_date

#: Problems by code; 0 is none.
PROBLEMS = ("", "blank", "not_a_number", "letter_for_digit", "scientific", "ambiguous", "not_whole")
_CODES = {name: code for code, name in enumerate(PROBLEMS)}
_PLAIN = r"^-?[0-9]{1,15}$"
_LONGEST = 15
_DOTTED = r"^[0-9]{1,3}(?:\.[0-9]{3}){1,4}$"
_GROUPED = r"^(?:Rp\.? ?)?-?[0-9]{1,3}(?:\.[0-9]{3}){1,4}$|^\((?:Rp\.? ?)?[0-9]{1,3}(?:\.[0-9]{3}){1,4}\)$"
#: So many texts tell whether a column repeats itself.
_SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers: ``values`` (float, NaN where none) and ``problem`` codes."""

    values: npt.NDArray[np.float64]
    problem: npt.NDArray[np.int8]

    def has(self, *problems: str) -> npt.NDArray[np.bool_]:
        """Return which cells have one of these problems."""
        return np.isin(self.problem, [_CODES[name] for name in problems])

    @property
    def is_blank(self) -> npt.NDArray[np.bool_]:
        """Which cells are empty."""
        return self.has("blank")


def parse_numbers(
    column: pd.Series, *, whole: bool, low: float | None = None, high: float | None = None
) -> Numbers:
    """Read a column of raw cells as numbers.

    Parameters
    ----------
    column : Series
        Texts (CSV) or texts, floats, dates and booleans (workbooks); blank is ``""``.
    whole : bool
        Whether only whole numbers are right here (rupiah, counts, scores).
    low, high : float, optional
        Bounds that settle a text such as ``84,821`` (see `settle`); not enforced here.

    Returns
    -------
    Numbers
        As long as the column. Nothing is guessed: what cannot be read is NaN with its
        problem.
    """
    values = np.full(len(column), np.nan)
    problem = np.zeros(len(column), dtype=np.int8)
    if column.dtype == object:
        is_number, is_text = split_kinds(column)
        cells = column.to_numpy()
        values[is_number] = cells[is_number].astype(float)
        problem[~is_number & ~is_text] = _CODES["not_a_number"]
        if is_text.any():
            texts = pa.array(cells[is_text], pa.large_string())
            values[is_text], problem[is_text] = _parse_texts(texts, whole, low, high)
    elif len(column):
        texts = pa.chunked_array([pa.array(column.fillna(""), pa.large_string())]).combine_chunks()
        values, problem = _parse_texts(texts, whole, low, high)
    if whole:
        broken = ~np.isnan(values) & ((values != np.floor(values)) | (np.abs(values) > 2**53))
        values[broken], problem[broken] = np.nan, _CODES["not_whole"]
    lost = np.isnan(values) & (problem == 0)
    problem[lost] = _CODES["blank"]
    return Numbers(values, problem)


def _parse_texts(
    texts: pa.Array, whole: bool, low: float | None, high: float | None
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]:
    # Arrow's own functions: of a sheet with a hundred rows pandas' accessors would be most of the time.
    if _mostly_distinct(texts):
        return _parse_distinct(texts, whole, low, high)
    encoded = texts.dictionary_encode()
    codes = encoded.indices.to_numpy()
    values, problem = _parse_distinct(encoded.dictionary, whole, low, high)
    return values[codes], problem[codes]


def _mostly_distinct(texts: pa.Array) -> bool:
    """Return whether a search for equal texts would find few: amounts of rupiah, told by a sample."""
    if len(texts) <= _SAMPLE:
        return False
    sample = texts.take(pa.array(np.linspace(0, len(texts) - 1, _SAMPLE, dtype=np.int64)))
    return bool(pc.count_distinct(sample).as_py() > _SAMPLE // 2)


def _parse_distinct(
    distinct: pa.Array, whole: bool, low: float | None, high: float | None
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]:
    values = np.full(len(distinct), np.nan)
    problem = np.zeros(len(distinct), dtype=np.int8)
    plain, grouped, dotted = _usual_forms(distinct, whole)
    values[plain] = _as_floats(distinct.filter(pa.array(plain)))
    odd = np.flatnonzero(~plain & ~grouped)
    readings = _read_each(distinct, odd)
    styles = {reading.style for reading in readings} - {""}
    if "en" in styles and grouped.any():
        # The dots may be decimal points after all: these texts are judged one by one too.
        grouped[:] = False
        odd = np.flatnonzero(~plain)
        readings = _read_each(distinct, odd)
        styles = {reading.style for reading in readings} - {""}
    if grouped.any():
        values[grouped & dotted] = _as_floats(
            pc.replace_substring(distinct.filter(pa.array(grouped & dotted)), ".", "")
        )
        values[grouped & ~dotted] = _strip_groups(distinct.filter(pa.array(grouped & ~dotted)))
    style = styles.pop() if len(styles) == 1 else ""
    for position, reading in zip(odd, readings, strict=True):
        value, name = settle(reading, whole, style, low, high)
        values[position] = np.nan if value is None else float(value)
        problem[position] = _CODES[name]
    return values, problem


def _usual_forms(
    texts: pa.Array, whole: bool
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which texts are digits alone, which are grouped amounts, and which of these have dots alone.

    An expression is asked only of what simpler questions leave over: of a national budget's
    amounts it would be most of the time.
    """
    plain = np.asarray(pc.ascii_is_decimal(texts).to_numpy(zero_copy_only=False), dtype=bool)
    plain &= np.asarray(pc.binary_length(texts)) <= _LONGEST
    grouped, dotted = np.zeros(len(texts), dtype=bool), np.zeros(len(texts), dtype=bool)
    if whole and not plain.all():
        dotted[~plain] = _matches(texts.filter(pa.array(~plain)), _DOTTED)
        grouped |= dotted
    rest = ~plain & ~dotted
    if rest.any():
        others = texts.filter(pa.array(rest))
        plain[rest] = _matches(others, _PLAIN)
        if whole:
            grouped[rest] = _matches(others, _GROUPED)
    return plain, grouped, dotted


def _matches(texts: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False), dtype=bool)


def _read_each(texts: pa.Array, positions: npt.NDArray[np.intp]) -> list[Reading]:
    return [read_number(text) for text in texts.take(pa.array(positions)).to_pylist()]


def _strip_groups(texts: pa.Array) -> npt.NDArray[np.float64]:
    """Return amounts of the usual form, ``Rp 1.234.567`` or ``(1.000)``, all at once."""
    negative = _matches(texts, r"[(-]")
    amounts = _as_floats(pc.utf8_trim(pc.replace_substring(texts, ".", ""), "()- Rp"))
    return np.asarray(np.where(negative, -amounts, amounts), dtype=np.float64)


def _as_floats(digits: pa.Array) -> npt.NDArray[np.float64]:
    """Return texts of digits as numbers; pandas would make an object of each on the way."""
    return np.asarray(digits.cast(pa.float64()), dtype=np.float64)


def parse_number(
    value: Any, *, whole: bool = False, low: float | None = None, high: float | None = None
) -> Decimal:
    """Read one cell as a number, reading ``84,821`` the Indonesian way where nothing else settles it.

    Raises
    ------
    ValueError
        If it is not a number; the message is the problem's name.

    >>> parse_number("98,30 persen"), parse_number("84,821", low=25, high=100)
    (Decimal('98.30'), Decimal('84.821'))
    """
    if isinstance(value, bool | dt.date):
        raise ValueError("not_a_number")
    reading = read_number(value) if isinstance(value, str) else Reading(Decimal(str(value)))
    number, problem = settle(reading, whole, "", low, high)
    if problem == "ambiguous":
        number, problem = settle(reading, whole, "id", low, high)
    if number is None:
        raise ValueError(problem)
    return number


@dataclass(frozen=True, slots=True)
class Dates:
    """A column of dates: values (NaT where none), precision and problem of each cell."""

    values: pd.Series
    precision: pd.Series
    problem: pd.Series

    def has(self, *problems: str) -> npt.NDArray[np.bool_]:
        """Return which cells have one of these problems."""
        return self.problem.isin(problems).to_numpy()


def parse_dates(column: pd.Series) -> Dates:
    """Read a column of raw cells as dates; nothing unreadable is guessed."""
    return Dates(
        map_unique(column, lambda value: read_date(value).date, "datetime64[us]"),
        map_unique(column, lambda value: read_date(value).precision, "str"),
        map_unique(column, lambda value: read_date(value).problem, "str"),
    )
