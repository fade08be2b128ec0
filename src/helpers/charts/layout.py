"""The sheet every chart is drawn on: 360 points wide, text measured, positions in points.

Nothing is laid out twice: the height follows from what is drawn, so that no pass of
``tight_layout`` is needed. 360 points is about the width of a telephone in CSS
pixels: the smallest letter in the body stays near 9 pixels there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.charts.model import Chart, ChartContext
from helpers.formats import PERCENT_WORD
from helpers.theme import apply, palette, text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

WIDTH = 360.0
MARGIN = 6.0
#: Height of the strip above the plot: key on the left, mark of illustrative data on the right.
STRIP = 22.0
LABEL_SIZE, SMALL_SIZE = 10.5, 9.5
#: Spaces at which no line is broken: before "percent" after a number, a bracket or a year.
_GLUE = re.compile(rf"(?<=\d) (?={'|'.join(PERCENT_WORD.values())})| (?=\(|\d{{4}}\b)")
#: A space of the bundled font in ems, and by which part of it the sum of its words may miss a line.
_SPACE, _DOUBT = 0.2, 0.01


def wrap_text(text: str, width: float, size: float, weight: int = 400) -> list[str]:
    """Break a text into lines no wider than ``width`` points; a single longer word stays whole."""
    lines: list[str] = []
    for word in _GLUE.sub("\u00a0", text).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _fits(longer, width, size, weight):
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _fits(line: str, width: float, size: float, weight: int) -> bool:
    """Return whether a line is no wider; it is measured as a whole only where its words leave it open.

    Setting a line costs as much as setting its letters anew, and each of its beginnings is asked for.
    """
    words = line.split(" ")
    guess = sum(text_width(word, size, weight) for word in words) + (len(words) - 1) * _SPACE * size
    doubt = _DOUBT * (guess + size)
    return guess < width - doubt or (guess <= width + doubt and text_width(line, size, weight) <= width)


def spread(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move positions apart until neighbours differ by ``gap``, as little as possible, in order.

    Parameters
    ----------
    positions : sequence of float
        Where labels want to be; the order is kept, ties in the order given.
    gap, low, high : float
        Smallest distance, and the range to stay in (the range wins over the gap's place).

    Examples
    --------
    >>> spread([10, 12, 50], 10, 0, 100)
    [6.0, 16.0, 50.0]
    >>> spread([99, 100], 10, 0, 100)
    [90.0, 100.0]
    """
    order = sorted(range(len(positions)), key=lambda item: positions[item])
    blocks: list[list[int]] = []
    centres: list[float] = []
    for item in order:
        blocks.append([item])
        centres.append(float(positions[item]))
        while True:
            reach = (len(blocks[-1]) - 1) * gap / 2
            centres[-1] = min(max(centres[-1], low + reach), high - reach)
            if len(blocks) == 1:
                break
            before = (len(blocks[-2]) - 1) * gap / 2
            if centres[-1] - reach - (centres[-2] + before) >= gap - 1e-9:
                break
            members = blocks.pop()
            centres.pop()
            blocks[-1] += members
            centres[-1] = math.fsum(positions[member] for member in blocks[-1]) / len(blocks[-1])
    placed = [0.0] * len(positions)
    for block, centre in zip(blocks, centres, strict=True):
        start = centre - (len(block) - 1) * gap / 2
        for rank, item in enumerate(block):
            placed[item] = start + rank * gap
    return placed


def free_strip(ctx: ChartContext) -> float:
    """Return the points of the strip that a chart without a key may use: none where it holds a mark."""
    return 0.0 if ctx.illustrative else STRIP - 8


@dataclass(frozen=True, slots=True)
class Grid:
    """Equal tiles across the sheet: so many in a row, each so high, the first at ``top``."""

    across: int
    tile_height: float
    top: float = 3.0
    gap: float = 4.0

    @property
    def tile_width(self) -> float:
        """Points from a tile's left edge to its right one."""
        return (WIDTH - 2 * MARGIN - (self.across - 1) * self.gap) / self.across

    def rows_height(self, count: int) -> float:
        """Return the points that so many tiles take, the gap below the last row included."""
        return -(-count // self.across) * (self.tile_height + self.gap)

    def corner(self, row: int, column: int) -> tuple[float, float]:
        """Return the top left corner of the tile in a row and column, counted from 0."""
        right, down = self.tile_width + self.gap, self.tile_height + self.gap
        return MARGIN + column * right, self.top + row * down

    def corners(self, count: int) -> list[tuple[float, float]]:
        """Return the corners of so many tiles, row by row."""
        return [self.corner(*divmod(place, self.across)) for place in range(count)]


class Sheet:
    """A figure with the mark of illustrative data, and a body to draw in.

    Made by `open_sheet`. Body coordinates are points from the body's top left corner, y
    downwards; the strip for the key and the illustrative mark is above it.
    """

    def __init__(self, ctx: ChartContext, body_height: float) -> None:
        from matplotlib.figure import Figure

        self.ctx = ctx
        self.colours = palette()
        self.body_height = body_height
        self.height = STRIP + body_height
        self.figure = Figure(figsize=(WIDTH / 72, self.height / 72))
        self.paper = self._make_paper()
        if ctx.illustrative:
            self._mark_illustrative()

    def _make_paper(self) -> Axes:
        """Return an invisible axes over strip and body whose unit is the point."""
        paper = self.figure.add_axes((0, 0, 1, 1), facecolor="none")
        paper.set(xlim=(0, WIDTH), ylim=(self.body_height, -STRIP), zorder=3)
        paper.set_axis_off()
        # An axis that is not drawn still makes its ticks when it is looked at; without any it is cheap.
        paper.set(xticks=[], yticks=[])
        return paper

    def _mark_illustrative(self) -> None:
        text = self.ctx.text("common.illustrative")
        width = text_width(text, SMALL_SIZE, 600) + 12
        self.box(
            WIDTH - MARGIN - width,
            -STRIP + 2,
            width,
            16,
            radius=3,
            # On the soft tint the small letters would have less than 4.5:1.
            facecolor=self.colours["paper"],
            edgecolor=self.colours["accent2"],
        )
        self.text(
            WIDTH - MARGIN - width / 2,
            -STRIP + 10,
            text,
            size=SMALL_SIZE,
            weight=600,
            ha="center",
            color=self.colours["accent2"],
        )

    @property
    def key_width(self) -> float:
        """Points of the strip that are free for a key."""
        if not self.ctx.illustrative:
            return WIDTH - 2 * MARGIN
        return WIDTH - 2 * MARGIN - text_width(self.ctx.text("common.illustrative"), SMALL_SIZE, 600) - 20

    def axes(self, left: float, top: float, right: float, bottom: float) -> Axes:
        """Return axes inset from the body's edges by these points."""
        return self.figure.add_axes(
            (
                left / WIDTH,
                bottom / self.height,
                1 - (left + right) / WIDTH,
                (self.body_height - top - bottom) / self.height,
            )
        )

    def text(self, x: float, y: float, text: str, *, va: str = "center_baseline", **style: Any) -> Text:
        """Write one line at a point of the body."""
        return self.paper.text(x, y, text, va=va, **({"size": LABEL_SIZE} | style))

    def lines(
        self, x: float, middle: float, lines: Sequence[str], leading: float = 11.0, **style: Any
    ) -> None:
        """Write lines below each other around a middle."""
        for place, line in enumerate(lines):
            self.text(x, middle + (place - (len(lines) - 1) / 2) * leading, line, **style)

    def marks(self, xs: Sequence[float], ys: Sequence[float], **style: Any) -> None:
        """Draw markers at points of the body; many in one call are one shape in the file."""
        look: dict[str, Any] = {"linestyle": "none", "clip_on": False, "scalex": False, "scaley": False}
        self.paper.plot(xs, ys, **(look | style))

    def box(
        self, x: float, y: float, width: float, height: float, *, radius: float = 0, **style: Any
    ) -> None:
        """Draw a rectangle whose top left corner is at a point of the body."""
        from matplotlib.patches import FancyBboxPatch, Rectangle

        if radius:
            self.paper.add_artist(
                FancyBboxPatch(
                    (x, y),
                    width,
                    height,
                    boxstyle=f"round,pad=0,rounding_size={radius}",
                    clip_on=False,
                    **style,
                )
            )
        else:
            self.paper.add_artist(Rectangle((x, y), width, height, clip_on=False, **style))

    def line(self, xs: Sequence[float], ys: Sequence[float], **style: Any) -> None:
        """Draw a line through points of the body."""
        look: dict[str, Any] = {"color": self.colours["axis"], "linewidth": 0.8, "solid_capstyle": "butt"}
        self.paper.plot(xs, ys, clip_on=False, scalex=False, scaley=False, **(look | style))

    def chart(self, name: str, title: str, subtitle: str, alt: str, data: pd.DataFrame) -> Chart:
        """Return the finished chart; ``alt`` gets the note on illustrative data."""
        note = " " + self.ctx.text("common.illustrative_alt") if self.ctx.illustrative else ""
        return Chart(
            name=name,
            figure=self.figure,
            title=title,
            subtitle=subtitle,
            alt=" ".join(alt.split()) + note,
            source=self.ctx.text("common.source", source=self.ctx.source_text),
            data=data.reset_index(drop=True),
            illustrative=self.ctx.illustrative,
        )


@contextmanager
def open_sheet(ctx: ChartContext, body_height: float) -> Iterator[Sheet]:
    """Draw on a sheet in the house style: ``with open_sheet(ctx, 120) as sheet:``."""
    with apply():
        yield Sheet(ctx, body_height)
