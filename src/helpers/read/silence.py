"""Keep a compiled library's own cries off the terminal: what they mean is said as a finding."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator

_LOCK = threading.Lock()


@contextlib.contextmanager
def silent_stderr() -> Iterator[None]:
    """Send what is written to the process's standard error nowhere.

    A defect met in Rust is written there with a stack trace before Python hears of it. One
    reader at a time: two that put it back in the wrong order would leave it silent.
    """
    with _LOCK, open(os.devnull, "wb") as nowhere:
        try:
            kept = os.dup(2)
        except OSError:
            # No standard error at all (a service): nothing to keep quiet.
            yield
            return
        try:
            os.dup2(nowhere.fileno(), 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
