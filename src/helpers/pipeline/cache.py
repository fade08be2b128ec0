"""What steps have made, kept by the digest of everything that went in.

A record (``records/<key>.json``) names the files that a step wrote and their digests; the files
lie in ``blobs`` under their digests. All is written beside its place, brought to the disk
and renamed, so that a run killed at any point leaves nothing half. A file whose content is not what
its name says is thrown away, and its step runs again.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FOLDER_NAME = ".cache"
#: Beyond this the oldest go, until three quarters are left: a hundred editions of an office.
MAX_BYTES = 1 << 30
_LEFT_AFTER = 0.75
_NEW = ".new-"


@dataclass(frozen=True)
class Record:
    """What a step was made of and what it made.

    Parameters
    ----------
    step : str
    inputs : Mapping
        Digest by the name of the input.
    outputs : Mapping
        Digest by path: ``out/…`` in the report, ``processed/…`` among the processed data.
    value : Any
        What the step told, as JSON holds it.
    """

    step: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    value: Any = field(default=None)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and have it on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{_NEW}{os.getpid()}-{path.name}")
    try:
        with beside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


class Cache:
    """The cache of one folder of processed data.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._blobs = folder / "blobs"
        self._records = folder / "records"
        self._lock: int | None = None

    def __enter__(self) -> Cache:
        """Hold off pruning: what is found now stays until this run has ended."""
        # Answers of single people are among what steps have made.
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = os.open(self.folder, os.O_RDONLY)
        fcntl.flock(self._lock, fcntl.LOCK_SH)
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _size_of(self._blobs) > MAX_BYTES:
                    self._prune()
            os.close(self._lock)
            self._lock = None

    def blob(self, digest: str) -> Path:
        """Return where the file with this content lies."""
        return self._blobs / digest[:2] / digest

    def _record(self, key: str) -> Path:
        return self._records / key[:2] / f"{key}.json"

    # -- in --------------------------------------------------------------------
    def keep(self, path: Path) -> str:
        """Take a file into the cache, away from where it lies; return its digest."""
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        place = self.blob(digest)
        if not place.is_file() or place.stat().st_size != len(content):
            write_whole(place, content)
        path.unlink()
        return digest

    def store(self, key: str, record: Record) -> None:
        """Remember what a step made; its files are kept already."""
        write_whole(self._record(key), json.dumps(asdict(record), ensure_ascii=False).encode())

    # -- out -------------------------------------------------------------------
    def peek(self, key: str) -> Record | None:
        """Return a record without looking at its files."""
        try:
            return Record(**json.loads(self._record(key).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def find(self, key: str) -> Record | None:
        """Return a record all of whose files are there and whole, or None."""
        record = self.peek(key)
        if record is None or not all(map(self._is_whole, set(record.outputs.values()))):
            return None
        with contextlib.suppress(OSError):
            # Used now: the last to be pruned.
            os.utime(self._record(key))
        return record

    def _is_whole(self, digest: str) -> bool:
        place = self.blob(digest)
        try:
            if hashlib.sha256(place.read_bytes()).hexdigest() == digest:
                return True
            place.unlink()
        except OSError:
            pass
        return False

    def copy_out(self, digest: str, path: Path) -> None:
        """Put a copy of a kept file at a path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.blob(digest), path)

    # -- bounds ----------------------------------------------------------------
    def _prune(self) -> None:
        """Remove the oldest records, and files of no record; no other run is here now."""
        kept: set[str] = set()
        size = 0
        for path in sorted(self._records.rglob("*.json"), key=lambda path: -path.stat().st_mtime_ns):
            record = self.peek(path.stem)
            new = {} if record is None else self._sizes(set(record.outputs.values()) - kept)
            size += sum(new.values())
            if record is None or size > MAX_BYTES * _LEFT_AFTER:
                path.unlink()
                continue
            kept |= new.keys()
        for path in [*self._blobs.rglob("*"), *self.folder.rglob(f"{_NEW}*")]:
            if path.is_file() and path.name not in kept:
                path.unlink()

    def _sizes(self, digests: set[str]) -> dict[str, int]:
        found = {digest: self.blob(digest) for digest in digests}
        return {digest: place.stat().st_size for digest, place in found.items() if place.is_file()}


def _size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
