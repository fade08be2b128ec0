"""Whole columns of numbers, read without a loop over rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from helpers.cleaning.number_text import Reading, read_number, settle
from helpers.cleaning.text import split_kinds

#: Problems by code; 0 is none.
PROBLEMS = ("", "blank", "not_a_number", "letter_for_digit", "scientific", "ambiguous", "not_whole")
_CODES = {name: code for code, name in enumerate(PROBLEMS)}
_PLAIN = r"^-?[0-9]{1,15}$"
_GROUPED = r"^(?:Rp\.? ?)?-?[0-9]{1,3}(?:\.[0-9]{3}){1,4}$|^\((?:Rp\.? ?)?[0-9]{1,3}(?:\.[0-9]{3}){1,4}\)$"


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
        is_number, is_text = _split_types(column)
        values[is_number] = column.to_numpy()[is_number].astype(float)
        problem[~is_number & ~is_text] = _CODES["not_a_number"]
        texts = pd.Series(column.to_numpy()[is_text], dtype="str")
        values[is_text], problem[is_text] = _parse_texts(texts, whole, low, high)
    else:
        values, problem = _parse_texts(column.fillna("").reset_index(drop=True), whole, low, high)
    if whole:
        broken = ~np.isnan(values) & ((values != np.floor(values)) | (np.abs(values) > 2**53))
        values[broken], problem[broken] = np.nan, _CODES["not_whole"]
    lost = np.isnan(values) & (problem == 0)
    problem[lost] = _CODES["blank"]
    return Numbers(values, problem)


def _split_types(column: pd.Series) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    inferred = pd.api.types.infer_dtype(column, skipna=False)
    everything = np.ones(len(column), dtype=bool)
    if inferred == "floating":
        return everything, ~everything
    if inferred == "string":
        return ~everything, everything
    return split_kinds(column)


def _parse_texts(
    texts: pd.Series, whole: bool, low: float | None, high: float | None
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]:
    codes, uniques = pd.factorize(texts.array)
    distinct = pd.Series(uniques, dtype="str")
    values = np.full(len(distinct) + 1, np.nan)
    problem = np.zeros(len(distinct) + 1, dtype=np.int8)
    plain = distinct.str.match(_PLAIN).to_numpy(dtype=bool)
    grouped = np.zeros(len(distinct), dtype=bool)
    if whole:
        grouped[~plain] = distinct[~plain].str.match(_GROUPED).to_numpy(dtype=bool)
    values[:-1][plain] = _as_floats(distinct[plain])
    readings = [read_number(text) for text in distinct[~plain & ~grouped]]
    styles = {reading.style for reading in readings} - {""}
    if "en" in styles and grouped.any():
        # The dots may be decimal points after all: these texts are judged one by one too.
        grouped[:] = False
        readings = [read_number(text) for text in distinct[~plain]]
        styles = {reading.style for reading in readings} - {""}
    values[:-1][grouped] = _strip_groups(distinct[grouped])
    style = styles.pop() if len(styles) == 1 else ""
    for position, reading in zip(np.flatnonzero(~plain & ~grouped), readings, strict=True):
        value, name = settle(reading, whole, style, low, high)
        values[position] = np.nan if value is None else float(value)
        problem[position] = _CODES[name]
    return values[codes], problem[codes]


def _strip_groups(texts: pd.Series) -> npt.NDArray[np.float64]:
    """Return amounts of the usual form, ``Rp 1.234.567`` or ``(1.000)``, all at once."""
    negative = texts.str.contains("(", regex=False) | texts.str.contains("-", regex=False)
    amounts = _as_floats(texts.str.replace(".", "", regex=False).str.strip("()- Rp"))
    return np.asarray(np.where(negative.to_numpy(dtype=bool), -amounts, amounts), dtype=np.float64)


def _as_floats(digits: pd.Series) -> npt.NDArray[np.float64]:
    """Return texts of digits as numbers; pandas would make an object of each on the way."""
    return np.asarray(pa.array(digits, pa.large_string()).cast(pa.float64()), dtype=np.float64)


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
