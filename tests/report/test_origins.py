"""Every figure in generated prose leads to its origin, on the page and on paper."""

from __future__ import annotations

import ctypes
import json
import re
from pathlib import Path

import pypdfium2
import pytest
from bs4 import BeautifulSoup

CHAPTERS = (
    "budget-absorption", "opd-rollout", "family-resilience", "programmes", "clean-agencies", "clean-villages",
)  # fmt: skip
#: Names with digits (of chapters and editions too), and the rule of suppression: no figures of the data.
NAMES = re.compile(
    r"B06|B12|P4GN|P2M|Inpres(?: Nomor 2 Tahun 2020| 2/2020)"
    r"|Presidential Instruction(?: No\. 2 of 2020| 2/2020)"
    r"|skala 2022|2022 scale|1 sampai 4|1 to 4|\(1–4\)|(?:dari|of) 100\b"
    r"|“[^”]* \d{4}”|\b(?:edisi|editions?) \d{4}"
    r"|(?:Peraturan Daerah Nomor|Regional Regulation No\.) 2 (?:Tahun|of) 2021"
)
MARK = re.compile(r"\[[^\[\]]+\]\(fact:[\w.-]+\)")


def outputs(notebook: Path, kind: str):
    """Yield the contents of one type that a notebook has shown."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", ()):
            content = output.get("data", {}).get(kind)
            if content is not None:
                yield "".join(content) if isinstance(content, list) else content


@pytest.mark.parametrize("fixture", ["report_2021", "report_2021_en"])
def test_no_figure_in_generated_prose_is_without_its_fact(fixture, request):
    bare = []
    for notebook in sorted((request.getfixturevalue(fixture) / "notebooks").glob("*.ipynb")):
        told = list(outputs(notebook, "text/markdown"))
        told += [notice["text"] for notice in outputs(notebook, "application/vnd.helpers.notice+json")]
        for release in outputs(notebook, "application/vnd.helpers.release+json"):
            told += [release["headline"], release["dateline"], release["lead"]]
            told += [part["heading"] for part in release["sections"]]
            told += [*(text for part in release["sections"] for text in part["paragraphs"])]
        bare += [
            (notebook.stem, text) for text in told if re.search(r"\d", NAMES.sub("", MARK.sub("", text)))
        ]
    assert bare == []


@pytest.mark.parametrize("name", [*CHAPTERS, "leadership-brief", "press-release", "annual-report"])
def test_every_link_of_a_figure_has_its_entry_and_every_entry_leads_back(report_2021, name):
    page = BeautifulSoup((report_2021 / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    facts = {fact["key"]: fact for fact in json.loads((report_2021 / "facts.json").read_text())["facts"]}
    anchors = {f"asal-{re.sub(r'[^a-z0-9]+', '-', key)}": fact for key, fact in facts.items()}
    links = page.select("a.fact")
    assert links
    for link in links:
        entry = page.find(id=link["href"][1:])
        assert entry is not None, link
        fact = anchors[link["href"][1:]]
        text = " ".join(entry.get_text(" ").split())
        assert fact["text_id"] in text
        for source in fact["sources"]:
            assert source["file"] in text
            assert source["sheet"] is None or source["sheet"] in text
    for close in page.select("a.origin-close"):
        cited = page.find(id=close["href"][1:])
        assert name == "annual-report" or cited is not None


def test_the_cells_of_an_entry_are_the_cells_of_the_fact(report_2021):
    page = BeautifulSoup((report_2021 / "opd-rollout.html").read_text(encoding="utf-8"), "html.parser")
    entry = page.find(id="asal-opd-reported-count-b12")
    assert entry.code.get_text() == "sel D33:D59"
    assert "laporan-opd-2021.xlsx, lembar Laporan" in entry.get_text()


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_on_paper_says_the_figures_of_its_page_and_lists_them(report_2021, name):
    page = BeautifulSoup((report_2021 / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    with pypdfium2.PdfDocument(report_2021 / f"{name}.pdf") as pdf:
        text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in pdf).split())
    told = [" ".join(link.get_text().split()) for link in page.select("main a.fact")]
    listed = [tag.get_text() for tag in page.select(".origin-name strong")]
    assert [value for value in told + listed if value not in text] == []
    assert "Asal angka" in text


def test_paper_links_lead_to_the_table_of_figures(report_2021):
    with pypdfium2.PdfDocument(report_2021 / "budget-absorption.pdf") as pdf:
        targets = set()
        raw = pypdfium2.raw
        for number in range(len(pdf)):
            page = pdf[number]
            position = ctypes.c_int(0)
            link = raw.FPDF_LINK()
            while raw.FPDFLink_Enumerate(page.raw, position, link):
                destination = raw.FPDFLink_GetDest(pdf.raw, link)
                if destination:
                    targets.add(raw.FPDFDest_GetDestPageIndex(pdf.raw, destination))
        last = next(
            number for number in range(len(pdf))
            if "Asal angka" in pdf[number].get_textpage().get_text_range()
        )  # fmt: skip
    assert {number for number in targets if number >= last}
