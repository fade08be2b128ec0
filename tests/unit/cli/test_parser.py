from __future__ import annotations

import pytest

from helpers.cli.commands import COMMANDS
from helpers.cli.options import UsageError
from helpers.cli.parser import help_wanted, read_command_line


@pytest.fixture(autouse=True)
def _no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOCALE", raising=False)


def test_options_are_read_with_their_types() -> None:
    call = read_command_line(["report", "--year", "2026", "--jobs=2", "--force", "--out", "my out"], "id")
    assert (call.options.year, call.options.jobs, call.options.force) == (2026, 2, True)
    assert (call.options.out, call.options.office, call.options.engine) == ("my out", None, "fork")
    assert call.locale == "id"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["raport"], r'"raport" is not known\. Known commands: report, .*check, .*clean\.'),
        (["report", "--ofice", "x"], r"--ofice x is not known .*--office, --year, .*--debug"),
        (["report", "--off", "x"], r"--off x is not known"),
        (["report", "--year", "21"], r'"21" is not a year of four digits'),
        (["report", "--year", "２０２１"], "is not a year of four digits"),
        (["report", "--jobs", "0"], "is not a whole number from 1 on"),
        (["report", "--engine", "spawn"], r"Known values: fork, kernel\."),
        (["report", "--locale", "ms"], r'"ms" for --locale is not known\. Known values: id, en\.'),
        (["report", "--out"], "incomplete or wrong: argument --out"),
        (["check"], "incomplete or wrong: .*FILE"),
        (["clean", "--out", "src"], "--out src is not known"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(arguments: list[str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_command_line(arguments, "en")
    assert caught.match(".")
    text = caught.value.text("en")
    import re

    assert re.search(message, text), text


def test_the_variable_is_a_locale_like_the_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCALE", "en")
    assert read_command_line(["report"], "en").locale == "en"
    assert read_command_line(["report", "--locale", "id"], "id").locale == "id"
    monkeypatch.setenv("LOCALE", "ms")
    with pytest.raises(UsageError):
        read_command_line(["report"], "id")


def test_further_arguments_go_to_pytest_alone() -> None:
    call = read_command_line(["test", "--jobs", "2", "-k", "a b", "tests/unit", "--", "-x"], "id")
    assert call.rest == ("-k", "a b", "tests/unit", "-x")
    assert call.options.jobs == 2


def test_a_file_may_look_like_an_option() -> None:
    assert read_command_line(["check", "--json", "--", "-odd.docx"], "id").options.file == "-odd.docx"


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
def test_the_overview_names_every_command(arguments: list[str]) -> None:
    shown = help_wanted(arguments, "id")
    assert shown is not None
    assert "pemakaian:" in shown
    assert all(f"\n  {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_in_both_languages(name: str) -> None:
    indonesian, english = (help_wanted([name, "--help"], locale) for locale in ("id", "en"))
    assert indonesian is not None
    assert english is not None
    assert indonesian.startswith(f"pemakaian: python -m helpers {name} ")
    assert english.startswith(f"usage: python -m helpers {name} ")
    assert "opsi:" in indonesian
    assert "--locale id|en" in english
    assert help_wanted([name, "--", "--help"], "id") is None
