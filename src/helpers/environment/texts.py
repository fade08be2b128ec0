"""Texts that must be readable before the catalogue's formats (Babel) are installed.

They live in the same catalogue files and are held to the same rules; their
placeholders are plain, without a format name.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

LOCALES = ("id", "en")
_FOLDER = Path(__file__).resolve().parents[1] / "locales"


def chosen_locale(arguments: Sequence[str]) -> str:
    """Return the language of messages: ``--locale``, else ``LOCALE``, else Indonesian.

    An unknown one gives Indonesian here; refusing it is the command line's task.
    """
    wanted = os.environ.get("LOCALE", "")
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--locale="):
            wanted = argument.partition("=")[2]
        elif argument == "--locale" and position + 1 < len(arguments):
            wanted = arguments[position + 1]
    return wanted if wanted in LOCALES else LOCALES[0]


@cache
def _domain(domain: str, locale: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / locale / f"{domain}.toml").read_text(encoding="utf-8"))


def text(key: str, locale: str, **values: object) -> str:
    """Return one text, ``<domain>.<path>``, with its placeholders filled.

    Raises
    ------
    KeyError
        If there is no such text or a placeholder has no value.
    """
    domain, *path = key.split(".")
    node: Any = _domain(domain, locale)
    for part in path:
        node = node[part]
    return str(node).format(**values)
