from __future__ import annotations

import datetime as dt

import pytest

from helpers.blocks import FactLink, Figure, KeyFigure, KeyFigures, Link, Notice, Table, Text, plain_text
from helpers.errors import ExportError
from helpers.messages import catalogue
from helpers.publish.bundles import Cell, read_bundle
from helpers.publish.document import read_document
from helpers.publish.model import CodeCells, Paragraph, Preformatted
from helpers.publish.references import slug

PREFIX = "application/vnd.helpers."
HEAD = {
    "schema": 1, "name": "bab", "kind": "chapter", "title": "Bab", "subtitle": "", "lang": "id",
    "office": "BNNK HSS", "regency": "HSS", "year": 2021, "release_date": "2021-12-29",
    "illustrative": True, "illustrative_text": "Data contoh.", "letterhead": {"office": "BNNK HSS"},
}  # fmt: skip
FIGURE = {"name": "gambar-a", "title": "Naik", "alt": "Garis naik", "svg": "<svg/>", "illustrative": True}
TABLE = {"name": "tabel-a", "caption": "Isi", "columns": [{"key": "a", "label": "A"}], "rows": [["1"]]}


def md(source: str, *tags: str):
    return {"cell_type": "markdown", "source": source, "metadata": {"tags": list(tags)}}


def code(source: str, *tags: str, **blocks):
    outputs = [
        {"output_type": "display_data", "metadata": {}, "data": {f"{PREFIX}{kind}+json": content}}
        for kind, content in blocks.items()
    ]
    return {"cell_type": "code", "source": source, "metadata": {"tags": list(tags)}, "outputs": outputs}


def read(*cells, head=HEAD):
    first = [code("mulai", document=head)] if head else []
    return read_document({"cells": [*first, *cells]}, "catatan")


def test_declaration():
    document = read()
    assert (document.name, document.title, document.lang, document.kind) == ("bab", "Bab", "id", "chapter")
    assert document.release_date == dt.date(2021, 12, 29)
    assert document.letterhead.office == "BNNK HSS"


def test_without_declaration_first_heading_is_the_title():
    document = read(md("# Rapat *kerja*\n\nIsi."), head=None)
    assert (document.title, document.name, document.lang) == ("Rapat kerja", "catatan", "id")
    assert document.blocks == (Paragraph((Text("Isi."),)),)


def test_without_heading_the_file_name_is_the_title():
    assert read(md("Isi."), head=None).title == "catatan"


def test_only_cells_of_the_language_or_of_none_are_kept():
    document = read(md("satu", "id"), md("two", "en"), md("tiga"))
    assert [plain_text(block.children) for block in document.blocks] == ["satu", "tiga"]


def test_title_is_not_repeated_and_levels_skip_none():
    document = read(md("# Bab\n\n#### Dalam\n\n# Kedua\n\n## Tiga\n\n##### Empat"))
    headings = [(block.level, plain_text(block.children)) for block in document.blocks]
    assert headings == [(2, "Dalam"), (2, "Kedua"), (2, "Tiga"), (3, "Empat")]


def test_figures_and_tables_are_numbered_apart_in_order():
    document = read(
        code("a", figure=FIGURE), code("b", table=TABLE), code("c", figure=FIGURE), code("d", table=TABLE)
    )
    numbered = [
        (type(b).__name__, b.number, b.anchor) for b in document.blocks if isinstance(b, (Figure, Table))
    ]
    assert numbered == [
        ("Figure", 1, "gambar-a"),
        ("Table", 1, "tabel-a"),
        ("Figure", 2, "gambar-a-2"),
        ("Table", 2, "tabel-a-2"),
    ]


def test_links_to_outputs_get_their_label_and_dead_ones_become_text():
    document = read(
        md("Lihat [](#gambar-a) dan [itu](#tiada) serta **[](#tabel-a)**."),
        code("a", figure=FIGURE, table=TABLE),
    )
    assert isinstance(document.blocks[0], Paragraph)
    assert plain_text(document.blocks[0].children) == "Lihat Gambar 1 dan itu serta Tabel 1."
    links = [child for child in document.blocks[0].children if isinstance(child, Link)]
    assert [link.url for link in links] == ["#gambar-a"]


def test_the_word_that_a_notebook_reads_becomes_the_number():
    document = read(md("Lihat [bagan](#gambar-a) dan [bagan lain](#gambar-a)."), code("a", figure=FIGURE))
    assert plain_text(document.blocks[0].children) == "Lihat Gambar 1 dan bagan lain."


@pytest.mark.parametrize("lang", ["id", "en"])
def test_no_text_leaves_a_notebook_with_an_empty_reference(lang):
    assert not [key for key, text in catalogue(lang).items() if "[](#" in text]


def test_what_is_for_the_notebook_alone_is_left_out():
    document = read(md("Isi."), md("**Masukan:** berkas.", "id", "notebook-only"))
    assert [plain_text(block.children) for block in document.blocks] == ["Isi."]


def test_figures_of_headline_dateline_and_headings_lead_to_their_facts():
    release = {
        "headline": "Terserap [98,30 persen](fact:budget.rate)", "dateline": "Kandangan, [2021](fact:year)",
        "lead": "Isi.", "sections": [{"heading": "Rencana [2022](fact:plan)", "paragraphs": []}],
    }  # fmt: skip
    block = read_bundle({"application/vnd.helpers.release+json": release}, Cell(1, "id"))
    assert (plain_text(block.headline), plain_text(block.dateline)) == (
        "Terserap 98,30 persen",
        "Kandangan, 2021",
    )
    parts = (*block.headline, *block.dateline, *block.sections[0].heading)
    assert [part.key for part in parts if isinstance(part, FactLink)] == ["budget.rate", "year", "plan"]


def test_code_follows_the_output_it_led_to_and_parameters_do_not():
    document = read(
        code("raw = '/tmp/x'", "parameters"),
        code("raw = '/tmp/y'", "injected-parameters"),
        code("lines = read()"),
        code("show(lines)", figure=FIGURE),
    )
    assert document.blocks[1] == CodeCells(("mulai", "lines = read()", "show(lines)"))


def test_illustrative_notice_is_left_to_the_banner():
    notice = {"kind": "illustrative", "title": "", "text": "Data contoh."}
    assert read(code("x", notice=notice)).blocks == ()
    official = HEAD | {"illustrative": False}
    assert read(code("x", notice=notice), head=official).blocks == (
        Notice("illustrative", (Text("Data contoh."),)),
    )


def test_streams_are_for_the_author_in_a_document_and_kept_in_a_stock_notebook():
    cell = code("print(1)")
    cell["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": ["satu\n", "dua\n"]},
        {"output_type": "stream", "name": "stderr", "text": "/home/x: peringatan"},
    ]
    assert read(cell).blocks == ()
    assert read(cell, head=None).blocks == (Preformatted("satu\ndua"),)


def test_data_frame_of_a_stock_notebook_is_a_table():
    cell = code("frame")
    html = "<table><tr><th>seksi</th><th>rp</th></tr><tr><td>P2M</td><td>1.000</td></tr></table>"
    cell["outputs"] = [{"output_type": "execute_result", "metadata": {}, "data": {"text/html": html}}]
    (table,) = [block for block in read(cell, head=None).blocks if isinstance(block, Table)]
    assert [(column.label, column.align) for column in table.columns] == [("seksi", "left"), ("rp", "right")]
    assert table.rows == (("P2M", "1.000"),)
    assert table.number == 0


def test_other_html_is_published_as_its_plain_text():
    cell = code("x")
    data = {"text/html": "<b onclick='x()'>tebal</b>", "text/plain": "tebal"}
    cell["outputs"] = [{"output_type": "execute_result", "metadata": {}, "data": data}]
    assert Preformatted("tebal") in read(cell, head=None).blocks


def test_label_of_a_key_figure_stands_alone():
    items = [{"key": "k", "label": "penyerapan anggaran", "value": "98,30%"}]
    assert read(code("x", keyfigures={"items": items})).blocks == (
        KeyFigures((KeyFigure("Penyerapan anggaran", "98,30%"),)),
    )


@pytest.mark.parametrize(
    ("values", "columns"),
    [
        (["1", "2", "3", "4"], 4),
        (["1", "2", "3"], 3),
        (["1", "2", "3", "4", "5"], 3),
        (["Rp1.712.480.000"] * 4, 2),
        (["Rp1.712.480.000"] * 3, 3),
        (["sebuah nilai yang panjang sekali"] * 3, 1),
        (["1"], 1),
    ],
)
def test_tiles_in_a_row(values, columns):
    assert KeyFigures(tuple(KeyFigure("x", value) for value in values)).columns == columns


@pytest.mark.parametrize(
    ("kind", "content", "message"),
    [
        ("figure", FIGURE | {"alt": ""}, 'Sel 2: gambar "gambar-a" tidak mempunyai teks alternatif'),
        ("figure", {"alt": "x", "svg": "<svg/>"}, 'Sel 2: keluaran "figure" tidak mempunyai "name"'),
        ("figure", {"name": "x", "alt": "x"}, 'tidak mempunyai "svg"'),
        ("figure", {"name": "x", "alt": "x", "png_base64": "!!"}, "bukan SVG, PNG, atau JPEG"),
        ("table", TABLE | {"rows": [["1", "2"]]}, 'baris tabel "tabel-a" yang tidak berisi 1 kolom'),
        ("table", TABLE | {"caption": ""}, 'tidak mempunyai "caption"'),
        (
            "notice",
            {"kind": "gawat", "text": "x"},
            '"kind" pada keluaran "notice" bernilai "gawat" yang tidak dikenal',
        ),
        ("release", {"headline": "x"}, 'keluaran "release" tidak mempunyai "dateline"'),
        ("keyfigures", ["x"], 'keluaran "keyfigures" bukan objek JSON'),
    ],
)
def test_incomplete_block_is_refused_with_its_cell(kind, content, message):
    with pytest.raises(ExportError, match=message):
        read(code("x", **{kind: content}))


def test_refusals_speak_the_language_of_the_document():
    with pytest.raises(ExportError, match='Cell 2: image "gambar-a" has no alternative text'):
        read(code("x", figure=FIGURE | {"alt": ""}), head=HEAD | {"lang": "en"})


def test_unknown_language_and_missing_release_are_refused():
    with pytest.raises(ExportError, match='"lang" pada keluaran "document" bernilai "jv" yang tidak dikenal'):
        read(head=HEAD | {"lang": "jv"})
    with pytest.raises(ExportError, match="tidak berisi siaran"):
        read(head=HEAD | {"kind": "press-release"})


def test_slug():
    assert slug("Élan & Tibung Raya!") == "elan-tibung-raya"
    assert slug("—") == "bagian"
