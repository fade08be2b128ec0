"""What each command asks of the rest of the project."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from helpers.cli import check, clean, lint, lock, report, testing, verify
from helpers.cli.commands import COMMANDS
from helpers.cli.options import UsageError
from helpers.cli.parser import Call, read_command_line


@pytest.fixture(autouse=True)
def _indonesian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOCALE", raising=False)


def call(*arguments: str) -> Call:
    return read_command_line(arguments, "id")


@pytest.fixture
def edition(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return the parameters that commands make; no edition is looked for."""
    made: list[dict[str, Any]] = []

    def params(**values: Any) -> SimpleNamespace:
        made.append(values)
        return SimpleNamespace(**{"office": "bnnk-hss", "year": 2021, "locale": "id", **values})

    monkeypatch.setattr("helpers.params.RunParams", params)
    return made


def put_module(monkeypatch: pytest.MonkeyPatch, name: str, **contents: Any) -> None:
    module = ModuleType(name)
    for key, value in contents.items():
        setattr(module, key, value)
    monkeypatch.setitem(sys.modules, name, module)


def test_report_passes_what_was_given_and_prints_the_folder(
    edition: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    asked: list[dict[str, Any]] = []

    def make_report(params: Any, **options: Any) -> Path:
        asked.append(options)
        return tmp_path / "reports"

    put_module(monkeypatch, "helpers.pipeline.run", make_report=make_report)
    monkeypatch.chdir(tmp_path)
    assert report.run(call("report", "--year", "2026", "--jobs", "3", "--engine", "kernel")) == 0
    assert edition == [{"year": 2026, "locale": "id"}]
    (options,) = asked
    assert (options["jobs"], options["force"], options["engine"]) == (3, False, "kernel")
    assert capsys.readouterr().out == "reports\n"
    assert report.run(call("report", "--json")) == 0
    assert json.loads(capsys.readouterr().out) == {
        "schema": 1,
        "status": "done",
        "office": "bnnk-hss",
        "year": 2021,
        "locale": "id",
        "report": "reports",
    }
    assert asked[1]["jobs"] >= 1


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize(("names", "code"), [([], 0), (["facts.json", "index.html"], 1)])
def test_verify_names_what_differs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], names: list[str], code: int
) -> None:
    put_module(monkeypatch, "helpers.pipeline.verify", verify=lambda params, **options: names)
    assert verify.run(call("verify")) == code
    assert capsys.readouterr().out.split() == names


@pytest.mark.usefixtures("edition")
def test_check_hands_over_the_file_and_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Path, dict[str, Any]]] = []

    def run(file: Path, params: Any, **options: Any) -> int:
        asked.append((file, options))
        return 1

    put_module(monkeypatch, "helpers.claims.command", run=run)
    assert check.run(call("check", "--json", "--report", "r.html", "--", "naskah.docx")) == 1
    assert asked == [(Path("naskah.docx"), {"json_output": True, "report": Path("r.html"), "facts": None})]


def test_check_without_a_file_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="no_file"):
        check.run(call("check", "--", ""))


@pytest.mark.parametrize(("given", "expected"), [(0, 0), (1, 1), (2, 130), (3, 1), (4, 2), (5, 1)])
def test_the_codes_of_pytest_become_ours(monkeypatch: pytest.MonkeyPatch, given: int, expected: int) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(subprocess, "call", lambda command, cwd: asked.append(command) or given)
    assert testing.run(call("test", "--jobs", "2", "-k", "x")) == expected
    assert asked == [[sys.executable, "-m", "pytest", "-n", "2", "-k", "x"]]


@pytest.mark.parametrize("failing", [None, "check", "--check", "mypy"])
def test_lint_runs_all_three_and_remembers_a_failure(
    monkeypatch: pytest.MonkeyPatch, failing: str | None
) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], cwd: Path) -> int:
        asked.append(command[2:])
        return int(failing in command)

    monkeypatch.setattr(subprocess, "call", run)
    assert lint.run(call("lint")) == int(failing is not None)
    assert [" ".join(command) for command in asked] == [
        "ruff check .", "ruff format --check .", "mypy --strict src",
    ]  # fmt: skip


def test_clean_removes_what_was_made_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [
        tmp_path / name for name in ("data/raw/a.csv", "src/helpers/a.py", ".venv/x", "outside/report.html")
    ]
    made = [
        tmp_path / name
        for name in ("reports/a/b.html", "data/processed/c.csv", "src/helpers/__pycache__/a.pyc")
    ]
    for path in (*kept, *made):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / ".mypy_cache").symlink_to(tmp_path / "outside")
    monkeypatch.setattr(clean, "PROJECT", tmp_path)
    assert clean.run(call("clean")) == 0
    assert all(path.exists() for path in kept)
    assert not any(path.parent.exists() for path in made)


def test_lock_fails_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise subprocess.CalledProcessError(1, "uv")

    monkeypatch.setattr(lock, "write_lock", fail)
    assert lock.run(call("lock")) == 1


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_row_of_the_table_has_its_module(name: str) -> None:
    assert callable(import_module(f"helpers.cli.{COMMANDS[name].module}").run)
