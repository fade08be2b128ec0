"""What stands beside the documents: facts, quality, tables and the manifest."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from helpers.edition import Edition
from helpers.errors import SchemaError
from helpers.facts import Fact, write_facts
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.publish.portal import Entry

SCHEMA_VERSION = 1
#: Whose versions decide the bytes of an output.
VERSIONED_PACKAGES = (
    "babel", "docxtpl", "ipykernel", "matplotlib", "nbconvert", "numpy", "openpyxl", "pandas", "papermill",
    "pyarrow", "python-calamine", "seaborn", "typst",
)  # fmt: skip


def sha256_of(path: Path) -> str:
    """Return a file's digest."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def merge_facts(edition: Edition, order: Sequence[str]) -> list[Fact]:
    """Join the facts of all notebooks into ``facts.json``.

    Raises
    ------
    SchemaError
        If two notebooks give one key different entries.
    """
    merged: dict[str, Fact] = {}
    for name in order:
        path = edition.paths.facts / f"{name}.json"
        if not path.is_file():
            continue
        for entry in json.loads(path.read_text(encoding="utf-8"))["facts"]:
            fact = Fact.from_json(entry)
            if merged.setdefault(fact.key, fact) != fact:
                raise SchemaError(f"fact {fact.key!r} differs between notebooks")
    write_facts(edition.paths.out / "facts.json", edition, merged.values())
    return list(merged.values())


def merge_quality(edition: Edition) -> None:
    """Join the quality files of all sources into ``quality.json``."""
    names = [name for name in edition.sources if (edition.paths.quality / f"{name}.json").is_file()]
    sources = [
        json.loads((edition.paths.quality / f"{name}.json").read_text(encoding="utf-8")) for name in names
    ]
    document = {
        "schema": SCHEMA_VERSION,
        "office": edition.params.office,
        "year": edition.params.year,
        "sources": sources,
    }
    write_json(edition.paths.out / "quality.json", document)


def write_json(path: Path, document: Any) -> None:
    """Write JSON for people and programs."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=False)
    path.write_text(text + "\n", encoding="utf-8")


def _digests(root: Path, files: Iterable[Path]) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): sha256_of(path) for path in sorted(files)}


def _code_files(root: Path) -> list[Path]:
    package = [
        path for path in (root / "src" / "helpers").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]  # fmt: skip
    return [*package, *(root / "notebooks").glob("*.ipynb"), *(root / "templates").iterdir()]


def input_files(edition: Edition) -> dict[str, str]:
    """Return all inputs of an edition with their digests: raw, reference, corrections."""
    paths = edition.paths
    named = {f"raw/{name}": digest for name, digest in _digests(paths.raw, _files(paths.raw)).items()}
    named |= {
        f"reference/{name}": digest
        for name, digest in _digests(paths.reference, _files(paths.reference)).items()
    }
    if paths.corrections.is_file():
        named[f"corrections/{paths.corrections.name}"] = sha256_of(paths.corrections)
    return named


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def code_digest(root: Path) -> str:
    """Return one digest over the package, the notebooks and the templates."""
    total = hashlib.sha256()
    for name, digest in _digests(root, _code_files(root)).items():
        total.update(f"{name} {digest}\n".encode())
    return total.hexdigest()


def write_manifest(edition: Edition, params: RunParams, entries: Sequence[Entry] = ()) -> None:
    """Write ``manifest.json``: what went in, what came out, made by what, and what the documents hold."""
    out = edition.paths.out
    outputs = [path for path in _files(out) if path.name != "manifest.json"]
    document = {
        "schema": SCHEMA_VERSION,
        "parameters": {"office": params.office, "year": params.year, "locale": params.locale},
        "edition": {
            "office_name": edition.office_name,
            "release_date": edition.release_date.isoformat(),
            "illustrative": edition.is_illustrative(),
        },
        "documents": [
            {"name": entry.name, "title": entry.title, "files": entry.files, "says": entry.says}
            for entry in entries
        ],
        "code": {
            "version": importlib.metadata.version("helpers"),
            "sha256": code_digest(project_root()),
        },
        "packages": {name: importlib.metadata.version(name) for name in VERSIONED_PACKAGES},
        "inputs": input_files(edition),
        "outputs": _digests(out, outputs),
    }
    write_json(out / "manifest.json", document)
