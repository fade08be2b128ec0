"""Stacked budget codes: which level a code is, and which parents a row stands below."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from helpers.clean.text import map_unique

LEVELS = ("program", "activity", "kro", "ro", "component", "subcomponent", "account")
ACCOUNT = LEVELS.index("account")
_PATTERNS = (
    (re.compile(r"^\d{3}\.\d{2}\.[A-Z0-9]{2}$"), 0),
    (re.compile(r"^\d{4}$"), 1),
    (re.compile(r"^\d{4}\.[A-Z]{3}$"), 2),
    (re.compile(r"^(\d{4}\.)?[A-Z]{3}\.\d{3}$"), 3),
    (re.compile(r"^\d{1,3}$"), 4),
    (re.compile(r"^[A-Z]{1,2}$"), 5),
    (re.compile(r"^\d{6}$"), 6),
)
UNKNOWN = -1


def level_of(code: str) -> int:
    """Return the level of a code, 0 (programme) to 6 (account), or -1.

    A component's leading zero is lost where a spreadsheet took it for a number: ``51`` is
    component 051; a subcomponent is one or two letters.

    >>> [level_of(c) for c in ("066.01.WA", "3236", "3236.EBA", "EBA.962", "051", "A", "511111", "x")]
    [0, 1, 2, 3, 4, 5, 6, -1]
    """
    for pattern, level in _PATTERNS:
        if pattern.match(code):
            return level
    return UNKNOWN


def normal_code(code: str) -> str:
    """Return a code in its official form: capitals, components with three digits.

    >>> normal_code("51"), normal_code("3236.eba"), normal_code("(524111)")
    ('051', '3236.EBA', '524111')
    """
    plain = code.strip("()[] .").upper().replace(" ", "")
    return plain.zfill(3) if re.fullmatch(r"\d{1,2}", plain) else plain


def levels_of(codes: pd.Series) -> np.ndarray:
    """Return the level of every code in a column."""
    return map_unique(codes, lambda code: level_of(code or ""), "int64").to_numpy()


def parent_positions(levels: np.ndarray) -> np.ndarray:
    """Return, for every row and level, the position of the row of that level it stands in.

    Parameters
    ----------
    levels : ndarray of int
        Level of each row in the order of the sheet.

    Returns
    -------
    ndarray, shape (rows, 7)
        Position of the latest row of each level, or -1 where a later row of a higher
        level closed it: an activity ends where the next programme begins.

    Examples
    --------
    >>> parent_positions(np.array([0, 1, 6, 0, 6]))[:, [0, 1, 6]].tolist()
    [[0, -1, -1], [0, 1, -1], [0, 1, 2], [3, -1, -1], [3, -1, 4]]
    """
    order = np.arange(len(levels))
    latest = np.full((len(levels), len(LEVELS)), -1, dtype=np.int64)
    closed = np.full(len(levels), -1, dtype=np.int64)
    for level in range(len(LEVELS)):
        seen = np.maximum.accumulate(np.where(levels == level, order, -1)) if len(levels) else order
        latest[:, level] = np.where(seen > closed, seen, -1)
        closed = np.maximum(closed, seen)
    return latest


def line_codes(codes: pd.Series, parents: np.ndarray) -> pd.Series:
    """Return the joined codes of all levels of each row, programme first; a missing one is left out.

    Examples
    --------
    >>> codes = pd.Series(["066.01.WA", "511111", "3236", "521111"], dtype="str")
    >>> line_codes(codes, parent_positions(np.array([0, 6, 1, 6]))).tolist()
    ['066.01.WA', '066.01.WA/511111', '066.01.WA/3236', '066.01.WA/3236/521111']
    """
    texts = pa.chunked_array([pa.array(codes, pa.large_string())]).combine_chunks()
    # Rows below one parent have the same beginning: it is joined once.
    position, above = pd.factorize(parents[:, :ACCOUNT].max(axis=1, initial=-1))
    beginnings = pa.array(
        [_path(texts, parents[row, :ACCOUNT]) if row >= 0 else None for row in above], pa.large_string()
    )
    parts = [beginnings.take(pa.array(position)), _take(texts, parents[:, ACCOUNT])]
    joined = pc.binary_join_element_wise(*parts, pa.scalar("/", pa.large_string()), null_handling="skip")
    return pd.Series(joined, index=codes.index, dtype="str")


def _path(texts: pa.Array, positions: np.ndarray) -> str:
    return "/".join(texts[int(position)].as_py() for position in positions if position >= 0)


def _take(texts: pa.Array, positions: np.ndarray) -> pa.Array:
    return texts.take(pa.array(positions, mask=positions < 0))


def level_codes(codes: pd.Series, parents: np.ndarray) -> dict[str, pd.Categorical]:
    """Return the code of each level that every row stands in, missing where it stands in none."""
    numbers, distinct = pd.factorize(codes)
    categories = pd.Index(distinct, dtype="str")
    found = {}
    for level, label in enumerate(LEVELS):
        position = parents[:, level]
        found[label] = pd.Categorical.from_codes(
            np.where(position >= 0, numbers[position], -1), categories=categories
        )
    return found


def line_numbers(codes: pd.Series, parents: np.ndarray) -> np.ndarray:
    """Return a number for each row's line: equal where `line_codes` are, and found sooner.

    Examples
    --------
    >>> codes = pd.Series(["066.01.WA", "511111", "511111", "066.01.WB", "511111"])
    >>> line_numbers(codes, parent_positions(np.array([0, 6, 6, 0, 6])))[[1, 2, 4]].tolist()
    [1, 1, 3]
    """
    each, distinct = pd.factorize(codes)
    numbers = np.zeros(len(codes), dtype=np.int64)
    for level in range(len(LEVELS)):
        position = parents[:, level]
        part = np.where(position >= 0, each[position], len(distinct))
        if len(part) and (part == part[0]).all():
            continue
        numbers = pd.factorize(numbers * (len(distinct) + 1) + part)[0]
    return numbers
