"""Read the command line; refuse what is not known and list what is."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from helpers.cli.commands import COMMANDS, Command
from helpers.cli.options import UsageError, add_options
from helpers.environment.texts import text

PROGRAM = "python -m helpers"


@dataclass(frozen=True, slots=True)
class Call:
    """A command line as understood: the command, its options and what is passed on."""

    name: str
    command: Command
    options: argparse.Namespace
    rest: tuple[str, ...]
    locale: str


class _Parser(argparse.ArgumentParser):
    """A parser that raises instead of exiting, and speaks the reader's language."""

    def __init__(self, command: str, locale: str) -> None:
        self.locale = locale
        super().__init__(
            prog=f"{PROGRAM} {command}",
            description=text(f"cli.commands.{command}.about", locale),
            allow_abbrev=False,
            add_help=False,
        )
        self._positionals.title = text("cli.help.arguments", locale)
        self._optionals.title = text("cli.help.options", locale)

    def error(self, message: str) -> NoReturn:
        raise UsageError("malformed", detail=message)

    def format_help(self) -> str:
        # argparse writes its first word itself, in English.
        return super().format_help().replace("usage:", text("cli.help.usage", self.locale), 1)


def overview(locale: str) -> str:
    """Return the help of the program: every command with its sentence."""
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name:<{width}}{text(f'cli.commands.{name}.help', locale)}" for name in COMMANDS]
    return text("cli.help.overview", locale, program=PROGRAM, commands="\n".join(lines))


def _command_parser(name: str, locale: str) -> _Parser:
    parser = _Parser(name, locale)
    parser.add_argument("-h", "--help", action="store_true", help=text("cli.options.help", locale))
    add_options(parser, COMMANDS[name].options, locale)
    return parser


def help_wanted(arguments: Sequence[str], locale: str) -> str | None:
    """Return the help that a command line asks for, or None."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        return overview(locale)
    own = list(arguments[1 : arguments.index("--")] if "--" in arguments else arguments[1:])
    if arguments[0] in COMMANDS and ({"-h", "--help"} & set(own)):
        return _command_parser(arguments[0], locale).format_help()
    return None


def read_command_line(arguments: Sequence[str], locale: str) -> Call:
    """Return what is asked for.

    Parameters
    ----------
    arguments : sequence of str
        The command and its options; at least one.
    locale : {"id", "en"}
        Language of the messages.

    Raises
    ------
    UsageError
        If the command, an option or a value is not known.
    """
    name = arguments[0]
    if name not in COMMANDS:
        raise UsageError("unknown_command", name=name, known=", ".join(COMMANDS))
    command = COMMANDS[name]
    parser = _command_parser(name, locale)
    options, rest = parser.parse_known_args(list(arguments[1:]))
    if rest and not command.passes_rest:
        known = ", ".join(
            option
            for action in parser._actions
            for option in action.option_strings
            if option.startswith("--")
        )
        raise UsageError("unknown_option", name=" ".join(rest), command=name, known=known)
    if options.locale is None and os.environ.get("LOCALE"):
        # The same variable as make's, checked in the same way.
        parser.parse_known_args(["--locale", os.environ["LOCALE"]], options)
    return Call(name, command, options, tuple(item for item in rest if item != "--"), options.locale or "id")
