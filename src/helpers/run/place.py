"""What is made appears whole or not at all: it is built beside its place and moved in.

A move is two renames. A run that is killed between them leaves what stood in the place aside, under a
name of its own, and the next run puts it back.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from helpers.errors import ExportError, ParameterError
from helpers.messages import LOCALES, translate
from helpers.params import RunParams
from helpers.paths import find_foreign, find_stray, shown_folder
from helpers.run.digests import sha256_of, walk_files

MANIFEST = "manifest.json"
STAGING = ".staging"
#: Made apart from the report, in a folder of it.
PROFILES = "profiles"

#: Given what was replaced, and what stands in its place.
Discard = Callable[[Path, Path], None]
#: Told the name of a file in the report and the copy that is kept of it.
EditListener = Callable[[str, Path], None]


class BusyError(ExportError):
    """Another run is making the same."""


# -- moving in -------------------------------------------------------------------------------
def _remove(folder: Path, _place: Path) -> None:
    shutil.rmtree(folder)


def _aside(place: Path) -> Path:
    return place.with_name(f".{place.name}.before")


def recover(place: Path, discard: Discard = _remove) -> None:
    """Put back what a run killed between two renames has left aside."""
    aside = _aside(place)
    if aside.exists() and not place.exists():
        aside.rename(place)
    elif aside.exists():
        discard(aside, place)


def swap_in(fresh: Path, place: Path, discard: Discard = _remove) -> None:
    """Move a finished folder into its place; `discard` is given what stood there."""
    recover(place, discard)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(_aside(place))
    fresh.rename(place)
    recover(place, discard)


@contextmanager
def beside(place: Path, mode: int = 0o777, discard: Discard = _remove) -> Iterator[Path]:
    """Give an empty folder beside a place; it is moved in if the block ends well."""
    fresh = place.with_name(f".{place.name}.part")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=mode, parents=True)
    try:
        yield fresh
        swap_in(fresh, place, discard)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


# -- building --------------------------------------------------------------------------------
def staged(params: RunParams, name: str = STAGING) -> RunParams:
    """Return the parameters of a build: the same edition below a folder beside its place.

    The name is fixed by edition and language, so that two builds have the same bytes.
    """
    folder = f"{name}-{params.locale}"
    return replace(params, processed=f"{params.processed}/{folder}", out=f"{params.out}/{folder}")


@contextmanager
def building(params: RunParams, name: str = STAGING) -> Iterator[RunParams]:
    """Give parameters to build with, in empty folders that no other run uses; they are gone afterwards.

    Raises
    ------
    BusyError
        If another run is making the same.
    ParameterError
        If a folder that would be replaced holds a file that no run has made.
    """
    refuse_foreign(params)
    built = staged(params, name)
    folders = (built.paths.processed, built.paths.out)
    lock = folders[0].with_name(f"{params.year}.lock")
    with _locked(lock, params):
        try:
            for folder in folders:
                shutil.rmtree(folder, ignore_errors=True)
                make_folder(folder)
            yield built
        finally:
            for folder in folders:
                shutil.rmtree(folder, ignore_errors=True)
            lock.unlink(missing_ok=True)
            for folder in folders:
                _remove_empty_parents(folder.parent, name)
            # Made for a report that did not come: a language's, or the first of an office.
            with suppress(OSError):
                params.paths.out.parent.rmdir()


def refuse_foreign(params: RunParams) -> None:
    """Stop before anything is made where a folder to be replaced is not this program's."""
    found = find_foreign(params.paths)
    if found:
        place, file = found
        name = file.relative_to(place).as_posix()
        text = translate("params.folder_foreign", params.locale, place=shown_folder(place), name=name)
        raise ParameterError(text)


def publish(built: RunParams, params: RunParams, on_edit: EditListener) -> None:
    """Move a finished build of a report into its place, with its cleaned tables.

    Parameters
    ----------
    built, params : RunParams
        Of the build, and of the report.
    on_edit : callable
        Told of every file of the report that somebody has changed or added by hand, and of the
        copy that is kept of it (`keep_edits`).
    """
    with _turns(params):
        swap_in(built.paths.processed, params.paths.processed)
        swap_in(built.paths.out, params.paths.out, _discard_report(params, on_edit))


def publish_folder(built: RunParams, params: RunParams) -> None:
    """Move in a copy of the report in which only generated pages differ; its tables stay as they are."""
    with _turns(params):
        swap_in(built.paths.out, params.paths.out, _discard_report(params, lambda _name, _copy: None))


def swap_in_profiles(fresh: Path, params: RunParams, on_edit: EditListener) -> None:
    """Move a set of profiles into its place; what people changed in the old one, or added, is copied."""

    def discard(aside: Path, place: Path) -> None:
        for name, copy in keep_edits(aside, place, params.paths.edited / PROFILES):
            on_edit(f"{PROFILES}/{name}", copy)
        shutil.rmtree(aside)

    swap_in(fresh, params.paths.out / PROFILES, discard)


def recover_report(params: RunParams, on_edit: EditListener) -> None:
    """Put back what a killed run has left aside, for a report and those within its folder."""
    discard = _discard_report(params, on_edit)
    for language in _languages(params):
        recover(params.paths.out / language, discard)
    with _turns(params):
        recover(params.paths.processed)
        recover(params.paths.out, discard)


def _languages(params: RunParams) -> tuple[str, ...]:
    """Return the languages whose reports are folders in this one: only one language owns the folder."""
    return tuple(name for name in LOCALES if name != "id") if params.locale == "id" else ()


def _discard_report(params: RunParams, on_edit: EditListener) -> Discard:
    languages = _languages(params)

    def discard(aside: Path, place: Path) -> None:
        language = place.name if place.name in languages else ""
        others = (*languages, PROFILES)
        for name, copy in keep_edits(aside, place, params.paths.edited / language, skip=others):
            on_edit(name, copy)
        for name in others:
            if (aside / name).is_dir() and not (place / name).exists():
                (aside / name).rename(place / name)
        shutil.rmtree(aside)

    return discard


def keep_edits(old: Path, new: Path, folder: Path, skip: Collection[str] = ()) -> list[tuple[str, Path]]:
    """Copy every file that is neither what was built nor what is built now.

    Parameters
    ----------
    old : Path
        The report that goes, with the manifest that says what was built.
    new : Path
        The one that stays.
    folder : Path
        Where copies go, under the name that the file has in the report; one that is there
        with another content stays.
    skip : collection of str
        Folders of the report that are reports of their own.

    Returns
    -------
    list of (str, Path)
        Names in the report with their copies.
    """
    try:
        built = json.loads((old / MANIFEST).read_text(encoding="utf-8"))["outputs"]
    except (OSError, ValueError, KeyError, TypeError):
        built = {}
    kept = []
    for path in sorted(walk_files(old)):
        name = path.relative_to(old)
        if name.parts[0] in skip or name.as_posix() == MANIFEST:
            continue
        digest = sha256_of(path)
        if digest in (built.get(name.as_posix()), _digest(new / name)):
            continue
        copy = _free_place(folder / name, digest)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
        kept.append((name.as_posix(), copy))
    return kept


def remove_findings(folder: Path, raw: Path) -> None:
    """Remove what an earlier failed run found; what others have laid there goes beside it first.

    Parameters
    ----------
    folder : Path
        Of the findings.
    raw : Path
        Of the edition's raw files, whose names the marked copies have.
    """
    made = {"quality.json", "findings.csv", *(path.name for path in walk_files(raw))}
    others = [path for path in sorted(walk_files(folder)) if path.relative_to(folder).as_posix() not in made]
    # While a new folder takes its place it bears another name.
    name = folder.name.removeprefix(".").removesuffix(".before")
    edited = folder.with_name(f"{name}-edited")
    if others:
        # As closed to others as the findings are.
        edited.mkdir(mode=0o700, exist_ok=True)
    for path in others:
        copy = _free_place(edited / path.relative_to(folder), sha256_of(path))
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    shutil.rmtree(folder)


def clear_processed(base: Path) -> int:
    """Remove the processed data of all editions of which every file is a run's; return how many."""
    # What notebooks have written that somebody ran alone lies in ``draft``.
    found = [path for depth in ("", "draft/") for path in base.glob(f"{depth}[!.]*/[0-9]*")]
    folders = [path for path in found if path.resolve().is_relative_to(base.resolve()) and path.is_dir()]
    made = [path for path in folders if find_stray(path) is None]
    for path in made:
        shutil.rmtree(path)
    _remove_empty(base)
    return len(made)


def clear_reports(base: Path, raw: Path) -> int:
    """Remove all reports and findings; return how many.

    Copies of what people have changed in them or added stay, as after a new build.
    """
    manifests = [path for path in base.glob(f"[!.]*/[0-9]*/**/{MANIFEST}")
                 if path.resolve().is_relative_to(base.resolve())]  # fmt: skip
    # Those of another language and of profiles lie within a report.
    reports = sorted((path.parent for path in manifests), key=lambda path: -len(path.parts))
    for report in reports:
        office, year, *inner = report.relative_to(base).parts
        keep_edits(report, report / ".none", Path(base, office, f"{year}-edited", *inner))
        shutil.rmtree(report)
    findings = [path.parent for path in base.glob("[!.]*/[0-9]*-findings/quality.json")]
    for folder in findings:
        year = folder.name.removesuffix("-findings")
        remove_findings(folder, raw / folder.parent.name / year)
    if reports:
        # The page over them.
        (base / "index.html").unlink(missing_ok=True)
    _remove_empty(base)
    return len(reports) + len(findings)


def _remove_empty(base: Path) -> None:
    """Remove what a killed run has left of its staging, and empty folders."""
    for folder in base.glob(".staging*"):
        shutil.rmtree(folder)
    inner = sorted((path for path in base.rglob("*") if path.is_dir()), reverse=True)
    for folder in (*inner, base):
        # One that holds files of people is not empty, and stays.
        with suppress(OSError):
            folder.rmdir()


def _digest(path: Path) -> str:
    return sha256_of(path) if path.is_file() else ""


def _free_place(path: Path, digest: str) -> Path:
    """Return the path, numbered if another content lies there."""
    place, number = path, 1
    while place.exists() and _digest(place) != digest:
        number += 1
        place = path.with_stem(f"{path.stem}-{number}")
    return place


# -- several runs at once --------------------------------------------------------------------
@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Hold a lock on a folder itself, which leaves no file behind; wait for others that hold it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _turns(params: RunParams) -> Iterator[None]:
    """Wait for a run of the other language to move its build: both lie in the same folders."""
    report = params.paths.out if params.locale == "id" else params.paths.out.parent
    with ExitStack() as stack:
        for folder in (params.paths.processed.parent, report.parent):
            make_folder(folder)
            stack.enter_context(turn(folder))
        make_folder(params.paths.out.parent)
        yield


@contextmanager
def _locked(path: Path, params: RunParams) -> Iterator[None]:
    """Hold a lock file; who ends a run removes it, and a lock on a removed file is none."""
    while True:
        make_folder(path.parent)
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            values = {"office": params.office, "year": params.year}
            raise BusyError(translate("run.busy", params.locale, **values)) from error
        with suppress(FileNotFoundError):
            if os.stat(path).st_ino == os.fstat(handle).st_ino:
                break
        os.close(handle)
    try:
        yield
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder, also while another edition's run removes its empty parents."""
    while not folder.is_dir():
        with suppress(FileNotFoundError):
            folder.mkdir(parents=True, exist_ok=True)


def _remove_empty_parents(folder: Path, marker: str) -> None:
    # Another edition's run may put something in meanwhile: then it is not empty, and stays.
    with suppress(OSError):
        while marker in str(folder):
            folder.rmdir()
            folder = folder.parent
