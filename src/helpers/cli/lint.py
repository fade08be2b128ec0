"""``lint``: style, layout and types, all three even if the first fails."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from helpers.cli import PROJECT, console

if TYPE_CHECKING:
    from helpers.cli.parser import Call

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy", "--strict"),
)


def run(call: Call) -> int:
    """Run the checks; 1 if any of them finds something."""
    failed = False
    for check in CHECKS:
        console.say("$ " + " ".join(check))
        failed |= subprocess.call([sys.executable, "-m", *check], cwd=PROJECT) != 0
    return 1 if failed else 0
