"""``edition``: what an edition holds, and whether its report is up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.cli import console
from helpers.cli.edition import run_params

if TYPE_CHECKING:
    from helpers.cli.parser import Call


def run(call: Call) -> int:
    """Print sources, documents and the state of the report."""
    params = run_params(call)
    from helpers.edition import load_edition
    from helpers.pipeline.overview import describe_edition, overview_lines

    overview = describe_edition(load_edition(params))
    if call.options.json:
        console.emit_json(overview.to_json())
    else:
        for line in overview_lines(overview, call.locale):
            console.emit(line)
    return 0
