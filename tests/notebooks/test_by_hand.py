"""Notebooks run by hand, one after another, and again after a change: what an analyst does in JupyterLab."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "data" / "raw" / "bnnk-hss"
SURVEY = "survei-ketahanan-keluarga-2021.xlsx"
RUN = """
import json, sys
from pathlib import Path
space, values = {}, json.loads(sys.argv[2])
for cell in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["cells"]:
    for _ in range(int(sys.argv[3])):
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), space)
    if "parameters" in cell["metadata"].get("tags", ()):
        space |= values
"""


class Desk:
    """A copy of the office's raw data, and what the notebooks of an edition write."""

    def __init__(self, folder: Path, year: int = 2021) -> None:
        shutil.copytree(RAW, folder / "raw" / "bnnk-hss")
        self.raw = folder / "raw" / "bnnk-hss" / str(year)
        places = {name: str(folder / name) for name in ("raw", "processed", "out")}
        self.values = {"year": year, **places}

    def run(self, *names: str, turns: int = 1) -> None:
        """Run notebooks, each in a process of its own as in a kernel, and each cell so many times."""
        for name in names:
            command = [sys.executable, "-c", RUN, str(ROOT / "notebooks" / f"{name}.ipynb")]
            done = subprocess.run(
                [*command, json.dumps(self.values), str(turns)], cwd=ROOT / "notebooks",
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr[-2000:]

    def fact(self, document: str, key: str) -> dict[str, Any]:
        """Return a fact that a notebook has written."""
        facts = Path(self.values["processed"]) / "bnnk-hss" / "2021" / "facts" / f"{document}.json"
        entries = json.loads(facts.read_text(encoding="utf-8"))["facts"]
        return next(entry for entry in entries if entry["key"] == key)

    def change_answer(self) -> None:
        """Lower one answer of the survey, as a colleague does who corrects the file."""
        workbook = openpyxl.load_workbook(self.raw / SURVEY)
        sheet = workbook.worksheets[0]
        cell = next(cell for row in sheet.iter_rows(min_row=6) for cell in row if cell.value == 4)
        cell.value = 3
        workbook.save(self.raw / SURVEY)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk on which the chapters have been run once."""
    made = Desk(tmp_path_factory.mktemp("desk"))
    made.run("01_clean_agencies", "02_clean_villages", "05_family_resilience")
    return made


def test_a_chapter_is_run_again_after_its_file_has_changed(desk: Desk) -> None:
    assert desk.fact("family-resilience", "resilience.index")["value"] == 84.821
    desk.change_answer()
    desk.run("02_clean_villages", "05_family_resilience")
    # One of 1,120 points less (20 respondents, 14 items, 4 points each).
    assert desk.fact("family-resilience", "resilience.index")["value"] == 84.732


def test_a_notebook_is_run_again_whatever_the_others_have_written_before(desk: Desk) -> None:
    declaration = desk.raw / "edition.toml"
    text = declaration.read_text(encoding="utf-8")
    assert "2021-12-29" in text
    declaration.write_text(text.replace("2021-12-29", "2021-12-30"), encoding="utf-8")
    desk.run("02_clean_villages", "01_clean_agencies", "05_family_resilience")
    dates = {desk.fact(name, "release.date")["value"] for name in ("clean-villages", "family-resilience")}
    assert dates == {"2021-12-30"}


@pytest.mark.parametrize(
    ("year", "chapters"),
    [
        (2021, ["03_budget", "04_opd", "05_family", "06_programmes", "07_policy", "11_leader", "10_press"]),
        (2026, ["07_policy", "08_commitments", "09_work", "11_leader", "10_press"]),
    ],
)
def test_each_cell_can_be_run_again(tmp_path: Path, year: int, chapters: list[str]) -> None:
    desk = Desk(tmp_path, year)
    for start in ("01_clean", "02_clean", *chapters):
        (notebook,) = (ROOT / "notebooks").glob(f"{start}*.ipynb")
        desk.run(notebook.stem, turns=2)
