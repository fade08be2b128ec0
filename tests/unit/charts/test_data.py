"""The CSV beside a chart holds the values shown, in the order shown; bad frames are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
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
    save_chart,
)
from helpers.errors import SchemaError


def csv_lines(chart: Chart, folder: Path) -> list[str]:
    return save_chart(chart, folder).csv.read_text(encoding="utf-8").splitlines()


def test_months(build: Callable[[str, str], Chart], tmp_path: Path) -> None:
    lines = csv_lines(build("absorption-by-month", "id"), tmp_path)
    assert lines[0] == "month,ceiling_idr,expenditure_to_date_idr,absorption_rate,planned_rate,target_rate"
    assert lines[1] == "1,1000000000,20000000,0.02,0.03,"
    assert lines[12] == "12,1000000000,983000000,0.983,1.0,0.9"
    assert len(lines) == 13


def test_groups_come_highest_first(build: Callable[[str, str], Chart], tmp_path: Path) -> None:
    assert csv_lines(build("absorption-by-section", "id"), tmp_path) == [
        "section,ceiling_idr,expenditure_to_date_idr,absorption_rate",
        "general,200000000,197600000,0.988",
        "eradication,200000000,197040000,0.9852",
        "prevention,200000000,195000000,0.975",
        "rehabilitation,200000000,194000000,0.97",
    ]


def test_a_group_without_ceiling_comes_last_and_stays_empty(
    build: Callable[[str, str], Chart], tmp_path: Path
) -> None:
    lines = csv_lines(build("section-over-and-none", "id"), tmp_path)
    assert lines[1].startswith("general,200000000,206800000,1.034")
    assert lines[-1] == "eradication,200000000,0,"


def test_scale_is_one_row(build: Callable[[str, str], Chart], tmp_path: Path) -> None:
    header, row = csv_lines(build("index-on-scale", "en"), tmp_path)
    assert header.startswith(
        "family_resilience_index,interval_low,interval_high,confidence_level,scale_valid_from"
    )
    index, rest = row.split(",", 1)
    assert float(index) == pytest.approx(84.8214286)
    assert rest == "80.1,89.3,0.95,2022-12-30,tinggi,sangat tinggi"


def test_grid_holds_its_period_alone(make: type) -> None:
    frame = make.rollout(B06=make.waiting("BPBD"), B12={})
    chart = plot_opd_status_grid(frame, "2021-B12", make.context("id"))
    assert len(chart.data) == 27
    assert set(chart.data["reporting_period"]) == {"2021-B12"}


def test_profile_holds_dimensions_then_roles(build: Callable[[str, str], Chart]) -> None:
    data = build("dimension-profile", "id").data
    assert data["dimension"].tolist()[:3] == ["belief", "organisation", "communication"]
    assert data["family_resilience_index"].tolist()[3:5] == [90.1, 86.4]
    assert data["respondent_role"].tolist()[3:5] == ["parent", "child"]


def test_a_text_like_a_formula_is_escaped(make: type, tmp_path: Path) -> None:
    frame = make.rollout(B06={}).replace({"opd_name": {"Dinas DKP": "=HYPERLINK(1)"}})
    lines = csv_lines(plot_opd_status_grid(frame, "2021-B06", make.context("id")), tmp_path)
    assert [line for line in lines if "HYPERLINK" in line] == ["dkp,'=HYPERLINK(1),DKP,2021-B06,reported"]


def test_inputs_are_not_changed(make: type) -> None:
    frames = (
        make.monthly(),
        make.groups("section", {"general": 0.9}),
        make.rollout(B06={}),
        make.scale(),
        make.quality(),
    )
    before = [frame.copy(deep=True) for frame in frames]
    plot_absorption_by_month(frames[0], make.context("id"))
    plot_absorption_by_group(frames[1], "section", make.context("id"))
    plot_opd_by_position(frames[2], make.context("id"))
    plot_index_on_scale(80, 70, 90, frames[3], None, make.context("id"))
    plot_quality_flow(frames[4], make.context("id"), "x")
    for frame, copy in zip(frames, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def test_refusals_name_what_is_wrong(make: type) -> None:
    ctx = make.context("id")
    with pytest.raises(SchemaError, match="'absorption-by-month' needs the columns planned_rate"):
        plot_absorption_by_month(make.monthly().drop(columns="planned_rate"), ctx)
    with pytest.raises(SchemaError, match="'absorption-by-month' has no rows"):
        plot_absorption_by_month(make.monthly().assign(absorption_rate=float("nan")), ctx)
    with pytest.raises(ValueError, match="by='line_code'; known: section, expenditure_type"):
        plot_absorption_by_group(make.monthly(), "line_code", ctx)
    with pytest.raises(SchemaError, match="'opd-status-grid' has no rows"):
        plot_opd_status_grid(make.rollout(B06={}), "2021-B12", ctx)
    with pytest.raises(SchemaError, match="unknown report_status selesai"):
        plot_opd_status_grid(make.rollout(B06={"DKP": "selesai"}), "2021-B06", ctx)
    with pytest.raises(SchemaError, match="not every department has every reporting period"):
        plot_opd_by_position(make.rollout(B06={}, B12={}).iloc[1:], ctx)
    frame = make.rollout(B06={})
    with pytest.raises(SchemaError, match="a department is twice in one reporting period"):
        plot_opd_by_position(pd.concat([frame, frame.head(1)]), ctx)
    with pytest.raises(SchemaError, match="published class 'luar biasa' is not on the scale"):
        plot_index_on_scale(80, 70, 90, make.scale(), "luar biasa", ctx)
    with pytest.raises(SchemaError, match="lies in 0 classes"):
        plot_index_on_scale(20, 15, 25, make.scale(), None, ctx)
    with pytest.raises(SchemaError, match="a role or dimension that is not known"):
        plot_dimension_profile(
            make.dimensions(), make.roles().replace({"respondent_role": {"child": "guru"}}), ctx
        )
    with pytest.raises(SchemaError, match="rows of budget are neither kept nor rejected"):
        plot_quality_flow(make.quality().replace({"rows_in": {900: 901}}), ctx, "x")
    with pytest.raises(SchemaError, match="more rows of family_survey are corrected than kept"):
        plot_quality_flow(make.quality().assign(rows_corrected=[21, 0, 0]), ctx, "x")
