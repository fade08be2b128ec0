"""The sample program writes the same bytes every time and never over an office's own file."""

from __future__ import annotations

import hashlib
import zipfile

import openpyxl
import pytest
import yaml

from helpers.errors import ParameterError
from helpers.params import RunParams
from illustrative_data import write_sample

from .conftest import RAW

NAMES = [
    "anggaran-2021.source.yml", "anggaran-2021.xlsx", "laporan-opd-2021.source.yml",
    "laporan-opd-2021.xlsx", "survei-ketahanan-keluarga-2021.source.yml",
    "survei-ketahanan-keluarga-2021.xlsx",
]  # fmt: skip


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder)
    return folder


def test_generated_files_are_the_committed_ones(made):
    committed = digests(RAW)
    assert digests(made) == {name: committed[name] for name in NAMES}


def test_a_second_run_elsewhere_writes_the_same_bytes(made, tmp_path):
    before = digests(made)
    written = write_sample(tmp_path / "deep" / "folder")
    assert sorted(path.name for path in written) == NAMES
    assert digests(tmp_path / "deep" / "folder") == before


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".xlsx")])
def test_no_clock_is_in_a_workbook(made, name):
    with zipfile.ZipFile(made / name) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {member.compress_type for member in archive.infolist()} == {zipfile.ZIP_STORED}
    properties = openpyxl.load_workbook(made / name).properties
    assert properties.created.isoformat() == properties.modified.isoformat() == "2021-12-29T00:00:00"
    assert properties.creator == "Data ilustrasi"


def test_own_files_are_replaced(tmp_path):
    write_sample(tmp_path)
    before = digests(tmp_path)
    (tmp_path / "anggaran-2021.source.yml").write_text("data_status: illustrative\n", encoding="utf-8")
    write_sample(tmp_path)
    assert digests(tmp_path) == before


@pytest.mark.parametrize(
    "record", ["data_status: official\n", "data_status: illustrative\n", None],
    ids=["official", "record-forgotten", "no-record"],
)  # fmt: skip
def test_an_office_file_is_never_overwritten(tmp_path, record):
    book = openpyxl.Workbook()
    book.active["A1"] = "ekspor kantor"
    book.save(tmp_path / "laporan-opd-2021.xlsx")
    if record:
        (tmp_path / "laporan-opd-2021.source.yml").write_text(record, encoding="utf-8")
    before = digests(tmp_path)
    with pytest.raises(ParameterError, match=r"laporan-opd-2021\.xlsx"):
        write_sample(tmp_path)
    assert digests(tmp_path) == before


def test_a_sample_that_somebody_edited_is_kept(tmp_path):
    write_sample(tmp_path)
    path = tmp_path / "survei-ketahanan-keluarga-2021.xlsx"
    book = openpyxl.load_workbook(path)
    book["Jawaban"]["G5"] = 1
    book.properties.lastModifiedBy = "Petugas"
    book.save(path)
    before = digests(tmp_path)
    with pytest.raises(ParameterError, match="survei-ketahanan-keluarga-2021"):
        write_sample(tmp_path)
    assert digests(tmp_path) == before


def test_a_broken_file_is_reported_not_replaced(tmp_path):
    write_sample(tmp_path)
    (tmp_path / "anggaran-2021.xlsx").write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(ParameterError, match="anggaran-2021"):
        write_sample(tmp_path)


def edition_in(folder, office, year):
    path = folder / "raw" / office / str(year)
    path.mkdir(parents=True)
    (path / "edition.toml").write_text("schema = 1\n", encoding="utf-8")
    return path


def test_parameters_name_the_folder(tmp_path):
    path = edition_in(tmp_path, "bnnk-hss", 2021)
    written = write_sample(RunParams(raw=str(tmp_path / "raw")))
    assert {file.parent for file in written} == {path}
    assert [file.name for file in written][:2] == ["anggaran-2021.xlsx", "anggaran-2021.source.yml"]


@pytest.mark.parametrize(("locale", "message"), [("id", "hanya ada untuk edisi bnnk-hss 2021"),
                                                 ("en", "for the edition bnnk-hss 2021 alone")])  # fmt: skip
def test_another_edition_is_refused(tmp_path, locale, message):
    path = edition_in(tmp_path, "bnnk-lain", 2024)
    params = RunParams(office="bnnk-lain", year=2024, raw=str(tmp_path / "raw"), locale=locale)
    with pytest.raises(ParameterError, match=message):
        write_sample(params)
    assert [file.name for file in path.iterdir()] == ["edition.toml"]


def test_records_mark_the_files_illustrative(made):
    for name in NAMES:
        if name.endswith(".yml"):
            record = yaml.safe_load((made / name).read_text(encoding="utf-8"))
            assert record["data_status"] == "illustrative"
            assert record["title"].endswith("(ilustrasi)")
            assert record["title_en"].endswith("(illustrative)")
