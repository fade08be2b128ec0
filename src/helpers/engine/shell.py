"""The notebook's process: cells run in IPython's shell, outputs leave as a kernel's messages.

The shell is the kernel's own class and `PipeKernel` borrows the kernel's own methods
for executing a cell, so that async cells, magics, tracebacks and refused input are the
kernel's; only its sockets and threads are absent.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import faulthandler
import json
import logging
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import SimpleNamespace
from typing import Any

from ipykernel import eventloops
from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session

from helpers.engine.server import mark_dirty
from helpers.engine.warm import INLINE_BACKEND, make_shell
from helpers.engine.wire import STREAMS, MessageWire, PipeStream

#: Sent by the collecting side for a Python stack, before it kills a cell that does not end.
DUMP_SIGNAL = getattr(signal, "SIGUSR1", None)
_MIB = 1 << 20


class PipeSession(Session):
    """A kernel's session whose messages go into the pipe instead of a socket."""

    wire: MessageWire

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Send one message; only its type and content are of use here."""
        if isinstance(msg_or_type, dict):
            self.wire.post(msg_or_type["msg_type"], msg_or_type["content"])
        else:
            self.wire.post(msg_or_type, content or {})
        return None


class PipeKernel:
    """What the borrowed methods of a kernel need of one."""

    ident = "kernel"
    int_id = -1
    eventloop = None
    log = logging.getLogger(__name__)
    shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())

    # Any: they are declared to take a whole kernel.
    do_execute: Any = IPythonKernel.do_execute
    raw_input = IPythonKernel.raw_input
    getpass = IPythonKernel.getpass
    _forward_input = IPythonKernel._forward_input
    _restore_input = IPythonKernel._restore_input
    _cancel_on_sigint = IPythonKernel._cancel_on_sigint
    _dummy_context_manager = IPythonKernel._dummy_context_manager

    def __init__(self, shell: Any, session: PipeSession, loop: asyncio.AbstractEventLoop) -> None:
        self.shell = shell
        self.session = session
        # `exit` asks the loop to stop; `serve_cells` does so itself, after the cell's outputs.
        self.io_loop = SimpleNamespace(
            add_callback=loop.call_soon_threadsafe, call_later=lambda *_: None, stop=None
        )
        shell.kernel = self
        shell.set_parent({})
        shell.display_pub.session = shell.displayhook.session = session
        shell.enable_gui = self._enable_gui

    def _enable_gui(self, gui: str | None = None) -> None:
        # The shell's own would look for a kernel application; this one has none.
        eventloops.enable_gui(gui, self)  # type: ignore[no-untyped-call]
        self.shell.active_eventloop = gui

    async def run_cell(self, code: str, store_history: bool) -> None:
        """Execute one cell and send what a kernel sends about it, in its order."""
        self.session.send(None, "status", {"execution_state": "busy"})
        count = self.shell.execution_count
        self.session.send(None, "execute_input", {"code": code, "execution_count": count})
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            execute: Any = self.do_execute
            reply = await execute(code, silent=False, store_history=store_history)
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        for name in STREAMS:
            # A cell may have replaced a stream by None or closed its own.
            with contextlib.suppress(AttributeError, ValueError):
                getattr(sys, name).flush()
        reply.pop("payload", None)
        reply["leaves"] = bool(self.shell.exit_now)
        self.session.send(None, "execute_reply", reply)
        self.session.send(None, "status", {"execution_state": "idle"})


def limit_memory(megabytes: int | None, most: int | None = None) -> None:
    """Let this process take so much memory beyond what it has; more raises `MemoryError`.

    The limit is on private data (Linux), so that mapped files and the parent's shared
    pages do not count. ``most`` is the limit up to which the process may raise it again; none if not given.
    """
    if not megabytes:
        return
    held = 0
    with contextlib.suppress(OSError), open("/proc/self/status", encoding="ascii") as lines:
        held = next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData")), 0)
    allowed = held + megabytes * _MIB
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, allowed if most is None else most))


def _take_descriptors(descriptors: tuple[int, ...]) -> None:
    """Make the pipes the process's standard output and error, and close its input."""
    out, err, crash = descriptors
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((null, 0), (out, 1), (err, 2)):
        os.dup2(source, target)
        os.close(source)
    # A crash leaves a Python stack; where it is asked for, so does a cell that hangs.
    faulthandler.enable(file=crash, all_threads=False)
    if DUMP_SIGNAL is not None:
        faulthandler.register(DUMP_SIGNAL, file=crash, all_threads=False)


def _take_environment(shell: Any) -> None:
    """Give the process what a kernel's start gives it."""
    os.environ.setdefault("MPLBACKEND", INLINE_BACKEND)
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = os.environ["MPLBACKEND"]
    shell.init_environment()
    sys.argv = ["ipykernel_launcher.py"]
    if "" not in sys.path:
        sys.path.insert(0, "")
    shell.history_manager.reset()


async def _run_cells(connection: Connection, kernel: PipeKernel) -> None:
    """Execute cells as they are asked for, until the connection ends or a cell says `exit`."""
    loop = asyncio.get_running_loop()
    arrived = asyncio.Event()
    loop.add_reader(connection.fileno(), arrived.set)
    while not kernel.shell.exit_now:
        # Waiting in the loop lets tasks that a cell started go on between cells.
        await arrived.wait()
        arrived.clear()
        try:
            order = json.loads(connection.recv_bytes())
        except (EOFError, OSError):
            return
        await kernel.run_cell(order["code"], order["store_history"])
        if connection.poll():
            arrived.set()


def serve_cells(
    connection: Connection,
    descriptors: tuple[int, ...],
    mark: bytes,
    memory_limit_mb: int | None,
    prepare: Callable[[], None] | None,
) -> None:
    """Run the cells of one notebook: the target of a forked child.

    Parameters
    ----------
    connection : Connection
        Orders in (``{"code", "store_history"}``), messages out.
    descriptors : tuple of int
        Write ends: standard output, standard error, crash report.
    mark : bytes
        What a flush writes into a stream's pipe.
    memory_limit_mb : int or None
        Memory the notebook may take beyond the parent's, in MiB.
    prepare : callable or None
        Called before the first cell.
    """
    mark_dirty()
    shell = make_shell()
    _take_descriptors(descriptors)
    _take_environment(shell)
    session = PipeSession(key=b"")
    session.wire = MessageWire(connection, session.pack)
    sys.stdout, sys.stderr = (
        PipeStream(name, fd, mark, session.wire.post) for fd, name in enumerate(STREAMS, 1)
    )
    limit_memory(memory_limit_mb)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if prepare is not None:
        prepare()
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(_run_cells(connection, PipeKernel(shell, session, loop)))
    # Those that the cells registered; the parent's were dropped at the fork.
    atexit._run_exitfuncs()
