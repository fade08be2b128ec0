"""A report whose own text does not agree with its facts is not published."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from helpers.errors import ExportError
from helpers.params import RunParams
from helpers.pipeline.gate import check_own_texts


def test_the_report_agrees_with_its_own_facts(report_2021: Path) -> None:
    check_own_texts(report_2021, RunParams())


def test_the_english_report_agrees_with_its_own_facts(report_2021_en: Path) -> None:
    check_own_texts(report_2021_en, RunParams(locale="en"))


@pytest.mark.parametrize(
    "name", ["press-release.docx", "press-release.html", "press-release.pdf", "press-release.txt"]
)
def test_a_wrong_figure_in_any_format_is_refused(report_2021: Path, tmp_path: Path, name: str) -> None:
    shutil.copy(report_2021 / name, tmp_path / name)
    document = json.loads((report_2021 / "facts.json").read_text(encoding="utf-8"))
    for fact in document["facts"]:
        if fact["key"] == "budget.absorption_rate":
            fact.update(value=0.9803, text_id="98,03 persen", text_en="98.03 percent")
    (tmp_path / "facts.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ExportError, match=r"98,30 persen.*98,03 persen") as caught:
        check_own_texts(tmp_path, RunParams())
    assert name in str(caught.value)
