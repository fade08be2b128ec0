"""Notebooks made from lists of cells, and runs of them."""

import json
from types import SimpleNamespace

import pytest

from helpers.engine.run import Job, run_notebooks

KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}


def write_notebook(path, *cells, metadata=None):
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
    metadata = metadata or {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    content = {"cells": written, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def make_notebook():
    return write_notebook


@pytest.fixture
def run_cells(tmp_path):
    """Run cells as one notebook; return its result and its cells as written."""

    def run(*cells, engine="fork", **options):
        notebook = write_notebook(tmp_path / "cells.ipynb", *cells)
        output = tmp_path / "out" / "cells.ipynb"
        (result,) = run_notebooks([Job("cells", notebook, output, **options)], engine=engine)
        content = json.loads(output.read_text(encoding="utf-8")) if output.exists() else {"cells": []}
        marks = ["papermill-error-cell-tag"]
        executed = [cell for cell in content["cells"] if cell["metadata"].get("tags") != marks]
        return SimpleNamespace(failure=result.failure, result=result, cells=executed, output=output)

    return run


@pytest.fixture
def stream_text():
    """Everything that a cell has written to one stream."""

    def join(cell, name):
        return "".join("".join(out["text"]) for out in cell["outputs"] if out.get("name") == name)

    return join
