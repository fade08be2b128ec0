"""The work plan of a year: a bar an activity over its quarters, filled as far as it is realised."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from helpers.charts.layout import MARGIN, SMALL_SIZE, WIDTH, Sheet, free_strip, open_sheet, wrap_text
from helpers.charts.model import Chart, ChartContext, check_frame
from helpers.formats import SUPPRESSED
from helpers.indicators.suppression import hide_people
from helpers.indicators.work_plan import has_quarters, has_targets

COLUMNS = (
    "activity_id", "area", "start_month", "end_month", "target_count", "realised_count", "realised_share",
)  # fmt: skip
HEAD_HEIGHT, LINE, BAR_HEIGHT, ROW_GAP, AREA_HEIGHT = 20.0, 12.5, 13.0, 11.0, 20.0
QUARTERS = (1, 2, 3, 4)
_TRACK = WIDTH - 2 * MARGIN


def _title(ctx: ChartContext, plan: pd.DataFrame) -> str:
    targeted = plan.loc[plan["target_count"].notna()]
    is_hidden = hide_people(plan) is not plan
    values = {
        "count": len(plan), "areas": plan["area"].nunique(), "targeted": len(targeted),
        "reached": int((targeted["realised_share"] >= 1).sum()),
    }  # fmt: skip
    # How many reached a target that is hidden would tell of it.
    if not is_hidden and len(targeted) and targeted["realised_count"].notna().any():
        return ctx.text("work_plan.title.realised", **values)
    if has_targets(plan):
        return ctx.text("work_plan.title.targeted", **values)
    return ctx.text("work_plan.title." + ("quarters" if has_quarters(plan) else "whole_year"), **values)


def _note(ctx: ChartContext, row: dict[Any, Any]) -> str:
    target, done = row["target_count"], row["realised_count"]
    if row.get("is_suppressed"):
        return ctx.text("work_plan.note.hidden", mark=SUPPRESSED)
    values = {"target": target, "done": done, "unit": row["count_unit"]}
    if pd.isna(target):
        return (
            ctx.text("work_plan.note.result", **values) if pd.notna(done) else ctx.text("work_plan.note.none")
        )
    return ctx.text(f"work_plan.note.{'open' if pd.isna(done) else 'both'}", **values)


def _rows(plan: pd.DataFrame, ctx: ChartContext) -> list[dict[Any, Any]]:
    """Return the rows with their wrapped names; an area is named above its first activity."""
    rows = plan.to_dict("records")
    seen: set[str] = set()
    for row in rows:
        area = ctx.label("area", str(row["area"]))
        name = str(row[f"activity_name_{ctx.locale}"])
        row["lines"] = wrap_text(name, _TRACK, 10.5, 600)
        row["heading"] = area if area not in seen and area.casefold() != name.casefold() else ""
        seen.add(area)
    return rows


def _height(row: dict[Any, Any]) -> float:
    heading = AREA_HEIGHT if row["heading"] else 0.0
    return heading + len(row["lines"]) * LINE + 3 + BAR_HEIGHT + LINE + ROW_GAP


def _draw_bar(sheet: Sheet, row: dict[Any, Any], y: float) -> None:
    """Draw the year as a quiet track, the activity's span on it, and within that what is realised."""
    colours, unit = sheet.colours, _TRACK / 12
    x, width = MARGIN + (row["start_month"] - 1) * unit, (row["end_month"] - row["start_month"] + 1) * unit
    sheet.box(MARGIN, y, _TRACK, BAR_HEIGHT, facecolor=colours["surface"], edgecolor=colours["grid"])
    sheet.box(x, y, width, BAR_HEIGHT, facecolor=colours["accent_soft"], linewidth=0)
    if row.get("is_suppressed"):
        sheet.box(
            x, y, width, BAR_HEIGHT, facecolor="none", edgecolor=colours["accent"], hatch="/////", linewidth=0
        )
    if pd.notna(row["realised_share"]) and row["realised_share"] > 0:
        done = width * min(1.0, float(row["realised_share"]))
        sheet.box(x, y, done, BAR_HEIGHT, facecolor=colours["accent"], linewidth=0)
    for quarter in QUARTERS[1:]:
        border = MARGIN + (quarter - 1) * _TRACK / 4
        sheet.line([border, border], [y, y + BAR_HEIGHT], color=colours["paper"], linewidth=1.2)
    sheet.box(x, y, width, BAR_HEIGHT, facecolor="none", edgecolor=colours["accent"], linewidth=1)


def _draw(sheet: Sheet, rows: list[dict[Any, Any]], head: float) -> None:
    colours, ctx = sheet.colours, sheet.ctx
    for quarter in QUARTERS:
        x = MARGIN + (quarter - 0.5) * _TRACK / 4
        text = ctx.text(f"work_plan.quarter.q{quarter}")
        sheet.text(x, head - 13, text, size=SMALL_SIZE, ha="center", color=colours["muted"])
    y = head
    for row in rows:
        if row["heading"]:
            sheet.text(MARGIN, y + 8, row["heading"], size=SMALL_SIZE, color=colours["muted"])
            y += AREA_HEIGHT
        for line in row["lines"]:
            sheet.text(MARGIN, y + LINE / 2, line, weight=600)
            y += LINE
        _draw_bar(sheet, row, y + 3)
        y += 3 + BAR_HEIGHT
        sheet.text(MARGIN, y + LINE / 2 + 2, _note(ctx, row), size=SMALL_SIZE, color=colours["muted"])
        y += LINE + ROW_GAP


def plot_work_plan(by_activity: pd.DataFrame, ctx: ChartContext) -> Chart:
    """Plot the activities of a work plan over the quarters of the year.

    Parameters
    ----------
    by_activity : DataFrame
        One row an activity, in the order to be shown
        (`indicators.work_plan.compute_plan_by_activity`). ``realised_share`` fills the bar,
        to its whole length at most; the figures stand below it. Small counts of people are
        hidden here: their bar is hatched.
    ctx : ChartContext

    Returns
    -------
    Chart
        ``work-plan``. Without targets the title says so, and that no quarters were planned
        where every activity spans the year.

    Raises
    ------
    SchemaError
        If a column is missing or there is no row.
    """
    chart = "work-plan"
    check_frame(by_activity, (*COLUMNS, f"activity_name_{ctx.locale}", "count_unit"), chart)
    title = _title(ctx, by_activity)
    shown = hide_people(by_activity)
    rows = _rows(shown, ctx)
    head = HEAD_HEIGHT - free_strip(ctx)
    with open_sheet(ctx, head + math.fsum(map(_height, rows)) - ROW_GAP + 4) as sheet:
        _draw(sheet, rows, head)
    items = [
        ctx.text(
            "work_plan.alt.item", name=row[f"activity_name_{ctx.locale}"], note=_note(ctx, row),
            first=ctx.text(f"work_plan.quarter.q{(row['start_month'] + 2) // 3}"),
            last=ctx.text(f"work_plan.quarter.q{(row['end_month'] + 2) // 3}"),
        )
        for row in rows
    ]  # fmt: skip
    alt = (
        ctx.text("work_plan.alt.head", finding=title)
        + " "
        + ctx.text("work_plan.alt.items", items="; ".join(items))
    )
    return sheet.chart(chart, title, ctx.text("work_plan.subtitle"), alt, shown)
