from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from helpers.cli import console
from helpers.progress import SILENT


def test_without_a_terminal_progress_is_plain_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([10.0, 12.25])
    monkeypatch.setattr(console.time, "monotonic", lambda: next(clock))
    with console.progress("id") as progress, progress.step("Menerbitkan", total=2) as step:
        step.advance(0, detail="cell 3 of 25")
        step.advance(detail="budget-absorption")
        progress.note("catatan")
        step.advance()
    shown = capsys.readouterr()
    assert shown.err.splitlines() == [
        "Menerbitkan …",
        "  1/2 budget-absorption",
        "catatan",
        "  2/2",
        "Menerbitkan: selesai dalam 2,2 detik",
    ]
    assert shown.out == ""


def test_many_parts_give_at_most_ten_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with console.progress("en") as progress, progress.step("Profiles", total=148) as step:
        for _ in range(148):
            step.advance()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 12
    assert lines[1] == "  15/148"
    assert lines[-2] == "  148/148"


def test_a_terminal_sees_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with console.progress("en") as progress:
        with progress.step("Charts [x]", total=3) as step:
            step.advance(2, detail="opd-status-grid")
        with progress.step("Checking") as step:
            step.advance()
    shown = screen.getvalue()
    assert "Charts [x]" in shown
    assert "3/3" in shown
    assert "1/1" in shown


def test_a_path_below_the_current_folder_is_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert console.shown_path(tmp_path / "reports" / "x") == "reports/x"
    assert console.shown_path(Path("/elsewhere/x")) == "/elsewhere/x"


def test_silence_takes_the_same_calls(capsys: pytest.CaptureFixture[str]) -> None:
    with SILENT.step("x", total=1) as step:
        step.advance(1, detail="y")
    SILENT.note("z")
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "")
