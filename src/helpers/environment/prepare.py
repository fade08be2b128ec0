"""Make ``.venv`` from ``requirements.lock`` where it is missing, stale or broken."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpers.errors import ParameterError
from helpers.messages import translate

FOLDER = ".venv"
LOCK = "requirements.lock"
#: Lies in ``.venv`` and says what it was made of; without content while it is being made.
STAMP = "helpers.json"
#: Settings of a user's pip that would send the packages somewhere else than the environment.
_MISLEADING = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV", "PYTHONHOME")
_PIP = ("-m", "pip", "install", "--no-deps", "--quiet", "--no-input", "--disable-pip-version-check")
_LOCKED = ("--require-hashes", "--only-binary=:all:")


def python_of(root: Path) -> Path:
    """Return where the project's environment has its interpreter."""
    return root / FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def is_ready(root: Path, sets: Collection[str]) -> bool:
    """Return whether ``.venv`` is whole, up to date and holds these sets; takes milliseconds."""
    stamp = _read_stamp(root)
    same = {name: stamp.get(name) for name in ("lists", "python", "root")} == _wanted(root)
    return same and python_of(root).exists() and set(sets) <= set(stamp["sets"])


def prepare(root: Path, sets: Collection[str], locale: str) -> Path:
    """Return the interpreter of an environment that holds these sets, made if need be.

    Parameters
    ----------
    root : Path
        The project's folder.
    sets : collection of str
        Names that stand behind ``# for:`` in the lock. Sets that were asked for before
        stay: `make report` after `make test` takes nothing away.
    locale : {"id", "en"}
        Language of what is shown.

    Raises
    ------
    ParameterError
        If it cannot be made; the next run starts from what is whole.
    """
    if is_ready(root, sets):
        return python_of(root)
    try:
        with _sole_maker(root, locale):
            if not is_ready(root, sets):
                _make(root, set(sets), locale)
    except OSError as error:
        raise _failure("not_writable", locale, folder=root, evidence=error) from error
    return python_of(root)


def select(lock: Path, sets: Collection[str], locale: str) -> list[str]:
    """Return the entries of the lock that any of these sets needs, each with its hashes.

    Raises
    ------
    ParameterError
        If the file is missing, cut off, or holds an entry without its sets.
    """
    text = lock.read_text(encoding="utf-8") if lock.is_file() else ""
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    purposes = [re.search(r"^ +# for: (.+)$", entry, flags=re.MULTILINE) for entry in entries]
    # A file cut off between two entries would read well: its last line says how many there are.
    if not text.endswith(f"# end of {len(entries)} packages\n"):
        raise _failure("lock_damaged", locale, file=lock.name)
    chosen = []
    for entry, purpose in zip(entries, purposes, strict=True):
        if purpose is None:
            raise _failure("lock_damaged", locale, file=lock.name)
        if set(sets) & set(purpose[1].split()):
            chosen.append(entry)
    return chosen


def _make(root: Path, sets: set[str], locale: str) -> None:
    folder, stamp_file = root / FOLDER, root / FOLDER / STAMP
    stamp = _read_stamp(root)
    wanted = _wanted(root)
    moved = (stamp.get("python"), stamp.get("root")) != (wanted["python"], wanted["root"])
    anew = moved or not python_of(root).exists()
    if anew:
        _say("repairing" if stamp_file.exists() else "making", locale, folder=FOLDER)
        if stamp_file.exists():
            shutil.rmtree(folder)
        folder.mkdir(exist_ok=True)
        stamp = {}
    stamp_file.write_text("", encoding="utf-8")
    if anew:
        # The interpreter below an active environment: one environment inside another breaks with it.
        base = getattr(sys, "_base_executable", None) or sys.executable
        _run([base, "-m", "venv", str(folder)], locale)
    kept = sets | {"build"} | set(stamp.get("sets", ()))
    entries = select(root / LOCK, kept, locale)
    _say("installing", locale, count=len(entries))
    with tempfile.TemporaryDirectory(prefix="helpers-") as scratch:
        tools, everything = Path(scratch, "tools.txt"), Path(scratch, "all.txt")
        tools.write_text("".join(select(root / LOCK, ["build"], locale)), encoding="utf-8")
        everything.write_text("".join(entries), encoding="utf-8")
        _install(root, tools, everything, locale)
    done = {**_wanted(root), "sets": sorted(kept)}
    scratch_file = stamp_file.with_suffix(".new")
    scratch_file.write_text(json.dumps(done, indent=2) + "\n", encoding="utf-8")
    scratch_file.replace(stamp_file)
    _say("ready", locale)


def _install(root: Path, tools: Path, everything: Path, locale: str) -> None:
    """Install by pip what installs the rest, then the rest by uv, then the project itself, offline."""
    python = str(python_of(root))
    pip = [python, *_PIP]
    # On a terminal uv shows how far it is; elsewhere it would list every package.
    quiet = () if sys.stderr.isatty() else ("--quiet",)
    uv = [str(python_of(root).with_name("uv")), "pip"]
    to_python = [*quiet, "--python", python]
    project = ["--no-index", "--no-build-isolation", "-e", str(root)]
    _run([*pip, *_LOCKED, "-r", str(tools)], locale)
    # uv does not read pip's settings (an office's own index): pip may get through where uv did not.
    by_pip = [*pip, *_LOCKED, "-r", str(everything)]
    _run([*uv, "sync", *to_python, *_LOCKED, str(everything)], locale, instead=by_pip)
    _run([*uv, "install", *to_python, "--offline", "--no-deps", *project], locale, instead=[*pip, *project])


def _run(command: Sequence[str], locale: str, instead: Sequence[str] = ()) -> None:
    """Run a tool, which says itself what is wrong; after a failure run the other one."""
    environment = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    # Standard output belongs to results: 2 is the descriptor of standard error.
    code = subprocess.call(command, env=environment, stdin=subprocess.DEVNULL, stdout=2)
    if code and instead:
        _say("by_pip", locale)
        _run(instead, locale)
    elif code:
        raise _failure("tool_failed", locale, tool=Path(command[0]).stem)


def _read_stamp(root: Path) -> dict[str, Any]:
    try:
        stamp: dict[str, Any] = json.loads((root / FOLDER / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def _wanted(root: Path) -> dict[str, Any]:
    """Return what the stamp must say, but for the sets."""
    files = (root / LOCK, root / "pyproject.toml")
    lists = b"".join(path.read_bytes() for path in files if path.is_file())
    return {
        "lists": hashlib.sha256(lists).hexdigest(),
        # Another interpreter behind the link, or another place, means a new environment.
        "python": os.path.realpath(python_of(root)),
        "root": str(root),
    }


@contextmanager
def _sole_maker(root: Path, locale: str) -> Iterator[None]:
    """Hold the right to change the environment; the system gives it back when its holder ends."""
    with (root / ".venv.lock").open("a") as file:
        if sys.platform != "win32":
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                _say("waiting", locale)
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _failure(reason: str, locale: str, **values: object) -> ParameterError:
    return ParameterError(translate(f"environment.failed.{reason}", locale, **values))


def _say(step: str, locale: str, **values: object) -> None:
    sys.stderr.write(translate(f"environment.{step}", locale, **values) + "\n")
    sys.stderr.flush()
