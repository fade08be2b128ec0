"""A bar for each group: the chart of a new indicator, its words given by the notebook's cell."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.charts.layout import MARGIN, open_sheet
from helpers.charts.model import Chart, ChartContext, check_frame
from helpers.charts.rows import ROW_HEIGHT, BarRow, draw_rows
from helpers.errors import SchemaError
from helpers.indicators.suppression import has_small_group, hide_people

MISSING = "–"
LONGEST_TITLE = 12
#: Formats of shares: their full track is the whole, not the largest bar.
SHARES = ("percent", "percent0", "percent1")


def plot_bars(
    frame: pd.DataFrame, group: str, value: str, ctx: ChartContext, *, name: str, style: str, title: str,
    subtitle: str,
) -> Chart:  # fmt: skip
    """Plot one value of each group, in the frame's order.

    No notebook of the report uses it: ``docs/how-to/add-an-indicator.md`` does, since a new indicator
    needs neither a chart function nor a text in the catalogue.

    Parameters
    ----------
    frame : DataFrame
        One row a group; missing values are drawn as none.
    group, value : str
        Columns: a closed list, ``month`` or names; and numbers not below zero.
    name : str
        File name without ending: ``"last-quarter"``.
    style : str
        Format of the values (`helpers.formats`): ``"percent"`` for shares of 0 to 1, ``"idr_short"``.
    title, subtitle : str
        The finding, at most 12 words; what is measured and in what. In a notebook both are `words`, which
        `Chapter.show` fills in; place and period are added here.

    Raises
    ------
    SchemaError
        If a column or all rows are missing, a group is too small to be shown, a value is below zero, or
        the title is too long.
    """
    check_frame(frame, (group, value), name)
    if has_small_group(frame):
        raise SchemaError(f"chart {name!r}: a group has too few respondents to be shown")
    shown = hide_people(frame)[[group, value]]
    if shown[value].lt(0).any():
        raise SchemaError(f"chart {name!r}: {value} is below zero, which no bar can show")
    if len(title.split()) > LONGEST_TITLE:
        raise SchemaError(f"chart {name!r}: its title has more than {LONGEST_TITLE} words: {title!r}")
    full = 1.0 if style in SHARES else float(shown[value].max())
    rows = [
        BarRow(_name(ctx, group, item), "", _text(ctx, number, style), _parts(number, full))
        for item, number in zip(shown[group], shown[value], strict=True)
    ]
    with open_sheet(ctx, ROW_HEIGHT * len(rows) - MARGIN) as sheet:
        draw_rows(sheet, rows)
    measure = f"{subtitle}, {ctx.place}, {ctx.period}"
    items = "; ".join(f"{row.name} {row.value}" for row in rows)
    alt = ctx.text("bars.alt", measure=measure, finding=title, items=items)
    return sheet.chart(name, title, measure, alt, shown)


def _name(ctx: ChartContext, group: str, item: Any) -> str:
    return ctx.show(item, "month") if group == "month" else ctx.label(group, str(item))


def _text(ctx: ChartContext, number: Any, style: str) -> str:
    return MISSING if pd.isna(number) else ctx.show(number, style)


def _parts(number: Any, full: float) -> tuple[tuple[float, Any], ...]:
    return () if pd.isna(number) or not full else ((float(number) / full, "solid"),)
