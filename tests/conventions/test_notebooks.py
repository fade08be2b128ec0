"""Notebooks show the analysis: short cells, both languages, no numbers typed in prose, no outputs."""

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


def code_lines(source: str) -> int:
    """Count the lines of a cell that are code: the words of a sentence (``id=``, ``en=``) are prose."""
    words = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.keyword) and node.arg in ("id", "en") and isinstance(node.value, ast.Constant)
        for line in range(node.value.lineno, (node.value.end_lineno or 0) + 1)
    }
    return len(source.splitlines()) - len(words)


def test_there_are_at_most_thirty_short_cells_of_code(path: Path) -> None:
    code = [cell["source"] for cell in cells(path) if cell["cell_type"] == "code"]
    assert 3 < len(code) <= 30
    assert not [source for source in code if code_lines(source) > 12]


def test_a_sentence_stands_before_each_cell_of_code(path: Path) -> None:
    found = cells(path)
    before = [cell["cell_type"] for cell, after in itertools.pairwise(found) if after["cell_type"] == "code"]
    assert set(before) == {"markdown"}


def test_the_lab_folds_the_english_prose(path: Path) -> None:
    folded = [bool(cell["metadata"].get("jupyter", {}).get("source_hidden")) for cell in cells(path)]
    assert folded == ["en" in tags(cell) for cell in cells(path)]


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


def test_code_imports_pandas_and_helpers_and_reads_through_its_chapter(path: Path) -> None:
    for cell in cells(path):
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse(cell["source"])
        modules = {
            (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        assert all(module.startswith("helpers") or module == "pandas" for module in modules), modules
        # Figures are recorded through the chapter, which knows their origin.
        assert not any(module.startswith("helpers.facts") for module in modules), modules
        assert not any(
            isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda) for node in ast.walk(tree)
        )
        assert not re.search(r"\b(open|read_csv|read_excel|read_parquet)\(|plt\.", cell["source"])
