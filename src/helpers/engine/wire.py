"""What passes between a notebook's process and the one that collects its outputs.

Two ways, both surviving a crash with everything written before it:

* messages, as a kernel sends them, framed by `multiprocessing.connection`;
* standard output and error as two pipes, which also carry what a library or a
  subprocess writes to the file descriptor. A flush leaves a mark in the pipe and sends a
  message, so that text and messages keep their order although they travel apart.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

STREAMS = ("stdout", "stderr")
#: Seconds until a mark that was announced must have come through its pipe.
MARK_PATIENCE = 5.0
_CHUNK = 1 << 16


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back an interrupt while a message is half written."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def write_all(fd: int, data: bytes) -> None:
    """Write all bytes to a file descriptor, however little it takes at a time."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


class MessageWire:
    """The notebook's end of the message connection.

    A process that the notebook forks has a copy of it and must stay silent: half a
    message between two halves of another would end both.
    """

    def __init__(self, connection: Connection, pack: Callable[[Any], bytes]) -> None:
        self._connection = connection
        self._pack = pack
        self._owner = os.getpid()
        self._lock = threading.Lock()

    def post(self, msg_type: str, content: dict[str, Any]) -> None:
        """Send one message.

        Raises
        ------
        ValueError, TypeError
            If the content has no JSON form, as in a kernel.
        """
        frame = self._pack({"msg_type": msg_type, "time": time.time(), "content": content})
        if os.getpid() == self._owner:
            with uninterrupted(), self._lock:
                self._connection.send_bytes(frame)


class PipeStream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a notebook.

    Like a kernel's stream it has no ``buffer``; unlike it, `fileno` is the pipe, so a
    subprocess given this stream writes into the notebook.
    """

    # The base class declares encoding as None; a kernel's stream says what it takes.
    encoding = "UTF-8"

    def __init__(self, name: str, fd: int, mark: bytes, post: Callable[[str, dict[str, Any]], None]) -> None:
        self.name = name
        self._fd = fd
        self._mark = mark
        self._post = post
        self._owner = os.getpid()

    def fileno(self) -> int:
        """Return the descriptor of the pipe."""
        return self._fd

    def isatty(self) -> bool:
        """Return False: a notebook is no terminal."""
        return False

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, string: str) -> int:
        """Write text at once, so that a crash loses nothing."""
        if not isinstance(string, str):
            raise TypeError(f"write() argument must be str, not {type(string)}")
        write_all(self._fd, string.encode("utf-8", "replace"))
        return len(string)

    def flush(self) -> None:
        """End the present output: what follows begins a new one, as in a kernel."""
        if os.getpid() != self._owner:
            return
        with uninterrupted():
            write_all(self._fd, self._mark)
        self._post("flush", {"name": self.name})


class StreamTap:
    """The collecting end of one stream's pipe.

    Parameters
    ----------
    fd : int
        Read end; it becomes non-blocking and is owned by the tap.
    mark : bytes
        What a flush writes into the pipe.
    """

    def __init__(self, fd: int, mark: bytes) -> None:
        os.set_blocking(fd, False)
        self._fd = fd
        self._mark = mark
        self._pending = bytearray()
        self._ended = False

    def fileno(self) -> int:
        """Return the descriptor to wait on."""
        return self._fd

    @property
    def ended(self) -> bool:
        """Whether every writer has closed the pipe."""
        return self._ended

    def read(self) -> int:
        """Take in what has arrived; return how many bytes."""
        try:
            data = os.read(self._fd, _CHUNK)
        except BlockingIOError:
            return 0
        self._ended = not data
        self._pending += data
        return len(data)

    def until_mark(self) -> str:
        """Return the text before the next mark, which a message has announced."""
        deadline = time.monotonic() + MARK_PATIENCE
        while (end := self._pending.find(self._mark)) < 0 and time.monotonic() < deadline:
            if not self.read():
                if self._ended:
                    break
                time.sleep(0.0005)
        if end < 0:
            return self.rest()
        text = self._pending[:end].decode("utf-8", "replace")
        del self._pending[: end + len(self._mark)]
        return text

    def rest(self) -> str:
        """Return all text left, after the process that wrote it has ended."""
        while self.read():
            pass
        text = bytes(self._pending).replace(self._mark, b"").decode("utf-8", "replace")
        self._pending.clear()
        return text

    def close(self) -> None:
        """Close the read end."""
        os.close(self._fd)
