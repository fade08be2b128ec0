"""The table of commands: what each needs in the environment and which options it takes.

A command is a row here, a module of this package with ``run(call) -> int``, and its help
in the catalogue. Nothing but the standard library may be imported at the head
of such a module: the help must not wait for pandas.
"""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from types import MappingProxyType

_EDITION = ("office", "year", "raw", "processed", "out")


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Parameters
    ----------
    module : str
        Name of its module in this package.
    sets : tuple of str
        Sets of dependencies that it needs (see `helpers.environment.lockfile`); none for a
        command of the standard library alone.
    options : tuple of str
        Names of the options it takes beside the ones that all take (see
        `helpers.cli.options`).
    passes_rest : bool
        Whether arguments that are not known here go to the program behind it.
    far_sets : tuple of str
        Sets that it needs besides when an option holds an address (``s3://…``, ``tcp://…``).
    """

    module: str
    sets: tuple[str, ...]
    options: tuple[str, ...] = ()
    passes_rest: bool = False
    far_sets: tuple[str, ...] = ()

    def sets_for(self, options: Namespace) -> tuple[str, ...]:
        """Return the sets of dependencies that a call with these options needs."""
        is_far = any("://" in str(getattr(options, name, "")) for name in self.options)
        return (*self.sets, *self.far_sets) if is_far else self.sets


COMMANDS = MappingProxyType(
    {
        "report": Command("report", ("runtime",), (*_EDITION, "jobs", "force", "explain", "engine", "json")),
        "profiles": Command("profiles", ("runtime",), (*_EDITION, "jobs", "force", "engine", "json")),
        "batch": Command(
            "batch",
            ("runtime",),
            ("offices", "years", "raw", "processed", "out", "jobs", "force", "engine", "scheduler", "json"),
            far_sets=("scale",),
        ),
        "check": Command("check", ("runtime",), (*_EDITION, "json", "report", "facts", "file")),
        "verify": Command("verify", ("runtime",), (*_EDITION, "jobs", "engine", "json")),
        "edition": Command("overview", ("runtime",), (*_EDITION, "json")),
        "template": Command("template", ("runtime",), ("office", "year", "raw", "regency")),
        "sample": Command("sample", ("runtime",), ("office", "year", "raw", "country")),
        "lab": Command("lab", ("runtime", "lab"), passes_rest=True),
        "test": Command("testing", ("runtime", "dev"), ("jobs",), passes_rest=True),
        "bench": Command("bench", ("runtime", "dev"), passes_rest=True),
        "lint": Command("lint", ("runtime", "dev")),
        "docs": Command("docs", ("runtime",)),
        "lock": Command("lock", ("build",), ("upgrade",)),
        "clean": Command("clean", ()),
    }
)
