"""Names to codes: every trap of the domain (sections 5 and 7), and nothing guessed."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from helpers.clean.agencies import opd_index
from helpers.clean.job import Job
from helpers.clean.journal import Journal
from helpers.clean.names import NameIndex, opd_key, village_key
from helpers.clean.places import district_index
from helpers.edition import load_edition
from helpers.params import RunParams
from helpers.read import RawWorkbook, read_reference


@pytest.fixture(scope="module")
def job() -> Job:
    edition = load_edition(RunParams())
    source = edition.sources["villages"]
    return Job(edition, source, RawWorkbook("desa.csv", {}, ()), Journal("villages", "desa.csv", "x"))


@pytest.fixture(scope="module")
def villages(job) -> NameIndex:
    return job.villages


@pytest.fixture(scope="module")
def departments(job) -> NameIndex:
    folder = job.edition.paths.reference
    registry, aliases = read_reference("opd_registry", folder), read_reference("opd_aliases", folder)
    return opd_index(registry, aliases, dt.date(2021, 6, 30), job.edition.regency_name)


def in_district(index: NameIndex, code: str) -> frozenset[str]:
    return frozenset(village for village in index.names if village.startswith(code))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Tibung Raya", "63.06.05.2017"), ("TIBUNG  RAYA", "63.06.05.2017"),
        ("Desa Tibung Raya", "63.06.05.2017"),
        ("Tibung Raja", "63.06.05.2017"), ("Sei Mandala", "63.06.08.2010"),
        ("Sungai Mandala", "63.06.08.2010"),
        ("Karang Jawa", "63.06.02.2002"), ("Karang Jawa Muka", "63.06.02.2001"),
        ("Kr. Jawa", "63.06.02.2002"),
        ("Mdl. Murung Mesjid", "63.06.08.2011"), ("Mandala Murung Masjid", "63.06.08.2011"),
        ("Telaga Sili-Sili", "63.06.04.2006"), ("Telaga Sili Sili", "63.06.04.2006"),
        ("Kel. Kandangan Kota", "63.06.05.1001"),
    ],
)  # fmt: skip
def test_a_village_name_finds_its_code(villages, name, code):
    assert villages.match(name).code == code


def test_mandala_alone_is_not_sungai_mandala(villages):
    match = villages.match("Mandala")
    official = {code: name for code, name in villages.names.items() if name == "Mandala"}
    assert match.code in official
    assert match.code != "63.06.08.2010"


@pytest.mark.parametrize(
    ("name", "district", "code"),
    [
        # The district decides; a name of another district is not taken for one like it.
        ("Mandala", "63.06.03", "63.06.03.2003"), ("Mandala", "63.06.08", ""),
        ("Sei Mandala", "63.06.08", "63.06.08.2010"), ("Sei Mandala", "63.06.03", ""),
        ("Sungai Mandala", "63.06.03", ""), ("Baru", "63.06.05", ""),
        ("Karang Jawa", "63.06.02", "63.06.02.2002"), ("Karang Jawa Muka", "63.06.02", "63.06.02.2001"),
        ("Karang Jawa Mka", "63.06.02", "63.06.02.2001"), ("KARANGJAWA", "63.06.02", "63.06.02.2002"),
        ("Mdl.Murung Mesjid", "63.06.08", "63.06.08.2011"), ("Murung Mesjid", "63.06.08", "63.06.08.2011"),
        ("Tlg. Sili-sili", "63.06.04", "63.06.04.2006"), ("Telaga Sili2", "63.06.04", "63.06.04.2006"),
    ],
)  # fmt: skip
def test_a_name_within_its_district(villages, name, district, code):
    match = villages.match(name, in_district(villages, district))
    assert match.code == code
    assert bool(match.code) != bool(match.problem)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Durian Rabung", "63.06.02.2013"), ("Lungau", "63.06.05.2011"), ("Karasikan", "63.06.01.2003"),
        ("Jembatan Merah", "63.06.02.2009"), ("Balimau", "63.06.09.2001"), ("Samuda", "63.06.07.2016"),
        ("Kandangan Kota", "63.06.05.1001"),
    ],
)  # fmt: skip
def test_the_villages_that_the_press_names(villages, name, code):
    assert villages.match(name).code == code


@pytest.mark.parametrize("name", ["Baru", "Pandulangan"])
def test_a_name_that_two_villages_bear_needs_its_district(villages, name):
    bearers = sorted(code for code, village in villages.names.items() if village == name)
    assert len(bearers) == 2
    match = villages.match(name)
    assert (match.code, match.problem) == ("", "ambiguous")
    assert [text for text, _ in match.candidates] == [name, name]
    for code in bearers:
        assert villages.match(name, in_district(villages, code[:8])).code == code


@pytest.mark.parametrize("name", ["Atlantis", "Barabai Kota", "Batu", "Karang", "Sungai", ""])
def test_below_the_floor_nothing_is_chosen_and_three_are_offered(villages, name):
    match = villages.match(name)
    assert match.code == ""
    assert match.problem in ("unknown", "ambiguous")
    assert len(match.candidates) <= 3


def test_a_district_of_another_regency_is_not_matched(job):
    assert district_index(job).match("Kec. Kandangan").code == "63.06.05"
    assert district_index(job).match("Martapura").code == ""


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Setda", "setda"), ("Setwan", "setwan"), ("Sekretariat DPRD", "setwan"), ("Disdikbud", "disdikbud"),
        ("Dinkes", "dinkes"), ("Dinas Kesehatn", "dinkes"), ("PUPR", "pupr"), ("PUTR", "pupr"),
        ("Satpol PP", "satpol-pp-damkar"), ("DPMD", "dpmd"), ("Dishub", "dishub"), ("Kominfo", "diskominfo"),
        ("Diskominfo", "diskominfo"), ("Bappelitbangda", "bappelitbangda"), ("BKAD", "bpkpd"),
        ("Bakeuda", "bpkpd"), ("BKPSDM", "bkpsdm"), ("Kesbangpol ", "kesbangpol"), ("BPBD", "bpbd"),
        ("Dinas Kesehatan Kab. Hulu Sungai Selatan", "dinkes"),
        ("Dinas Perpustakaan & Kearsipan", "dispersip"),
    ],
)  # fmt: skip
def test_a_department_name_finds_its_id(departments, name, code):
    assert departments.match(name).code == code


@pytest.mark.parametrize("name", ["Dinas", "Dinas Pertamanan", "Badan", "Dinas Antariksa"])
def test_a_department_that_is_not_there_is_not_guessed(departments, name):
    match = departments.match(name)
    assert match.code == ""
    assert match.candidates or match.problem == "unknown"


def test_a_merged_department_is_matched_in_its_own_year_only():
    registry = pd.DataFrame({
        "opd_id": ["disdag", "disperindag"],
        "opd_name": ["Dinas Perdagangan", "Dinas Perindustrian dan Perdagangan"],
        "opd_short_name": ["Disdag", "Disperindag"],
        "valid_from": pd.to_datetime(["2017-01-01", "2023-01-01"]),
        "valid_to": pd.to_datetime(["2022-12-31", None]),
    })  # fmt: skip
    aliases = pd.DataFrame({"opd_id": ["disdag"], "alias": ["Perdagangan"]})
    before = opd_index(registry, aliases, dt.date(2022, 12, 31))
    after = opd_index(registry, aliases, dt.date(2023, 6, 30))
    assert before.match("Dinas Perdagangan").code == "disdag"
    assert before.match("Perdagangan").code == "disdag"
    assert before.match("Disperindag").code == ""
    assert after.match("Dinas Perdagangan").code == ""
    assert after.match("Perdagangan").code == ""
    assert after.match("Disperindag").code == "disperindag"


REGISTRY = """opd_id,opd_name,opd_short_name,valid_from,valid_to,regency_code
disdag,Dinas Perdagangan,Disdag,2017-01-01,2021-08-31,63.06
disnaker,Dinas Tenaga Kerja,Disnaker,2017-01-01,2021-08-31,63.06
disdagnaker,Dinas Perdagangan dan Tenaga Kerja,Disdagnaker,2021-09-01,,63.06
"""


def test_a_department_merged_in_the_year_is_read_in_each_position_by_the_registry_of_its_day(project):
    """Merged on 1 September: B06 (30 June) knows the two old names, B12 (31 December) the new one."""
    (project.root / "data/reference/opd_registry.csv").write_text(REGISTRY)
    (project.root / "data/reference/opd_aliases.csv").write_text("opd_id,alias\n")
    lines = [
        "OPD;Posisi;Status;Tanggal Lapor;Kegiatan Sosialisasi;Peserta Sosialisasi;Kegiatan Tes Urine;"
        "Peserta Tes Urine;Positif;Regulasi;Satgas;Relawan",
        "Dinas Perdagangan;B06;Sudah lapor;28 Juni 2021;;;;;;;;",
        "Disnaker;B06;Belum lapor;;;;;;;;;",
        "Dinas Perdagangan dan Tenaga Kerja;B12;Dalam pengisian;;;;;;;;;",
        "Dinas Perdagangan;B12;Dalam pengisian;;;;;;;;;",
    ]
    (project.raw / "opd.csv").write_text("\n".join(lines), encoding="utf-8")
    project.declare('file = "laporan-opd-2021.xlsx"\nsheet = "Laporan"', 'file = "opd.csv"')
    (project.root / "data/corrections/bnnk-hss/2021.yml").unlink()
    result = project.clean("opd_reports")["opd_reports"]
    table = result.tables["clean_opd_reports__opd_period"]
    assert table[["reporting_period", "opd_id"]].values.tolist() == [
        ["2021-B06", "disdag"], ["2021-B06", "disnaker"], ["2021-B12", "disdagnaker"],
    ]  # fmt: skip
    (finding,) = result.errors
    assert (finding.code, finding.place.cell) == ("name_unknown", "A5")
    assert "Dinas Perdagangan dan Tenaga Kerja" in finding.text("id")


def test_two_names_equally_like_are_ambiguous():
    index = NameIndex({"a": "Dinas Perikanan Laut", "b": "Dinas Perikanan Lauk"}, (), opd_key)
    match = index.match("Dinas Perikanan Laux")
    assert (match.code, match.problem, len(match.candidates)) == ("", "ambiguous", 2)


def test_an_exact_name_wins_over_another_ones_alias():
    index = NameIndex({"a": "Baru", "b": "Lama"}, (("b", "Baru"),), village_key)
    assert (index.match("Baru").code, index.match("Baru").method) == ("a", "exact")


@pytest.mark.parametrize(
    ("name", "regency", "key"),
    [
        ("Dinas Kesehatan Kab. Tapin", "Kabupaten Tapin", "dinas kesehatan"),
        ("Dinas Kesehatan Kabupaten Tapin", "Kabupaten Tapin", "dinas kesehatan"),
        ("Dinas Kesehatan Kab. HSS", "Kabupaten Hulu Sungai Selatan", "dinas kesehatan"),
        ("Dinas Kesehatan Hulu Sungai Selatan", "Kabupaten Hulu Sungai Selatan", "dinas kesehatan"),
        ("Dinas Kesehatan Kota Banjarbaru", "Kota Banjarbaru", "dinas kesehatan"),
        # Another regency's department stays another's.
        ("Dinas Kesehatan Kab. Tapin", "Kabupaten Hulu Sungai Selatan", "dinas kesehatan kab tapin"),
    ],
)
def test_a_department_is_known_with_its_own_regency_after_its_name(name, regency, key):
    assert opd_key(name, regency) == key


def test_the_regency_after_a_name_does_not_hinder_its_match(job):
    folder = job.edition.paths.reference
    registry, aliases = read_reference("opd_registry", folder), read_reference("opd_aliases", folder)
    index = opd_index(registry, aliases, dt.date(2021, 6, 30), "Kabupaten Tapin")
    found = index.match("Dinas Kesehatan Kab. Tapin")
    assert (index.names[found.code], found.method) == ("Dinas Kesehatan", "alias")
