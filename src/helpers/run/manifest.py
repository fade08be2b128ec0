"""The manifest: what went in, what came out, made by what, and what the documents hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.columns.documents import OFFICE_SOURCES, find_left_out
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.run.digests import Digests, sha256_of, walk_files
from helpers.run.fingerprint import code_files
from helpers.run.place import MANIFEST

if TYPE_CHECKING:
    from helpers.edition import Edition

SCHEMA_VERSION = 1
#: Whose versions decide the bytes of an output.
VERSIONED_PACKAGES = (
    "babel", "docxtpl", "ipykernel", "matplotlib", "nbconvert", "numpy", "openpyxl", "pandas", "papermill",
    "pyarrow", "python-calamine", "seaborn", "typst",
)  # fmt: skip


def write_json(path: Path, document: Any) -> None:
    """Write JSON for people and programs."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=False)
    path.write_text(text + "\n", encoding="utf-8")


def code_digest(root: Path, digests: Digests) -> str:
    """Return one digest over the package, the notebooks and the templates."""
    total = hashlib.sha256()
    for path in sorted(code_files(root)):
        total.update(f"{path.relative_to(root).as_posix()} {digests.of(path)}\n".encode())
    return total.hexdigest()


def named_inputs(params: RunParams) -> dict[str, Path]:
    """Return the inputs of an edition that are its own or shared, by their names in the manifest."""
    paths = params.paths
    named = {f"raw/{name}": path for name, path in _named(paths.raw, walk_files(paths.raw))}
    # The office's own reference tables stand in for the shared ones of the same name.
    for folder in (paths.reference, paths.own_reference):
        named |= {f"reference/{name}": path for name, path in _named(folder, walk_files(folder))}
    named[f"corrections/{paths.corrections.name}"] = paths.corrections
    return {name: path for name, path in named.items() if path.is_file()}


def input_files(edition: Edition, digests: Digests) -> dict[str, str]:
    """Return all inputs with their digests: raw, reference, corrections, earlier editions."""
    from helpers.edition import earlier_input_files

    named = named_inputs(edition.params)
    left_out = find_left_out(edition.sources)
    for document, sources in OFFICE_SOURCES.items():
        if document not in left_out:
            for source in sources:
                named |= earlier_input_files(edition, source)
    return {name: digests.of(path) for name, path in named.items()}


def _named(root: Path, files: Iterable[Path]) -> list[tuple[str, Path]]:
    return [(path.relative_to(root).as_posix(), path) for path in sorted(files)]


def describe_making(edition: Edition, params: RunParams, digests: Digests) -> dict[str, Any]:
    """Return what decides a report's bytes: parameters, code, packages and inputs."""
    # Takes longer to load than most runs, in which nothing has changed, take.
    from importlib.metadata import version

    return {
        "parameters": {"office": params.office, "year": params.year, "locale": params.locale},
        "code": {
            "version": version("helpers"),
            "sha256": code_digest(project_root(), digests),
        },
        "packages": {name: version(name) for name in VERSIONED_PACKAGES},
        "inputs": input_files(edition, digests),
    }


def write_manifest(
    edition: Edition, folder: Path, entries: Sequence[Mapping[str, Any]], digests: Digests
) -> None:
    """Write ``manifest.json`` into a finished build.

    Parameters
    ----------
    edition : Edition
    folder : Path
        Of the build.
    entries : sequence of Mapping
        Its documents, as the portals list them.
    digests : Digests
        Of the inputs.
    """
    making = describe_making(edition, edition.params, digests)
    outputs = dict(sorted((name, sha256_of(path)) for name, path in _named(folder, walk_files(folder))))
    document = {
        "schema": SCHEMA_VERSION,
        "parameters": making["parameters"],
        "edition": {
            "office_name": edition.office_name,
            "release_date": edition.release_date.isoformat(),
            "illustrative": edition.is_illustrative(),
        },
        "documents": [dict(entry) for entry in entries],
        "code": making["code"],
        "packages": making["packages"],
        "inputs": making["inputs"],
        "outputs": outputs,
    }
    write_json(folder / MANIFEST, document)
