"""Marks told apart by shape first and colour second, and the key that explains them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from helpers.charts.layout import MARGIN, SMALL_SIZE, STRIP
from helpers.theme import text_width

if TYPE_CHECKING:
    from helpers.charts.layout import Sheet

#: Order of reading: done, under way, not begun.
STATUS_ORDER = ("reported", "in_progress", "not_reported")

# Strokes inside a disc; matplotlib scales the longest reach from the centre to half the marker size.
_MOVE, _LINE = 1, 2
TICK, TICK_CODES = ((-0.45, -0.05), (-0.1, -0.4), (0.5, 0.35)), (_MOVE, _LINE, _LINE)
CROSS, CROSS_CODES = ((-0.5, -0.5), (0.5, 0.5), (-0.5, 0.5), (0.5, -0.5)), (_MOVE, _LINE, _MOVE, _LINE)

DrawMark = Callable[["Sheet", float, float], None]


def draw_status(
    sheet: Sheet, xs: Sequence[float], ys: Sequence[float], status: str, radius: float = 5
) -> None:
    """Draw the mark of a report status: ticked disc, half-filled ring or crossed ring.

    Parameters
    ----------
    sheet : Sheet
    xs, ys : sequence of float
        Centres, in points of the body.
    status : str
        One of `STATUS_ORDER`.
    radius : float
        In points.
    """
    from matplotlib.path import Path

    colours = sheet.colours
    strong = colours["accent" if status == "reported" else "accent2"]
    half = status == "in_progress"
    sheet.marks(
        xs,
        ys,
        marker="o",
        markersize=2 * radius,
        markeredgecolor=strong,
        markeredgewidth=1.3,
        markerfacecolor=colours["paper"] if status == "not_reported" else strong,
        markerfacecoloralt=colours["paper"],
        fillstyle="left" if half else "full",
        zorder=5,
    )
    if not half:
        done = status == "reported"
        sheet.marks(
            xs,
            ys,
            marker=Path(TICK if done else CROSS, TICK_CODES if done else CROSS_CODES),
            markersize=radius if done else 0.8 * radius,
            fillstyle="none",
            markeredgewidth=1.5,
            markeredgecolor=colours["paper"] if done else strong,
            zorder=5,
        )


def draw_key(sheet: Sheet, items: Sequence[tuple[DrawMark, str]]) -> None:
    """Set a key in the strip above the plot: each mark followed by what it means.

    Raises
    ------
    ValueError
        If the key is wider than the strip: a label is too long for this design.
    """
    x = MARGIN
    for mark, label in items:
        mark(sheet, x + 5, -STRIP + 10)
        sheet.text(x + 14, -STRIP + 10, label, size=SMALL_SIZE)
        x += 14 + text_width(label, SMALL_SIZE) + 11
    if x - 11 - MARGIN > sheet.key_width:
        raise ValueError(f"the key {[label for _, label in items]} does not fit above the chart")


def draw_status_key(sheet: Sheet, radius: float = 5) -> None:
    """Set the key of the report statuses."""

    def mark(status: str) -> DrawMark:
        return lambda sheet, x, y: draw_status(sheet, [x], [y], status, radius)

    draw_key(sheet, [(mark(status), sheet.ctx.label("report_status", status)) for status in STATUS_ORDER])
