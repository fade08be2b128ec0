"""Cell addresses, and text made safe for spreadsheets."""

from __future__ import annotations

import re

import pandas as pd

#: What makes a spreadsheet read a text as a formula, or hides it from the eye.
FORMULA_START = r"^[=+\-@\t\r\n\x00-\x1f]"
_FORMULA_START = re.compile(FORMULA_START)
_CELL = re.compile(r"^\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})$")


def column_letter(column: int) -> str:
    """Return the letters of a column counted from 0.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return the A1 name of a cell: row counted from 1, column from 0.

    >>> cell_name(23, 7)
    'H23'
    """
    return f"{column_letter(column)}{row}"


def parse_cell_name(name: str) -> tuple[int, int]:
    """Return row (from 1) and column (from 0) of an A1 name.

    Raises
    ------
    ValueError
        If the name is not a cell's.

    >>> parse_cell_name("H23")
    (23, 7)
    """
    match = _CELL.match(name.strip())
    if match is None:
        raise ValueError(f"not the name of a cell: {name!r}")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column - 1


def escape_formula(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    A leading apostrophe is what spreadsheets themselves use to say "this is text".

    >>> escape_formula("=HYPERLINK(1)"), escape_formula("Setda")
    ("'=HYPERLINK(1)", 'Setda')
    """
    return f"'{text}" if _FORMULA_START.match(text) else text


def escape_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with every text cell passed through `escape_formula`.

    Numbers, dates and booleans are not texts: a negative amount stays a number.
    """
    escaped = {}
    for name, column in frame.items():
        escaped[name] = _escape_column(column)
    return pd.DataFrame(escaped, index=frame.index, columns=frame.columns)


def _escape_column(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.CategoricalDtype):
        categories = column.cat.categories
        if not pd.api.types.is_string_dtype(categories):
            return column
        return column.cat.rename_categories([escape_formula(str(text)) for text in categories])
    if not pd.api.types.is_string_dtype(column):
        return column
    risky = column.str.match(FORMULA_START, na=False)
    return column.mask(risky, "'" + column) if risky.any() else column
