"""The office's key of pseudonyms: where it lies, and a mark by which a change of it is noticed."""

from __future__ import annotations

import hmac
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers.paths import project_root

#: Below this a key can be found by trying.
SHORTEST_KEY = 16


def key_place(privacy: Mapping[str, Any]) -> str:
    """Return what the key's place is called, without folders."""
    file = str(privacy.get("key_file", ""))
    return Path(file).name if file else str(privacy.get("key_env", ""))


def is_inside_project(privacy: Mapping[str, Any]) -> bool:
    """Return whether the key's file could be copied along with the project: inside it, or relative."""
    file = str(privacy.get("key_file", ""))
    if not file:
        return False
    path = Path(file).expanduser()
    return not path.is_absolute() or path.resolve().is_relative_to(project_root().resolve())


def find_key(privacy: Mapping[str, Any]) -> bytes | None:
    """Return the key that ``[privacy]`` of ``edition.toml`` names, if it can be used.

    ``key_file`` wins over ``key_env``; white space around a key is not part of it.
    """
    if is_inside_project(privacy):
        return None
    file = str(privacy.get("key_file", ""))
    try:
        key = Path(file).expanduser().read_bytes() if file else _variable(privacy)
    except OSError:
        return None
    return key.strip() if len(key.strip()) >= SHORTEST_KEY else None


def _variable(privacy: Mapping[str, Any]) -> bytes:
    return os.environ.get(str(privacy.get("key_env", "")), "").encode()


def key_mark(privacy: Mapping[str, Any]) -> str:
    """Return a mark that changes with the key and tells nothing of it; empty without a key.

    >>> key_mark({})
    ''
    """
    key = find_key(privacy)
    return hmac.new(key, b"mark of the key", "sha256").hexdigest()[:16] if key else ""
