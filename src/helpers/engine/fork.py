"""papermill engines: cells in a forked process, or in a kernel as papermill does it.

``papermill --engine helpers-fork`` finds `ForkEngine` by its entry point; `register`
makes both known where the package's entry points are not installed.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from jupyter_core.paths import jupyter_runtime_dir
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from papermill.engines import Engine, NBClientEngine, papermill_engines
from papermill.log import logger
from papermill.utils import nb_language
from traitlets.config import Config

from helpers.engine.client import PipeClient
from helpers.engine.failure import CELL_TIMEOUT, DEAD, NOTEBOOK_TIMEOUT
from helpers.engine.warm import can_fork

FORK = "helpers-fork"
KERNEL = "helpers-kernel"
#: A socket's path may have 107 bytes; Jupyter adds ``/kernel-<36 characters>-ipc-1``.
_LONGEST_SOCKET_FOLDER = 50

#: Called before each cell with its position and the notebook as it stands.
CellCallback = Callable[[int, Any], None]


class OutOfTime(KeyboardInterrupt):
    """The notebook's time is up; of a class that an event loop lets through."""


def _watch(nb_man: Any, progress: CellCallback | None) -> list[int]:
    """Call `progress` before each cell; return a list that holds the latest cell's position."""
    latest: list[int] = []
    start = nb_man.cell_start

    def watched(cell: Any, cell_index: int, **kwargs: Any) -> None:
        latest[:] = [cell_index]
        if progress is not None:
            progress(cell_index, nb_man.nb)
        start(cell, cell_index, **kwargs)

    nb_man.cell_start = watched
    return latest


def _without_ports() -> Config:
    """Return settings for kernels side by side: TCP ports that are free now are a race later.

    Socket files have a short limit for their path; where Jupyter's folder is too deep,
    ports it is.
    """
    config = Config()
    if hasattr(socket, "AF_UNIX") and len(jupyter_runtime_dir()) < _LONGEST_SOCKET_FOLDER:
        config.KernelManager.transport = "ipc"
    return config


class KernelEngine(NBClientEngine):  # type: ignore[misc]
    """papermill's stock engine, whose kernel's end or timeout is told with the cell."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, progress: CellCallback | None = None, **kwargs: Any
    ) -> Any:
        """Run the notebook in a Jupyter kernel."""
        latest = _watch(nb_man, progress)
        try:
            return super().execute_managed_notebook(nb_man, kernel_name, **{"config": _without_ports()} | kwargs)
        except (DeadKernelError, CellTimeoutError, OutOfTime) as error:
            if not latest:
                raise
            ename = {OutOfTime: NOTEBOOK_TIMEOUT, DeadKernelError: DEAD}.get(type(error), CELL_TIMEOUT)
            cell = nb_man.nb.cells[latest[0]]
            text = str(error).strip()
            # Shutting down, the kernel interrupts the cell; that error is not the reason.
            kept = [output for output in cell.outputs if output.output_type != "error"]
            failed = new_output("error", ename=ename, evalue=text, traceback=[f"{ename}: {text}"])
            cell.outputs = [*kept, failed]
            nb_man.cell_exception(cell, cell_index=latest[0])
            return nb_man.nb


class ForkEngine(Engine):  # type: ignore[misc]
    """Runs a notebook's cells in a process forked from the warm parent.

    Further keyword arguments of ``papermill.execute_notebook``, besides papermill's own
    (``execution_timeout`` in seconds a cell, ``log_output``, ``stdout_file`` …):

    notebook_timeout : float, optional
        Seconds for the whole notebook.
    memory_limit_mb : int, optional
        Memory that the notebook may take beyond the parent's, in MiB.
    progress : callable, optional
        Called before each cell with its position and the notebook as it stands.

    A notebook in another language, or a system without fork, is run in a kernel.
    """

    @classmethod
    def execute_managed_notebook(  # noqa: PLR0913  (papermill calls it so)
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        execution_timeout: float | None = None,
        notebook_timeout: float | None = None,
        memory_limit_mb: int | None = None,
        progress: CellCallback | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run the notebook; see the class for the arguments."""
        if not can_fork() or nb_language(nb_man.nb) != "python":
            return KernelEngine.execute_managed_notebook(
                nb_man,
                kernel_name,
                log_output=log_output,
                stdout_file=stdout_file,
                stderr_file=stderr_file,
                execution_timeout=execution_timeout,
                progress=progress,
                **kwargs,
            )
        _watch(nb_man, progress)
        known = set(PipeClient.class_trait_names())
        options = {name: value for name, value in kwargs.items() if name in known}
        client = PipeClient(
            nb_man,
            cell_timeout=execution_timeout,
            notebook_timeout=notebook_timeout,
            memory_limit_mb=memory_limit_mb,
            log=logger,
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
            **options,
        )
        return client.execute()


def register() -> None:
    """Make both engines known to papermill in this process."""
    papermill_engines.register(FORK, ForkEngine)
    papermill_engines.register(KERNEL, KernelEngine)
