"""What is given to processes: notebooks to run and documents to make, with their limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from helpers.errors import HelpersError
from helpers.run.parameters import check_parameters

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


@dataclass(frozen=True)
class Task:
    """A notebook to run or a document to make, and what must be done before.

    Parameters
    ----------
    name : str
        What people call it.
    function : str
        ``package.module:function``, which the process imports: the program itself need not. What it
        returns (small, picklable) is the outcome's value.
    arguments : tuple
        Picklable.
    needs : tuple of str
        Names of tasks.
    alone : bool
        Whether it gets a process of its own, as every notebook; documents share processes.
    seconds, memory_mb : float, int
        Limits. Memory is what it may take beyond what the process begins with.
    """

    name: str
    function: str
    arguments: tuple[Any, ...] = ()
    needs: tuple[str, ...] = ()
    alone: bool = False
    seconds: float = DOCUMENT_SECONDS
    memory_mb: int = STEP_MEMORY_MB


@dataclass(frozen=True)
class Outcome:
    """How a task ended: what it returned, or the error that it ended with.

    ``peak_mb`` is the largest resident memory of its process, ``grown_mb`` how much of that came after
    its first task, which loads libraries (MiB; shared pages count).
    """

    value: Any = None
    error: HelpersError | None = None
    peak_mb: float = 0.0
    grown_mb: float = 0.0


def notebook_task(job: Job, engine: EngineName, needs: tuple[str, ...] = ()) -> Task:
    """Return what runs a notebook, in a process of its own.

    Raises
    ------
    ParameterError
        If the notebook does not know a parameter.
    """
    check_parameters(job.input, job.parameters)
    function = "helpers.run.engine:run_notebook"
    return Task(job.name, function, (job, engine), needs, alone=True, seconds=NOTEBOOK_SECONDS)
