"""Notebooks tell: short cells, both languages, no numbers typed in prose, no outputs."""

from __future__ import annotations

import ast
import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROFILES = sorted((ROOT / "notebooks" / "profiles").glob("*.ipynb"))
NOTEBOOKS = [*sorted((ROOT / "notebooks").glob("*.ipynb")), *PROFILES]
TAGS = {"parameters", "id", "en"}
#: What a notebook reads and writes is for who opens it: the exporters leave such a cell out.
OPTIONAL_TAGS = {"notebook-only"}
PARAMETERS = ["office", "year", "locale", "raw", "processed", "out"]
#: Names that carry digits; every other digit in prose is a number somebody typed.
NAMES_WITH_DIGITS = re.compile(r"P4GN|B06|B12|P2M|Inpres (Nomor|No\.) 2 Tahun 2020|Inpres 2/2020")


def cells(path: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook, sources joined."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [{**cell, "source": "".join(cell["source"])} for cell in notebook["cells"]]


def tags(cell: dict[str, Any]) -> list[str]:
    """Return a cell's tags."""
    found: list[str] = cell["metadata"].get("tags", [])
    return found


pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_there_are_at_most_thirty_short_cells(path: Path) -> None:
    found = cells(path)
    assert 5 < len(found) <= 30
    long = [
        cell["source"]
        for cell in found
        if cell["cell_type"] == "code" and len(cell["source"].splitlines()) > 12
    ]
    assert not long


def test_no_outputs_and_no_counts_are_committed(path: Path) -> None:
    code = [cell for cell in cells(path) if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


def test_tags_are_a_closed_list(path: Path) -> None:
    used = {tag for cell in cells(path) for tag in tags(cell)}
    assert TAGS <= used <= TAGS | OPTIONAL_TAGS


def test_prose_stands_in_both_languages_with_the_same_outline(path: Path) -> None:
    prose = [cell for cell in cells(path) if cell["cell_type"] == "markdown"]
    assert [tags(cell)[0] for cell in prose] == ["id", "en"] * (len(prose) // 2)
    for indonesian, english in zip(prose[::2], prose[1::2], strict=True):
        assert tags(indonesian)[1:] == tags(english)[1:]
        assert outline(indonesian["source"]) == outline(english["source"])


def outline(markdown: str) -> list[int]:
    """Return the levels of the headings."""
    return [len(match) for match in re.findall(r"^(#+) ", markdown, re.MULTILINE)]


def test_headings_skip_no_level_and_there_is_one_title(path: Path) -> None:
    levels = [level for cell in cells(path) if "id" in tags(cell) for level in outline(cell["source"])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_no_number_is_typed_in_prose(path: Path) -> None:
    for cell in cells(path):
        if cell["cell_type"] == "markdown":
            assert not re.search(r"\d", NAMES_WITH_DIGITS.sub("", cell["source"])), cell["source"]


def test_parameters_are_typed_commented_and_known(path: Path) -> None:
    (cell,) = [cell for cell in cells(path) if tags(cell) == ["parameters"]]
    tree = ast.parse(cell["source"])
    assert all(isinstance(node, ast.AnnAssign) for node in tree.body)
    # A template is run for one unit, which it is named after.
    own = [path.stem.removesuffix("_profile")] if path in PROFILES else []
    assert [node.target.id for node in tree.body] == [*PARAMETERS, *own]  # type: ignore[attr-defined]
    assert all("  # " in line for line in cell["source"].splitlines())


def test_code_only_calls_helpers(path: Path) -> None:
    for cell in cells(path):
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse(cell["source"])
        modules = {
            (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        assert all(module.startswith("helpers") for module in modules), modules
        assert not any(
            isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda) for node in ast.walk(tree)
        )
        assert not re.search(r"\b(open|read_csv|read_excel|read_parquet)\(|plt\.", cell["source"])
