"""Chart of what cleaning did with the rows of each source."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from helpers.charts.layout import MARGIN, Sheet, open_sheet
from helpers.charts.marks import draw_key
from helpers.charts.model import Chart, ChartContext, check_frame
from helpers.charts.rows import ROW_HEIGHT, BarRow, Look, draw_rows, part_style
from helpers.errors import SchemaError

COUNTS = ("rows_in", "rows_kept", "rows_rejected", "rows_corrected")
COLUMNS = ("source", *COUNTS)
LOOKS: dict[str, Look] = {"kept": "solid", "corrected": "hatched", "rejected": "open"}


def _draw_swatch(sheet: Sheet, x: float, y: float, look: Look) -> None:
    sheet.box(x - 5, y - 5, 10, 10, **part_style(sheet, look))


def _note(ctx: ChartContext, kept: int, rejected: int, corrected: int) -> str:
    text = ctx.text(f"quality.note.{'corrected' if corrected else 'kept'}", kept=kept, corrected=corrected)
    return text + (ctx.text("quality.note.rejected", rejected=rejected) if rejected else "")


def _flow(ctx: ChartContext, row: pd.Series[Any]) -> tuple[str, int, int, int, int]:
    """Return a source's label and its rows in, kept, rejected and corrected."""
    rows_in, kept, rejected, corrected = (int(row[column]) for column in COUNTS)
    return ctx.label("source", str(row["source"])), rows_in, kept, rejected, corrected


def _bar_row(ctx: ChartContext, label: str, rows_in: int, kept: int, rejected: int, corrected: int) -> BarRow:
    whole = max(rows_in, 1)
    parts = ((kept - corrected) / whole, corrected / whole, rejected / whole)
    return BarRow(
        name=label,
        note=_note(ctx, kept, rejected, corrected),
        value=ctx.text("quality.value", count=rows_in),
        parts=tuple(zip(parts, LOOKS.values(), strict=True)),
    )


def _title(ctx: ChartContext, rows_in: int, kept: int, rejected: int, corrected: int) -> str:
    values = {"total": rows_in, "kept": kept, "rejected": rejected, "corrected": corrected}
    if rejected:
        return ctx.text("quality.title.rejected", **values)
    return ctx.text(f"quality.title.{'corrected' if corrected else 'clean'}", **values)


def plot_quality_flow(summary: pd.DataFrame, ctx: ChartContext, group: str) -> Chart:
    """Plot what became of the rows read from each source: kept, corrected, rejected.

    Parameters
    ----------
    summary : DataFrame
        One row a source (`cleaning.summarise_quality`): ``source``, ``rows_in``,
        ``rows_kept``, ``rows_rejected`` and ``rows_corrected`` (those of the kept rows
        that hold a corrected value), all counts.
    ctx : ChartContext
    group : str
        Names the chart: ``"agencies"`` gives ``quality-rows-agencies``.

    Returns
    -------
    Chart
        Sources in order of size.

    Raises
    ------
    SchemaError
        If a column is missing, rows are not accounted for
        (``rows_in != rows_kept + rows_rejected``) or more are corrected than kept.
    """
    chart = f"quality-rows-{group}"
    check_frame(summary, COLUMNS, chart)
    lost = summary.loc[summary["rows_in"] != summary["rows_kept"] + summary["rows_rejected"], "source"]
    if len(lost):
        raise SchemaError(f"chart {chart!r}: rows of {', '.join(lost)} are neither kept nor rejected")
    over = summary.loc[summary["rows_corrected"] > summary["rows_kept"], "source"]
    if len(over):
        raise SchemaError(f"chart {chart!r}: more rows of {', '.join(over)} are corrected than kept")
    ordered = summary.sort_values(["rows_in", "source"], ascending=[False, True])
    title = _title(ctx, *(int(ordered[column].sum()) for column in COUNTS))
    flows = [_flow(ctx, row) for _, row in ordered.iterrows()]
    items = [
        ctx.text(
            "quality.alt.item", name=label, total=rows_in, kept=kept, rejected=rejected, corrected=corrected
        )
        for label, rows_in, kept, rejected, corrected in flows
    ]
    with open_sheet(ctx, ROW_HEIGHT * len(flows) - MARGIN) as sheet:
        key = [
            (partial(_draw_swatch, look=look), ctx.text(f"quality.key.{name}"))
            for name, look in LOOKS.items()
        ]
        draw_key(sheet, key)
        draw_rows(sheet, [_bar_row(ctx, *flow) for flow in flows])
    alt = [ctx.text("quality.alt.head", finding=title), ctx.text("quality.alt.items", items="; ".join(items))]
    return sheet.chart(chart, title, ctx.text("quality.subtitle"), " ".join(alt), ordered)
