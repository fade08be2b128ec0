"""Wrong input: one finding with file, sheet, cell and remedy; exit 1; the last good report untouched."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from helpers.errors import DataError
from helpers.params import RunParams
from helpers.run.report import make_report

ROOT = Path(__file__).resolve().parents[2]


def edit(path: Path, sheet: str, change: Callable[[object], None]) -> None:
    """Change a sheet of a workbook in place."""
    workbook = openpyxl.load_workbook(path)
    change(workbook[sheet])
    workbook.save(path)


def lose_file(raw: Path) -> None:
    """Take the OPD workbook away."""
    (raw / "laporan-opd-2021.xlsx").unlink()


def lose_column(raw: Path) -> None:
    """Empty the heading and cells of the OPD names."""
    edit(raw / "laporan-opd-2021.xlsx", "Laporan", lambda sheet: sheet.delete_cols(2))  # type: ignore[attr-defined]


def put_text(raw: Path) -> None:
    """Type a letter into an amount of the last month."""

    def change(sheet: object) -> None:
        sheet["F22"] = "1.2O0.000"  # type: ignore[index]

    edit(raw / "anggaran-2021.xlsx", "Desember", change)


CASES = {
    "missing file": (lose_file, "laporan-opd-2021.xlsx", None, None),
    "missing column": (lose_column, "laporan-opd-2021.xlsx", "Laporan", None),
    "text in a number": (put_text, "anggaran-2021.xlsx", "Desember", "F22"),
}


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder with their contents."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("case", CASES)
def test_one_finding_and_the_last_good_report_stays(case: str, own_raw: Path, tmp_path: Path) -> None:
    damage, file, sheet, cell = CASES[case]
    damage(own_raw / "bnnk-hss" / "2021")
    params = RunParams(raw=str(own_raw), processed=str(tmp_path / "p"), out=str(tmp_path / "r"))
    good = params.paths.out
    good.mkdir(parents=True)
    (good / "press-release.html").write_text("the last good one", encoding="utf-8")
    (good / "manifest.json").write_text('{"outputs": {}}', encoding="utf-8")
    before = bytes_of(good)
    with pytest.raises(DataError) as caught:
        make_report(params, jobs=2)
    findings = caught.value.findings
    assert {(finding.place.file, finding.place.sheet) for finding in findings} == {(file, sheet)}
    if cell:
        assert [finding.place.cell for finding in findings] == [cell]
        assert "1.2O0.000" in findings[0].text("id")
    for finding in findings:
        assert finding.remedy("id")
        assert finding.remedy("en") != finding.remedy("id")
    assert bytes_of(good) == before
    assert not list((tmp_path / "p").rglob("*.parquet"))
    # What was found lies beside the report, never in it.
    beside = {
        path.relative_to(tmp_path / "r").parts[1] for path in (tmp_path / "r").rglob("*") if path.is_file()
    }
    assert beside == {"2021", "2021-findings"}


def test_all_findings_of_all_files_come_in_one_run(own_raw: Path, tmp_path: Path) -> None:
    raw = own_raw / "bnnk-hss" / "2021"
    put_text(raw)
    lose_file(raw)
    (raw / "desa.csv").write_bytes(b"")
    params = RunParams(raw=str(own_raw), processed=str(tmp_path / "p"), out=str(tmp_path / "r"))
    with pytest.raises(DataError) as caught:
        make_report(params, jobs=2)
    files = {finding.place.file for finding in caught.value.findings}
    assert files == {"anggaran-2021.xlsx", "laporan-opd-2021.xlsx", "desa.csv"}


def test_the_command_prints_the_finding_and_exits_with_1(own_raw: Path, tmp_path: Path) -> None:
    put_text(own_raw / "bnnk-hss" / "2021")
    command = [
        sys.executable, "-m", "helpers", "report", "--raw", str(own_raw), "--processed", str(tmp_path / "p"),
        "--out", str(tmp_path / "r"), "--json",
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert 'anggaran-2021.xlsx, lembar "Desember", sel F22' in ended.stderr
    assert "Traceback" not in ended.stderr
    (finding,) = json.loads(ended.stdout)["findings"]
    assert (finding["file"], finding["sheet"], finding["cell"]) == ("anggaran-2021.xlsx", "Desember", "F22")
    assert not list((tmp_path / "r").rglob("*.html"))
    assert str(tmp_path / "r" / "bnnk-hss" / "2021-findings") in ended.stderr


def test_a_failed_run_leaves_lists_and_marked_copies_until_the_next_good_one(
    own_raw: Path, tmp_path: Path
) -> None:
    raw = own_raw / "bnnk-hss" / "2021"
    whole = (raw / "anggaran-2021.xlsx").read_bytes()
    put_text(raw)
    params = RunParams(raw=str(own_raw), processed=str(tmp_path / "p"), out=str(tmp_path / "r"), locale="en")
    folder = tmp_path / "r" / "bnnk-hss" / "2021-findings"
    folder.mkdir(parents=True)
    (folder / "of an earlier run.txt").write_text("old", encoding="utf-8")
    with pytest.raises(DataError, match="2021-findings"):
        make_report(params, jobs=2)
    first = bytes_of(folder)
    assert set(first) == {
        "anggaran-2021.xlsx", "findings.csv", "laporan-opd-2021.xlsx", "quality.json",
        "survei-ketahanan-keluarga-2021.xlsx",
    }  # fmt: skip
    cell = openpyxl.load_workbook(folder / "anggaran-2021.xlsx")["Desember"]["F22"]
    assert (cell.value, cell.fill.fgColor.rgb) == ("1.2O0.000", "FFFFC7CE")
    assert cell.comment.text.startswith('SALAH: Realisasi Periode Ini "1.2O0.000" bukan angka')
    assert "Tindakan: Perbaiki sel itu" in cell.comment.text
    listed = (folder / "findings.csv").read_text(encoding="utf-8-sig").splitlines()
    assert listed[0] == "severity;source;file;sheet;cell;what;remedy"
    assert any(line.startswith("error;budget;anggaran-2021.xlsx;Desember;F22;") for line in listed)
    quality = json.loads((folder / "quality.json").read_text(encoding="utf-8"))
    assert [source["source"] for source in quality["sources"]][:2] == ["budget", "opd_reports"]
    with pytest.raises(DataError):
        make_report(params, jobs=1)
    assert bytes_of(folder) == first
    (raw / "anggaran-2021.xlsx").write_bytes(whole)
    report = make_report(params, jobs=2)
    assert not folder.exists()
    # Of a good report, what was corrected or guessed is marked outside the published folder.
    marked = tmp_path / "p" / "bnnk-hss" / "2021" / "marked"
    assert {path.name for path in marked.iterdir()} == {
        "laporan-opd-2021.xlsx", "survei-ketahanan-keluarga-2021.xlsx",
    }  # fmt: skip
    assert {path.stat().st_mode & 0o777 for path in marked.iterdir()} == {0o600}
    assert marked.stat().st_mode & 0o777 == 0o700
    assert report == tmp_path / "r" / "bnnk-hss" / "2021" / "en"
    assert [path.name for path in (tmp_path / "r").rglob("*.xls*")] == ["tables.xlsx"]
    outputs = json.loads((report / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert [name for name in outputs if ".xls" in name] == ["tables.xlsx"]
    pages = [path.read_text(encoding="utf-8") for path in report.glob("*.html")]
    assert not [
        page for page in pages if re.search(r'(href|src)="[^"]*(quality/|marked|survei|laporan-opd)', page)
    ]


def test_a_copy_does_not_spread_personal_data(own_raw: Path, tmp_path: Path) -> None:
    def type_number(sheet: object) -> None:
        sheet["C8"] = "6306050101900001"  # type: ignore[index]

    edit(own_raw / "bnnk-hss" / "2021" / "survei-ketahanan-keluarga-2021.xlsx", "Jawaban", type_number)
    params = RunParams(raw=str(own_raw), processed=str(tmp_path / "p"), out=str(tmp_path / "r"))
    with pytest.raises(DataError):
        make_report(params, jobs=2)
    found = bytes_of(tmp_path / "r" / "bnnk-hss" / "2021-findings")
    assert set(found) == {"findings.csv", "laporan-opd-2021.xlsx", "quality.json"}
    assert not [name for name, content in found.items() if b"6306050101900001" in content]
    assert (tmp_path / "r" / "bnnk-hss" / "2021-findings").stat().st_mode & 0o777 == 0o700
