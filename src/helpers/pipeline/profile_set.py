"""The set of profiles of an edition: what it was made from, where it lies, what leads to it."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers.edition import Edition
from helpers.errors import ExportError
from helpers.messages import translate
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.pipeline.digests import sha256_of
from helpers.pipeline.manifest import describe_making, input_files, write_json
from helpers.pipeline.profile_pages import Page
from helpers.publish.portal import Entry

FOLDER = "profiles"
STAGING = ".staging-profiles"
MANIFEST = "manifest.json"
SCHEMA_VERSION = 1
#: The sources that the profiles read; those of them that an edition declares.
SOURCES = ("villages", "programmes", "family_survey", "opd_reports", "published")


def profile_sources(edition: Edition) -> list[str]:
    """Return the declared sources that profiles read."""
    return [name for name in SOURCES if name in edition.sources]


def profile_inputs(edition: Edition) -> dict[str, str]:
    """Return the digests of everything that profiles are made from: their sources, not the budget."""
    own = {edition.sources[name].path.stem for name in profile_sources(edition)} | {"edition"}
    return {
        name: digest
        for name, digest in input_files(edition).items()
        if not name.startswith("editions/")
        and (not name.startswith("raw/") or Path(name).name.partition(".")[0] in own)
    }


def template_folder() -> Path:
    """Return the folder of the template notebooks."""
    return project_root() / "notebooks" / "profiles"


def describe_set(edition: Edition) -> dict[str, Any]:
    """Return what decides the bytes of a set."""
    templates = {path.name: sha256_of(path) for path in sorted(template_folder().glob("*.ipynb"))}
    making = describe_making(edition, edition.params)
    return {**making, "inputs": profile_inputs(edition), "templates": templates}


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of a set, if the folder holds one."""
    path = folder / MANIFEST
    if not path.is_file():
        return None
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def is_current(edition: Edition) -> bool:
    """Return whether the published set is what would be made now, whole and unchanged."""
    folder = edition.paths.out / FOLDER
    manifest = read_manifest(folder)
    if manifest is None or any(manifest.get(key) != value for key, value in describe_set(edition).items()):
        return False
    outputs: dict[str, str] = manifest["outputs"]
    return all(
        (folder / name).is_file() and sha256_of(folder / name) == digest for name, digest in outputs.items()
    )


def find_profiles(edition: Edition) -> Entry | None:
    """Return the published set as portals list it, if it was made from the edition's present inputs.

    A report made again carries such a set over; one made from other inputs would
    contradict it, and is left behind.
    """
    manifest = read_manifest(edition.paths.out / FOLDER)
    if manifest is None or manifest["inputs"] != profile_inputs(edition):
        return None
    says = tuple(page["title"] for page in manifest["pages"])
    title = translate("profiles.index.title", edition.locale)
    return Entry(f"{FOLDER}/index", title, (f"{FOLDER}/index.html",), says)


def write_set_manifest(folder: Path, edition: Edition, pages: Sequence[Page]) -> None:
    """Write what a set was made from and what it holds."""
    outputs = {path.name: sha256_of(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST}
    entries = [
        {
            "name": page.name,
            "kind": page.kind,
            "code": page.code,
            "title": page.title,
            "files": [f"{page.name}.html", f"{page.name}.pdf"],
        }
        for page in pages
    ]
    document = {"schema": SCHEMA_VERSION, **describe_set(edition), "pages": entries, "outputs": outputs}
    write_json(folder / MANIFEST, document)


def _staged(params: RunParams) -> RunParams:
    name = f"{STAGING}-{params.locale}"
    return replace(params, processed=f"{params.processed}/{name}", out=f"{params.out}/{name}")


@contextmanager
def staged_set(params: RunParams) -> Iterator[RunParams]:
    """Give parameters to build a set with; publish it if the block ends well.

    Raises
    ------
    ExportError
        If another run is making the same set.
    """
    built = _staged(params)
    scratch = [project_root() / built.processed, project_root() / built.out]
    lock = scratch[0] / params.office / f"{params.year}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            values = {"office": params.office, "year": params.year}
            raise ExportError(translate("profiles.run.busy", params.locale, **values)) from error
        final = params.paths.out / FOLDER
        _recover(final)
        for folder in (built.paths.processed, built.paths.out):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        try:
            yield built
            _swap(built.paths.out / FOLDER, final)
        finally:
            for folder in (built.paths.processed, built.paths.out):
                shutil.rmtree(folder, ignore_errors=True)
            lock.unlink(missing_ok=True)
            for base in scratch:
                _remove_empty(base)


def _aside(final: Path) -> Path:
    return final.with_name(f".{final.name}.before")


def _recover(final: Path) -> None:
    """Put back what a run killed between two renames has left aside."""
    aside = _aside(final)
    if aside.exists() and not final.exists():
        aside.rename(final)
    shutil.rmtree(aside, ignore_errors=True)


def _swap(fresh: Path, final: Path) -> None:
    final.parent.mkdir(parents=True, exist_ok=True)
    if final.exists():
        final.rename(_aside(final))
    fresh.rename(final)
    shutil.rmtree(_aside(final), ignore_errors=True)


def _remove_empty(base: Path) -> None:
    for folder in sorted((path for path in base.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    if base.is_dir() and not any(base.iterdir()):
        base.rmdir()
