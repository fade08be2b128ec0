"""The command line as a user calls it, in the environment that runs the tests."""

from __future__ import annotations

import pytest

from helpers import cli


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run commands in this process: no other environment is looked for or made."""
    monkeypatch.delenv("LOCALE", raising=False)
    monkeypatch.setattr(cli, "_enter", lambda given, locale: None)
