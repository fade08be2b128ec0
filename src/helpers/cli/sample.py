"""``sample``: write the illustrative raw files of an edition anew."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from helpers.cli import PROJECT, console
from helpers.cli.edition import run_params

if TYPE_CHECKING:
    from helpers.cli.parser import Call

#: Programs that are no part of the package; only this command imports from there.
FOLDERS = ("tools", "benchmarks")


def run(call: Call) -> int:
    """Write them, or the synthetic country; print the paths."""
    sys.path += [str(PROJECT / name) for name in FOLDERS]
    if call.options.country is not None:
        return _write_country(call)
    params = run_params(call)
    from illustrative_data import write_sample

    for path in write_sample(params):
        console.emit(console.shown_path(path))
    return 0


def _write_country(call: Call) -> int:
    """Write made-up offices to measure with, outside the project's own raw data."""
    from country import YEAR, write_country
    from helpers.paths import project_root

    options = call.options
    raw = project_root() / (options.raw or "data/raw")
    for path in write_country(raw, options.country, options.year or YEAR, locale=call.locale):
        console.emit(console.shown_path(path))
    return 0
