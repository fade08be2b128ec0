"""The conda side: ``environment.yml``, and whether an active conda environment will do."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Collection, Iterable, Mapping
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from helpers.environment.errors import SetupError
from helpers.environment.lockfile import LOCK_NAME, Pin, normalise, read_lock

FILE_NAME = "environment.yml"
ENVIRONMENT_NAME = "bnnk-hss-reporting"

#: From conda-forge: the six packages that users know, and the other compiled ones that are
#: published there under the same name. The rest come by pip, at the same versions.
CONDA_PACKAGES = (
    "jupyterlab", "matplotlib", "nbconvert", "pandas", "papermill", "seaborn",
    "fonttools", "numpy", "pyarrow", "pyyaml", "rapidfuzz",
)  # fmt: skip

_HEADER = f"""\
# Made by `make lock` from pyproject.toml and {LOCK_NAME}; the versions are the lock's.
# A test compares the two offline. It cannot ask the channel: where conda-forge does not
# have a version yet, use `make report` without conda.
"""


def direct_names(project: Mapping[str, Any], sets: Collection[str]) -> list[str]:
    """Return the normalised names that ``pyproject.toml`` itself lists for these sets."""
    table = project["project"]
    lists = {
        "build": project["dependency-groups"]["build"],
        "runtime": table["dependencies"],
        **table["optional-dependencies"],
    }
    named = (re.match(r"[A-Za-z0-9._-]+", item) for name in sets for item in lists[name])
    return sorted({normalise(match[0]) for match in named if match})


def render(project: Mapping[str, Any], pins: Iterable[Pin]) -> str:
    """Return the text of ``environment.yml``: all of runtime, lab and dev at the lock's versions."""
    versions = {pin.name: pin.version for pin in pins}
    names = direct_names(project, ("runtime", "lab", "dev"))
    lines = [
        f"{_HEADER}name: {ENVIRONMENT_NAME}",
        "channels:",
        "  - conda-forge",
        "  - nodefaults",
        "dependencies:",
        f"  - python {project['project']['requires-python']}",
        "  - pip",
        *(f"  - {name} =={versions[name]}" for name in CONDA_PACKAGES),
        "  - pip:",
        *(f"      - {name}=={versions[name]}" for name in names if name not in CONDA_PACKAGES),
        "      - -e .",
    ]
    return "\n".join(lines) + "\n"


def is_usable(root: Path, sets: Collection[str]) -> bool:
    """Return whether this Python belongs to an active conda environment that will do.

    It will do if it holds the project and every package listed for ``sets`` at the
    lock's version. Any other active environment (``base``, say) is left alone.

    Raises
    ------
    SetupError
        If it is the environment of ``environment.yml``, but not up to date.
    """
    prefix = os.environ.get("CONDA_PREFIX", "")
    if not prefix or os.path.realpath(prefix) != os.path.realpath(sys.prefix):
        return False
    installed = {normalise(item.name): item.version for item in distributions() if item.name}
    versions = {pin.name: pin.version for pin in read_lock(root / LOCK_NAME)}
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    # What installs packages is conda's own business in there.
    names = direct_names(project, set(sets) - {"build"})
    wrong = [name for name in names if installed.get(name) != versions[name]]
    if normalise(project["project"]["name"]) not in installed:
        wrong.append(project["project"]["name"])
    if wrong and os.environ.get("CONDA_DEFAULT_ENV") == ENVIRONMENT_NAME:
        raise SetupError("conda_stale", name=ENVIRONMENT_NAME, packages=", ".join(wrong[:5]))
    return not wrong
