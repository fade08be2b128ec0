"""Small numbers of people: what an edition with few of them publishes, in every file."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from helpers.params import RunParams
from helpers.run.report import make_report

ROOT = Path(__file__).resolve().parents[2]
#: An office without corrections of its own.
OFFICE = "bnnk-uji"
FIRST_ROW, LAST_ROW = 5, 24


def build(base: Path, year: int, change: Callable[[Path], None]) -> Path:
    """Return the published folder of an edition after a change to its raw files."""
    folder = base / "raw" / OFFICE / str(year)
    shutil.copytree(ROOT / "data" / "raw" / "bnnk-hss" / str(year), folder)
    declaration = folder / "edition.toml"
    text = declaration.read_text(encoding="utf-8")
    declaration.write_text(text.replace('id = "bnnk-hss"', f'id = "{OFFICE}"'), encoding="utf-8")
    change(folder)
    params = RunParams(OFFICE, year, "id", str(base / "raw"), str(base / "processed"), str(base / "reports"))
    return make_report(params, jobs=2)


def mend(folder: Path) -> None:
    """Mend what the shipped edition corrects."""
    with workbook(folder / "laporan-opd-2021.xlsx") as book:
        book["Laporan"]["G15"] = 120
    with workbook(folder / "survei-ketahanan-keluarga-2021.xlsx") as book:
        book["Jawaban"]["E17"] = "63.06.05.2017"


@contextmanager
def workbook(path: Path) -> Iterator[Any]:
    """Open a workbook and save it at the end."""
    book = openpyxl.load_workbook(path)
    yield book
    book.save(path)


def few_people(folder: Path) -> None:
    """One child of twenty; three children of a village; a wrong total; a press series of every kind."""
    mend(folder)
    with workbook(folder / "survei-ketahanan-keluarga-2021.xlsx") as book:
        for row in range(FIRST_ROW + 3, LAST_ROW + 1, 2):
            book["Jawaban"].cell(row, 4).value = "Orang Tua"
    with workbook(folder / "laporan-opd-2021.xlsx") as book:
        sheet = book["Laporan"]
        for row in range(6, 60):
            if isinstance(sheet.cell(row, 10).value, int):
                sheet.cell(row, 10).value = 0
        sheet["J6"], sheet["B60"], sheet["J60"] = 3, "Jumlah", 5
    with (folder / "program.csv").open("a", encoding="utf-8") as file:
        file.write("rehab-anak;Rehabilitasi;Rehabilitasi anak 0-15;Children;63.06.05.2017;orang;7;3\n")
        file.write("rehab-klien;Rehabilitasi;Rehabilitasi klien;Clients;63.06.05.2017;klien;9;2\n")
        file.write("penyuluhan;P2M;Penyuluhan kampung;Outreach;63.06.05.2017;kegiatan;8;2\n")
    with (folder / "angka-terbit.csv").open("a", encoding="utf-8") as file:
        for key, count in SERIES.items():
            file.write(f"series.{key}.2025;{count};count;2025;Pers;x;y\n")


SERIES = {
    "rehabilitation_patient_count": 3, "suspect_people_count": 2, "age_0_15_count": 4, "convict_count": 1,
    "rehabilitated_count": 4, "client_count": 46, "case_count": 2,
}  # fmt: skip
SHOWN = {"client_count", "case_count"}


def families(count: int) -> Callable[[Path], None]:
    """Return a change that leaves the first families of the survey, parent and child each."""

    def change(folder: Path) -> None:
        mend(folder)
        with workbook(folder / "survei-ketahanan-keluarga-2021.xlsx") as book:
            book["Jawaban"].delete_rows(FIRST_ROW + 2 * count, LAST_ROW - FIRST_ROW + 1 - 2 * count)

    return change


def small_plan(folder: Path) -> None:
    """Two clients of four, four people of sixty, three schools of eight."""
    with workbook(folder / "rencana-kerja-2026.xlsx") as book:
        rows = {6: ("sekolah", 8, 3), 7: ("orang", 60, 4), 8: ("klien", 4, 2)}
        for row, values in rows.items():
            for column, value in zip((8, 9, 10), values, strict=True):
                book["Renja"].cell(row, column).value = value


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("few"), 2021, few_people)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("three"), 2021, families(3))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("two"), 2021, families(2))


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("plan"), 2026, small_plan)


@cache
def texts(report: Path) -> dict[str, str]:
    """Return every published file as a reader sees it, without tags; pictures of points are left out."""
    found: dict[str, str] = {}
    for path in sorted(report.rglob("*")):
        relative = path.relative_to(report)
        if path.is_file() and path.suffix != ".png":
            found[str(relative)] = " ".join(" ".join(read(path)).split())
    return found


def read(path: Path) -> Iterator[str]:
    if path.suffix == ".pdf":
        for page in pypdfium2.PdfDocument(path):
            yield page.get_textpage().get_text_range()
    elif path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            for name in archive.namelist():
                if name.endswith(".xml"):
                    yield re.sub(r"<[^>]*>", " ", archive.read(name).decode("utf-8"))
    elif path.suffix in (".html", ".svg", ".ipynb"):
        # A coordinate of a drawing is no figure; a "<" in code begins no tag.
        yield re.sub(r"<[a-zA-Z/!?][^>]*>", " ", path.read_text(encoding="utf-8"))
    else:
        yield path.read_bytes().decode("utf-8", "replace")


def files_with(report: Path, pattern: str) -> list[str]:
    return [name for name, text in texts(report).items() if re.search(pattern, text)]


@pytest.mark.parametrize(
    "pattern",
    [
        r"Rehabilitasi anak 0-15 (Tibung Raya )?orang 7 3",
        r"Rehabilitasi klien (Tibung Raya )?klien 9 2\b",
        r"tidak sama dengan jumlah baris, 3",
        r"\bPositif 5\b",
    ],
)
def test_no_file_holds_a_small_count_of_people(few: Path, pattern: str) -> None:
    assert files_with(few, pattern) == []


def test_what_is_hidden_is_marked_and_things_are_shown(few: Path) -> None:
    page = texts(few)["programmes.html"]
    assert "Rehabilitasi anak 0-15 Tibung Raya orang 7 1–4" in page
    assert "Penyuluhan kampung Tibung Raya kegiatan 8 2" in page
    assert "hitungan orang sekecil ini tidak ditampilkan" in texts(few)["clean-agencies.html"]


@pytest.mark.parametrize("key", SERIES)
def test_a_series_is_hidden_whatever_its_key(few: Path, key: str) -> None:
    label = {"case_count": "Kasus", "suspect_people_count": "Tersangka"}.get(key, key)
    shown = re.search(rf"{label} 2025 (\S+)", texts(few)["policy-timeline.html"])
    assert shown
    assert shown[1] == (str(SERIES[key]) if key in SHOWN else "1–4")


def test_one_child_of_twenty_is_in_no_breakdown(few: Path) -> None:
    # The child's answers of 14 items sum to 47 (83,929); by dimension to 19, 16 and 12.
    assert files_with(few, r"\bAnak 1 14 47\b|83,929|83\.92857|\bchild,1\b") == []
    assert "child" not in texts(few)["figures/dimension-profile.csv"]
    assert "salah satu kelompoknya terlalu kecil" in texts(few)["family-resilience.html"]
    assert "parent" not in json.dumps(facts(few))


def facts(report: Path) -> dict[str, Any]:
    document = json.loads((report / "facts.json").read_text(encoding="utf-8"))
    return {fact["key"]: fact["value"] for fact in document["facts"] if fact["key"].startswith("resilience")}


def test_of_three_families_the_index_stands_alone(three: Path) -> None:
    # The families' sums are 89, 91 and 99 of 112: 79,464, 81,250 and 88,393; all: 279 of 336.
    known = facts(three)
    assert known["resilience.family_count"] == 3
    assert known["resilience.respondent_count"] == 6
    assert not [key for key in known if "interval" in key]
    assert not (three / "figures" / "dimension-profile.csv").exists()
    assert known["resilience.index"] == 83.036
    assert files_with(three, r"79[,.]46|81[,.]25\b|88[,.]39") == []
    assert texts(three)["figures/index-on-scale.csv"].split()[1].startswith("83.03571428571429,,,")
    assert "keluarganya terlalu sedikit" in texts(three)["family-resilience.html"]
    assert "Menurut dimensi" not in texts(three)["tables.xlsx"]
    assert files_with(three, r"Tabel \d+\.?\s+Indeks menurut (dimensi|peran)") == []


def test_of_two_families_nothing_is_shown(two: Path) -> None:
    assert facts(two) == {}
    assert not (two / "figures" / "index-on-scale.svg").exists()
    assert "pesertanya terlalu sedikit" in texts(two)["family-resilience.html"]
    assert files_with(two, r"[24] responden|responden dari 2 keluarga|published_figure\W+resilience") == []


def test_people_of_a_work_plan_are_hidden_with_their_share(plan: Path) -> None:
    assert (
        files_with(plan, r"klien 4|2 dari 4 klien|50,00 ?%|4 dari 60 orang|6,67 ?%|0\.0666|klien,4|,60,4\b")
        == []
    )
    page = texts(plan)["work-plan.html"]
    assert "orang 60 1–4 tersembunyi" in page
    assert "sekolah 8 3 37,50%" in page
    assert "hitungan 1–4 orang disembunyikan" in page
    # A hidden bar is hatched; the first activity's is filled in part.
    assert "pattern" in (plan / "figures" / "work-plan.svg").read_text(encoding="utf-8")
