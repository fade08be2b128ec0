"""Files of an office's earlier editions, for chapters that tell of more than one year."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers.params import RunParams, list_editions


def earlier_files(params: RunParams, sources: Collection[str], *, later: bool = False) -> dict[str, Path]:
    """Return what a chapter reads of the office's earlier editions, by the name that people know.

    Every earlier declaration is among them, and what is said of the files that it declares;
    of the files themselves those of ``sources``, with the corrections. Not all need exist.

    Parameters
    ----------
    params : RunParams
        Of the edition.
    sources : collection of str
        Names in ``edition.toml``.
    later : bool
        Also of later editions.
    """
    files: dict[str, Path] = {}
    if not sources:
        return files
    for office, year in list_editions(params.raw_base):
        if office == params.office and (year < params.year or (later and year > params.year)):
            files |= _files_of(replace(params, year=year), sources)
    return files


def _files_of(params: RunParams, sources: Collection[str]) -> dict[str, Path]:
    paths, year = params.paths, params.year
    found = [paths.raw / "edition.toml"]
    for name, options in _declared(found[0]).items():
        file = paths.raw / str(options.get("file", ""))
        found.append(file.with_suffix(".source.yml"))
        if name in sources:
            found.append(file)
    named = {f"editions/{year}/{path.name}": path for path in found}
    return {**named, f"editions/{year}/corrections/{paths.corrections.name}": paths.corrections}


def _declared(path: Path) -> dict[str, dict[str, Any]]:
    """Return the sources of a declaration; none if it cannot be read, as whoever loads it finds."""
    try:
        sources = tomllib.loads(path.read_text(encoding="utf-8")).get("sources", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}
    return {name: options for name, options in sources.items() if isinstance(options, dict)}
