"""Reference tables and the office's small files: codes, names, aliases, scales, records."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from collections import Counter

import pytest
import yaml

from .conftest import RAW, REFERENCE

SLUGS = [
    "setda", "setwan", "inspektorat", "disdikbud", "dinkes", "pupr", "perkim-lh", "satpol-pp-damkar",
    "bpbd", "dinsos", "dkp", "disdukcapil", "dpmd", "dppkbp3a", "dishub", "diskominfo",
    "disnakerkop-ukm", "dpmptsp", "disporapar", "dispersip", "diskan", "distan", "disdag",
    "bappelitbangda", "bpkpd", "bkpsdm", "kesbangpol",
]  # fmt: skip


def rows_of(path, delimiter=","):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def reference(name):
    return rows_of(REFERENCE / f"{name}.csv")


def raw(name):
    return rows_of(RAW / name, ";")


def plain(name):
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def test_148_villages_in_11_districts():
    villages, districts = reference("villages"), reference("districts")
    assert len({row["village_code"] for row in villages}) == len(villages) == 148
    assert Counter(row["village_type"] for row in villages) == {"desa": 144, "kelurahan": 4}
    assert len(districts) == 11
    assert {row["regency_code"] for row in districts} == {"63.06"}
    assert {row["district_code"] for row in villages} == {row["district_code"] for row in districts}
    assert all(row["village_code"].startswith(row["district_code"] + ".") for row in villages)


def test_known_names_and_their_traps():
    villages = reference("villages")
    code = {row["village_name"]: row["village_code"] for row in villages}
    assert code["Tibung Raya"] == "63.06.05.2017"
    twice = [name for name, count in Counter(row["village_name"] for row in villages).items() if count > 1]
    assert sorted(twice) == ["Baru", "Pandulangan"]
    pairs = (("Mandala", "Sungai Mandala"), ("Karang Jawa", "Karang Jawa Muka"))
    for one, other in pairs:
        assert code[one] != code[other]


def test_office_file_lists_every_village_and_one_desa_bersinar():
    districts = {row["district_code"]: row["district_name"] for row in reference("districts")}
    expected = [
        (r["village_code"], r["village_name"], districts[r["district_code"]], r["village_type"])
        for r in reference("villages")
    ]
    listed = raw("desa.csv")
    assert [(r["Kode Desa"], r["Nama Desa"], r["Kecamatan"], r["Jenis"]) for r in listed] == expected
    assert {r["Nama Desa"]: r["Tahun Desa Bersinar"] for r in listed if r["Tahun Desa Bersinar"]} == {
        "Tibung Raya": "2020"
    }
    assert not any(r["Kelas Kerawanan"] for r in listed)


def test_village_aliases_point_to_one_village_and_take_no_other_ones_name():
    villages = {row["village_code"]: row["village_name"] for row in reference("villages")}
    aliases = reference("village_aliases")
    names = {plain(name) for name in villages.values()}
    owners: dict[str, set[str]] = {}
    for row in aliases:
        owners.setdefault(plain(row["alias"]), set()).add(row["village_code"])
        own = plain(villages[row["village_code"]])
        assert plain(row["alias"]) == own or plain(row["alias"]) not in names, row
    assert all(len(codes) == 1 for codes in owners.values())


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("Sei Mandala", "Sungai Mandala"),
        ("Mandala Murung Mesjid", "Mdl. Murung Mesjid"),
        ("Telaga Sili Sili", "Telaga Sili-Sili"),
        ("Sei Raya Utara", "Sungai Raya Utara"),
    ],
)
def test_spellings_that_people_use_are_listed(alias, name):
    code = next(row["village_code"] for row in reference("villages") if row["village_name"] == name)
    assert {"village_code": code, "alias": alias} in reference("village_aliases")


def test_27_departments_valid_in_2021():
    registry = reference("opd_registry")
    assert [row["opd_id"] for row in registry] == SLUGS
    assert len({plain(row["opd_name"]) for row in registry}) == 27
    assert len({row["opd_short_name"] for row in registry}) == 27
    assert all(row["opd_name_en"] for row in registry)
    assert all(dt.date.fromisoformat(row["valid_from"]) <= dt.date(2021, 1, 1) for row in registry)
    assert not any(row["valid_to"] for row in registry)


def test_department_aliases_are_unambiguous():
    owners: dict[str, set[str]] = {}
    for row in reference("opd_registry"):
        for name in (row["opd_name"], row["opd_short_name"]):
            owners.setdefault(plain(name), set()).add(row["opd_id"])
    for row in reference("opd_aliases"):
        assert row["opd_id"] in SLUGS
        owners.setdefault(plain(row["alias"]), set()).add(row["opd_id"])
    assert {alias: ids for alias, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("alias", "opd_id"),
    [("Setda", "setda"), ("Setwan", "setwan"), ("Disdikbud", "disdikbud"), ("Dinkes", "dinkes"),
     ("PUPR", "pupr"), ("PUTR", "pupr"), ("Satpol PP", "satpol-pp-damkar"), ("DPMD", "dpmd"),
     ("Dishub", "dishub"), ("Kominfo", "diskominfo"), ("Diskominfo", "diskominfo"),
     ("Bappelitbangda", "bappelitbangda"), ("BKAD", "bpkpd"), ("Bakeuda", "bpkpd"),
     ("BKPSDM", "bkpsdm"), ("Kesbangpol", "kesbangpol")],
)  # fmt: skip
def test_short_names_are_listed(alias, opd_id):
    assert {"opd_id": opd_id, "alias": alias} in reference("opd_aliases")


@pytest.mark.parametrize("index_name", ["family_resilience", "youth_resilience"])
def test_scales_have_neither_gap_nor_overlap(index_name):
    scale = [row for row in reference("index_scales") if row["index_name"] == index_name]
    assert [row["class_id"] for row in scale] == ["sangat rendah", "rendah", "tinggi", "sangat tinggi"]
    assert [row["upper_bound"] for row in scale[:-1]] == [row["lower_bound"] for row in scale[1:]]
    assert scale[-1]["upper_bound"] == ""
    assert {row["valid_from"] for row in scale} == {"2022-12-30"}


def test_published_bounds_of_the_family_scale():
    scale = {r["class_id"]: r for r in reference("index_scales") if r["index_name"] == "family_resilience"}
    assert float(scale["sangat rendah"]["lower_bound"]) == 25.00
    assert float(scale["rendah"]["lower_bound"]) == 65.00
    assert float(scale["tinggi"]["lower_bound"]) == 76.61
    assert float(scale["sangat tinggi"]["lower_bound"]) == 88.31


def test_targets():
    rates = {}
    for row in reference("quarterly_targets"):
        key = (row["valid_from"], row["expenditure_type"], row["status"])
        rates.setdefault(key, []).append(row["target_rate"])
    assert rates == {
        ("2021-01-01", "total", "unconfirmed"): ["0.15", "0.40", "0.60", "0.90"],
        ("2022-01-01", "personnel", "confirmed"): ["0.20", "0.50", "0.75", "0.95"],
        ("2022-01-01", "goods", "confirmed"): ["0.15", "0.50", "0.70", "0.90"],
        ("2022-01-01", "capital", "confirmed"): ["0.10", "0.40", "0.70", "0.90"],
    }


def test_items_cover_three_dimensions():
    items = reference("survey_items")
    assert [row["item_id"] for row in items] == [f"i{number:02d}" for number in range(1, 15)]
    assert set(row["dimension"] for row in items) == {"belief", "organisation", "communication"}


def test_published_figures_are_those_of_the_release():
    published = {row["Kunci"]: row["Nilai"] for row in raw("angka-terbit.csv")}
    assert published == {
        "budget.absorption_rate": "98,30 persen",
        "opd.active_count": "25",
        "opd.inactive_count": "2",
        "opd.inactive_names": "Sekretariat DPRD; BPBD",
        "opd.reported_count.b06": "25",
        "opd.planned_count.next_year": "2",
        "districts.planned_count.next_year": "11",
        "resilience.index": "84,821",
        "resilience.published_class": "sangat tinggi",
        "resilience.family_count": "10",
    }
    assert {row["Tanggal"] for row in raw("angka-terbit.csv")} == {"2021-12-29"}
    assert dt.date(2021, 12, 29).weekday() == 2


def test_programmes_give_only_published_figures():
    programmes = raw("program.csv")
    assert {row["ID"]: row["Realisasi"] for row in programmes if row["Realisasi"]} == {
        "ketahanan-keluarga-tibung-raya": "10"
    }
    assert not any(row["Target"] for row in programmes)
    codes = {row["village_code"] for row in reference("villages")}
    assert {row["Kode Desa"] for row in programmes} - {""} <= codes


def test_milestones():
    milestones = raw("tonggak.csv")
    assert len({row["ID"] for row in milestones}) == len(milestones) == 8
    for row in milestones:
        day = dt.date.fromisoformat(row["Tanggal"])
        assert row["Ketelitian"] in {"hari", "bulan", "tahun"}
        # A date less precise than a day stands on the first day of its month or year.
        assert row["Ketelitian"] == "hari" or day.day == 1
        assert row["Ketelitian"] != "tahun" or day.month == 1
        assert row["Status"] in {"Berlaku", "Selesai", "Direncanakan", "Diumumkan"}


def test_edition_declares_files_and_sheets_that_exist(load_raw):
    edition = tomllib.loads((RAW / "edition.toml").read_text(encoding="utf-8"))
    assert edition["data_status"] == "illustrative"
    assert edition["release"] == {"date": dt.date(2021, 12, 29), "place": "Kandangan"}
    assert set(edition["sources"]) == {
        "budget", "opd_reports", "family_survey", "villages", "programmes", "milestones", "published",
    }  # fmt: skip
    for options in edition["sources"].values():
        assert (RAW / options["file"]).is_file()
        sheets = [*options.get("sheets", []), options.get("sheet"), options.get("plan_sheet")]
        named = [sheet for sheet in sheets if sheet]
        if named:
            assert set(named) <= set(load_raw(options["file"]).sheetnames)


def test_edition_invents_no_contact():
    office = tomllib.loads((RAW / "edition.toml").read_text(encoding="utf-8"))["office"]
    assert set(office["contact"].values()) == {""}
    assert not re.search(r"\d", office["address"])


DATA_FILES = [
    path
    for folder in (RAW, REFERENCE)
    for path in sorted(folder.iterdir())
    if path.suffix in {".csv", ".xlsx"}
]


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: path.name)
def test_every_file_has_its_record(path):
    record = yaml.safe_load(path.with_suffix(".source.yml").read_text(encoding="utf-8"))
    assert set(record) == {
        "producer", "title", "title_en", "url", "accessed", "licence", "data_status",
        "status_id", "status_en",
    }  # fmt: skip
    assert record["data_status"] in {"official", "illustrative"}
    for key in ("producer", "title", "title_en", "licence", "status_id", "status_en"):
        assert record[key], key


def test_area_data_names_its_licence():
    for path in (REFERENCE / "villages.csv", REFERENCE / "districts.csv", RAW / "desa.csv"):
        record = yaml.safe_load(path.with_suffix(".source.yml").read_text(encoding="utf-8"))
        assert "ODbL-1.0" in record["licence"]
        assert "idn-area-data" in record["licence"]
    notice = (REFERENCE / "LICENSE-ODbL.md").read_text(encoding="utf-8")
    assert "https://opendatacommons.org/licenses/odbl/1-0/" in notice
