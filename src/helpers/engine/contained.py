"""Do one large piece of work in a process of its own, forked from the warm parent.

The work may run notebooks itself: they are forked from it, so that nothing is imported
twice. Whatever becomes of it (a crash, a lack of memory), the caller lives on and is told.
It may be called from any thread, since the warm parent is a process without threads.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from helpers.engine.failure import describe_end
from helpers.engine.warm import LATER, MODULES, can_fork

_GRACE = 5.0


class LostError(RuntimeError):
    """The process ended before its work did; doing it again may succeed."""


def run_contained(target: str, *arguments: Any, modules: Iterable[str] = ()) -> Any:
    """Call a function in a process of its own and return what it returns.

    Parameters
    ----------
    target : str
        ``package.module:function``.
    *arguments
        Picklable; so must be what the function returns.
    modules : iterable of str
        What the warm parent is to import besides what notebooks need, if it is started now.

    Raises
    ------
    LostError
        If the process ended by itself, or was ended.
    """
    if not can_fork():
        return _run_spawned(target, arguments)
    from helpers.engine.parent import make_request, shared_parent

    # All of it at first: what is forked from the work's process has no parent that loads more.
    parent = shared_parent((*MODULES, *LATER, *modules), ())
    try:
        child = parent.fork(make_request("helpers.engine.contained:serve", target, arguments))
    except OSError as error:
        raise LostError(str(error)) from error
    try:
        return child.connection.recv()
    except (EOFError, OSError) as error:
        raise LostError(describe_end(child.wait(_GRACE))) from error
    finally:
        child.wait(_GRACE)
        child.end()


def serve(
    connection: Connection, _descriptors: tuple[int, ...], target: str, arguments: tuple[Any, ...]
) -> None:
    """Call the function and send what it returns: the target of the forked child."""
    connection.send(_call(target, arguments))


def _call(target: str, arguments: tuple[Any, ...]) -> Any:
    module, _, name = target.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function(*arguments)


def _run_spawned(target: str, arguments: tuple[Any, ...]) -> Any:
    """Do the same in a process that is started afresh, where there is no fork."""
    sys.stderr.flush()
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        try:
            return pool.submit(_call, target, arguments).result()
        except BrokenProcessPool as error:
            raise LostError(str(error)) from error
