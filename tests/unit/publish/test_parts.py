"""SVG, CSV, Typst and code parts, the catalogue and the colours."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from helpers.blocks import Column, Data, Link, Picture, Strong, Text
from helpers.facts import Fact, FactSource
from helpers.publish.design import colours, page_css
from helpers.publish.filters import csv_text, highlight
from helpers.publish.origins import describe_origin
from helpers.publish.svg import UnsafeSvgError, inline_svg, picture_size
from helpers.publish.typst_text import array, column_widths, inline_source, string
from helpers.read.xlsx_bytes import pack_parts, read_parts
from helpers.theme.palette import contrast_ratio

SVG = (
    b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">'
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    b'width="360pt" height="180pt" viewBox="0 0 360 180" onload="x()">'
    b"<title>judul</title><metadata>m</metadata><style>* { fill: red }</style><script>x()</script>"
    b'<defs><clipPath id="a"><rect width="1" height="1"/></clipPath></defs>'
    b'<g clip-path="url(#a)" style="fill: url(http://x.id/y)" onclick="x()">'
    b'<use xlink:href="#a"/><image href="http://x.id/z.png"/></g>'
    b"<foreignObject><b>x</b></foreignObject></svg>"
)


def test_inline_svg_keeps_what_draws_and_prefixes_ids():
    text = inline_svg(SVG, "grafik", 'Naik "tajam" & pasti')
    assert 'aria-label="Naik &quot;tajam&quot; &amp; pasti"' in text
    assert 'role="img"' in text
    assert 'viewBox="0 0 360 180"' in text
    assert 'id="grafik-a"' in text
    assert 'clip-path="url(#grafik-a)"' in text
    assert 'href="#grafik-a"' in text
    for gone in (
        "script",
        "style>",
        "foreignObject",
        "metadata",
        "title",
        "onload",
        "onclick",
        "x.id",
        "DOCTYPE",
    ):
        assert gone not in text


@pytest.mark.parametrize(
    "source",
    [
        b"<svg><g></svg>",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>',
    ],
)
def test_broken_or_dangerous_svg_is_refused(source):
    with pytest.raises(UnsafeSvgError):
        inline_svg(source, "x", "x")


def test_picture_size():
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x80\x00\x00\x01\xe0"
    jpeg = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x0b\x08\x00\x64\x00\xc8\x03" + b"\x00" * 9
    assert picture_size(Picture("image/png", png)) == (640.0, 480.0)
    assert picture_size(Picture("image/jpeg", jpeg)) == (200.0, 100.0)
    assert picture_size(Picture("image/svg+xml", SVG)) == (360.0, 180.0)


def test_csv_escapes_formulas_and_keeps_numbers():
    data = Data(
        ("a", "+b"), (("=1+1", -5), ("-", 0.983), ('kutip "x", y', None), ("@x", float("nan")), ("y", True))
    )
    assert csv_text(data) == 'a,\'+b\n\'=1+1,-5\n\'-,0.983\n"kutip ""x"", y",\n\'@x,\ny,true\n'


def test_typst_strings_and_arrays():
    assert string('a "b" \\ c') == '"a \\"b\\" \\\\ c"'
    assert array(["1"]) == "(1,)"
    assert array([]) == "()"


def test_typst_prose_is_made_of_strings_and_links_only_to_what_exists():
    prose = (Text("#x "), Strong((Text("*"),)), Link("#ada", (Text("a"),)), Link("#tiada", (Text("b"),)))
    assert inline_source(prose, frozenset({"ada"})) == '#"#x "#strong[#"*"]#link(<ada>)[#"a"]#"b"'


def test_columns_share_the_page_where_everything_fits():
    columns = (Column("Seksi"), Column("Pagu", "right"))
    assert column_widths(columns, [("Umum", "1.000.000")]) == (["8fr", "12fr"], "9.0pt")


def test_numbers_keep_their_room_where_text_must_wrap():
    columns = (Column("Uraian"), Column("Pagu revisi", "right"))
    widths, size = column_widths(columns, [("kata " * 40, "Rp1.712.480.000")])
    # 15 letters of 9 points at 0.53 of their size, and 10 points of inset.
    assert widths[1] == "81.5pt"
    # The text gets the rest of 470 points.
    assert widths[0] == "388.4pt"
    assert size == "9.0pt"


def test_a_text_column_keeps_the_room_of_its_longest_word():
    columns = (Column("Tempat"), Column("Semula"), Column("Menjadi"), Column("Alasan"))
    row = (
        "survei-ketahanan-keluarga-2021.xlsx, Jawaban, E17",
        "63.06.05.2071",
        "63.06.05.2017",
        "kata " * 30,
    )
    widths, size = column_widths(columns, [row])
    # A code of 13 letters does not break, hyphens do: 13 x 9 x 0.53 and 10 points of inset.
    assert size == "9.0pt"
    assert [float(width.removesuffix("pt")) >= 72.0 for width in widths] == [True] * 4
    assert sum(float(width.removesuffix("pt")) for width in widths) <= 470.2


def test_letters_shrink_before_numbers_break():
    columns = (Column("Uraian"), *(Column("Jumlah", "right") for _ in range(5)))
    _, size = column_widths(columns, [("uraian panjang sekali ini", *["Rp1.712.480.000"] * 5)])
    assert size == "7.6pt"


def test_code_that_is_no_python_stays_text():
    assert highlight("!ls <x>\n'") == "!ls &lt;x&gt;\n&#39;"
    assert highlight('x = "<b>"  # ya') == (
        'x = <span class="hl-s">&#34;&lt;b&gt;&#34;</span>  <span class="hl-c"># ya</span>'
    )


def test_what_stands_in_braces_of_a_text_is_code_on_every_python():
    assert highlight('f"a{1:>3}" or None\n') == (
        '<span class="hl-s">f&#34;a{</span><span class="hl-m">1</span><span class="hl-s">:&gt;3}&#34;</span>'
        ' <span class="hl-k">or</span> <span class="hl-k">None</span>\n'
    )


def test_archive_does_not_depend_on_the_clock():
    import io
    import zipfile

    def made(moment):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(zipfile.ZipInfo("b.xml", moment), "b")
            archive.writestr(zipfile.ZipInfo("[Content_Types].xml", moment), "a")
        return pack_parts(read_parts(stream.getvalue()), compress=True)

    assert made((2020, 1, 1, 0, 0, 0)) == made((2026, 5, 5, 5, 5, 4))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"), ("muted", "paper"), ("accent", "paper"), ("accent2", "paper"), ("muted", "surface"),
        ("ink", "accent2_soft"), ("ink", "warn_soft"), ("ink", "accent_soft"), ("band-ink", "band"),
        ("desk-ink", "desk"), ("accent", "surface"), ("good", "surface"), ("accent2", "surface"),
    ],
)  # fmt: skip
def test_text_is_readable_on_its_ground(scheme, text, ground):
    parts = colours(scheme)
    assert contrast_ratio(parts[text], parts[ground]) >= 4.5


def test_every_colour_variable_of_the_style_is_defined():
    css = page_css()
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", css)) - {
        "--notice",
        "--notice-soft",
        "--native",
        "--columns",
    }
    for scheme in ("light", "dark"):
        assert used <= {f"--{name.replace('_', '-')}" for name in colours(scheme)}


def test_both_languages_have_the_same_texts_and_placeholders():
    def texts(locale):
        content = tomllib.loads((files("helpers") / "locales" / locale / "publish.toml").read_text("utf-8"))
        return {
            f"{part}.{key}": sorted(re.findall(r"\{(\w+)[:}]", text))
            for part, entries in content.items()
            for key, text in entries.items()
        }

    assert texts("id") == texts("en")


def test_every_text_of_the_catalogue_is_used():
    content = tomllib.loads((files("helpers") / "locales" / "id" / "publish.toml").read_text("utf-8"))
    folder = files("helpers") / "publish"
    run = files("helpers") / "run"
    sources = "".join(
        entry.read_text("utf-8")
        for place in (folder, folder / "templates" / "html", run)
        for entry in place.iterdir()
        if entry.name.endswith((".py", ".j2"))
    )
    composed = {"label.figure", "label.table", "label.notice_warning", "label.notice_info"}
    composed |= {f"origin.{key}" for key in ("figure", "value", "agrees", "differs", "published", "declared")}
    composed |= {
        "origin.cells",
        "origin.entry",
        *(f"workbook.{key}" for key in ("sheet", "table", "document")),
    }
    # What a document or file is for is looked up by its name.
    about = content.pop("about")
    assert {"annual-report", "tables.xlsx", "quality.json"} < set(about)
    for part, entries in content.items():
        for key in entries:
            name = f'"{key}"' if part == "errors" else f"{part}.{key}"
            assert name in sources or f"{part}.{key}" in composed or f"{part}.{key}" in sources, (part, key)


def test_long_lists_of_cells_are_spans_with_counts_on_paper():
    cells = "C1:C2,C4,C6:C7,C9,C11,D1:D2,D4,D6:D7,D9,D11"
    fact = Fact("x", 1, "count", "1", "1", (FactSource("a.xlsx", "B", cells, ""),), "f", None, None, False)
    ((_, paper),) = describe_origin(fact, "id", short=True).places
    ((file, page),) = describe_origin(fact, "id").places
    assert paper == "7 sel di antara C1 dan C11, 7 sel di antara D1 dan D11"
    assert (file, page) == ("a.xlsx, lembar B", "sel " + cells.replace(",", ", "))


def test_a_figure_that_differs_from_the_published_one_says_so():
    fact = Fact("x", 0.9, "share", "90,00 persen", "", (), "f", 0.983, False, False)
    assert describe_origin(fact, "id").status == "dihitung; berbeda dari angka terbit 98,30 persen"
