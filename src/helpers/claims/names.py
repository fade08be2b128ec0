"""The names of public bodies, from the reference tables: which names mean the same body."""

from __future__ import annotations

import csv
from pathlib import Path


def load_name_groups(
    reference: Path, aliases_folder: Path | None = None, regency: str = ""
) -> tuple[tuple[str, ...], ...]:
    """Return each body's names: official, short, English and what people type.

    Parameters
    ----------
    reference : Path
        The folder of reference tables; without an OPD registry there are no groups, and
        lists of names stay unknown.
    aliases_folder : Path, optional
        Where the aliases lie, if an office has a registry of its own and no aliases.
    regency : str
        Code of a regency: of a registry that says whose its bodies are, these alone.
    """
    registry = reference / "opd_registry.csv"
    aliases = (aliases_folder or reference) / "opd_aliases.csv"
    groups: dict[str, list[str]] = {}
    for row in _rows(registry):
        if regency and row.get("regency_code", regency) != regency:
            continue
        names = (value for key, value in row.items() if key.startswith("opd_") and key != "opd_id")
        groups.setdefault(row["opd_id"], []).extend(name for name in names if name)
    for row in _rows(aliases):
        if row["opd_id"] in groups:
            groups[row["opd_id"]].append(row["alias"])
    return tuple(tuple(dict.fromkeys(names)) for names in groups.values())


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
