"""``bench`` runs one program of ``benchmarks`` with the arguments that are left."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from helpers.cli import PROJECT, bench
from helpers.cli.options import UsageError
from helpers.cli.parser import read_command_line


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], ["reports.py"]),
        (["--runs", "1"], ["reports.py", "--runs", "1"]),
        (["engine", "--batch", "5"], ["engine.py", "--batch", "5"]),
    ],
)
@pytest.mark.parametrize(("code", "told"), [(0, 0), (3, 1)])
def test_a_program_is_run(
    monkeypatch: pytest.MonkeyPatch, given: list[str], expected: list[str], code: int, told: int
) -> None:
    asked: list[list[str]] = []

    def call(command: list[str], **_options: Any) -> int:
        asked.append(command)
        return code

    monkeypatch.setattr(bench.subprocess, "call", call)
    assert bench.run(read_command_line(["bench", *given], "en")) == told
    script, *rest = expected
    assert asked == [[sys.executable, str(PROJECT / "benchmarks" / script), *rest]]


def test_a_program_that_there_is_not_is_refused() -> None:
    with pytest.raises(UsageError, match="bad_value") as caught:
        bench.run(read_command_line(["bench", "nothing"], "en"))
    assert "reports" in caught.value.text("en")
