"""The annual report, the brief, the portals and the workbook of tables of the built report."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import nbformat
import openpyxl
import pypdfium2
import pytest
from bs4 import BeautifulSoup

from helpers.publish.document import read_document
from helpers.publish.model import ListBlock
from helpers.publish.pdf import render_pdf

CHAPTERS = (
    "Penyerapan anggaran 2021",
    "Pelaksanaan Inpres Nomor 2 Tahun 2020 oleh OPD, 2021",
    "Ketahanan keluarga antinarkoba 2021",
    "Program P4GN 2021",
    "Tonggak kebijakan P4GN sampai 2021",
)


def soup_of(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def pdf_pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


@pytest.fixture(scope="session")
def annual(report_2021: Path) -> BeautifulSoup:
    return soup_of(report_2021 / "annual-report.html")


@pytest.fixture(scope="session")
def annual_pdf(report_2021: Path) -> list[str]:
    return pdf_pages(report_2021 / "annual-report.pdf")


def test_the_annual_report_holds_every_chapter_and_appendix_in_order(annual):
    titles = [heading.get_text() for heading in annual.main("h2")]
    assert titles == [
        "Ringkasan",
        *(f"{number}. {title}" for number, title in enumerate(CHAPTERS, start=1)),
        "Lampiran A. Metode",
        "Lampiran B. Sumber data",
        "Lampiran C. Mutu data",
        "Lampiran D. Glosarium",
        "Lampiran E. Asal angka",
    ]


def test_the_sidebar_leads_to_every_chapter(annual):
    links = [link["href"] for link in annual.find("nav", class_="contents")("a")]
    assert all(annual.find(id=link[1:]) for link in links)
    assert {f"#{heading['id']}" for heading in annual.main(["h2", "h3"])} == set(links)


def test_figures_and_tables_are_numbered_through(annual, report_2021):
    figures = [re.match(r"Gambar (\d+)", tag.get_text())[1] for tag in annual.select("figcaption .number")]
    tables = [re.match(r"Tabel (\d+)", tag.get_text())[1] for tag in annual.select(".table-head .number")]
    assert figures == [str(number) for number in range(1, len(figures) + 1)]
    assert tables == [str(number) for number in range(1, len(tables) + 1)]
    # Each chart that a chapter drew stands here once.
    assert len(figures) == len(list((report_2021 / "figures").glob("*.svg"))) > 0
    ids = [tag["id"] for tag in annual(id=True)]
    assert len(ids) == len(set(ids))


def test_the_annual_pdf_has_contents_running_heads_page_numbers_and_bookmarks(report_2021, annual_pdf):
    count = len(annual_pdf)
    assert all(f"Halaman {number} dari {count}" in text for number, text in enumerate(annual_pdf, start=1))
    assert "Laporan tahunan 2021" in annual_pdf[0]
    assert "1. Penyerapan anggaran 2021" in annual_pdf[1]
    assert "Gambar 1" in annual_pdf[2]
    assert "Daftar tabel" in annual_pdf[2]
    begun = next(number for number, text in enumerate(annual_pdf) if text.count("2. Pelaksanaan Inpres") == 2)
    assert "2. Pelaksanaan Inpres" in annual_pdf[begun + 1]
    with pypdfium2.PdfDocument(report_2021 / "annual-report.pdf") as pdf:
        bookmarks = [bookmark.get_title() for bookmark in pdf.get_toc()]
    assert bookmarks[0] == "Laporan tahunan 2021"
    assert {f"{n}. {title}" for n, title in enumerate(CHAPTERS, start=1)} <= set(bookmarks)


def test_each_chapter_begins_a_page_and_no_heading_ends_one(annual_pdf):
    foot = re.compile(r"Data ilustrasi Terbit.*$")
    headings = ("Kapan belanja tertinggal dari rencana?", "Jenis belanja apa yang menentukan hasilnya?")
    for text in annual_pdf[3:]:
        body = foot.sub("", text).strip()
        assert not body.endswith(headings)


def test_the_table_of_figures_holds_every_fact(report_2021, annual, annual_pdf):
    facts = json.loads((report_2021 / "facts.json").read_text(encoding="utf-8"))["facts"]
    names = [tag.get_text() for tag in annual.select(".origin-name strong")]
    assert sorted(names) == sorted(fact["text_id"] for fact in facts)
    printed = " ".join(annual_pdf)
    assert not [fact["key"] for fact in facts if fact["text_id"] not in printed]


def test_every_fact_has_a_label_and_a_formula_in_both_languages(report_2021):
    from helpers.messages import has_text

    facts = json.loads((report_2021 / "facts.json").read_text(encoding="utf-8"))["facts"]
    keys = [f"facts.{part}.{fact['key']}" for fact in facts for part in ("label", "formula")]
    assert not [(key, lang) for key in keys for lang in ("id", "en") if not has_text(key, lang)]


@pytest.mark.parametrize("fixture", ["report_2021", "report_2021_en"])
def test_the_brief_is_one_page(fixture, request):
    pages = pdf_pages(request.getfixturevalue(fixture) / "leadership-brief.pdf")
    assert len(pages) == 1


def test_a_brief_with_half_as_many_decisions_again_is_one_page(report_2021):
    (executed,) = (report_2021 / "notebooks").glob("*leadership_brief.ipynb")
    document = read_document(nbformat.read(executed, as_version=4))
    decisions = next(block for block in document.blocks if isinstance(block, ListBlock))
    assert len(decisions.items) == 4
    longer = replace(decisions, items=(*decisions.items, *decisions.items[:2]))
    blocks = tuple(longer if block is decisions else block for block in document.blocks)
    with pypdfium2.PdfDocument(render_pdf(replace(document, blocks=blocks))) as pdf:
        assert len(pdf) == 1
        assert pdf[0].get_textpage().get_text_range().count("Posisi B12 belum lengkap") == 2


def test_the_brief_says_what_the_data_ask_for(report_2021):
    (text,) = pdf_pages(report_2021 / "leadership-brief.pdf")
    for expected in (
        "98,30 persen", "Naik dari 64,08 persen pada akhir September.", "Target akhir tahun: 90 persen.",
        "Belum melaksanakan Inpres 2/2020: 2 OPD", "Sekretariat DPRD dan BPBD", "16 dari 27 OPD",
        "Penyerapan tertinggal pada akhir Juni: 37,64 persen, target 40 persen", "Kategori indeks berbeda",
    ):  # fmt: skip
        assert expected in text
    assert len(soup_of(report_2021 / "leadership-brief.html")("figure")) == 3


def test_the_brief_shows_the_charts_of_the_chapters(report_2021):
    brief = soup_of(report_2021 / "leadership-brief.html").find(id="absorption-by-month-gambar").svg
    chapter = soup_of(report_2021 / "budget-absorption.html").find(id="absorption-by-month-gambar").svg
    assert str(brief) == str(chapter)


@pytest.mark.parametrize("fixture", ["report_2021", "report_2021_en"])
def test_every_link_of_the_edition_page_leads_somewhere(fixture, request):
    report = request.getfixturevalue(fixture)
    targets = [
        link["href"] for link in soup_of(report / "index.html")("a") if not link["href"].startswith("#")
    ]
    assert len(targets) > 40
    assert not [target for target in targets if not (report / target).resolve().is_file()]


def test_the_page_over_all_editions_lists_what_is_there(report_2021):
    base = report_2021.parents[1]
    page = soup_of(base / "index.html")
    targets = [link["href"] for link in page("a") if not link["href"].startswith("#")]
    assert "bnnk-hss/2021/index.html" in targets
    assert not [target for target in targets if not (base / target).is_file()]
    assert not list(base.glob(".index*"))


def test_the_tables_of_the_workbook_are_the_tables_of_the_documents(report_2021):
    workbook = openpyxl.load_workbook(report_2021 / "tables.xlsx")
    captions = {
        tag.get_text(strip=True)
        for path in report_2021.glob("*.html")
        if path.stem not in ("annual-report", "index")
        for tag in soup_of(path).select(".table-head .caption")
    }
    assert {sheet["A1"].value for sheet in workbook.worksheets[1:]} == captions
    sheet = workbook["budget-absorption by-month"]
    assert [cell.value for cell in sheet[4]][:2] == ["Bulan", "Pagu revisi"]
    december = next(row for row in sheet.iter_rows(min_row=5) if row[0].value == "Desember")
    assert december[1].value == 1_712_480_000
    assert december[1].number_format == '"Rp"#,##0'
    assert december[4].value == pytest.approx(0.983)


def test_no_cell_of_the_workbook_can_run(report_2021):
    content = (report_2021 / "tables.xlsx").read_bytes()
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            texts = [cell.value for cell in row if isinstance(cell.value, str)]
            assert not [text for text in texts if text[:1] in "=+@" or text[:2] == "-"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2021-12-29T00:00:00Z" in archive.read("docProps/core.xml")


def test_prose_refers_to_its_figures_by_number_on_page_and_paper(annual, annual_pdf):
    printed = " ".join(annual_pdf)
    references = [
        link for link in annual.main.select("p a[href^='#']") if "fact" not in link.get("class", [])
    ]
    assert len(references) == 8
    for link in references:
        figure = annual.find(id=link["href"][1:])
        assert figure.select_one(".number").get_text().rstrip(".") == link.get_text()
        assert link.get_text() in printed
    assert "()" not in annual.main.get_text()
