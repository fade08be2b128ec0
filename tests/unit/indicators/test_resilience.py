"""The index, its interval and its classes, against figures worked out by hand."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from helpers.errors import SchemaError
from helpers.indicators import resilience
from helpers.indicators.resilience import (
    classify_index,
    compute_index_by,
    compute_index_interval,
    select_scale,
)


def survey(scores_by_family: dict[str, list[int]]) -> pd.DataFrame:
    """Return answers: one respondent a family, one row an item."""
    rows = [
        (family, f"{family}-1", f"i{item:02}", score)
        for family, scores in scores_by_family.items()
        for item, score in enumerate(scores, 1)
    ]
    return pd.DataFrame(rows, columns=["family_id", "respondent_id", "item_id", "item_score"])


def scale() -> pd.DataFrame:
    """Return the scale of the year-end release of 2022-12-30, as published."""
    return pd.DataFrame(
        {
            "scale_id": "dektara-2022",
            "index_name": "family_resilience",
            "valid_from": "2022-12-30",
            "class_id": ["sangat rendah", "rendah", "tinggi", "sangat tinggi"],
            "lower_bound": [25, 65, 76.61, 88.31],
            "upper_bound": [65, 76.61, 88.31, None],
        }
    )


def test_the_published_index_is_950_of_1120() -> None:
    scores = [4] * 110 + [3] * 170
    assert sum(scores) == 950
    answers = survey({f"f{n}": scores[n * 28 : (n + 1) * 28] for n in range(10)})
    table = compute_index_by(answers)
    assert table["score_sum"].tolist() == [950]
    assert round(table["family_resilience_index"].iloc[0], 3) == 84.821


@pytest.mark.parametrize(("score", "index"), [(1, 25.0), (2, 50.0), (3, 75.0), (4, 100.0)])
def test_the_range_is_25_to_100(score: int, index: float) -> None:
    table = compute_index_by(survey({"a": [score] * 3, "b": [score] * 3}))
    assert table["family_resilience_index"].tolist() == [index]


def test_an_answer_not_given_is_in_neither_sum() -> None:
    table = compute_index_by(survey({"a": [4, 4], "b": [2]}))
    assert table["family_resilience_index"].iloc[0] == pytest.approx(100 * 10 / 12)


def test_the_interval_equals_a_count_of_all_ordered_resamples() -> None:
    answers = survey({"a": [1], "b": [2], "c": [4]})
    means = sorted(sum(draw) / 3 * 25 for draw in itertools.product([1, 2, 4], repeat=3))
    # 27 resamples: the 10th percentile is the 3rd smallest (2.7), the 90th the 25th (24.3).
    interval = compute_index_interval(answers, confidence_level=0.8)
    assert interval["interval_low"].iloc[0] == pytest.approx(means[2])
    assert interval["interval_high"].iloc[0] == pytest.approx(means[24])
    assert interval["method"].tolist() == ["exact"]


def test_the_interval_of_many_families_is_simulated_the_same_way_each_time() -> None:
    answers = survey({f"f{n:02}": [1 + n % 4] for n in range(40)})
    first, second = compute_index_interval(answers), compute_index_interval(answers)
    assert first["method"].tolist() == ["simulated"]
    assert first.equals(second)
    assert first["interval_low"].iloc[0] < 62.5 < first["interval_high"].iloc[0]


def test_simulation_and_enumeration_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = survey({f"f{n}": [1 + n % 4, 1 + n % 3] for n in range(8)})
    exact = compute_index_interval(answers)
    monkeypatch.setattr(resilience, "EXACT_LIMIT", 0)
    simulated = compute_index_interval(answers)
    assert simulated["interval_low"].iloc[0] == pytest.approx(exact["interval_low"].iloc[0], abs=1.6)
    assert simulated["interval_high"].iloc[0] == pytest.approx(exact["interval_high"].iloc[0], abs=1.6)


def test_families_that_agree_have_no_spread() -> None:
    interval = compute_index_interval(survey({"a": [3, 3], "b": [3, 3], "c": [3, 3]}))
    assert interval[["interval_low", "interval_high"]].iloc[0].tolist() == pytest.approx([75.0, 75.0])


def test_one_family_has_no_interval() -> None:
    with pytest.raises(SchemaError, match="at least two families"):
        compute_index_interval(survey({"a": [3, 4]}))


def test_families_with_different_item_counts_are_refused() -> None:
    with pytest.raises(SchemaError, match="different numbers of items"):
        compute_index_interval(survey({"a": [3, 4], "b": [3]}))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (25.0, "sangat rendah"),
        (64.99, "sangat rendah"),
        (65.0, "rendah"),
        (76.605, "rendah"),
        (76.61, "tinggi"),
        (84.821, "tinggi"),
        (88.305, "tinggi"),
        (88.31, "sangat tinggi"),
        (100.0, "sangat tinggi"),
    ],
)
def test_the_class_at_each_edge_of_the_published_scale(value: float, expected: str) -> None:
    assert classify_index(value, scale()) == expected


@pytest.mark.parametrize("value", [24.9, float("nan")])
def test_a_value_outside_the_scale_has_no_class(value: float) -> None:
    with pytest.raises(SchemaError, match="lies in 0 classes"):
        classify_index(value, scale())


def test_a_scale_with_a_gap_is_refused() -> None:
    gap = scale()
    gap.loc[1, "upper_bound"] = 76.60
    with pytest.raises(SchemaError, match="gap or overlap"):
        select_scale(gap, "family_resilience")


def test_an_unknown_scale_is_refused() -> None:
    with pytest.raises(SchemaError, match="no scale"):
        select_scale(scale(), "family_resilience", "dektara-1999")
    with pytest.raises(SchemaError, match="no scale"):
        select_scale(scale(), "kotan")


def test_the_newest_scale_is_taken() -> None:
    older = scale().assign(scale_id="dektara-2019", valid_from="2019-01-01")
    chosen = select_scale(pd.concat([scale(), older]), "family_resilience")
    assert chosen["scale_id"].unique().tolist() == ["dektara-2022"]
