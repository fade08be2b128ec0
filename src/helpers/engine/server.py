"""The warm parent: it imports, forks, reaps, and does nothing else.

It is a process of its own, started by `helpers.engine.parent`, so that it has one
thread and no socket but its own whatever the program that started it has. It leaves
the terminal's process group: an interrupt from the keyboard reaches the program, which
ends its children in order.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import importlib
import os
import pickle
import select
import signal
import socket
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import NoReturn

from helpers.engine.warm import keep_loaded, load, warm_up

#: Descriptors of one request: status pipe, connection, and up to four more.
MAX_DESCRIPTORS = 6
#: Seconds for a child to end its own children before it is killed.
GRACE = 1.0
#: A child's status as the parent writes it: its id first, then how it ended.
STATUS = struct.Struct("=i")
#: What the parent says once, when everything is imported.
READY = b"r"
_PR_SET_PDEATHSIG = 1

_state = {"clean": False}


@dataclass(frozen=True)
class Request:
    """What a forked child is to do; the first message it reads.

    Parameters
    ----------
    target : str
        ``package.module:function``, called with the connection, the descriptors and
        `arguments`.
    arguments : bytes
        A pickled tuple, read once the child has the path on which its classes are found.
    environment, path, folder
        Environment variables, ``sys.path`` and working folder to take on.
    """

    target: str
    arguments: bytes
    environment: Mapping[str, str] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    folder: str = "."


def is_clean() -> bool:
    """Return whether this process is a fresh fork of a warm parent, fit to be forked from.

    It is no longer once something in it has started a thread (as Typst does).
    """
    return _state["clean"] and _count_threads() == 1


def _count_threads() -> int:
    """Return how many threads this process has, those of native libraries too where that can be seen."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return threading.active_count()


def mark_dirty() -> None:
    """Say that code of a notebook runs here: nothing is to be forked from its state."""
    _state["clean"] = False


def _die_with_parent() -> None:
    """Ask Linux to end this process with the one that forked it; a no-op elsewhere."""
    parent = os.getppid()
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _become_child() -> None:
    """Shed what belongs to the parent: its group, signal handlers, exit functions, random state."""
    os.setsid()
    _die_with_parent()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    atexit._clear()
    if "numpy" in sys.modules:
        # `random` reseeds itself after a fork; numpy's global state does not.
        sys.modules["numpy"].random.seed()


def fork_child(run: Callable[[], None]) -> int:
    """Fork a child that calls `run` and ends; return its process id."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        _become_child()
        run()
        status = 0
    except SystemExit as leave:
        status = leave.code if isinstance(leave.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(status)


def serve_request(connection: Connection, descriptors: tuple[int, ...]) -> None:
    """Read the request from the connection and do it, in a child."""
    try:
        request: Request = connection.recv()
    except EOFError:
        # Given up before it was forked.
        return
    os.environ.clear()
    os.environ.update(request.environment)
    sys.path[:] = request.path
    os.chdir(request.folder)
    module, _, name = request.target.partition(":")
    arguments = pickle.loads(request.arguments)
    getattr(importlib.import_module(module), name)(connection, descriptors, *arguments)


class Server:
    """Accepts requests on the control socket and tells how each child ended."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._status_pipes: dict[int, int] = {}
        # A child's end writes into this pipe, so that one wait covers both kinds of event.
        self._wakeup, self._wakeup_write = os.pipe()
        os.set_blocking(self._wakeup_write, False)
        os.set_blocking(self._wakeup, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wakeup_write, warn_on_full_buffer=False)

    def run(self, later: Iterable[str] = ()) -> None:
        """Serve until the program that started this closes the control socket or ends.

        What children need only later is imported between requests: the first ones run meanwhile.
        """
        waiting = list(later)
        while True:
            patience = 0 if waiting else None
            ready, _, _ = select.select([self._control.fileno(), self._wakeup], [], [], patience)
            if not ready:
                load(waiting.pop(0))
                if not waiting:
                    keep_loaded()
            if self._wakeup in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(self._wakeup, 1024)
                self._reap()
            if self._control.fileno() in ready and not self._accept():
                break
        self._end_children()

    def _accept(self) -> bool:
        try:
            data, descriptors, _, _ = socket.recv_fds(
                self._control, 1, MAX_DESCRIPTORS, socket.MSG_CMSG_CLOEXEC
            )
        except ConnectionResetError:
            # Closed by a program that has not read `READY`.
            return False
        if not data:
            return False
        status, connection_fd, *others = descriptors

        def run() -> None:
            self._control.close()
            for fd in (status, self._wakeup, self._wakeup_write, *self._status_pipes.values()):
                os.close(fd)
            serve_request(Connection(connection_fd), tuple(others))

        pid = fork_child(run)
        self._status_pipes[pid] = status
        for fd in (connection_fd, *others):
            os.close(fd)
        self._tell(status, pid)
        return True

    @staticmethod
    def _tell(status_pipe: int, number: int) -> None:
        # Nobody may be left to hear it.
        with contextlib.suppress(BrokenPipeError):
            os.write(status_pipe, STATUS.pack(number))

    def _reap(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return
                pipe = self._status_pipes.pop(pid, None)
                if pipe is not None:
                    self._tell(pipe, os.waitstatus_to_exitcode(status))
                    os.close(pipe)

    def _end_children(self) -> None:
        for number in (signal.SIGTERM, signal.SIGKILL):
            for pid in self._status_pipes:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, number)
            deadline = time.monotonic() + GRACE
            while self._status_pipes and time.monotonic() < deadline:
                self._reap()
                time.sleep(0.01)


def main(control_fd: int, modules: list[str], later: list[str]) -> NoReturn:
    """Run the warm parent on an inherited control socket."""
    # Requests wait in the socket meanwhile; nothing is open while modules are imported.
    warm_up(modules)
    _state["clean"] = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=control_fd)
    server = Server(control)
    # If the program has ended meanwhile, nobody is left to hear it.
    with contextlib.suppress(BrokenPipeError):
        control.send(READY)
    server.run(later)
    # No exit functions: the modules it imported have nothing of their own to save.
    os._exit(0)
