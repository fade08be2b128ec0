"""What the last run of an edition saw and left: whether anything has to be done at all.

Nothing here may import more than the standard library and the bottom of the package: most
runs end after this.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.messages import LOCALES
from helpers.params import RunParams
from helpers.paths import project_root
from helpers.pipeline.cache import FOLDER_NAME, write_whole
from helpers.pipeline.digests import Digests, sha256_of_text, walk_files
from helpers.pipeline.manifest import NAME, code_files, named_inputs
from helpers.pipeline.staging import PROFILES

#: Raised when what is remembered changes its form.
_VERSION = 1


def cache_folder(params: RunParams) -> Path:
    """Return the folder of the cache, among the processed data."""
    return project_root() / params.processed / FOLDER_NAME


def lock_file() -> Path:
    """Return the file that fixes the versions of all packages."""
    return project_root() / "requirements.lock"


def interpreter() -> str:
    """Return what runs the code, as far as it may decide what comes out."""
    return f"{sys.implementation.name} {sys.version.split()[0]} {sys.platform}"


@dataclass
class State:
    """What is remembered of an edition's last good run.

    Parameters
    ----------
    path : Path
        Where it is remembered.
    setting : str
        Digest of places, engine and interpreter; anything else remembered is of another run.
    inputs, outputs : Mapping
        As `Digests.record` gives them.
    nodes : Mapping
        Keys of the cache by the step's name.
    """

    path: Path
    setting: str
    inputs: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    nodes: Mapping[str, str] = field(default_factory=dict)

    def save(self) -> None:
        """Remember it, whole or not at all."""
        content = {"setting": self.setting, "inputs": self.inputs, "outputs": self.outputs,
                   "nodes": self.nodes}  # fmt: skip
        write_whole(self.path, json.dumps(content, ensure_ascii=False).encode())


def load_state(params: RunParams, engine: str) -> State:
    """Return what is remembered of an edition; an empty state if there is nothing of use."""
    root = project_root()
    places = [str(root / place) for place in (params.raw, params.processed, params.out)]
    setting = sha256_of_text(json.dumps([_VERSION, *places, engine, interpreter()]))
    name = f"{params.office}-{params.year}-{params.locale}-{sha256_of_text(places[2])[:12]}.json"
    path = cache_folder(params) / "state" / name
    try:
        content = json.loads(path.read_bytes())
        if content["setting"] == setting:
            return State(path, **content)
    except (OSError, ValueError, TypeError, KeyError):
        pass
    return State(path, setting)


def all_inputs(params: RunParams) -> list[Path]:
    """Return every file that any step or the manifest depends on."""
    # Of the office's other years too: some chapters tell of more than one.
    office = params.raw_base / params.office
    shared = [path for path in named_inputs(params).values() if not path.is_relative_to(office)]
    profiles = params.paths.out / PROFILES / NAME
    others = [profiles] if profiles.is_file() else []
    return [*code_files(project_root()), *walk_files(office), *shared, *others, lock_file()]


def all_outputs(params: RunParams) -> list[Path]:
    """Return every file of the report, and the cleaned tables.

    What else lies among the processed data is made for each language anew.
    """
    paths = params.paths
    others = [paths.out / PROFILES]
    if params.locale == "id":
        others += [paths.out / name for name in LOCALES if name != "id"]
    report = [path for path in walk_files(paths.out) if not any(map(path.is_relative_to, others))]
    return [*report, *paths.processed.glob("*.parquet"), *paths.processed.glob("*.csv")]


def is_current(state: State, params: RunParams) -> bool:
    """Return whether nothing has changed since the last good run, neither inputs nor outputs.

    Times of files are refreshed in the state where they were not to be trusted yet.
    """
    inputs, outputs = Digests(state.inputs), Digests(state.outputs)
    same = _is_same(inputs, state.inputs, all_inputs(params)) and _is_same(
        outputs, state.outputs, all_outputs(params)
    )
    if same and (inputs.has_news() or outputs.has_news()):
        state.inputs, state.outputs = inputs.record(), outputs.record()
        state.save()
    return same


def _is_same(digests: Digests, known: Mapping[str, Any], files: Iterable[Path]) -> bool:
    paths = {str(path): path for path in files}
    return bool(known) and paths.keys() == known.keys() and all(
        digests.of(path) == known[name][-1] for name, path in paths.items()
    )  # fmt: skip
