"""Imports point downwards only."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "helpers"

#: Highest first; parts of one layer may import each other.
LAYERS = (
    ("__main__", "cli"),
    ("run", "check", "workbooks"),
    ("notebook",),
    ("publish",),
    ("facts", "charts", "blocks"),
    ("indicators",),
    ("clean",),
    ("read", "theme"),
    ("edition", "columns", "privacy_key"),
    ("params",),
    ("paths",),
    ("environment",),
    ("errors",),
    ("messages",),
    ("formats", "indonesian", "privacy", "progress", "locales"),
)
RANK = {part: rank for rank, layer in enumerate(LAYERS) for part in layer}


def part_of(module: str) -> str:
    """Return the part of the package that ``helpers.<part>.…`` names."""
    return module.split(".")[1] if "." in module else ""


def imported_parts(path: Path) -> set[str]:
    """Return the parts of `helpers` that a module imports, also inside functions."""
    parts: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            parts |= {part_of(alias.name) for alias in node.names if alias.name.startswith("helpers.")}
        elif isinstance(node, ast.ImportFrom) and node.module == "helpers":
            parts |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helpers."):
            parts.add(part_of(node.module or ""))
    return parts - {""}


MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_downwards(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert own in RANK, f"{own} has no layer"
    upwards = {part for part in imported_parts(path) if RANK[part] < RANK[own]}
    assert not upwards, f"{own} imports from above: {sorted(upwards)}"


def test_only_the_command_line_imports_tools() -> None:
    names = "|".join(path.stem for path in (ROOT / "tools").iterdir() if not path.name.startswith("_"))
    imports = re.compile(rf"^\s*(?:from|import) (?:{names}|country)\b", re.MULTILINE)
    users = {
        path.relative_to(PACKAGE).as_posix() for path in MODULES if imports.search(path.read_text("utf-8"))
    }
    assert users == {"cli/project.py"}


def test_a_part_above_is_noticed(tmp_path: Path) -> None:
    module = tmp_path / "budget.py"
    module.write_text("def f():\n    from helpers.run import report\n    return report\n", encoding="utf-8")
    assert imported_parts(module) == {"run"}
    assert RANK["run"] < RANK["indicators"]
