"""``clean``: remove what this project's commands have made, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.cli import PROJECT, console
from helpers.environment.texts import text

if TYPE_CHECKING:
    from helpers.cli.parser import Call

#: Fixed places, never taken from an option: `OUT=src` must not remove the source.
MADE = ("data/processed", "reports", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")
_WITH_BYTECODE = ("src", "tests", "benchmarks", "notebooks")


def made_folders(project: Path) -> Iterator[Path]:
    """Yield every folder that can be made again.

    A link is left alone: what it leads to is not this project's.
    """
    candidates = [project / name for name in MADE]
    for top in _WITH_BYTECODE:
        candidates += [*(project / top).rglob("__pycache__"), *(project / top).rglob(".ipynb_checkpoints")]
    for folder in candidates:
        if folder.is_dir() and not folder.is_symlink():
            yield folder


def run(call: Call) -> int:
    """Remove them; the environment stays."""
    folders = sorted(made_folders(PROJECT))
    for folder in folders:
        shutil.rmtree(folder)
    console.say(text("cli.clean.done", call.locale, count=len(folders)))
    return 0
