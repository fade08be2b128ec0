"""``sample``: write the illustrative raw files of an edition anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.cli import console
from helpers.cli.edition import run_params

if TYPE_CHECKING:
    from helpers.cli.parser import Call


def run(call: Call) -> int:
    """Write them, or the synthetic country; print the paths."""
    if call.options.country is not None:
        return _write_country(call)
    params = run_params(call)
    from helpers.sample import write_sample

    for path in write_sample(params):
        console.emit(console.shown_path(path))
    return 0


def _write_country(call: Call) -> int:
    """Write made-up offices to measure with, outside the project's own raw data."""
    from helpers.paths import project_root
    from helpers.sample.country import YEAR, write_country

    options = call.options
    raw = project_root() / (options.raw or "data/raw")
    for path in write_country(raw, options.country, options.year or YEAR, locale=call.locale):
        console.emit(console.shown_path(path))
    return 0
