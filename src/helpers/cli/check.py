"""``check FILE``: compare the figures in a text with the edition's facts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from helpers.cli.edition import run_params
from helpers.cli.options import UsageError

if TYPE_CHECKING:
    from helpers.cli.parser import Call


def run(call: Call) -> int:
    """Check the file; 1 if a figure differs."""
    if not call.options.file:
        raise UsageError("no_file")
    params = run_params(call)
    from helpers.claims.command import run as run_check

    options = call.options
    report, facts = (Path(name) if name else None for name in (options.report, options.facts))
    return run_check(Path(options.file), params, json_output=options.json, report=report, facts=facts)
