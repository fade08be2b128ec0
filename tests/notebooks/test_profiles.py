"""Profiles from raw files to pages: a few of each kind, all of them one page, or none published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest

from helpers.edition import load_edition
from helpers.errors import ExportError
from helpers.params import RunParams
from helpers.run import profiles as module
from helpers.run.profile_set import Page, find_profiles, is_set_current
from helpers.run.profiles import ProfileSet, make_profiles

#: A surveyed village, one of which nothing but its name is known, a kelurahan; a district with
#: the longest list of villages; departments that reported, did not, and have long names.
CHOSEN = (
    "village-63.06.05.2017", "village-63.06.01.2001", "village-63.06.05.1001", "district-63.06.08",
    "district-63.06.05", "opd-dinkes", "opd-bpbd", "opd-perkim-lh", "opd-disnakerkop-ukm",
)  # fmt: skip


def chosen(page: Page) -> bool:
    """Return whether a page is among the chosen ones."""
    return page.name in CHOSEN


@pytest.fixture(scope="module")
def params(tmp_path_factory: pytest.TempPathFactory) -> RunParams:
    """A place of its own for the report and its profiles."""
    base = tmp_path_factory.mktemp("profiles")
    return RunParams(processed=str(base / "processed"), out=str(base / "reports"))


@pytest.fixture(scope="module")
def made(params: RunParams) -> ProfileSet:
    """Some profiles of each kind, in Indonesian."""
    return make_profiles(params, jobs=2, choose=chosen)


class Page360(HTMLParser):
    """What a page loads, its links, its ids and its text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self._skipped = 0
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        values = {name: value or "" for name, value in attrs}
        self._skipped += tag in ("style", "script")
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if tag == "a" else []
        if tag in ("link", "script", "img", "iframe") and not values.get("src", "data:").startswith("data:"):
            self.loads.append(values["src"])

    def handle_endtag(self, tag: str) -> None:
        """Leave a style or script."""
        self._skipped -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        """Keep what people read."""
        if not self._skipped:
            self.words.append(data)

    @property
    def text(self) -> str:
        """All words, with single spaces."""
        return " ".join(" ".join(self.words).split())


def read(made: ProfileSet, name: str) -> Page360:
    """Return one page."""
    return Page360(made.folder / f"{name}.html")


def test_every_page_is_there_in_both_formats_and_one_page_long(made: ProfileSet) -> None:
    assert made.pages == len(CHOSEN)
    assert sorted(path.stem for path in made.folder.glob("*.pdf")) == sorted(CHOSEN)
    for name in CHOSEN:
        pdf = pypdfium2.PdfDocument(made.folder / f"{name}.pdf")
        assert len(pdf) == 1, name
        assert [round(side) for side in pdf[0].get_size()] == [595, 842]
        assert "Badan Narkotika Nasional" in pdf[0].get_textpage().get_text_bounded()


def test_a_page_asks_for_nothing_and_its_figures_lead_to_their_origin(made: ProfileSet) -> None:
    for name in CHOSEN:
        page = read(made, name)
        assert page.loads == []
        figures = [link for link in page.links if link.startswith("#asal-")]
        assert figures, name
        assert {link[1:] for link in figures} <= set(page.ids)


def test_no_figure_of_a_sentence_lacks_its_origin(made: ProfileSet) -> None:
    for name in CHOSEN:
        html = (made.folder / f"{name}.html").read_text(encoding="utf-8")
        main = html[html.index('<main id="isi"') : html.index('id="asal-angka"')]
        told = re.findall(r"<p>(.*?)</p>", main, flags=re.DOTALL)
        plain = [re.sub(r"<a class=\"fact\".*?</a>", "", sentence) for sentence in told]
        named = [re.sub(r"B06|B12|P4GN|Inpres 2/2020|1–4", "", sentence) for sentence in plain]
        assert not [sentence for sentence in named if re.search(r"\d", sentence)]


def test_the_surveyed_village_shows_its_index_with_both_categories_and_the_mark(made: ProfileSet) -> None:
    text = read(made, "village-63.06.05.2017").text
    assert "Indeks 84,821 dari 20 responden dalam 10 keluarga" in text
    assert "Kategori terbit “ sangat tinggi ”" in text
    assert "Data ilustrasi" in text
    assert "tidak mewakili" in text


def test_a_village_without_data_says_so_and_carries_no_mark(made: ProfileSet) -> None:
    text = read(made, "village-63.06.01.2001").text
    assert "belum tercatat" in text
    assert "Belum ada data survei" in text
    assert "Belum ada kegiatan yang tercatat khusus" in text
    assert "Data ilustrasi" not in text
    assert "84,821" not in text


def test_a_department_that_has_not_reported_has_no_table_of_actions(made: ProfileSet) -> None:
    text = read(made, "opd-bpbd").text
    assert "Belum ada aksi yang dilaporkan" in text
    assert "direncanakan mulai pada 2022" in text
    assert "Peserta sosialisasi" not in text


def test_small_counts_of_people_are_nowhere(made: ProfileSet) -> None:
    people = ("Peserta sosialisasi", "Peserta tes urine", "Hasil tes urine positif", "Relawan")
    seen = 0
    for name in ("opd-dinkes", "opd-perkim-lh", "opd-disnakerkop-ukm"):
        html = (made.folder / f"{name}.html").read_text(encoding="utf-8")
        for label in people:
            (row,) = re.findall(rf'<tr><th scope="row">{label}</th>(.*?)</tr>', html, flags=re.DOTALL)
            cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
            assert not set(cells) & {"1", "2", "3", "4"}, (name, label)
            seen += len(cells)
    assert seen >= 24


def test_the_index_lists_every_page_and_the_report_leads_to_it(made: ProfileSet, params: RunParams) -> None:
    index = read(made, "index")
    assert {f"{name}.{ending}" for name in CHOSEN for ending in ("html", "pdf")} <= set(index.links)
    assert all((made.folder / link).is_file() for link in index.links if not link.startswith(("#", "..")))
    assert "../index.html" in index.links
    edition = Page360(params.paths.out / "index.html")
    assert "profiles/index.html" in edition.links
    assert "Profil desa, kecamatan, dan OPD" in edition.text
    portal = (params.paths.out.parents[1] / "index.html").read_text(encoding="utf-8")
    assert "bnnk-hss/2021/profiles/index.html" in portal
    assert "Tibung Raya" in portal


def test_facts_and_manifest_tell_what_the_set_holds(made: ProfileSet, params: RunParams) -> None:
    facts = json.loads((made.folder / "facts.json").read_text(encoding="utf-8"))["facts"]
    by_key = {fact["key"]: fact for fact in facts}
    assert by_key["village.63.06.05.2017.index"]["value"] == 84.821
    assert by_key["village.63.06.05.2017.index"]["illustrative"]
    assert by_key["village.63.06.05.2017.bersinar"]["text_id"] == "2020"
    assert by_key["district.63.06.05.village_count"]["value"] == 18
    assert by_key["district.63.06.05.village_count"]["sources"][0]["file"] == "desa.csv"
    assert by_key["opd.bpbd.status.b06"]["text_id"] == "belum melapor"
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    assert [page["name"] for page in manifest["pages"]] == sorted(CHOSEN, key=order_of(manifest))
    assert set(manifest["outputs"]) == {path.name for path in made.folder.iterdir()} - {"manifest.json"}
    # What profiles do not read does not make them stale.
    assert not any("anggaran" in name for name in manifest["inputs"])
    assert any("survei" in name for name in manifest["inputs"])
    assert is_set_current(load_edition(params))
    assert find_profiles(load_edition(params)) is not None


def order_of(manifest: dict[str, list[dict[str, str]]]) -> object:
    """Return the position of a page in the manifest, by name."""
    places = {page["name"]: number for number, page in enumerate(manifest["pages"])}
    return places.__getitem__


def test_a_failed_profile_is_named_and_the_last_good_set_stays(
    made: ProfileSet, params: RunParams, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in made.folder.iterdir()}
    pages = module.list_pages

    def with_a_wrong_one(*arguments: object) -> Iterator[Page]:
        yield from pages(*arguments)  # type: ignore[arg-type]
        yield Page("village-63.06.99.2001", "village", "63.06.99.2001", "")

    monkeypatch.setattr(module, "list_pages", with_a_wrong_one)
    with pytest.raises(
        ExportError, match=r"1 profil gagal(.|\n)*village-63\.06\.99\.2001: .*63\.06\.99\.2001"
    ):
        make_profiles(params, choose=lambda page: page.name in ("village-63.06.99.2001", "district-63.06.08"))
    assert {path.name: path.read_bytes() for path in made.folder.iterdir()} == before


def test_the_same_inputs_give_the_same_bytes_with_one_worker_and_two(
    made: ProfileSet, params: RunParams
) -> None:
    # The manifest names the code that made the set too; what it says of the pages must not change.
    before = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    make_profiles(params, jobs=1, choose=chosen)
    assert json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))["outputs"] == before
