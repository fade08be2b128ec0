"""Rows of bars from zero: the name above the bar, the value at its end, readable on a telephone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from helpers.charts.layout import MARGIN, SMALL_SIZE, WIDTH
from helpers.theme import text_width

if TYPE_CHECKING:
    from helpers.charts.layout import Sheet

ROW_HEIGHT = 43.0
BAR_HEIGHT = 14.0
VALUE_SIZE = 11.5

Look = Literal["solid", "hatched", "open"]


@dataclass(frozen=True, slots=True)
class BarRow:
    """One row: parts are (length as a share of the track, look), set end to end."""

    name: str
    note: str
    value: str
    parts: tuple[tuple[float, Look], ...]


def part_style(sheet: Sheet, look: Look) -> dict[str, Any]:
    """Return how a part is drawn; the three looks differ in texture, not in colour alone."""
    colours = sheet.colours
    if look == "solid":
        return {"facecolor": colours["accent"], "edgecolor": "none", "linewidth": 0}
    if look == "hatched":
        return {
            "facecolor": colours["accent2_soft"],
            "edgecolor": colours["accent2"],
            "hatch": "/////",
            "linewidth": 1,
        }
    return {"facecolor": colours["paper"], "edgecolor": colours["accent2"], "linewidth": 1.2}


def draw_rows(sheet: Sheet, rows: Sequence[BarRow]) -> None:
    """Draw rows from the body's top; a full track is 1, a longer bar widens the scale for all."""
    longest = max(1.0, *(math.fsum(share for share, _ in row.parts) for row in rows))
    room = WIDTH - 2 * MARGIN - 8 - max(text_width(row.value, VALUE_SIZE, 600) for row in rows)
    unit = room / longest
    for number, row in enumerate(rows):
        top = number * ROW_HEIGHT
        sheet.text(MARGIN, top + 9, row.name, weight=600)
        sheet.text(
            WIDTH - MARGIN, top + 9, row.note, size=SMALL_SIZE, ha="right", color=sheet.colours["muted"]
        )
        bar = top + 18
        sheet.box(
            MARGIN, bar, unit, BAR_HEIGHT, facecolor=sheet.colours["surface"], edgecolor=sheet.colours["grid"]
        )
        start = MARGIN
        for share, look in row.parts:
            length = max(share, 0.0) * unit
            if length > 0:
                sheet.box(start, bar, length, BAR_HEIGHT, **part_style(sheet, look))
            start += length
        sheet.text(WIDTH - MARGIN, bar + BAR_HEIGHT / 2, row.value, size=VALUE_SIZE, weight=600, ha="right")
