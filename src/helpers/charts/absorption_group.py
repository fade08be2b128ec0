"""Absorption of each section or expenditure type."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from helpers.charts.absorption_month import printed
from helpers.charts.layout import MARGIN, open_sheet
from helpers.charts.model import Chart, ChartContext, check_frame
from helpers.charts.rows import ROW_HEIGHT, BarRow, Look, draw_rows

GROUP_COLUMNS = ("ceiling_idr", "expenditure_to_date_idr", "absorption_rate")
GROUPS = ("section", "expenditure_type")


def _group_title(ctx: ChartContext, rated: pd.DataFrame, by: str) -> str:
    rates = [printed(rate) for rate in rated["absorption_rate"]]
    first, last = rated.iloc[0], rated.iloc[-1]
    values = {
        "high": first["absorption_rate"],
        "low": last["absorption_rate"],
        "first": first["label"],
        "last": last["label"],
    }
    if len(rates) == 1:
        return ctx.text("group.title.single", **values)
    if rates[0] == rates[-1]:
        return ctx.text(f"group.title.equal_{by}", **values)
    if rates.count(rates[0]) > 1 or rates.count(rates[-1]) > 1:
        return ctx.text(f"group.title.range_{by}", **values)
    return ctx.text("group.title.differ", **values)


def _rate_parts(rate: float) -> tuple[tuple[float, Look], ...]:
    if math.isnan(rate):
        return ()
    return ((min(rate, 1.0), "solid"), (max(rate - 1.0, 0.0), "hatched"))


def _bar_row(ctx: ChartContext, row: pd.Series[Any]) -> BarRow:
    rate = float(row["absorption_rate"])
    return BarRow(
        name=str(row["label"]),
        note=ctx.text("group.note", spent=row["expenditure_to_date_idr"], ceiling=row["ceiling_idr"]),
        value=ctx.text("group.no_ceiling") if math.isnan(rate) else ctx.show(rate, "pct"),
        parts=_rate_parts(rate),
    )


def _alt(ctx: ChartContext, rated: pd.DataFrame, by: str, finding: str) -> str:
    items = [
        ctx.text(
            "group.alt.item",
            name=row["label"],
            rate=row["absorption_rate"],
            spent=row["expenditure_to_date_idr"],
            ceiling=row["ceiling_idr"],
        )
        for _, row in rated.iterrows()
    ]
    parts = [
        ctx.text(f"group.alt.head_{by}", finding=finding),
        ctx.text("group.alt.items", items="; ".join(items)),
    ]
    over = [row["label"] for _, row in rated.iterrows() if printed(row["absorption_rate"]) > printed(1)]
    if over:
        parts.append(ctx.text("group.alt.over", names=over))
    return " ".join(parts)


def plot_absorption_by_group(frame: pd.DataFrame, by: str, ctx: ChartContext) -> Chart:
    """Plot absorption by section or by expenditure type, highest first.

    Parameters
    ----------
    frame : DataFrame
        One row a group (`indicators.budget.compute_absorption_by`): ``by``,
        ``ceiling_idr``, ``expenditure_to_date_idr`` (rupiah) and ``absorption_rate``
        (0 to 1; missing without a ceiling).
    by : {"section", "expenditure_type"}
    ctx : ChartContext

    Returns
    -------
    Chart
        ``absorption-by-section`` or ``absorption-by-expenditure-type``.

    Raises
    ------
    ValueError
        If ``by`` is neither of the two.
    SchemaError
        If a column is missing or no group has a ceiling.
    """
    if by not in GROUPS:
        raise ValueError(f"by={by!r}; known: {', '.join(GROUPS)}")
    name = f"absorption-by-{by.replace('_', '-')}"
    check_frame(frame, (by, *GROUP_COLUMNS), name)
    ordered = frame.assign(label=[ctx.label(by, str(code)) for code in frame[by]]).sort_values(
        ["absorption_rate", "ceiling_idr"], ascending=False, na_position="last", kind="stable"
    )
    rated = ordered.loc[ordered["absorption_rate"].notna()]
    check_frame(rated, (by,), name)
    title = _group_title(ctx, rated, by)
    with open_sheet(ctx, ROW_HEIGHT * len(ordered) - MARGIN) as sheet:
        draw_rows(sheet, [_bar_row(ctx, row) for _, row in ordered.iterrows()])
    subtitle, alt = ctx.text(f"group.subtitle_{by}"), _alt(ctx, rated, by, title)
    return sheet.chart(name, title, subtitle, alt, ordered.drop(columns="label"))
