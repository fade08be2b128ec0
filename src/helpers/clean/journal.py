"""What was found in one source: findings, rejected rows and applied corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers.errors import DataError, Finding, Place, Severity
from helpers.privacy import mask_value
from helpers.read import cell_name

REJECT_COLUMNS = ("source_file", "source_sheet", "source_cell", "value", "reason_id", "reason_en",
                  "remedy_id", "remedy_en")  # fmt: skip
#: Two figures held against each other: what is stated, what the rows give, by how much they differ.
CHECK_COLUMNS = ("check", "subject", "source_file", "source_sheet", "source_cell", "stated", "computed",
                 "difference", "agrees")  # fmt: skip
#: So many cells of one kind are listed one by one; the rest is counted.
LISTED_CELLS = 100


class Journal:
    """Collects everything said about one source while it is cleaned.

    Parameters
    ----------
    source : str
        Name in ``edition.toml``.
    file : str
        File name, for the places.
    corrections : str
        Where corrections of this edition are kept, for the remedies.
    """

    def __init__(self, source: str, file: str, corrections: str) -> None:
        self.source = source
        self.file = file
        self.corrections = corrections
        self.findings: list[Finding] = []
        self._checks: list[tuple[Any, ...]] = []
        self._rejects: list[pd.DataFrame] = []
        self._rejected: dict[str, set[int]] = {}
        #: Sheet and cell of what was refused as personal: nothing said of it later repeats it.
        self._personal: set[tuple[str, str]] = set()

    def place(self, sheet: str | None = None, cell: str | None = None) -> Place:
        """Return a place in this source's file."""
        return Place(self.file, sheet or None, cell)

    def report(
        self,
        code: str,
        /,
        sheet: str | None = None,
        cell: str | None = None,
        severity: Severity = "error",
        **values: Any,
    ) -> Finding:
        """Add one finding about a file, a sheet or a cell; no row is rejected."""
        if (sheet or "", cell) in self._personal:
            values = {key: mask_value(value, personal=True) for key, value in values.items()}
        finding = Finding(
            code, self.source, self.place(sheet, cell), severity, {"corrections": self.corrections, **values}
        )
        self.findings.append(finding)
        return finding

    def compare(
        self, check: str, subject: str, sheet: str | None, cell: str | None,
        stated: str, computed: str, difference: str, *, agrees: bool,
    ) -> None:  # fmt: skip
        """Keep a comparison, whether it agrees or not; a difference is a finding besides.

        Parameters
        ----------
        check : str
            Kind of comparison, a key of ``tables.value.check`` in the catalogue.
        subject : str
            What is compared: the key of a fact, or a reporting period.
        sheet, cell : str or None
            Where the stated value stands.
        stated : str
            As written in the source.
        computed, difference : str
            Plain decimals with a point (computed minus stated), or names.
        """
        place = (self.file, sheet or None, cell)
        self._checks.append((check, subject, *place, stated, computed, difference, agrees))

    def compare_counts(
        self, check: str, subject: str, sheet: str | None, cell: str | None, stated: int, computed: int
    ) -> None:
        """Keep a comparison of two counts."""
        difference = computed - stated
        self.compare(check, subject, sheet, cell, str(stated), str(computed), str(difference),
                     agrees=not difference)  # fmt: skip

    def checks(self) -> pd.DataFrame:
        """Return one row a comparison, in the order in which they were made."""
        frame = pd.DataFrame(self._checks, columns=list(CHECK_COLUMNS))
        return frame.astype(dict.fromkeys(CHECK_COLUMNS[:-1], "str") | {"agrees": "bool"})

    def absorb(self, error: DataError) -> None:
        """Take over the findings of an error that a reader raised."""
        for finding in error.findings:
            values = {"corrections": self.corrections, **finding.values}
            self.findings.append(Finding(finding.code, self.source, finding.place, finding.severity, values))

    def cells(
        self,
        code: str,
        sheet: str | None,
        rows: Sequence[int] | np.ndarray,
        columns: int | np.ndarray,
        values: Mapping[str, Any],
        severity: Severity = "error",
        reject: bool | None = None,
    ) -> None:
        """Add one finding a cell, and reject the cells' rows (by default where it is an error).

        Parameters
        ----------
        code : str
            Key of the finding in the catalogue.
        sheet : str or None
        rows : sequence of int
            Sheet rows, from 1.
        columns : int or array
            Column of all cells or of each, from 0.
        values : Mapping
            Placeholders: one value for all cells, or a Series or array as long as ``rows``.
        """
        rows = np.asarray(rows, dtype=int)
        if not len(rows):
            return
        rejects = severity == "error" if reject is None else reject
        names = [cell_name(int(row), int(column)) for row, column in zip(
            rows, np.broadcast_to(columns, len(rows)), strict=True)]  # fmt: skip
        listed = _spread(values, len(rows))
        if code.startswith("personal_"):
            self._personal.update((sheet or "", name) for name in names)
        for position in range(min(len(rows), LISTED_CELLS)):
            one = {key: column[position] for key, column in listed.items()}
            self.report(code, sheet, names[position], severity, **one)
        if len(rows) > LISTED_CELLS:
            self.report("more_of_same", sheet, f"{names[LISTED_CELLS]}…{names[-1]}", severity,
                        count=len(rows) - LISTED_CELLS, like=names[0])  # fmt: skip
        if rejects:
            self._reject(code, sheet, rows, names, listed)

    def _reject(
        self, code: str, sheet: str | None, rows: np.ndarray, names: list[str], listed: dict[str, list[Any]]
    ) -> None:
        self._rejected.setdefault(sheet or "", set()).update(rows.tolist())
        texts: dict[tuple[Any, ...], tuple[str, str, str, str]] = {}
        records = []
        keys = list(listed)
        for position, cell in enumerate(names):
            is_personal = (sheet or "", cell) in self._personal
            evidence = tuple(mask_value(listed[key][position], personal=is_personal) for key in keys)
            spelled = tuple(map(repr, evidence))
            if spelled not in texts:
                values = {"corrections": self.corrections, **dict(zip(keys, evidence, strict=True))}
                finding = Finding(code, self.source, self.place(sheet, cell), "error", values)
                texts[spelled] = (finding.what("id"), finding.what("en"),
                                  finding.remedy("id"), finding.remedy("en"))  # fmt: skip
            value = str(evidence[keys.index("value")]) if "value" in listed else ""
            records.append((self.file, sheet or None, cell, value, *texts[spelled]))
        self._rejects.append(pd.DataFrame(records, columns=list(REJECT_COLUMNS)))

    def rejected_rows(self, sheet: str | None) -> np.ndarray:
        """Return the sheet rows that were rejected so far."""
        return np.array(sorted(self._rejected.get(sheet or "", ())), dtype=int)

    def count_rejected(self, rows: Mapping[str, np.ndarray]) -> int:
        """Return how many of these sheet rows, by sheet, were rejected."""
        # The rejected ones are distinct and few: they are looked for among all, not the reverse.
        return sum(int(np.isin(self.rejected_rows(sheet), numbers).sum()) for sheet, numbers in rows.items())

    @property
    def has_errors(self) -> bool:
        """Whether any finding stops the run."""
        return any(finding.severity == "error" for finding in self.findings)

    def rejects(self) -> pd.DataFrame:
        """Return one row a rejected cell, in the order of sheets and rows."""
        frames = [frame for frame in self._rejects if len(frame)]
        if not frames:
            return pd.DataFrame({name: pd.Series(dtype="str") for name in REJECT_COLUMNS})
        return pd.concat(frames, ignore_index=True).astype("str")


def _spread(values: Mapping[str, Any], length: int) -> dict[str, list[Any]]:
    """Return every placeholder as one value a cell."""
    listed: dict[str, list[Any]] = {}
    for key, value in values.items():
        if isinstance(value, pd.Series | np.ndarray):
            listed[key] = list(value)
        else:
            listed[key] = [value] * length
    return listed


def errors_of(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that stop a run."""
    return [finding for finding in findings if finding.severity == "error"]
