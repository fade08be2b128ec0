"""Files: what is read from each kind, and that no file is passed over in silence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from helpers.check.language import detect_language
from helpers.check.readers import read_document
from helpers.errors import DataError, ParameterError

#: A PDF whose standard security handler no empty password opens.
ENCRYPTED_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<3031323334353637383930313233343536373839303132333435363738393031>/U<3031323334353637383930313233343536373839303132333435363738393031>>>endobj
trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>
%%EOF"""  # noqa: E501


def texts(path: Path) -> list[str]:
    return [block.text for block in read_document(path).blocks]


def code_of(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        read_document(path)
    (finding,) = caught.value.findings
    assert finding.text("id") != finding.text("en")
    return finding.code


@pytest.fixture
def word(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_heading("Rilis", 1)
    paragraph = document.add_paragraph("Terserap 98,")
    paragraph.add_run("30").bold = True
    paragraph.add_run("\u00a0persen.")
    table = document.add_table(2, 2)
    for row, cells in enumerate((("Uraian", "Nilai"), ("OPD aktif", "25"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.sections[0].header.paragraphs[0].text = "Kop 2021"
    document.sections[0].footer.paragraphs[0].text = "Kaki surat"
    tracked = document.add_paragraph("Ada ")
    tracked._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>24</w:delText></w:r></w:del>"))
    tracked._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>25 OPD</w:t></w:r></w:ins>"))
    box = document.add_paragraph("Sebelum kotak")
    box._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>Isi kotak teks</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"  # noqa: E501
        )
    )
    path = tmp_path / "rilis.docx"
    document.save(path)
    return path


def test_word_body_tables_boxes_header_footer_and_tracked_changes(word: Path):
    assert texts(word) == [
        "Rilis",
        "Terserap 98,30 persen.",
        "Uraian",
        "Nilai",
        "OPD aktif",
        "25",
        "Ada 25 OPD",
        "Sebelum kotak",
        "Isi kotak teks",
        "Kaki surat",
        "Kop 2021",
    ]
    blocks = {block.text: block for block in read_document(word).blocks}
    assert blocks["Rilis"].kind == "heading"
    assert blocks["25"].labels == ("OPD aktif", "Nilai")


def test_word_footnotes(word: Path, tmp_path: Path):
    note = '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote><w:p><w:r><w:t>Catatan kaki 27 OPD</w:t></w:r></w:p></w:footnote></w:footnotes>'  # noqa: E501
    path = tmp_path / "kaki.docx"
    path.write_bytes(word.read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/footnotes.xml", note)
    assert "Catatan kaki 27 OPD" in texts(path)


def test_html_without_what_no_reader_sees(tmp_path: Path):
    path = tmp_path / "berita.html"
    path.write_text(
        """<html><head><title>Judul 9</title><style>p{margin:1px}</style></head><body><nav>Menu 8</nav>
        <script>var x = 7;</script><p hidden>Sembunyi 6</p><h1>Rilis <em>akhir</em></h1>
        <p>Terserap <b>98,30</b> persen.<br>Baris dua</p><img src="a.png" alt="Grafik: 25 OPD">
        <table><tr><th>Uraian</th><th>Nilai</th></tr><tr><th>Pagu</th><td>Rp5</td></tr></table>
        <dl><dt>OPD aktif</dt><dd>25</dd></dl></body></html>""",
        encoding="utf-8",
    )
    blocks = read_document(path).blocks
    assert [block.text for block in blocks] == [
        "Rilis akhir",
        "Terserap 98,30 persen.\nBaris dua",
        "Grafik: 25 OPD",
        "Uraian",
        "Nilai",
        "Pagu",
        "Rp5",
        "OPD aktif",
        "25",
    ]
    by_text = {block.text: block for block in blocks}
    assert by_text["Rp5"].labels == ("Pagu", "Nilai")
    assert by_text["25"].labels == ("OPD aktif",)
    assert by_text["Rilis akhir"].line == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_in_any_encoding(tmp_path: Path, encoding: str):
    path = tmp_path / "naskah.txt"
    path.write_bytes("Kandangan – terserap 98,30\u00a0persen".encode(encoding))
    assert texts(path) == ["Kandangan – terserap 98,30 persen"]


def test_markdown_marks_and_tables(tmp_path: Path):
    path = tmp_path / "naskah.md"
    path.write_text(
        "# Judul\n\n**98,30** [persen](x)\n\n| Uraian | Nilai |\n|---|--:|\n| Pagu | *Rp5* |\n",
        encoding="utf-8",
    )
    blocks = read_document(path).blocks
    assert [(block.text, block.line) for block in blocks] == [
        ("Judul", 1),
        ("98,30 persen", 3),
        ("Pagu", 7),
        ("Rp5", 7),
    ]
    assert blocks[-1].labels == ("Pagu", "Nilai")


def test_pdf_lines_become_paragraphs(tmp_path: Path):
    path = tmp_path / "rilis.pdf"
    body = (
        "Penyerapan anggaran kantor tahun ini mencapai angka yang tinggi sekali yaitu 98,30 persen dari pagu kantor. "  # noqa: E501
        * 2
    )
    path.write_bytes(typst.compile(f"#set page(width: 9cm)\n{body}".encode()))
    text = " ".join(texts(path))
    assert "mencapai angka yang tinggi sekali yaitu 98,30 persen dari pagu kantor." in text


def test_a_scanned_pdf_is_a_finding(tmp_path: Path):
    path = tmp_path / "pindaian.pdf"
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200).close()
    document.save(path)
    document.close()
    assert code_of(path) == "scanned"


def test_a_page_without_text_among_others_is_a_warning(tmp_path: Path):
    path = tmp_path / "campur.pdf"
    path.write_bytes(typst.compile(b"Terserap 98,30 persen.\n#pagebreak()\n#rect()"))
    (finding,) = read_document(path).findings
    assert (finding.code, finding.severity, finding.values["pages"]) == ("page_without_text", "warning", "2")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("kunci.pdf", ENCRYPTED_PDF, "encrypted"),
        ("kunci.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("lama.docx", b"\xd0\xcf\x11\xe0 WordDocument", "old_word"),
        ("rusak.docx", b"PK\x03\x04 bukan zip", "unreadable"),
        ("rusak.pdf", b"%PDF-1.4 rusak", "unreadable"),
        ("biner.txt", b"\x00\x01\x02", "unreadable"),
        ("kosong.txt", b"", "no_text"),
        ("angka.html", b"<p>123</p>", "no_text"),
    ],
)
def test_files_that_cannot_be_checked_are_findings(tmp_path: Path, name: str, content: bytes, code: str):
    path = tmp_path / name
    path.write_bytes(content)
    assert code_of(path) == code


def test_a_zip_that_is_no_word_file(tmp_path: Path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("lain.txt", "x")
    path = tmp_path / "lain.docx"
    path.write_bytes(buffer.getvalue())
    assert code_of(path) == "unreadable"


@pytest.mark.parametrize(
    ("name", "words"), [("tidak-ada.txt", "tidak ditemukan"), ("naskah.odt", "tidak dikenal")]
)
def test_a_missing_file_and_an_unknown_kind_are_wrong_use(tmp_path: Path, name: str, words: str):
    with pytest.raises(ParameterError, match=words):
        read_document(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (
            "Penyerapan anggaran kantor tahun ini mencapai 98,30 persen dan itu kabar yang baik untuk kami semua di sini.",  # noqa: E501
            "id",
        ),
        (
            "The office spent nearly all of its budget this year and that is good news for the families in the villages.",  # noqa: E501
            "en",
        ),
        ("25 OPD", "id"),
        (
            "Het bureau heeft dit jaar bijna alle middelen besteed en dat is goed nieuws voor de gezinnen in de dorpen rond de stad, zei men gisteren tegen ons.",  # noqa: E501
            None,
        ),
        (
            "Le bureau a dépensé presque tout son budget cette année et ce sont de bonnes nouvelles pour les familles des villages autour de la ville, selon eux.",  # noqa: E501
            None,
        ),
    ],
)
def test_language(text: str, lang: str | None):
    assert detect_language(text) == lang


def test_panels_that_explain_a_figure_are_not_read_as_statements(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        '<html lang="id"><body><p>Terserap 98,30 persen.</p>'
        '<div data-claims="skip"><p>Rumus: 100 x jumlah skor</p></div></body></html>',
        encoding="utf-8",
    )
    text = read_document(page, "id").text
    assert "98,30 persen" in text
    assert "Rumus" not in text


def test_labels_of_a_chart_are_not_read_as_statements(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        "<html lang='id'><body><figure><svg><text>sangat tinggi</text></svg>"
        "<figcaption>Indeks 84,821</figcaption></figure></body></html>",
        encoding="utf-8",
    )
    text = read_document(page, "id").text
    assert "84,821" in text
    assert "sangat tinggi" not in text


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def codes(path: Path) -> list[str]:
    return [finding.code for finding in read_document(path).findings]


def test_word_pictures_changes_and_comments_are_told(word: Path, tmp_path: Path):
    assert codes(word) == ["tracked_changes"]
    document = docx.Document(str(word))
    document.add_picture(io.BytesIO(PIXEL))
    document.inline_shapes[0]._inline.docPr.set("descr", "Grafik: terserap 98,30 persen")
    document.add_comment(document.paragraphs[1].runs, text="cek 97,00?", author="A", initials="A")
    path = tmp_path / "lengkap.docx"
    document.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/charts/chart1.xml", "<c:chart xmlns:c='c'/>")
    read = read_document(path)
    assert [finding.code for finding in read.findings] == [
        "pictures_not_read", "tracked_changes", "comments_not_read",
    ]  # fmt: skip
    assert [dict(finding.values) for finding in read.findings] == [
        {"count": 2}, {"added": 1, "removed": 1}, {"count": 1},
    ]  # fmt: skip
    assert all(finding.severity == "warning" for finding in read.findings)
    assert [block.text for block in read.blocks if block.kind == "alt"] == ["Grafik: terserap 98,30 persen"]
    assert not any("97,00" in block.text for block in read.blocks)


def test_a_clean_word_file_has_no_finding(tmp_path: Path):
    document = docx.Document()
    document.add_paragraph("Terserap 98,30 persen.")
    document.save(tmp_path / "bersih.docx")
    assert codes(tmp_path / "bersih.docx") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<img src='a.png'>", ["pictures_not_read"]),
        ("<canvas></canvas>", ["pictures_not_read"]),
        ("<img src='a.png' alt=''>", []),
        ("<img src='a.png' alt='Terserap 98,30 persen'>", []),
        ("<svg role='img' aria-label='Terserap'></svg>", []),
        ("<svg aria-hidden='true'></svg>", []),
    ],
)
def test_pictures_of_a_page_that_say_nothing_are_told(tmp_path: Path, body: str, expected: list[str]):
    path = tmp_path / "berita.html"
    path.write_text(
        f"<html lang='id'><body><p>Terserap 98,30 persen.</p>{body}</body></html>", encoding="utf-8"
    )
    assert codes(path) == expected


@pytest.mark.parametrize(("width", "expected"), [("16cm", ["pictures_not_read"]), ("1cm", [])])
def test_a_large_picture_in_a_pdf_is_told_a_logo_is_not(tmp_path: Path, width: str, expected: list[str]):
    (tmp_path / "p.png").write_bytes(PIXEL)
    (tmp_path / "a.typ").write_text(
        f'Terserap 98,30 persen.\n#image("p.png", width: {width})', encoding="utf-8"
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(typst.compile(str(tmp_path / "a.typ")))
    assert codes(path) == expected


def test_bare_figures_formulas_and_leaders_of_a_pdf_are_rows(tmp_path: Path):
    source = tmp_path / "a.typ"
    source.write_text(
        "99,58%\n\nbelanja ÷ pagu 97,85 persen\n\nTabel 10 . . . . . . . . . . 14\n\n"
        "Penyerapan 98,30 persen.",
        encoding="utf-8",
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(typst.compile(str(source)))
    assert [block.columns > 3 for block in read_document(path).blocks] == [True, True, True, False]
