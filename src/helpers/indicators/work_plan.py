"""The year's work plan: activities by quarter and area, planned against realised."""

from __future__ import annotations

import pandas as pd

from helpers.columns.partnership import AREAS
from helpers.indicators.traced import traced

_MONTHS_OF_YEAR = (1, 12)


@traced
def compute_plan_by_activity(plan: pd.DataFrame) -> pd.DataFrame:
    """Return each activity with its quarters and what part of its target is realised.

    Parameters
    ----------
    plan : DataFrame
        ``clean_work_plan__activity``: ``start_month`` and ``end_month`` (1 to 12),
        ``target_count`` and ``realised_count`` (missing: no figure).

    Returns
    -------
    DataFrame
        The columns given, ``start_quarter`` and ``end_quarter`` (1 to 4) and
        ``realised_share`` (0 upwards; missing without target or result, and for a target of
        zero). Areas in the order of the dictionary, earlier activities first.

    Examples
    --------
    >>> plan = pd.DataFrame({"activity_id": ["a"], "area": ["funding"], "start_month": [4],
    ...     "end_month": [12], "target_count": [8], "realised_count": [2]})
    >>> compute_plan_by_activity(plan)[["start_quarter", "end_quarter", "realised_share"]].values.tolist()
    [[2.0, 4.0, 0.25]]
    """
    target = plan["target_count"].astype("Float64")
    share = (plan["realised_count"].astype("Float64") / target.mask(target == 0)).astype("float64")
    order = {area: place for place, area in enumerate(AREAS)}
    told = plan.assign(
        area=plan["area"].astype("str"),
        start_quarter=(plan["start_month"] + 2) // 3,
        end_quarter=(plan["end_month"] + 2) // 3,
        realised_share=share,
        _rank=plan["area"].astype("str").map(order),
    )
    ordered = told.sort_values(["_rank", "start_month", "end_month", "activity_id"], ignore_index=True)
    return ordered.drop(columns="_rank")


def has_quarters(plan: pd.DataFrame) -> bool:
    """Return whether any activity is planned for less than the whole year.

    >>> has_quarters(pd.DataFrame({"start_month": [1, 1], "end_month": [12, 12]}))
    False
    """
    first, last = _MONTHS_OF_YEAR
    return bool(((plan["start_month"] != first) | (plan["end_month"] != last)).any())


def has_targets(plan: pd.DataFrame) -> bool:
    """Return whether any activity has a target or a result.

    >>> has_targets(pd.DataFrame({"target_count": [None], "realised_count": [3]}))
    True
    """
    return bool(plan[["target_count", "realised_count"]].notna().any(axis=None))


@traced
def list_work_plan(by_activity: pd.DataFrame, locale: str) -> pd.DataFrame:
    """Return the activities named in one language, with columns of figures only where one has any.

    Returns
    -------
    DataFrame
        ``area``, ``activity_name``, ``party_name``, ``span`` (``"1-4"``: quarters), and where
        there are figures ``count_unit``, ``target_count``, ``realised_count``,
        ``realised_share``.
    """
    listed = by_activity.rename(columns={f"activity_name_{locale}": "activity_name"}, errors="raise")
    spans = zip(listed["start_quarter"], listed["end_quarter"], strict=True)
    listed = listed.assign(span=[f"{start}-{end}" for start, end in spans])
    columns = ["area", "activity_name", "party_name", "span"]
    if has_targets(listed):
        columns += ["count_unit", "target_count", "realised_count", "realised_share"]
    return listed[columns]
