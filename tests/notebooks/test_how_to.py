"""The code of docs/how-to/add-an-indicator.md runs as it stands, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers.indicators import budget
from helpers.indicators.traced import traced
from helpers.notebook import open_chapter

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "add-an-indicator.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.+?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page_names_files_that_are_there() -> None:
    named = re.findall(r"^\| `([\w/.]+)` \|", PAGE, re.MULTILINE)
    assert len(named) == 4
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize(
    ("locale", "title", "sentence", "personnel"),
    [
        ("id", "35,67 persen belanja jatuh pada triwulan terakhir",
         "**35,67 persen** belanja setahun jatuh pada triwulan terakhir; bagian terbesar ada pada "
         "belanja modal",
         "Pegawai 23,70 persen"),
        ("en", "35.67 percent of expenditure fell in the last quarter",
         "**35.67 percent** of the year's expenditure fell in the last quarter; the share was largest for "
         "expenditure on capital",
         "Personnel 23.70 percent"),
    ],
)  # fmt: skip
def test_the_code_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str, title: str, sentence: str, personnel: str
) -> None:
    function, test, *cells = BLOCKS
    space: dict[str, Any] = {"pd": pd, "traced": traced, "budget": budget}
    exec(function, space)
    exec(test, space)
    space["test_the_last_quarter_begins_in_october"]()
    name = "compute_last_quarter_share"
    monkeypatch.setattr(budget, name, space[name], raising=False)
    places = ("data/raw", str(tmp_path / "processed" / "draft"), str(tmp_path / "reports"))
    chapter = open_chapter("budget-absorption", "bnnk-hss", 2021, locale, *places, sources=["budget"])
    space |= {"chapter": chapter, "lines": chapter.read("clean_budget__line_month")}
    for cell in cells:
        exec(cell, space)
    chart, said = chapter.shown
    # Spent to date on the sheets September and Desember of anggaran-2021.xlsx.
    (figure,) = [block for kind, block in chart.content.items() if kind.endswith("figure+json")]
    assert figure["title"] == title
    assert personnel in figure["alt"]
    assert str(said).startswith(sentence)
