"""Programmes as a list for readers, and how many of them have figures."""

from __future__ import annotations

import pandas as pd

from helpers.indicators.traced import traced


def compute_programme_counts(programmes: pd.DataFrame) -> dict[str, int]:
    """Return how many activities are on record and how many of them have a figure.

    Parameters
    ----------
    programmes : DataFrame
        One row an activity: ``target_count`` and ``realised_count`` (missing: not published).

    Returns
    -------
    dict
        ``total`` and ``counted``, activities.

    Examples
    --------
    >>> frame = pd.DataFrame({"target_count": [None, None], "realised_count": [10, None]})
    >>> compute_programme_counts(frame)
    {'total': 2, 'counted': 1}
    """
    counted = programmes[["target_count", "realised_count"]].notna().any(axis=1)
    return {"total": len(programmes), "counted": int(counted.sum())}


@traced
def list_programmes(programmes: pd.DataFrame, villages: pd.DataFrame, locale: str) -> pd.DataFrame:
    """Return the activities in the order of the file, named in one language.

    Parameters
    ----------
    programmes : DataFrame
        ``clean_programmes__activity``.
    villages : DataFrame
        ``clean_villages__village``: names of the villages by code.
    locale : {"id", "en"}

    Returns
    -------
    DataFrame
        ``section``, ``activity_name``, ``village_name``, ``count_unit``, ``target_count`` and
        ``realised_count``, one row an activity.
    """
    named = programmes.merge(
        villages[["village_code", "village_name"]], on="village_code", how="left", validate="many_to_one"
    )
    named = named.rename(columns={f"activity_name_{locale}": "activity_name"}, errors="raise")
    columns = ["section", "activity_name", "village_name", "count_unit", "target_count", "realised_count"]
    return named[columns]
