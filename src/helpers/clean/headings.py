"""Where the table begins and which column is which, told by headings, not by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from helpers.clean.text import label_key
from helpers.columns import Table
from helpers.columns.model import Cell
from helpers.indonesian.text import tidy
from helpers.read import RawSheet, column_letter

#: Similarity (0 to 100) from which a heading is taken for a misspelt one. Lowest that
#: keeps every pair of different headings that are declared apart.
HEADING_FLOOR = 88.0
#: How much better the best candidate must be than the next.
HEADING_MARGIN = 6.0
#: Short headings ("P1", "No") differ by a letter from each other: never by similarity.
_SHORTEST_FUZZY = 5
_HEADER_ROWS = 60


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column that a source may have: a declared cell under its name.

    ``fills`` says that a vertically merged cell holds for all its rows.
    """

    name: str
    label: str
    spellings: tuple[str, ...] = ()
    required: bool = True
    fills: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """All known spellings in comparable form."""
        return tuple(dict.fromkeys(label_key(text) for text in (self.label, *self.spellings)))


def specs_of(table: Table, further: Mapping[str, Cell] | None = None) -> tuple[ColumnSpec, ...]:
    """Return the columns of the file that a table is read from, as the dictionary declares them."""
    return tuple(
        ColumnSpec(name, cell.heading, cell.spellings, cell.required, cell.fills)
        for name, cell in {**table.cells, **(further or {})}.items()
    )


@dataclass(slots=True)
class Header:
    """The header found: last row of it, columns by name, their headings, and what is wrong."""

    row: int
    depth: int = 1
    columns: dict[str, int] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    duplicates: dict[str, list[int]] = field(default_factory=dict)
    missing: list[ColumnSpec] = field(default_factory=list)
    unknown: dict[int, str] = field(default_factory=dict)


def find_header(sheet: RawSheet, specs: Sequence[ColumnSpec]) -> Header | None:
    """Find the header row (or the two rows of a stacked header) and match its columns.

    Returns
    -------
    Header or None
        None if no row holds at least half of the required headings (two, if fewer).
    """
    known = {key: spec.name for spec in specs for key in spec.keys}
    needed = max(1, (sum(spec.required for spec in specs) + 1) // 2)
    best: tuple[int, int, int] | None = None
    choice: tuple[int, int, dict[int, list[str]]] | None = None
    limit = min(_HEADER_ROWS, len(sheet.cells))
    rows = _filled_rows(sheet, limit)
    for row in range(1, limit + 1):
        for depth in (1, 2):
            if row + depth - 1 > limit:
                continue
            labels = _labels(rows[row - 1 : row + depth - 1])
            score = len({known[key] for keys in labels.values() for key in map(label_key, keys)
                         if key in known})  # fmt: skip
            rank = (score, -depth, -row)
            if score >= needed and (best is None or rank > best):
                best, choice = rank, (row + depth - 1, depth, labels)
    if choice is None:
        return None
    row, depth, labels = choice
    return _match(Header(row, depth), labels, specs)


def _labels(rows: list[list[str]]) -> dict[int, list[str]]:
    """Return what each column may be called: both texts joined, the lower one, or the upper alone."""
    labels: dict[int, list[str]] = {}
    for column, lower in enumerate(rows[-1]):
        upper = rows[0][column] if len(rows) == 2 else ""
        joined = f"{upper} {lower}" if upper and lower and upper != lower else ""
        # The upper text names the column alone only where nothing stands below it: else it is a
        # header above its first data row.
        candidates = [text for text in (joined, lower or upper) if text]
        if candidates:
            labels[column] = candidates
    return labels


def _filled_rows(sheet: RawSheet, limit: int) -> list[list[str]]:
    """Return the first rows as tidy text, merged cells filled."""
    top_rows = sheet.cells.iloc[:limit].to_numpy(dtype=object).tolist()
    rows = [[tidy(value) for value in values] for values in top_rows]
    for top, left, bottom, right in sheet.merges:
        if top > limit or left >= sheet.cells.shape[1]:
            continue
        value = rows[top - 1][left]
        for row in rows[top - 1 : bottom]:
            row[left : right + 1] = [value] * len(row[left : right + 1])
    return rows


def _match(header: Header, labels: dict[int, list[str]], specs: Sequence[ColumnSpec]) -> Header:
    known = {key: spec.name for spec in specs for key in spec.keys}
    found: dict[str, list[int]] = {}
    for column, texts in labels.items():
        name = next((known[label_key(text)] for text in texts if label_key(text) in known), None)
        if name is None:
            header.unknown[column] = texts[0]
        else:
            found.setdefault(name, []).append(column)
            header.headings.setdefault(name, next(text for text in texts if label_key(text) in known))
    header.duplicates = {name: columns for name, columns in found.items() if len(columns) > 1}
    header.columns = {name: columns[0] for name, columns in found.items()}
    for spec in specs:
        if spec.name not in header.columns:
            _match_similar(header, spec)
    header.missing = [spec for spec in specs if spec.required and spec.name not in header.columns]
    return header


def _match_similar(header: Header, spec: ColumnSpec) -> None:
    scores: dict[int, float] = {}
    for column, text in header.unknown.items():
        key = label_key(text)
        if len(key) >= _SHORTEST_FUZZY:
            scores[column] = max(fuzz.ratio(key, other) for other in spec.keys)
    ranked = sorted(scores, key=lambda column: (-scores[column], column))
    if not ranked or scores[ranked[0]] < HEADING_FLOOR:
        return
    if len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < HEADING_MARGIN:
        return
    text = header.unknown.pop(ranked[0])
    header.columns[spec.name] = ranked[0]
    header.headings[spec.name] = text
    header.renamed[spec.name] = text


def nearest_headings(header: Header, spec: ColumnSpec, limit: int = 3) -> list[str]:
    """Return the unmatched headings most like a missing column, with their column letters."""
    texts = {column: label_key(text) for column, text in header.unknown.items() if label_key(text)}
    ranked = process.extract(spec.keys[0], texts, scorer=fuzz.ratio, limit=limit, score_cutoff=30)
    return [f"{header.unknown[column]} ({column_letter(column)})" for _, _, column in ranked]
