"""What is not known is refused with what is, in the user's language; help is a result."""

from __future__ import annotations

import re

import pytest

from helpers.cli import COMMANDS, main


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["raport"], r'"raport" is not known\. Known commands: report, .*check, .*clean\.'),
        (["report", "--ofice", "x"], r"--ofice x is not known .*--office, --year, .*--debug"),
        (["report", "--off", "x"], r"--off x is not known"),
        (["report", "more"], r"more is not known to the command report"),
        (["report", "--year", "21"], r'"21" is not a year of four digits'),
        (["report", "--year", "２０２１"], "is not a year of four digits"),
        (["report", "--jobs", "0"], "is not a whole number from 1 on"),
        (["report", "--engine", "spawn"], r"Known values: fork, kernel\."),
        (["report", "--out"], "--out lacks its value"),
        (["report", "--force=1"], "--force lacks its value, or has one that it does not take"),
        (["report", "--office", "bnnk-none"], r"bnnk-none(?s:.*)bnnk-hss"),
        (["batch", "--years", "2021,x"], r'"x" is not a year of four digits'),
        (["batch", "--scheduler", "10.0.0.5"], r"not complete; an example is tcp://"),
        (["check"], r"Name the text to check"),
        (["check", "--", ""], r"Name the text to check"),
        (["template"], r"make template YEAR=2022"),
        (["sample", "--country", "many"], r'"many" is not a whole number'),
        (["sample", "--country", "900", "--raw", "elsewhere"], r"must be 1 to 514, not 900"),
        (["sample", "--country", "3"], r"not written into data/raw"),
        (["bench", "nothing"], r'"nothing" for bench is not known\. Known values: .*reports'),
        (["clean", "--out", "src"], "--out src is not known"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(
    arguments: list[str],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LOCALE", "en")
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert re.search(message, shown.err), shown.err
    assert shown.out == ""


def test_a_refusal_is_in_the_users_language_and_points_to_the_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "--tahun", "2021"]) == 2
    what, hint = capsys.readouterr().err.splitlines()
    assert what.startswith("Opsi --tahun 2021 tidak dikenal")
    assert hint == "Petunjuk: python -m helpers --help"
    monkeypatch.setenv("LOCALE", "en")
    assert main(["report", "--locale", "id", "--out"]) == 2
    assert capsys.readouterr().err.startswith("Opsi --out kekurangan nilai")
    monkeypatch.setenv("LOCALE", "ms")
    assert main(["edition"]) == 2
    # No language is known then: the default one.
    assert '"ms" untuk --locale tidak dikenal. Nilai yang ada: id, en.' in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
def test_the_overview_names_every_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    shown = capsys.readouterr()
    assert "pemakaian:" in shown.out
    assert all(f"\n  {name} " in shown.out for name in COMMANDS)
    assert shown.err == ""


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_in_both_languages(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "-h"]) == 0
    indonesian = capsys.readouterr().out
    assert main([name, "--help", "--locale", "en"]) == 0
    english = capsys.readouterr().out
    assert indonesian.startswith(f"pemakaian: python -m helpers {name} [OPSI]")
    assert english.startswith(f"usage: python -m helpers {name} ")
    assert "opsi:" in indonesian
    assert re.search(r"--locale id\|en +language of outputs", english)


def test_the_help_of_check_names_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--help", "--locale", "en"]) == 0
    assert re.search(r"arguments:\n  FILE +the text to check", capsys.readouterr().out)
