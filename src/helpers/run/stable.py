"""Take out of an executed notebook what differs from run to run or from machine to machine.

papermill and nbclient write times, folders and a random id; the contract is "same inputs, same bytes".
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

INJECTED = "injected-parameters"
#: Parameters that name places of one machine; what a report is made of is the rest.
_PLACE_LINE = re.compile(r"^(raw|processed|out) = .*\n?", re.MULTILINE)


def make_stable(notebook: Any, source: Path) -> None:
    """Remove times, folders and the interpreter's version, and give new cells a fixed id, in place.

    A frame that an analyst looks at may count few people, and no rule has hidden them: of outputs only
    what a chapter has shown stays, and what is printed or failed.

    Parameters
    ----------
    notebook : NotebookNode
        As papermill returns it.
    source : Path
        The notebook before the run; the ids of its cells stay.
    """
    known = {cell.get("id") for cell in json.loads(source.read_text(encoding="utf-8"))["cells"]}
    notebook.metadata.pop("papermill", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for index, cell in enumerate(notebook.cells):
        cell.metadata.pop("execution", None)
        cell.metadata.pop("papermill", None)
        is_injected = INJECTED in cell.metadata.get("tags", ())
        if is_injected:
            cell["source"] = _PLACE_LINE.sub("", cell["source"])
        if cell["cell_type"] == "code":
            cell["outputs"] = [output for output in cell["outputs"] if _is_shown(output)]
        if cell.get("id") not in known:
            cell["id"] = INJECTED if is_injected else f"cell-{index}"


def _is_shown(output: Any) -> bool:
    kinds = output.get("data", {"text/markdown": ""})
    return any(kind == "text/markdown" or kind.startswith("application/vnd.helpers.") for kind in kinds)


def write_notebook(notebook: Any, path: Path) -> None:
    """Write a notebook whole or not at all, with the bytes that its content gives."""
    import nbformat

    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    text = nbformat.writes(notebook) + "\n"
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
