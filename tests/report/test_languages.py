"""English left in an Indonesian page, and Indonesian left in an English one."""

from __future__ import annotations

import re
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
FILES = re.compile(r"\S+\.(?:xlsx|csv|toml|json|html|ipynb|docx|txt)\b")
SHEETS = re.compile(r"\b(lembar|sheet) [A-Z]\w+(?:, [A-Z]\w+)*")
NAMES = {
    "en": ("Desa Bersinar", "Rilis akhir tahun BNNP Kalimantan Tengah", "Dektara"),
    "id": ("National Narcotics Board of Hulu Sungai Selatan Regency",),
}
_ATTRIBUTES = ("aria-label", "alt", "title", "data-sortable", "data-found", "data-nothing")


def texts_of(path: Path, lang: str) -> list[str]:
    """Return what a reader sees or hears, parts in another language and code left out.

    In an English page the cells of tables hold names of the office's own data: they stay
    in Indonesian as names do.
    """
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    for tag in soup(["script", "style", "code", "pre"]):
        tag.decompose()
    for tag in soup(lang=True):
        if tag.name != "html" and tag["lang"] != lang:
            tag.decompose()
    if lang == "en":
        for tag in soup.select("tbody td, tbody th, .canvas svg text"):
            tag.decompose()
    found = [str(node) for node in soup.find_all(string=True) if type(node) is NavigableString]
    for tag in soup.find_all(True):
        if isinstance(tag, Tag):
            found += [str(tag[name]) for name in _ATTRIBUTES if tag.has_attr(name)]
    return [" ".join(text.split()) for text in found if text.strip()]


def foreign_words(text: str, lang: str) -> set[str]:
    """Return the words of the other language in a text."""
    other = "en" if lang == "id" else "id"
    text = SHEETS.sub(r"\1", FILES.sub(" ", text))
    for name in NAMES[lang]:
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
