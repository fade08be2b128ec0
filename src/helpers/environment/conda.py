"""Say whether an active conda environment holds what the lock asks for."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from helpers.environment.prepare import LOCK, select
from helpers.errors import ParameterError
from helpers.messages import translate

#: What ``environment.yml`` calls the environment.
NAME = "bnnk-hss-reporting"


def normalise(name: str) -> str:
    """Return a package's name as indexes compare it: ``Foo_Bar.baz`` is ``foo-bar-baz``."""
    return re.sub(r"[-_.]+", "-", name).lower()


def direct_names(project: Mapping[str, Any], sets: Collection[str]) -> list[str]:
    """Return the normalised names that ``pyproject.toml`` itself lists for these sets."""
    lists = {"runtime": project["project"]["dependencies"], **project["project"]["optional-dependencies"]}
    items = [item for name in sets for item in lists.get(name, ())]
    return sorted({normalise(re.split(r"[^A-Za-z0-9._-]", item)[0]) for item in items})


def is_usable(root: Path, sets: Collection[str], locale: str) -> bool:
    """Return whether this Python belongs to an active conda environment that will do.

    It will do if it holds the project and every package listed for ``sets`` at the
    lock's version. Any other active environment (``base``, say) is left alone.

    Raises
    ------
    ParameterError
        If it is the environment of ``environment.yml``, but not up to date.
    """
    prefix = os.environ.get("CONDA_PREFIX", "")
    if not prefix or os.path.realpath(prefix) != os.path.realpath(sys.prefix):
        return False
    from importlib.metadata import distributions

    installed = {normalise(item.name): item.version for item in distributions() if item.name}
    entries = select(root / LOCK, sets, locale)
    versions = dict(entry.split(maxsplit=1)[0].split("==") for entry in entries)
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    wrong = [name for name in direct_names(project, sets) if installed.get(name) != versions[name]]
    if project["project"]["name"] not in installed:
        wrong.append(project["project"]["name"])
    if wrong and os.environ.get("CONDA_DEFAULT_ENV") == NAME:
        key = "environment.failed.conda_stale"
        raise ParameterError(translate(key, locale, name=NAME, packages=", ".join(wrong[:5])))
    return not wrong
