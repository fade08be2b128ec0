"""Processed and reference tables: typed on reading, the same bytes for the same rows on writing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.columns import TABLES, Field, Table
from helpers.columns.model import PROVENANCE
from helpers.errors import DataError, Finding, Place, SchemaError
from helpers.read.cells import escape_frame

_DATE = "datetime64[us]"
#: Every eighth row nearly always shows all categories: a respondent has fourteen.
_STRIDE = 8
#: Types of the columns of ``data/reference``, by the end of their names; all others are text.
_REFERENCE_FLOATS = ("_bound", "_rate", "_score", "_share")
_REFERENCE_INTEGERS = ("quarter", "_count", "_year")
_REFERENCE_DATES = ("valid_from", "valid_to", "_date")


def cast_column(column: pd.Series, field: Field) -> pd.Series:
    """Return a column in the type that the dictionary gives it.

    A category takes the dictionary's closed list as its categories, in that order.
    """
    if field.dtype != "category":
        dtype: Any = _DATE if field.dtype == "date" else field.dtype
        cast: pd.Series = column.astype(dtype)
        return cast
    if field.allowed:
        return column.astype(pd.CategoricalDtype(pd.Index(field.allowed, dtype="str")))
    if not isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype("str").astype("category")
    # One place more than there are categories: a missing value, code -1, marks the last.
    used = np.zeros(len(column.cat.categories) + 1, dtype=bool)
    codes = column.cat.codes.to_numpy()
    used[codes[::_STRIDE]] = True
    if not used[:-1].all():
        used[codes] = True
    used = used[:-1]
    if used.all() and isinstance(column.cat.categories.dtype, pd.StringDtype):
        return column
    # Parquet gives an empty list of categories back as objects.
    return column.cat.set_categories(column.cat.categories[used].astype("str"))


def cast_table(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return exactly the dictionary's columns, in its order and types.

    Raises
    ------
    SchemaError
        If a column is missing: a defect of the caller, not of the data.
    """
    missing = [name for name in table.columns if name not in frame.columns]
    if missing:
        raise SchemaError(f"{table.name} lacks {', '.join(missing)}")
    columns = {f.name: cast_column(frame[f.name], f) for f in (*table.fields, *PROVENANCE)}
    # Not copied into blocks of one type: a national survey has 14 million rows.
    return pd.DataFrame(columns, index=frame.index, copy=False).reset_index(drop=True)


def write_table(frame: pd.DataFrame, name: str, folder: Path) -> tuple[Path, Path]:
    r"""Write a table as Parquet (types kept) and CSV (for people); return both paths.

    CSV is UTF-8 with a comma and ``\\n``; texts that begin like a formula are escaped.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parquet, csv = folder / f"{name}.parquet", folder / f"{name}.csv"
    frame.to_parquet(parquet, index=False, compression="zstd")
    write_csv(frame, csv)
    return parquet, csv


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a CSV that opens safely in any spreadsheet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    escape_frame(frame).to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def read_table(name: str, folder: Path) -> pd.DataFrame:
    """Read a processed table with the dictionary's columns and types.

    Raises
    ------
    DataError
        If the table was not written yet.
    SchemaError
        If it lacks a column of the dictionary.
    """
    path = folder / f"{name}.parquet"
    table = TABLES.get(name)
    if not path.is_file():
        source = table.source if table else name
        raise DataError(findings=[Finding("table_missing", source, Place(path.name))])
    frame = pd.read_parquet(path)
    return cast_table(frame, table) if table else frame


def read_reference(name: str, folder: Path, regency: str = "") -> pd.DataFrame:
    """Read a reference table: codes stay text, dates and numbers are typed by column name.

    Parameters
    ----------
    name : str
    folder : Path
    regency : str
        Code of a regency (``63.06``). A table that says by ``regency_code`` whose its rows
        are gives this one's alone, each with the row of the file as its index.

    Raises
    ------
    DataError
        If there is no such file, or a typed column holds something else.
    """
    path = folder / f"{name.removesuffix('.csv')}.csv"
    if not path.is_file():
        raise DataError(findings=[Finding("reference_missing", "reference", Place(path.name))])
    frame = pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False, na_values=[""])
    for column in frame.columns:
        try:
            if column.endswith(_REFERENCE_FLOATS):
                frame[column] = frame[column].astype("float64")
            elif column.endswith(_REFERENCE_INTEGERS):
                frame[column] = frame[column].astype("Int64")
            elif column.endswith(_REFERENCE_DATES):
                dates = [dt.date.fromisoformat(text) if pd.notna(text) else None for text in frame[column]]
                frame[column] = pd.Series(dates, index=frame.index, dtype=_DATE)
        except (ValueError, TypeError) as error:
            values = {"column": column, "error": str(error)}
            raise DataError(
                findings=[Finding("reference_value", "reference", Place(path.name), values=values)]
            ) from error
    if regency and "regency_code" in frame.columns:
        own: pd.DataFrame = frame[(frame["regency_code"] == regency).to_numpy(dtype=bool)]
        return own
    return frame
