"""The press release as Word and plain text, and all files of a document at once."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from helpers.errors import ExportError
from helpers.publish import export
from helpers.publish.document import read_document
from helpers.publish.text import render_text
from helpers.publish.word import render_docx, write_docx
from helpers.publish.word_template import TEMPLATE, make_template


@pytest.fixture
def release(fixtures):
    return read_document(fixtures.press_release("id"))


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    section = document.sections[0]
    parts += [paragraph.text for paragraph in section.first_page_header.paragraphs]
    return "\n".join(parts)


def test_word_file_holds_the_release(release):
    text = words_of(render_docx(release))
    for expected in (
        "BNN Kabupaten Hulu Sungai Selatan",
        "BNNK Hulu Sungai Selatan serap 98,30 persen anggaran",
        "Kandangan, 29 Desember 2021 – Badan Narkotika Nasional",
        "25 dari 27",
        "Rencana 2022",
        "Subbagian Umum",
        "Data ilustrasi",
    ):
        assert expected in text
    assert "{{" not in text
    assert "{%" not in text


def test_word_file_has_title_language_and_fixed_dates(release):
    content = render_docx(release)
    properties = docx.Document(io.BytesIO(content)).core_properties
    assert properties.title == release.release.headline
    assert properties.language == "id-ID"
    assert properties.created.isoformat().startswith("2021-12-29T00:00:00")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_word_file_same_bytes(release):
    assert render_docx(release) == render_docx(release)


def test_markup_in_a_text_stays_text_in_word(fixtures):
    notebook = fixtures.press_release("id")
    data = notebook.cells[2].outputs[0]["data"]
    kind = "application/vnd.helpers.release+json"
    data[kind] = data[kind] | {"lead": "Uji </w:t> & {{ headline }} <b>tebal</b>"}
    assert "Uji </w:t> & {{ headline }} <b>tebal</b>" in words_of(render_docx(read_document(notebook)))


def test_bundled_template_is_what_its_script_makes():
    assert TEMPLATE.read_bytes() == make_template()


def test_office_template_is_used(release, tmp_path):
    own = docx.Document()
    own.add_paragraph("Kop kantor kami")
    own.add_paragraph("{{ headline }}")
    own.save(tmp_path / "kop.docx")
    written = write_docx(release, tmp_path / "siaran.docx", tmp_path / "kop.docx")
    assert words_of(written.read_bytes()).startswith(f"Kop kantor kami\n{release.release.headline}")


def test_template_with_an_unknown_field_is_refused(release, tmp_path):
    own = docx.Document()
    own.add_paragraph("{{ judul }}")
    own.save(tmp_path / "kop.docx")
    with pytest.raises(ExportError, match=r"kop\.docx tidak dapat diisi: .*judul"):
        write_docx(release, tmp_path / "siaran.docx", tmp_path / "kop.docx")
    assert not (tmp_path / "siaran.docx").exists()


def test_missing_template_is_refused(release, tmp_path):
    with pytest.raises(ExportError, match=r"kop\.docx tidak ada"):
        render_docx(release, tmp_path / "kop.docx")


def test_template_that_is_no_word_file_is_refused(release, tmp_path):
    (tmp_path / "kop.docx").write_text("bukan Word")
    with pytest.raises(ExportError, match="tidak dapat diisi"):
        render_docx(release, tmp_path / "kop.docx")


def test_text_for_chat_groups(release):
    text = render_text(release)
    lines = text.splitlines()
    assert lines[:2] == ["BADAN NARKOTIKA NASIONAL REPUBLIK INDONESIA", "BNN KABUPATEN HULU SUNGAI SELATAN"]
    assert lines[3] == "SIARAN PERS"
    assert "[DATA ILUSTRASI]" in text
    assert "• Penyerapan anggaran: 98,30%" in lines
    assert not set(text) & set("*_#<>`|")
    assert text.endswith("\n")
    assert "\n\n\n" not in text


def test_export_writes_every_format_under_the_document_name(fixtures, tmp_path):
    paths = export(fixtures.press_release("en"), ["html", "pdf", "docx", "txt"], tmp_path / "out")
    assert [path.name for path in paths] == [
        f"press-release.{ending}" for ending in ("html", "pdf", "docx", "txt")
    ]
    assert all(path.stat().st_size > 500 for path in paths)


def test_export_writes_nothing_if_one_format_fails(fixtures, tmp_path):
    with pytest.raises(ExportError, match='Format "docx" tidak dikenal'):
        export(fixtures.chapter("id"), ["html", "docx"], tmp_path / "out")
    assert not (tmp_path / "out").exists()
