"""Check a file: from its path to the table in the terminal and the exit code."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from helpers.check.annotated import write_commented_copy, write_marked_page
from helpers.check.check import CheckResult, check_document, describe_note
from helpers.check.facts_file import load_facts, load_name_groups
from helpers.check.model import ORDER, SYMBOLS, Facts
from helpers.check.readers import read_document
from helpers.edition import load_edition
from helpers.errors import ParameterError
from helpers.messages import translate
from helpers.params import RunParams


def run(
    file: Path,
    params: RunParams,
    *,
    json_output: bool = False,
    report: Path | None = None,
    facts: Path | None = None,
) -> int:
    """Check a file against the edition's facts.

    Parameters
    ----------
    file : Path
        A .docx, .pdf, .html, .md or .txt.
    params : RunParams
        The edition, and the language of the messages.
    json_output : bool
        Print the result as JSON on stdout instead of the table on stderr.
    report : Path, optional
        Where to write the marked text as an HTML page; for a .docx a copy with comments
        is written beside it.
    facts : Path, optional
        Another facts file than the edition's report.

    Returns
    -------
    int
        0 if nothing differs, 1 if something does or the text is not this edition's.

    Raises
    ------
    ParameterError
        If a file is missing, its kind is not known or the report was not made yet.
    DataError
        If the file is unreadable, encrypted or holds no text.
    """
    result = check_file(file, params, facts=facts)
    if json_output:
        sys.stdout.write(json.dumps(result.to_json(params.locale), ensure_ascii=False, indent=2) + "\n")
    else:
        print_result(result, params.locale)
    for path in _write_reports(file, result, report, params.locale):
        (sys.stderr if json_output else sys.stdout).write(f"{path}\n")
    return 1 if result.is_wrong else 0


def check_file(file: Path, params: RunParams, *, facts: Path | None = None) -> CheckResult:
    """Read a file and check it; what `run` does, without printing."""
    document = read_document(file, params.locale)
    return check_document(document, edition_facts(params, facts))


def edition_facts(params: RunParams, facts: Path | None = None) -> Facts:
    """Return the edition's facts with the names of its place and of its public bodies.

    The facts of the Indonesian report serve every language: they hold both texts.
    """
    edition = load_edition(params)
    office = edition.declaration["office"]
    places = {
        str(office[key])
        for key in ("name_id", "name_en", "short_name", "regency_id", "regency_en")
        if office.get(key)
    }
    bare = {place.removeprefix("Kabupaten ").removesuffix(" Regency") for place in places}
    base = params.paths.out
    found = facts or next(
        (folder / "facts.json" for folder in (base, base.parent) if (folder / "facts.json").is_file()),
        base / "facts.json",
    )
    return load_facts(
        found,
        locale=params.locale,
        own_places=sorted({*places, *bare, *(place.removeprefix("BNNK ") for place in places)}),
        name_groups=load_name_groups(
            params.paths.reference_for("opd_registry"),
            params.paths.reference_for("opd_aliases"),
            edition.regency_code,
        ),
    )


def _write_reports(file: Path, result: CheckResult, report: Path | None, locale: str) -> list[Path]:
    if report is None:
        return []
    if report.suffix.lower() not in (".html", ".htm"):
        raise ParameterError(translate("check.error.report_kind", locale, file=report.name))
    if report.resolve() == file.resolve():
        raise ParameterError(translate("check.error.report_is_file", locale, file=report.name))
    written = [write_marked_page(result, report, locale)]
    if file.suffix.lower() == ".docx":
        copy = report.with_suffix(".docx")
        if copy.resolve() == file.resolve():
            copy = copy.with_stem(f"{copy.stem}-{translate('check.report.copy', locale)}")
        written.append(write_commented_copy(file, result, copy, locale))
    return written


STYLES = {"agrees": "green", "differs": "bold red", "unknown": "dim"}
#: Wide enough where there is no terminal to measure, so that a log stays readable.
LOG_WIDTH = 120


def print_result(result: CheckResult, locale: str) -> None:
    """Print findings, table and summary to people (stderr)."""
    width = None if sys.stderr.isatty() else LOG_WIDTH
    console = Console(stderr=True, highlight=False, width=width)
    for finding in result.findings:
        console.print(
            Text(f"! {finding.text(locale)}", style="bold red" if finding.severity == "error" else "yellow")
        )
    if result.checked:
        console.print(_table(result, locale))
    summary = result.summary
    console.print(Text(translate("check.report.summary", locale, file=result.document.name, **summary)))
    if not result.checked and not result.findings:
        console.print(Text(translate("check.report.no_claims", locale)))


def _table(result: CheckResult, locale: str) -> Table:
    table = Table(show_lines=False, header_style="bold")
    for column in ("status", "line", "text", "expected", "fact", "note"):
        table.add_column(translate(f"check.column.{column}", locale), overflow="fold")
    for status in ORDER:
        for item in (item for item in result.checked if item.status == status):
            label = f"{SYMBOLS[status]} {translate(f'check.status.{status}', locale)}"
            table.add_row(
                Text(label, style=STYLES[status]),
                str(item.claim.line),
                Text(item.claim.text),
                Text(item.expected, style="bold" if item.expected else ""),
                Text(item.fact.key if item.fact else ""),
                Text(describe_note(item, locale)),
            )
    return table
