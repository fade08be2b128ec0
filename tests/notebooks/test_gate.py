"""A report whose own text does not agree with its facts is not published."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from helpers.errors import ExportError
from helpers.params import RunParams
from helpers.run.gate import check_own_texts
from helpers.run.report import GATED

RELEASE = (*(f"press-release.{ending}" for ending in GATED["press-release"]), "annual-report.html")


def params_of(folder: Path, locale: str = "id") -> RunParams:
    """Return the parameters of a report by its folder."""
    return RunParams(locale=locale, out=str(folder.parents[1]))


def test_the_report_agrees_with_its_own_facts(report_2021: Path) -> None:
    check_own_texts(params_of(report_2021), RELEASE)


def test_the_english_report_agrees_with_its_own_facts(report_2021_en: Path) -> None:
    check_own_texts(params_of(report_2021_en.parent, "en"), RELEASE)


@pytest.mark.parametrize(
    "name", ["press-release.docx", "press-release.html", "press-release.pdf", "press-release.txt"]
)
def test_a_wrong_figure_in_any_format_is_refused(report_2021: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "bnnk-hss" / "2021"
    folder.mkdir(parents=True)
    shutil.copy(report_2021 / name, folder / name)
    document = json.loads((report_2021 / "facts.json").read_text(encoding="utf-8"))
    for fact in document["facts"]:
        if fact["key"] == "budget.absorption_rate":
            fact.update(value=0.9803, text_id="98,03 persen", text_en="98.03 percent")
    (folder / "facts.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ExportError, match=r"98,30 persen.*98,03 persen") as caught:
        check_own_texts(params_of(folder), (name,))
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("name", "published", "agrees", "is_refused"),
    [
        # A chapter may tell the published figure beside another one that was computed; the release may not.
        ("annual-report.html", 0.983, False, False), ("press-release.txt", 0.983, False, True),
        ("annual-report.html", 0.985, False, True), ("annual-report.html", None, None, True),
        ("annual-report.html", 0.983, True, True),
    ],
)  # fmt: skip
def test_a_published_figure_that_differs_may_be_told(
    report_2021: Path,
    tmp_path: Path,
    name: str,
    published: float | None,
    agrees: bool | None,
    is_refused: bool,
) -> None:
    folder = tmp_path / "bnnk-hss" / "2021"
    folder.mkdir(parents=True)
    sentence = "<p>Penyerapan anggaran BNNK HSS mencapai 98,30 persen pada akhir tahun ini.</p>"
    (folder / name).write_text(f"<html lang='id'><body>{sentence}</body></html>" if name.endswith("html")
                               else sentence[3:-4], encoding="utf-8")  # fmt: skip
    document = json.loads((report_2021 / "facts.json").read_text(encoding="utf-8"))
    for fact in document["facts"]:
        if fact["key"] == "budget.absorption_rate":
            fact.update(value=0.9803, text_id="98,03 persen", published=published, agrees=agrees)
    (folder / "facts.json").write_text(json.dumps(document), encoding="utf-8")
    if is_refused:
        with pytest.raises(ExportError, match=r"98,30 persen"):
            check_own_texts(params_of(folder), (name,))
    else:
        check_own_texts(params_of(folder), (name,))
