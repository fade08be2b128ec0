"""A report appears whole or not at all: it is built beside its place and moved in."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from helpers.errors import ExportError
from helpers.messages import LOCALES, translate
from helpers.params import RunParams

STAGING = ".staging"


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


def _recover(final: Path) -> None:
    """Put back what a run killed between two renames has left aside."""
    aside = _aside(final)
    if aside.exists() and not final.exists():
        aside.rename(final)
    elif aside.exists():
        shutil.rmtree(aside)


def _swap(built: Path, final: Path, keep: tuple[str, ...]) -> None:
    """Move a build into its place; ``keep`` are folders of the old one that are carried over."""
    final.parent.mkdir(parents=True, exist_ok=True)
    aside = _aside(final)
    if final.exists():
        final.rename(aside)
    built.rename(final)
    for name in keep:
        if (aside / name).is_dir() and not (final / name).exists():
            (aside / name).rename(final / name)
    if aside.exists():
        shutil.rmtree(aside)


@contextmanager
def staging(params: RunParams) -> Iterator[RunParams]:
    """Give parameters to build with; publish what was built if the block ends well.

    Raises
    ------
    ExportError
        If another run is making the same edition.
    """
    final = params.paths
    built = staged_params(params)
    root = built.paths.processed.parent
    root.mkdir(parents=True, exist_ok=True)
    lock = root / f"{params.year}.lock"
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = translate("pipeline.busy", params.locale, office=params.office, year=params.year)
            raise ExportError(message) from error
        for fresh, place in _pairs(params):
            _recover(place)
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(parents=True)
        try:
            yield built
            # Only one language owns the folder; the others are folders in it.
            others = tuple(name for name in LOCALES if name != "id") if params.locale == "id" else ()
            _swap(built.paths.processed, final.processed, ())
            _swap(built.paths.out, final.out, others)
        finally:
            for fresh, _ in _pairs(params):
                shutil.rmtree(fresh, ignore_errors=True)
            lock.unlink(missing_ok=True)
            _remove_empty_parents(root, STAGING)
            _remove_empty_parents(built.paths.out.parent, STAGING)


def _remove_empty_parents(folder: Path, marker: str) -> None:
    while marker in str(folder) and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
