"""Cumulative absorption over the year against plan and targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.charts.layout import LABEL_SIZE, SMALL_SIZE, WIDTH, Sheet, open_sheet, spread
from helpers.charts.model import Chart, ChartContext, check_frame
from helpers.formats import round_half_up
from helpers.theme import text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MONTH_COLUMNS = (
    "month",
    "ceiling_idr",
    "expenditure_to_date_idr",
    "absorption_rate",
    "planned_rate",
    "target_rate",
)
BODY_HEIGHT = 232.0


def printed(rate: float) -> int:
    """Return a rate in hundredths of a percent, as it is printed: what "equal" means in a title."""
    return int(round_half_up(rate * 10_000, 0))


def _compare(rate: float, goal: float) -> str:
    difference = printed(rate) - printed(goal)
    return "above" if difference > 0 else "below" if difference < 0 else "at"


def _goal(ctx: ChartContext, rate: float, unit: str = "percent") -> str:
    """Return a goal without empty decimals: 90 percent, but 12.50 percent."""
    return ctx.show(rate, f"{unit}0" if printed(rate) % 100 == 0 else unit)


def _month_title(ctx: ChartContext, last: pd.Series[Any]) -> str:
    rate = last["absorption_rate"]
    for measure in ("target", "planned"):
        goal = last[f"{measure}_rate"]
        if pd.notna(goal):
            return ctx.text(f"month.title.{measure}_{_compare(rate, goal)}", rate=rate, goal=_goal(ctx, goal))
    return ctx.text("month.title.alone", rate=rate, month=last["month"])


def _month_alt(ctx: ChartContext, shown: pd.DataFrame, finding: str) -> str:
    last = shown.iloc[-1]
    parts = [
        ctx.text("month.alt.head", finding=finding),
        ctx.text(
            "month.alt.value",
            month=last["month"],
            rate=last["absorption_rate"],
            spent=last["expenditure_to_date_idr"],
            ceiling=last["ceiling_idr"],
        ),
    ]
    if pd.notna(last["planned_rate"]):
        parts.append(ctx.text("month.alt.planned", rate=last["planned_rate"]))
    goals = shown.loc[shown["target_rate"].notna()]
    missed = [
        ctx.text(
            "month.alt.miss",
            month=row["month"],
            rate=row["absorption_rate"],
            goal=_goal(ctx, row["target_rate"]),
        )
        for _, row in goals.iterrows()
        if _compare(row["absorption_rate"], row["target_rate"]) == "below"
    ]
    if missed:
        parts.append(ctx.text("month.alt.missed", items=missed))
    elif len(goals):
        parts.append(ctx.text("month.alt.met", count=len(goals)))
    return " ".join(parts)


def _draw_months(sheet: Sheet, axes: Axes, monthly: pd.DataFrame) -> None:
    colours = sheet.colours
    axes.plot(
        monthly["month"],
        monthly["planned_rate"],
        color=colours["grey"],
        linewidth=1.5,
        dashes=(4, 2.5),
        clip_on=False,
    )
    axes.plot(monthly["month"], monthly["absorption_rate"], color=colours["accent"], clip_on=False, zorder=4)
    # The last month is the finding; a first month alone would not be seen as a line.
    axes.plot(
        monthly["month"].iloc[-1:],
        monthly["absorption_rate"].iloc[-1:],
        marker="o",
        markersize=6.5,
        color=colours["accent"],
        clip_on=False,
        zorder=6,
    )
    _draw_goals(sheet, axes, monthly)


def _label_offset(axes: Axes, monthly: pd.DataFrame, month: float, rate: float) -> tuple[float, float]:
    """Return where a target's label is clear of both lines: points right of and above its marker."""
    box = axes.get_window_extent()
    across = box.width / (axes.get_xlim()[1] - axes.get_xlim()[0])
    up = box.height / (axes.get_ylim()[1] - axes.get_ylim()[0])
    half_width, reach = text_width("90%", SMALL_SIZE, 600) / 2, SMALL_SIZE / 2

    def clearance(offset: tuple[float, float]) -> float:
        gaps = []
        for part in (-1, 0, 1):
            at = month + (offset[0] + part * half_width) / across
            for column in ("absorption_rate", "planned_rate"):
                line = np.interp(at, monthly["month"], monthly[column])
                gaps.append(abs((line - rate) * up - offset[1]) - reach)
        return float(np.nanmin(gaps))

    # Below is where people look first; another place must be clearly better.
    below, *others = (0.0, -13.0), (17.0, -10.0), (19.0, -16.0), (0.0, 14.0), (-17.0, 11.0)
    best = max(others, key=clearance)
    return below if clearance(below) >= min(3.0, clearance(best)) else best


def _draw_goals(sheet: Sheet, axes: Axes, monthly: pd.DataFrame) -> None:
    """Mark the quarterly targets; the one of the last month is named where the lines end."""
    colours, ctx = sheet.colours, sheet.ctx
    goals = monthly.loc[monthly["target_rate"].notna()]
    axes.plot(
        goals["month"],
        goals["target_rate"],
        linestyle="none",
        marker="D",
        markersize=7.5,
        clip_on=False,
        markerfacecolor=colours["paper"],
        markeredgecolor=colours["accent2"],
        markeredgewidth=1.8,
        zorder=5,
    )
    for _, row in goals.loc[goals["month"] < monthly["month"].max()].iterrows():
        place = (float(row["month"]), float(row["target_rate"]))
        axes.annotate(
            _goal(ctx, row["target_rate"], "pct"),
            place,
            _label_offset(axes, monthly, *place),
            textcoords="offset points",
            ha="center",
            va="center",
            size=SMALL_SIZE,
            weight=600,
            color=colours["accent2"],
        )


def _label_ends(sheet: Sheet, monthly: pd.DataFrame, place: tuple[float, float, float]) -> None:
    """Name the lines where they end, moved apart where they end close together."""
    colours, ctx, last = sheet.colours, sheet.ctx, monthly.iloc[-1]
    x, bottom, unit = place
    ends = [
        (
            ctx.text(f"month.series.{name}"),
            show(ctx, last[f"{name}_rate"], "pct"),
            colours[role],
            bottom - last[f"{name}_rate"] * unit,
        )
        for name, role, show in (
            ("planned", "muted", _goal),
            ("absorption", "accent", ChartContext.show),
            ("target", "accent2", _goal),
        )
        if pd.notna(last[f"{name}_rate"])
    ]
    for (name, value, colour, end), y in zip(
        ends, spread([end for *_, end in ends], 27, 13, bottom - 14), strict=True
    ):
        sheet.line([x + 8, x + 14], [end, y], color=colour, linewidth=0.8)
        sheet.text(x + 16, y - 6, name, size=SMALL_SIZE, color=colour)
        sheet.text(x + 16, y + 6, value, size=LABEL_SIZE, weight=600, color=colour)


def plot_absorption_by_month(monthly: pd.DataFrame, ctx: ChartContext) -> Chart:
    """Plot cumulative absorption against the plan and the quarterly targets.

    Parameters
    ----------
    monthly : DataFrame
        One row a month, in order (`indicators.budget.compute_absorption_by_month`):
        ``month`` 1 to 12, ``ceiling_idr`` and ``expenditure_to_date_idr`` in rupiah,
        ``absorption_rate``, ``planned_rate`` and ``target_rate`` from 0 to 1.
    ctx : ChartContext

    Returns
    -------
    Chart
        ``absorption-by-month``. The title compares the last month with its target, or
        with the plan in a month without a target.

    Raises
    ------
    SchemaError
        If a column is missing or no month has a ceiling.
    """
    name = "absorption-by-month"
    check_frame(monthly, MONTH_COLUMNS, name)
    shown = monthly.loc[monthly["absorption_rate"].notna()].reset_index(drop=True)
    check_frame(shown, MONTH_COLUMNS, name)
    title = _month_title(ctx, shown.iloc[-1])
    with open_sheet(ctx, BODY_HEIGHT) as sheet:
        names = [ctx.text(f"month.series.{series}") for series in ("absorption", "planned", "target")]
        right = max(58.0, *(text_width(text, SMALL_SIZE) + 24 for text in names))
        left, top, bottom = 36.0, 14.0, 20.0
        axes = sheet.axes(left, top, right, bottom)
        highest = max(1.0, float(shown[["absorption_rate", "planned_rate"]].max().max()))
        ticks = [step / 4 for step in range(int(highest * 4 + 0.999) + 1)]
        axes.set(xlim=(0.6, 12), ylim=(0, highest), yticks=ticks, xticks=range(1, 13))
        axes.set_xticklabels([ctx.show(month, "month_short") for month in range(1, 13)])
        axes.set_yticklabels([ctx.show(tick, "pct0") for tick in ticks])
        _draw_months(sheet, axes, shown)
        month = float(shown["month"].iloc[-1])
        x = left + (WIDTH - left - right) * (month - 0.6) / 11.4
        _label_ends(sheet, shown, (x, BODY_HEIGHT - bottom, (BODY_HEIGHT - top - bottom) / highest))
    return sheet.chart(name, title, ctx.text("month.subtitle"), _month_alt(ctx, shown, title), monthly)
