"""A report appears whole or not at all: it is built beside its place and moved in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from helpers.errors import ExportError, ParameterError
from helpers.messages import LOCALES, translate
from helpers.params import RunParams
from helpers.paths import find_foreign, shown_folder
from helpers.pipeline.edits import keep_edits
from helpers.pipeline.locks import try_lock, turn

#: Told the name of a file in the report and the copy that is kept of it.
EditListener = Callable[[str, Path], None]
#: Given what was replaced, and what stands in its place.
Discard = Callable[[Path, Path], None]

STAGING = ".staging"
#: Made apart from the report, in a folder of it.
PROFILES = "profiles"


class BusyError(ExportError):
    """Another run is making the same edition."""


def staged_params(params: RunParams) -> RunParams:
    """Return the parameters of a build: the same edition below a folder beside its place.

    The name is fixed by edition and language, so that two builds have the same bytes.
    """
    name = f"{STAGING}-{params.locale}"
    return replace(params, processed=f"{params.processed}/{name}", out=f"{params.out}/{name}")


def _pairs(params: RunParams) -> list[tuple[Path, Path]]:
    built, final = staged_params(params).paths, params.paths
    return [(built.processed, final.processed), (built.out, final.out)]


def _aside(final: Path) -> Path:
    return final.with_name(f".{final.name}.before")


def _recover(final: Path, discard: Discard) -> None:
    """Put back what a run killed between two renames has left aside."""
    aside = _aside(final)
    if aside.exists() and not final.exists():
        aside.rename(final)
    elif aside.exists():
        discard(aside, final)


def _swap(built: Path, final: Path, discard: Discard) -> None:
    """Move a build into its place."""
    aside = _aside(final)
    if final.exists():
        final.rename(aside)
    built.rename(final)
    if aside.exists():
        discard(aside, final)


def _discard(aside: Path, final: Path, keep: tuple[str, ...] = ()) -> None:
    """Remove what a build has replaced; ``keep`` are folders of it that are carried over."""
    for name in keep:
        if (aside / name).is_dir() and not (final / name).exists():
            (aside / name).rename(final / name)
    shutil.rmtree(aside)


@contextmanager
def staging(params: RunParams, on_edit: EditListener = lambda _name, _copy: None) -> Iterator[RunParams]:
    """Give parameters to build with; publish what was built if the block ends well.

    Parameters
    ----------
    params : RunParams
        Of the report.
    on_edit : callable
        Told of every file of the report that somebody has changed or added by hand, and of the
        copy that is kept of it (`keep_edits`).

    Raises
    ------
    BusyError
        If another run is making the same edition.
    ParameterError
        If a folder that would be replaced holds a file that no run has made.
    """
    final = params.paths
    refuse_foreign(params)
    built = staged_params(params)
    root = built.paths.processed.parent
    lock = root / f"{params.year}.lock"
    handle = _take_lock(lock)
    if handle is None:
        message = translate("pipeline.busy", params.locale, office=params.office, year=params.year)
        raise BusyError(message)
    # Only one language owns the folder; the others are folders in it, as are profiles.
    languages = tuple(name for name in LOCALES if name != "id") if params.locale == "id" else ()
    others = (*languages, PROFILES)

    def discard_report(aside: Path, place: Path) -> None:
        language = place.name if place.name in languages else ""
        for name, copy in keep_edits(aside, place, final.edited / language, skip=others):
            on_edit(name, copy)
        _discard(aside, place, others)

    try:
        for name in languages:
            _recover(final.out / name, discard_report)
        with _turns(params):
            _recover(final.processed, _discard)
            _recover(final.out, discard_report)
        for fresh, _ in _pairs(params):
            shutil.rmtree(fresh, ignore_errors=True)
            _make(fresh)
        yield built
        with _turns(params):
            _swap(built.paths.processed, final.processed, _discard)
            _swap(built.paths.out, final.out, discard_report)
    finally:
        for fresh, _ in _pairs(params):
            shutil.rmtree(fresh, ignore_errors=True)
        lock.unlink(missing_ok=True)
        os.close(handle)
        _remove_empty_parents(root, STAGING)
        _remove_empty_parents(built.paths.out.parent, STAGING)
        # Made for a report that did not come: a language's, or the first of an office.
        with suppress(OSError):
            final.out.parent.rmdir()


def refuse_foreign(params: RunParams) -> None:
    """Stop before anything is made where a folder to be replaced is not this program's."""
    found = find_foreign(params.paths)
    if found:
        place, file = found
        name = file.relative_to(place).as_posix()
        text = translate("params.folder_foreign", params.locale, place=shown_folder(place), name=name)
        raise ParameterError(text)


@contextmanager
def _turns(params: RunParams) -> Iterator[None]:
    """Wait for a run of the other language to move its build: both lie in the same folders."""
    report = params.paths.out if params.locale == "id" else params.paths.out.parent
    with ExitStack() as stack:
        for folder in (params.paths.processed.parent, report.parent):
            _make(folder)
            stack.enter_context(turn(folder))
        _make(params.paths.out.parent)
        yield


def _make(folder: Path) -> None:
    """Make a folder, also while another edition's run removes its empty parents."""
    while not folder.is_dir():
        with suppress(FileNotFoundError):
            folder.mkdir(parents=True, exist_ok=True)


def _take_lock(path: Path) -> int | None:
    while True:
        _make(path.parent)
        with suppress(FileNotFoundError):
            return try_lock(path)


def _remove_empty_parents(folder: Path, marker: str) -> None:
    # Another edition's run may put something in meanwhile: then it is not empty, and stays.
    with suppress(OSError):
        while marker in str(folder):
            folder.rmdir()
            folder = folder.parent
