"""Clean the sources of an edition, all of them in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from helpers.clean.agencies import clean_opd_reports
from helpers.clean.budget import clean_budget
from helpers.clean.contracts import check_contract
from helpers.clean.corrections import (
    CORRECTION_COLUMNS,
    Correction,
    apply_corrections,
    read_corrections,
)
from helpers.clean.crosschecks import cross_check, needed_beside
from helpers.clean.job import Cleaned, Job
from helpers.clean.journal import Journal
from helpers.clean.partnership import clean_commitments, clean_work_plan
from helpers.clean.places import clean_villages
from helpers.clean.privacy import check_sheet
from helpers.clean.programmes import clean_milestones, clean_programmes, clean_published
from helpers.clean.pseudonyms import pseudonymise
from helpers.clean.results import CleanResult
from helpers.clean.survey import clean_family_survey
from helpers.columns import TABLES
from helpers.edition import Edition
from helpers.errors import DataError, ParameterError
from helpers.read import cast_table, parse_cell_name, read_raw

CLEANERS: dict[str, Callable[[Job], Cleaned]] = {
    "budget": clean_budget,
    "opd_reports": clean_opd_reports,
    "family_survey": clean_family_survey,
    "villages": clean_villages,
    "programmes": clean_programmes,
    "milestones": clean_milestones,
    "published": clean_published,
    "commitments": clean_commitments,
    "work_plan": clean_work_plan,
}


_UNREAD = {"header_missing", "column_missing", "column_duplicate", "sheet_without_month"}


def corrections_label(edition: Edition) -> str:
    """Return where an edition's corrections are kept, as people are told."""
    return f"data/corrections/{edition.params.office}/{edition.params.year}.yml"


def clean_source(edition: Edition, name: str) -> CleanResult:
    """Clean one declared source.

    Nothing that is wrong in the data raises: it is a finding of the result.

    Raises
    ------
    ParameterError
        If the edition declares no such source.
    """
    _require_declared(edition, [name])
    return _clean(edition, name, *_corrections(edition))


def clean_sources(edition: Edition, names: Iterable[str] | None = None) -> dict[str, CleanResult]:
    """Clean several sources (all that are declared, if none is named) and check them together.

    Sources that they are checked against are cleaned beside them, and not returned: what is
    found in those, whoever cleans them says.

    Returns
    -------
    dict of str to CleanResult
        In the order of ``edition.toml``. All findings of all files are in them; see
        `raise_if_errors`.

    Raises
    ------
    ParameterError
        If a named source is not declared.
    """
    wanted = list(edition.sources) if names is None else list(names)
    _require_declared(edition, wanted)
    corrections, broken = _corrections(edition)
    results = {}
    for position, name in enumerate([*wanted, *needed_beside(wanted, edition)]):
        # A broken corrections file is one finding, not one a source.
        results[name] = _clean(edition, name, corrections, broken if position == 0 else None)
    journals = cross_check(edition, results, corrections_label(edition))
    return {name: _with_checks(results[name], journals[name]) for name in wanted}


def _with_checks(result: CleanResult, journal: Journal) -> CleanResult:
    checks = pd.concat([result.checks, journal.checks()], ignore_index=True)
    return replace(result, findings=(*result.findings, *journal.findings), checks=checks)


def _require_declared(edition: Edition, names: Iterable[str]) -> None:
    unknown = [name for name in names if name not in edition.sources]
    if unknown:
        known = ", ".join(edition.sources)
        raise ParameterError(f"edition.toml declares no source {', '.join(unknown)}; declared: {known}")


def _corrections(edition: Edition) -> tuple[list[Correction], DataError | None]:
    try:
        return read_corrections(edition.paths.corrections), None
    except DataError as error:
        return [], error


def _clean(
    edition: Edition, name: str, corrections: list[Correction], broken: DataError | None
) -> CleanResult:
    source = edition.sources[name]
    journal = Journal(name, source.path.name, corrections_label(edition))
    applied = pd.DataFrame({column: pd.Series(dtype="str") for column in CORRECTION_COLUMNS})
    if broken is not None:
        journal.findings.extend(broken.findings)
    cleaned = Cleaned({}, {}, 0)
    cleaner = CLEANERS.get(name)
    if cleaner is None:
        journal.report("source_unknown", known=sorted(CLEANERS))
    else:
        try:
            # First of all: what a correction, a finding or a reject quotes is a pseudonym already.
            workbook = pseudonymise(read_raw(source), edition, source, journal)
            workbook, applied = apply_corrections(workbook, corrections, journal)
            if workbook.hidden_sheets:
                journal.report("sheets_hidden", severity="note", sheets=list(workbook.hidden_sheets))
            for sheet in workbook.sheets.values():
                check_sheet(sheet, journal, edition.contacts)
            cleaned = cleaner(Job(edition, source, workbook, journal))
            _report_empty(journal, cleaned, next(iter(workbook.sheets)))
        except DataError as error:
            journal.absorb(error)
    return _result(name, cleaned, journal, applied)


def _report_empty(journal: Journal, cleaned: Cleaned, sheet: str) -> None:
    """Report a table without rows; where its headings are wrong, that has been said."""
    unread = any(finding.code in _UNREAD for finding in journal.findings)
    if not unread and not any(len(rows) for rows in cleaned.rows.values()):
        journal.report("source_empty", sheet or None)


def _result(name: str, cleaned: Cleaned, journal: Journal, applied: pd.DataFrame) -> CleanResult:
    tables = {}
    for table in TABLES.values():
        if table.source == name:
            frame = cleaned.tables.get(table.name, pd.DataFrame(columns=table.columns))
            tables[table.name] = cast_table(frame, table)
            if len(frame) and not journal.has_errors:
                check_contract(tables[table.name], table, journal)
    rows_in = sum(len(rows) for rows in cleaned.rows.values())
    return CleanResult(
        source=name,
        tables=tables,
        rejects=journal.rejects(),
        corrections=applied,
        findings=tuple(journal.findings),
        rows_in=rows_in,
        rows_kept=cleaned.rows_kept,
        rows_rejected=journal.count_rejected(cleaned.rows),
        rows_corrected=_corrected_rows(applied),
        structure_rows=cleaned.structure_rows,
        checks=journal.checks(),
    )


def _corrected_rows(applied: pd.DataFrame) -> int:
    """Count the rows with at least one correction: two cells of a row are one row."""
    rows = [parse_cell_name(cell)[0] for cell in applied["source_cell"]]
    return len(set(zip(applied["source_sheet"].fillna(""), rows, strict=True)))
