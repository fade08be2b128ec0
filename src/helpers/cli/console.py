"""What a command shows while it works: people on stderr, programs on stdout."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.messages import translate

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

    from helpers.progress import Progress, Step


def say(message: str) -> None:
    """Show a line to the person at the keyboard."""
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


def emit(line: str) -> None:
    """Give a result to whoever reads the output."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def emit_json(value: Any) -> None:
    """Give a result as JSON."""
    emit(json.dumps(value, ensure_ascii=False, indent=2))


def shown_path(path: Path) -> str:
    """Return a path as short as it can be typed: relative to the current folder if below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except ValueError:
        return str(path)


def seconds(amount: float, locale: str) -> str:
    """Return seconds to a tenth: ``2,2`` in Indonesian, ``2.2`` in English."""
    return f"{amount:.1f}".replace(".", "," if locale == "id" else ".")


@contextmanager
def progress(locale: str) -> Iterator[Progress]:
    """Give what shows progress: bars on a terminal, plain lines elsewhere."""
    if not sys.stderr.isatty():
        yield _Lines(locale)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[detail]}", style="dim", markup=False),
    )
    with Bars(*columns, console=Console(stderr=True, highlight=False)) as bars:
        yield _Bars(bars)


class _Bars:
    """Steps as bars that stay when they are full."""

    def __init__(self, bars: RichProgress) -> None:
        self._bars = bars

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Step]:
        """Draw one bar; an uncountable step pulses until it is over."""
        task = self._bars.add_task(name, total=total, detail="")
        bars = self._bars

        class _Bar:
            def advance(self, amount: int = 1, *, detail: str = "") -> None:
                bars.update(task, advance=amount, detail=detail)

        yield _Bar()
        done = bars.tasks[task].completed if total is None else total
        bars.update(task, total=max(done, 1), completed=max(done, 1), detail="")

    def note(self, message: str) -> None:
        """Print a line above the bars."""
        self._bars.console.print(message, markup=False)


class _Lines:
    """Steps as lines: the beginning, at most ten a step between, and how long it took."""

    def __init__(self, locale: str) -> None:
        self._locale = locale

    def step(self, name: str, total: int | None = None) -> AbstractContextManager[Step]:
        """Print the beginning and the end of a step."""
        return self._step(name, total)

    @contextmanager
    def _step(self, name: str, total: int | None) -> Iterator[Step]:
        say(f"{name} …")
        started = time.monotonic()
        yield _Line(total)
        taken = seconds(time.monotonic() - started, self._locale)
        say(translate("cli.step_done", self._locale, name=name, seconds=taken))

    def note(self, message: str) -> None:
        """Print a line."""
        say(message)


class _Line:
    def __init__(self, total: int | None) -> None:
        self._total = total
        self._done = 0

    def advance(self, amount: int = 1, *, detail: str = "") -> None:
        """Print where the step stands, for every tenth part of it."""
        if not amount:
            # Movement within a part: worth a glance on a terminal, not a line in a log.
            return
        before, self._done = self._done, self._done + amount
        if self._total is None:
            if detail:
                say(f"  {detail}")
        elif self._total <= 10 or before * 10 // self._total != self._done * 10 // self._total:
            say(f"  {self._done}/{self._total} {detail}".rstrip())
