"""Suppression of small cells: a count of 1 to 4 people is not published."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.schema.model import SMALL_COUNT_LIMIT


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


def _also_hidden(counts: pd.Series, hidden: pd.Series) -> list[Any]:
    """Return the rows of a group to hide besides, smallest first, until the sum of all gives none away."""
    chosen: list[Any] = []
    secret = [int(count) for count in counts[hidden.loc[counts.index]]]
    rest = counts[~hidden.loc[counts.index] & (counts > 0)].sort_values(kind="stable")
    for row, count in rest.items():
        if not _gives_away(secret):
            break
        chosen.append(row)
        secret.append(int(count))
    return chosen


def _gives_away(secret: list[int]) -> bool:
    """Return whether the sum of hidden counts tells one of them, or is itself too small to be told."""
    if not secret:
        return False
    return len(secret) == 1 or sum(secret) <= SMALL_COUNT_LIMIT or set(secret) in ({1}, {SMALL_COUNT_LIMIT})
