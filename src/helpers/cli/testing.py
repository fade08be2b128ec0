"""``test``: the whole test suite, or the part that further arguments choose."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from helpers.cli import PROJECT

if TYPE_CHECKING:
    from helpers.cli.parser import Call

# pytest's codes: 1 failed, 2 interrupted, 3 its own error, 4 used wrongly, 5 nothing collected.
_EXIT_CODES = {0: 0, 2: 130, 4: 2}


def run(call: Call) -> int:
    """Run pytest; tests that need a browser or a finished report say so when they skip."""
    jobs = call.options.jobs
    spread = ["-n", str(jobs)] if jobs and jobs > 1 else []
    code = subprocess.call([sys.executable, "-m", "pytest", *spread, *call.rest], cwd=PROJECT)
    return _EXIT_CODES.get(code, 1)
