"""Write ``requirements.lock`` and ``environment.yml`` from the list in ``pyproject.toml``.

A developer's command (`make lock`). The resolver is asked once for everything, and once
more for each set with that answer as its constraint, so that the comment ``# for:`` of
every entry is the resolver's own and not a second reading of the dependency graph.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from helpers.environment import conda
from helpers.environment.prepare import LOCK

#: ``build`` is what installs the rest; ``runtime`` makes the reports; the others are extras.
SETS = ("build", "runtime", "lab", "dev", "pdf-check", "scale")
#: From conda-forge: the six packages that users know, and the other compiled ones that are
#: published there under the same name. The rest come by pip, at the same versions.
CONDA_PACKAGES = (
    "jupyterlab", "matplotlib", "nbconvert", "pandas", "papermill", "seaborn",
    "fonttools", "numpy", "pyarrow", "pyyaml", "rapidfuzz",
)  # fmt: skip

# One version of a package for all supported Pythons (`fewest`): the same report everywhere.
# Wheels only: nobody's machine needs a compiler. No address: each machine uses its own index.
_COMPILE = (
    "pip", "compile", "--quiet", "--universal", "--fork-strategy=fewest", "--only-binary=:all:",
    "--no-header", "--no-emit-index-url", "--no-emit-find-links",
)  # fmt: skip
_HEADER = """\
# Made by `make lock` from pyproject.toml: exact versions and hashes of every package.
# "for" lists the sets that need it; `make report` installs the runtime set alone.
"""
_CONDA_HEADER = f"""\
# Made by `make lock` from pyproject.toml and {LOCK}; the versions are the lock's.
# A test compares the two offline. It cannot ask the channel: where conda-forge does not
# have a version yet, use `make report` without conda.
"""
# The packages of an answer, but not what is for PyPy alone: the environment runs CPython.
_NEEDED = re.compile(r"^([A-Za-z0-9._-]+)==\S++(?! *; \w+ == 'pypy'$)", flags=re.MULTILINE | re.IGNORECASE)


def write_lock(uv: str, root: Path, scratch: Path, *, upgrade: bool = False) -> tuple[Path, Path]:
    """Resolve anew and write both files.

    Parameters
    ----------
    uv : str
        Path of the uv program.
    root : Path
        The project's folder.
    scratch : Path
        An empty folder for the resolver's own files.
    upgrade : bool
        Take the newest versions instead of keeping the ones in the lock.

    Returns
    -------
    tuple of Path
        ``requirements.lock`` and ``environment.yml``.

    Raises
    ------
    subprocess.CalledProcessError
        If the resolver finds no solution; it has said why on stderr.
    """
    lock = root / LOCK
    everything = ["pyproject.toml", "--all-extras", "--group", "build", "--generate-hashes"]
    answer = scratch / "all.txt"
    if lock.is_file() and not upgrade:
        answer.write_bytes(lock.read_bytes())
    _compile(uv, root, [*everything, "--output-file", str(answer)])
    text = answer.read_text(encoding="utf-8")
    constraint = scratch / "constraint.txt"
    constraint.write_text(re.sub(r" \\\n( +--hash=\S+( \\)?\n)+", "\n", text), encoding="utf-8")
    members = {}
    for name in SETS:
        options = [*_set_options(name), "--no-annotate", "--constraint", str(constraint)]
        members[name] = set(_NEEDED.findall(_compile(uv, root, options)))
    lock.write_text(annotate(text, members), encoding="utf-8")
    environment = root / "environment.yml"
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    versions = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, flags=re.MULTILINE))
    environment.write_text(render_environment(project, versions), encoding="utf-8")
    return lock, environment


def annotate(answer: str, members: Mapping[str, set[str]]) -> str:
    """Return the lock: the resolver's answer with the sets below the hashes, and the count at the end."""
    entries = re.split(r"^(?=[A-Za-z0-9])", answer, flags=re.MULTILINE)[1:]
    out = [_HEADER]
    for entry in entries:
        name = entry.partition("==")[0]
        sets = [known for known in SETS if name in members[known]]
        out.append(entry.replace("    # via", f"    # for: {' '.join(sets)}\n    # via", 1))
    return "".join(out) + f"# end of {len(entries)} packages\n"


def render_environment(project: Mapping[str, Any], versions: Mapping[str, str]) -> str:
    """Return the text of ``environment.yml``: all of runtime, lab and dev at the lock's versions."""
    names = conda.direct_names(project, ("runtime", "lab", "dev"))
    lines = [
        f"{_CONDA_HEADER}name: {conda.NAME}",
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


def _set_options(name: str) -> list[str]:
    if name == "build":
        return ["--group", "build"]
    return ["pyproject.toml"] if name == "runtime" else ["pyproject.toml", "--extra", name]


def _compile(uv: str, root: Path, options: Sequence[str]) -> str:
    command = [uv, *_COMPILE, *options]
    return subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
