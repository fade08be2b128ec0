"""Collects a notebook's outputs from its process, into the notebook.

All rules for outputs are nbclient's (streams, ``display_id``, ``clear_output``, allowed
errors): `PipeClient` hands it the messages. What it adds is what no message tells: a
process that has crashed, hangs, or is out of time.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import select
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import Any

from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from nbclient.util import run_sync
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient

from helpers.engine.failure import CELL_TIMEOUT, DEAD, NOTEBOOK_TIMEOUT, TOO_MUCH_OUTPUT, describe_end
from helpers.engine.parent import Child, fork_here, make_request, shared_parent
from helpers.engine.server import is_clean
from helpers.engine.shell import DUMP_SIGNAL
from helpers.engine.wire import STREAMS, StreamTap

#: Seconds between looks at a process that says nothing.
_TICK = 0.1
#: Seconds for a stack to be written before a kill, and for a process to end by itself.
_DUMP_PATIENCE = 0.3
_EXIT_PATIENCE = 2.0
_CELL_FILE = re.compile(r'"(In\[\d+\])/\d+\.py"')


class NotebookProcess:
    """The process that runs the cells, and the pipes that come from it."""

    def __init__(self, memory_limit_mb: int | None, prepare: Callable[[], None] | None = None) -> None:
        mark = b"\0" + os.urandom(16).hex().encode() + b"\0"
        pipes = [os.pipe() for _ in range(3)]
        writers = [write for _, write in pipes]
        self.taps = {name: StreamTap(pipe[0], mark) for name, pipe in zip(STREAMS, pipes, strict=False)}
        self._crash = pipes[2][0]
        request = make_request("helpers.engine.shell:serve_cells", mark, memory_limit_mb, prepare)
        try:
            # A job is itself a fresh fork of the warm parent; any other program asks it.
            fork = fork_here if is_clean() else shared_parent().fork
            self.child: Child = fork(request, writers)
        finally:
            for fd in writers:
                os.close(fd)

    def take_stack(self, *, ask: bool) -> list[str]:
        """Return the Python stack that a crash has left, or that is asked for now."""
        if ask and DUMP_SIGNAL is not None:
            self.child.send_signal(DUMP_SIGNAL)
            select.select([self._crash], [], [], _DUMP_PATIENCE)
            time.sleep(_TICK / 10)
        os.set_blocking(self._crash, False)
        try:
            text = os.read(self._crash, 1 << 16).decode("utf-8", "replace")
        except BlockingIOError:
            return []
        lines = [_CELL_FILE.sub(r"\1", line) for line in text.splitlines()]
        # Below the cell are IPython's frames, the same for every cell.
        last = max((index for index, line in enumerate(lines) if "In[" in line), default=len(lines) - 1)
        return lines[: last + 1]

    def close(self, patience: float) -> None:
        """End the process and everything in its group, and close the pipes.

        `patience` is the time in seconds for functions that the cells registered for the end.
        """
        self.child.connection.close()
        self.child.wait(patience)
        self.child.end()
        for tap in self.taps.values():
            tap.close()
        os.close(self._crash)


class PipeClient(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's notebook client, with a forked process in place of a kernel.

    Parameters
    ----------
    nb_man : papermill.engines.NotebookExecutionManager
    cell_timeout, notebook_timeout : float or None
        Seconds for each cell, and for the whole notebook.
    memory_limit_mb : int or None
        Memory the notebook may take beyond the parent's, in MiB.
    output_limit_mb : int or None
        What all cells may print and show, in MiB.
    prepare : callable or None
        Called in the notebook's process before its first cell.
    """

    def __init__(
        self,
        nb_man: Any,
        *,
        cell_timeout: float | None,
        notebook_timeout: float | None,
        memory_limit_mb: int | None,
        output_limit_mb: int | None = None,
        prepare: Callable[[], None] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(nb_man, **options)
        self._cell_timeout = cell_timeout
        self._notebook_timeout = notebook_timeout
        self._memory_limit_mb = memory_limit_mb
        self._output_limit_mb = output_limit_mb
        self._shown = 0
        self._prepare = prepare
        self._notebook_deadline: float | None = None
        self._left = False
        self.process: NotebookProcess

    def execute(self, **_: Any) -> NotebookNode:
        """Run all cells; return the notebook with their outputs."""
        from ipykernel.ipkernel import IPythonKernel

        self.reset_execution_trackers()
        self.process = NotebookProcess(self._memory_limit_mb, self._prepare)
        if self._notebook_timeout:
            self._notebook_deadline = time.monotonic() + self._notebook_timeout
        patience = 0.0
        try:
            self.papermill_execute_cells()
            patience = _EXIT_PATIENCE
        finally:
            self.process.close(patience)
        self.nb.metadata["language_info"] = dict(IPythonKernel.language_info)
        self.set_widgets_metadata()
        notebook: NotebookNode = self.nb
        return notebook

    def execute_cell(self, cell: NotebookNode, cell_index: int, **_: Any) -> NotebookNode:
        """Run one cell, skipping those that a kernel's client skips.

        Raises
        ------
        CellExecutionError
            If the cell raised an error that it is not allowed, or its process ended or
            was ended; the cell then holds an error output that says so.
        """
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in tags:
            return cell
        if self.record_timing:
            cell["metadata"]["execution"] = {}
        cell.outputs = []
        self.clear_before_next_output = False
        self.code_cells_executed += 1
        order = {"code": cell.source, "store_history": True}
        with contextlib.suppress(OSError):
            self.process.child.connection.send_bytes(json.dumps(order).encode())
        reply = self._collect(cell, cell_index)
        cell["execution_count"] = reply["content"].get("execution_count", cell["execution_count"])
        if reply["content"]["status"] == "error":
            run_sync(self._check_raise_for_error)(cell, cell_index, reply)
        return cell

    def _collect(self, cell: NotebookNode, index: int) -> dict[str, Any]:
        """Take in messages until the cell is done; return its reply."""
        connection = self.process.child.connection
        timeout = self._cell_timeout or self._get_timeout(cell)
        deadline = time.monotonic() + timeout if timeout else None
        reply: dict[str, Any] = {}
        while True:
            taps = {tap.fileno(): tap for tap in self.process.taps.values() if not tap.ended}
            ready = wait([connection, *taps], self._patience(deadline))
            for fd, tap in taps.items():
                if fd in ready:
                    self._shown += tap.read()
            if connection in ready:
                try:
                    frame = connection.recv_bytes()
                except (EOFError, OSError):
                    self._fail(cell, index, DEAD, self._describe_end())
                self._shown += len(frame)
                message = _as_message(json.loads(frame))
                if message["msg_type"] == "execute_reply":
                    reply = message
                    self._left = bool(message["content"].get("leaves"))
                    self._note_reply_time(cell, message)
                elif self._take(message, cell, index):
                    return reply
            elif self.process.child.poll() is not None and not connection.poll():
                # Something the notebook started may hold the connection open: no end of it comes.
                self._fail(cell, index, DEAD, self._describe_end())
            if self._output_limit_mb and self._shown > self._output_limit_mb << 20:
                self._fail(cell, index, TOO_MUCH_OUTPUT, f"> {self._output_limit_mb} MiB")
            self._check_time(cell, index, deadline, timeout)

    def _patience(self, cell_deadline: float | None) -> float:
        deadlines = [when for when in (cell_deadline, self._notebook_deadline) if when is not None]
        return max(0.0, min([_TICK, *(when - time.monotonic() for when in deadlines)]))

    def _note_reply_time(self, cell: NotebookNode, message: dict[str, Any]) -> None:
        if self.record_timing:
            moment = message["header"]["date"].strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            cell["metadata"]["execution"]["shell.execute_reply"] = moment

    def _take(self, message: dict[str, Any], cell: NotebookNode, index: int) -> bool:
        """Give one message to nbclient; return whether the cell is complete."""
        if message["msg_type"] == "flush":
            name = message["content"]["name"]
            self._add_stream(name, self.process.taps[name].until_mark(), cell, index)
            return False
        try:
            self.process_message(message, cell, index)
        except CellExecutionComplete:
            return True
        return False

    def _add_stream(self, name: str, text: str, cell: NotebookNode, index: int) -> None:
        if text:
            frame = {"msg_type": "stream", "time": time.time(), "content": {"name": name, "text": text}}
            self.process_message(_as_message(frame), cell, index)

    def _check_time(
        self, cell: NotebookNode, index: int, deadline: float | None, timeout: float | None
    ) -> None:
        now = time.monotonic()
        if self._notebook_deadline is not None and now >= self._notebook_deadline:
            seconds = f"{self._notebook_timeout:g} s"
            self._fail(cell, index, NOTEBOOK_TIMEOUT, f"the notebook took longer than {seconds}")
        if deadline is not None and now >= deadline:
            self._fail(cell, index, CELL_TIMEOUT, f"the cell took longer than {timeout:g} s")

    def _describe_end(self) -> str:
        if self._left:
            return "an earlier cell ended the notebook with exit"
        return describe_end(self.process.child.wait(_EXIT_PATIENCE))

    def _fail(self, cell: NotebookNode, index: int, ename: str, evalue: str) -> None:
        """End the process, keep what the cell has printed, and add the error to its outputs.

        Raises
        ------
        CellExecutionError
            Always.
        """
        stack = self.process.take_stack(ask=ename != DEAD)
        self.process.child.end()
        for name, tap in self.process.taps.items():
            self._add_stream(name, tap.rest(), cell, index)
        lines = [f"{ename}: {evalue}", *stack]
        cell.outputs.append(new_output("error", ename=ename, evalue=evalue, traceback=lines))
        raise CellExecutionError("\n".join(lines), ename, evalue)


def _as_message(frame: dict[str, Any]) -> dict[str, Any]:
    """Return a frame of the wire in the form in which nbclient receives messages."""
    msg_type = frame["msg_type"]
    header = {"msg_type": msg_type, "date": dt.datetime.fromtimestamp(frame["time"], dt.UTC)}
    return {
        "msg_type": msg_type,
        "header": header,
        "parent_header": {"msg_id": ""},
        "content": frame["content"],
        "buffers": [],
    }
