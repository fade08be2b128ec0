"""The options, each defined once; the defaults of an edition are those of `RunParams`."""

from __future__ import annotations

import argparse
import os
from types import MappingProxyType
from typing import Any

from helpers.environment.texts import LOCALES, text


class UsageError(Exception):
    """The command line was used wrongly; ``key`` names the text."""

    exit_code = 2

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def text(self, locale: str) -> str:
        """Return what is wrong."""
        return text(f"cli.usage.{self.key}", locale, **self.values)


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _locale(value: str) -> str:
    if value not in LOCALES:
        raise UsageError("bad_value", option="--locale", value=value, known=", ".join(LOCALES))
    return value


def _year(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) == 4):
        raise UsageError("bad_year", value=value)
    return int(value)


def _offices(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise UsageError("bad_country", value=value)
    return int(value)


def _years(value: str) -> str:
    for part in value.split(","):
        if part.strip() != "all":
            _year(part.strip())
    return value


def _scheduler(value: str) -> str:
    if "://" not in value:
        raise UsageError("bad_scheduler", value=value)
    return value


def _jobs(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) >= 1):
        raise UsageError("bad_jobs", value=value)
    return int(value)


ENGINES = ("fork", "kernel")


def _engine(value: str) -> str:
    if value not in ENGINES:
        raise UsageError("bad_value", option="--engine", value=value, known=", ".join(ENGINES))
    return value


_SWITCH: dict[str, Any] = {"action": "store_true"}

#: Options that every command takes.
COMMON = ("locale", "debug")

OPTIONS: MappingProxyType[str, dict[str, Any]] = MappingProxyType(
    {
        "office": {"metavar": "ID"},
        "year": {"metavar": "YYYY", "type": _year},
        "locale": {"metavar": "id|en", "type": _locale},
        "raw": {"metavar": "DIR"},
        "processed": {"metavar": "DIR"},
        "out": {"metavar": "DIR"},
        "jobs": {"metavar": "N", "type": _jobs},
        "country": {"metavar": "N", "type": _offices},
        "offices": {"metavar": "all|ID,…"},
        "years": {"metavar": "all|YYYY,…", "type": _years},
        "scheduler": {"metavar": "tcp://HOST:PORT", "type": _scheduler},
        "engine": {"metavar": "|".join(ENGINES), "type": _engine, "default": ENGINES[0]},
        "regency": {"metavar": "CODE"},
        "force": _SWITCH,
        "explain": _SWITCH,
        "json": _SWITCH,
        "debug": _SWITCH,
        "upgrade": _SWITCH,
        "report": {"metavar": "FILE"},
        "facts": {"metavar": "FILE"},
    }
)

_POSITIONAL: MappingProxyType[str, dict[str, Any]] = MappingProxyType({"file": {"metavar": "FILE"}})


def add_options(parser: argparse.ArgumentParser, names: tuple[str, ...], locale: str) -> None:
    """Give a parser the named options, with their help in the reader's language."""
    for name in (*names, *COMMON):
        settings: dict[str, Any] = {"help": text(f"cli.options.{name}", locale)}
        if name in _POSITIONAL:
            parser.add_argument(name, **settings, **_POSITIONAL[name])
        else:
            parser.add_argument(f"--{name}", **settings, **OPTIONS[name])
