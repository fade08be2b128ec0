"""What is known about ``.venv``: the stamp in it, and the lock that one maker at a time holds."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from helpers.environment.errors import SetupError
from helpers.environment.lockfile import LOCK_NAME, digest

FOLDER_NAME = ".venv"
STAMP_NAME = "helpers-environment.json"
#: Lies in ``.venv`` while packages are written; found at a start, it tells of a broken-off run.
UNFINISHED_NAME = "helpers-unfinished"


def python_of(folder: Path) -> Path:
    """Return where an environment has its interpreter."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an environment was made of.

    Parameters
    ----------
    lock, project : str
        sha256 of ``requirements.lock`` and of ``pyproject.toml``.
    python : str
        The interpreter behind the environment's link; another one means a new environment.
    root : str
        The project's folder; scripts of an environment hold it, so it cannot be moved.
    sets : tuple of str
        The installed sets of dependencies.
    packages : tuple of str
        Names of what was installed for them; anything else in there is its user's own.
    """

    lock: str
    project: str
    python: str
    root: str
    sets: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()

    def write(self, folder: Path) -> None:
        """Write the stamp whole or not at all."""
        path = folder / STAMP_NAME
        scratch = path.with_suffix(".new")
        scratch.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
        scratch.replace(path)

    def has(self, other: Stamp) -> bool:
        """Return whether an environment with this stamp serves for what ``other`` asks."""
        same = replace(self, sets=(), packages=()) == replace(other, sets=(), packages=())
        return same and set(other.sets) <= set(self.sets)


def read_stamp(folder: Path) -> Stamp | None:
    """Return the stamp of an environment, or None if there is none that can be read."""
    try:
        values = json.loads((folder / STAMP_NAME).read_text(encoding="utf-8"))
        lists = {name: tuple(values[name]) for name in ("sets", "packages")}
        return Stamp(**{**values, **lists})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def wanted_stamp(root: Path, sets: Collection[str]) -> Stamp:
    """Return the stamp that the environment must have for these sets."""
    return Stamp(
        lock=digest(root / LOCK_NAME),
        project=digest(root / "pyproject.toml"),
        python=os.path.realpath(python_of(root / FOLDER_NAME)),
        root=str(root),
        sets=tuple(sorted(sets)),
    )


def is_ready(root: Path, sets: Collection[str]) -> bool:
    """Return whether ``.venv`` is whole, up to date and holds these sets; takes milliseconds."""
    folder = root / FOLDER_NAME
    stamp = read_stamp(folder)
    return (
        stamp is not None
        and python_of(folder).exists()
        and not (folder / UNFINISHED_NAME).exists()
        and stamp.has(wanted_stamp(root, sets))
    )


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def sole_maker(root: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the right to change the environment; wait for another run that holds it.

    The system gives the lock back when its holder ends, however it ends.

    Raises
    ------
    SetupError
        If the project's folder cannot be written to.
    """
    try:
        descriptor = os.open(root / ".venv.lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        raise SetupError("not_writable", folder=root) from None
    try:
        if not _try_lock(descriptor):
            on_wait()
            while not _try_lock(descriptor):
                time.sleep(0.2)
        yield
    finally:
        os.close(descriptor)
