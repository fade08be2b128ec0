"""English left in an Indonesian page, and Indonesian left in an English one."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

#: Words that no text in the other language holds, names apart.
WORDS = {
    "en": (
        "the of and with from which was were is are by for this that each not see figure table source note "
        "page open close show download search found document documents file files sheet cells value values "
        "computed published quoted whole number sum year month department departments village villages "
        "budget ceiling expenditure absorption index family families respondents report reports "
        "contents print illustrative data-quality edition editions back text section"
    ),
    "id": (
        "yang dan dari untuk dengan pada adalah tidak oleh ini itu belum sudah menurut sebagai dalam setiap "
        "angka gambar tabel sumber catatan halaman buka tutup lihat unduh cari dokumen berkas lembar sel "
        "nilai dihitung terbit dikutip seluruh jumlah tahun bulan anggaran pagu belanja penyerapan indeks "
        "selang keluarga responden laporan isi edisi kembali bagian banyaknya rumus"
    ),
}
#: Names of files, and what the office itself has called things: they stay as they are.
FILES = re.compile(r"\S+\.(?:xlsx|csv|toml|json|html|ipynb|docx|txt)\b(?:, [A-Z]\w+(?=, [A-Z]+\d))?")
SHEETS = re.compile(r"\b(lembar|sheet) (?:\"\w+\"|[A-Z]\w+(?:, [A-Z]\w+)*)")
NAMES = {
    "en": ("Desa Bersinar", "Dektara"),
    "id": ("National Narcotics Board of Hulu Sungai Selatan Regency",),
}
REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
_ATTRIBUTES = ("aria-label", "alt", "title", "data-sortable", "data-found", "data-nothing")


def texts_of(path: Path, lang: str) -> list[str]:
    """Return what a reader sees or hears, parts in another language and code left out.

    What an English page quotes in Indonesian is marked so (``lang="id"``), cell by cell.
    """
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    for tag in soup(["script", "style", "code", "pre"]):
        tag.decompose()
    for tag in soup(lang=True):
        if tag.name != "html" and tag["lang"] != lang:
            tag.decompose()
    found = [str(node) for node in soup.find_all(string=True) if type(node) is NavigableString]
    for tag in soup.find_all(True):
        if isinstance(tag, Tag):
            found += [str(tag[name]) for name in _ATTRIBUTES if tag.has_attr(name)]
    return [" ".join(text.split()) for text in found if text.strip()]


@cache
def official_names() -> tuple[str, ...]:
    """Return the names of departments and districts, as registered and as staff write them, longest first."""
    names = {
        row[column]
        for file, columns in (
            ("opd_registry", ("opd_name", "opd_short_name")),
            ("opd_aliases", ("alias",)),
            ("villages", ("village_name", "district_name")),
        )
        for row in csv.DictReader((REFERENCE / f"{file}.csv").read_text(encoding="utf-8").splitlines())
        for column in columns
        if column in row
    }
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def foreign_words(text: str, lang: str) -> set[str]:
    """Return the words of the other language in a text."""
    other = "en" if lang == "id" else "id"
    text = SHEETS.sub(r"\1", FILES.sub(" ", text))
    for name in (*NAMES[lang], *(official_names() if lang == "en" else ())):
        text = text.replace(name, " ")
    words = set(re.findall(r"[a-z-]+", text.casefold()))
    return words & set(WORDS[other].split())


def test_the_word_lists_share_no_word():
    assert not set(WORDS["id"].split()) & set(WORDS["en"].split())


@pytest.mark.parametrize("lang", ["id", "en"])
def test_no_page_holds_the_other_language(lang, request):
    report = request.getfixturevalue("report_2021" if lang == "id" else "report_2021_en")
    found = {}
    for path in sorted(report.glob("*.html")):
        for text in texts_of(path, lang):
            words = foreign_words(text, lang)
            if words:
                found.setdefault(path.name, []).append((sorted(words), text[:100]))
    assert found == {}


def test_english_left_in_an_indonesian_page_is_noticed(report_2021, tmp_path):
    page = (report_2021 / "opd-rollout.html").read_text(encoding="utf-8")
    page = page.replace("Unduh data (CSV)", "Download data (CSV)")
    (tmp_path / "x.html").write_text(page, encoding="utf-8")
    words = set().union(*(foreign_words(text, "id") for text in texts_of(tmp_path / "x.html", "id")))
    assert words == {"download"}


def test_what_an_english_page_quotes_is_marked_and_said_to_be_quoted(report_2021_en, tmp_path):
    page = (report_2021_en / "budget-absorption.html").read_text(encoding="utf-8")
    quoted = [cell.get_text() for cell in BeautifulSoup(page, "html.parser").select("tbody [lang=id]")]
    assert "Belanja Perjalanan Dinas Biasa" in quoted
    assert "Quoted in Indonesian, as written in the source: Activity and Account." in page
    (tmp_path / "x.html").write_text(page.replace(' lang="id"', ""), encoding="utf-8")
    words = set().union(*(foreign_words(text, "en") for text in texts_of(tmp_path / "x.html", "en")))
    assert {"belanja", "dan"} <= words


def test_an_indonesian_page_marks_nothing_as_quoted(report_2021):
    page = BeautifulSoup((report_2021 / "budget-absorption.html").read_text(encoding="utf-8"), "html.parser")
    assert page.main.select("[lang]") == []
