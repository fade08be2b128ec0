"""Suppression of small cells: a count of 1 to 4 people is not published."""

from __future__ import annotations

import pandas as pd

#: Counts of people from 1 up to this are hidden; the project's own choice (domain, privacy).
SMALL_COUNT_LIMIT = 4


def suppress_small_counts(
    frame: pd.DataFrame, column: str, *, applies: pd.Series | None = None, within: list[str] | None = None
) -> pd.DataFrame:
    """Hide small counts of people, and one more where a hidden one could be worked out.

    Parameters
    ----------
    frame : DataFrame
        Any table with a count of people in ``column``.
    column : str
        The count; it becomes nullable, hidden cells are missing.
    applies : Series of bool, optional
        Rows that count people; the others are left as they are.
    within : list of str, optional
        Columns whose groups have a published total: where just one cell of a group is
        hidden, the total would give it away, so the next smallest is hidden with it.

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
            if int(hidden.loc[group.index].sum()) == 1:
                rest = counts.loc[group.index][~hidden.loc[group.index] & eligible.loc[group.index]]
                rest = rest[rest > 0]
                if not rest.empty:
                    hidden = hidden | (hidden.index == rest.astype("int64").idxmin())
    shown = frame.assign(is_suppressed=hidden)
    shown[column] = counts.mask(hidden)
    return shown
