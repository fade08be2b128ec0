"""What a title says in each case; the expectations are written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from helpers.charts import (
    Chart,
    plot_absorption_by_group,
    plot_absorption_by_month,
    plot_dimension_profile,
    plot_index_on_scale,
    plot_opd_by_position,
    plot_opd_status_grid,
    plot_quality_flow,
)

NAN = float("nan")


def test_titles_have_at_most_twelve_words(any_chart: Chart) -> None:
    assert 0 < len(any_chart.title.split()) <= 12


@pytest.mark.parametrize(
    ("last", "target", "title_id", "title_en"),
    [
        (0.983, 0.9, "Belanja terserap 98,30 persen, di atas target 90 persen",
         "98.30 percent of the budget spent, above the 90 percent target"),
        (0.9, 0.9, "Belanja terserap 90,00 persen, tepat sesuai target",
         "90.00 percent of the budget spent, exactly on target"),
        (0.8721, 0.9, "Belanja terserap 87,21 persen, di bawah target 90 persen",
         "87.21 percent of the budget spent, below the 90 percent target"),
        # Equal as printed: nobody can see the difference that the words would claim.
        (0.900004, 0.9, "Belanja terserap 90,00 persen, tepat sesuai target",
         "90.00 percent of the budget spent, exactly on target"),
        (0.95, 0.925, "Belanja terserap 95,00 persen, di atas target 92,50 persen",
         "95.00 percent of the budget spent, above the 92.50 percent target"),
    ],
)  # fmt: skip
def test_month_against_target(make: type, last: float, target: float, title_id: str, title_en: str) -> None:
    frame = make.monthly(12, last, target)
    assert plot_absorption_by_month(frame, make.context("id")).title == title_id
    assert plot_absorption_by_month(frame, make.context("en")).title == title_en


@pytest.mark.parametrize(
    ("last", "title"),
    [
        (0.36, "Belanja terserap 36,00 persen, di atas rencana 34 persen"),
        (0.34, "Belanja terserap 34,00 persen, tepat sesuai rencana"),
        (0.301, "Belanja terserap 30,10 persen, di bawah rencana 34 persen"),
    ],
)
def test_month_without_target_is_held_against_the_plan(make: type, last: float, title: str) -> None:
    assert plot_absorption_by_month(make.monthly(5, last), make.context("id")).title == title


def test_month_without_plan_or_target(make: type) -> None:
    frame = make.monthly(5, 0.301).assign(planned_rate=NAN)
    assert (
        plot_absorption_by_month(frame, make.context("id")).title
        == "Belanja terserap 30,10 persen sampai Mei"
    )
    assert (
        plot_absorption_by_month(frame, make.context("en")).title
        == "30.10 percent of the budget spent by May"
    )


@pytest.mark.parametrize(
    ("rates", "title"),
    [
        ({"general": 0.95, "prevention": 0.9871, "rehabilitation": 0.96},
         "Serapan tertinggi: Seksi P2M (98,71 persen); terendah: Subbagian Umum (95,00 persen)"),
        ({"general": 0.95, "prevention": 0.95001}, "Semua seksi terserap sama, 95,00 persen"),
        ({"general": 0.99, "prevention": 0.99, "eradication": 0.9},
         "Serapan per seksi antara 90,00 persen dan 99,00 persen"),
        ({"general": 0.99, "prevention": 0.9, "eradication": 0.9},
         "Serapan per seksi antara 90,00 persen dan 99,00 persen"),
        ({"general": 0.97}, "Subbagian Umum terserap 97,00 persen"),
        ({"general": 0.97, "eradication": NAN}, "Subbagian Umum terserap 97,00 persen"),
    ],
)  # fmt: skip
def test_groups(make: type, rates: dict[str, float], title: str) -> None:
    frame = make.groups("section", rates)
    assert plot_absorption_by_group(frame, "section", make.context("id")).title == title


def test_expenditure_types_in_english(make: type) -> None:
    frame = make.groups("expenditure_type", {"personnel": 0.99, "goods": 0.98, "capital": 0.9512})
    title = plot_absorption_by_group(frame, "expenditure_type", make.context("en")).title
    assert title == "Highest absorption: Personnel (99.00 percent); lowest: Capital (95.12 percent)"


@pytest.mark.parametrize(
    ("changed", "title_id", "title_en"),
    [
        ({}, "Semua 27 OPD sudah melapor posisi B06", "All 27 departments have reported B06"),
        ({"*": "not_reported"}, "Belum satu pun dari 27 OPD melapor posisi B06",
         "None of 27 departments has reported B06"),
        ({"Setwan": "not_reported", "BPBD": "not_reported"},
         "25 dari 27 OPD melapor B06; BPBD dan Setwan belum",
         "25 of 27 departments reported B06; BPBD and Setwan not yet"),
        ({"Setwan": "not_reported"}, "26 dari 27 OPD melapor B06; Setwan belum",
         "26 of 27 departments reported B06; Setwan not yet"),
        # Two names of three words would make the title too long.
        ({"Satpol PP Damkar": "not_reported", "Perkim LH": "not_reported", "DKP": "not_reported"},
         "24 dari 27 OPD sudah melapor posisi B06", "24 of 27 departments have reported B06"),
        ({"Setwan": "not_reported", "DKP": "in_progress", "PUTR": "in_progress"},
         "24 dari 27 OPD melapor posisi B06, 2 masih mengisi",
         "24 of 27 departments reported B06, 2 still in progress"),
    ],
)  # fmt: skip
def test_grid(make: type, changed: dict[str, str], title_id: str, title_en: str) -> None:
    frame = make.rollout(B06=changed)
    assert plot_opd_status_grid(frame, "2021-B06", make.context("id")).title == title_id
    assert plot_opd_status_grid(frame, "2021-B06", make.context("en")).title == title_en


def test_grid_counts_instead_of_naming_where_names_are_long(make: type) -> None:
    frame = make.rollout(B06=make.waiting("Setwan", "BPBD")).replace(
        {"opd_short_name": {"Setwan": "Sekretariat Dewan Perwakilan Rakyat Daerah"}}
    )
    assert (
        plot_opd_status_grid(frame, "2021-B06", make.context("id")).title
        == "25 dari 27 OPD sudah melapor posisi B06"
    )


@pytest.mark.parametrize(
    ("first", "last", "title_id", "title_en"),
    [
        (["Setwan", "BPBD"], ["BPBD"], "OPD yang melapor naik dari 25 (B06) menjadi 26 (B12)",
         "Departments reporting rose from 25 (B06) to 26 (B12)"),
        (["BPBD"], ["Setwan", "BPBD"], "OPD yang melapor turun dari 26 (B06) menjadi 25 (B12)",
         "Departments reporting fell from 26 (B06) to 25 (B12)"),
        (["BPBD"], ["Setwan"], "OPD yang melapor tetap 26 pada B06 dan B12",
         "Departments reporting unchanged at 26 in B06 and B12"),
    ],
)  # fmt: skip
def test_positions_rise_fall_unchanged(
    make: type, first: list[str], last: list[str], title_id: str, title_en: str
) -> None:
    frame = make.rollout(B06=make.waiting(*first), B12=make.waiting(*last))
    assert plot_opd_by_position(frame, make.context("id")).title == title_id
    assert plot_opd_by_position(frame, make.context("en")).title == title_en


def test_a_position_still_being_filled_is_not_called_a_fall(make: type) -> None:
    frame = make.rollout(B06=make.waiting("BPBD"), B12=make.waiting("BPBD") | make.filling("DKP", "PUTR"))
    title = plot_opd_by_position(frame, make.context("id")).title
    assert title == "26 OPD melapor B06; B12 baru 24, 2 masih mengisi"


def test_one_position_alone(make: type) -> None:
    frame = make.rollout(B06=make.waiting("BPBD"))
    assert plot_opd_by_position(frame, make.context("id")).title == "26 dari 27 OPD melapor posisi B06"


@pytest.mark.parametrize(
    ("index", "published", "title"),
    [
        (95 / 112 * 100, "sangat tinggi",
         "Indeks 84,821: “tinggi” menurut skala 2022, “sangat tinggi” menurut siaran pers"),
        (95 / 112 * 100, "tinggi", "Indeks 84,821 “tinggi”, sama dengan siaran pers"),
        (76.605, None, "Indeks 76,605 masuk kelas “rendah” menurut skala 2022"),
        (76.61, None, "Indeks 76,610 masuk kelas “tinggi” menurut skala 2022"),
    ],
)  # fmt: skip
def test_scale(make: type, index: float, published: str | None, title: str) -> None:
    chart = plot_index_on_scale(index, 70, 90, make.scale(), published, make.context("id"))
    assert chart.title == title


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ((88.25, 84.7, 81.5), "Dimensi tertinggi: keyakinan (88,3); terendah: komunikasi (81,5)"),
        ((81.5, 84.7, 88.25), "Dimensi tertinggi: komunikasi (88,3); terendah: keyakinan (81,5)"),
        ((84.72, 84.68, 84.7), "Semua dimensi sama tinggi, 84,7"),
        ((88.0, 88.04, 81.5), "Indeks tiap dimensi antara 81,5 dan 88,0"),
    ],
)
def test_profile(make: type, values: tuple[float, float, float], title: str) -> None:
    assert plot_dimension_profile(make.dimensions(*values), None, make.context("id")).title == title


@pytest.mark.parametrize(
    ("rejected", "corrected", "title_id", "title_en"),
    [
        (2, 61, "972 dari 974 baris dipakai, 2 ditolak", "972 of 974 rows kept, 2 rejected"),
        (
            0,
            61,
            "Semua 974 baris dipakai, 61 di antaranya dikoreksi",
            "All 974 rows kept, 61 of them corrected",
        ),
        (0, 0, "Semua 974 baris dipakai tanpa koreksi", "All 974 rows kept without correction"),
    ],
)
def test_quality(make: type, rejected: int, corrected: int, title_id: str, title_en: str) -> None:
    frame = make.quality(rejected, corrected)
    assert plot_quality_flow(frame, make.context("id"), "agencies").title == title_id
    assert plot_quality_flow(frame, make.context("en"), "agencies").title == title_en


def test_subtitle_and_source(build: Callable[[str, str], Chart]) -> None:
    chart = build("absorption-by-month", "id")
    assert chart.subtitle == (
        "Realisasi kumulatif, persen dari pagu revisi, Kabupaten Hulu Sungai Selatan, 2021"
    )
    assert chart.source == "Sumber: Laporan realisasi anggaran, Januari–Desember 2021"
