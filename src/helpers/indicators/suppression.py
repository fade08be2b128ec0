"""Suppression: no count of 1 to 4 people is published, and no mean of so few."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import pandas as pd

from helpers.columns.model import SMALL_COUNT_LIMIT
from helpers.columns.people import (
    COUNTED_BY,
    MIN_FAMILIES,
    MIN_RESPONDENTS,
    may_count_people,
    names_people,
)
from helpers.errors import SchemaError

#: Measures of a row that tell its hidden count to who knows another of its counts.
_TELLING = ("_share", "_rate", "_index", "_score", "_sum")
SurveyDetail = Literal["none", "index", "dimensions", "roles"]


def suppress_small_counts(
    frame: pd.DataFrame, column: str, *, applies: pd.Series | None = None, within: list[str] | None = None
) -> pd.DataFrame:
    """Hide small counts of people, and as many more as it takes that no hidden one can be worked out.

    Parameters
    ----------
    frame : DataFrame
        Any table with a count of people in ``column``.
    column : str
        The count; it becomes nullable, hidden cells are missing.
    applies : Series of bool, optional
        Rows that count people; the others are left as they are.
    within : list of str, optional
        Columns whose groups have a published total, which tells the sum of all hidden cells. Where
        that sum gives any of them away (one cell alone; as many people as cells, so one in each; a sum
        that is itself small; four in each), the next smallest is hidden too.

    Returns
    -------
    DataFrame
        The frame with ``column`` as ``Int64`` and a new ``is_suppressed``.

    Examples
    --------
    >>> table = pd.DataFrame({"district": ["a"] * 3, "people_count": [3, 7, 20]})
    >>> suppress_small_counts(table, "people_count")["people_count"].tolist()
    [<NA>, 7, 20]
    >>> suppress_small_counts(table, "people_count", within=["district"])["people_count"].tolist()
    [<NA>, <NA>, 20]
    """
    counts = frame[column].astype("Int64")
    eligible = pd.Series(True, index=frame.index) if applies is None else applies.astype(bool)
    hidden = (eligible & counts.between(1, SMALL_COUNT_LIMIT)).fillna(False).astype(bool)
    if within:
        for _, group in frame.groupby(within, observed=True, sort=False):
            own = counts.loc[group.index][eligible.loc[group.index]].dropna()
            hidden.loc[_also_hidden(own, hidden)] = True
    shown = frame.assign(is_suppressed=hidden)
    shown[column] = counts.mask(hidden)
    return shown


def hide_people(frame: pd.DataFrame, *, total_row: bool = False) -> pd.DataFrame:
    """Hide every small count of people in a frame that is to be shown, whatever made it.

    Parameters
    ----------
    frame : DataFrame
        Its columns say what they count (`helpers.columns.people`): by their names, or by the unit of
        each row (``count_unit``, ``action``, ``series``).
    total_row : bool
        Whether the last row is the sum of the others: then no hidden count can be worked out from it.

    Returns
    -------
    DataFrame
        The frame itself where nothing is to hide. Otherwise a copy with the small counts missing, the
        shares, rates and indices of their rows missing too, and ``is_suppressed``.

    Examples
    --------
    >>> plan = pd.DataFrame({"count_unit": ["orang", "kegiatan"], "target_count": [8, 8],
    ...     "realised_count": [2, 2], "realised_share": [0.25, 0.25]})
    >>> hide_people(plan)[["target_count", "realised_count", "realised_share"]].values.tolist()
    [[8, <NA>, nan], [8, 2, 0.25]]
    """
    hidden = pd.DataFrame(False, index=frame.index, columns=frame.columns)
    for column in map(str, frame.columns):
        people = _counting_people(frame, column)
        if not people.any():
            continue
        counts = pd.to_numeric(frame[column], errors="coerce").where(people)
        small = counts.between(1, SMALL_COUNT_LIMIT).fillna(False).astype(bool)
        if total_row and small.any():
            parts = counts.iloc[:-1].dropna().astype("int64")
            small.loc[_also_hidden(parts, small)] = True
        hidden[column] = small
    rows = hidden.any(axis=1)
    if not rows.any():
        return frame
    shown = frame.copy()
    for column in frame.columns:
        if hidden[column].any():
            shown[column] = pd.to_numeric(frame[column], errors="coerce").astype("Int64").mask(hidden[column])
        elif str(column).endswith(_TELLING):
            shown[column] = frame[column].mask(rows)
    before = frame["is_suppressed"] if "is_suppressed" in frame.columns else False
    return shown.assign(is_suppressed=rows | before)


def _counting_people(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return which rows of a column count people."""
    unit = COUNTED_BY.get(column)
    if unit is not None and unit in frame.columns:
        return frame[unit].map(may_count_people, na_action=None).astype(bool)
    return pd.Series(column.endswith("_count") and names_people(column), index=frame.index)


def counts_people(frame: pd.DataFrame, measures: Iterable[str]) -> bool:
    """Return whether any of these measures counts people in a row of the frame.

    >>> counts_people(pd.DataFrame({"count_unit": ["klien"], "realised_count": [3]}), ["realised_count"])
    True
    """
    return any(_counting_people(frame, measure).any() for measure in measures if measure in frame.columns)


def has_small_group(frame: pd.DataFrame) -> bool:
    """Return whether a breakdown of a survey has a group of too few respondents to be shown at all.

    >>> has_small_group(pd.DataFrame({"respondent_count": [19, 1], "family_resilience_index": [80.0, 75.0]}))
    True
    """
    if "family_resilience_index" not in frame.columns or "respondent_count" not in frame.columns:
        return False
    return bool((frame["respondent_count"] < MIN_RESPONDENTS).any())


def check_shown(frame: pd.DataFrame, name: str) -> None:
    """Refuse a frame that is about to be shown with a small count of people or a small group.

    Raises
    ------
    SchemaError
        If it holds one: its maker forgot `hide_people`.
    """
    if hide_people(frame) is not frame or has_small_group(frame):
        raise SchemaError(f"{name!r} would show a count of 1 to {SMALL_COUNT_LIMIT} people")


def survey_detail(answers: pd.DataFrame) -> SurveyDetail:
    """Return how much of a survey may be told without telling anybody's answers.

    Parameters
    ----------
    answers : DataFrame
        ``clean_family_survey__respondent_item``: ``respondent_id``, ``family_id``, ``respondent_role``.

    Returns
    -------
    {"none", "index", "dimensions", "roles"}
        Nothing of fewer than five respondents; the index alone, without an interval, of fewer than five
        families; no role where one has fewer than five respondents; otherwise everything.

    Examples
    --------
    >>> answers = pd.DataFrame({"respondent_id": range(6), "family_id": [0, 0, 1, 1, 2, 2],
    ...     "respondent_role": ["parent", "child"] * 3})
    >>> survey_detail(answers)
    'index'
    """
    if answers["respondent_id"].nunique() < MIN_RESPONDENTS:
        return "none"
    if answers["family_id"].nunique() < MIN_FAMILIES:
        return "index"
    by_role = answers.groupby("respondent_role", observed=True)["respondent_id"].nunique()
    return "roles" if (by_role >= MIN_RESPONDENTS).all() else "dimensions"


def _also_hidden(counts: pd.Series, hidden: pd.Series) -> list[Any]:
    """Return the rows of a group to hide besides, smallest first, until the sum of all gives none away."""
    chosen: list[Any] = []
    secret = [int(count) for count in counts[hidden.loc[counts.index]]]
    rest = counts[~hidden.loc[counts.index] & (counts > 0)].sort_values(kind="stable")
    shown = [int(count) for count in rest]
    for row, count in rest.items():
        if not _gives_away(secret, len(chosen), shown[len(chosen)] if chosen else None):
            break
        chosen.append(row)
        secret.append(int(count))
    return chosen


def _gives_away(secret: list[int], others: int, smallest_shown: int | None) -> bool:
    """Return whether the sum of hidden counts tells one of them, or is itself too small to be told.

    ``others`` of them are not small themselves. Who knows the rule knows that these are at least five
    and at most the smallest count shown: what is left of the sum for the small ones may be one number.
    """
    if not secret:
        return False
    total, small = sum(secret), len(secret) - others
    if len(secret) == 1 or total <= SMALL_COUNT_LIMIT or set(secret) in ({1}, {SMALL_COUNT_LIMIT}):
        return True
    if not others or not small or smallest_shown is None:
        return False
    most = total - others * (SMALL_COUNT_LIMIT + 1)
    least = total - others * smallest_shown
    return max(least, small) >= min(most, small * SMALL_COUNT_LIMIT)
