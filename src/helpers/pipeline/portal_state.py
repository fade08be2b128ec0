"""Whether the page over all editions is what would be written now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.params import RunParams
from helpers.paths import project_root
from helpers.pipeline.cache import write_whole
from helpers.pipeline.digests import Digests, sha256_of_text, walk_files
from helpers.pipeline.state import cache_folder


def is_portal_current(params: RunParams) -> bool:
    """Return whether the page is there as it was written, of the same reports by the same code."""
    known = _load(_state_file(params))
    if not known:
        return False
    digests = Digests(known)
    files = {str(path): path for path in _files(params)}
    return files.keys() == known.keys() and all(
        digests.of(path) == known[name][-1] for name, path in files.items()
    )


def remember_portal(params: RunParams) -> None:
    """Remember what the page was made of."""
    digests = Digests({})
    for path in _files(params):
        digests.of(path)
    write_whole(_state_file(params), json.dumps(digests.record()).encode())


def _state_file(params: RunParams) -> Path:
    base = project_root() / params.out
    return cache_folder(params) / "state" / f"portal-{sha256_of_text(str(base))[:12]}.json"


def _files(params: RunParams) -> Iterator[Path]:
    """Yield the page, what it is made of, and the code that makes it."""
    base = project_root() / params.out
    yield base / "index.html"
    for depth in ("[0-9]*", "[0-9]*/??"):
        for manifest in base.glob(f"[!.]*/{depth}/manifest.json"):
            yield manifest
            yield manifest.with_name("facts.json")
    yield from walk_files(project_root() / "src" / "helpers")


def _load(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return content
