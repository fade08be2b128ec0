"""``profiles``: one page for each village, district and department of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.cli import console
from helpers.cli.edition import give_folder, run_params
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
    give_folder(call, params, "profiles", made.folder, pages=made.pages, made=made.is_made)
    return 0
