"""Where a place lies: equal tiles instead of a map, the own one told by fill and double frame.

Districts stand roughly where they lie (a schematic record, see ``district_tiles.source.yml``);
villages stand in the order of their codes, since their places are not on record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.charts.layout import MARGIN, SMALL_SIZE, WIDTH, Grid, Sheet, open_sheet, wrap_text
from helpers.charts.marks import DrawMark, draw_key
from helpers.charts.model import Chart, ChartContext, check_frame
from helpers.errors import SchemaError
from helpers.theme import text_width

PLACED = ("district_code", "district_name", "tile_row", "tile_column", "is_schematic")
VILLAGES = ("village_code", "village_name", "village_type", "district_code", "is_desa_bersinar")
LEADING, ROOM = 10.5, 8.0
SMALLEST, COUNT_SIZE = 7.0, 8.5
#: The small map of the regency above the villages: edge of a tile, and the gap between two.
MINI, MINI_GAP = 15.0, 2.5
VILLAGES_ACROSS = 5


def tile_name(
    sheet: Sheet, x: float, y: float, width: float, height: float, text: str, *, color: str, weight: int = 400
) -> None:
    """Write a name in the middle of a tile, in smaller letters where a word is wider than the tile."""
    room = width - ROOM
    lines = wrap_text(text, room, SMALL_SIZE, weight)
    widest = max(text_width(line, SMALL_SIZE, weight) for line in lines)
    leading = min(LEADING, (height - 1) / len(lines))
    size = max(SMALLEST, min(SMALL_SIZE, SMALL_SIZE * room / widest, SMALL_SIZE * leading / LEADING))
    look = {"size": size, "weight": weight, "color": color, "ha": "center"}
    sheet.lines(x + width / 2, y + height / 2, lines, leading, **look)


def draw_tile(
    sheet: Sheet, x: float, y: float, width: float, height: float, *, own: bool, strong: bool = False
) -> str:
    """Draw one tile and return the colour of what is written on it."""
    colours = sheet.colours
    if own:
        frame = {"facecolor": colours["paper"], "edgecolor": colours["accent"]}
        sheet.box(x - 2, y - 2, width + 4, height + 4, radius=0, **frame)
    fill = "accent" if own else "accent_soft" if strong else "paper"
    edge = "accent" if own or strong else "axis"
    sheet.box(x, y, width, height, facecolor=colours[fill], edgecolor=colours[edge], linewidth=0.8)
    return colours["paper" if own else "ink"]


def draw_star(sheet: Sheet, x: float, y: float, *, on_own: bool = False) -> None:
    """Draw the star of a drug-free village; on the own tile it is light."""
    color = sheet.colours["paper" if on_own else "accent2"]
    look: dict[str, Any] = {"markerfacecolor": color, "markeredgecolor": color, "markeredgewidth": 0.6}
    sheet.marks([x], [y], marker="*", markersize=8, zorder=6, **look)


def _mini_own(sheet: Sheet, x: float, y: float) -> None:
    draw_tile(sheet, x - 4, y - 3.5, 9, 7, own=True)


def _key(sheet: Sheet, ctx: ChartContext, own: str, *, stars: bool) -> None:
    items: list[tuple[DrawMark, str]] = [(_mini_own, ctx.text(f"tiles.key.{own}"))]
    if stars:
        items.append((draw_star, ctx.text("tiles.key.bersinar")))
    draw_key(sheet, items)


def check_own(codes: pd.Series, own_code: str, chart: str) -> None:
    """Refuse a chart whose own tile is not among its tiles."""
    if own_code not in set(codes):
        raise SchemaError(f"chart {chart!r}: {own_code} is not among the tiles")


def _tile_height(names: Sequence[str], width: float) -> float:
    lines = max(len(wrap_text(name, width - ROOM, SMALL_SIZE, 600)) for name in names)
    return lines * LEADING + 9


def _order(placed: pd.DataFrame) -> str:
    return "schematic" if placed["is_schematic"].all() else "by_code"


def plot_district_tiles(
    placed: pd.DataFrame, status: pd.DataFrame, own_code: str, ctx: ChartContext
) -> Chart:
    """Plot the regency as one equal tile a district, the own one highlighted.

    Parameters
    ----------
    placed : DataFrame
        Result of `indicators.profiles.place_districts`.
    status : DataFrame
        Result of `indicators.profiles.compute_district_status`: ``village_count`` and
        ``desa_bersinar_count`` are written on the tiles.
    own_code : str
        ``district_code`` of the profile.
    ctx : ChartContext

    Returns
    -------
    Chart
        ``district-tiles``.

    Raises
    ------
    SchemaError
        If a column is missing or the own district is not among the tiles.
    """
    name = "district-tiles"
    check_frame(placed, PLACED, name)
    check_own(placed["district_code"], own_code, name)
    counts = status[["district_code", "village_count", "desa_bersinar_count"]]
    data = placed.merge(counts, on="district_code", how="left", validate="one_to_one")
    data = data.assign(is_own=data["district_code"] == own_code)
    own = data.loc[data["is_own"]].iloc[0]
    values = {
        "district": own["district_name"], "count": int(own["village_count"]),
        "total": int(data["village_count"].sum()), "districts": len(data),
        "bersinar": int(own["desa_bersinar_count"]), "bersinar_total": int(data["desa_bersinar_count"].sum()),
    }  # fmt: skip
    order = _order(placed)
    across, down = int(placed["tile_column"].max()), int(placed["tile_row"].max())
    width = Grid(across, 0).tile_width
    grid = Grid(across, _tile_height(placed["district_name"].tolist(), width) + LEADING)
    with open_sheet(ctx, grid.rows_height(down * across) + 2) as sheet:
        _key(sheet, ctx, "district", stars=bool(values["bersinar_total"]))
        for row in data.to_dict("records"):
            corner = grid.corner(row["tile_row"] - 1, row["tile_column"] - 1)
            _draw_district(sheet, row, corner, width, grid.tile_height)
    alt = " ".join((ctx.text("tiles.district.alt", **values), ctx.text(f"tiles.order.{order}")))
    title, subtitle = ctx.text("tiles.district.title", **values), ctx.text(f"tiles.district.subtitle.{order}")
    return sheet.chart(name, title, subtitle, alt, data)


def _draw_district(
    sheet: Sheet, row: Mapping[Any, Any], corner: tuple[float, float], width: float, height: float
) -> None:
    x, y = corner
    own = bool(row["is_own"])
    color = draw_tile(sheet, x, y, width, height, own=own)
    weight = 600 if own else 400
    tile_name(sheet, x, y, width, height - LEADING, row["district_name"], color=color, weight=weight)
    count = sheet.ctx.text("tiles.district.villages", count=row["village_count"])
    middle, bottom = x + width / 2, y + height - LEADING
    shift = 5.0 if row["desa_bersinar_count"] else 0.0
    sheet.text(middle - shift, bottom, count, size=COUNT_SIZE, color=color, ha="center")
    if shift:
        draw_star(sheet, middle + text_width(count, COUNT_SIZE) / 2 + 3, bottom, on_own=own)


def plot_village_tiles(
    villages: pd.DataFrame, placed: pd.DataFrame, own_code: str, ctx: ChartContext
) -> Chart:
    """Plot the villages of one district as tiles, below a small tile map of the regency.

    Parameters
    ----------
    villages : DataFrame
        The villages of the district: ``village_code``, ``village_name``, ``village_type``,
        ``district_code``, ``district_name``, ``is_desa_bersinar``.
    placed : DataFrame
        Result of `indicators.profiles.place_districts`.
    own_code : str
        ``village_code`` of the profile.
    ctx : ChartContext

    Returns
    -------
    Chart
        ``village-tiles``.

    Raises
    ------
    SchemaError
        If a column is missing or the own village is not among the tiles.
    """
    name = "village-tiles"
    check_frame(villages, VILLAGES, name)
    check_frame(placed, PLACED, name)
    check_own(villages["village_code"], own_code, name)
    ordered = villages.sort_values("village_code")
    data = ordered[["village_code", "village_name", "is_desa_bersinar"]].assign(
        is_own=ordered["village_code"] == own_code
    )
    own = ordered.loc[ordered["village_code"] == own_code].iloc[0]
    values = {
        "village": own["village_name"], "district": own["district_name"], "count": len(data),
        "districts": len(placed), "bersinar": int(data["is_desa_bersinar"].sum()),
    }  # fmt: skip
    width = Grid(VILLAGES_ACROSS, 0).tile_width
    top = float(placed["tile_row"].max()) * (MINI + MINI_GAP) + 10
    grid = Grid(VILLAGES_ACROSS, _tile_height(data["village_name"].tolist(), width), top)
    with open_sheet(ctx, top + grid.rows_height(len(data)) + 2) as sheet:
        _key(sheet, ctx, str(own["village_type"]), stars=bool(values["bersinar"]))
        said = ctx.text(f"tiles.village.mini.{_order(placed)}", **values)
        _draw_regency(sheet, placed, own["district_code"], said)
        for row, corner in zip(data.to_dict("records"), grid.corners(len(data)), strict=True):
            _draw_village(sheet, row, corner, width, grid.tile_height)
    alt = " ".join((ctx.text("tiles.village.alt", **values), ctx.text("tiles.order.villages")))
    title, subtitle = ctx.text("tiles.village.title", **values), ctx.text("tiles.village.subtitle")
    return sheet.chart(name, title, subtitle, alt, data)


def _draw_regency(sheet: Sheet, placed: pd.DataFrame, own_code: str, said: str) -> None:
    """Draw the regency small at the left edge, and say beside it what it is."""
    step = MINI + MINI_GAP
    for row in placed.to_dict("records"):
        x, y = MARGIN + (row["tile_column"] - 1) * step, 3 + (row["tile_row"] - 1) * step
        own = row["district_code"] == own_code
        face, edge = sheet.colours["accent" if own else "paper"], sheet.colours["accent" if own else "axis"]
        sheet.box(x, y, MINI, MINI, facecolor=face, edgecolor=edge, linewidth=0.8)
    left = MARGIN + float(placed["tile_column"].max()) * step + 8
    for number, line in enumerate(wrap_text(said, WIDTH - MARGIN - left, SMALL_SIZE)):
        sheet.text(left, 10 + number * 13, line, size=SMALL_SIZE, color=sheet.colours["muted"])


def _draw_village(
    sheet: Sheet, row: Mapping[Any, Any], corner: tuple[float, float], width: float, height: float
) -> None:
    x, y = corner
    own, bersinar = bool(row["is_own"]), bool(row["is_desa_bersinar"])
    color = draw_tile(sheet, x, y, width, height, own=own, strong=bersinar)
    tile_name(sheet, x, y, width, height, row["village_name"], color=color, weight=600 if own else 400)
    if bersinar:
        draw_star(sheet, x + width - 5, y + 5, on_own=own)
