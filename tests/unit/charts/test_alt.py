"""The alternative text names the chart, the finding, the numbers that prove it and the exception."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from helpers.charts import (
    Chart,
    plot_absorption_by_group,
    plot_absorption_by_month,
    plot_opd_by_position,
    plot_quality_flow,
)

NAN = float("nan")

#: Written by hand from the frames in conftest.py.
EXPECTED = {
    "absorption-by-month": (
        "Grafik garis", "98,30 persen: Rp983.000.000 dari pagu Rp1.000.000.000",
        "Rencana sampai bulan itu 100,00 persen", "Semua target triwulan (4) tercapai",
    ),
    "absorption-by-section": (
        "Grafik batang", "Subbagian Umum 98,80 persen (Rp197,60 juta dari Rp200,00 juta)",
        "Seksi Pemberantasan 98,52 persen (Rp197,04 juta dari Rp200,00 juta)",
        "Seksi Rehabilitasi 97,00 persen",
    ),
    "absorption-by-expenditure-type": (
        "Grafik batang", "Pegawai 99,60 persen", "Modal 95,40 persen (Rp190,80 juta",
    ),
    "opd-status-grid": (
        "Kisi 27 petak", "Sudah melapor 25, sedang mengisi 0, belum melapor 2",
        "Belum melapor: BPBD dan Setwan",
    ),
    "opd-by-position": (
        "27 OPD", "B06: sudah melapor 25, sedang mengisi 0, belum melapor 2",
        "B12: sudah melapor 21, sedang mengisi 3, belum melapor 3",
        "Belum melapor pada semua posisi: BPBD dan Setwan",
    ),
    "index-on-scale": (
        "Garis skala", "84,821, selang kepercayaan 95 persen dari 80,10 sampai 89,30",
        "sangat rendah 25,00; rendah 65,00; tinggi 76,61; sangat tinggi 88,31", "berbeda",
    ),
    "dimension-profile": (
        "Grafik titik",
        "Sistem keyakinan 88,3; Proses organisasi 84,7; Komunikasi dan pemecahan masalah 81,5",
        "Proses organisasi: 87,3 dan 82,1",
    ),
    "quality-rows-agencies": (
        "Grafik batang", "Anggaran 900 baris dibaca, 898 dipakai, 2 ditolak, 61 dikoreksi",
        "Survei keluarga 20 baris dibaca, 20 dipakai, 0 ditolak, 0 dikoreksi",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_alt_text_holds_the_numbers(build: Callable[[str, str], Chart], name: str) -> None:
    chart = build(name, "id")
    assert [part for part in EXPECTED[name] if part not in chart.alt] == []


#: Tile maps tell what is highlighted in words of their own; a timeline and a map of places have no period.
OWN_WORDS = ("village-tiles", "district-tiles", "opd-tiles")
NO_PERIOD = ("village-tiles", "district-tiles", "policy-timeline")


def test_alt_text_begins_with_the_kind_and_names_place_period_and_finding(report_chart: Chart) -> None:
    assert (report_chart.title in report_chart.alt) is (report_chart.name not in OWN_WORDS)
    assert "Hulu Sungai Selatan" in report_chart.alt
    assert (", 2021. " in report_chart.alt) is (report_chart.name not in NO_PERIOD)
    assert "{" not in report_chart.alt
    assert "nan" not in report_chart.alt.lower().split()


def test_illustrative_data_is_said(build: Callable[[str, str], Chart], make: type) -> None:
    assert build("absorption-by-month", "id").alt.endswith("Grafik ini memakai data ilustrasi.")
    assert build("absorption-by-month", "en").alt.endswith("This chart uses illustrative data.")
    official = plot_absorption_by_month(make.monthly(), make.context("id", illustrative=False))
    assert "ilustrasi" not in official.alt
    assert not official.illustrative


def test_missed_targets_are_named(make: type) -> None:
    frame = make.monthly()
    frame.loc[frame["month"] == 3, "absorption_rate"] = 0.1234
    frame.loc[frame["month"] == 9, "absorption_rate"] = 0.59
    alt = plot_absorption_by_month(frame, make.context("id")).alt
    assert (
        "Target triwulan yang tidak tercapai: Maret (12,34 persen dari target 15 persen) dan "
        "September (59,00 persen dari target 60 persen)." in alt
    )


def test_expenditure_above_the_ceiling_is_named(make: type) -> None:
    frame = make.groups("section", {"general": 1.034, "prevention": 0.9, "eradication": NAN})
    alt = plot_absorption_by_group(frame, "section", make.context("en")).alt
    assert "Above the ceiling: General Subdivision." in alt
    assert "Eradication" not in alt


def test_departments_that_never_reported_are_named_only_if_there_are_any(make: type) -> None:
    frame = make.rollout(B06=make.waiting("BPBD"), B12=make.waiting("Setwan"))
    assert "semua posisi" not in plot_opd_by_position(frame, make.context("id")).alt


def test_a_source_without_a_label_keeps_its_name(make: type) -> None:
    frame = make.quality().replace({"source": {"budget": "kas_kecil"}})
    assert "kas_kecil 900 baris dibaca" in plot_quality_flow(frame, make.context("id"), "agencies").alt
