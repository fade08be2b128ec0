"""What stopped a notebook or a document, and how it is told to people."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import Any, Literal

from helpers.errors import DataError, ExportError, HelpersError, ParameterError, SchemaError
from helpers.messages import translate
from helpers.run.job import cell_title

Kind = Literal["error", "finding", "memory", "output", "timeout", "crash", "defect"]

#: Names of errors whose kind is not ``error``: in a kernel only the name comes out of the process.
_KINDS: dict[str, Kind] = {
    "MemoryError": "memory",
    "OutputLimitError": "output",
    "CellTimeoutError": "timeout",
    "DeadKernelError": "crash",
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
    """Why a notebook or a document has no result.

    Parameters
    ----------
    kind : str
        ``error``: a cell raised one; ``finding``: one whose text is written for people; ``memory``,
        ``output``, ``timeout``: a limit; ``crash``: the process ended; ``defect``: a document could
        not be made for another reason.
    name : str
        Of the notebook or document.
    prompt : int or None
        The cell's number as printed: ``In [7]``.
    title : str
        The nearest heading above it.
    ename, evalue : str
        Name and text of the error.
    traceback : tuple of str
        As IPython or Python prints it.
    """

    kind: Kind
    name: str
    prompt: int | None = None
    title: str = ""
    ename: str = ""
    evalue: str = ""
    traceback: tuple[str, ...] = ()

    def text(self, locale: str = "id") -> str:
        """Return one sentence that says which notebook and cell, and what happened."""
        place = self.place(locale)
        return translate(
            f"run.failure.{self.kind}", locale, place=place, ename=self.ename, evalue=self.evalue
        )

    def place(self, locale: str = "id") -> str:
        """Return the notebook and cell as people say it."""
        if self.prompt is None and not self.title:
            return self.name
        number = "-" if self.prompt is None else str(self.prompt)
        key = "run.place.titled_cell" if self.title else "run.place.cell"
        return translate(key, locale, notebook=self.name, number=number, title=self.title)


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


def failure_of(error: Any, name: str, notebook: Any, locale: str) -> Failure:
    """Return the failure that a ``PapermillExecutionError`` tells of.

    papermill has put a cell above the notebook and one above the error since. IPython prints some
    errors (a group of exceptions) instead of publishing them: their text is the last line printed.
    """
    cell = notebook.cells[error.cell_index + 2]
    printed = "".join(output.text for output in cell.outputs if output.get("name"))
    last = (printed.strip().splitlines() or [""])[-1]
    return Failure(
        kind=_KINDS.get(error.ename, "error"),
        name=name,
        prompt=error.exec_count,
        title=cell_title(notebook.cells[1:], error.cell_index - 1, locale),
        ename=error.ename,
        evalue=error.evalue or ("" if error.traceback else last),
        traceback=tuple(error.traceback),
    )
