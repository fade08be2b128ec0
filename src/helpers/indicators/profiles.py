"""Profiles of villages, districts and departments: one unit beside its neighbours."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from helpers.errors import SchemaError
from helpers.indicators.resilience import compute_index_by
from helpers.indicators.suppression import suppress_small_counts
from helpers.indicators.traced import traced

#: Positions of districts: row 1 northernmost, column 1 westernmost.
TILE_COLUMNS = ("tile_row", "tile_column")


@traced
def place_districts(villages: pd.DataFrame, layout: pd.DataFrame | None) -> pd.DataFrame:
    """Return every district with its place on the tile map.

    Parameters
    ----------
    villages : DataFrame
        ``clean_villages__village``: ``district_code`` and ``district_name``.
    layout : DataFrame or None
        ``reference/district_tiles.csv``: ``district_code``, ``tile_row`` and ``tile_column``
        (from 1, as text or numbers).

    Returns
    -------
    DataFrame
        One row a district in the order of its code: ``district_code``, ``district_name``,
        ``tile_row``, ``tile_column`` and ``is_schematic``. Where the layout lacks a district all
        stand in the order of their codes and ``is_schematic`` is false: nobody has placed them.

    Raises
    ------
    SchemaError
        If the layout puts two districts on one tile.

    Examples
    --------
    >>> villages = pd.DataFrame({"district_code": ["b", "a", "a"], "district_name": ["B", "A", "A"]})
    >>> place_districts(villages, None)[["district_code", "tile_row", "tile_column"]].values.tolist()
    [['a', 1, 1], ['b', 1, 2]]
    """
    columns = ["district_code", "district_name"]
    districts = villages[columns].drop_duplicates().sort_values("district_code", ignore_index=True)
    if layout is not None and len(layout) and set(districts["district_code"]) <= set(layout["district_code"]):
        placed = districts.merge(
            layout[["district_code", *TILE_COLUMNS]], on="district_code", how="left", validate="one_to_one"
        )
        placed = placed.astype(dict.fromkeys(TILE_COLUMNS, "int64")).assign(is_schematic=True)
        if placed.duplicated(list(TILE_COLUMNS)).any():
            raise SchemaError("district_tiles.csv puts two districts on one tile")
        return placed
    across = max(1, math.ceil(math.sqrt(len(districts))))
    order = pd.Series(range(len(districts)), dtype="int64")
    return districts.assign(tile_row=order // across + 1, tile_column=order % across + 1, is_schematic=False)


@traced
def compute_village_status(villages: pd.DataFrame, programmes: pd.DataFrame) -> pd.DataFrame:
    """Return the villages with the number of activities on record in each.

    Parameters
    ----------
    villages : DataFrame
        ``clean_villages__village``.
    programmes : DataFrame
        ``clean_programmes__activity``: ``village_code`` (missing: of the whole regency).

    Returns
    -------
    DataFrame
        The villages in the order of their codes with ``programme_count`` (0 where none is on record).

    Examples
    --------
    >>> villages = pd.DataFrame({"village_code": ["2", "1"]})
    >>> programmes = pd.DataFrame({"village_code": ["2", None, "2"]})
    >>> compute_village_status(villages, programmes)["programme_count"].tolist()
    [0, 2]
    """
    counts = programmes["village_code"].dropna().value_counts()
    ordered = villages.sort_values("village_code", ignore_index=True)
    return ordered.assign(programme_count=ordered["village_code"].map(counts).fillna(0).astype("int64"))


@traced
def compute_district_status(status: pd.DataFrame) -> pd.DataFrame:
    """Return what is on record of each district.

    Parameters
    ----------
    status : DataFrame
        Result of `compute_village_status`.

    Returns
    -------
    DataFrame
        One row a district in the order of its code: ``district_code``, ``district_name``,
        ``desa_count``, ``kelurahan_count``, ``village_count``, ``desa_bersinar_count``,
        ``vulnerability_known_count`` and ``programme_count``.

    Examples
    --------
    >>> status = pd.DataFrame({"district_code": ["a", "a"], "district_name": ["A", "A"],
    ...     "village_type": ["desa", "kelurahan"], "is_desa_bersinar": [True, False],
    ...     "vulnerability_class": [None, "aman"], "programme_count": [2, 0]})
    >>> compute_district_status(status).values.tolist()
    [['a', 'A', 1, 1, 2, 1, 1, 2]]
    """
    kinds = status["village_type"].astype("str")
    flags = status[["district_code", "district_name"]].assign(
        desa_count=kinds.eq("desa").astype("int64"),
        kelurahan_count=kinds.eq("kelurahan").astype("int64"),
        village_count=1,
        desa_bersinar_count=status["is_desa_bersinar"].astype("int64"),
        vulnerability_known_count=status["vulnerability_class"].notna().astype("int64"),
        programme_count=status["programme_count"],
    )
    return flags.groupby(["district_code", "district_name"], observed=True, sort=True).sum().reset_index()


@traced
def compute_survey_by_village(answers: pd.DataFrame) -> pd.DataFrame:
    """Return how many people and families answered in each village, small villages hidden.

    Parameters
    ----------
    answers : DataFrame
        ``clean_family_survey__respondent_item``: ``village_code``, ``respondent_id``, ``family_id``.

    Returns
    -------
    DataFrame
        One row a surveyed village: ``village_code``, ``respondent_count`` (missing where hidden),
        ``family_count`` and ``is_suppressed``. Of a hidden village nothing else may be shown,
        its index included. The total of all villages is published, so a hidden village may hide
        others (`suppress_small_counts`).

    Examples
    --------
    >>> answers = pd.DataFrame({"village_code": ["a"] * 3 + ["b"] * 6 + ["c"] * 9,
    ...     "respondent_id": range(18), "family_id": range(18)})
    >>> compute_survey_by_village(answers)["is_suppressed"].tolist()
    [True, True, False]
    """
    counts = answers.groupby("village_code", observed=True, sort=True).agg(
        respondent_count=("respondent_id", "nunique"), family_count=("family_id", "nunique")
    )
    grouped = counts.reset_index().assign(whole=0)
    return suppress_small_counts(grouped, "respondent_count", within=["whole"]).drop(columns="whole")


@traced
def compute_survey_by_role(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the index by role within one village, with small groups hidden.

    Parameters
    ----------
    answers : DataFrame
        The answers of one village.

    Returns
    -------
    DataFrame
        One row a role: ``respondent_role``, ``respondent_count``, ``family_resilience_index`` and
        ``is_suppressed``; both measures are missing where the group is hidden. Since the village's
        total is shown, one hidden role hides the other.

    Examples
    --------
    >>> answers = pd.DataFrame({"respondent_id": range(9), "item_score": 4,
    ...     "respondent_role": ["parent"] * 7 + ["child"] * 2})
    >>> compute_survey_by_role(answers)["family_resilience_index"].isna().tolist()
    [True, True]
    """
    by_role = compute_index_by(answers, "respondent_role").assign(whole=0)
    hidden = suppress_small_counts(by_role, "respondent_count", within=["whole"])
    index = hidden["family_resilience_index"].mask(hidden["is_suppressed"])
    columns = ["respondent_role", "respondent_count", "family_resilience_index", "is_suppressed"]
    return hidden.assign(family_resilience_index=index)[columns]


@traced
def compute_opd_actions(
    reports: pd.DataFrame, opd_id: str, actions: Sequence[str], people: Sequence[str]
) -> pd.DataFrame:
    """Return the actions that one department reported, beside the sum of all departments.

    Parameters
    ----------
    reports : DataFrame
        ``clean_opd_reports__opd_period``; only rows with status ``reported`` count.
    opd_id : str
    actions, people : sequence of str
        The count columns, and those of them that count people.

    Returns
    -------
    DataFrame
        One row a period and action: ``reporting_period``, ``action``, ``action_count`` (missing
        where hidden or not stated), ``is_suppressed``, ``all_count`` and ``is_all_suppressed``.
        The sum of all departments is published, so a hidden department may hide others
        (`suppress_small_counts`).

    Examples
    --------
    >>> reports = pd.DataFrame({"opd_id": ["a", "b", "c"], "reporting_period": "2021-B06",
    ...     "report_status": "reported", "volunteer_count": [3, 6, 9]})
    >>> compute_opd_actions(reports, "b", ["volunteer_count"], ["volunteer_count"]).values.tolist()
    [['2021-B06', 'volunteer_count', <NA>, True, 18, False]]
    """
    done = reports.loc[reports["report_status"].astype("str") == "reported"]
    long = done.melt(
        id_vars=["opd_id", "reporting_period"], value_vars=list(actions), var_name="action",
        value_name="action_count",
    ).astype({"action_count": "Int64"})  # fmt: skip
    keys = ["reporting_period", "action"]
    hidden = suppress_small_counts(long, "action_count", applies=long["action"].isin(people), within=keys)
    sums = long.groupby(keys, observed=True, sort=False)["action_count"].sum(min_count=1)
    totals = sums.rename("all_count").reset_index()
    totals = suppress_small_counts(totals, "all_count", applies=totals["action"].isin(people))
    totals = totals.rename(columns={"is_suppressed": "is_all_suppressed"})
    own = hidden.loc[hidden["opd_id"] == opd_id].merge(totals, on=keys, how="left", validate="one_to_one")
    return own[[*keys, "action_count", "is_suppressed", "all_count", "is_all_suppressed"]]


@traced
def compute_village_comparison(status: pd.DataFrame, village_code: str) -> pd.DataFrame:
    """Return a village beside its district and its regency.

    Parameters
    ----------
    status : DataFrame
        Result of `compute_village_status`.
    village_code : str

    Returns
    -------
    DataFrame
        Three rows (``level``: ``village``, ``district``, ``regency``): ``member_count``,
        ``desa_bersinar_count``, ``vulnerability_known_count`` and ``programme_count``.

    Examples
    --------
    >>> status = pd.DataFrame({"village_code": ["1", "2"], "district_code": ["a", "b"],
    ...     "is_desa_bersinar": [True, False], "vulnerability_class": None, "programme_count": [1, 0]})
    >>> compute_village_comparison(status, "2")["desa_bersinar_count"].tolist()
    [0, 0, 1]
    """
    own = status.loc[status["village_code"] == village_code]
    district = status.loc[status["district_code"].isin(own["district_code"])]
    rows = [
        {
            "level": level,
            "member_count": len(part),
            "desa_bersinar_count": int(part["is_desa_bersinar"].sum()),
            "vulnerability_known_count": int(part["vulnerability_class"].notna().sum()),
            "programme_count": int(part["programme_count"].sum()),
        }
        for level, part in (("village", own), ("district", district), ("regency", status))
    ]
    return pd.DataFrame(rows)


@traced
def widen_actions(actions: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """Return the actions of a department with one pair of columns a position.

    Parameters
    ----------
    actions : DataFrame
        Result of `compute_opd_actions`.
    order : sequence of str
        The actions in the order of the table.

    Returns
    -------
    DataFrame
        One row an action: ``action``, then for each position ``own_<b06>_count`` and
        ``all_<b06>_count``, each with a flag ``is_own_<b06>_suppressed``, ``is_all_<b06>_suppressed``.
    """
    wide = pd.DataFrame({"action": list(order)})
    for period, part in actions.groupby("reporting_period", sort=True):
        position = str(period).partition("-")[2].casefold()
        names = {
            "action_count": f"own_{position}_count",
            "is_suppressed": f"is_own_{position}_suppressed",
            "all_count": f"all_{position}_count",
            "is_all_suppressed": f"is_all_{position}_suppressed",
        }
        columns = part.rename(columns=names, errors="raise").drop(columns="reporting_period")
        wide = wide.merge(columns, on="action", how="left", validate="one_to_one")
    return wide
