"""``report``: from raw files to the published edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.cli import console
from helpers.cli.edition import run_params
from helpers.cli.options import available_cores

if TYPE_CHECKING:
    from helpers.cli.parser import Call


def run(call: Call) -> int:
    """Make the edition's report; print its folder."""
    params = run_params(call)
    from helpers.pipeline.run import make_report

    options = call.options
    with console.progress(call.locale) as progress:
        folder = make_report(
            params,
            jobs=options.jobs or available_cores(),
            force=options.force,
            engine=options.engine,
            progress=progress,
            explain=options.explain,
        )
    if options.json:
        console.emit_json(
            {
                "schema": 1,
                "status": "done",
                "office": params.office,
                "year": params.year,
                "locale": params.locale,
                "report": console.shown_path(folder),
            }
        )
    else:
        console.emit(console.shown_path(folder))
    return 0
