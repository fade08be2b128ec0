"""Policy over the years, and what several editions of an office can be compared on."""

from __future__ import annotations

import pandas as pd

from helpers.columns.people import may_count_people
from helpers.formats import format_value
from helpers.indicators.commitments import print_dates
from helpers.indicators.suppression import suppress_small_counts
from helpers.indicators.traced import traced

#: Begins the keys of published figures that form a series: ``series.<measure>.<year>``.
SERIES_PREFIX = "series."


def partial_date(date: pd.Timestamp, precision: str) -> str:
    """Return a date as far as it is known.

    >>> partial_date(pd.Timestamp("2020-03-01"), "month"), partial_date(pd.Timestamp("2020-01-01"), "year")
    ('2020-03', '2020')
    """
    return date.strftime({"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[precision])


@traced
def build_timeline(milestones: pd.DataFrame) -> pd.DataFrame:
    """Return the milestones of several editions as one list, the newest word on each kept.

    Parameters
    ----------
    milestones : DataFrame
        ``clean_milestones__milestone`` of one or more editions with ``edition_year``.

    Returns
    -------
    DataFrame
        One row a milestone, earliest first.

    Examples
    --------
    >>> frame = pd.DataFrame({"milestone_id": ["b", "a", "a"], "edition_year": [2021, 2021, 2026],
    ...     "milestone_date": pd.to_datetime(["2021-01-01", "2020-01-01", "2020-03-01"])})
    >>> build_timeline(frame)[["milestone_id", "edition_year"]].values.tolist()
    [['a', 2026], ['b', 2021]]
    """
    newest = milestones.sort_values("edition_year", kind="stable").drop_duplicates(
        "milestone_id", keep="last"
    )
    return newest.sort_values(["milestone_date", "milestone_id"], ignore_index=True)


@traced
def list_timeline(timeline: pd.DataFrame, locale: str) -> pd.DataFrame:
    """Return the milestones as a table for readers.

    Returns
    -------
    DataFrame
        ``when`` (a date as far as it is known; where it is disputed, with what the source
        states), ``milestone``, ``milestone_status`` and ``edition_year`` (text).
    """
    when = print_dates(timeline["milestone_date"], timeline["date_precision"], locale)
    stated = zip(when, timeline["is_date_disputed"], timeline["stated_date"], strict=True)
    shown = [
        f"{text} ({format_value(day.date(), 'date', locale)}?)" if disputed else text
        for text, disputed, day in stated
    ]
    return pd.DataFrame(
        {
            "when": pd.Series(shown, dtype="str"),
            "milestone": timeline[f"title_{locale}"],
            "milestone_status": timeline["milestone_status"].astype("str"),
            "edition_year": timeline["edition_year"].astype("str"),
        }
    )


@traced
def compute_bersinar_by_edition(villages: pd.DataFrame) -> pd.DataFrame:
    """Return how many drug-free villages (Desa Bersinar) each edition has on record.

    Parameters
    ----------
    villages : DataFrame
        ``clean_villages__village`` of several editions with ``edition_year``.

    Returns
    -------
    DataFrame
        ``edition_year`` (text), ``desa_bersinar_count`` and ``undated_count`` (villages of which
        only the latest possible year is known), oldest edition first.

    Examples
    --------
    >>> compute_bersinar_by_edition(pd.DataFrame({"edition_year": [2021, 2026, 2026],
    ...     "is_desa_bersinar": [True, True, True],
    ...     "desa_bersinar_precision": ["exact", "exact", "latest"]})).values.tolist()
    [['2021', 1, 0], ['2026', 2, 1]]
    """
    flags = pd.DataFrame(
        {
            "edition_year": villages["edition_year"].astype("str"),
            "desa_bersinar_count": villages["is_desa_bersinar"].astype("int64"),
            "undated_count": (villages["desa_bersinar_precision"].astype("str") == "latest").astype("int64"),
        }
    )
    return flags.groupby("edition_year", sort=True, as_index=False).sum()


@traced
def list_published_series(published: pd.DataFrame) -> pd.DataFrame:
    """Return the published series by year, counts of one to four people hidden.

    Parameters
    ----------
    published : DataFrame
        ``clean_published__figure``; rows whose ``fact_key`` is ``series.<measure>.<year>``. A
        measure counts people unless it names something else (`helpers.columns.people`).

    Returns
    -------
    DataFrame
        ``series``, ``series_year`` (text), ``series_count`` and ``is_suppressed``; empty where
        there is no series.

    Examples
    --------
    >>> frame = pd.DataFrame({"fact_key": ["series.suspect_people_count.2023", "opd.active_count"],
    ...     "published_text": ["4", "25"]})
    >>> list_published_series(frame)[["series_year", "is_suppressed"]].values.tolist()
    [['2023', True]]
    """
    parts = published["fact_key"].str.extract(rf"^{SERIES_PREFIX}(?P<series>\w+)\.(?P<series_year>\d{{4}})$")
    found = parts.assign(series_count=published["published_text"]).dropna(subset=["series"])
    counted = found.assign(series_count=found["series_count"].astype("int64"))
    ordered = counted.sort_values(["series", "series_year"], kind="stable", ignore_index=True)
    people = ordered["series"].map(may_count_people)
    return suppress_small_counts(ordered, "series_count", applies=people)
