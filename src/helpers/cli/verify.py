"""``verify``: rebuild the edition in a scratch place and compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.cli import console
from helpers.cli.edition import run_params
from helpers.cli.options import available_cores
from helpers.environment.texts import text

if TYPE_CHECKING:
    from helpers.cli.parser import Call


def run(call: Call) -> int:
    """Compare; print the name of every file that differs."""
    params = run_params(call)
    from helpers.pipeline.verify import verify

    options = call.options
    with console.progress(call.locale) as progress:
        differing = verify(
            params, jobs=options.jobs or available_cores(), engine=options.engine, progress=progress
        )
    if options.json:
        status = "differs" if differing else "same"
        console.emit_json({"schema": 1, "status": status, "differing": differing})
    else:
        for name in differing:
            console.emit(name)
    key = "cli.verify.differs" if differing else "cli.verify.same"
    console.say(text(key, call.locale, count=len(differing)))
    return 1 if differing else 0
