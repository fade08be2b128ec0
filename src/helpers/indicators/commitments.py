"""Commitments of an agreement: who carries what, how far it is, and what is due next.

"Overdue" is told as of a day that is given, the edition's release date: no clock is read.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from helpers.columns.partnership import AREAS, CLOSED_STATUSES, COMMITMENT_STATUSES, PARTY_SEPARATOR
from helpers.formats import format_value
from helpers.indicators.traced import traced


@traced
def split_parties(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each party of each row: a joint promise is a promise of each.

    Parameters
    ----------
    frame : DataFrame
        A table with ``party_name``, several names parted by ``"; "``.

    Examples
    --------
    >>> split_parties(pd.DataFrame({"id": ["a", "b"], "party_name": ["P", "P; Q"]})).values.tolist()
    [['a', 'P'], ['b', 'P'], ['b', 'Q']]
    """
    parties = frame["party_name"].str.split(PARTY_SEPARATOR)
    return frame.assign(party_name=parties).explode("party_name", ignore_index=True)


@traced
def compute_commitments_by_party(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return how many commitments each party carries in each area, and how many are done.

    Parameters
    ----------
    commitments : DataFrame
        ``clean_commitments__commitment``: ``party_name``, ``area``, ``commitment_status``.

    Returns
    -------
    DataFrame
        One row a party and area, every area for every party: ``party_name``, ``area``,
        ``commitment_count`` and ``done_count``. Parties by how much they carry, then by name;
        areas in the order of the dictionary. A joint commitment counts for each of its
        parties, so the counts add up to more than the commitments; a dropped one counts for
        none.

    Examples
    --------
    >>> one = pd.DataFrame({"party_name": ["P; Q", "Q"], "area": ["funding", "regulation"],
    ...     "commitment_status": ["done", "announced"]})
    >>> table = compute_commitments_by_party(one)
    >>> table[table["commitment_count"] > 0].values.tolist()
    [['Q', 'regulation', 1, 0], ['Q', 'funding', 1, 1], ['P', 'funding', 1, 1]]
    """
    kept = commitments.loc[commitments["commitment_status"].astype("str") != "dropped"]
    each = split_parties(kept).astype({"area": "str"})
    each["done_count"] = (each["commitment_status"].astype("str") == "done").astype("int64")
    load = each["party_name"].value_counts()
    parties = sorted(load.index, key=lambda name: (-int(load[name]), name))
    cells = pd.MultiIndex.from_product([parties, AREAS], names=["party_name", "area"])
    counted = each.groupby(["party_name", "area"])["done_count"].agg(["size", "sum"])
    whole = counted.reindex(cells, fill_value=0).astype("int64").reset_index()
    return whole.rename(columns={"size": "commitment_count", "sum": "done_count"}, errors="raise")


@traced
def compute_commitments_by_status(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return the number of commitments of each status, none left out.

    Examples
    --------
    >>> compute_commitments_by_status(pd.DataFrame({"commitment_status": ["done", "announced", "done"]}))[
    ...     "commitment_count"].tolist()
    [1, 0, 0, 2, 0]
    """
    counts = commitments["commitment_status"].astype("str").value_counts()
    counted = [int(counts.get(status, 0)) for status in COMMITMENT_STATUSES]
    return pd.DataFrame({"commitment_status": list(COMMITMENT_STATUSES), "commitment_count": counted})


@traced
def compute_status_history(commitments: pd.DataFrame, log: pd.DataFrame) -> pd.DataFrame:
    """Return how many commitments had each status on each day on which one changed.

    Parameters
    ----------
    commitments : DataFrame
        ``commitment_id``, ``commitment_status`` and ``updated_date``: the last word on each.
    log : DataFrame
        ``clean_commitment_log__change``; may be empty. A commitment without an entry is known
        from its ``updated_date`` on.

    Returns
    -------
    DataFrame
        One row a day and status, every status for every day, in order: ``changed_date``,
        ``commitment_status``, ``commitment_count``.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> now = pd.DataFrame({"commitment_id": ["a", "b"], "commitment_status": ["done", "announced"],
    ...     "updated_date": [day("2026-06-01"), day("2026-02-06")]})
    >>> log = pd.DataFrame({"commitment_id": ["a"], "changed_date": [day("2026-02-06")],
    ...     "commitment_status": ["announced"]})
    >>> history = compute_status_history(now, log)
    >>> history[history["commitment_count"] > 0]["commitment_count"].tolist()
    [2, 1, 1]
    """
    columns = ["commitment_id", "changed_date", "commitment_status"]
    current = commitments.rename(columns={"updated_date": "changed_date"}, errors="raise")[columns]
    told = pd.concat([log[columns].astype({"commitment_status": "str"}),
                      current.astype({"commitment_status": "str"})], ignore_index=True)  # fmt: skip
    # A day's own entry in the log wins over the check of that day.
    told = told.drop_duplicates(["commitment_id", "changed_date"], keep="first")
    wide = told.pivot(index="changed_date", columns="commitment_id", values="commitment_status")
    known = wide.sort_index().ffill().fillna("")
    changed = known.loc[known.ne(known.shift(fill_value="")).any(axis=1)]
    rows = [
        (date, status, int((statuses == status).sum()))
        for date, statuses in changed.iterrows()
        for status in COMMITMENT_STATUSES
    ]
    return pd.DataFrame(rows, columns=["changed_date", "commitment_status", "commitment_count"])


@traced
def select_open(commitments: pd.DataFrame) -> pd.DataFrame:
    """Return the commitments that are neither done nor dropped."""
    return commitments.loc[~commitments["commitment_status"].astype("str").isin(CLOSED_STATUSES)]


@traced
def select_due(commitments: pd.DataFrame, on: pd.Timestamp) -> pd.DataFrame:
    """Return the open commitments that have a due date, the most overdue first.

    Parameters
    ----------
    commitments : DataFrame
        With ``due_date`` (the last day of a month or year where no day was agreed).
    on : Timestamp
        The edition's release date. Due on that very day is not overdue.

    Returns
    -------
    DataFrame
        The columns given and ``is_overdue``, earliest first.

    Examples
    --------
    >>> frame = pd.DataFrame({"commitment_id": ["a", "b", "c"],
    ...     "commitment_status": ["planned", "announced", "done"],
    ...     "due_date": pd.to_datetime(["2026-12-31", "2026-01-31", "2026-01-31"])})
    >>> select_due(frame, pd.Timestamp("2026-02-06"))[["commitment_id", "is_overdue"]].values.tolist()
    [['b', True], ['a', False]]
    """
    due = select_open(commitments).dropna(subset=["due_date"])
    ordered = due.sort_values(["due_date", "commitment_id"], ignore_index=True)
    return ordered.assign(is_overdue=(ordered["due_date"] < on).astype("bool"))


@traced
def list_commitments(commitments: pd.DataFrame, locale: str) -> pd.DataFrame:
    """Return the commitments in the order of the areas, named in one language.

    Returns
    -------
    DataFrame
        ``area``, ``party_name``, ``commitment``, ``deliverable``, ``due`` (a date as far as it
        is known), ``commitment_status`` and ``evidence``; a deliverable, due date or evidence
        that no commitment has is no column.
    """
    order = {area: place for place, area in enumerate(AREAS)}
    ranked = commitments.assign(_rank=commitments["area"].astype("str").map(order))
    ordered = ranked.sort_values(["_rank", "source_row"], ignore_index=True)
    listed = pd.DataFrame(
        {
            "area": ordered["area"].astype("str"),
            "party_name": ordered["party_name"],
            "commitment": ordered[f"commitment_name_{locale}"],
            "deliverable": ordered[f"deliverable_{locale}"],
            "due": print_dates(ordered["due_date"], ordered["due_precision"], locale),
            "commitment_status": ordered["commitment_status"].astype("str"),
            "evidence": ordered["evidence"],
        }
    )
    empty = [name for name in ("deliverable", "due", "evidence") if listed[name].isna().all()]
    return listed.drop(columns=empty)


def print_dates(dates: pd.Series, precisions: pd.Series, locale: str) -> pd.Series:
    """Return dates as printed, as far as they are known: to the day, the month or the year.

    >>> dates = pd.to_datetime(pd.Series(["2026-12-31", "2026-06-30", None]))
    >>> print_dates(dates, pd.Series(["year", "month", None]), "id").tolist()
    ['2026', 'Juni 2026', None]
    """
    forms = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
    texts = [
        None if pd.isna(date) else format_value(date.strftime(forms[str(precision)]), "date", locale)
        for date, precision in zip(dates, precisions, strict=True)
    ]
    return pd.Series(texts, index=dates.index, dtype="object")


@traced
def list_due(commitments: pd.DataFrame, on: dt.date, locale: str) -> pd.DataFrame:
    """Return the open commitments with a due date as a table, the most overdue first.

    Returns
    -------
    DataFrame
        ``due``, ``timing`` (``overdue`` or ``due``), ``commitment``, ``party_name`` and
        ``commitment_status``.
    """
    due = select_due(commitments, pd.Timestamp(on))
    return pd.DataFrame(
        {
            "due": print_dates(due["due_date"], due["due_precision"], locale),
            "timing": due["is_overdue"].map({True: "overdue", False: "due"}).astype("str"),
            "commitment": due[f"commitment_name_{locale}"],
            "party_name": due["party_name"],
            "commitment_status": due["commitment_status"].astype("str"),
        }
    )
