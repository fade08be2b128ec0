from __future__ import annotations

import pytest

from helpers.blocks import Code, Column, Emphasis, LineBreak, Link, Strong, Table, Text
from helpers.publish.markdown import parse_markdown
from helpers.publish.model import Definitions, Heading, ListBlock, Paragraph, Preformatted, Quote, Rule


def parse(source: str):
    return parse_markdown(source, lambda url, alt, title: Preformatted(f"{url}|{alt}|{title}"))


def test_prose_with_marks():
    assert parse("Naik **tajam** dan *pasti* ke `98`.") == (
        Paragraph(
            (Text("Naik "), Strong((Text("tajam"),)), Text(" dan "), Emphasis((Text("pasti"),)), Text(" ke "),
             Code("98"), Text("."))
        ),
    )  # fmt: skip


def test_headings_rules_code_and_quotes():
    assert parse("## Judul\n\n---\n\n```py\nx = 1\n```\n\n> kata\n") == (
        Heading(2, (Text("Judul"),)),
        Rule(),
        Preformatted("x = 1"),
        Quote((Paragraph((Text("kata"),)),)),
    )


def test_nested_list_keeps_its_order_and_start():
    (block,) = parse("3. tiga\n   - anak\n4. empat\n")
    assert isinstance(block, ListBlock)
    assert (block.ordered, block.start, len(block.items)) == (True, 3, 2)
    assert block.items[0][1] == ListBlock(((Paragraph((Text("anak"),)),),))


def test_table_with_alignment():
    assert parse("| Seksi | Rp |\n|---|--:|\n| P2M | 1.000 |\n") == (
        Table("", "", (Column("Seksi"), Column("Rp", "right")), (("P2M", "1.000"),)),
    )


def test_glossary():
    assert parse("OPD\n: Organisasi perangkat daerah\n") == (
        Definitions((((Text("OPD"),), (Text("Organisasi perangkat daerah"),)),)),
    )


def test_image_in_a_sentence_becomes_a_block_of_its_own():
    assert parse('Lihat ![Peta desa](attachment:peta.png "Peta") ini.') == (
        Paragraph((Text("Lihat "),)),
        Preformatted("attachment:peta.png|Peta desa|Peta"),
        Paragraph((Text(" ini."),)),
    )


def test_hard_and_soft_line_breaks():
    assert parse("satu  \ndua\ntiga") == (
        Paragraph((Text("satu"), LineBreak(), Text("dua"), Text(" "), Text("tiga"))),
    )


def test_raw_html_stays_characters_and_comments_vanish():
    assert parse("<script>x</script>\n") == (Paragraph((Text("<script>x</script>"),)),)
    assert parse("a <b>c</b> <!-- rahasia -->") == (
        Paragraph((Text("a "), Text("<b>"), Text("c"), Text("</b>"))),
    )


def test_entities_are_read_as_characters():
    assert parse("P2M &amp; lain &lt; 5") == (Paragraph((Text("P2M & lain < 5"),)),)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "VBScript:x"]
)
def test_unsafe_address_leaves_only_its_text(url):
    assert parse(f"[klik]({url})") == (Paragraph((Text("klik"),)),)


@pytest.mark.parametrize("url", ["https://bnn.go.id/a?b=1&c=2", "mailto:a@b.id", "#tabel-1"])
def test_safe_address_is_a_link(url):
    assert parse(f"[klik]({url})") == (Paragraph((Link(url, (Text("klik"),)),)),)
