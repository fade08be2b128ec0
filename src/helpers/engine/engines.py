"""The two engines as papermill runs them; `helpers.engine.fork` names them to it."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Callable
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from papermill.engines import Engine, NBClientEngine
from papermill.log import logger
from papermill.utils import nb_language
from traitlets.config import Config

from helpers.engine.client import PipeClient
from helpers.engine.failure import CELL_TIMEOUT, DEAD, NOTEBOOK_TIMEOUT
from helpers.engine.warm import can_fork

#: A socket's path may have 103 bytes on some systems, of which a channel's number needs some.
_LONGEST_SOCKET_FOLDER = 90

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


def _without_ports(folder: str) -> Config:
    """Return settings for kernels side by side: TCP ports that are free now are a race later.

    Sockets in a folder of the kernel's own are none. (Left to itself, Jupyter would name
    them all alike in the working folder.) A path too long for a socket keeps ports.
    """
    config = Config()
    if hasattr(socket, "AF_UNIX") and len(folder) < _LONGEST_SOCKET_FOLDER:
        config.KernelManager.transport = "ipc"
        config.KernelManager.ip = f"{folder}/k"
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
            with tempfile.TemporaryDirectory(prefix="kernel") as folder:
                kwargs.setdefault("config", _without_ports(folder))
                return super().execute_managed_notebook(nb_man, kernel_name, **kwargs)
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


class ManagedForkEngine(Engine):  # type: ignore[misc]
    """What `helpers.engine.fork.ForkEngine` does, within papermill's own frame."""

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
        output_limit_mb: int | None = None,
        prepare: Callable[[], None] | None = None,
        progress: CellCallback | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run the notebook; `ForkEngine` describes the arguments."""
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
            output_limit_mb=output_limit_mb,
            prepare=prepare,
            log=logger,
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
            **options,
        )
        return client.execute()
