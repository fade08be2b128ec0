"""What cleaning one source gives, and how it is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.cleaning.journal import CHECK_COLUMNS, errors_of
from helpers.edition import Edition
from helpers.errors import DataError, Finding
from helpers.tables import write_csv, write_table


@dataclass(frozen=True)
class CleanResult:
    """One source, cleaned.

    Parameters
    ----------
    source : str
        Name in ``edition.toml``.
    tables : dict
        Table name -> frame with exactly the dictionary's columns and types.
    rejects : DataFrame
        One row a cell for which its row was left out: place, value, reason, remedy.
    corrections : DataFrame
        One row a correction applied: place, from, to, reason, who.
    findings : tuple of Finding
    rows_in, rows_kept, rows_rejected, rows_corrected : int
        Rows of the source in its own grain: budget account lines of all months, reports of
        departments, respondents, villages. Totals, parents and notes are structure.
    structure_rows : int
        Rows used to reconcile or left out as structure; not part of ``rows_in``.
    checks : DataFrame
        One row a comparison with another source, a register or a published figure, whether
        it agrees or not (columns: `helpers.cleaning.journal.CHECK_COLUMNS`).

    Raises
    ------
    ValueError
        If rows in are not rows kept plus rows rejected: a row was lost.
    """

    source: str
    tables: dict[str, pd.DataFrame]
    rejects: pd.DataFrame
    corrections: pd.DataFrame
    findings: tuple[Finding, ...]
    rows_in: int
    rows_kept: int
    rows_rejected: int
    rows_corrected: int
    structure_rows: int = 0
    checks: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(CHECK_COLUMNS)))

    def __post_init__(self) -> None:
        if self.rows_in != self.rows_kept + self.rows_rejected:
            raise ValueError(
                f"{self.source}: {self.rows_in} rows in, {self.rows_kept} kept and "
                f"{self.rows_rejected} rejected: a row was lost or counted twice"
            )

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop a run."""
        return tuple(errors_of(self.findings))

    def quality(self) -> dict[str, Any]:
        """Return this source's entry of ``quality.json``."""
        return {
            "source": self.source,
            "rows_in": self.rows_in,
            "rows_kept": self.rows_kept,
            "rows_rejected": self.rows_rejected,
            "rows_corrected": self.rows_corrected,
            "structure_rows": self.structure_rows,
            "rejects": _records(self.rejects),
            "corrections": _records(self.corrections),
            "checks": _records(self.checks),
            "findings": [_describe(finding) for finding in self.findings],
        }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(key): (None if pd.isna(value) else value) for key, value in record.items()}
        for record in frame.to_dict("records")
    ]


def _describe(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "what_id": finding.what("id"),
        "what_en": finding.what("en"),
        "remedy_id": finding.remedy("id"),
        "remedy_en": finding.remedy("en"),
    }


def raise_if_errors(results: Mapping[str, CleanResult]) -> None:
    """Stop if any source has an error.

    Raises
    ------
    DataError
        With the errors of all sources, in the order of the sources.
    """
    errors = [finding for result in results.values() for finding in result.errors]
    if errors:
        raise DataError(findings=errors)


def write_results(results: Mapping[str, CleanResult], edition: Edition) -> list[Path]:
    """Write tables, rejects and quality of all sources; nothing at all if one has an error.

    Returns
    -------
    list of Path
        The files written, in order.

    Raises
    ------
    DataError
        With all errors of all sources; nothing was written.
    """
    raise_if_errors(results)
    written: list[Path] = []
    for result in results.values():
        for name, frame in result.tables.items():
            written += write_table(frame, name, edition.paths.processed)
    return written + write_quality(results, edition)


def write_quality(results: Mapping[str, CleanResult], edition: Edition) -> list[Path]:
    """Write ``rejects/<source>.csv`` and ``quality/<source>.json``, whatever was found."""
    written = []
    for name, result in results.items():
        rejects = edition.paths.processed / "rejects" / f"{name}.csv"
        write_csv(result.rejects, rejects)
        quality = edition.paths.quality / f"{name}.json"
        quality.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(result.quality(), ensure_ascii=False, indent=2, sort_keys=False)
        quality.write_text(text + "\n", encoding="utf-8")
        written += [rejects, quality]
    return written


def summarise_quality(results: Mapping[str, CleanResult]) -> pd.DataFrame:
    """Return one row a source: rows in, kept, rejected, corrected, warnings and errors.

    Examples
    --------
    >>> list(summarise_quality({}).columns)[:3]
    ['source', 'rows_in', 'rows_kept']
    """
    columns = ["source", "rows_in", "rows_kept", "rows_rejected", "rows_corrected", "warning_count",
               "error_count"]  # fmt: skip
    rows = [
        (r.source, r.rows_in, r.rows_kept, r.rows_rejected, r.rows_corrected,
         sum(f.severity == "warning" for f in r.findings), len(r.errors))
        for r in results.values()
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"source": "str", **dict.fromkeys(columns[1:], "int64")})
