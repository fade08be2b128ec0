"""What each department has done at each reporting position."""

from __future__ import annotations

import pandas as pd

from helpers.charts.layout import MARGIN, SMALL_SIZE, WIDTH, Sheet, open_sheet
from helpers.charts.marks import STATUS_ORDER, draw_status, draw_status_key
from helpers.charts.model import Chart, ChartContext, check_frame
from helpers.charts.rollout import COLUMNS, names_by_status, position_of
from helpers.errors import SchemaError
from helpers.theme import text_width

HEAD_HEIGHT, ROW_HEIGHT = 30.0, 17.0
NAME_SIZE = 10.0


def _position_title(ctx: ChartContext, counts: pd.DataFrame) -> str:
    """Return the finding: how the number of departments that reported moved, or where it stands."""
    first, last = counts.iloc[0], counts.iloc[-1]
    values = {
        "first": first["reported"],
        "last": last["reported"],
        "doing": last["in_progress"],
        "start": first["position"],
        "end": last["position"],
        "total": int(first["total"]),
    }
    if len(counts) == 1:
        return ctx.text("position.title.single", **values)
    if last["in_progress"] > 0:
        return ctx.text("position.title.filling", **values)
    if first["reported"] == last["reported"]:
        return ctx.text("position.title.unchanged", **values)
    return ctx.text(f"position.title.{'rise' if last['reported'] > first['reported'] else 'fall'}", **values)


def _count_positions(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "position": position_of(str(period)),
                "total": len(table),
                **{s: int((table[period] == s).sum()) for s in STATUS_ORDER},
            }
            for period in table.columns
        ]
    )


def _draw_matrix(sheet: Sheet, ranks: pd.DataFrame, table: pd.DataFrame, counts: pd.DataFrame) -> None:
    import seaborn as sns
    from matplotlib.colors import ListedColormap

    colours, ctx = sheet.colours, sheet.ctx
    names = [name for _, name in table.index]
    left = MARGIN + max(text_width(name, NAME_SIZE) for name in names) + 12
    column_width = (WIDTH - MARGIN - left) / table.shape[1]
    tints = ListedColormap([colours["accent_soft"], colours["surface"], colours["accent2_soft"]])
    sns.heatmap(
        ranks.to_numpy(),
        ax=sheet.axes(left, HEAD_HEIGHT, MARGIN, 0),
        cmap=tints,
        vmin=0,
        vmax=2,
        cbar=False,
        linewidths=1.5,
        linecolor=colours["paper"],
        xticklabels=False,
        yticklabels=False,
    )
    draw_status_key(sheet)
    for number, count in enumerate(counts.to_dict("records")):
        middle = left + (number + 0.5) * column_width
        sheet.text(middle, 9, str(count["position"]), weight=600, ha="center")
        text = ctx.text("position.column", done=count["reported"], total=count["total"])
        sheet.text(middle, 21, text, size=SMALL_SIZE, ha="center", color=colours["muted"])
    for number, name in enumerate(names):
        sheet.text(MARGIN, HEAD_HEIGHT + (number + 0.5) * ROW_HEIGHT, name, size=NAME_SIZE)
    statuses = table.to_numpy()
    for number in (statuses[1:] != statuses[:-1]).any(axis=1).nonzero()[0] + 1:
        sheet.line([MARGIN, WIDTH - MARGIN], [HEAD_HEIGHT + number * ROW_HEIGHT] * 2)
    for status in STATUS_ORDER:
        rows, columns = (statuses == status).nonzero()
        draw_status(
            sheet, left + (columns + 0.5) * column_width, HEAD_HEIGHT + (rows + 0.5) * ROW_HEIGHT, status, 4.6
        )


def _position_alt(ctx: ChartContext, table: pd.DataFrame, counts: pd.DataFrame, finding: str) -> str:
    parts = [ctx.text("position.alt.head", total=len(table), finding=finding)]
    for count in counts.to_dict("records"):
        parts.append(ctx.text("position.alt.counts", **{str(key): value for key, value in count.items()}))
    never = [
        name
        for (_, name), row in zip(table.index, table.to_numpy(), strict=True)
        if set(row) == {"not_reported"}
    ]
    if never:
        parts.append(ctx.text("position.alt.never", names=never))
    return " ".join(parts)


def plot_opd_by_position(by_opd: pd.DataFrame, ctx: ChartContext) -> Chart:
    """Plot every department's status in every reporting position.

    Parameters
    ----------
    by_opd : DataFrame
        As for `plot_opd_status_grid`, complete: each department in each period once.
    ctx : ChartContext

    Returns
    -------
    Chart
        ``opd-by-position``: departments that have done the same stand together.

    Raises
    ------
    SchemaError
        If a column is missing, a status is not known, or a department lacks a period or is
        twice in one.
    """
    chart = "opd-by-position"
    check_frame(by_opd, COLUMNS, chart)
    for period in by_opd["reporting_period"].unique():
        names_by_status(by_opd, period, chart)
    if by_opd.duplicated(["opd_id", "reporting_period"]).any():
        raise SchemaError(f"chart {chart!r}: a department is twice in one reporting period")
    table = by_opd.astype({"report_status": "str"}).pivot(
        index=["opd_id", "opd_short_name"], columns="reporting_period", values="report_status"
    )
    if table.isna().any(axis=None):
        raise SchemaError(f"chart {chart!r}: not every department has every reporting period")
    ranks = table.apply(lambda column: column.map(STATUS_ORDER.index))
    ranks = ranks.assign(_name=[name.casefold() for _, name in ranks.index]).sort_values(
        [*table.columns, "_name"]
    )
    table = table.loc[ranks.index]
    counts = _count_positions(table)
    title = _position_title(ctx, counts)
    with open_sheet(ctx, HEAD_HEIGHT + len(table) * ROW_HEIGHT) as sheet:
        _draw_matrix(sheet, ranks.drop(columns="_name"), table, counts)
    alt = _position_alt(ctx, table, counts, title)
    return sheet.chart(chart, title, ctx.text("position.subtitle"), alt, by_opd)
