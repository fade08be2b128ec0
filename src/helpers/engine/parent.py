"""The handle of the warm parent, and of the children forked from it."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from typing import Any

from helpers.engine.server import (
    STATUS,
    Request,
    fork_child,
    is_clean,
    serve_request,
)
from helpers.engine.warm import HASH_SEED, LATER, MODULES, PARENT_ENVIRONMENT

_BOOT = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from helpers.engine.server import main; main(int(sys.argv[2]), *json.loads(sys.argv[3]))"
)
_POLL = 0.005


class Child:
    """A forked process: its connection and how it ended.

    Parameters
    ----------
    connection : Connection
        Both ways; at its end when the child has ended.
    find_pid, find_status : callable
        The process id, or None as long as the parent has not come to forking it; the exit
        code, negative for a signal, or None while it runs.
    """

    def __init__(
        self,
        connection: Connection,
        find_pid: Callable[[], int | None],
        find_status: Callable[[], int | None],
    ) -> None:
        self.connection = connection
        self._find_pid = find_pid
        self._find_status = find_status
        self._status: int | None = None

    @property
    def pid(self) -> int | None:
        """Process id, also the id of its process group; None if it does not exist yet."""
        return self._find_pid()

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal, or None while the child runs."""
        if self._status is None:
            self._status = self._find_status()
        return self._status

    def wait(self, seconds: float) -> int | None:
        """Wait for the end; return what `poll` returns then."""
        deadline = time.monotonic() + seconds
        while self.poll() is None and time.monotonic() < deadline:
            time.sleep(_POLL)
        return self._status

    def send_signal(self, number: int, *, group: bool = False) -> None:
        """Send a signal to the child, or to it and what it started in its group."""
        pid = self.pid
        if pid is not None and (group or self.poll() is None):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                (os.killpg if group else os.kill)(pid, number)

    def end(self, grace: float = 0.0) -> int | None:
        """End the child and its group, after `grace` seconds to do it by itself."""
        if grace and self.pid is not None and self.poll() is None:
            self.send_signal(signal.SIGTERM)
            self.wait(grace)
        self.send_signal(signal.SIGKILL, group=True)
        # One that is forked only now finds nothing to do, and leaves.
        with contextlib.suppress(OSError):
            self.connection.close()
        return self.poll() if self.pid is None else self.wait(5.0)


class _StatusPipe:
    """Reads what the warm parent tells of one child."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._pid: int | None = None
        self._status: int | None = None
        self._closed = False

    def _read(self) -> int | None:
        data = os.read(self._fd, STATUS.size)
        if len(data) == STATUS.size:
            return int(STATUS.unpack(data)[0])
        self.close()
        return None

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            os.close(self._fd)

    def _is_told(self) -> bool:
        return not self._closed and bool(select.select([self._fd], [], [], 0)[0])

    def pid(self) -> int | None:
        # The first thing told is the id; the end may follow at once or later.
        if self._pid is None and self._is_told():
            self._pid = self._read()
        return self._pid

    def status(self) -> int | None:
        if self._status is None and self.pid() is not None and self._is_told():
            self._status = self._read()
            self.close()
        if self._closed and self._status is None:
            # The parent is gone and took its children along.
            self._status = -signal.SIGKILL
        return self._status

    def __del__(self) -> None:
        self.close()


def make_request(target: str, *arguments: Any) -> Request:
    """Return a request that gives the child this process's environment, path and folder."""
    environment = {**HASH_SEED, **os.environ}
    return Request(target, pickle.dumps(arguments), environment, tuple(sys.path), os.getcwd())


class WarmParent:
    """A process with the scientific stack loaded, from which children are forked.

    It ends with `close`, at the end of the program, and by itself if the program is
    killed: it then sees its control socket closed and ends its children.

    Parameters
    ----------
    modules : iterable of str
        What to import besides what every job needs, as in `warm.MODULES`. Starting returns at once; the first
        child waits for the imports.
    later : iterable of str
        What to import while the first children run, as in `warm.LATER`.
    """

    def __init__(self, modules: Iterable[str] = MODULES, later: Iterable[str] = LATER) -> None:
        self.modules, self.later = tuple(modules), tuple(later)
        self._owner = os.getpid()
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair()
        arguments = [json.dumps(sys.path), str(theirs.fileno()), json.dumps([self.modules, self.later])]
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _BOOT, *arguments],
                env={**HASH_SEED, **os.environ, **PARENT_ENVIRONMENT},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Process id of the warm parent."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Return whether it runs and belongs to this process rather than to one it was copied from."""
        return os.getpid() == self._owner and self._control.fileno() >= 0 and self._process.poll() is None

    def fork(self, request: Request, descriptors: Iterable[int] = ()) -> Child:
        """Fork a child that does the request with copies of the descriptors."""
        ours, theirs = socket.socketpair()
        status_read, status_write = os.pipe()
        try:
            with self._lock:
                socket.send_fds(self._control, [b"f"], [status_write, theirs.fileno(), *descriptors])
        finally:
            os.close(status_write)
            theirs.close()
        connection = Connection(ours.detach())
        connection.send(request)
        pipe = _StatusPipe(status_read)
        return Child(connection, pipe.pid, pipe.status)

    def close(self) -> None:
        """End the parent and every child of it."""
        if os.getpid() != self._owner:
            return
        if self._control.fileno() >= 0 and not select.select([self._control], [], [], 0)[0]:
            # Still importing: it has no children to end, and would see the end only later.
            self._process.kill()
        self._control.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> WarmParent:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


_shared: dict[str, WarmParent] = {}
#: Threads of one program (workers of a cluster, a batch) share the one parent.
_sharing = threading.Lock()


def shared_parent(modules: Iterable[str] = MODULES, later: Iterable[str] = LATER) -> WarmParent:
    """Return the program's warm parent, started on first use and ended with the program."""
    with _sharing:
        parent = _shared.get("parent")
        if parent is None or not parent.is_alive():
            parent = _shared["parent"] = WarmParent(modules, later)
            atexit.register(parent.close)
        return parent


class ThisProcess:
    """Forks from the process itself: for one that was forked from a warm parent and is clean."""

    fork = staticmethod(lambda request, descriptors=(): fork_here(request, descriptors))


def nearest_parent(modules: Iterable[str] = MODULES, later: Iterable[str] = LATER) -> Any:
    """Return what children are forked from: this process if it is clean, else the program's warm parent."""
    return ThisProcess() if is_clean() else shared_parent(modules, later)


def fork_here(request: Request, descriptors: Iterable[int] = ()) -> Child:
    """Fork a child from this process, which must be clean (see `server.is_clean`)."""
    ours, theirs = socket.socketpair()
    kept = tuple(os.dup(fd) for fd in descriptors)

    def run() -> None:
        ours.close()
        serve_request(Connection(theirs.detach()), kept)

    pid = fork_child(run)
    theirs.close()
    for fd in kept:
        os.close(fd)
    connection = Connection(ours.detach())
    connection.send(request)

    def find_status() -> int | None:
        found, status = os.waitpid(pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if found else None

    return Child(connection, lambda: pid, find_status)
