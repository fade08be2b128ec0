"""Work in a process of its own: its result, its end, from any thread, with notebooks inside."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpers.engine.contained import LostError, run_contained
from helpers.engine.warm import can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="needs fork")


def test_it_returns_what_the_function_returns_from_another_process() -> None:
    assert run_contained("os:getpid") != os.getpid()
    assert run_contained("math:gcd", 12, 18) == 6


def test_the_process_is_clean_so_that_notebooks_are_forked_from_it() -> None:
    assert run_contained("helpers.engine.server:is_clean") is True


def test_an_end_is_told_with_its_reason() -> None:
    with pytest.raises(LostError, match="exit code 3"):
        run_contained("os:_exit", 3)
    with pytest.raises(LostError, match="SIGKILL"):
        run_contained("signal:raise_signal", signal.SIGKILL)


def test_an_error_of_the_function_loses_the_process_not_the_caller(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(LostError):
        run_contained("math:sqrt", "x")


def test_threads_share_one_parent() -> None:
    with ThreadPoolExecutor(4) as pool:
        parents = set(pool.map(lambda _: run_contained("os:getppid"), range(8)))
    assert len(parents) == 1
    assert threading.active_count() >= 1


def test_it_is_called_from_a_thread_of_a_program_with_threads() -> None:
    answers: list[int] = []
    thread = threading.Thread(target=lambda: answers.append(run_contained("math:gcd", 4, 6)))
    thread.start()
    thread.join(60)
    assert answers == [2]


def test_environment_and_path_are_the_caller_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPERS_TEST_MARK", "here")
    assert run_contained("os:getenv", "HELPERS_TEST_MARK") == "here"
    assert sys.path[0] is not None
