"""Policy over the years: a line of marks, each as certain as its date."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import pandas as pd

from helpers.charts.layout import MARGIN, SMALL_SIZE, WIDTH, Sheet, open_sheet, wrap_text
from helpers.charts.marks import draw_key
from helpers.charts.model import Chart, ChartContext, check_frame
from helpers.theme import text_width

COLUMNS = ("milestone_id", "milestone_date", "date_precision", "milestone_status", "is_date_disputed",
           "stated_date")  # fmt: skip
SPINE, TEXT_LEFT = 50.0, 64.0
NAME_SIZE, LEADING, GAP = 10.0, 11.6, 6.5
#: How sure a date is, in the order of the key.
CERTAINTY = ("exact", "partial", "disputed")
_ROOM = WIDTH - MARGIN - TEXT_LEFT


def certainty_of(precision: str, disputed: bool) -> str:
    """Return how sure a date is.

    >>> certainty_of("day", False), certainty_of("year", False), certainty_of("day", True)
    ('exact', 'partial', 'disputed')
    """
    if disputed:
        return "disputed"
    return "exact" if precision == "day" else "partial"


def _draw_mark(sheet: Sheet, x: float, y: float, certainty: str) -> None:
    """Draw a date's mark: a disc where the day is known, a ring where not, a half disc in dispute."""
    colours = sheet.colours
    strong = colours["accent2" if certainty == "disputed" else "accent"]
    sheet.marks(
        [x], [y], marker="o", markersize=9, markeredgecolor=strong, markeredgewidth=1.6,
        markerfacecolor=colours["paper"] if certainty == "partial" else strong,
        markerfacecoloralt=colours["paper"], fillstyle="left" if certainty == "disputed" else "full",
        zorder=5,
    )  # fmt: skip


def _note(ctx: ChartContext, row: dict[Any, Any]) -> str:
    """Return a milestone's date and status in words; a disputed date with what the source states."""
    form = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[str(row["date_precision"])]
    values = {
        "when": ctx.show(row["milestone_date"].strftime(form), "date"),
        "status": ctx.word("milestone_status", str(row["milestone_status"])),
    }
    if row["is_date_disputed"]:
        return ctx.text("timeline.note.disputed", **values, stated=row["stated_date"].date())
    return ctx.text("timeline.note.plain", **values)


def _needs_note(row: dict[Any, Any]) -> bool:
    """Return whether a milestone's date or status says more than the year beside it."""
    return (
        str(row["date_precision"]) != "year"
        or str(row["milestone_status"]) == "planned"
        or row["is_date_disputed"]
    )


def _rows(timeline: pd.DataFrame, ctx: ChartContext) -> list[dict[Any, Any]]:
    rows = timeline.to_dict("records")
    year_before = None
    for row in rows:
        row["lines"] = wrap_text(str(row[f"title_{ctx.locale}"]), _ROOM, NAME_SIZE, 600)
        row["notes"] = wrap_text(_note(ctx, row), _ROOM, SMALL_SIZE) if _needs_note(row) else []
        row["year"] = "" if row["milestone_date"].year == year_before else str(row["milestone_date"].year)
        row["certainty"] = certainty_of(str(row["date_precision"]), bool(row["is_date_disputed"]))
        year_before = row["milestone_date"].year
    return rows


def _height(row: dict[Any, Any]) -> float:
    return (len(row["lines"]) + len(row["notes"])) * LEADING + GAP


def _draw(sheet: Sheet, rows: list[dict[Any, Any]]) -> None:
    colours = sheet.colours
    y, middles = 0.0, []
    for row in rows:
        middle = y + LEADING / 2
        middles.append(middle)
        if row["year"]:
            sheet.text(MARGIN, middle, row["year"], weight=600)
        for number, line in enumerate((*row["lines"], *row["notes"])):
            is_note = number >= len(row["lines"])
            look = (
                {"size": SMALL_SIZE, "color": colours["muted"]}
                if is_note
                else {"size": NAME_SIZE, "weight": 600}
            )
            sheet.text(TEXT_LEFT, middle + number * LEADING, line, **look)
        y += _height(row)
    sheet.line([SPINE, SPINE], [middles[0], middles[-1]], linewidth=1.4)
    for row, middle in zip(rows, middles, strict=True):
        _draw_mark(sheet, SPINE, middle, row["certainty"])


def _title(ctx: ChartContext, timeline: pd.DataFrame) -> str:
    reached = timeline.loc[timeline["milestone_status"].astype("str") != "planned", "milestone_date"]
    values = {
        "count": len(timeline), "first": str(timeline["milestone_date"].min().year),
        "last": str((reached if len(reached) else timeline["milestone_date"]).max().year),
        "disputed": int(timeline["is_date_disputed"].sum()),
    }  # fmt: skip
    if values["disputed"]:
        return ctx.text("timeline.title.disputed", **values)
    return ctx.text("timeline.title." + ("single" if len(timeline) == 1 else "span"), **values)


def plot_policy_timeline(timeline: pd.DataFrame, ctx: ChartContext) -> Chart:
    """Plot milestones down the years, each with a mark that tells how sure its date is.

    Parameters
    ----------
    timeline : DataFrame
        One row a milestone, earliest first (`indicators.timeline.build_timeline`).
    ctx : ChartContext

    Returns
    -------
    Chart
        ``policy-timeline``. The marks stand in order, not at the distance of their dates:
        of most only the year is known.

    Raises
    ------
    SchemaError
        If a column is missing or there is no row.
    """
    chart = "policy-timeline"
    check_frame(timeline, (*COLUMNS, f"title_{ctx.locale}"), chart)
    title = _title(ctx, timeline)
    rows = _rows(timeline, ctx)
    used = {row["certainty"] for row in rows}
    key = [(partial(_draw_mark, certainty=name), ctx.text(f"timeline.key.{name}"))
           for name in CERTAINTY if name in used]  # fmt: skip
    with open_sheet(ctx, math.fsum(map(_height, rows)) - GAP + 2) as sheet:
        if math.fsum(text_width(label, SMALL_SIZE) + 25 for _, label in key) <= sheet.key_width:
            draw_key(sheet, key)
        _draw(sheet, rows)
    items = "; ".join(ctx.text("timeline.alt.item", title=row[f"title_{ctx.locale}"], note=_note(ctx, row))
                      for row in rows)  # fmt: skip
    alt = ctx.text("timeline.alt.head", finding=title, items=items)
    return sheet.chart(chart, title, ctx.text("timeline.subtitle"), alt, timeline)
