"""Which code a step runs through is read from its imports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.pipeline.digests import Digests
from helpers.pipeline.modules import EVERYTHING, Imports, imported_names, notebook_imports

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small package: two charts, one of which asks for the words lazily."""
    files = {
        "helpers/__init__.py": "",
        "helpers/locales/id.toml": "",
        "helpers/charts/__init__.py": "",
        "helpers/charts/look.mplstyle": "",
        "helpers/charts/bar.py": "def draw():\n    from helpers import words\n    return words\n",
        "helpers/charts/line.py": "import os\n",
        "helpers/words.py": "TARGET = 'helpers.far:run'\n",
        "helpers/far.py": "import helpers.charts.line as line\n",
        "helpers/alone.py": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def names(package: Path, *modules: str) -> list[str]:
    """Return the files that modules run through, from the package's folder."""
    found = Imports(package, Digests({}).of, {}).files_of(modules)
    return [path.relative_to(package / "helpers").as_posix() for path in found]


def test_imports_are_followed_into_functions_and_names_of_targets(package: Path) -> None:
    assert names(package, "helpers.charts.bar") == [
        "__init__.py", "charts/__init__.py", "charts/bar.py", "charts/line.py", "charts/look.mplstyle",
        "far.py", "locales/id.toml", "words.py",
    ]  # fmt: skip


def test_what_is_not_imported_does_not_count(package: Path) -> None:
    assert names(package, "helpers.alone") == ["__init__.py", "alone.py", "locales/id.toml"]


def test_everything_is_everything(package: Path) -> None:
    assert len(names(package, EVERYTHING)) == 9


def test_a_changed_import_is_followed_anew(package: Path) -> None:
    known: dict[str, list[str]] = {}
    Imports(package, Digests({}).of, known).files_of(["helpers.alone"])
    (package / "helpers" / "alone.py").write_text("import helpers.far\n", encoding="utf-8")
    found = Imports(package, Digests({}).of, known).files_of(["helpers.alone"])
    assert package / "helpers" / "far.py" in found


def test_names_of_other_packages_are_none() -> None:
    assert imported_names("import helpersome\nfrom os import path\nx = 'helpers.a sentence.'") == []


def test_a_notebook_with_magic_may_import_anything(tmp_path: Path) -> None:
    def write(*sources: str) -> Path:
        cells = [{"cell_type": "code", "source": source} for source in sources]
        path = tmp_path / "n.ipynb"
        path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
        return path

    assert notebook_imports(write("import helpers.alone", "await x")) == ["helpers.alone"]
    assert notebook_imports(write("import helpers.alone", "%run other.py")) == [EVERYTHING]


def test_a_chapter_does_not_run_through_another_chapters_facts() -> None:
    imports = Imports(ROOT / "src", Digests({}).of, {})
    found = imports.files_of(notebook_imports(ROOT / "notebooks" / "06_programmes.ipynb"))
    shown = {path.relative_to(ROOT / "src" / "helpers").as_posix() for path in found}
    assert "indicators/programmes.py" in shown
    assert "facts/rollout.py" not in shown
    assert not [name for name in shown if name.startswith(("claims/", "cli/"))]
