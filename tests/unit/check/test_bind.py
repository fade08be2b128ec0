"""Binding: which words tie a figure to a fact, and which keep it unknown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from helpers.messages import LOCALES, translate


@pytest.mark.parametrize(
    "text",
    [
        "Serapan anggaran BNNK Tabalong 96,4 persen.",
        "Pada tahun 2020 penyerapan anggaran 97,10 persen.",
        "Hingga Juni penyerapan anggaran 41,20 persen.",
        "Belanja barang terserap 98,05 persen.",
        "Penyerapan anggaran naik 3 persen.",
        "Target penyerapan 90 persen.",
        "Di Banjarbaru, 22 OPD telah melaksanakan Inpres.",
        "Sebanyak 9 OPD melaksanakan tes urine P4GN.",
        "Kabupaten ini mempunyai 144 desa dan 4 kelurahan.",
        "Di Kecamatan Kandangan ada 18 desa.",
        "Sebanyak 50 keluarga hadir dalam bazar.",
        "Indeks KOTAN kabupaten 3,12.",
        "Kategori rendah ketahanan keluarga berada pada rentang 65,00–76,60.",
        "Dinas Kesehatan membagikan 300 masker.",
        "Pagu berubah dari Rp1.779.850.000 menjadi Rp1.710.000.000.",
        "Subbag Umum menyerap tertinggi (Rp1,13 miliar dari Rp1,14 miliar).",
    ],
)
def test_other_figures_are_never_called_wrong(check: Callable, text: str):
    assert [item for item in check(text).values() if item.status == "differs"] == []


@pytest.mark.parametrize("kind", ["section", "expenditure_type"])
@pytest.mark.parametrize("lang", LOCALES)
def test_a_part_s_absorption_is_not_the_whole_s(check: Callable, lang: str, kind: str):
    values = {"low": 0.9044, "high": 0.9125, "first": "Umum", "last": "P2M"}
    for title in (f"range_{kind}", "differ"):
        text = translate(f"charts.group.title.{title}", lang, **values)
        assert {item.status for item in check(text, lang).values()} == {"unknown"}, text


def test_parts_and_whole_of_a_ratio(check: Callable):
    checked = check("Tercatat 24 dari 28 OPD melaksanakan Inpres.")
    assert {text: (item.fact.key, item.expected) for text, item in checked.items()} == {
        "24": ("opd.active_count", "25"),
        "28 OPD": ("opd.total_count", "27 OPD"),
    }


def test_swapped_amounts_differ_both(check: Callable):
    checked = check("Dari pagu Rp1.680.930.000 terealisasi Rp1.710.000.000.")
    assert [item.expected for item in checked.values()] == ["Rp1.710.000.000", "Rp1.680.930.000"]


def test_an_index_class_may_be_the_published_or_the_computed_one(check: Callable):
    for word, status in (("sangat tinggi", "agrees"), ("tinggi", "agrees"), ("rendah", "differs")):
        assert check(f"Indeks ketahanan keluarga 84,821, kategori {word}.")[word].status == status


def test_a_caption_above_a_lone_number_names_it(check: Callable):
    assert check("OPD AKTIF\n24")["24"].fact.key == "opd.active_count"


def test_a_question_before_an_answer_names_it(check: Callable):
    assert check("Berapa anggaran yang terserap?\nSebesar 98,03 persen.")["98,03 persen"].status == "differs"


@pytest.mark.parametrize(
    ("text", "claim", "expected", "note"),
    [
        ("Ada 3 kelompok, yaitu Melati dan Anggrek.", "3 kelompok", "2 kelompok", "list"),
        ("Dari 32 kelas, 20 sudah dan 13 belum.", "13", "12", "sum"),
        (
            "Hadiah Rp750.000, Rp500.000, dan Rp250.000, sehingga total hadiah Rp1.600.000.",
            "Rp1.600.000",
            "Rp1.500.000",
            "sum",
        ),
        ("Biaya Rp500.000 dari kas Rp800.000, selisih Rp200.000.", "Rp200.000", "Rp300.000", "difference"),
    ],
)
def test_the_arithmetic_of_a_sentence(check: Callable, text: str, claim: str, expected: str, note: str):
    wrong = {key: (item.expected, item.note) for key, item in check(text).items() if item.status == "differs"}
    assert wrong == {claim: (expected, note)}


@pytest.mark.parametrize(
    ("names", "status"),
    [
        ("Sekretariat DPRD dan BPBD", "agrees"),
        ("BPBD serta Setwan", "agrees"),
        ("Setwan dan Badan Penanggulangan Bencana Daerah (BPBD)", "agrees"),
        ("Dinas Pendidikan dan Kebudayaan dan BPBD", "differs"),
        ("Sekretariat DPRD, BPBD, dan Dinas Sosial", "differs"),
        ("Sekretariat DPRD dan Dinas Antariksa", "unknown"),
    ],
)
def test_names_are_compared_as_bodies(check: Callable, names: str, status: str):
    checked = check(f"OPD yang belum melaksanakan Inpres, yaitu {names}.")
    assert [item.status for item in checked.values() if item.claim.kind == "names"] == [status]


@pytest.mark.parametrize(
    ("text", "status", "expected"),
    [
        ("Siaran pers, Rabu (29/12)", "agrees", ""),
        ("Siaran pers, Kamis (29/12)", "differs", "Rabu (29/12)"),
        ("Siaran pers, Rabu, 22 Desember 2021", "differs", "Rabu, 29 Desember 2021"),
        ("Pertemuan digelar Jumat, 06 Januari 2026", "differs", "Selasa, 06 Januari 2026"),
        ("Pertemuan digelar Jumat, 06-02-2026", "unknown", ""),
        ("Rapat berikutnya Senin (3/1)", "unknown", ""),
        ("Siaran pers, 31 Februari 2021", "differs", ""),
    ],
)
def test_dates_against_calendar_and_release(check: Callable, text: str, status: str, expected: str):
    (item,) = (item for item in check(text).values() if item.claim.kind == "date")
    assert (item.status, item.expected) == (status, expected)


def test_the_wrong_year_beside_the_editions_own_figure(check: Callable):
    checked = check("Pada tahun anggaran 2020 penyerapan anggaran 98,30 persen.")
    assert (checked["2020"].status, checked["2020"].expected) == ("differs", "2021")


def test_a_fact_without_an_entry_binds_by_its_label():
    from helpers.check.bind import bind_claims
    from helpers.check.extract import extract_claims
    from helpers.check.facts_file import make_facts

    fact = {
        "key": "x.visits",
        "value": 40,
        "unit": "count",
        "label_id": "kunjungan sekolah",
        "nouns_id": ["kunjungan"],
    }
    facts = make_facts({"office": "a", "year": 2021, "facts": [fact]})
    for text, status in (
        ("Terlaksana 40 kunjungan sekolah.", "agrees"),
        ("Terlaksana 41 kunjungan sekolah.", "differs"),
        ("Kunjungan sekolah\n41", "differs"),
        ("Terlaksana 41 kunjungan rumah.", "unknown"),
    ):
        assert [item.status for item in bind_claims(extract_claims(text), facts)] == [status]
