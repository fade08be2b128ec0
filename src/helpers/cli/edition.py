"""From options to the parameters of an edition."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.cli import console

if TYPE_CHECKING:
    from helpers.cli.parser import Call
    from helpers.params import RunParams

_NAMES = ("office", "year", "raw", "processed", "out")


def chosen(options: Namespace, names: tuple[str, ...] = _NAMES) -> dict[str, Any]:
    """Return the options that were given, by name; the others keep the defaults of `RunParams`."""
    values = {name: getattr(options, name, None) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def run_params(call: Call) -> RunParams:
    """Return the parameters of the edition that a command line names.

    Raises
    ------
    ParameterError
        If there is no such edition.
    """
    from helpers.params import RunParams

    return RunParams(**chosen(call.options), locale=call.locale)


def give_folder(call: Call, params: RunParams, name: str, folder: Path, **more: Any) -> None:
    """Give the folder that a command has made, as JSON under ``name`` where that was asked for."""
    if not call.options.json:
        console.emit(console.shown_path(folder))
        return
    edition = {"office": params.office, "year": params.year, "locale": params.locale}
    console.emit_json({"schema": 1, "status": "done", **edition, name: console.shown_path(folder), **more})
