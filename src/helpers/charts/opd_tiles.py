"""One department among all: a tile each with its status at both positions, the own one highlighted."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.charts.layout import Grid, Sheet, open_sheet
from helpers.charts.marks import STATUS_ORDER, draw_status, draw_status_key
from helpers.charts.model import Chart, ChartContext, check_frame
from helpers.charts.rollout import COLUMNS, position_of
from helpers.charts.tile_map import check_own, draw_tile, tile_name

ACROSS = 5
HEIGHT, RADIUS = 31.0, 4.2
#: Height of the part of a tile that holds the positions, and the size of their letters.
FOOT, POSITION_SIZE = 12.0, 8.5


def plot_opd_tiles(by_opd: pd.DataFrame, own_id: str, ctx: ChartContext) -> Chart:
    """Plot every department with its report status at each position, the own one highlighted.

    Parameters
    ----------
    by_opd : DataFrame
        `indicators.rollout.compute_rollout_by_opd`: one row a department and period.
    own_id : str
        ``opd_id`` of the profile.
    ctx : ChartContext

    Returns
    -------
    Chart
        ``opd-tiles``.

    Raises
    ------
    SchemaError
        If a column is missing or the own department is not among the tiles.
    """
    name = "opd-tiles"
    check_frame(by_opd, COLUMNS, name)
    check_own(by_opd["opd_id"], own_id, name)
    periods = sorted(by_opd["reporting_period"].unique())
    status = by_opd.pivot(index="opd_id", columns="reporting_period", values="report_status")
    names = by_opd.drop_duplicates("opd_id").set_index("opd_id")["opd_short_name"]
    order = sorted(names.index, key=lambda opd: str(names[opd]).casefold())
    title, subtitle, alt = _texts(by_opd, own_id, str(names[own_id]), periods, ctx)
    grid = Grid(ACROSS, HEIGHT)
    width = grid.tile_width
    with open_sheet(ctx, grid.rows_height(len(order)) + 2) as sheet:
        draw_status_key(sheet, RADIUS)
        corners = dict(zip(order, grid.corners(len(order)), strict=True))
        for opd, (x, y) in corners.items():
            _draw_department(sheet, (x, y), width, str(names[opd]), own=opd == own_id)
        for number, period in enumerate(periods):
            left = 4 + RADIUS + number * width / len(periods)
            for known in STATUS_ORDER:
                marked = [corners[opd] for opd in order if status.at[opd, period] == known]
                if marked:
                    xs, ys = [x + left for x, _ in marked], [y + HEIGHT - FOOT / 2 for _, y in marked]
                    draw_status(sheet, xs, ys, known, RADIUS)
            for x, y in corners.values():
                sheet.text(
                    x + left + RADIUS + 2, y + HEIGHT - FOOT / 2, position_of(period), size=POSITION_SIZE
                )
    return sheet.chart(name, title, subtitle, alt, by_opd.assign(is_own=by_opd["opd_id"] == own_id))


def _draw_department(
    sheet: Sheet, corner: tuple[float, float], width: float, name: str, *, own: bool
) -> None:
    x, y = corner
    height = HEIGHT - FOOT
    draw_tile(sheet, x, y, width, HEIGHT, own=False)
    color = draw_tile(sheet, x, y, width, height, own=False, strong=own)
    if own:
        frame = {"facecolor": "none", "edgecolor": sheet.colours["accent"]}
        sheet.box(x - 2, y - 2, width + 4, HEIGHT + 4, radius=0, linewidth=2.2, **frame)
    tile_name(sheet, x, y, width, height, name, color=color, weight=600 if own else 400)


def _texts(
    by_opd: pd.DataFrame, own_id: str, own_name: str, periods: Sequence[str], ctx: ChartContext
) -> tuple[str, str, str]:
    first = by_opd.loc[by_opd["reporting_period"] == periods[0]]
    own = by_opd.loc[by_opd["opd_id"] == own_id].set_index("reporting_period")["report_status"]
    told = [
        ctx.text(
            "tiles.opd.position",
            position=position_of(period),
            status=ctx.word("report_status", str(own[period])),
        )
        for period in periods
    ]
    values = {
        "opd": own_name, "total": len(first), "position": position_of(periods[0]),
        "done": int((first["report_status"] == "reported").sum()),
    }  # fmt: skip
    done = "reported" if own[periods[0]] == "reported" else "waiting"
    title = ctx.text(f"tiles.opd.title.{done}", **values)
    alt = ctx.text("tiles.opd.alt", positions=told, **values)
    return title, ctx.text("tiles.opd.subtitle"), alt
