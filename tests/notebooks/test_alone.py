"""Each notebook runs alone, with its default parameters, in an empty copy of the project."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks"
#: What the notebooks of a fresh clone find: nothing that a run has made.
CLONE = ("pyproject.toml", "notebooks", "templates", "data/raw", "data/reference", "data/corrections")
RUN = """
import json, sys
from pathlib import Path
space = {}
for cell in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), space)
"""
NOTEBOOKS = [
    path for path in sorted(FOLDER.rglob("*.ipynb"))
    if "open_chapter" in path.read_text(encoding="utf-8")
]  # fmt: skip


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_alone_in_a_fresh_clone(tmp_path: Path, path: Path) -> None:
    for name in CLONE:
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    notebook = tmp_path / path.relative_to(ROOT)
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(notebook)], cwd=notebook.parent, capture_output=True, text=True,
        check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    # A draft keeps to its own folders: no published table, no report.
    assert {entry.name for entry in (tmp_path / "data" / "processed").iterdir()} == {"draft"}
    reports = tmp_path / "reports"
    assert not reports.exists() or {entry.name for entry in reports.iterdir()} <= {"draft"}
