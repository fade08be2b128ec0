"""Which departments have reported: one named tile each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.charts.layout import MARGIN, SMALL_SIZE, Grid, Sheet, open_sheet, wrap_text
from helpers.charts.marks import STATUS_ORDER, draw_status
from helpers.charts.model import Chart, ChartContext, check_frame
from helpers.errors import SchemaError
from helpers.theme import text_width

COLUMNS = ("opd_id", "opd_short_name", "reporting_period", "report_status")
TILES_ACROSS = 3
TILE_LEADING, TILE_PADDING = 11.0, 13.0
TILE_WIDTH = Grid(TILES_ACROSS, 0).tile_width
#: Where a tile's mark and name stand, from its left edge, and the room that leaves for the name.
TILE_MARK, TILE_TEXT = 11.0, 20.0
TILE_ROOM = TILE_WIDTH - TILE_TEXT - 4
HEADING_HEIGHT, GROUP_GAP = 21.0, 7.0
#: Status to the colours of fill and frame, and how the frame is drawn.
_TILE_LOOKS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "reported": ("accent_soft", "accent", {"linewidth": 0.8}),
    "in_progress": ("paper", "accent2", {"linewidth": 1.2, "linestyle": (0, (3, 2))}),
    "not_reported": ("accent2_soft", "accent2", {"linewidth": 1.8}),
}
MAX_TITLE_WORDS = 12
#: Up to so many departments are named in a title; more are counted.
MAX_NAMED = 2


def position_of(period: str) -> str:
    """Return the position a reporting period stands for: ``"2021-B06"`` is ``B06``."""
    return period.rpartition("-")[2]


def names_by_status(by_opd: pd.DataFrame, period: str, chart: str) -> dict[str, list[str]]:
    """Return the short names of each status in a period, in alphabetical order.

    Raises
    ------
    SchemaError
        If the period has no rows or a status is not known.
    """
    rows = by_opd.loc[by_opd["reporting_period"] == period]
    check_frame(rows, COLUMNS, chart)
    unknown = sorted(set(rows["report_status"].astype(str)) - set(STATUS_ORDER))
    if unknown:
        raise SchemaError(f"chart {chart!r}: unknown report_status {', '.join(unknown)}")
    return {
        status: sorted(rows.loc[rows["report_status"] == status, "opd_short_name"], key=str.casefold)
        for status in STATUS_ORDER
    }


def _grid_title(ctx: ChartContext, groups: dict[str, list[str]], position: str) -> str:
    done, doing, waiting = (groups[status] for status in STATUS_ORDER)
    total = len(done) + len(doing) + len(waiting)
    values = {"done": len(done), "doing": len(doing), "total": total, "position": position}
    if len(done) == total:
        return ctx.text("grid.title.all", **values)
    if doing:
        return ctx.text("grid.title.in_progress", **values)
    if not done:
        return ctx.text("grid.title.none", **values)
    if len(waiting) <= MAX_NAMED:
        named = ctx.text("grid.title.named", **values, names=waiting)
        if len(named.split()) <= MAX_TITLE_WORDS:
            return named
    return ctx.text("grid.title.some", **values)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Tiles of one height, placed from the top: the height follows from the longest name."""

    groups: dict[str, list[str]]

    @property
    def tile_height(self) -> float:
        names = [name for group in self.groups.values() for name in group]
        lines = max(len(wrap_text(name, TILE_ROOM, SMALL_SIZE, 600)) for name in names)
        return lines * TILE_LEADING + TILE_PADDING

    def group_height(self, status: str) -> float:
        grid = Grid(TILES_ACROSS, self.tile_height)
        return HEADING_HEIGHT + grid.rows_height(len(self.groups[status]))

    @property
    def height(self) -> float:
        return math.fsum(map(self.group_height, self.groups)) + GROUP_GAP * (len(self.groups) - 1)

    def corners(self, status: str, top: float) -> list[tuple[float, float]]:
        grid = Grid(TILES_ACROSS, self.tile_height, top + HEADING_HEIGHT)
        return grid.corners(len(self.groups[status]))


def _draw_tile(sheet: Sheet, corner: tuple[float, float], height: float, name: str, status: str) -> None:
    (x, y), (fill, edge, look) = corner, _TILE_LOOKS[status]
    colours = {"facecolor": sheet.colours[fill], "edgecolor": sheet.colours[edge]}
    sheet.box(x, y, TILE_WIDTH, height, radius=3, **colours, **look)
    lines = wrap_text(name, TILE_ROOM, SMALL_SIZE, 600)
    # One word wider than the tile is set smaller rather than over the edge.
    size = min(SMALL_SIZE, *(SMALL_SIZE * TILE_ROOM / text_width(line, SMALL_SIZE, 600) for line in lines))
    sheet.lines(x + TILE_TEXT, y + height / 2, lines, TILE_LEADING, size=size, weight=600)


def _draw_grid(sheet: Sheet, grid: _Grid) -> None:
    top = 0.0
    for status, names in grid.groups.items():
        label = sheet.ctx.label("report_status", status)
        heading = sheet.ctx.text("grid.heading", status=label, count=len(names))
        sheet.text(MARGIN, top + 9, heading, weight=600)
        corners = grid.corners(status, top)
        for corner, name in zip(corners, names, strict=True):
            _draw_tile(sheet, corner, grid.tile_height, name, status)
        middle = grid.tile_height / 2
        draw_status(sheet, [x + TILE_MARK for x, _ in corners], [y + middle for _, y in corners], status)
        top += grid.group_height(status) + GROUP_GAP


def _grid_alt(ctx: ChartContext, groups: dict[str, list[str]], finding: str, position: str) -> str:
    total = sum(map(len, groups.values()))
    parts = [
        ctx.text("grid.alt.head", total=total, position=position, finding=finding),
        ctx.text("grid.alt.counts", **{status: len(names) for status, names in groups.items()}),
    ]
    for status in ("in_progress", "not_reported"):
        if groups[status]:
            label = ctx.label("report_status", status)
            parts.append(ctx.text("grid.alt.names", status=label, names=groups[status]))
    return " ".join(parts)


def plot_opd_status_grid(by_opd: pd.DataFrame, period: str, ctx: ChartContext) -> Chart:
    """Plot one named tile a department, grouped by whether it has reported.

    Parameters
    ----------
    by_opd : DataFrame
        One row a department and period (`indicators.rollout.compute_rollout_by_opd`):
        ``opd_id``, ``opd_short_name``, ``reporting_period`` and ``report_status``.
    period : str
        The period to show, ``"2021-B06"``.
    ctx : ChartContext

    Returns
    -------
    Chart
        ``opd-status-grid``.

    Raises
    ------
    SchemaError
        If a column is missing, the period has no rows or a status is not known.
    """
    chart = "opd-status-grid"
    check_frame(by_opd, COLUMNS, chart)
    groups = names_by_status(by_opd, period, chart)
    position = position_of(period)
    title = _grid_title(ctx, groups, position)
    grid = _Grid({status: names for status, names in groups.items() if names})
    with open_sheet(ctx, grid.height) as sheet:
        _draw_grid(sheet, grid)
    shown = by_opd.loc[by_opd["reporting_period"] == period]
    subtitle, alt = ctx.text("grid.subtitle", position=position), _grid_alt(ctx, groups, title, position)
    return sheet.chart(chart, title, subtitle, alt, shown)
