"""The folder that one step works in: what it declared lies there, what it writes is taken away."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.params import RunParams
from helpers.pipeline.cache import Cache

OUT, PROCESSED = "out", "processed"


@dataclass(frozen=True)
class Sandbox:
    """The folders of one step.

    Parameters
    ----------
    root : Path
        Its own folder, absolute.
    edition : RunParams
        Of the report.
    cache : Path
        Folder of the cache that outputs go into.
    taken : Mapping
        Digest by path (``out/…``, ``processed/…``) of what other steps have made for it.
    """

    root: Path
    edition: RunParams
    cache: Path
    taken: Mapping[str, str]

    @property
    def params(self) -> RunParams:
        """Parameters with which the step reads and writes here."""
        return replace(self.edition, processed=str(self.root / PROCESSED), out=str(self.root / OUT))

    def place(self, name: str) -> Path:
        """Return where an output lies here by its path in the report."""
        kind, _, rest = name.partition("/")
        paths = self.params.paths
        return (paths.out if kind == OUT else paths.processed) / rest

    def fill(self) -> None:
        """Make the folders, and put there what the step has declared.

        Files are linked where the disk allows it: national tables are large.
        """
        paths, cache = self.params.paths, Cache(self.cache)
        for folder in (paths.processed, paths.out):
            folder.mkdir(parents=True)
        for name, digest in self.taken.items():
            place = self.place(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(cache.blob(digest), place)
            except OSError:
                shutil.copyfile(cache.blob(digest), place)

    def collect(self) -> dict[str, str]:
        """Take what the step has written into the cache; return digests by path."""
        cache = Cache(self.cache)
        return {name: cache.keep(path) for name, path in sorted(self._written())}

    def _written(self) -> Iterator[tuple[str, Path]]:
        paths = self.params.paths
        for kind, folder in ((OUT, paths.out), (PROCESSED, paths.processed)):
            for path in folder.rglob("*"):
                name = f"{kind}/{path.relative_to(folder).as_posix()}"
                if name not in self.taken and path.is_file():
                    yield name, path
