"""Charts of commitments, work plan and timeline: what they say in each case, and that they can be drawn."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.charts import (
    ChartContext,
    plot_commitment_history,
    plot_commitments_by_party,
    plot_policy_timeline,
    plot_work_plan,
)
from helpers.columns.partnership import AREAS
from helpers.errors import SchemaError

from .partnership_and_tiles import by_status, history


def context(locale: str = "id", *, illustrative: bool = False) -> ChartContext:
    return ChartContext(locale, "Kabupaten Hulu Sungai Selatan", "2026", illustrative, "Komitmen 2026")


def by_party(parties: int = 2) -> pd.DataFrame:
    rows = [(f"Pihak {p}", area, int(a < p), int(a == 0)) for p in range(1, parties + 1)
            for a, area in enumerate(AREAS)]  # fmt: skip
    return pd.DataFrame(rows, columns=["party_name", "area", "commitment_count", "done_count"])


@pytest.mark.parametrize(
    ("counts", "title_id", "title_en"),
    [
        ((10, 0, 0, 0, 0), "10 komitmen dari 2 pihak, semuanya baru diumumkan",
         "10 commitments of 2 parties, all announced only"),
        ((8, 2, 0, 0, 0), "10 komitmen dari 2 pihak, belum ada yang berjalan",
         "10 commitments of 2 parties, none under way yet"),
        ((6, 2, 2, 0, 0), "2 dari 10 komitmen berjalan, belum ada yang selesai",
         "2 of 10 commitments under way, none done yet"),
        ((5, 0, 2, 3, 0), "3 dari 10 komitmen sudah selesai", "3 of 10 commitments done"),
        ((0, 0, 0, 10, 0), "Semua 10 komitmen sudah selesai", "All 10 commitments done"),
    ],
)  # fmt: skip
def test_the_matrix_says_how_far_the_commitments_are(counts, title_id, title_en):
    assert plot_commitments_by_party(by_party(), by_status(*counts), context()).title == title_id
    assert plot_commitments_by_party(by_party(), by_status(*counts), context("en")).title == title_en


def test_many_parties_share_a_column_and_none_is_lost():
    chart = plot_commitments_by_party(by_party(6), by_status(10, 0, 0, 0, 0), context(illustrative=True))
    assert "Pihak lain (3) memegang 15" in chart.alt
    assert len(chart.data) == 6 * len(AREAS)
    assert "Grafik ini memakai data ilustrasi" in chart.alt


def test_the_alternative_text_names_areas_without_a_commitment():
    bare = by_party().assign(
        commitment_count=lambda f: f["commitment_count"].where(f["area"] != "funding", 0)
    )
    alt = plot_commitments_by_party(bare, by_status(10, 0, 0, 0, 0), context("en")).alt
    assert "Without a commitment: Rehabilitation" in alt
    assert "Funding" in alt.partition("Without a commitment:")[2]


@pytest.mark.parametrize(
    ("days", "title"),
    [
        ([("2026-02-06", (10, 0, 0, 0, 0))], "Per 6 Februari 2026, semua 10 komitmen berstatus diumumkan"),
        ([("2026-02-06", (9, 0, 0, 1, 0))], "Per 6 Februari 2026, 1 dari 10 komitmen selesai"),
        ([("2026-02-06", (10, 0, 0, 0, 0)), ("2026-06-30", (5, 2, 0, 3, 0))],
         "Komitmen yang selesai naik dari 0 menjadi 3"),
        ([("2026-02-06", (8, 0, 0, 2, 0)), ("2026-06-30", (5, 2, 1, 2, 0))],
         "Per 30 Juni 2026, 2 dari 10 komitmen selesai"),
        ([("2026-02-06", (8, 0, 0, 2, 0)), ("2026-06-30", (9, 0, 0, 1, 0))],
         "Komitmen yang selesai turun dari 2 menjadi 1"),
    ],
)  # fmt: skip
def test_the_history_tells_rise_fall_and_standstill(days, title):
    assert plot_commitment_history(history(*days), context()).title == title


def test_of_many_days_the_first_and_the_latest_are_shown():
    days = [(f"2026-0{month}-01", (10 - month, 0, 0, month, 0)) for month in range(1, 8)]
    chart = plot_commitment_history(history(*days), context())
    shown = [month for month in ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli")
             if f"1 {month} 2026:" in chart.alt]  # fmt: skip
    assert shown == ["Januari", "Mei", "Juni", "Juli"]
    assert len(chart.data) == 35


def plan(**changes: object) -> pd.DataFrame:
    base = {
        "activity_id": ["a", "b"], "area": ["funding", "eradication"],
        "activity_name_id": ["Pendanaan", "Razia"],
        "activity_name_en": ["Funding", "Raids"], "start_month": [1, 4], "end_month": [12, 9],
        "count_unit": [None, "kegiatan"], "target_count": pd.array([None, 8], dtype="Int64"),
        "realised_count": pd.array([None, 2], dtype="Int64"), "realised_share": [float("nan"), 0.25],
    }  # fmt: skip
    return pd.DataFrame(base | changes)


NONE = pd.array([None, None], dtype="Int64")


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"target_count": NONE, "realised_count": NONE, "start_month": 1, "end_month": 12},
         "Rencana kerja 2 bidang berlaku sepanjang 2026, belum dirinci per triwulan"),
        ({"target_count": NONE, "realised_count": NONE},
         "2 kegiatan direncanakan dalam 2 bidang, target belum ada"),
        ({"realised_count": NONE}, "1 dari 2 kegiatan sudah mempunyai target"),
        ({}, "0 dari 1 kegiatan bertarget sudah mencapai targetnya"),
        ({"realised_share": [float("nan"), 1.5]}, "1 dari 1 kegiatan bertarget sudah mencapai targetnya"),
    ],
)  # fmt: skip
def test_the_plan_says_what_is_known_of_it(changes, title):
    assert plot_work_plan(plan(**changes), context()).title == title


def test_the_filled_plan_names_target_and_result():
    alt = plot_work_plan(plan(), context()).alt
    assert "Razia, Triwulan II sampai Triwulan III, 2 dari 8 kegiatan" in alt
    assert "Pendanaan, Triwulan I sampai Triwulan IV, target belum terbit" in alt


def timeline(disputed: bool) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "milestone_id": ["a", "b", "c"],
            "milestone_date": pd.to_datetime(["2020-01-01", "2021-06-01", "2026-02-06"]),
            "date_precision": ["year", "month", "day"],
            "milestone_status": ["in_force", "done", "announced"],
            "is_date_disputed": [False, False, disputed],
            "stated_date": pd.to_datetime([None, None, "2026-01-06" if disputed else None]),
            "title_id": ["Tim", "B06", "Nota"],
            "title_en": ["Team", "B06", "Agreement"],
        }
    )


def test_a_disputed_date_is_told_in_title_and_text():
    chart = plot_policy_timeline(timeline(True), context())
    assert chart.title == "3 tonggak kebijakan sejak 2020; tanggal satu di antaranya diragukan"
    assert "Nota (6 Februari 2026 tercatat, 6 Januari 2026 tertulis dalam naskah; diumumkan)" in chart.alt
    assert "Tim (2020, berlaku); B06 (Juni 2021, selesai)" in chart.alt


def test_an_undisputed_timeline_tells_its_span():
    assert plot_policy_timeline(timeline(False), context("en")).title == (
        "3 policy milestones since 2020, the latest in 2026"
    )
    assert plot_policy_timeline(timeline(False).iloc[:1], context()).title == (
        "Satu tonggak kebijakan tercatat, pada 2020"
    )


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plot_commitments_by_party(by_party().iloc[:0], by_status(1, 0, 0, 0, 0), context()),
        lambda: plot_commitment_history(history(), context()),
        lambda: plot_work_plan(plan().iloc[:0], context()),
        lambda: plot_policy_timeline(timeline(False).drop(columns="stated_date"), context()),
    ],
)
def test_a_frame_without_rows_or_columns_is_refused(draw):
    with pytest.raises(SchemaError, match=r"has no rows to draw|needs the columns"):
        draw()
