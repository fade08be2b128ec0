"""Take out of an executed notebook what differs from run to run.

The contract is "same inputs, same bytes". papermill and nbclient write times, folders
and a random id; times belong to the run log (`helpers.engine.run.JobResult`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_KEPT_OF_NOTEBOOK = ("parameters", "exception", "version")
_KEPT_OF_CELL = ("exception", "status")
_INJECTED = "injected-parameters"


def _keep(metadata: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: metadata[name] for name in names if name in metadata}


def make_stable(notebook: Any, known_ids: Iterable[str]) -> None:
    """Remove times and folders and give new cells a fixed id, in place.

    Parameters
    ----------
    notebook : NotebookNode
        As papermill returns it.
    known_ids : iterable of str
        Cell ids of the notebook before the run; those stay.
    """
    known = set(known_ids)
    if "papermill" in notebook.metadata:
        notebook.metadata["papermill"] = _keep(notebook.metadata["papermill"], _KEPT_OF_NOTEBOOK)
    for index, cell in enumerate(notebook.cells):
        cell.metadata.pop("execution", None)
        if "papermill" in cell.metadata:
            cell.metadata["papermill"] = _keep(cell.metadata["papermill"], _KEPT_OF_CELL)
        if cell.get("id") not in known:
            injected = _INJECTED in cell.metadata.get("tags", [])
            cell["id"] = _INJECTED if injected else f"cell-{index}"


def write_notebook(notebook: Any, path: Path) -> None:
    """Write a notebook whole or not at all, with the bytes that its content gives."""
    import nbformat

    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
