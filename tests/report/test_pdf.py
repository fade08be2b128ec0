"""What a PDF holds, read from outside with pdfium."""

from __future__ import annotations

import ctypes
import re
from dataclasses import replace

import pypdfium2
import pytest
from pypdfium2 import raw

from helpers.blocks import Figure
from helpers.errors import ExportError
from helpers.publish.document import read_document
from helpers.publish.exporters import PdfExporter, TypstExporter
from helpers.publish.pdf import render_pdf


@pytest.fixture(scope="session")
def contents(fixtures) -> dict[str, bytes]:
    return {lang: render_pdf(read_document(fixtures.chapter(lang))) for lang in ("id", "en")}


def page_texts(content: bytes) -> list[str]:
    pdf = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in pdf]


def struct_text(element, getter) -> str:
    length = getter(element, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    getter(element, buffer, length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le")


def structure(content: bytes) -> list[tuple[str, str]]:
    """Return kind and alternative text of every element of the structure tree, in order."""
    pdf = pypdfium2.PdfDocument(content)
    found: list[tuple[str, str]] = []

    def visit(element) -> None:
        kind = struct_text(element, raw.FPDF_StructElement_GetType)
        found.append((kind, struct_text(element, raw.FPDF_StructElement_GetAltText)))
        for place in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, place)
            if child:
                visit(child)

    for page in pdf:
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        for place in range(raw.FPDF_StructTree_CountChildren(tree)):
            visit(raw.FPDF_StructTree_GetChildAtIndex(tree, place))
        raw.FPDF_StructTree_Close(tree)
    return found


@pytest.mark.parametrize("lang", ["id", "en"])
def test_alt_texts_reach_the_structure_tree(contents, fixtures, lang):
    alts = [alt for kind, alt in structure(contents[lang]) if kind == "Figure" and alt]
    assert list(dict.fromkeys(alts)) == list(fixtures.ALTS[lang])


def test_structure_has_headings_lists_and_header_cells(contents):
    kinds = {kind for kind, _ in structure(contents["id"])}
    assert {"H1", "H2", "H3", "L", "LI", "Table", "TH", "TD", "Caption", "Link"} <= kinds


def test_metadata_declares_both_standards_language_title_and_date(contents):
    content = contents["id"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in content
    assert re.search(rb"/Lang\s*\(id", content)
    metadata = pypdfium2.PdfDocument(content).get_metadata_dict()
    assert metadata["Title"] == "Seberapa banyak anggaran terserap?"
    assert metadata["Author"] == "BNN Kabupaten Hulu Sungai Selatan"
    assert metadata["CreationDate"].startswith("D:20211229")


def test_bookmarks_follow_the_headings(contents):
    pdf = pypdfium2.PdfDocument(contents["id"])
    titles = [bookmark.get_title() for bookmark in pdf.get_toc()]
    assert titles == [
        "Seberapa banyak anggaran terserap?",
        "Belanja naik setiap bulan",
        "Rincian menurut seksi",
        "Bagaimana angkanya dihitung",
        "Kegiatan di desa",
    ]


@pytest.mark.parametrize(
    ("lang", "foot", "mark"),
    [("id", "Halaman {} dari {}", "Data ilustrasi"), ("en", "Page {} of {}", "Illustrative data")],
)
def test_every_page_has_its_number_and_mark(contents, lang, foot, mark):
    texts = page_texts(contents[lang])
    for number, text in enumerate(texts, start=1):
        assert foot.format(number, len(texts)) in text
        assert mark in text


def test_long_table_repeats_its_header(contents):
    with_rows = [text for text in page_texts(contents["id"]) if re.search(r"Desa \d+ Kandangan", text)]
    assert len(with_rows) > 2
    assert all("Jumlah kegiatan" in text for text in with_rows)
    assert "Desa 150" in "".join(with_rows)


def test_numbers_and_figures_equal_those_of_the_page(contents, pages):
    text = " ".join(" ".join(page_texts(contents["id"])).split())
    for expected in (
        "Gambar 1. Belanja terserap 98,30 persen, di atas target 90 persen",
        "Gambar 3. Indeks 84,821",
        "Tabel 1. Penyerapan menurut seksi",
        "Tabel 2. Kegiatan menurut desa",
        "1.710.000.000 1.680.930.000 98,30%",
        "lihat Gambar 1.",
    ):
        assert expected in text
    assert "hn.show" not in text


def test_only_bundled_fonts_are_embedded(contents):
    fonts = set(re.findall(rb"/FontName\s*/[A-Z]{6}\+([A-Za-z-]+)", contents["id"]))
    assert fonts
    assert all(font.startswith((b"SourceSansPro", b"DejaVuSansMono")) for font in fonts)


def test_same_notebook_same_bytes(fixtures, contents):
    assert render_pdf(read_document(fixtures.chapter("id"))) == contents["id"]


def test_missing_alt_is_refused_by_the_pdf_itself(fixtures):
    document = read_document(fixtures.chapter("id"))
    blocks = tuple(
        replace(block, alt="") if isinstance(block, Figure) else block for block in document.blocks
    )
    with pytest.raises(ExportError, match="absorption-by-month"):
        render_pdf(replace(document, blocks=blocks))


TYPST = '#panic("x") *tebal* $x$ <label> @ref // komentar \\ "kutip" `kode` ---'


def test_typst_markup_in_texts_is_shown_not_run(fixtures):
    declaration = fixtures.document_bundle("id", "chapter", "x", TYPST, TYPST)
    cells = [
        fixtures.code("x", fixtures.bundle("document", declaration)),
        fixtures.code("x", fixtures.bundle("notice", {"kind": "info", "title": "Judul", "text": TYPST})),
    ]
    text = " ".join("".join(page_texts(render_pdf(read_document(fixtures.notebook(cells))))).split())
    assert text.count('#panic("x") *tebal* $x$ <label> @ref // komentar \\ "kutip" `kode` ---') >= 3


def test_release_takes_one_page_and_shows_its_letterhead(fixtures):
    texts = page_texts(render_pdf(read_document(fixtures.press_release("id"))))
    assert len(texts) == 1
    assert "BNN KABUPATEN HULU SUNGAI SELATAN" in texts[0]
    assert "SIARAN PERS" in texts[0]
    assert "Kandangan, 29 Desember 2021 – Badan Narkotika Nasional" in " ".join(texts[0].split())


def test_release_longer_than_two_pages_is_refused(fixtures):
    notebook = fixtures.press_release("id")
    release = notebook.cells[2].outputs[0]["data"]["application/vnd.helpers.release+json"]
    long = {"heading": "Panjang", "paragraphs": ["Kalimat yang sama diulang. " * 40] * 14}
    notebook.cells[2].outputs[0]["data"]["application/vnd.helpers.release+json"] = release | {
        "sections": [long]
    }
    with pytest.raises(ExportError, match="paling banyak 2"):
        render_pdf(read_document(notebook))


@pytest.mark.parametrize("name", ["helpers-html", "helpers-typst", "helpers-pdf"])
def test_exporters_are_registered_with_nbconvert(name):
    from nbconvert.exporters import get_exporter

    assert get_exporter(name).__module__.startswith("helpers.publish.")


def test_exporters_work_through_nbconvert(fixtures):
    content, resources = PdfExporter().from_notebook_node(fixtures.stock())
    assert content.startswith(b"%PDF-1.7")
    assert resources["output_extension"] == ".pdf"
    source, resources = TypstExporter().from_notebook_node(fixtures.chapter("en"))
    assert "#show: body => report(meta, body)" in source
    assert resources["output_extension"] == ".typ"
