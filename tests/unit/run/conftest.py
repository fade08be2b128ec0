"""Notebooks made from lists of cells, and runs of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from helpers.run.failure import Failure, NotebookError
from helpers.run.job import Job, notebook_task
from helpers.run.pool import run_tasks

KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}


def write_notebook(path: Path, *cells: Any) -> Path:
    """Write a notebook; a cell is its code, or code and tags; ``md:`` begins Markdown."""
    written = []
    for index, cell in enumerate(cells):
        source, tags = cell if isinstance(cell, tuple) else (cell, [])
        made = {"id": f"cell{index}", "metadata": {"tags": tags}, "source": source}
        if source.startswith("md:"):
            made |= {"cell_type": "markdown", "source": source.removeprefix("md:").strip()}
        else:
            made |= {"cell_type": "code", "execution_count": None, "outputs": []}
        written.append(made)
    metadata = {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    content = {"cells": written, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@dataclass
class Run:
    """A notebook as executed, and why it stopped."""

    failure: Failure | None
    output: Path

    @property
    def cells(self) -> list[dict[str, Any]]:
        """The cells as written, without those that papermill adds after an error."""
        if not self.output.exists():
            return []
        cells: list[dict[str, Any]] = json.loads(self.output.read_text(encoding="utf-8"))["cells"]
        return [cell for cell in cells if cell["metadata"].get("tags") != ["papermill-error-cell-tag"]]

    def printed(self, index: int, name: str = "stdout") -> str:
        """Return everything that a cell has written to one stream."""
        outputs = self.cells[index]["outputs"]
        return "".join("".join(out["text"]) for out in outputs if out.get("name") == name)


@pytest.fixture(scope="session")
def make_notebook() -> Callable[..., Path]:
    """Give what writes a notebook."""
    return write_notebook


@pytest.fixture
def run_cells(tmp_path: Path) -> Callable[..., Run]:
    """Run cells as one notebook; return it as executed."""

    def run(
        *cells: Any, engine: Any = "fork", seconds: float = 60, memory_mb: int = 2000, **options: Any
    ) -> Run:
        notebook = write_notebook(tmp_path / "cells.ipynb", *cells)
        job = Job("cells", notebook, tmp_path / "out.ipynb", **options)
        task = replace(notebook_task(job, engine), seconds=seconds, memory_mb=memory_mb)
        error = run_tasks([task], workers=1)["cells"].error
        assert error is None or isinstance(error, NotebookError)
        return Run(error.failure if error else None, job.output)

    return run
