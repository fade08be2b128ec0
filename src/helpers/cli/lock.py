"""``lock``: resolve the dependencies anew, after a change of ``pyproject.toml``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.cli import PROJECT, console
from helpers.environment.relock import write_lock

if TYPE_CHECKING:
    from helpers.cli.parser import Call


def run(call: Call) -> int:
    """Write ``requirements.lock`` and ``environment.yml``; print their paths."""
    # The locked uv, so that two developers get the same answer.
    uv = str(Path(sys.executable).with_name("uv"))
    with tempfile.TemporaryDirectory(prefix="helpers-") as scratch:
        try:
            written = write_lock(uv, PROJECT, Path(scratch), upgrade=call.options.upgrade)
        except subprocess.CalledProcessError:
            return 1
    for path in written:
        console.emit(console.shown_path(path))
    return 0
