"""From a command line to an exit code; the work itself is replaced."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from helpers import cli
from helpers.environment import conda, prepare, state
from helpers.environment.errors import SetupError
from helpers.errors import DataError, Finding, ParameterError, Place

SOURCE = Path(cli.__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _indonesian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOCALE", raising=False)


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Replace the command ``report`` by what ``report.does`` is, in an environment that is ready."""
    box = SimpleNamespace(does=lambda: 0)

    def run(_: Any) -> int:
        return box.does()  # type: ignore[no-any-return]

    module = ModuleType("helpers.cli.report")
    module.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "helpers.cli.report", module)
    monkeypatch.setattr(conda, "is_usable", lambda *_: True)
    return box


def raising(error: BaseException) -> Any:
    def act() -> int:
        raise error

    return act


def test_findings_are_bullets_in_the_readers_language(
    report: SimpleNamespace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Finding, "what", lambda self, locale: f"salah {self.values['n']}.")
    monkeypatch.setattr(Finding, "remedy", lambda self, locale: "Perbaiki.")
    places = (Place("a.xlsx", "LRA", "H23"), Place("b.csv"))
    findings = [Finding("x", "budget", place, values={"n": n}) for n, place in enumerate(places)]
    report.does = raising(DataError("", findings))
    assert cli.main(["report", "--json"]) == 1
    shown = capsys.readouterr()
    assert shown.err.splitlines() == [
        '- a.xlsx, lembar "LRA", sel H23: salah 0. Perbaiki.',
        "- b.csv: salah 1. Perbaiki.",
    ]
    answer = json.loads(shown.out)
    assert (answer["status"], answer["exit_code"], answer["message"]) == ("failed", 1, "")
    first, second = answer["findings"]
    assert (first["file"], first["sheet"], first["cell"]) == ("a.xlsx", "LRA", "H23")
    assert (second["sheet"], second["what"], second["remedy"]) == (None, "salah 1.", "Perbaiki.")


def test_a_wrong_parameter_is_wrong_use(report: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    report.does = raising(ParameterError("tidak ada edisi"))
    assert cli.main(["report"]) == 2
    assert capsys.readouterr().err == "tidak ada edisi\n"


def test_a_defect_is_one_sentence_without_a_traceback(
    report: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    report.does = raising(ZeroDivisionError("division by zero\nand more"))
    assert cli.main(["report", "--locale", "en"]) == 1
    sentence, hint = capsys.readouterr().err.splitlines()
    assert sentence == "The program stopped on an unexpected error (ZeroDivisionError: division by zero)."
    assert "--debug" in hint
    assert cli.main(["report", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt_is_130(report: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    report.does = raising(KeyboardInterrupt())
    assert cli.main(["report"]) == 130
    assert capsys.readouterr().err == "Dihentikan oleh pengguna.\n"


def test_wrong_use_is_2_and_points_to_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["raport"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.endswith("Petunjuk: python -m helpers --help\n")


def test_help_is_a_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    shown = capsys.readouterr()
    assert "report" in shown.out
    assert shown.err == ""


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str], dict[str, str]]]:
    """Return the starts of other interpreters; this one is not in the environment."""
    starts: list[tuple[str, list[str], dict[str, str]]] = []
    monkeypatch.setattr(conda, "is_usable", lambda *_: False)
    monkeypatch.setattr(sys, "prefix", "/usr")
    monkeypatch.setattr(os, "execve", lambda path, command, env: starts.append((path, command, env)))
    return starts


@pytest.mark.skipif(os.name == "nt", reason="on Windows a new process is started instead of replaced")
def test_the_environment_is_made_for_the_command_and_entered(
    elsewhere: list[tuple[str, list[str], dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, tuple[str, ...], str]] = []

    def stand_in(root: Path, sets: tuple[str, ...], locale: str) -> Path:
        asked.append((root, sets, locale))
        return Path("/env/bin/python")

    monkeypatch.setattr(prepare, "prepare", stand_in)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["src", "/theirs"]))
    cli.main(["test", "--locale", "en", "-k", "x"])
    assert asked == [(SOURCE.parent, ("runtime", "dev"), "en")]
    ((path, command, environment),) = elsewhere
    assert path == "/env/bin/python"
    assert command == ["/env/bin/python", "-m", "helpers", "test", "--locale", "en", "-k", "x"]
    assert environment["PYTHONPATH"] == os.pathsep.join([str(SOURCE), "/theirs"])


def test_an_environment_that_cannot_be_made_is_told(
    elsewhere: list[Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "prepare", lambda *_: raising(SetupError("no_network", evidence="dns"))())
    assert cli.main(["report"]) == 2
    what, remedy = capsys.readouterr().err.splitlines()
    assert what == "Paket tidak dapat diunduh: indeks paket Python tidak terjangkau."
    assert "jalankan lagi perintah yang sama" in remedy
    assert not elsewhere


def test_inside_a_ready_environment_nothing_is_started(
    report: SimpleNamespace, elsewhere: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(SOURCE.parent / ".venv"))
    monkeypatch.setattr(state, "is_ready", lambda root, sets: sets == ("runtime",))
    report.does = lambda: 7
    assert cli.main(["report"]) == 7
    assert not elsewhere


@pytest.mark.parametrize(
    "arguments", [["--help"], ["report", "--help"], ["raport"], ["report", "--year", "x"]]
)
def test_help_and_refusals_need_no_installed_package(arguments: list[str]) -> None:
    # -S leaves site-packages out: what is imported here is the standard library's or ours.
    done = subprocess.run(
        [sys.executable, "-S", "-m", "helpers", *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == (0 if "--help" in arguments else 2)
    assert "helpers" in done.stdout + done.stderr


def test_the_source_folder_itself_can_be_run() -> None:
    command = [sys.executable, "-S", str(SOURCE / "helpers"), "--help"]
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", cwd="/", env=clean)
    assert "perintah:" in done.stdout
