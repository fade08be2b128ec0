"""The set of profiles of an edition: what it was made from, and what leads to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.edition import Edition
from helpers.messages import translate
from helpers.publish.portal import Entry
from helpers.run.digests import Digests, sha256_of
from helpers.run.manifest import SCHEMA_VERSION, describe_making, input_files, write_json
from helpers.run.place import MANIFEST, PROFILES

#: The sources that the profiles read; those of them that an edition declares.
SOURCES = ("villages", "programmes", "family_survey", "opd_reports", "published")


@dataclass(frozen=True, slots=True)
class Page:
    """One profile: its file name, what it is of, and the pages that it leads to."""

    name: str
    kind: str
    code: str
    title: str
    group: str = ""
    links: tuple[tuple[str, str], ...] = ()


def profile_sources(edition: Edition) -> list[str]:
    """Return the declared sources that profiles read."""
    return [name for name in SOURCES if name in edition.sources]


def profile_inputs(edition: Edition, digests: Digests) -> dict[str, str]:
    """Return the digests of everything that profiles are made from: their sources, not the budget."""
    own = {edition.sources[name].path.stem for name in profile_sources(edition)} | {"edition"}
    return {
        name: digest
        for name, digest in input_files(edition, digests).items()
        if not name.startswith("editions/")
        and (not name.startswith("raw/") or Path(name).name.partition(".")[0] in own)
    }


def describe_set(edition: Edition, digests: Digests) -> dict[str, Any]:
    """Return what decides the bytes of a set."""
    making = describe_making(edition, edition.params, digests)
    return {**making, "inputs": profile_inputs(edition, digests)}


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest


def is_set_current(edition: Edition) -> bool:
    """Return whether the published set is what would be made now, whole and unchanged."""
    folder = edition.paths.out / PROFILES
    manifest = _read_manifest(folder)
    making = describe_set(edition, Digests({}))
    outputs: dict[str, str] = manifest.get("outputs", {})
    return bool(manifest) and all(manifest.get(key) == value for key, value in making.items()) and all(
        (folder / name).is_file() and sha256_of(folder / name) == digest for name, digest in outputs.items()
    )  # fmt: skip


def find_profiles(edition: Edition) -> Entry | None:
    """Return the published set as portals list it, if it was made from the edition's present inputs.

    A report made again carries such a set over; one made from other inputs would
    contradict it, and is left behind.
    """
    manifest = _read_manifest(edition.paths.out / PROFILES)
    if not manifest or manifest["inputs"] != profile_inputs(edition, Digests({})):
        return None
    says = tuple(page["title"] for page in manifest["pages"])
    title = translate("profiles.index.title", edition.locale)
    return Entry(f"{PROFILES}/index", title, (f"{PROFILES}/index.html",), says)


def write_set_manifest(folder: Path, edition: Edition, pages: Sequence[Page], digests: Digests) -> None:
    """Write what a set was made from and what it holds."""
    outputs = {path.name: sha256_of(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST}
    entries = [
        {
            "name": page.name, "kind": page.kind, "code": page.code, "title": page.title,
            "files": [f"{page.name}.html", f"{page.name}.pdf"],
        }
        for page in pages
    ]  # fmt: skip
    making = describe_set(edition, digests)
    write_json(folder / MANIFEST, {"schema": SCHEMA_VERSION, **making, "pages": entries, "outputs": outputs})
