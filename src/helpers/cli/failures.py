"""Tell of an error in plain words, or as JSON where a program reads it."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Sequence
from typing import Any

from helpers.cli import PROGRAM, UsageError
from helpers.errors import Finding, HelpersError
from helpers.messages import translate


def tell(error: Exception, given: Sequence[str], locale: str) -> int:
    """Print an error; return the exit code that belongs to it.

    An error of ours is its own text, one line a finding. Any other is a defect of the
    program: one sentence, and the way to the traceback.

    Parameters
    ----------
    given : sequence of str
        The command line, which may ask for the traceback or for JSON.
    """
    own = given[: list(given).index("--")] if "--" in given else given
    if "--debug" in own:
        traceback.print_exception(error)
    findings: tuple[Finding, ...] = ()
    if isinstance(error, HelpersError):
        code, findings = error.exit_code, error.findings
        told = error.text(locale).splitlines()
        head, rest = told[: len(told) - len(findings)], told[len(told) - len(findings) :]
        lines = [*head, *(f"- {line}" for line in rest)]
    else:
        detail = str(error).strip().partition("\n")[0][:300]
        code, lines = 1, [translate("cli.unexpected", locale, kind=type(error).__name__, detail=detail)]
        if "--debug" not in own:
            lines.append(translate("cli.debug_hint", locale))
    if isinstance(error, UsageError):
        lines.append(translate("cli.usage.see_help", locale, program=PROGRAM))
    sys.stderr.write("\n".join(lines) + "\n")
    if "--json" in own:
        answer = {
            "schema": 1,
            "status": "failed",
            "exit_code": code,
            "message": "\n".join(lines[: len(lines) - len(findings)]),
            "findings": [_finding(item, locale) for item in findings],
        }
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    return code


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
