"""What stopped a notebook, and how it is told to people and to programs."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import Any, Literal

from helpers.errors import DataError, ExportError, HelpersError, ParameterError, SchemaError
from helpers.messages import translate

#: Error names in a notebook's outputs for what no cell raises itself.
DEAD = "DeadKernelError"
CELL_TIMEOUT = "CellTimeoutError"
NOTEBOOK_TIMEOUT = "NotebookTimeoutError"
TOO_MUCH_OUTPUT = "OutputLimitError"

Kind = Literal[
    "error", "finding", "memory", "crash", "cell_timeout", "notebook_timeout", "interrupt",
    "output", "timeout", "job", "after", "lost",
]  # fmt: skip

_KINDS: dict[str, Kind] = {
    DEAD: "crash",
    CELL_TIMEOUT: "cell_timeout",
    NOTEBOOK_TIMEOUT: "notebook_timeout",
    TOO_MUCH_OUTPUT: "output",
    "MemoryError": "memory",
    "KeyboardInterrupt": "interrupt",
    **{
        error.__name__: "finding"
        for error in (DataError, ExportError, HelpersError, ParameterError, SchemaError)
    },
}


def describe_end(status: int | None) -> str:
    """Say how a process ended, from its exit code (negative for a signal).

    Examples
    --------
    >>> describe_end(-11)
    'the process was ended by SIGSEGV'
    >>> describe_end(3)
    'the process left with exit code 3'
    """
    if status is None:
        return "the process does not answer"
    if status >= 0:
        return f"the process left with exit code {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    return f"the process was ended by {name}"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a notebook has no result.

    Parameters
    ----------
    kind : str
        ``error``: a cell raised one; ``finding``: one whose text is written for people;
        ``memory``, ``crash``, ``interrupt``, ``cell_timeout``, ``notebook_timeout``, ``output``:
        what ended a cell; ``timeout``: a call took too long; ``after``: the notebook ran, what
        followed it failed; ``job``: it could not be run at all; ``lost``: the job's own process ended.
    notebook : str
        Name of the job.
    cell_index : int or None
        Position of the cell in the executed notebook, from 0.
    prompt : int or None
        Its number as printed: ``In [7]``.
    title : str
        The nearest heading above it.
    source : str
        The cell's code.
    ename, evalue : str
        Name and text of the error.
    traceback : tuple of str
        As IPython prints it, with colour codes.
    """

    kind: Kind
    notebook: str
    cell_index: int | None = None
    prompt: int | None = None
    title: str = ""
    source: str = ""
    ename: str = ""
    evalue: str = ""
    traceback: tuple[str, ...] = ()

    def text(self, locale: str = "id") -> str:
        """Return one sentence that says which notebook and cell, and what happened."""
        key = f"engine.failure.{self.kind}"
        return translate(key, locale, place=self.place(locale), ename=self.ename, evalue=self.evalue)

    def place(self, locale: str = "id") -> str:
        """Return the notebook and cell as people say it."""
        if self.cell_index is None:
            return translate("engine.place.notebook", locale, notebook=self.notebook)
        number = "-" if self.prompt is None else str(self.prompt)
        key = "engine.place.titled_cell" if self.title else "engine.place.cell"
        return translate(key, locale, notebook=self.notebook, number=number, title=self.title)


class NotebookError(HelpersError):
    """A notebook, or what was to be made of it, failed."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.text())
        self.failure = failure

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.failure,)

    def text(self, locale: str = "id") -> str:
        """Return the failure as a sentence."""
        return self.failure.text(locale)


def classify(ename: str) -> Kind:
    """Return the kind of failure that an error output stands for."""
    return _KINDS.get(ename, "error")


def failure_from_error(error: Any, notebook: str, cell: Any, title: str = "") -> Failure:
    """Return the failure that a ``PapermillExecutionError`` tells of.

    Parameters
    ----------
    error : PapermillExecutionError
    notebook : str
        Name of the job.
    cell : NotebookNode
        The cell as executed. IPython prints some errors (a group of exceptions, an
        unknown magic) instead of publishing them; their text is then the last line printed.
    title : str
        The heading above the cell.
    """
    evalue = error.evalue
    if not error.evalue and not error.traceback:
        printed = "".join(output.text for output in cell.outputs if output.get("name") == "stderr")
        evalue = (printed.strip().splitlines() or [""])[-1]
    return Failure(
        kind=classify(error.ename),
        notebook=notebook,
        cell_index=error.cell_index,
        prompt=error.exec_count,
        title=title,
        source=error.source,
        ename=error.ename,
        evalue=evalue,
        traceback=tuple(error.traceback),
    )
