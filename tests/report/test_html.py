"""What a page holds, read from its markup."""

from __future__ import annotations

import base64
import itertools
import re

import pytest
from bs4 import BeautifulSoup

from helpers.errors import ExportError
from helpers.publish.document import read_document
from helpers.publish.page import render_page

NAMES = ["chapter-id", "chapter-en", "release-id", "release-en", "stock"]


@pytest.fixture
def soups(pages):
    return {
        name: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for name, path in pages.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_page_has_language_title_description_and_landmarks(soups, name):
    soup = soups[name]
    assert soup.html["lang"] == ("en" if name.endswith("en") else "id")
    assert soup.title.get_text().strip()
    assert soup.find("meta", {"name": "description"})["content"].strip()
    assert len(soup("main")) == 1
    assert len(soup("h1")) == 1
    assert soup.body.find("a")["href"] == "#isi"
    assert soup.main["id"] == "isi"


def test_chapter_has_masthead_contents_and_colophon(soups):
    soup = soups["chapter-id"]
    assert "BNN Kabupaten Hulu Sungai Selatan" in soup.header.get_text()
    assert [link.get_text() for link in soup.nav("a")] == [
        "Belanja naik setiap bulan",
        "Bagaimana angkanya dihitung",
        "Kegiatan di desa",
    ]
    assert soup.footer is not None


@pytest.mark.parametrize("name", NAMES)
def test_headings_skip_no_level(soups, name):
    levels = [int(heading.name[1]) for heading in soups[name].find_all(re.compile(r"^h[1-6]$"))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("name", NAMES)
def test_page_names_nothing_to_load(soups, name):
    soup = soups[name]
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none';")
    assert "http" not in policy
    assert not soup.find_all(["link", "iframe", "object", "embed"])
    for tag in soup.find_all(src=True):
        assert tag["src"].startswith("data:")
    assert not soup.find_all("script", src=True)
    for address in re.findall(r"url\(([^)]*)\)", str(soup)):
        assert address.strip("'\"&quot;").startswith(("data:", "#"))


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_unique_and_local_links_arrive(soups, name):
    soup = soups[name]
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for link in soup.find_all("a", href=re.compile("^#")):
        assert link["href"][1:] in ids


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_figure_has_its_alt_number_and_data(soups, fixtures, lang):
    figures = soups[f"chapter-{lang}"].find_all("figure")
    drawings = [figure.find("svg") for figure in figures]
    assert [drawing["aria-label"] for drawing in drawings] == list(fixtures.ALTS[lang])
    assert {drawing["role"] for drawing in drawings} == {"img"}
    word = "Gambar" if lang == "id" else "Figure"
    numbers = [figure.find(class_="number").get_text() for figure in figures]
    assert numbers == [f"{word} {number}." for number in (1, 2, 3)]


def test_data_of_a_figure_is_in_the_page(soups):
    link = soups["chapter-id"].find("a", download="absorption-by-month.csv")
    header, _, content = link["href"].partition(",")
    assert header == "data:text/csv;charset=utf-8;base64"
    text = base64.b64decode(content).decode("utf-8-sig")
    # The first cell would run as a formula in a spreadsheet.
    assert text == "month,absorption_rate\n'=1+1,0.04\n2021-12,0.983\n"


def test_tables_have_caption_scope_and_a_reachable_scroll_region(soups):
    small, large = soups["chapter-id"].find_all("table")
    assert small.caption.get_text() == "Tabel 1. Penyerapan menurut seksi"
    assert [cell.get_text() for cell in small.tfoot("tr")[0].find_all(["th", "td"])] == [
        "Jumlah", "1.710.000.000", "1.680.930.000", "98,30%",
    ]  # fmt: skip
    assert len(large.tbody("tr")) == 150
    for table in (small, large):
        assert {cell["scope"] for cell in table.thead("th")} == {"col"}
        assert {row.find("th")["scope"] for row in table.tbody("tr")} == {"row"}
        assert table.parent["tabindex"] == "0"
        assert table.parent["aria-label"]


def test_other_language_and_parameters_are_left_out(soups):
    text = soups["chapter-id"].main.get_text()
    assert "Belanja naik setiap bulan" in text
    assert "Spending rose" not in text
    assert "kantor" not in text
    assert "Spending rose" in soups["chapter-en"].main.get_text()


def test_links_to_figures_and_tables_carry_their_number(soups):
    main = soups["chapter-id"].main
    assert main.find("a", href="#absorption-by-month").get_text() == "Gambar 1"
    assert main.find("a", href="#table-6").get_text() == "Tabel 1"


def test_code_of_a_chart_unfolds(soups):
    details = soups["chapter-id"].find_all("details", class_="code")
    assert not any(detail.has_attr("open") for detail in details)
    assert "hn.show(plot_month(monthly))" in details[0].get_text()


def test_illustrative_data_is_said_once_at_the_top_and_at_each_output(soups):
    soup = soups["chapter-id"]
    assert len(soup.find_all(class_="notice-illustrative")) == 1
    assert len(soup.find_all(class_="badge")) == 3 + 3 + 2


def test_release_shows_the_release_alone(soups):
    soup = soups["release-id"]
    assert soup.h1.get_text() == (
        "BNNK Hulu Sungai Selatan serap 98,30 persen anggaran dan gerakkan 25 perangkat daerah"
    )
    assert "jangan terbit" not in soup.get_text()
    assert "Narahubung" in soup.address.get_text()


def test_stock_notebook_keeps_text_tables_and_alt(soups):
    soup = soups["stock"]
    assert soup.h1.get_text() == "Catatan rapat"
    assert [image["alt"] for image in soup.find_all("img")] == ["Empat titik berwarna", "Titik dalam teks"]
    assert "P2M & lain" in soup.table.get_text()
    assert "tercetak" in soup.main.get_text()
    assert "UserWarning" not in soup.get_text()


def test_same_notebook_same_bytes(fixtures):
    first, second = (render_page(read_document(fixtures.chapter("id"))) for _ in range(2))
    assert first == second


def test_page_is_under_the_size_limit(pages):
    assert all(path.stat().st_size < 1_500_000 for path in pages.values())


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


def test_markup_in_texts_is_shown_not_run(fixtures):
    declaration = fixtures.document_bundle("id", "chapter", "x", HOSTILE, HOSTILE)
    columns = [{"key": "a", "label": HOSTILE}]
    table = {"name": "t", "caption": HOSTILE, "columns": columns, "rows": [[HOSTILE]]}
    cells = [
        fixtures.code("x", fixtures.bundle("document", declaration)),
        fixtures.prose("id", f"Teks {HOSTILE} dan [tautan](javascript:alert(3))\n\n{HOSTILE}\n"),
        fixtures.code("x", fixtures.bundle("notice", {"kind": "info", "title": HOSTILE, "text": HOSTILE})),
        fixtures.code(f"y = '{HOSTILE}'", fixtures.bundle("table", table)),
    ]
    soup = BeautifulSoup(render_page(read_document(fixtures.notebook(cells))), "html.parser")
    assert len(soup("script")) == 1
    assert "alert" not in soup.script.get_text()
    assert not soup("img")
    assert not [tag for tag in soup.find_all() if any(name.startswith("on") for name in tag.attrs)]
    assert not soup.find_all("a", href=re.compile("javascript"))
    assert soup.find("th", scope="row").get_text() == HOSTILE


def test_figure_without_alt_is_refused(fixtures):
    notebook = fixtures.chapter("id")
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            figure = output.get("data", {}).get("application/vnd.helpers.figure+json")
            if figure:
                figure["alt"] = "  "
    with pytest.raises(
        ExportError, match='Sel 9: gambar "absorption-by-month" tidak mempunyai teks alternatif'
    ):
        read_document(notebook)


def test_stock_image_without_alt_is_refused(fixtures):
    notebook = fixtures.stock()
    notebook.cells[3].outputs[0]["metadata"] = {}
    with pytest.raises(ExportError, match="Sel 4: gambar"):
        read_document(notebook)


def test_image_outside_the_notebook_is_refused(fixtures):
    notebook = fixtures.notebook([fixtures.prose("id", "![Peta](https://example.org/peta.png)")])
    with pytest.raises(ExportError, match="berada di luar notebook"):
        read_document(notebook)


def test_failed_cell_is_refused(fixtures):
    from nbformat.v4 import new_output

    error = new_output("error", ename="KeyError", evalue="'pagu'", traceback=["..."])
    with pytest.raises(ExportError, match=r"Sel 1 berakhir dengan galat \(KeyError"):
        read_document(fixtures.notebook([fixtures.code("x", error)]))
