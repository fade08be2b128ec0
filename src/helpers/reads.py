"""Which files a step of the report may read: what it did not declare is refused, by name.

A report is made again only where something has changed that a step depends on. That holds
only if a step reads nothing that it did not declare, so its process is watched: Python tells
of every file that it opens (`sys.addaudithook`), and the readers of `helpers.tables`, behind
which libraries open files themselves, ask `check_read`.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Any

from helpers.errors import HelpersError
from helpers.messages import translate


class UndeclaredReadError(HelpersError):
    """A step has read a file that its plan does not declare."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What one step may read.

    Parameters
    ----------
    step : str
        Name of its document.
    locale : str
        Language of the message.
    watched : tuple of str
        Absolute folders in which only declared files may be read.
    own : tuple of str
        Absolute folders, also below a watched one, that are the step's own.
    listed : tuple of str
        Absolute folders that may be listed.
    files : frozenset of str
        Absolute paths of declared files.
    root : str
        The project's folder; messages name files from there.
    """

    step: str
    locale: str
    watched: tuple[str, ...]
    own: tuple[str, ...]
    listed: tuple[str, ...]
    files: frozenset[str]
    root: str

    def check(self, path: str) -> None:
        """Refuse a path that is watched and not declared.

        Raises
        ------
        UndeclaredReadError
            With the file and the step.
        """
        full = os.path.abspath(path)
        if not _is_below(full, self.watched) or _is_below(full, self.own) or full in self.files:
            return
        shown = os.path.relpath(full, self.root) if _is_below(full, (self.root,)) else full
        raise self.refusal(shown.replace(os.sep, "/"))

    def refusal(self, file: str) -> UndeclaredReadError:
        """Return the error that names a file and the step."""
        return UndeclaredReadError(translate("reads.undeclared", self.locale, file=file, step=self.step))


def _is_below(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(folder + os.sep) for folder in folders)


def _is_cell(path: str) -> bool:
    """Return whether this is the name of a cell's code, which tracebacks look for as a file."""
    return path.startswith("In[")


_state: dict[str, Declared] = {}
_LISTINGS = frozenset({"os.listdir", "os.scandir"})


def watch_reads(declared: Declared) -> None:
    """Watch what this process reads from now on; for a process that ends with its step.

    The working folder may be listed, as every import does; opening files is refused in all
    watched folders.
    """
    _state["declared"] = declared

    def listen(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            reads = "r" in mode or "+" in mode if mode else (flags & os.O_ACCMODE) != os.O_WRONLY
            if reads and isinstance(path, str | bytes) and not _is_cell(os.fsdecode(path)):
                declared.check(os.fsdecode(path))
        elif event in _LISTINGS:
            path = arguments[0]
            full = os.path.abspath(os.fsdecode(path)) if isinstance(path, str | bytes) else ""
            if full and full not in declared.listed and full != os.getcwd():
                declared.check(full)

    sys.addaudithook(listen)


def check_given(path: os.PathLike[str]) -> None:
    """Refuse a file that other steps make and that this process's step did not declare.

    To be asked where there is no such file: what a step declares lies in its folder when it
    begins, and nothing else does.

    Raises
    ------
    UndeclaredReadError
        With the file and the step.
    """
    declared = _state.get("declared")
    if declared is not None:
        raise declared.refusal(os.path.basename(path))


def check_read(path: os.PathLike[str]) -> None:
    """Refuse a file that this process's step did not declare; a no-op in other processes.

    Raises
    ------
    UndeclaredReadError
        With the file and the step.
    """
    declared = _state.get("declared")
    if declared is not None:
        declared.check(os.fspath(path))
