"""The rollout among departments, against counts made by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.errors import SchemaError
from helpers.indicators.rollout import (
    compute_actions_by_period,
    compute_rollout_by_opd,
    compute_rollout_by_period,
    select_registry,
)

PERIODS = ["2021-B06", "2021-B12"]


def registry() -> pd.DataFrame:
    """Three departments; one ended in 2020, one began in 2022."""
    return pd.DataFrame(
        {
            "opd_id": ["dinkes", "bpbd", "old", "new"],
            "opd_name": ["Dinas Kesehatan", "BPBD", "Lama", "Baru"],
            "opd_short_name": ["Dinkes", "BPBD", "Lama", "Baru"],
            "valid_from": ["2017-01-01", "2017-01-01", "2017-01-01", "2022-01-01"],
            "valid_to": [None, None, "2020-12-31", None],
        }
    )


def reports() -> pd.DataFrame:
    """Only one department reports, in both periods."""
    return pd.DataFrame(
        {
            "opd_id": ["dinkes", "dinkes"],
            "reporting_period": PERIODS,
            "report_status": ["reported", "in_progress"],
            "outreach_people_count": pd.array([120, 40], dtype="Int64"),
        }
    )


def test_the_registry_is_dated() -> None:
    assert select_registry(registry(), 2021)["opd_id"].tolist() == ["dinkes", "bpbd"]
    assert select_registry(registry(), 2020)["opd_id"].tolist() == ["dinkes", "bpbd", "old"]
    assert select_registry(registry(), 2022)["opd_id"].tolist() == ["dinkes", "bpbd", "new"]


def test_every_department_stands_in_every_period() -> None:
    table = compute_rollout_by_opd(reports(), select_registry(registry(), 2021), PERIODS)
    assert table[["opd_id", "reporting_period"]].values.tolist() == [
        ["dinkes", "2021-B06"], ["dinkes", "2021-B12"], ["bpbd", "2021-B06"], ["bpbd", "2021-B12"],
    ]  # fmt: skip
    assert table["report_status"].tolist() == ["reported", "in_progress", "not_reported", "not_reported"]
    assert table["is_reported"].tolist() == [True, False, False, False]


def test_a_report_of_an_unknown_department_is_refused() -> None:
    with pytest.raises(SchemaError, match="not in the registry: old"):
        compute_rollout_by_opd(reports().assign(opd_id="old"), select_registry(registry(), 2021), PERIODS)


def test_a_department_reported_twice_is_refused() -> None:
    twice = pd.concat([reports(), reports()])
    with pytest.raises(pd.errors.MergeError):
        compute_rollout_by_opd(twice, select_registry(registry(), 2021), PERIODS)


def test_counts_of_a_period_add_up_to_all_departments() -> None:
    table = compute_rollout_by_period(
        compute_rollout_by_opd(reports(), select_registry(registry(), 2021), PERIODS)
    )
    assert table["total_count"].tolist() == [2, 2]
    assert table["reported_count"].tolist() == [1, 0]
    assert table["in_progress_count"].tolist() == [0, 1]
    assert table["not_reported_count"].tolist() == [1, 1]
    assert table["reported_share"].tolist() == [0.5, 0.0]


def test_actions_of_a_report_in_progress_are_not_summed() -> None:
    table = compute_actions_by_period(reports(), ["outreach_people_count"])
    assert table.values.tolist() == [["2021-B06", "outreach_people_count", 120, 1]]
