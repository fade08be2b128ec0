"""Run uv or pip, show that they get on, and tell in plain words why one failed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from helpers.environment.errors import SetupError

#: What the tools print when something known is wrong, the surest sign first: pip, for one,
#: ends "no matching distribution" when it could not reach its index.
_SIGNS = (
    ("hash_mismatch", r"hash mismatch|do not match the hashes|hashes are required"),
    ("disk_full", r"no space left on device|disk quota exceeded|not enough space on the disk|os error 28\b"),
    (
        "no_network",
        r"failed to fetch|connection refused|connection reset|connection broken|name resolution"
        r"|name or service not known|failed to establish|max retries exceeded|dns error|timed out"
        r"|network is unreachable|error sending request|certificate|retrying \(retry",
    ),
    ("no_venv", r"no module named '?(?:venv|ensurepip)|ensurepip is not available"),
    ("not_writable", r"permission denied|read-only file system|os error 13\b|os error 30\b"),
    ("no_wheel", r"no usable wheels|no matching distribution|could not find a version|no solution found"),
)
#: Settings of a user's pip that would send the packages somewhere else than the environment.
_MISLEADING = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV", "PYTHONHOME")
_PLAIN_INTERVAL_SECONDS = 5.0
_EVENT = re.compile(
    r"\s*(?:Collecting|Downloading|Downloaded|Building|Built|\+)\s+(?:\S*/)?([A-Za-z0-9._-]+)"
)


@dataclass
class Reporter:
    """Show steps and their detail: one living line on a terminal, a line now and then elsewhere."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    _last: float = field(default=0.0, repr=False)
    _open: bool = field(default=False, repr=False)

    def step(self, message: str) -> None:
        """Begin a step."""
        self.close()
        self.stream.write(f"{message}\n")
        self.stream.flush()
        self._last = time.monotonic()

    def detail(self, message: str) -> None:
        """Show how far the step is."""
        if self.stream.isatty():
            width = shutil.get_terminal_size().columns - 1
            self.stream.write("\r\033[K" + f"  {message}"[:width])
            self._open = True
        elif time.monotonic() - self._last >= _PLAIN_INTERVAL_SECONDS:
            self.stream.write(f"  {message}\n")
            self._last = time.monotonic()
        self.stream.flush()

    def close(self) -> None:
        """End the living line, if there is one."""
        if self._open:
            self.stream.write("\r\033[K")
            self._open = False


def explain(output: str) -> str:
    r"""Return the reason, a text below ``environment.failed``, that a tool's output tells of.

    >>> explain("WARNING: Retrying (Retry(total=1)) ...\nERROR: No matching distribution found for uv")
    'no_network'
    >>> explain("Segmentation fault")
    'tool_failed'
    """
    for reason, sign in _SIGNS:
        if re.search(sign, output, flags=re.IGNORECASE):
            return reason
    return "tool_failed"


def _evidence(output: str) -> str:
    """Return what says most: the lines that name an error and its cause, else the last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if re.match(r"(?:error|fatal|cause)\b", line, flags=re.IGNORECASE)]
    return " ".join(telling[:4] or lines[-1:])


def failure(output: str, tool: str, folder: Path, evidence: str) -> SetupError:
    """Return the error that a tool's output tells of."""
    version = "{}.{}".format(*sys.version_info[:2])
    return SetupError(
        explain(output), tool=Path(tool).stem, folder=folder, version=version, evidence=evidence.strip()[:300]
    )


def run_tool(command: Sequence[str], root: Path, reporter: Reporter) -> None:
    """Run an installer, showing the packages it names.

    Raises
    ------
    SetupError
        If it fails; the reason is read from what it printed.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    tail: deque[str] = deque(maxlen=400)
    seen: set[str] = set()
    with subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            tail.append(line)
            event = _EVENT.match(line)
            if event:
                seen.add(event[1])
                reporter.detail(f"{len(seen)}: {event[1]}")
    reporter.close()
    if process.returncode:
        output = "".join(tail)
        raise failure(output, command[0], root, _evidence(output))


@dataclass(frozen=True, slots=True)
class Installer:
    """uv, or pip inside the environment itself, for one environment.

    Parameters
    ----------
    python : Path
        The environment's interpreter.
    uv : str or None
        Path of uv; None for pip.
    """

    python: Path
    uv: str | None

    def _command(self, action: str, *options: str) -> list[str]:
        if self.uv:
            return [self.uv, "pip", action, "--python", str(self.python), *options]
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
        confirmed = ["--yes"] if action == "uninstall" else ["--retries=2"]
        return [*pip, action, *confirmed, *options]

    def install(self, requirements: Path, root: Path, reporter: Reporter) -> None:
        """Install locked packages: hashes required, wheels only, nothing beyond the file."""
        options = ("--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(requirements))
        run_tool(self._command("install", *options), root, reporter)

    def install_project(self, root: Path, reporter: Reporter) -> None:
        """Install the project itself for editing, offline, by the locked build tool."""
        options = ["--no-deps", "--no-build-isolation", "--no-index", "-e", str(root)]
        if self.uv:
            options.insert(0, "--offline")
        run_tool(self._command("install", *options), root, reporter)

    def remove(self, names: Sequence[str], root: Path, reporter: Reporter) -> None:
        """Take packages away."""
        run_tool(self._command("uninstall", *names), root, reporter)
