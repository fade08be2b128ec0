"""This tree against an earlier commit: the same commands in both, by turns, in the same run.

``python benchmarks/against.py COMMIT [--runs 3] [--profiles 1] [--json]``
(``make bench ARGS="--against COMMIT"``)

The commit is checked out as a git worktree in a scratch folder and makes its own environment
from its own lock. Each measure is a command as a user types it, on the raw data of this tree:

``edition``
    the report of 2021, everything anew, on all cores and on one.
``nothing changed``
    the same command again.
``profiles``
    all profiles of 2021, everything anew.
``memory``
    the largest proportional memory (PSS) of all processes of an edition on one core together.

Seconds of the processor count all processes of a command. A ratio below 1 says that this tree
needs less. The machine's other load changes seconds: read the ratios, and of those the processor's.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from measure import Memory

ROOT = Path(__file__).resolve().parents[1]
_SET_CHILD_SUBREAPER = 36


def adopt() -> None:
    """Take over the processes that a command leaves behind, so that they are counted (Linux)."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1)


def reap() -> None:
    """Wait for all that a command has left."""
    with suppress(ChildProcessError):
        while True:
            os.wait()


class Tree:
    """One state of the project and the folders that it writes to."""

    def __init__(self, root: Path, scratch: Path) -> None:
        self.root = root
        self.places = [f"--{name}={scratch / name}" for name in ("processed", "out")]
        self.seconds: dict[str, list[tuple[float, float]]] = {}
        self.memory_mb: list[float] = []

    def run(self, *command: str) -> tuple[float, float]:
        """Run a command of the project; return its seconds by the clock and by the processor."""
        environment = {name: value for name, value in os.environ.items() if name != "LOCALE"}
        python = getattr(sys, "_base_executable", sys.executable)
        raw = f"--raw={ROOT / 'data' / 'raw'}"
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(
            [python, "-m", "helpers", *command, raw, *self.places],
            cwd=self.root, env={**environment, "PYTHONPATH": str(self.root / "src")},
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        reap()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return time.perf_counter() - started, used

    def measure(self, name: str, *command: str) -> None:
        """Run a command and keep its seconds under a name."""
        self.seconds.setdefault(name, []).append(self.run(*command))

    def measure_memory(self) -> None:
        """Make the edition on one core and keep the peak of its memory."""
        with Memory() as memory:
            self.run("report", "--force", "--jobs=1")
        self.memory_mb.append(memory.peak_mb)


@contextmanager
def checked_out(commit: str, folder: Path) -> Iterator[Path]:
    """Give a worktree of a commit, which is removed at the end."""
    git = ["git", "-C", str(ROOT), "worktree"]
    subprocess.run([*git, "add", "--detach", "--quiet", str(folder), commit], check=True)
    try:
        yield folder
    finally:
        subprocess.run([*git, "remove", "--force", str(folder)], check=True)


def compare(here: Tree, there: Tree, runs: int, profiles: int) -> dict[str, Any]:
    """Return the medians of both trees and their ratios."""
    trees = (here, there)
    adopt()
    for tree in trees:
        # Makes the environment and fills the caches that outlive a run.
        tree.run("report", "--force")
    for _ in range(runs):
        for tree in trees:
            tree.measure("edition, all cores", "report", "--force")
        for tree in trees:
            tree.measure("edition, one core", "report", "--force", "--jobs=1")
        for tree in trees:
            tree.run("report")
            for _ in range(5):
                tree.measure("nothing changed", "report")
    for _ in range(profiles):
        for tree in trees:
            tree.measure("profiles, all cores", "profiles", "--force")
    for tree in trees:
        tree.measure_memory()
    rows = {}
    for name in here.seconds:
        for position, unit in enumerate(("s", "s of processor")):
            ours, theirs = (
                statistics.median(pair[position] for pair in tree.seconds[name]) for tree in trees
            )
            rows[f"{name}, {unit}"] = (ours, theirs)
    rows["memory of an edition, MiB"] = (here.memory_mb[0], there.memory_mb[0])
    return {name: {"here": a, "there": b, "ratio": a / b} for name, (a, b) in rows.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("commit", help="what to compare with")
    parser.add_argument("--runs", type=int, default=3, help="times of everything but the profiles")
    parser.add_argument("--profiles", type=int, default=1, help="times of the profiles")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="helpers-bench-") as scratch,
        checked_out(options.commit, Path(scratch, "tree")) as folder,
    ):
        trees = Tree(ROOT, Path(scratch, "here")), Tree(folder, Path(scratch, "there"))
        found = compare(*trees, options.runs, options.profiles)
    if options.json:
        print(json.dumps(found, indent=2))
        return
    print(f"| measure | this tree | {options.commit} | ratio |\n|---|---:|---:|---:|")
    for name, row in found.items():
        print(f"| {name} | {row['here']:.2f} | {row['there']:.2f} | {row['ratio']:.2f} |")
    print(f"| load of the machine at the end | {os.getloadavg()[0]:.1f} | | |")


if __name__ == "__main__":
    main()
