"""From the provenance columns of a cleaned table to the cells of its source files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from helpers.columns import PROVENANCE
from helpers.errors import SchemaError
from helpers.facts.model import FactSource

PROVENANCE_COLUMNS = [field.name for field in PROVENANCE]


def merge_rows(rows: Iterable[int], column: str) -> str:
    """Return rows of one column as A1 ranges.

    >>> merge_rows([4, 2, 3, 7], "F")
    'F2:F4,F7'
    """
    ranges: list[list[int]] = []
    for row in sorted(set(rows)):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    return ",".join(
        f"{column}{low}" if low == high else f"{column}{low}:{column}{high}" for low, high in ranges
    )


def parse_columns(text: str) -> dict[str, str]:
    """Return the measure → sheet column pairs of a ``source_columns`` value.

    >>> parse_columns("ceiling_idr:C expenditure_idr:F")
    {'ceiling_idr': 'C', 'expenditure_idr': 'F'}
    """
    return dict(pair.split(":", 1) for pair in text.split())


def trace_sources(
    frame: pd.DataFrame, measures: Sequence[str], digest: Callable[[str], str]
) -> tuple[FactSource, ...]:
    """Return the source cells of some measures of a cleaned table.

    Parameters
    ----------
    frame : DataFrame
        The rows that a figure was computed from, with the provenance columns.
    measures : sequence of str
        Measures whose cells are cited; a row whose file has no such measure is an error.
    digest : callable
        Gives a file's sha256 by its name.

    Returns
    -------
    tuple of FactSource
        One a file and sheet, in the order of the rows.

    Raises
    ------
    SchemaError
        If the frame lost its provenance or does not hold a measure: a figure without
        an origin is not published.
    """
    missing = [column for column in PROVENANCE_COLUMNS if column not in frame.columns]
    if missing or frame.empty:
        raise SchemaError(f"no origin can be traced: rows {len(frame)}, missing columns {missing}")
    places = frame[PROVENANCE_COLUMNS].astype({"source_sheet": "object", "source_file": "str"})
    cells: dict[tuple[str, str | None], list[str]] = {}
    grouped = places.groupby(
        ["source_file", "source_sheet", "source_columns"], dropna=False, observed=True, sort=False
    )
    for (file, sheet, columns), group in grouped:
        letters = parse_columns(str(columns))
        absent = [measure for measure in measures if measure not in letters]
        if absent:
            raise SchemaError(f"{file} has no source column for {', '.join(absent)}")
        sheet_name = str(sheet) if isinstance(sheet, str) else None
        found = cells.setdefault((str(file), sheet_name), [])
        found.extend(merge_rows(group["source_row"], letters[measure]) for measure in measures)
    return tuple(
        FactSource(file, sheet, ",".join(dict.fromkeys(ranges)), digest(file))
        for (file, sheet), ranges in cells.items()
    )
