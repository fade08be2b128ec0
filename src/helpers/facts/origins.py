"""Where the measures of an edition's sources stand: file, sheet and cells of each.

A figure of its own is a fact with its cells (`helpers.facts.book`). A cell of a table or a
point of a chart is too many to be one; its column leads to its measure here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.columns import PROVENANCE
from helpers.edition import Edition, Source
from helpers.facts.lineage import parse_columns

_COLUMNS = [field.name for field in PROVENANCE]


@dataclass(frozen=True, slots=True)
class SheetOrigin:
    """One sheet of a source: ``cells`` is measure → A1 ranges of the rows that were kept."""

    file: str
    sheet: str | None
    sha256: str
    cells: dict[str, str]


def describe_origins(edition: Edition) -> dict[str, list[SheetOrigin]]:
    """Return every source of an edition with the cells of its measures.

    Notes
    -----
    A source whose rows no cleaned table holds is given as a whole file, without cells.
    """
    names = {source.path.name: source for source in edition.sources.values()}
    found: dict[str, list[SheetOrigin]] = {name: [] for name in edition.sources}
    for path in sorted(edition.paths.processed.glob("clean_*.parquet")):
        for file, sheet, cells in _sheets(path):
            if file in names:
                source = names[file]
                found[source.name].append(SheetOrigin(file, sheet, source.sha256, cells))
    return {name: _merged(sheets) or [whole_file(edition.sources[name])] for name, sheets in found.items()}


def whole_file(source: Source) -> SheetOrigin:
    """Return a source as one file of which no cells are told."""
    return SheetOrigin(source.path.name, source.sheet, source.sha256, {})


def to_json(origins: dict[str, list[SheetOrigin]]) -> dict[str, list[dict[str, Any]]]:
    """Return origins as ``facts.json`` holds them."""
    return {name: [asdict(sheet) for sheet in sheets] for name, sheets in origins.items()}


def _sheets(path: Path) -> Iterator[tuple[str, str | None, dict[str, str]]]:
    """Yield file, sheet and cells of what a cleaned table was read from."""
    frame = pd.read_parquet(path, columns=_COLUMNS)
    places = frame.astype({"source_sheet": "object", "source_file": "str", "source_columns": "str"})
    by_place = places.groupby(["source_file", "source_sheet", "source_columns"], dropna=False, sort=False)
    for (file, sheet, columns), group in by_place:
        rows = group["source_row"].to_numpy()
        cells = {measure: row_ranges(rows, letter) for measure, letter in parse_columns(str(columns)).items()}
        yield str(file), sheet if isinstance(sheet, str) else None, cells


def _merged(sheets: list[SheetOrigin]) -> list[SheetOrigin]:
    """Join what several tables or layouts hold of one sheet."""
    joined: dict[tuple[str, str | None], SheetOrigin] = {}
    for sheet in sheets:
        place = (sheet.file, sheet.sheet)
        known = joined.setdefault(place, SheetOrigin(sheet.file, sheet.sheet, sheet.sha256, {}))
        for measure, cells in sheet.cells.items():
            earlier = known.cells.get(measure, "")
            parts = dict.fromkeys([*earlier.split(","), *cells.split(",")])
            known.cells[measure] = ",".join(part for part in parts if part)
    return list(joined.values())


def row_ranges(rows: Any, column: str) -> str:
    """Return rows of one column as A1 ranges; quick for millions of them.

    >>> row_ranges([4, 2, 3, 7, 7], "F")
    'F2:F4,F7'
    """
    ordered = np.unique(np.asarray(rows, dtype="int64"))
    if not len(ordered):
        return ""
    breaks = np.flatnonzero(np.diff(ordered) > 1)
    starts = ordered[np.concatenate(([0], breaks + 1))]
    ends = ordered[np.concatenate((breaks, [len(ordered) - 1]))]
    return ",".join(
        f"{column}{low}" if low == high else f"{column}{low}:{column}{high}"
        for low, high in zip(starts.tolist(), ends.tolist(), strict=True)
    )
