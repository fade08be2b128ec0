"""Digests of files, taken again only where a file may have changed."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from helpers.errors import HelpersError
from helpers.messages import translate
from helpers.paths import shown_folder

#: Stands for a file that is not there: that it appears is a change too.
ABSENT = "-"
#: Nanoseconds that a file must have been at rest before its times are trusted. A write within
#: one tick of the file system's clock (2 s on some) leaves the times as they were.
_REST = 2_000_000_000
#: What office programs and desktops leave beside files, here never part of anything.
_LEFT_BEHIND = (".~lock.", "~$", ".DS_Store", "Thumbs.db", "desktop.ini")


def is_left_behind(name: str) -> bool:
    """Return whether a file is an office program's lock or a desktop's note, not somebody's work.

    Examples
    --------
    >>> is_left_behind("~$press-release.docx"), is_left_behind("press-release.docx")
    (True, False)
    """
    return name.startswith(_LEFT_BEHIND)


def sha256_of(path: Path) -> str:
    """Return a file's digest."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def walk_files(folder: Path) -> Iterator[Path]:
    """Yield all files below a folder, without bytecode and what programs leave behind."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            if not is_left_behind(name):
                yield Path(parent, name)


class ChangedError(HelpersError):
    """A file was changed while something was made from it."""


class Digests:
    """Digests by path, remembered from run to run with size, times and inode.

    Parameters
    ----------
    known : Mapping
        What `record` gave at an earlier run.
    """

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.known = dict(known)
        self._used: dict[str, list[Any]] = {}

    def of(self, path: Path) -> str:
        """Return a file's digest, `ABSENT` if there is no such file."""
        name = str(path)
        found = self._used.get(name)
        if found is None:
            found = self._used[name] = self._look(path)
        return str(found[-1])

    def _look(self, path: Path) -> list[Any]:
        now = time.time_ns()
        try:
            traits = _traits(path)
        except (FileNotFoundError, NotADirectoryError):
            return [False, ABSENT]
        known: list[Any] = self.known.get(str(path), [False])
        if known[0] and known[1:-1] == traits:
            return known
        return [now - max(traits[1:3]) > _REST, *traits, sha256_of(path)]

    def is_known(self, files: Iterable[Path]) -> bool:
        """Return whether these are all files that were known, and none of them has changed."""
        paths = {str(path): path for path in files}
        return paths.keys() == self.known.keys() and all(
            self.of(path) == self.known[name][-1] for name, path in paths.items()
        )

    def has_news(self) -> bool:
        """Return whether anything asked for was not known, or not surely."""
        return self.record() != {name: self.known.get(name) for name in self.record()}

    def check_unchanged(self, locale: str, *, besides: Path) -> None:
        """Stop where a file is not what it was when its digest was asked for.

        Its bytes are read again. One that was changed and put back has equal bytes, but another
        time of its last change (``ctime``), which nobody sets, or another inode.

        Parameters
        ----------
        locale : str
            Language of the message.
        besides : Path
            A folder whose files may change.

        Raises
        ------
        ChangedError
            With the names of the files.
        """
        watched = [(Path(name), found) for name, found in self._used.items()]
        changed = [
            shown_folder(path)
            for path, found in watched
            if not path.is_relative_to(besides) and _now(path) != found[1:]
        ]
        if changed:
            raise ChangedError(translate("run.changed", locale, names=changed))

    def record(self) -> dict[str, list[Any]]:
        """Return the digests asked for in this run, to be remembered."""
        return {name: found for name, found in self._used.items() if found[-1] != ABSENT}


def _traits(path: Path) -> list[int]:
    """Return what tells that a file may have changed: size, times of change, inode."""
    stat = os.stat(path)
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]


def _now(path: Path) -> list[Any]:
    """Return a file's traits and digest as they are now."""
    try:
        return [*_traits(path), sha256_of(path)]
    except (FileNotFoundError, NotADirectoryError):
        return [ABSENT]
