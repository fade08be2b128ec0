"""The options of the commands, each defined once, and the help in the reader's language.

A command is a function with ``@command(name, "option", …)``. It receives the values of
its options as attributes, and ``rest`` and ``locale``; it returns the exit code.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import click

from helpers.cli import PROGRAM, UsageError
from helpers.messages import LOCALES, translate

Options = SimpleNamespace
ENGINES = ("fork", "kernel")
#: The options that name an edition and its folders.
EDITION = ("office", "year", "raw", "processed", "out")


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _choice(*known: str) -> Callable[[str, str, str], str]:
    def check(name: str, value: str, locale: str) -> str:
        if value not in known:
            raise UsageError("bad_value", locale, option=name, value=value, known=", ".join(known))
        return value

    return check


def _whole(key: str, least: int = 0, digits: int | None = None) -> Callable[[str, str, str], int]:
    def check(name: str, value: str, locale: str) -> int:
        good = value.isascii() and value.isdigit() and len(value) == (digits or len(value))
        if not good or int(value) < least:
            raise UsageError(key, locale, value=value)
        return int(value)

    return check


_year = _whole("bad_year", digits=4)


def _years(name: str, value: str, locale: str) -> str:
    for part in value.split(","):
        if part.strip() != "all":
            _year(name, part.strip(), locale)
    return value


def _scheduler(name: str, value: str, locale: str) -> str:
    if "://" not in value:
        raise UsageError("bad_scheduler", locale, value=value)
    return value


#: What stands for the value in the help, and what checks it.
_VALUES: dict[str, tuple[str, Callable[[str, str, str], Any] | None]] = {
    "office": ("ID", None),
    "year": ("YYYY", _year),
    "locale": ("|".join(LOCALES), _choice(*LOCALES)),
    "raw": ("DIR", None),
    "processed": ("DIR", None),
    "out": ("DIR", None),
    "jobs": ("N", _whole("bad_jobs", least=1)),
    "country": ("N", _whole("bad_country")),
    "offices": ("all|ID,…", None),
    "years": ("all|YYYY,…", _years),
    "scheduler": ("tcp://HOST:PORT", _scheduler),
    "engine": ("|".join(ENGINES), _choice(*ENGINES)),
    "regency": ("CODE", None),
    "report": ("FILE", None),
    "facts": ("FILE", None),
    "against": ("COMMIT", None),
}
_SWITCHES = ("force", "explain", "json", "debug", "upgrade")
_DEFAULTS = {"engine": ENGINES[0]}


def _option(name: str) -> click.Option:
    if name in _SWITCHES:
        return click.Option([f"--{name}"], is_flag=True)
    metavar, check = _VALUES[name]

    def checked(context: click.Context, parameter: click.Parameter, value: str | None) -> Any:
        return value if value is None or check is None else check(f"--{name}", value, context.obj)

    # The same variable as make's, checked in the same way.
    envvar = "LOCALE" if name == "locale" else None
    return click.Option(
        [f"--{name}"], metavar=metavar, default=_DEFAULTS.get(name), callback=checked, envvar=envvar
    )


class Command(click.Command):
    """A command that speaks the reader's language, which is the ``obj`` of its context."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        prefix = translate("cli.help.usage", ctx.obj) + " "
        options = translate("cli.help.options", ctx.obj).upper()
        pieces = [f"[{options}]", *self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        formatter.write_text(translate(f"cli.commands.{self.name}.about", ctx.obj))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the arguments and options."""
        rows: dict[str, list[tuple[str, str]]] = {"arguments": [], "options": []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            text = translate(f"cli.options.{parameter.opts[0].removeprefix('--')}", ctx.obj)
            if isinstance(parameter, click.Option) and record:
                rows["options"].append((record[0], text))
            else:
                rows["arguments"].append((parameter.make_metavar(ctx), text))
        for title, lines in rows.items():
            if lines:
                with formatter.section(translate(f"cli.help.{title}", ctx.obj)):
                    formatter.write_dl(lines)


_COMMANDS: dict[str, Command] = {}


def command(
    name: str, *options: str, file: bool = False, passes_rest: bool = False
) -> Callable[[Callable[[Options], int]], Callable[[Options], int]]:
    """Make a function the command of this name, with these options.

    Parameters
    ----------
    options : str
        Names of the options it takes besides ``--locale`` and ``--debug``.
    file : bool
        Whether it takes the name of a file.
    passes_rest : bool
        Whether arguments that are not known here go to the program behind it.
    """

    def register(function: Callable[[Options], int]) -> Callable[[Options], int]:
        parameters: list[click.Parameter] = [_option(item) for item in (*options, "locale", "debug")]
        if file:
            parameters.insert(0, click.Argument(["file"], required=False, metavar="FILE"))

        def callback(**values: Any) -> int:
            context = click.get_current_context()
            if context.args and not passes_rest:
                known = [item for parameter in parameters for item in parameter.opts if item[0] == "-"]
                unknown = " ".join(context.args)
                raise UsageError(
                    "unknown_option", context.obj, name=unknown, command=name, known=", ".join(known)
                )
            return function(Options(**{**values, "locale": context.obj, "rest": context.args}))

        _COMMANDS[name] = Command(
            name,
            params=parameters,
            callback=callback,
            options_metavar=None,
            # Unknown options are left to the callback, which refuses them or passes them on.
            context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
        )
        return function

    return register


def run(name: str, arguments: Sequence[str], locale: str) -> int:
    """Run a command with its arguments; return the exit code.

    Raises
    ------
    UsageError
        If an option or its value is not known.
    """
    from helpers.cli import edition, project  # noqa: F401  (they register the commands)

    given = list(arguments)
    own = given.index("--") if "--" in given else len(given)
    # Within "-kthe", which is pytest's, click would find the letter of "-h".
    given[:own] = ["--help" if item == "-h" else item for item in given[:own]]
    known = _COMMANDS[name]
    try:
        with known.make_context(f"{PROGRAM} {name}", given, obj=locale) as context:
            code: int = known.invoke(context)
            return code
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.BadOptionUsage as error:
        raise UsageError("bad_option", locale, option=error.option_name) from error
