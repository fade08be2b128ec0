"""The press release as Word and plain text, and all files of a document at once."""

from __future__ import annotations

import base64
import io
import zipfile
from dataclasses import replace

import docx
import nbformat
import pytest
from docx.oxml.ns import qn

from helpers.blocks import plain_text
from helpers.errors import ExportError
from helpers.publish import export
from helpers.publish.document import read_document
from helpers.publish.export import render_text
from helpers.publish.word import TEMPLATE, render_docx
from word_template import make_template

#: One white point.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEANl9ngAAAAABJRU5ErkJggg=="
)


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
    assert properties.title == plain_text(release.release.headline)
    assert properties.language == "id-ID"
    assert properties.created.isoformat().startswith("2021-12-29T00:00:00")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_word_file_same_bytes(release):
    assert render_docx(release) == render_docx(release)


def body_of(content: bytes) -> list[tuple[str, str]]:
    """Return style and text of every paragraph of the body, tables apart."""
    return [(item.style.name, item.text) for item in docx.Document(io.BytesIO(content)).paragraphs]


@pytest.mark.parametrize(
    ("fixture", "language", "heading"),
    [
        ("report_2021", "id-ID", "Anggaran dan dukungan umum"),
        ("report_2021_en", "en-GB", "Budget and general support"),
    ],
)
def test_built_word_file_has_structure(fixture, language, heading, request):
    content = (request.getfixturevalue(fixture) / "press-release.docx").read_bytes()
    document = docx.Document(io.BytesIO(content))
    body = body_of(content)
    assert [style for style, _ in body].count("Title") == 1
    assert ("Heading 1", heading) in body
    assert not [style for style, text in body if not text.strip()]
    # No key figures are given, so no empty box stands for them.
    assert document.tables == []
    assert len(document.inline_shapes) == 0
    assert document.core_properties.language == language
    languages = {tag.get(qn("w:val")) for tag in document.styles.element.iter(qn("w:lang"))}
    assert languages == {language}


def test_word_file_has_letterhead_page_numbers_and_repeated_header_rows(release):
    document = docx.Document(io.BytesIO(render_docx(release)))
    (section,) = document.sections
    head = [paragraph.text for paragraph in section.first_page_header.paragraphs]
    assert head[:2] == ["Badan Narkotika Nasional Republik Indonesia", "BNN Kabupaten Hulu Sungai Selatan"]
    assert section.different_first_page_header_footer
    for foot in (section.first_page_footer, section.footer):
        fields = [tag.text.strip() for tag in foot._element.iter(qn("w:instrText"))]
        assert fields == ["PAGE", "NUMPAGES"]
    (table,) = document.tables
    repeats = [row._tr.find(".//" + qn("w:tblHeader")) is not None for row in table.rows]
    assert repeats == [True] + [False] * (len(table.rows) - 1)


def test_a_declared_logo_stands_in_the_letterhead_with_the_name_of_the_office(release):
    logo = "data:image/png;base64," + base64.b64encode(PNG).decode()
    with_logo = replace(release, letterhead=replace(release.letterhead, logo=logo))
    content = render_docx(with_logo)
    assert content == render_docx(with_logo)
    head = docx.Document(io.BytesIO(content)).sections[0].first_page_header
    alts = [tag.get("descr") for tag in head._element.iter(qn("wp:docPr"))]
    assert alts == ["BNN Kabupaten Hulu Sungai Selatan"]
    none = docx.Document(io.BytesIO(render_docx(release))).sections[0].first_page_header
    assert list(none._element.iter(qn("wp:docPr"))) == []
    drawn = replace(release.letterhead, logo="<svg/>")
    assert "{{" not in words_of(render_docx(replace(release, letterhead=drawn)))


def test_an_office_that_changes_the_bundled_template_keeps_the_fields(release, tmp_path):
    own = docx.Document(str(TEMPLATE))
    head = own.sections[0].first_page_header
    head.paragraphs[3].text = "Kop kantor kami"
    (tmp_path / "logo.png").write_bytes(PNG)
    picture = head.paragraphs[4].add_run().add_picture(str(tmp_path / "logo.png"))
    picture._inline.docPr.set("descr", "Lambang kantor")
    own.styles["Title"].font.name = "Georgia"
    own.save(tmp_path / "kop.docx")
    content = render_docx(release, tmp_path / "kop.docx")
    written = docx.Document(io.BytesIO(content))
    assert body_of(content) == body_of(render_docx(release))
    assert written.styles["Title"].font.name == "Georgia"
    kept = written.sections[0].first_page_header
    assert kept.paragraphs[0].text == "Kop kantor kami"
    alts = [tag.get("descr") for tag in kept._element.iter(qn("wp:docPr"))]
    assert alts == ["Lambang kantor"]


def test_the_office_template_in_templates_is_taken_by_a_build(fixtures, tmp_path, monkeypatch):
    from types import SimpleNamespace

    from helpers.run import documents
    from helpers.run.plan import Step

    own = docx.Document()
    own.add_paragraph("Kop kantor kami: {{ headline }}")
    (tmp_path / "templates").mkdir()
    own.save(tmp_path / "templates" / "press-release.docx")
    monkeypatch.setattr(documents, "project_root", lambda: tmp_path)
    (tmp_path / "out" / "notebooks").mkdir(parents=True)
    nbformat.write(fixtures.press_release("id"), tmp_path / "out" / "notebooks" / "siaran.ipynb")
    built = SimpleNamespace(paths=SimpleNamespace(out=tmp_path / "out"))
    documents.publish_notebook(built, Step("siaran", "press-release", extras=("docx", "txt")))
    written = (tmp_path / "out" / "press-release.docx").read_bytes()
    assert words_of(written).startswith("Kop kantor kami: BNNK Hulu Sungai Selatan serap 98,30 persen")


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
    headline = plain_text(release.release.headline)
    assert words_of(render_docx(release, tmp_path / "kop.docx")).startswith(f"Kop kantor kami\n{headline}")


def test_template_with_an_unknown_field_is_refused(release, tmp_path):
    own = docx.Document()
    own.add_paragraph("{{ judul }}")
    own.save(tmp_path / "kop.docx")
    with pytest.raises(ExportError, match=r"kop\.docx tidak dapat diisi: .*judul"):
        render_docx(release, tmp_path / "kop.docx")


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
