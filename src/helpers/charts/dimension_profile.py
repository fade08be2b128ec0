"""The dimensions of the family-resilience index, by role where that is given."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from helpers.charts.layout import MARGIN, SMALL_SIZE, WIDTH, Sheet, open_sheet
from helpers.charts.marks import draw_key
from helpers.charts.model import Chart, ChartContext, check_frame
from helpers.errors import SchemaError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INDEX = "family_resilience_index"
ROLE_MARKERS = {"parent": "o", "child": "s"}
ROLE_SIZES = {"parent": 46, "child": 92}
ROW_HEIGHT, MARK_OFFSET, AXIS_HEIGHT = 46.0, 30.0, 20.0
WHOLE_REACH = 8.0
#: Room for the value beside a mark at either end of the axis.
SIDE = 34.0
INDEX_TICKS = (25, 50, 75, 100)


def _title(ctx: ChartContext, ordered: pd.DataFrame) -> str:
    """Return the finding; values that print alike count as equal."""
    shown = [ctx.show(value, "number1") for value in ordered[INDEX]]
    first, last = (
        ctx.text(f"dimension_short.{code}")
        for code in (ordered["dimension"].iloc[0], ordered["dimension"].iloc[-1])
    )
    if shown[0] == shown[-1]:
        return ctx.text("profile.title.equal", value=shown[0])
    if shown.count(shown[0]) > 1 or shown.count(shown[-1]) > 1:
        return ctx.text("profile.title.range", low=shown[-1], high=shown[0])
    return ctx.text("profile.title.differ", first=first, high=shown[0], last=last, low=shown[-1])


def _role_colours(sheet: Sheet) -> dict[str, str]:
    return {"parent": sheet.colours["accent"], "child": sheet.colours["accent2"]}


def _draw_role(sheet: Sheet, x: float, y: float, role: str) -> None:
    sheet.paper.plot(
        [x],
        [y],
        marker=ROLE_MARKERS[role],
        markersize=ROLE_SIZES[role] ** 0.5,
        color=_role_colours(sheet)[role],
        clip_on=False,
        scalex=False,
        scaley=False,
    )


def _draw_whole(sheet: Sheet, x: float, y: float) -> None:
    sheet.line([x, x], [y - WHOLE_REACH, y + WHOLE_REACH], color=sheet.colours["ink"], linewidth=2)


def _draw_roles(sheet: Sheet, axes: Axes, placed: pd.DataFrame) -> None:
    """Draw each role's mark with its value on the outer side, joined by a line."""
    import seaborn as sns

    for place, roles in placed.groupby("row"):
        ends = roles.sort_values(INDEX)
        values = [float(ends[INDEX].iloc[0]), float(ends[INDEX].iloc[-1])]
        axes.plot(values, [float(str(place))] * 2, color=sheet.colours["grey"], linewidth=2, zorder=2)
        low, high = (sheet.ctx.show(value, "number1") for value in values)
        labels = (
            [("left", 10, values[1], high)]
            if low == high
            else [("right", -10, values[0], low), ("left", 10, values[1], high)]
        )
        for align, shift, value, text in labels:
            axes.annotate(
                text,
                (value, float(str(place))),
                (shift, 0),
                textcoords="offset points",
                ha=align,
                va="center_baseline",
                size=SMALL_SIZE,
                color=sheet.colours["muted"],
                bbox={"facecolor": sheet.colours["paper"], "edgecolor": "none", "pad": 1},
            )
    # Children first and larger: where both stand on one spot, each is still seen.
    sns.scatterplot(
        data=placed.sort_values("respondent_role"),
        x=INDEX,
        y="row",
        hue="respondent_role",
        style="respondent_role",
        markers=ROLE_MARKERS,
        palette=_role_colours(sheet),
        size="respondent_role",
        sizes=ROLE_SIZES,
        linewidth=0,
        legend=False,
        ax=axes,
        zorder=4,
        clip_on=False,
    )


def _draw_profile(sheet: Sheet, ordered: pd.DataFrame, placed: pd.DataFrame | None) -> None:
    count, ctx, colours = len(ordered), sheet.ctx, sheet.colours
    axes = sheet.axes(SIDE, 0, SIDE, AXIS_HEIGHT)
    axes.set(
        xlim=(INDEX_TICKS[0], INDEX_TICKS[-1]),
        ylim=(count - MARK_OFFSET / ROW_HEIGHT, -MARK_OFFSET / ROW_HEIGHT),
    )
    axes.hlines(range(count), INDEX_TICKS[0], INDEX_TICKS[-1], color=colours["grid"], linewidth=1, zorder=0)
    for tick in INDEX_TICKS:
        axes.plot(
            [tick] * count,
            range(count),
            linestyle="none",
            marker="|",
            markersize=8,
            color=colours["axis"],
            markeredgewidth=0.8,
            clip_on=False,
            zorder=1,
        )
    if placed is not None:
        _draw_roles(sheet, axes, placed)
    axes.set(xlabel="", ylabel="", xticks=INDEX_TICKS, yticks=[])
    axes.set_xticklabels([ctx.show(tick, "count") for tick in INDEX_TICKS])
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    scale = (WIDTH - 2 * SIDE) / (INDEX_TICKS[-1] - INDEX_TICKS[0])
    for number, (code, value) in enumerate(zip(ordered["dimension"], ordered[INDEX], strict=True)):
        y = number * ROW_HEIGHT
        _draw_whole(sheet, SIDE + (value - INDEX_TICKS[0]) * scale, y + MARK_OFFSET)
        sheet.text(MARGIN, y + 10, ctx.label("dimension", code), weight=600)
        sheet.text(WIDTH - MARGIN, y + 10, ctx.show(value, "number1"), size=11.5, weight=600, ha="right")


def _alt(ctx: ChartContext, ordered: pd.DataFrame, by_role: pd.DataFrame | None, finding: str) -> str:
    items = [
        ctx.text("profile.alt.item", name=ctx.label("dimension", code), value=value)
        for code, value in zip(ordered["dimension"], ordered[INDEX], strict=True)
    ]
    parts = [
        ctx.text("profile.alt.head", finding=finding),
        ctx.text("profile.alt.items", items="; ".join(items)),
    ]
    if by_role is not None:
        wide = by_role.pivot(index="dimension", columns="respondent_role", values=INDEX).reindex(
            columns=list(ROLE_MARKERS)
        )
        gap = (wide["parent"] - wide["child"]).reindex(ordered["dimension"])
        if gap.notna().any():
            code = str(gap.abs().idxmax())
            parts.append(
                ctx.text(
                    "profile.alt.gap",
                    name=ctx.label("dimension", code),
                    parent=wide.loc[code, "parent"],
                    child=wide.loc[code, "child"],
                )
            )
    return " ".join(parts)


def plot_dimension_profile(
    by_dimension: pd.DataFrame, by_role: pd.DataFrame | None, ctx: ChartContext
) -> Chart:
    """Plot the index of each dimension, highest first, with parents and children apart.

    Parameters
    ----------
    by_dimension : DataFrame
        One row a dimension (`indicators.resilience.compute_index_by`): ``dimension`` and
        ``family_resilience_index`` (25 to 100).
    by_role : DataFrame or None
        One row a dimension and role, grouped by ``["dimension", "respondent_role"]``.
    ctx : ChartContext

    Returns
    -------
    Chart
        ``dimension-profile``. Marks stand on the index's whole range, 25 to 100: they are
        positions, not lengths, so they need no zero.

    Raises
    ------
    SchemaError
        If a column is missing, or a role or its dimension is not known.
    """
    name = "dimension-profile"
    check_frame(by_dimension, ("dimension", INDEX), name)
    ordered = by_dimension.sort_values([INDEX, "dimension"], ascending=[False, True]).reset_index(drop=True)
    rows = {code: number for number, code in enumerate(ordered["dimension"].astype(str))}
    placed = None
    data = ordered
    if by_role is not None:
        check_frame(by_role, ("dimension", "respondent_role", INDEX), name)
        placed = by_role.astype({"dimension": "str", "respondent_role": "str"})
        placed = placed.assign(row=placed["dimension"].map(rows))
        if placed["row"].isna().any() or not set(placed["respondent_role"]) <= set(ROLE_MARKERS):
            raise SchemaError(f"chart {name!r}: by_role holds a role or dimension that is not known")
        data = pd.concat(
            [
                ordered,
                placed.sort_values(["row", "respondent_role"], ascending=[True, False]).drop(columns="row"),
            ]
        )
    title = _title(ctx, ordered)
    with open_sheet(ctx, len(ordered) * ROW_HEIGHT + AXIS_HEIGHT) as sheet:
        if placed is not None:
            key = [
                (partial(_draw_role, role=role), ctx.label("respondent_role", role)) for role in ROLE_MARKERS
            ]
            draw_key(sheet, [*key, (_draw_whole, ctx.text("profile.key_whole"))])
        _draw_profile(sheet, ordered, placed)
    return sheet.chart(name, title, ctx.text("profile.subtitle"), _alt(ctx, ordered, by_role, title), data)
