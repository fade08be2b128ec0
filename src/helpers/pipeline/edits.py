"""Work of people in a published report: kept before a new build takes the report's place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection
from pathlib import Path

from helpers.pipeline.digests import sha256_of, walk_files
from helpers.pipeline.manifest import NAME


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
    built = _built(old)
    kept = []
    for path in sorted(walk_files(old)):
        name = path.relative_to(old)
        if name.parts[0] in skip or name.as_posix() == NAME:
            continue
        digest = sha256_of(path)
        if digest in (built.get(name.as_posix()), _digest(new / name)):
            continue
        copy = _free_place(folder / name, digest)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
        kept.append((name.as_posix(), copy))
    return kept


def _built(report: Path) -> dict[str, str]:
    try:
        outputs: dict[str, str] = json.loads((report / NAME).read_text(encoding="utf-8"))["outputs"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return outputs


def _digest(path: Path) -> str:
    return sha256_of(path) if path.is_file() else ""


def _free_place(path: Path, digest: str) -> Path:
    """Return the path, numbered if another content lies there."""
    place, number = path, 1
    while place.exists() and _digest(place) != digest:
        number += 1
        place = path.with_stem(f"{path.stem}-{number}")
    return place
