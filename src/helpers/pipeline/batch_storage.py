"""Folders and addresses: where a batch reads raw data and puts reports.

A plain folder is used as it is: a report is built beside its place and moved in. An
address (``s3://…``, ``sftp://…``, ``file:///…``, ``memory://…``) is read and written by
fsspec: an office's raw data is fetched to a scratch folder, the report made there, and put
up. Where the storage can rename a folder, it is put up under a temporary name and renamed.
Object stores cannot: there the old manifest is removed first and the new one written last,
so that a report without a manifest is one that is not finished, and is made again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from helpers.errors import ParameterError
from helpers.messages import translate
from helpers.params import list_editions
from helpers.paths import project_root
from helpers.pipeline.batch_plan import key_of

MANIFEST = "manifest.json"
#: Storages whose rename of a folder is known to be one step; all others are treated as object stores.
RENAMING = frozenset({"file", "local"})


def is_address(text: str) -> bool:
    """Return whether this is an address for fsspec rather than a folder.

    >>> is_address("s3://bucket/raw"), is_address("data/raw")
    (True, False)
    """
    return "://" in text


@dataclass(frozen=True)
class Store:
    """A place at an address.

    ``fs`` is fsspec's file system, ``base`` the path in it.
    """

    fs: Any
    base: str

    def path(self, name: str) -> str:
        """Return the path of something below the place."""
        return f"{self.base}/{name}" if name else self.base

    @property
    def renames(self) -> bool:
        """Whether a folder appears under its new name in one step."""
        protocols = self.fs.protocol
        return bool(RENAMING & {protocols} if isinstance(protocols, str) else RENAMING & set(protocols))

    def fetch(self, name: str, folder: Path) -> None:
        """Copy everything below a name into a folder; nothing there is nothing copied."""
        for path in self.files(name):
            target = folder / PurePosixPath(path).relative_to(self.path(name))
            target.parent.mkdir(parents=True, exist_ok=True)
            self.fs.get_file(path, str(target))

    def files(self, name: str) -> list[str]:
        """Return the paths of all files below a name."""
        return sorted(self.fs.find(self.path(name))) if self.fs.exists(self.path(name)) else []

    def read(self, name: str) -> bytes | None:
        """Return a file, or None if there is none."""
        try:
            return bytes(self.fs.cat_file(self.path(name)))
        except FileNotFoundError:
            return None

    def write(self, name: str, content: bytes) -> None:
        """Write a file, under a temporary name first where the storage can rename."""
        target = self.path(name)
        self.fs.makedirs(target.rpartition("/")[0], exist_ok=True)
        if not self.renames:
            self.fs.pipe_file(target, content)
            return
        scratch = f"{target}.part"
        self.fs.pipe_file(scratch, content)
        self.fs.mv(scratch, target)

    def remove(self, name: str) -> None:
        """Remove everything below a name."""
        if self.fs.exists(self.path(name)):
            self.fs.rm(self.path(name), recursive=True)

    def put(self, folder: Path, name: str, keep: tuple[str, ...] = ()) -> None:
        """Put up a folder as a whole, in the place of what was there.

        ``keep`` are names in the old folder that stay: reports in other languages.
        """
        if self.renames:
            self._put_by_rename(folder, name, keep)
        else:
            self._put_manifest_last(folder, name, keep)

    def _put_by_rename(self, folder: Path, name: str, keep: tuple[str, ...]) -> None:
        parent, _, last = self.path(name).rpartition("/")
        scratch, aside = f"{parent}/.{last}.part", f"{parent}/.{last}.before"
        for path in (scratch, aside):
            if self.fs.exists(path):
                self.fs.rm(path, recursive=True)
        for local in _files_of(folder):
            target = f"{scratch}/{local.relative_to(folder).as_posix()}"
            self.fs.makedirs(target.rpartition("/")[0], exist_ok=True)
            self.fs.put_file(str(local), target)
        if self.fs.exists(self.path(name)):
            self.fs.mv(self.path(name), aside, recursive=True)
        self.fs.mv(scratch, self.path(name), recursive=True)
        for kept in keep:
            if self.fs.exists(f"{aside}/{kept}"):
                self.fs.mv(f"{aside}/{kept}", self.path(f"{name}/{kept}"), recursive=True)
        if self.fs.exists(aside):
            self.fs.rm(aside, recursive=True)

    def _put_manifest_last(self, folder: Path, name: str, keep: tuple[str, ...]) -> None:
        manifest = self.path(f"{name}/{MANIFEST}")
        if self.fs.exists(manifest):
            self.fs.rm_file(manifest)
        files = {path.relative_to(folder).as_posix(): path for path in _files_of(folder)}
        for path in self.files(name):
            own = str(PurePosixPath(path).relative_to(self.path(name)))
            if own not in files and own.partition("/")[0] not in keep:
                self.fs.rm_file(path)
        for own, local in sorted(files.items(), key=lambda item: (item[0] == MANIFEST, item[0])):
            target = self.path(f"{name}/{own}")
            self.fs.makedirs(target.rpartition("/")[0], exist_ok=True)
            self.fs.put_file(str(local), target)


def _files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def open_store(address: str, locale: str) -> Store:
    """Return the place at an address.

    Raises
    ------
    ParameterError
        If fsspec is not installed, or does not know this kind of address.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise ParameterError(translate("batch.no_fsspec", locale, address=address)) from error
    try:
        fs, base = url_to_fs(address)
    except (ValueError, ImportError) as error:
        text = translate("batch.address_unknown", locale, address=address, error=str(error))
        raise ParameterError(text) from error
    return Store(fs, str(base).rstrip("/"))


def find_raw(raw: str, locale: str) -> list[tuple[str, int]]:
    """Return the offices and years found below a folder or address of raw data, in order."""
    if not is_address(raw):
        return list_editions(project_root() / raw)
    store = open_store(raw, locale)
    paths = [PurePosixPath(path) for path in store.fs.glob(store.path("*/*/edition.toml"))]
    return sorted((path.parts[-3], int(path.parts[-2])) for path in paths if path.parts[-2].isdigit())


@contextmanager
def local_raw(raw: str, office: str, scratch: Path, locale: str) -> Iterator[Path]:
    """Give the folder of all offices' raw data; one office's is fetched if it lies at an address."""
    if not is_address(raw):
        yield project_root() / raw
        return
    folder = scratch / "raw"
    try:
        # Also its own reference tables and its other years, which a timeline reads.
        open_store(raw, locale).fetch(office, folder / office)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_finished(out: str, place: str, key: str, locale: str) -> bool:
    """Return whether a report with this key is there, with every file that its manifest lists.

    In a folder the files are compared by their digests; at an address by their names, since
    reading them would cost as much as fetching the report.
    """
    if is_address(out):
        store = open_store(out, locale)
        outputs = _outputs_of(store.read(f"{place}/{MANIFEST}"), key)
        there = set(store.files(place))
        return outputs is not None and {store.path(f"{place}/{name}") for name in outputs} <= there
    folder = project_root() / out / place
    manifest = folder / MANIFEST
    outputs = _outputs_of(manifest.read_bytes() if manifest.is_file() else None, key)
    return outputs is not None and all(_digest(folder / name) == value for name, value in outputs.items())


def _outputs_of(manifest: bytes | None, key: str) -> dict[str, str] | None:
    """Return the files of a report with their digests; None if it is missing or of another key."""
    if manifest is None:
        return None
    document = json.loads(manifest)
    outputs: dict[str, str] = document["outputs"]
    return outputs if key_of(document) == key else None


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
