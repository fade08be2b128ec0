"""``bench``: measure what this project promises, against the way without it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from helpers.cli import PROJECT
from helpers.cli.options import UsageError

if TYPE_CHECKING:
    from helpers.cli.parser import Call

DEFAULT = "reports"


def run(call: Call) -> int:
    """Run one benchmark; its result is a table on stdout.

    Raises
    ------
    UsageError
        If there is no benchmark of this name.
    """
    names = sorted(path.stem for path in (PROJECT / "benchmarks").glob("*.py"))
    name, rest = DEFAULT, call.rest
    if rest and not rest[0].startswith("-"):
        name, rest = rest[0], rest[1:]
    if name not in names:
        raise UsageError("bad_value", option="bench", value=name, known=", ".join(names))
    command = [sys.executable, str(PROJECT / "benchmarks" / f"{name}.py"), *rest]
    path = os.pathsep.join(str(PROJECT / folder) for folder in ("src", "tools"))
    return 1 if subprocess.call(command, cwd=PROJECT, env={**os.environ, "PYTHONPATH": path}) else 0
