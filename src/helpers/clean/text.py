"""Cell contents as text, and the forms in which labels and names are compared.

Everything works on the distinct values of a column and maps back, so that a million
rows with a thousand names cost a thousand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from helpers.indonesian.text import tidy

#: Words of printable ASCII with single spaces between them: nothing to tidy.
_TIDY = r"(?:[!-~]+(?: [!-~]+)*)?"
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def as_text(column: pd.Series) -> pd.Series:
    """Return a column of raw cells as tidy text; blank is ``""``."""
    if pd.api.types.is_string_dtype(column.dtype) and column.dtype != object:
        filled = column.fillna("")
        odd = ~filled.str.fullmatch(_TIDY).to_numpy(dtype=bool)
        if not odd.any():
            return filled
        tidied = filled.copy()
        tidied[odd] = map_unique(filled[odd], tidy, "str")
        return tidied
    return map_unique(column, tidy, "str")


def map_unique(column: pd.Series, function: Callable[[Any], Any], dtype: Any) -> pd.Series:
    """Apply a function to the distinct values of a column; missing values are given to it as None."""
    values = column.array
    if column.dtype == object and pd.api.types.infer_dtype(column, skipna=True) in {"mixed", "boolean"}:
        # True and 1.0 are the same key to a hash table, and not the same cell content.
        values = pd.array(
            [str(value).upper() if isinstance(value, bool) else value for value in column], dtype=object
        )
    codes, uniques = pd.factorize(values)
    # As a list: looking into an Arrow array value by value costs more than the function.
    mapped = [function(value) for value in uniques.tolist()]
    mapped.append(function(None))
    verdicts: pd.Series = pd.Series(pd.array(mapped, dtype=dtype), dtype=dtype)
    return verdicts.take(codes).set_axis(column.index)


@lru_cache(maxsize=10_000)
def label_key(text: str) -> str:
    r"""Return the form in which column headings are compared.

    >>> label_key(" Realisasi  Periode\nLalu (Rp) "), label_key("s.d. Periode"), label_key("%")
    ('realisasi periode lalu', 's d periode', 'persen')
    """
    plain = tidy(text).casefold().replace("%", " persen ")
    plain = re.sub(r"\((rp|idr)\.?\)", " ", plain)
    return _NOT_WORD.sub(" ", plain).strip()


@lru_cache(maxsize=200_000)
def name_key(text: str) -> str:
    """Return the form in which names are compared: lower case, letters and digits only.

    >>> name_key("Telaga Sili-Sili"), name_key("  DINAS  Kesehatan.")
    ('telaga sili sili', 'dinas kesehatan')
    """
    if text.isascii() and text.isprintable():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    folded = unicodedata.normalize("NFKD", tidy(text)).casefold()
    return _NOT_WORD.sub(" ", "".join(c for c in folded if not unicodedata.combining(c))).strip()


def split_kinds(column: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return which cells of a column of mixed contents are numbers, and which are texts."""
    inferred = pd.api.types.infer_dtype(column, skipna=False)
    if inferred in {"floating", "string"}:
        is_number = np.full(len(column), inferred == "floating")
        return is_number, ~is_number
    kinds = list(map(type, column.to_numpy().tolist()))
    is_number = np.fromiter((kind is float or kind is int for kind in kinds), dtype=bool, count=len(kinds))
    is_text = np.fromiter((kind is str for kind in kinds), dtype=bool, count=len(kinds))
    return is_number, is_text


def has_content(column: pd.Series) -> np.ndarray:
    """Return which cells hold more than spaces."""
    if column.dtype == object:
        if pd.api.types.infer_dtype(column, skipna=False) == "floating":
            return column.notna().to_numpy()
        values = column.to_numpy().tolist()
        holds = [value != "" and not (type(value) is str and not tidy(value)) for value in values]
        return np.array(holds, dtype=bool) & column.notna().to_numpy()
    filled = column.fillna("")
    blank = (filled == "").to_numpy(dtype=bool) | filled.str.isspace().to_numpy(dtype=bool)
    return np.asarray(~blank)


def count_filled(frame: pd.DataFrame, enough: int) -> np.ndarray:
    """Return in how many columns each row holds something, counted up to ``enough``.

    Most rows of a table hold enough in its first columns: the others are then not read.
    """
    counts = np.zeros(len(frame), dtype=np.int64)
    for name in frame.columns:
        counts += has_content(frame[name])
        if (counts >= enough).all():
            break
    return np.minimum(counts, enough)


def is_blank(frame: pd.DataFrame) -> np.ndarray:
    """Return which rows hold nothing in any column (spaces count as nothing)."""
    return np.asarray(count_filled(frame, 1) == 0)
