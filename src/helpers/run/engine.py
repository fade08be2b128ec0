"""Run one notebook: papermill for parameters and frame, cells in one IPython shell of this process.

The engine ``helpers`` appends outputs as nbclient would (a test holds it against ``kernel``, which
is stock papermill). What it leaves out is what a kernel needs a second process for: input from the
keyboard, interrupting a cell, output of programs that a cell starts. A process runs one notebook.
"""

from __future__ import annotations

import base64
import io
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.engines import Engine, NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from helpers.run.failure import Failure, NotebookError, failure_of
from helpers.run.job import CellStart, EngineName, Job
from helpers.run.pool import tell
from helpers.run.stable import make_stable, write_notebook

#: What a kernel tells of its language, without the version, which a report's bytes do not depend on.
_LANGUAGE = {
    "name": "python",
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": 3},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}


class OutputLimitError(Exception):
    """A notebook shows more than it may."""


class _Hook(DisplayHook):
    """Appends a cell's value to its outputs."""

    shell: Any

    def write_output_prompt(self) -> None:
        """Write nothing: the output carries its number."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        """Append the value in all its forms."""
        self.shell.keep("execute_result", format_dict, md_dict, execution_count=self.shell.number)

    def finish_displayhook(self) -> None:
        """Write nothing."""


class _Publisher(DisplayPublisher):
    """Appends what is displayed to the cell's outputs."""

    def publish(self, data: Any, metadata: Any = None, *_: Any, **options: Any) -> None:
        """Append one output; an update of one that is shown already changes nothing here."""
        if not options.get("update"):
            self.shell.keep("display_data", data, metadata)

    def clear_output(self, wait: bool = False) -> None:
        """Take away what the cell has shown."""
        self.shell.outputs.clear()


class _Stream(io.TextIOBase):
    """Appends what is printed to the cell's outputs."""

    def __init__(self, name: str, shell: NoZmqShell) -> None:
        self.name, self._shell = name, shell

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        """Append text, to the output before if that is of this stream too."""
        outputs = self._shell.outputs
        if text and outputs and outputs[-1].get("name") == self.name:
            self._shell.count(len(text))
            outputs[-1]["text"] += text
        elif text:
            self._shell.append(new_output("stream", name=self.name, text=text), len(text))
        return len(text)


class NoZmqShell(InteractiveShell):
    """A shell that keeps the outputs of its cells.

    pandas lays out frames for a notebook where the shell's class has "zmq" in its name and a kernel.
    """

    kernel = None

    def __init__(self, **options: Any) -> None:
        self.outputs: list[NotebookNode] = []
        #: Of the cell that runs, as printed: ``In [7]``.
        self.number = 0
        self.left = 0
        super().__init__(**options)  # type: ignore[no-untyped-call]

    def count(self, size: int) -> None:
        """Take what is shown from what may still be shown.

        Raises
        ------
        OutputLimitError
            If the notebook shows more than it may.
        """
        self.left -= size
        if self.left < 0:
            raise OutputLimitError("the notebook shows more than it may")

    def append(self, output: NotebookNode, size: int) -> None:
        """Append an output of so many characters."""
        self.count(size)
        self.outputs.append(output)

    def keep(self, kind: str, data: Mapping[str, Any], metadata: Any, **more: Any) -> None:
        """Append an output in all its forms; pictures as text, as a kernel sends them."""
        forms = {
            name: base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
            for name, value in data.items()
        }
        size = sum(len(value) for value in forms.values() if isinstance(value, str))
        self.append(new_output(kind, forms, metadata=metadata or {}, **more), size)

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        # IPython's documented place for frontends that show errors elsewhere than in a terminal.
        self.outputs.append(new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=stb))


@cache
def make_shell() -> NoZmqShell:
    """Return the process's shell; it must exist before pandas is imported.

    It reads no profile and writes no history, so that a notebook does not depend on whose account
    runs it.
    """
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.colors = "neutral"
    shell: NoZmqShell = NoZmqShell.instance(
        config=config, ipython_dir="", profile_dir=ProfileDir(), displayhook_class=_Hook,
        display_pub_class=_Publisher,
    )  # fmt: skip
    return shell


@contextmanager
def _as_main(shell: NoZmqShell, limit: int) -> Iterator[None]:
    """Let the shell's cells be this process's program."""
    shell.left = limit
    sys.modules["__main__"] = shell.user_module
    with redirect_stdout(_Stream("stdout", shell)), redirect_stderr(_Stream("stderr", shell)):
        yield


class ShellEngine(Engine):  # type: ignore[misc]
    """Runs a notebook's cells in this process's shell, as papermill asks an engine to."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> NotebookNode:
        """Run all cells, or up to the first that fails; return the notebook."""
        shell = make_shell()
        with _as_main(shell, options["output_limit"]):
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                options["tell"](index, nb_man.nb)
                is_good = cell.cell_type != "code" or not cell.source.strip() or cls._run(shell, cell)
                if not is_good:
                    nb_man.cell_exception(cell, cell_index=index)
                nb_man.cell_complete(cell, index)
                if not is_good:
                    break
        notebook: NotebookNode = nb_man.nb
        notebook.metadata["language_info"] = dict(_LANGUAGE)
        return notebook

    @staticmethod
    def _run(shell: NoZmqShell, cell: NotebookNode) -> bool:
        cell.outputs = shell.outputs = []
        cell.execution_count = shell.number = shell.execution_count
        result = shell.run_cell(cell.source, store_history=True)  # type: ignore[no-untyped-call]
        return bool(result.success) or "raises-exception" in cell.metadata.get("tags", ())


def _without_ports(folder: str) -> Config:
    """Return settings for kernels side by side: a TCP port that is free now may be taken a moment later."""
    config = Config()
    # A socket's path may have 103 bytes on some systems.
    if hasattr(socket, "AF_UNIX") and len(folder) < 90:
        config.KernelManager.transport = "ipc"
        config.KernelManager.ip = f"{folder}/k"
    return config


class KernelEngine(NBClientEngine):  # type: ignore[misc]
    """papermill's own engine, told which cell runs."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> NotebookNode:
        """Run the notebook in a Jupyter kernel."""
        tell, start = options.pop("tell"), nb_man.cell_start
        options.pop("output_limit")

        def told(cell: NotebookNode, cell_index: int, **more: Any) -> None:
            tell(cell_index, nb_man.nb)
            start(cell, cell_index, **more)

        nb_man.cell_start = told
        with tempfile.TemporaryDirectory(prefix="kernel") as folder:
            notebook: NotebookNode = super().execute_managed_notebook(
                nb_man, kernel_name, config=_without_ports(folder), **options
            )
            return notebook


def execute(notebook: Any, engine: EngineName, **options: Any) -> NotebookNode:
    """Run a notebook (its path or its content) by papermill in one of the two engines, and return it."""
    import papermill

    papermill_engines.register("helpers-shell", ShellEngine)
    papermill_engines.register("helpers-kernel", KernelEngine)
    ran: NotebookNode = papermill.execute_notebook(
        notebook, None, engine_name="helpers-shell" if engine == "fork" else "helpers-kernel",
        progress_bar=False, request_save_on_cell_execute=False, **options,
    )  # fmt: skip
    return ran


def run_notebook(job: Job, engine: EngineName) -> None:
    """Run a notebook in this process and write it as executed.

    Raises
    ------
    NotebookError
        If a cell failed; the notebook is written as far as it came.
    """
    locale = str(job.parameters.get("locale", "id"))
    seen: list[NotebookNode] = []

    def told(index: int, notebook: NotebookNode) -> None:
        seen[:] = [notebook]
        tell(CellStart.of(notebook.cells, index, locale))

    failure: Failure | None = None
    # As text in which papermill finds no placeholder.
    source = str(job.input.absolute()).replace("{", "{{").replace("}", "}}")
    try:
        notebook = execute(
            source, engine, parameters=dict(job.parameters), cwd=job.cwd, tell=told,
            output_limit=int(job.output_mb * 1_000_000),
        )  # fmt: skip
    except PapermillExecutionError as error:
        notebook = seen[0]
        failure = failure_of(error, job.name, notebook, locale)
    make_stable(notebook, job.input)
    write_notebook(notebook, job.output)
    if failure is not None:
        raise NotebookError(failure)
