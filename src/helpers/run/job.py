"""A notebook to run, and where it is when it runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

#: ``fork``: cells run in this project's processes; ``kernel``: as stock papermill runs them.
EngineName = Literal["fork", "kernel"]
#: What a step of the report may take, generously: seconds for a notebook and for a document made of
#: one, memory in MiB beyond what its process begins with, and MiB that a notebook's cells may show.
NOTEBOOK_SECONDS, DOCUMENT_SECONDS = 600.0, 120.0
STEP_MEMORY_MB, OUTPUT_MB = 4096, 20


@dataclass(frozen=True)
class Job:
    """A notebook to run.

    Parameters
    ----------
    name : str
        What people call it: ``"budget-absorption"``.
    input, output : Path
        The notebook, and where to write it as executed (also when a cell fails).
    parameters : Mapping
        Values for its parameters cell.
    cwd : Path, optional
        Working folder of its cells; the caller's if not given.
    output_mb : float
        What its cells may show, all together (million characters).
    """

    name: str
    input: Path
    output: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)
    cwd: Path | None = None
    output_mb: float = OUTPUT_MB


@dataclass(frozen=True, slots=True)
class CellStart:
    """Where a notebook is: the cell's position, the number of cells, and the heading above it."""

    index: int
    count: int
    title: str

    @classmethod
    def of(cls, cells: Sequence[Any], index: int, locale: str) -> CellStart:
        """Return where a notebook is that comes to a cell."""
        return cls(index, len(cells), cell_title(cells, index, locale))


def cell_title(cells: Sequence[Any], index: int, locale: str = "id") -> str:
    """Return the nearest Markdown heading above a cell, in the reader's language.

    Markdown cells come in pairs tagged ``id`` and ``en``; the other language is skipped.
    """
    other = {"id", "en"} - {locale}
    for cell in reversed(cells[: index + 1]):
        if cell["cell_type"] != "markdown" or other & set(cell["metadata"].get("tags", [])):
            continue
        for line in reversed(cell["source"].splitlines()):
            if line.startswith("#"):
                return str(line.lstrip("#").strip())
    return ""
