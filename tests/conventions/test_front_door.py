"""The Makefile, the command table and the README name the same commands."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from helpers.cli import COMMANDS
from helpers.messages import LOCALES, translate

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z0-9_-]+):", MAKEFILE, flags=re.MULTILINE)

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in the project, printing what it would do."""
    command = ["make", "--no-print-directory", "-C", str(ROOT), *arguments]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8")


def test_every_command_is_a_target() -> None:
    assert set(TARGETS) == {"help", *COMMANDS}
    assert len(TARGETS) == len(set(TARGETS))


def test_every_target_is_phony_and_one_line() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, flags=re.MULTILINE)
    assert set(phony.split()) == set(TARGETS)
    recipes = re.findall(r"^([a-z0-9_-]+): ## .+\n((?:\t.+\n)+)", MAKEFILE, flags=re.MULTILINE)
    assert [name for name, _ in recipes] == TARGETS
    for name, recipe in recipes:
        assert recipe.count("\n") == 1
        assert name == "help" or recipe.startswith(f"\t$(helpers) {name} ")


@needs_make
def test_help_lists_every_target_and_is_the_default() -> None:
    told = make()
    assert re.findall(r"^  make ([a-z0-9_-]+) +\S", told.stdout, flags=re.MULTILINE) == TARGETS


@needs_make
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["report"], ["report"]),
        (["report", "FORCE=0", "OUT=out put"], ["report", "--out", "out put"]),
        (
            ["report", "FORCE=1", "JOBS=2", "YEAR=2021"],
            ["report", "--year", "2021", "--jobs", "2", "--force"],
        ),
        (["check", "FILE=it's.docx"], ["check", "--", "it's.docx"]),
        (["test", "ARGS=-k 'a b'", "LOCALE=en"], ["test", "--locale", "en", "-k", "a b"]),
        (["lock", "UPGRADE=1"], ["lock", "--upgrade"]),
    ],
)
def test_variables_become_options_only_when_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: list[str]
) -> None:
    echo = tmp_path / "python"
    echo.write_text('#!/bin/sh\nshift 2\nfor word; do echo "$word"; done\n', encoding="utf-8")
    echo.chmod(0o755)
    for name in ("LOCALE", "OFFICE", "YEAR", "RAW", "PROCESSED", "OUT", "JOBS", "FORCE", "MAKEFLAGS"):
        monkeypatch.delenv(name, raising=False)
    done = make(*arguments, f"PYTHON={echo}")
    assert done.stdout.splitlines() == expected


@needs_make
def test_a_misspelt_variable_is_refused() -> None:
    done = make("-n", "report", "OFICE=bnnk-hss")
    assert done.returncode == 2
    assert "OFICE" in done.stderr
    assert "OFFICE" in done.stderr


@pytest.mark.parametrize("name", sorted(path.name for path in ROOT.glob("README*.md")))
def test_the_commands_of_a_readme_exist(name: str) -> None:
    words = (ROOT / name).read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"^```.*?\n(.*?)^```", words, flags=re.MULTILINE | re.DOTALL))
    code += "\n" + "\n".join(re.findall(r"`([^`\n]+)`", words))
    named = set(re.findall(r"^\s*make ([a-z0-9_-]+)", code, flags=re.MULTILINE))
    assert named
    assert named <= set(TARGETS)
    assert set(re.findall(r"python3? -m helpers ([a-z-]+)", code)) <= set(COMMANDS)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_its_words(name: str, locale: str) -> None:
    assert translate(f"cli.commands.{name}.help", locale)
    assert translate(f"cli.commands.{name}.about", locale).endswith(".")
