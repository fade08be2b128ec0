"""The result in a terminal: a table of the figures, those that differ first."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from helpers.claims.check import CheckResult, describe_note
from helpers.messages import translate

SYMBOLS = {"agrees": "✓", "differs": "✗", "unknown": "?"}
STYLES = {"agrees": "green", "differs": "bold red", "unknown": "dim"}
ORDER = ("differs", "unknown", "agrees")
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
    console.print(Text(translate("claims.report.summary", locale, file=result.document.name, **summary)))
    if not result.checked and not result.findings:
        console.print(Text(translate("claims.report.no_claims", locale)))


def _table(result: CheckResult, locale: str) -> Table:
    table = Table(show_lines=False, header_style="bold")
    for column in ("status", "line", "text", "expected", "fact", "note"):
        table.add_column(translate(f"claims.column.{column}", locale), overflow="fold")
    for status in ORDER:
        for item in (item for item in result.checked if item.status == status):
            label = f"{SYMBOLS[status]} {translate(f'claims.status.{status}', locale)}"
            table.add_row(
                Text(label, style=STYLES[status]),
                str(item.claim.line),
                Text(item.claim.text),
                Text(item.expected, style="bold" if item.expected else ""),
                Text(item.fact.key if item.fact else ""),
                Text(describe_note(item, locale)),
            )
    return table
