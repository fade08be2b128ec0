"""Whole columns of numbers and dates, read without a loop over rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.clean.text import map_unique, split_kinds
from helpers.indonesian.amounts import Reading, read_number, settle
from helpers.indonesian.dates import read_date

#: Problems by code; 0 is none.
PROBLEMS = ("", "blank", "not_a_number", "letter_for_digit", "scientific", "ambiguous", "not_whole")
_CODES = {name: code for code, name in enumerate(PROBLEMS)}
_PLAIN = r"-?[0-9]{1,15}"
#: Whole amounts of the usual form: ``1.234.567``, ``Rp 1.000``, ``(1.000)``.
_GROUPED = r"(?:Rp\.? ?)?-?[0-9]{1,3}(?:\.[0-9]{3}){1,4}|\((?:Rp\.? ?)?[0-9]{1,3}(?:\.[0-9]{3}){1,4}\)"


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
            texts = pd.Series(cells[is_text], dtype="str")
            values[is_text], problem[is_text] = _parse_texts(texts, whole, low, high)
    elif len(column):
        values, problem = _parse_texts(column.fillna(""), whole, low, high)
    if whole:
        broken = ~np.isnan(values) & ((values != np.floor(values)) | (np.abs(values) > 2**53))
        values[broken], problem[broken] = np.nan, _CODES["not_whole"]
    lost = np.isnan(values) & (problem == 0)
    problem[lost] = _CODES["blank"]
    return Numbers(values, problem)


def _parse_texts(
    texts: pd.Series, whole: bool, low: float | None, high: float | None
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]:
    """Read each distinct text once: the usual forms all together, the others one by one."""
    codes, distinct = pd.factorize(texts)
    forms = pd.Series(distinct, dtype="str")
    values = np.full(len(forms), np.nan)
    problem = np.zeros(len(forms), dtype=np.int8)
    plain = forms.str.fullmatch(_PLAIN).to_numpy(dtype=bool)
    grouped = forms.str.fullmatch(_GROUPED).to_numpy(dtype=bool) & whole
    readings = _read_each(forms, ~plain & ~grouped)
    if grouped.any() and "en" in _styles(readings):
        # The dots may be decimal points after all: these texts are judged one by one too.
        grouped[:] = False
        readings = _read_each(forms, ~plain)
    values[plain] = forms[plain].astype("float64")
    amounts = forms[grouped].str.replace(r"[^0-9]", "", regex=True).astype("float64")
    values[grouped] = amounts.mask(forms[grouped].str.contains("[(-]"), -amounts)
    styles = _styles(readings)
    style = styles.pop() if len(styles) == 1 else ""
    for position, reading in readings.items():
        value, name = settle(reading, whole, style, low, high)
        values[position] = np.nan if value is None else float(value)
        problem[position] = _CODES[name]
    return values[codes], problem[codes]


def _read_each(texts: pd.Series, chosen: npt.NDArray[np.bool_]) -> dict[int, Reading]:
    """Return what each of the chosen texts says, by its place."""
    return {int(place): read_number(texts.iloc[place]) for place in np.flatnonzero(chosen)}


def _styles(readings: dict[int, Reading]) -> set[str]:
    """Return the notations that some texts prove."""
    return {reading.style for reading in readings.values()} - {""}


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
