"""What cleaning one source gives, and how it is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.clean.journal import CHECK_COLUMNS, errors_of
from helpers.columns import TABLES
from helpers.columns.model import SMALL_COUNT_LIMIT
from helpers.edition import Edition
from helpers.errors import DataError, Finding, Withheld
from helpers.messages import translate
from helpers.read import write_csv, write_table

#: Evidence that is of headings, limits and the number of cells, not of what stands in a row.
_OPEN_EVIDENCE = frozenset(
    {"allowed", "column", "corrections", "count", "high", "like", "limit", "low", "rows", "sheets"}
)


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
        it agrees or not (columns: `helpers.clean.journal.CHECK_COLUMNS`).

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

    def published(self) -> CleanResult:
        """Return the result as it may be published: where something is wrong and why, not what people said.

        Of a source whose rows are single people no value of a cell is told; of one that counts
        people, none beside which a small count stands.
        """
        tables = [table for table in TABLES.values() if table.source == self.source]
        is_person_level = any(table.is_person_level for table in tables)
        if not is_person_level and not any(entry.unit == "people" for t in tables for entry in t.fields):
            return self

        def hides(*values: Any) -> bool:
            return is_person_level or any(map(_is_small, values))

        findings = []
        for finding in self.findings:
            told = {key: value for key, value in finding.values.items() if key not in _OPEN_EVIDENCE}
            hidden = dict.fromkeys(told, Withheld()) if hides(*told.values()) else {}
            findings.append(replace(finding, values={**finding.values, **hidden}))
        corrections, rejects = self.corrections.copy(), self.rejects.copy()
        if len(corrections):
            hidden_rows = [hides(*pair) for pair in zip(corrections["from"], corrections["to"], strict=True)]
            corrections.loc[hidden_rows, ["from", "to"]] = None
        if len(rejects):
            hidden_rows = [hides(value) for value in rejects["value"]]
            for locale in ("id", "en"):
                words = translate("findings.evidence.withheld", locale)
                rejects.loc[hidden_rows, [f"reason_{locale}"]] = words
            rejects.loc[hidden_rows, ["value"]] = None
        return replace(self, findings=tuple(findings), corrections=corrections, rejects=rejects)

    def quality(self) -> dict[str, Any]:
        """Return this source's entry of ``quality.json``, with everything that is for the office alone."""
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


def _is_small(value: Any) -> bool:
    """Return whether a value is a count of so few people that it is not published."""
    try:
        return 1 <= float(str(value)) <= SMALL_COUNT_LIMIT
    except ValueError:
        return False


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
    """Write ``rejects/<source>.csv`` and the quality of each source, whatever was found.

    ``quality/<source>.json`` is what is published; ``<source>.office.json`` holds the values too.
    """
    written = []
    for name, result in results.items():
        rejects = edition.paths.processed / "rejects" / f"{name}.csv"
        write_csv(result.rejects, rejects)
        written.append(rejects)
        for kind, entry in (("json", result.published().quality()), ("office.json", result.quality())):
            quality = edition.paths.quality / f"{name}.{kind}"
            quality.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(entry, ensure_ascii=False, indent=2, sort_keys=False)
            quality.write_text(text + "\n", encoding="utf-8")
            written.append(quality)
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
