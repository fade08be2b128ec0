"""How a column of a frame is printed in a table: its label, its alignment, its format."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from helpers.blocks import Column, Table
from helpers.columns.labels import heading_of, label_of
from helpers.formats import SUPPRESSED, format_value
from helpers.indicators.suppression import hide_people
from helpers.messages import translate

#: Suffix of a column name → format of `helpers.formats`; the naming rules make this enough.
FORMAT_BY_SUFFIX = {
    "_idr": "idr",
    "_rate": "pct",
    "_share": "pct",
    "_count": "count",
    "_rows": "count",
    "rows_in": "count",
    "rows_kept": "count",
    "rows_rejected": "count",
    "rows_corrected": "count",
    "_index": "index",
    "_low": "index",
    "_high": "index",
    "_bound": "number2",
    "_score": "number1",
    "score_sum": "count",
    "_date": "date",
}
NUMERIC = {"idr", "pct", "count", "index", "number1", "number2"}
MISSING = "–"
#: Language of the office's own files.
SOURCE_LANG = "id"


def column_format(name: str) -> str | None:
    """Return the format of a column by its name, or ``None`` for text."""
    if name == "month":
        return "month"
    for suffix, style in FORMAT_BY_SUFFIX.items():
        if name.endswith(suffix):
            return style
    return None


def cell_text(value: Any, column: str, locale: str) -> str:
    """Return one cell as printed: formatted by its column, closed-list values translated."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return MISSING
    if column == "reporting_period":
        # "2021-B06" is printed as staff say it; the edition's year stands in the title.
        return str(value).partition("-")[2]
    if isinstance(value, str):
        return label_of(column, value, locale)
    if isinstance(value, bool):
        return translate(f"tables.flag.{str(value).lower()}", locale)
    style = column_format(column)
    return str(value) if style is None else format_value(value, style, locale)


def _number(value: Any, column: str) -> float | int | None:
    """Return a number behind a printed cell, for workbooks; ``None`` where the print is all there is."""
    if column_format(column) not in NUMERIC or pd.isna(value) or isinstance(value, str):
        return None
    number: float | int = value.item() if hasattr(value, "item") else value
    return number


def hide_cells(frame: pd.DataFrame, locale: str, *, total_row: bool = False) -> pd.DataFrame:
    """Return a table with a mark in the place of what may not be shown; the frame itself if nothing is.

    With a total row all hidden cells look alike: which of them are small would tell more than the sum.
    """
    shown = hide_people(frame, total_row=total_row)
    if shown is frame:
        return frame
    marked = shown[frame.columns].astype("object")
    for column in frame.columns:
        is_count = column_format(str(column)) == "count" and not total_row
        mark = SUPPRESSED if is_count else translate("tables.hidden", locale)
        marked[column] = marked[column].mask(frame[column].notna() & shown[column].isna(), mark)
    return marked


def make_table(  # noqa: PLR0913 - what a table block holds
    frame: pd.DataFrame, *, name: str, caption: str, source: str, locale: str, illustrative: bool,
    note: str = "", total_row: bool = False, labels: Mapping[str, str] = MappingProxyType({}),
) -> Table:  # fmt: skip
    """Return a frame as the table of a document: every cell as the text a reader sees.

    Parameters
    ----------
    frame : DataFrame
        Already ordered; its columns are named by the naming rules and labelled by
        `helpers.columns.labels.heading_of`.
    total_row : bool
        Whether the last row is a total.
    labels : Mapping, optional
        Labels of columns that the catalogue does not name.

    Raises
    ------
    KeyError
        If a column has no label.
    """
    hidden = frame["is_suppressed"].tolist() if "is_suppressed" in frame.columns else [False] * len(frame)
    frame = frame.drop(columns="is_suppressed", errors="ignore")
    names = [str(column) for column in frame.columns]
    columns = tuple(
        Column(
            label=labels.get(column) or heading_of(column, locale),
            align="right" if column_format(column) in NUMERIC else "left",
            format=column_format(column) or "",
            key=column,
        )
        for column in names
    )
    cells = list(frame.astype("object").itertuples(index=False, name=None))
    rows = tuple(
        tuple(
            SUPPRESSED if is_hidden and pd.isna(value) else cell_text(value, column, locale)
            for column, value in zip(names, values, strict=True)
        )
        for values, is_hidden in zip(cells, hidden, strict=True)
    )
    numbers = tuple(tuple(map(_number, values, names)) for values in cells)
    return Table(
        name=name,
        caption=caption,
        columns=columns,
        rows=rows,
        values=numbers,
        total_row=total_row,
        source=source,
        note=note,
        illustrative=illustrative,
    )


def mark_quoted(table: Table, verbatim: Collection[str], locale: str) -> Table:
    """Return a table with the columns whose words are the source's own marked as quoted.

    In the source's language nothing is to mark.
    """
    quoted = [column.label for column in table.columns if column.key in verbatim]
    if locale == SOURCE_LANG or not quoted:
        return table
    columns = tuple(
        replace(column, lang=SOURCE_LANG) if column.key in verbatim else column for column in table.columns
    )
    said = translate("tables.verbatim", locale, columns=quoted)
    return replace(table, columns=columns, note=" ".join(filter(None, [table.note, said])))
