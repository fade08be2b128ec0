"""Refuse parameters that a notebook does not declare; papermill takes them silently.

Reads the notebook as JSON and its parameters cell as Python's own parser does, so that
a misspelt name is found before anything heavy is imported. What it finds is what
``papermill.inspect_notebook`` finds (a test compares them), and also names that are
annotated without a value: those must be given.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.errors import HelpersError, ParameterError
from helpers.messages import translate

_TAG = "parameters"
#: Annotations that are checked; an int is a valid float, as everywhere in Python.
_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,), "int": (int,), "float": (int, float), "bool": (bool,), "list": (list,), "dict": (dict,),
}  # fmt: skip


class _RefusedError(ParameterError):
    """A refused parameter, told in the reader's language."""

    def __init__(self, key: str, **values: Any) -> None:
        self._key, self._values = key, values
        HelpersError.__init__(self, self.text())

    def text(self, locale: str = "id") -> str:
        return translate(f"run.parameters.{self._key}", locale, **self._values)


@dataclass(frozen=True, slots=True)
class NotebookParameter:
    """One name in a notebook's parameters cell.

    ``annotation`` is the text of its type, or empty; ``required`` says that it has no value.
    """

    name: str
    annotation: str = ""
    required: bool = False


def read_parameters(notebook: Path) -> dict[str, NotebookParameter]:
    """Return the parameters that a notebook declares, by name, in their order.

    Raises
    ------
    ParameterError
        If the file is no notebook or its parameters cell is not Python.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _RefusedError("no_notebook", notebook=notebook.name) from error
    tagged = [cell for cell in cells if _TAG in cell.get("metadata", {}).get("tags", [])]
    if not tagged:
        return {}
    try:
        body = ast.parse("".join(tagged[0]["source"])).body
    except SyntaxError as error:
        raise _RefusedError("unreadable", notebook=notebook.name, line=error.lineno) from error
    found = {}
    for statement in body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name, annotation = statement.target.id, ast.unparse(statement.annotation)
            found[name] = NotebookParameter(name, annotation, required=statement.value is None)
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    found[target.id] = NotebookParameter(target.id)
    return found


def check_parameters(notebook: Path, parameters: Mapping[str, Any]) -> None:
    """Refuse unknown, missing and wrongly typed parameters of a notebook.

    Parameters
    ----------
    notebook : Path
    parameters : Mapping
        Names and values to be given to it.

    Raises
    ------
    ParameterError
        Naming the offenders and the parameters that the notebook has.
    """
    known = read_parameters(notebook)
    unknown = sorted(set(parameters) - set(known))
    if unknown:
        names = ", ".join(known) or "-"
        raise _RefusedError("unknown", notebook=notebook.name, names=unknown, known=names)
    missing = [name for name, parameter in known.items() if parameter.required and name not in parameters]
    if missing:
        raise _RefusedError("missing", notebook=notebook.name, names=missing)
    for name, value in parameters.items():
        expected = known[name].annotation
        allowed = _TYPES.get(expected)
        if allowed is None:
            continue
        # A bool is an int to Python, and never what a notebook means by one.
        if not isinstance(value, allowed) or isinstance(value, bool) != (expected == "bool"):
            found = type(value).__name__
            raise _RefusedError(
                "wrong_type", notebook=notebook.name, name=name, expected=expected, found=found
            )
