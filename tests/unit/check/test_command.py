"""The command: exit code, JSON, the marked page and the Word copy."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import docx
import pytest

from helpers.check.command import run
from helpers.errors import ParameterError
from helpers.params import RunParams

FACTS_FILE = Path(__file__).parents[2] / "claims" / "facts-2021.json"
HONEST = "Kandangan, 29 Desember 2021 – Penyerapan anggaran BNNK HSS tahun ini mencapai 98,30 persen."
WRONG = HONEST.replace("98,30", "98,03")


@pytest.fixture
def params() -> RunParams:
    return RunParams()


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_exit_code_and_json_of_an_honest_and_a_wrong_text(tmp_path: Path, params: RunParams, capsys):
    assert run(write(tmp_path / "a.txt", HONEST), params, json_output=True, facts=FACTS_FILE) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["summary"] == {"agrees": 2, "differs": 0, "unknown": 0}
    assert run(write(tmp_path / "b.txt", WRONG), params, json_output=True, facts=FACTS_FILE) == 1
    result = json.loads(capsys.readouterr().out)
    assert result["claims"][1] == {
        "text": "98,03 persen",
        "sentence": WRONG,
        "line": 1,
        "status": "differs",
        "fact": "budget.absorption_rate",
        "expected": "98,30 persen",
        "note": "Angka ini tidak sama dengan fakta edisi ini.",
    }


def test_the_table_shows_what_to_write_instead(tmp_path: Path, params: RunParams, capsys):
    run(write(tmp_path / "b.txt", WRONG), params, facts=FACTS_FILE)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert re.search(r"✗ berbeda.*98,03 persen.*98,30 persen.*budget\.absorption_rate", shown.err)
    assert "b.txt: 1 sesuai, 1 berbeda, 0 tidak diketahui." in shown.err


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Kandangan, 28 Desember 2022 – Penyerapan anggaran BNNK HSS mencapai 97,10 persen pada tahun anggaran 2022.",  # noqa: E501
            "other_year",
        ),
        (
            "Het bureau heeft dit jaar bijna alle middelen besteed en dat is goed nieuws voor de gezinnen in de dorpen rond de stad, zei men gisteren tegen ons.",  # noqa: E501
            "other_language",
        ),
    ],
)
def test_another_year_and_another_language_are_findings(
    tmp_path: Path, params: RunParams, capsys, text: str, code: str
):
    assert run(write(tmp_path / "c.txt", text), params, json_output=True, facts=FACTS_FILE) == 1
    result = json.loads(capsys.readouterr().out)
    assert [finding["code"] for finding in result["findings"]] == [code]


def test_without_a_report_the_command_says_what_to_do(tmp_path: Path, params: RunParams):
    with pytest.raises(ParameterError, match="make report"):
        run(write(tmp_path / "a.txt", HONEST), params, facts=tmp_path / "facts.json")


def test_a_damaged_facts_file_is_wrong_use(tmp_path: Path, params: RunParams):
    with pytest.raises(ParameterError, match="bukan berkas fakta"):
        run(write(tmp_path / "a.txt", HONEST), params, facts=write(tmp_path / "facts.json", '{"facts": 1}'))


def test_the_marked_page_is_self_contained_and_escaped(tmp_path: Path, params: RunParams, capsys):
    text = write(tmp_path / "b.txt", WRONG + " <script>alert(1)</script> & 3 lampiran.")
    report = tmp_path / "out" / "cek.html"
    assert run(text, params, report=report, facts=FACTS_FILE) == 1
    page = report.read_text(encoding="utf-8")
    assert capsys.readouterr().out == f"{report}\n"
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert '<html lang="id">' in page
    assert "default-src 'none'" in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    marks = re.findall(
        r'<a class="(\w+)" id="t\d+" href="#c\d+"><span class="s" aria-hidden="true">(.)</span>([^<]+)', page
    )
    assert ("differs", "✗", "98,03 persen") in marks
    assert ("agrees", "✓", "29 Desember 2021") in marks
    assert ("unknown", "?", "3 lampiran") in marks
    assert "anggaran-2021.xlsx, Desember, C9:G60 (sha256 aa…)" in page


def test_same_text_same_bytes(tmp_path: Path, params: RunParams):
    source = tmp_path / "a.docx"
    document = docx.Document()
    document.add_paragraph(WRONG)
    document.save(source)
    written = []
    for name in ("satu", "dua"):
        run(source, params, report=tmp_path / name / "cek.html", facts=FACTS_FILE)
        written.append([(tmp_path / name / file).read_bytes() for file in ("cek.html", "cek.docx")])
    assert written[0] == written[1]


def test_the_word_copy_has_a_comment_on_the_very_words(tmp_path: Path, params: RunParams):
    source = tmp_path / "rilis.docx"
    document = docx.Document()
    paragraph = document.add_paragraph("Penyerapan anggaran ")
    paragraph.add_run("98,").bold = True
    paragraph.add_run("03 persen dan 24 OPD telah melaksanakan Inpres.")
    document.sections[0].header.paragraphs[0].text = "Pagu anggaran Rp1.701.000.000"
    document.save(source)
    before = source.read_bytes()
    assert run(source, params, report=tmp_path / "rilis.html", facts=FACTS_FILE) == 1
    assert source.read_bytes() == before
    copy = docx.Document(tmp_path / "rilis-diperiksa.docx")
    assert [text.text for text in copy.paragraphs] == [text.text for text in docx.Document(source).paragraphs]
    assert sorted(comment.text for comment in copy.comments) == [
        "Angka ini tidak sama dengan fakta edisi ini. Seharusnya: 25 OPD. (fakta opd.active_count)",
        "Angka ini tidak sama dengan fakta edisi ini. Seharusnya: 98,30 persen. (fakta budget.absorption_rate)",  # noqa: E501
        "Rp1.701.000.000: Angka ini tidak sama dengan fakta edisi ini. Seharusnya: Rp1.710.000.000. "
        "(fakta budget.ceiling_idr)",
    ]
    assert commented_words(copy.element.body) == ["Penyerapan anggaran ", "98,03 persen", "24 OPD"]


def commented_words(body) -> list[str]:
    """Return what stands between the start and end of each comment."""
    words: dict[str, str] = {}
    opened: list[str] = []
    for element in body.iter():
        kind = element.tag.rsplit("}", 1)[-1]
        number = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        if kind == "commentRangeStart":
            opened.append(number)
            words[number] = ""
        elif kind == "commentRangeEnd":
            opened.remove(number)
        elif kind == "t":
            for number in opened:
                words[number] += element.text or ""
    return list(words.values())


@pytest.mark.parametrize(("report", "words"), [("cek.pdf", "HTML"), ("naskah.html", "naskah yang diperiksa")])
def test_the_report_never_replaces_the_text(tmp_path: Path, params: RunParams, report: str, words: str):
    text = tmp_path / "naskah.html"
    text.write_text(f"<p>{WRONG}</p>", encoding="utf-8")
    kept = shutil.copy(text, tmp_path / "salinan.html")
    with pytest.raises(ParameterError, match=words):
        run(text, params, report=tmp_path / report, facts=FACTS_FILE)
    assert text.read_bytes() == Path(kept).read_bytes()
