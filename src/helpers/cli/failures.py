"""Tell of an error in plain words, or as JSON where a program reads it."""

from __future__ import annotations

import json
import sys
import traceback
from typing import TYPE_CHECKING, Any

from helpers.environment.texts import text

if TYPE_CHECKING:
    from helpers.cli.parser import Call
    from helpers.errors import Finding, HelpersError


def tell(error: Exception, call: Call) -> int:
    """Print an error; return the exit code that belongs to it.

    An error of ours is its own text, one line a finding. Any other is a defect of the
    program: one sentence, and the way to the traceback.
    """
    if call.options.debug:
        traceback.print_exception(error)
    known = _as_ours(error)
    findings: tuple[Finding, ...] = ()
    if known is None:
        message = text("cli.unexpected", call.locale, kind=type(error).__name__, detail=_first_line(error))
        lines, code = [message], 1
        if not call.options.debug:
            lines.append(text("cli.debug_hint", call.locale))
    else:
        code, findings = known.exit_code, known.findings
        told = known.text(call.locale).splitlines()
        head, rest = told[: len(told) - len(findings)], told[len(told) - len(findings) :]
        lines = [*head, *(f"- {line}" for line in rest)]
    sys.stderr.write("\n".join(lines) + "\n")
    if getattr(call.options, "json", False):
        answer = {
            "schema": 1,
            "status": "failed",
            "exit_code": code,
            "message": "\n".join(lines[: len(lines) - len(findings)]),
            "findings": [_finding(item, call.locale) for item in findings],
        }
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    return code


def _as_ours(error: Exception) -> HelpersError | None:
    # A command of the standard library alone runs where the errors' formats are not installed.
    try:
        from helpers.errors import HelpersError
    except ImportError:
        return None
    return error if isinstance(error, HelpersError) else None


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:300]


def _finding(finding: Finding, locale: str) -> dict[str, Any]:
    return {
        "code": finding.code,
        "source": finding.source,
        "severity": finding.severity,
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "what": finding.what(locale),
        "remedy": finding.remedy(locale),
    }
