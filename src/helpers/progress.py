"""How long work tells how far it is, without knowing who looks on.

The command line gives a `Progress` that draws bars; a test or a notebook gives
`SILENT`. Names and details are texts in the reader's language.

>>> with SILENT.step("Menerbitkan", total=2) as step:
...     step.advance(detail="press-release")
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Step(Protocol):
    """One step under way."""

    def advance(self, amount: int = 1, *, detail: str = "") -> None:
        """Tell that ``amount`` more of the total is done, and what it was."""


class Progress(Protocol):
    """Shows steps."""

    def step(self, name: str, total: int | None = None) -> AbstractContextManager[Step]:
        """Begin a step; it is over when the context ends. ``total`` None: not countable."""

    def note(self, message: str) -> None:
        """Show a line that stays (a warning, say)."""


class _SilentStep:
    def advance(self, amount: int = 1, *, detail: str = "") -> None:
        """Show nothing."""


class _Silent:
    def step(self, name: str, total: int | None = None) -> AbstractContextManager[Step]:
        """Show nothing."""
        return nullcontext(_SilentStep())

    def note(self, message: str) -> None:
        """Show nothing."""


SILENT: Progress = _Silent()
