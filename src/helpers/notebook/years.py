"""What a chapter says of several years of an office: disputed dates, comparisons, published series."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from helpers.cleaning import OfficeTable
from helpers.cleaning.dates import stated_weekday
from helpers.formats import format_value
from helpers.indicators.timeline import compute_bersinar_by_edition, list_published_series
from helpers.notebook.blocks import Block, Blocks, Prose
from helpers.notebook.editions import name_in_sentence, read_office, show_section
from helpers.notebook.report import Report

#: What a year-end edition holds and an edition of the partnership may not.
_COMPARABLE = ("budget", "opd_reports", "family_survey")
_A_MONDAY = dt.date(2024, 1, 1)


def describe_timeline(timeline: pd.DataFrame, found: OfficeTable) -> dict[str, Any]:
    """Return how many milestones there are and which editions they come from."""
    return {"count": len(timeline), "editions": [str(year) for year in found.years]}


def show_disputed_dates(report: Report, timeline: pd.DataFrame) -> Blocks | None:
    """Show a notice for each milestone whose stated date the calendar or the record contradicts."""
    disputed = timeline.loc[timeline["is_date_disputed"]]
    if disputed.empty:
        return None
    return Blocks(tuple(_dispute(report, disputed.iloc[[place]]) for place in range(len(disputed))))


def _dispute(report: Report, row: pd.DataFrame) -> Block:
    first = row.iloc[0]
    weekday = stated_weekday(str(first["stated_date_text"]))
    values = {
        "milestone": first[f"title_{report.locale}"],
        "stated": first["stated_date"].date(),
        "recorded": first["milestone_date"].date(),
        "actual": first["stated_date"].date(),
    }
    if weekday is None or weekday == first["stated_date"].weekday():
        return report.notice("date_differs", "warning", None, **values)
    day = format_value(_A_MONDAY + dt.timedelta(days=weekday), "day", report.locale)
    return report.notice("weekday_differs", "warning", None, **values, weekday=day)


def show_comparison(report: Report) -> Blocks:
    """Show what this edition and earlier ones both hold, and name what cannot be compared."""
    villages = read_office(report, "villages", "clean_villages__village")
    by_edition = compute_bersinar_by_edition(villages.frame) if len(villages.frame) else pd.DataFrame()
    absent = [source for source in _COMPARABLE if source not in report.edition.sources]
    blocks: list[Block | Prose] = []
    if len(by_edition) > 1:
        named = villages.frame.loc[villages.frame["is_desa_bersinar"]]
        origin = {
            "frame": named,
            "measures": ["desa_bersinar_year"],
            "computed_by": compute_bersinar_by_edition,
        }
        first, last = by_edition.iloc[0], by_edition.iloc[-1]
        found = {"before": int(first["desa_bersinar_count"]), "now": int(last["desa_bersinar_count"]),
                 "undated": int(last["undated_count"])}  # fmt: skip
        blocks += [report.tell("bersinar", origin, **found), report.table(by_edition, "bersinar", "villages")]
    else:
        blocks.append(report.tell("no_earlier"))
    if absent:
        names = [name_in_sentence(source, report.locale) for source in absent]
        year: dict[str, Any] = {**report.facts.pick(year="release.year")}
        told = format_value(names, "list", report.locale)
        blocks.append(report.tell("not_compared", None, **year, sources=told))
    return show_section(report, "comparison", *blocks)


def show_series(report: Report) -> Blocks | None:
    """Show the series that others have published over the years, where the edition quotes any."""
    if "published" not in report.edition.sources:
        return None
    series = list_published_series(report.read("clean_published__figure"))
    if series.empty:
        return None
    return show_section(report, "series", report.tell("series"), report.table(series, "series", "published"))
