"""Profiles: places on the tile map, counts beside neighbours, and what is hidden for privacy."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from helpers.errors import SchemaError
from helpers.indicators.profiles import (
    compute_district_status,
    compute_opd_actions,
    compute_survey_by_role,
    compute_survey_by_village,
    compute_village_comparison,
    compute_village_status,
    place_districts,
    widen_actions,
)

REFERENCE = Path(__file__).resolve().parents[3] / "data" / "reference"
LAYOUT = pd.read_csv(REFERENCE / "district_tiles.csv", dtype="str")
DISTRICTS = pd.read_csv(REFERENCE / "districts.csv", dtype="str")


def test_the_layout_holds_every_district_once_and_no_tile_twice() -> None:
    assert sorted(LAYOUT["district_code"]) == sorted(DISTRICTS["district_code"])
    assert len(set(zip(LAYOUT["tile_row"], LAYOUT["tile_column"], strict=True))) == 11


@pytest.mark.parametrize(
    ("west", "east"),
    [("63.06.11", "63.06.10"), ("63.06.07", "63.06.05"), ("63.06.05", "63.06.04"), ("63.06.04", "63.06.03")],
)
def test_the_layout_keeps_west_and_east_apart(west: str, east: str) -> None:
    columns = LAYOUT.set_index("district_code")["tile_column"].astype("int64")
    assert columns[west] < columns[east]


def test_the_layout_keeps_north_and_south_apart() -> None:
    rows = LAYOUT.set_index("district_code")["tile_row"].astype("int64")
    # Daha Utara lies north of Kandangan, Sungai Raya and Padang Batung south of it.
    assert rows["63.06.08"] < rows["63.06.05"] < rows["63.06.01"]
    assert rows["63.06.05"] < rows["63.06.02"]


def test_districts_that_nobody_has_placed_stand_in_the_order_of_their_codes() -> None:
    placed = place_districts(DISTRICTS, LAYOUT.head(10))
    assert not placed["is_schematic"].any()
    assert placed["district_code"].tolist() == sorted(DISTRICTS["district_code"])
    assert not placed.duplicated(["tile_row", "tile_column"]).any()


def test_two_districts_on_one_tile_are_refused() -> None:
    with pytest.raises(SchemaError, match="two districts on one tile"):
        place_districts(DISTRICTS, LAYOUT.assign(tile_row="1", tile_column="1"))


@pytest.fixture
def villages() -> pd.DataFrame:
    """Three villages of two districts."""
    return pd.DataFrame(
        {
            "village_code": ["b1", "a2", "a1"],
            "village_name": ["B1", "A2", "A1"],
            "village_type": ["desa", "kelurahan", "desa"],
            "district_code": ["b", "a", "a"],
            "district_name": ["B", "A", "A"],
            "is_desa_bersinar": [False, True, False],
            "vulnerability_class": [None, None, "siaga"],
        }
    )


def test_counts_of_a_district_are_those_of_its_villages(villages: pd.DataFrame) -> None:
    programmes = pd.DataFrame({"village_code": ["a2", None, "a1", "a2"]})
    status = compute_village_status(villages, programmes)
    assert status[["village_code", "programme_count"]].values.tolist() == [["a1", 1], ["a2", 2], ["b1", 0]]
    assert compute_district_status(status).values.tolist() == [
        ["a", "A", 1, 1, 2, 1, 1, 3],
        ["b", "B", 1, 0, 1, 0, 0, 0],
    ]


def test_a_village_stands_beside_its_district_and_the_regency(villages: pd.DataFrame) -> None:
    status = compute_village_status(villages, pd.DataFrame({"village_code": ["b1"]}))
    levels = compute_village_comparison(status, "b1").set_index("level")
    assert levels["member_count"].tolist() == [1, 1, 3]
    assert levels["programme_count"].tolist() == [1, 1, 1]
    assert levels.loc["regency", "desa_bersinar_count"] == 1


def people(**counts: int) -> pd.DataFrame:
    """Answers of so many respondents in each village."""
    names = [village for village, count in counts.items() for _ in range(count)]
    return pd.DataFrame(
        {"village_code": names, "respondent_id": range(len(names)), "family_id": range(len(names))}
    )


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 20}, []),
        ({"a": 5, "b": 9}, []),
        ({"a": 4, "b": 9, "c": 7}, ["a", "c"]),
        ({"a": 1, "b": 4, "c": 7}, ["a", "b"]),
        ({"a": 3}, ["a"]),
    ],
)
def test_a_village_of_up_to_four_people_is_hidden_and_never_alone(
    counts: dict[str, int], hidden: list[str]
) -> None:
    table = compute_survey_by_village(people(**counts))
    assert table.loc[table["is_suppressed"], "village_code"].tolist() == hidden
    assert table.loc[table["is_suppressed"], "respondent_count"].isna().all()
    assert table.loc[~table["is_suppressed"], "respondent_count"].notna().all()


def test_one_hidden_role_hides_the_other_with_its_index() -> None:
    answers = pd.DataFrame(
        {"respondent_id": range(12), "item_score": 3, "respondent_role": ["parent"] * 9 + ["child"] * 3}
    )
    by_role = compute_survey_by_role(answers)
    assert by_role["is_suppressed"].all()
    assert by_role[["respondent_count", "family_resilience_index"]].isna().all(axis=None)


def test_roles_large_enough_are_shown() -> None:
    answers = pd.DataFrame(
        {"respondent_id": range(10), "item_score": [4] * 5 + [2] * 5,
         "respondent_role": ["parent"] * 5 + ["child"] * 5}
    )  # fmt: skip
    by_role = compute_survey_by_role(answers).set_index("respondent_role")
    assert by_role.loc["parent", "family_resilience_index"] == 100
    assert by_role.loc["child", "family_resilience_index"] == 50


@pytest.fixture
def reports() -> pd.DataFrame:
    """Four departments, one of which has not reported."""
    return pd.DataFrame(
        {
            "opd_id": ["a", "b", "c", "d"],
            "reporting_period": "2021-B06",
            "report_status": ["reported", "reported", "reported", "in_progress"],
            "outreach_event_count": pd.array([2, 3, 4, 9], dtype="Int64"),
            "volunteer_count": pd.array([2, 6, 30, 1], dtype="Int64"),
        }
    )


def own_count(reports: pd.DataFrame, opd: str, action: str) -> pd.Series:
    """Return the row of one department and action."""
    actions = compute_opd_actions(
        reports, opd, ["outreach_event_count", "volunteer_count"], ["volunteer_count"]
    )
    return actions.set_index("action").loc[action]


def test_a_small_count_of_people_is_hidden_with_the_next_smallest(reports: pd.DataFrame) -> None:
    # 38 in all: without the six of "b" hidden too, the two of "a" would be 38 - 6 - 30.
    hidden = {opd: bool(own_count(reports, opd, "volunteer_count")["is_suppressed"]) for opd in "abc"}
    assert hidden == {"a": True, "b": True, "c": False}
    assert own_count(reports, "a", "volunteer_count")["all_count"] == 38


def test_events_are_not_people(reports: pd.DataFrame) -> None:
    row = own_count(reports, "a", "outreach_event_count")
    assert (row["action_count"], bool(row["is_suppressed"]), row["all_count"]) == (2, False, 9)


def test_a_department_that_has_not_reported_has_no_actions(reports: pd.DataFrame) -> None:
    assert compute_opd_actions(reports, "d", ["volunteer_count"], ["volunteer_count"]).empty


def test_positions_stand_side_by_side(reports: pd.DataFrame) -> None:
    later = reports.head(1).assign(reporting_period="2021-B12")
    names = ["volunteer_count", "outreach_event_count"]
    actions = compute_opd_actions(pd.concat([reports, later]), "a", names, ["volunteer_count"])
    wide = widen_actions(actions, names)
    assert wide["action"].tolist() == names
    assert wide.set_index("action").loc["outreach_event_count", "own_b12_count"] == 2
    assert wide.set_index("action")["is_own_b06_suppressed"].tolist() == [True, False]
