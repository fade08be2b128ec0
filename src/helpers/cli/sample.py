"""``sample``: write the illustrative raw files of an edition anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.cli import console
from helpers.cli.edition import run_params

if TYPE_CHECKING:
    from helpers.cli.parser import Call


def run(call: Call) -> int:
    """Write them; print their paths."""
    params = run_params(call)
    from helpers.sample import write_sample

    for path in write_sample(params):
        console.emit(console.shown_path(path))
    return 0
