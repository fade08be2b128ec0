"""``profiles``: one page for each village, district and department of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.cli import console
from helpers.cli.edition import run_params
from helpers.cli.options import available_cores
from helpers.environment.texts import text

if TYPE_CHECKING:
    from helpers.cli.parser import Call


def run(call: Call) -> int:
    """Make the profiles; print their folder."""
    params = run_params(call)
    from helpers.pipeline.profiles import make_profiles

    options = call.options
    with console.progress(call.locale) as progress:
        made = make_profiles(
            params,
            jobs=options.jobs or available_cores(),
            force=options.force,
            engine=options.engine,
            progress=progress,
        )
    key = "made" if made.is_made else "current"
    console.say(text(f"cli.profiles.{key}", call.locale, count=made.pages))
    if options.json:
        console.emit_json(
            {
                "schema": 1,
                "status": "done",
                "office": params.office,
                "year": params.year,
                "locale": params.locale,
                "profiles": console.shown_path(made.folder),
                "pages": made.pages,
                "made": made.is_made,
            }
        )
    else:
        console.emit(console.shown_path(made.folder))
    return 0
