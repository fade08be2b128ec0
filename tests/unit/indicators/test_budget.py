"""Absorption against figures worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.errors import SchemaError
from helpers.indicators.budget import (
    compute_absorption_by,
    compute_absorption_by_month,
    compute_absorption_total,
    select_least_absorbed,
    select_targets,
)


def lines() -> pd.DataFrame:
    """Two lines, three months; the second line's ceiling is revised in March."""
    return pd.DataFrame(
        {
            "line_code": ["a", "b"] * 3,
            "activity_name": ["Umum", "P2M"] * 3,
            "account_name": ["Gaji", "Bahan"] * 3,
            "section": ["general", "prevention"] * 3,
            "expenditure_type": ["personnel", "goods"] * 3,
            "month": [1, 1, 2, 2, 3, 3],
            "ceiling_idr": [1000, 500, 1000, 500, 1000, 600],
            "expenditure_idr": [100, 50, 200, -20, 300, 450],
            "expenditure_to_date_idr": [100, 50, 300, 30, 600, 480],
        }
    )


def plan() -> pd.DataFrame:
    """The plan of two types; nothing is planned for goods in January."""
    return pd.DataFrame(
        {
            "expenditure_type": ["personnel"] * 3 + ["goods"] * 3,
            "month": [1, 2, 3] * 2,
            "planned_idr": [150, 150, 200, 0, 100, 200],
        }
    )


def targets() -> pd.DataFrame:
    """The first quarter's target on the total and on one type."""
    return pd.DataFrame(
        {"expenditure_type": ["total", "goods"], "quarter": [1, 1], "target_rate": [0.15, 0.10]}
    )


def test_the_total_uses_the_last_month_and_its_ceiling() -> None:
    row = compute_absorption_total(lines()).iloc[0]
    assert (row["ceiling_idr"], row["expenditure_to_date_idr"], row["remaining_idr"]) == (1600, 1080, 520)
    assert row["absorption_rate"] == 0.675


def test_each_month_is_measured_against_its_own_ceiling() -> None:
    table = compute_absorption_by_month(lines(), plan(), targets())
    assert table["ceiling_idr"].tolist() == [1500, 1500, 1600]
    assert table["expenditure_idr"].tolist() == [150, 180, 750]
    assert table["absorption_rate"].tolist() == pytest.approx([0.1, 0.22, 0.675])
    assert table["planned_to_date_idr"].tolist() == [150, 400, 800]
    assert table["planned_rate"].tolist() == pytest.approx([0.1, 400 / 1500, 0.5])


def test_only_the_total_target_stands_at_the_end_of_its_quarter() -> None:
    table = compute_absorption_by_month(lines(), plan(), targets())
    assert table["target_rate"].isna().tolist() == [True, True, False]
    assert table["target_rate"].iloc[2] == 0.15


def test_groups_are_sorted_by_rate_and_add_up() -> None:
    table = compute_absorption_by(lines(), "section")
    assert table["section"].tolist() == ["prevention", "general"]
    assert table["absorption_rate"].tolist() == pytest.approx([0.8, 0.6])
    assert table["remaining_idr"].tolist() == [120, 400]
    assert table["ceiling_idr"].sum() == 1600


def test_a_group_without_a_ceiling_has_no_rate_and_stands_last() -> None:
    frame = lines().assign(ceiling_idr=[0, 500] * 2 + [0, 600])
    table = compute_absorption_by(frame, "section")
    assert table["section"].tolist() == ["prevention", "general"]
    assert table["absorption_rate"].isna().tolist() == [False, True]


def test_the_least_absorbed_lines_leave_out_what_is_spent() -> None:
    frame = lines()
    frame.loc[frame["line_code"] == "b", "expenditure_to_date_idr"] = 600
    table = select_least_absorbed(frame)
    assert table["account_name"].tolist() == ["Gaji"]
    assert table["remaining_idr"].tolist() == [400]


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(SchemaError, match="no rows"):
        compute_absorption_total(lines().iloc[:0])


def test_targets_are_those_of_their_time() -> None:
    table = pd.DataFrame(
        {
            "valid_from": ["2021-01-01", "2022-01-01"],
            "expenditure_type": "total",
            "quarter": [1, 1],
            "target_rate": [0.15, 0.2],
        }
    )
    assert select_targets(table, 2021)["target_rate"].tolist() == [0.15]
    assert select_targets(table, 2024)["target_rate"].tolist() == [0.2]
    with pytest.raises(SchemaError, match="in force in 2019"):
        select_targets(table, 2019)
