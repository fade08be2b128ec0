"""What every cleaner is given, and the steps that all of them share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from helpers.clean.block import Block
from helpers.clean.journal import Journal
from helpers.clean.names import NameIndex, village_key
from helpers.clean.parsing import Numbers, parse_dates, parse_numbers
from helpers.clean.text import map_unique, name_key
from helpers.columns.model import Choice
from helpers.edition import Edition, Source
from helpers.errors import Severity
from helpers.read import RawWorkbook, read_reference

#: Which finding each problem of a number is.
_NUMBER_FINDINGS = {
    "not_a_number": "not_a_number",
    "letter_for_digit": "letter_for_digit",
    "scientific": "number_scientific",
    "ambiguous": "number_ambiguous",
    "not_whole": "number_not_whole",
}


@dataclass(frozen=True)
class Job:
    """One source to clean."""

    edition: Edition
    source: Source
    workbook: RawWorkbook
    journal: Journal
    _references: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    def reference(self, name: str) -> pd.DataFrame:
        """Return a reference table (the edition's regency alone), read once; it is not to be changed."""
        if name not in self._references:
            folder = self.edition.paths.reference_for(name)
            self._references[name] = read_reference(name, folder, self.edition.regency_code)
        return self._references[name]

    @cached_property
    def year(self) -> int:
        """The edition's year."""
        return self.edition.params.year

    @cached_property
    def villages(self) -> NameIndex:
        """The villages of the edition's regency, with their aliases."""
        villages = self.reference("villages")
        own = villages[villages["village_code"].str.startswith(self.edition.regency_code + ".")]
        aliases = self.reference("village_aliases")
        return NameIndex(
            dict(zip(own["village_code"].tolist(), own["village_name"].tolist(), strict=True)),
            tuple(zip(aliases["village_code"], aliases["alias"], strict=True)),
            village_key,
        )


@dataclass(frozen=True)
class Cleaned:
    """What a cleaner gives.

    ``rows`` are the sheet rows of the source's own grain, by sheet: each is kept or
    rejected. ``rows_kept`` is counted from the tables, not from ``rows``, so that a lost
    row shows. ``structure_rows`` are parents, totals and notes.
    """

    tables: dict[str, pd.DataFrame]
    rows: Mapping[str, np.ndarray]
    rows_kept: int
    structure_rows: int = 0


def report_cells(
    job: Job,
    block: Block,
    name: str,
    mask: np.ndarray | pd.Series,
    code: str,
    /,
    severity: Severity = "error",
    reject: bool | None = None,
    **values: Any,
) -> None:
    """Report the masked cells of one column; the cells' texts are the evidence."""
    chosen = np.asarray(mask, dtype=bool)
    if not chosen.any():
        return
    texts = block.text(name)[chosen]
    evidence: dict[str, Any] = {"value": texts, "column": block.heading(name)}
    for key, value in values.items():
        per_cell = isinstance(value, pd.Series | np.ndarray) and len(value) == len(chosen)
        evidence[key] = np.asarray(value, dtype=object)[chosen] if per_cell else value
    job.journal.cells(
        code, block.sheet, block.rows[chosen], block.letters.get(name, 0), evidence, severity, reject
    )


def read_numbers(
    job: Job,
    block: Block,
    name: str,
    *,
    required: bool,
    whole: bool = True,
    low: float | None = None,
    high: float | None = None,
) -> np.ndarray:
    """Read a column as numbers and report every cell that is none, or out of its bounds.

    Returns
    -------
    ndarray of float
        NaN for blank and for refused cells.
    """
    if name not in block.frame:
        return np.full(len(block.frame), np.nan)
    numbers = parse_numbers(block.frame[name], whole=whole, low=low, high=high)
    _report_numbers(job, block, name, numbers, required)
    values = numbers.values.copy()
    outside = np.zeros(len(values), dtype=bool)
    if low is not None:
        outside |= values < low
    if high is not None:
        outside |= values > high
    if outside.any():
        lowest, highest = ("…" if bound is None else f"{bound:g}" for bound in (low, high))
        report_cells(job, block, name, outside, "number_out_of_range", low=lowest, high=highest)
        values[outside] = np.nan
    return values


def _report_numbers(job: Job, block: Block, name: str, numbers: Numbers, required: bool) -> None:
    if not numbers.problem.any():
        return
    report_unread(job, block, name, numbers)
    if required:
        broken = _broken_rows(job, block)
        report_cells(job, block, name, numbers.is_blank & ~broken, "value_missing")


def report_unread(job: Job, block: Block, name: str, numbers: Numbers, severity: Severity = "error") -> None:
    """Report the cells of a column that hold something and no number."""
    for problem, code in _NUMBER_FINDINGS.items():
        report_cells(job, block, name, numbers.has(problem), code, severity)


def _broken_rows(job: Job, block: Block) -> np.ndarray:
    """Return rows already rejected: a formula without result is blank too, and is said once."""
    return np.isin(block.rows, job.journal.rejected_rows(block.sheet))


def read_dates(job: Job, block: Block, name: str, *, required: bool) -> tuple[pd.Series, pd.Series]:
    """Read a column as dates and report every cell that is none; return dates and precisions."""
    if name not in block.frame:
        none = pd.Series(pd.NaT, index=block.frame.index, dtype="datetime64[us]")
        return none, none.astype("str")
    dates = parse_dates(block.frame[name])
    report_cells(job, block, name, dates.has("not_a_date"), "not_a_date")
    report_cells(job, block, name, dates.has("date_impossible"), "date_impossible")
    report_cells(job, block, name, dates.has("weekday_differs"), "date_weekday", "warning")
    if required:
        report_cells(job, block, name, dates.has("blank") & ~_broken_rows(job, block), "value_missing")
    return dates.values, dates.precision


def read_choice(
    job: Job, block: Block, name: str, choices: Sequence[Choice], *, required: bool = True
) -> pd.Series:
    """Read a column of a closed list: its texts (as in the source) to our values.

    Blank stays missing; a text that is not on the list is reported with the list.
    """
    known = {name_key(text): choice.value for choice in choices for text in choice.texts}
    texts = block.text(name)
    values = map_unique(texts, lambda text: known.get(name_key(text or "")), "str")
    blank = (texts == "").to_numpy()
    missing = values.isna().to_numpy()
    allowed = [choice.label_id for choice in choices]
    report_cells(job, block, name, missing & ~blank, "value_not_on_list", allowed=allowed)
    if required:
        report_cells(job, block, name, blank & ~_broken_rows(job, block), "value_missing")
    return values


def require_text(job: Job, block: Block, name: str) -> pd.Series:
    """Return a column as text and report its blank cells."""
    texts = block.text(name)
    report_cells(job, block, name, (texts == "").to_numpy() & ~_broken_rows(job, block), "value_missing")
    return texts


def report_duplicates(job: Job, block: Block, key: pd.DataFrame, name: str) -> None:
    """Report rows whose key stands in an earlier row; the later ones are rejected."""
    again = key.duplicated(keep="first").to_numpy() & key.notna().all(axis=1).to_numpy()
    if not again.any():
        return
    firsts = key.assign(_row=block.rows).groupby(list(key.columns), sort=False)["_row"].transform("first")
    # Joined only where it is shown: elsewhere a part of the key may be missing.
    shown = np.full(len(key), "", dtype=object)
    shown[again] = key[again].astype("str").agg(" · ".join, axis=1).to_numpy(dtype=object)
    report_cells(job, block, name, again, "duplicate_key", first=firsts.to_numpy(), record=shown)


def kept_rows(job: Job, block: Block) -> np.ndarray:
    """Return which rows of a block were not rejected."""
    return ~np.isin(block.rows, job.journal.rejected_rows(block.sheet))


def provenance(job: Job, block: Block, measures: dict[str, str]) -> dict[str, Any]:
    """Return the provenance columns of a block's rows."""
    length = len(block.frame)
    return {
        "source_file": constant(job.source.path.name, length),
        "source_sheet": constant(block.sheet, length),
        "source_row": block.rows.astype("int64"),
        "source_columns": constant(block.source_columns(measures), length),
    }


def constant(text: str | None, length: int) -> pd.Categorical:
    """Return a category column with one value (or none) in every row."""
    texts = [] if text is None else [text]
    codes = np.full(length, len(texts) - 1, dtype=np.int8)
    return pd.Categorical.from_codes(codes, categories=pd.Index(texts, dtype="str"))
