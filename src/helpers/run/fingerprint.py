"""Everything that decides a report's bytes, by name: if it is the same, nothing has to be done.

Most runs find that nothing has changed: nothing here imports more than the standard library and the
bottom of the package.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from helpers.messages import LOCALES
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.privacy_key import key_mark
from helpers.run.digests import Digests, walk_files
from helpers.run.place import MANIFEST, PROFILES

_FOLDER = ".fingerprints"


def code_files(root: Path) -> list[Path]:
    """Return the files of the package, the notebooks and the templates."""
    package = walk_files(root / "src" / "helpers")
    return [*package, *(root / "notebooks").rglob("*.ipynb"), *walk_files(root / "templates")]


def fingerprint(params: RunParams, digests: Digests) -> dict[str, str]:
    """Return what decides a report's bytes by the name that people know: inputs, code, packages, Python.

    All files of the office are among them, since some chapters tell of more than one year.
    """
    root, paths = project_root(), params.paths
    office = params.raw_base / params.office
    inputs = {f"raw/{name}": path for name, path in _named(office, walk_files(office))}
    for name, folder in (("reference", paths.reference), ("corrections", paths.corrections.parent)):
        inputs |= {f"{name}/{file}": path for file, path in _named(folder, walk_files(folder))}
    inputs |= dict(_named(root, [*code_files(root), root / "requirements.lock"]))
    inputs[f"{PROFILES}/{MANIFEST}"] = paths.out / PROFILES / MANIFEST
    return {
        **{name: digests.of(path) for name, path in inputs.items()},
        "python": f"{sys.implementation.name} {sys.version.split()[0]} {sys.platform}",
        "key": _key(paths.raw / "edition.toml"),
    }


def _named(root: Path, files: Iterable[Path]) -> list[tuple[str, Path]]:
    return [(path.relative_to(root).as_posix(), path) for path in files]


def _key(declaration: Path) -> str:
    """Return a mark of the key by which people get pseudonyms; whoever loads a broken file says so."""
    try:
        return key_mark(tomllib.loads(declaration.read_text(encoding="utf-8")).get("privacy", {}))
    except (OSError, ValueError, AttributeError):
        return ""


def report_files(params: RunParams) -> list[Path]:
    """Return every file of the report, and the cleaned tables; the rest is made for each language anew."""
    paths = params.paths
    others = [paths.out / PROFILES]
    if params.locale == "id":
        others += [paths.out / name for name in LOCALES if name != "id"]
    report = [path for path in walk_files(paths.out) if not any(map(path.is_relative_to, others))]
    return [*report, *paths.processed.glob("*.parquet"), *paths.processed.glob("*.csv")]


def portal_parts(params: RunParams, digests: Digests) -> dict[str, str]:
    """Return what decides the page over all editions: their manifests and facts, and the code."""
    base = project_root() / params.out
    depths = ("[0-9]*", "[0-9]*/??")
    manifests = [path for depth in depths for path in base.glob(f"[!.]*/{depth}/{MANIFEST}")]
    files = [*manifests, *(path.with_name("facts.json") for path in manifests)]
    code = walk_files(project_root() / "src" / "helpers")
    named = [*_named(base, files), *_named(project_root(), code)]
    return {name: digests.of(path) for name, path in named}


class Record:
    """What is remembered of the last good run of an edition, beside the processed data.

    Parameters
    ----------
    params : RunParams
    name : str
        Of what is remembered, if it is not the report.
    """

    def __init__(self, params: RunParams, name: str = "") -> None:
        places = [str(project_root() / place) for place in (params.raw, params.processed, params.out)]
        mark = hashlib.sha256("\n".join(places).encode()).hexdigest()[:12]
        name = name or f"{params.office}-{params.year}-{params.locale}"
        self._path = project_root() / params.processed / _FOLDER / f"{name}-{mark}.json"
        content = _load(self._path)
        self.parts: Mapping[str, str] = content.get("parts", {})
        self.inputs = Digests(content.get("inputs", {}))
        self.outputs = Digests(content.get("outputs", {}))

    def is_current(self, parts: Mapping[str, str], files: Iterable[Path]) -> bool:
        """Return whether it was made of the same, and its files are there as they were made."""
        same = bool(self.parts) and self.parts == parts and self.outputs.is_known(files)
        if same and (self.inputs.has_news() or self.outputs.has_news()):
            # Times of files that had just been written then are trusted from now on.
            self._write()
        return same

    def save(self, parts: Mapping[str, str], files: Iterable[Path]) -> None:
        """Remember what was made of what."""
        self.parts, self.outputs = parts, Digests({})
        for path in files:
            self.outputs.of(path)
        self._write()

    def _write(self) -> None:
        inputs, outputs = self.inputs.record(), self.outputs.record()
        content = {"parts": self.parts, "inputs": inputs, "outputs": outputs}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        beside.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        beside.replace(self._path)

    def changes(self, parts: Mapping[str, str]) -> list[str]:
        """Return the names of what has changed since, in order."""
        names = self.parts.keys() | parts.keys()
        return sorted(name for name in names if self.parts.get(name) != parts.get(name))


def _load(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return content
