"""From a command line to an exit code, and into the environment that the command needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from helpers import cli
from helpers.environment import prepare

SOURCE = Path(cli.__file__).resolve().parents[2]


def fail_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let the making of a report end in an error that no input provokes."""

    def make_report(*_: Any, **__: Any) -> Path:
        raise error

    monkeypatch.setattr("helpers.run.report.make_report", make_report)


def test_a_defect_is_one_sentence_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fail_with(monkeypatch, ZeroDivisionError("division by zero\nand more"))
    assert cli.main(["report", "--locale", "en"]) == 1
    sentence, hint = capsys.readouterr().err.splitlines()
    assert sentence == "The program stopped on an unexpected error (ZeroDivisionError: division by zero)."
    assert "--debug" in hint
    assert cli.main(["report", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_is_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    fail_with(monkeypatch, KeyboardInterrupt())
    assert cli.main(["report"]) == 130
    assert capsys.readouterr().err == "Dihentikan oleh pengguna.\n"


def outside(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command line by the Python below this environment, which has no package."""
    python = getattr(sys, "_base_executable", sys.executable)
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), **variables}
    for name in ("LOCALE", "CONDA_PREFIX"):
        environment.pop(name, None)
    command = [python, "-S", *arguments]
    return subprocess.run(
        command, check=False, capture_output=True, encoding="utf-8", cwd="/", env=environment
    )


@pytest.mark.parametrize(("arguments", "code"), [(["--help"], 0), ([], 0), (["raport"], 2)])
def test_the_overview_and_a_wrong_command_need_no_installed_package(arguments: list[str], code: int) -> None:
    done = outside("-m", "helpers", *arguments)
    assert "Traceback" not in done.stderr
    assert done.returncode == code
    assert "python -m helpers" in done.stdout + done.stderr


def test_the_source_folder_itself_can_be_run() -> None:
    done = outside(str(SOURCE / "helpers"), "--help", PYTHONPATH="")
    assert "perintah:" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="on Windows a new process is started instead of replaced")
def test_a_command_goes_on_in_the_environment_with_this_trees_modules() -> None:
    if not prepare.is_ready(SOURCE.parent, ["runtime"]):
        pytest.skip("the project's own environment is not ready")
    done = outside("-m", "helpers", "edition", "--office", "bnnk-none", "--locale", "en")
    assert done.returncode == 2
    assert "bnnk-hss" in done.stderr
    # The modules of the tree win over an installed copy, wherever the command is called from.
    assert outside("-m", "helpers", "edition", "--json").stdout.startswith("{")


@pytest.mark.parametrize("arguments", [["--help"], ["report", "--help"], ["report", "--year", "x"]])
def test_help_and_refusals_do_not_wait_for_pandas(arguments: list[str]) -> None:
    code = (
        "import sys; from helpers import cli; cli._enter = lambda given, locale: None; "
        f"cli.main({arguments!r}); print(sorted({{'pandas', 'numpy', 'babel', 'rich'}} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
