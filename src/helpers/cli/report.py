"""``report``: from raw files to the published edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.cli import console
from helpers.cli.edition import give_folder, run_params
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
    give_folder(call, params, "report", folder)
    return 0
