"""The command line, ``python -m helpers``: from arguments to an exit code.

Exit codes: 0 done; 1 the data or the text is wrong (or the program is); 2 used wrongly,
which includes an environment that cannot be made; 130 interrupted.

This module uses the standard library alone: it makes and enters the environment that has
click and the rest. ``options`` declares the options, ``edition`` and ``project`` the
commands, ``console`` shows progress and results, ``failures`` errors.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from helpers.errors import ParameterError
from helpers.messages import LOCALES, translate

PROGRAM = "python -m helpers"
#: The folder that holds ``src``; a copy installed elsewhere runs in whatever it was installed into.
PROJECT = Path(__file__).resolve().parents[3]
#: The sets of dependencies (see ``requirements.lock``) that each command needs besides `runtime`.
COMMANDS: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        "report": (),
        "profiles": (),
        "batch": (),
        "check": (),
        "verify": (),
        "edition": (),
        "template": (),
        "sample": (),
        "lab": ("lab",),
        "test": ("dev",),
        "bench": ("dev",),
        "lint": ("dev",),
        "docs": (),
        "lock": ("build",),
        "clean": (),
    }
)


class UsageError(ParameterError):
    """The command line was used wrongly; ``key`` names the text."""

    def __init__(self, key: str, locale: str, **values: object) -> None:
        super().__init__(translate(f"cli.usage.{key}", locale, **values))


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line; return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal without the character shows a stand-in instead of failing.
            stream.reconfigure(errors="backslashreplace")
    locale = chosen_locale(given)
    try:
        if not given or given[0] in ("-h", "--help", "help"):
            sys.stdout.write(overview(locale))
            return 0
        if given[0] not in COMMANDS:
            raise UsageError("unknown_command", locale, name=given[0], known=", ".join(COMMANDS))
        code = _enter(given, locale)
        if code is not None:
            return code
        from helpers.cli.options import run

        return run(given[0], given[1:], locale)
    except KeyboardInterrupt:
        sys.stderr.write(translate("cli.interrupted", locale) + "\n")
        return 130
    except Exception as error:
        from helpers.cli.failures import tell

        return tell(error, given, locale)


def chosen_locale(arguments: Sequence[str]) -> str:
    """Return the language of messages: ``--locale``, else ``LOCALE``, else Indonesian.

    An unknown one gives Indonesian here; the option itself refuses it.
    """
    wanted = os.environ.get("LOCALE", "")
    own = [*arguments[: arguments.index("--")]] if "--" in arguments else [*arguments]
    for position, argument in enumerate(own):
        if argument.startswith("--locale="):
            wanted = argument.partition("=")[2]
        elif argument == "--locale":
            wanted = "".join(own[position + 1 : position + 2])
    return wanted if wanted in LOCALES else LOCALES[0]


def overview(locale: str) -> str:
    """Return the help of the program: every command with its sentence."""
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name:<{width}}{translate(f'cli.commands.{name}.help', locale)}" for name in COMMANDS]
    return translate("cli.help.overview", locale, program=PROGRAM, commands="\n".join(lines))


def _enter(given: list[str], locale: str) -> int | None:
    """Continue in the environment that the command needs; None if this is it already."""
    name, *rest = given
    sets = ["runtime", *COMMANDS[name]]
    if name == "batch" and any("://" in item for item in rest):
        # A cluster, or files elsewhere.
        sets.append("scale")
    if not (PROJECT / "pyproject.toml").is_file():
        return None
    from helpers.environment import conda, prepare

    inside = os.path.realpath(sys.prefix) == os.path.realpath(PROJECT / prepare.FOLDER)
    if (inside and prepare.is_ready(PROJECT, sets)) or conda.is_usable(PROJECT, sets, locale):
        return None
    python = str(prepare.prepare(PROJECT, sets, locale))
    command = [python, "-m", "helpers", *given]
    # This tree's modules, wherever the command was called from.
    others = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part not in ("", "src")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PROJECT / "src"), *others])}
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":
        import subprocess

        return subprocess.call(command, env=environment)
    os.execve(python, command, environment)
