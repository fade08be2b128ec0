"""The command line, ``python -m helpers``: from arguments to an exit code.

Exit codes: 0 done; 1 the data or the text is wrong (or the program is); 2 used wrongly,
which includes an environment that cannot be made; 130 interrupted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from helpers.cli.options import UsageError
from helpers.cli.parser import PROGRAM, Call, help_wanted, read_command_line
from helpers.environment.errors import SetupError
from helpers.environment.texts import chosen_locale, text

#: The folder that holds ``src``; a copy installed elsewhere runs in whatever it was installed into.
PROJECT = Path(__file__).resolve().parents[3]


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line; return the exit code. Never raises but for ``--debug``."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal without the character shows a stand-in instead of failing.
            stream.reconfigure(errors="backslashreplace")
    locale = chosen_locale(given)
    wanted = help_wanted(given, locale)
    if wanted is not None:
        sys.stdout.write(wanted)
        return 0
    try:
        call = read_command_line(given, locale)
        return _start(call, given)
    except UsageError as error:
        _complain(error.text(locale), text("cli.usage.see_help", locale, program=PROGRAM))
        return error.exit_code
    except SetupError as error:
        _complain(*error.text(locale).splitlines())
        return error.exit_code
    except KeyboardInterrupt:
        _complain(text("cli.interrupted", locale))
        return 130


def _complain(*lines: str) -> None:
    sys.stderr.write("\n".join(lines) + "\n")


def _start(call: Call, given: list[str]) -> int:
    """Run the command here, or in the environment that it needs."""
    sets = call.command.sets_for(call.options)
    if not sets or not (PROJECT / "pyproject.toml").is_file():
        return _carry_out(call)
    from helpers.environment import conda, prepare, state

    home = os.path.realpath(sys.prefix) == os.path.realpath(PROJECT / state.FOLDER_NAME)
    if home and state.is_ready(PROJECT, sets):
        return _carry_out(call)
    if conda.is_usable(PROJECT, sets):
        return _carry_out(call)
    python = str(prepare.prepare(PROJECT, sets, call.locale))
    command = [python, "-m", "helpers", *given]
    # This tree's modules, wherever the command was called from.
    others = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part not in ("", "src")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PROJECT / "src"), *others])}
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":
        return subprocess.call(command, env=environment)
    os.execve(python, command, environment)


def _carry_out(call: Call) -> int:
    """Import the command's module and run it; tell of what goes wrong in plain words."""
    try:
        module = import_module(f"helpers.cli.{call.command.module}")
        code: int = module.run(call)
        return code
    except (UsageError, SetupError, KeyboardInterrupt):
        if call.options.debug:
            traceback.print_exc()
        raise
    except Exception as error:
        from helpers.cli.failures import tell

        return tell(error, call)
