"""Programmes and milestones as lists for readers, and how many of them have figures."""

from __future__ import annotations

import pandas as pd

from helpers.formats import format_value

_ISO = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


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


def list_milestones(milestones: pd.DataFrame, locale: str) -> pd.DataFrame:
    """Return the milestones by date, each date as far as it is known.

    Parameters
    ----------
    milestones : DataFrame
        ``clean_milestones__milestone``.
    locale : {"id", "en"}

    Returns
    -------
    DataFrame
        ``when`` (text), ``milestone`` and ``milestone_status``, earliest first.
    """
    ordered = milestones.sort_values(["milestone_date", "milestone_id"], ignore_index=True)
    known = zip(ordered["milestone_date"], ordered["date_precision"].astype("str"), strict=True)
    when = [format_value(date.strftime(_ISO[precision]), "date", locale) for date, precision in known]
    return pd.DataFrame(
        {
            "when": pd.Series(when, dtype="str"),
            "milestone": ordered[f"title_{locale}"],
            "milestone_status": ordered["milestone_status"],
        }
    )
