"""Which files of the package a step runs through: its imports, followed from module to module."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from helpers.pipeline.digests import walk_files

PACKAGE = "helpers"
#: Stands for the whole package, where nobody can say what is imported.
EVERYTHING = "*"
#: Where a statement holds others.
_BODIES = ("body", "orelse", "handlers", "finalbody", "cases")
#: A text that begins with the name of a module; one too many costs nothing.
_NAMED = re.compile(rf"""["']({PACKAGE}(?:\.\w+)*)["':]""")


class Imports:
    """Follows imports within the package, read from the code without running it.

    Parameters
    ----------
    source : Path
        The folder that holds the package.
    digest : callable
        Gives a file's digest; what a file imports is remembered by it.
    known : dict
        Digest of a file → names that it imports; added to.
    """

    def __init__(self, source: Path, digest: Callable[[Path], str], known: dict[str, list[str]]) -> None:
        self._source = source
        self._digest = digest
        self.known = known
        self._files: dict[str, Path | None] = {}

    def files_of(self, modules: Iterable[str]) -> list[Path]:
        """Return all files that these modules run through, in order.

        These are the modules, what they import (also within functions), the packages around
        them, and the files beside them that are no code (templates, lists, fonts).
        """
        modules = list(modules)
        if EVERYTHING in modules:
            return sorted(walk_files(self._source / PACKAGE))
        found: set[Path] = set()
        waiting = [name for module in modules for name in _with_parents(module)]
        seen = set(waiting)
        while waiting:
            path = self._file(waiting.pop())
            if path is None:
                continue
            found.add(path)
            fresh = {parent for name in self._imports(path) for parent in _with_parents(name)} - seen
            seen |= fresh
            waiting += fresh
        parts = {path.relative_to(self._source).parts[:2] for path in found}
        beside = [self._source.joinpath(*part) for part in parts]
        beside.append(self._source / PACKAGE / "locales")
        for folder in beside:
            found.update(path for path in walk_files(folder) if path.suffix != ".py")
        return sorted(found)

    def _file(self, module: str) -> Path | None:
        if module not in self._files:
            path = self._source.joinpath(*module.split("."))
            places = (path / "__init__.py", path.with_suffix(".py"))
            self._files[module] = next((place for place in places if place.is_file()), None)
        return self._files[module]

    def _imports(self, path: Path) -> list[str]:
        digest = self._digest(path)
        if digest not in self.known:
            self.known[digest] = imported_names(path.read_text(encoding="utf-8"))
        return self.known[digest]


def _with_parents(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[: count + 1]) for count in range(len(parts))]


def imported_names(code: str) -> list[str]:
    r"""Return the names within the package that code imports, or that texts in it name.

    ``from helpers.charts import plot`` gives both ``helpers.charts`` and
    ``helpers.charts.plot``, since the latter may be a module. A text of the form
    ``helpers.engine.job:serve_work`` names a module too.

    Examples
    --------
    >>> imported_names("import os\nfrom helpers.charts import plot")
    ['helpers.charts', 'helpers.charts.plot']

    Raises
    ------
    SyntaxError
        If it is not Python.
    """
    names = set(_NAMED.findall(code))
    waiting: list[ast.AST] = [ast.parse(code)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
        else:
            # Statements alone are followed: no expression imports, and they are most of a file.
            for part in _BODIES:
                waiting += getattr(node, part, ())
    return sorted(name for name in names if name == PACKAGE or _names_part(name))


def _names_part(name: str) -> bool:
    return name.startswith(f"{PACKAGE}.") and name.replace(".", "").isidentifier()


def notebook_imports(path: Path) -> list[str]:
    """Return the names within the package that a notebook's cells import.

    A cell that is not plain Python (a magic, a shell command) may import anything: then it
    is the whole package.
    """
    names: set[str] = set()
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            source = cell["source"]
            try:
                names.update(imported_names(source if isinstance(source, str) else "".join(source)))
            except SyntaxError:
                return [EVERYTHING]
    return sorted(names)
