"""The map of the house is the house: docs/architecture.md and README name each package."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "helpers"
#: More lines than this are no map but a description.
LONGEST_MAP = 12


def folders() -> set[str]:
    """Return the folders of the package that hold anything of the project."""
    return {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}


def rows(page: str) -> dict[str, str]:
    """Return name and sentence of each row of a page's tables whose first cell is a name in code."""
    return dict(re.findall(r"^\| `([a-z_]+)` \| (.+?) \|$", page, re.MULTILINE))


def test_the_page_names_each_package_once_with_a_sentence() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^\| `[a-z_]+` \|", page, re.MULTILINE)) == len(rows(page))
    assert set(rows(page)) == folders()
    assert [name for name, sentence in rows(page).items() if not sentence.endswith(".")] == []


def test_the_page_names_each_single_module() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    assert {name for name in modules if f"`{name}`" not in page} == set()


def test_the_readme_names_each_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    story = page.partition("| room |")[2].partition("| shared |")[0]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    line = next(line for line in readme.splitlines() if line.startswith("| `src/helpers/` |"))
    assert re.findall(r"`([a-z]+)`", line) == list(rows(story))


@pytest.mark.parametrize("name", sorted(folders() - {"locales"}))
def test_a_package_begins_with_a_short_map(name: str) -> None:
    docstring = ast.get_docstring(ast.parse((PACKAGE / name / "__init__.py").read_text(encoding="utf-8")))
    assert docstring is not None
    assert docstring.splitlines()[0].endswith(".")
    assert len(docstring.splitlines()) <= LONGEST_MAP
    named = set(re.findall(r"``([a-z_]+)``", docstring))
    there = {path.stem for path in (PACKAGE / name).iterdir() if path.stem not in ("__init__", "__pycache__")}
    assert named <= there, f"the map names what is not there: {sorted(named - there)}"
    assert len(named) >= min(3, len(there)), "the map names too little to find the way"
