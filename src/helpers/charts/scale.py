"""The family-resilience index on its scale of classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.charts.layout import LABEL_SIZE, MARGIN, SMALL_SIZE, WIDTH, Sheet, open_sheet, wrap_text
from helpers.charts.model import Chart, ChartContext, check_frame
from helpers.errors import SchemaError
from helpers.indicators.resilience import classify_index
from helpers.theme import text_width

INDEX_LOW, INDEX_HIGH = 25.0, 100.0
SCALE_COLUMNS = ("valid_from", "class_id", "lower_bound", "upper_bound")
INDEX = "family_resilience_index"
BAND_TOP, BAND_HEIGHT = 51.0, 32.0
POINTER_LEADING = 18.0


def _x(value: float) -> float:
    """Return where an index value stands, in points."""
    return MARGIN + 2 + (value - INDEX_LOW) / (INDEX_HIGH - INDEX_LOW) * (WIDTH - 2 * MARGIN - 4)


def _class_key(code: str) -> str:
    """Return a class as every spelling of it is compared."""
    return code.replace("_", " ").casefold()


def _bands(scale: pd.DataFrame) -> pd.DataFrame:
    """Return the classes with numeric bounds, lowest first, the last closed at 100."""
    bands = scale.astype({"lower_bound": "float64", "upper_bound": "float64"}).sort_values("lower_bound")
    return bands.assign(
        upper_bound=bands["upper_bound"].fillna(INDEX_HIGH),
        class_key=[_class_key(str(code)) for code in bands["class_id"]],
    ).reset_index(drop=True)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the chart says: the index, its interval and the two classes."""

    index: float
    low: float | None
    high: float | None
    confidence_level: float
    computed: str
    published: str | None
    scale_from: str

    @property
    def branch(self) -> str:
        if self.published is None:
            return "alone"
        return "agree" if self.published == self.computed else "differ"

    def values(self, ctx: ChartContext) -> dict[str, Any]:
        """Return the placeholders of the texts."""
        return {
            "index": self.index,
            "low": self.low,
            "high": self.high,
            "year": self.scale_from[:4],
            "confidence": self.confidence_level,
            "computed": ctx.word("class_id", self.computed),
            "published": ctx.word("class_id", self.published or self.computed),
        }

    def pointers(self, ctx: ChartContext) -> list[tuple[str, str, str]]:
        """Return who gives which class: class, text and colour role."""
        values, differ = self.values(ctx), self.branch == "differ"
        who = "both" if self.branch == "agree" else "computed"
        pointers = [(self.computed, ctx.text(f"scale.reading.{who}", **values), "accent")]
        if self.published is not None and differ:
            pointers.append((self.published, ctx.text("scale.reading.published", **values), "accent2"))
        return pointers

    def frame(self) -> pd.DataFrame:
        """Return the values shown, one row."""
        return pd.DataFrame(
            {
                INDEX: [self.index],
                "interval_low": [self.low],
                "interval_high": [self.high],
                "confidence_level": [self.confidence_level],
                "scale_valid_from": [self.scale_from],
                "computed_class": [self.computed],
                "published_class": [self.published],
            }
        )


def _draw_frame(sheet: Sheet, start: float, end: float, role: str, **look: Any) -> None:
    frame: dict[str, Any] = {"facecolor": "none", "edgecolor": sheet.colours[role], "linewidth": 1.8} | look
    sheet.box(start, BAND_TOP, end - start, BAND_HEIGHT, **frame)


def _draw_bands(sheet: Sheet, bands: pd.DataFrame, reading: _Reading) -> None:
    """Draw the classes: the computed one filled, a published one that differs in a dashed frame."""
    colours = sheet.colours
    for _, band in bands.iterrows():
        start, end = _x(band["lower_bound"]), _x(band["upper_bound"])
        is_computed = band["class_key"] == reading.computed
        fill = colours["accent_soft" if is_computed else "surface"]
        _draw_frame(sheet, start, end, "axis", facecolor=fill, linewidth=0.8)
        if is_computed:
            _draw_frame(sheet, start, end, "accent", zorder=3)
        elif band["class_key"] == reading.published:
            # Clear of the neighbour's frame, or the dashes would not be seen.
            _draw_frame(sheet, start + 1.4, end - 1.4, "accent2", linestyle=(0, (3, 1.6)), zorder=2)
        weight = 600 if is_computed else 400
        lines = wrap_text(sheet.ctx.word("class_id", band["class_key"]), end - start - 4, SMALL_SIZE, weight)
        middle = BAND_TOP + BAND_HEIGHT / 2
        sheet.lines((start + end) / 2, middle, lines, size=SMALL_SIZE, weight=weight, ha="center")
    edges = [*bands["lower_bound"], bands["upper_bound"].iloc[-1]]
    for edge in edges:
        place = "left" if edge == edges[0] else "right" if edge == edges[-1] else "center"
        text = sheet.ctx.show(edge, "count" if edge == int(edge) else "number2")
        y = BAND_TOP + BAND_HEIGHT + 9
        sheet.text(_x(edge), y, text, size=SMALL_SIZE, ha=place, color=colours["muted"])


def _draw_value(sheet: Sheet, reading: _Reading) -> None:
    from matplotlib.patches import Polygon

    colours, ctx = sheet.colours, sheet.ctx
    y, x = BAND_TOP - 15, _x(reading.index)
    sheet.line([x, x], [y, BAND_TOP], color=colours["accent"], linewidth=1.6, zorder=4)
    if reading.low is not None and reading.high is not None:
        sheet.line([_x(reading.low), _x(reading.high)], [y, y], color=colours["accent2"], linewidth=2)
        for end in (reading.low, reading.high):
            sheet.line([_x(end)] * 2, [y - 5, y + 5], color=colours["accent2"], linewidth=2)
    diamond = [(x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)]
    sheet.paper.add_patch(
        Polygon(diamond, facecolor=colours["accent"], edgecolor=colours["paper"], zorder=5, clip_on=False)
    )
    value = ctx.show(reading.index, "index")
    interval = "" if reading.low is None else ctx.text("scale.interval", **reading.values(ctx))
    value_width = text_width(value, 17, 600)
    width = value_width + 8 + text_width(interval, SMALL_SIZE)
    start = min(max(x - width / 2, MARGIN), WIDTH - MARGIN - width)
    sheet.text(start, 14, value, size=17, weight=600, color=colours["accent"], va="baseline")
    sheet.text(
        start + value_width + 8, 14, interval, size=SMALL_SIZE, color=colours["accent2"], va="baseline"
    )


def _draw_pointers(sheet: Sheet, bands: pd.DataFrame, pointers: list[tuple[str, str, str]]) -> None:
    """Point from each class to who gives it, the lower class on the upper line."""
    middles = {
        band["class_key"]: (_x(band["lower_bound"]) + _x(band["upper_bound"])) / 2
        for _, band in bands.iterrows()
    }
    known = sorted((middles[code], text, role) for code, text, role in pointers)
    base = BAND_TOP + BAND_HEIGHT
    for number, (x, text, role) in enumerate(known):
        y = base + 31 + number * POINTER_LEADING
        width = text_width(text, LABEL_SIZE, 600)
        limit = known[number + 1][0] - 7 if number + 1 < len(known) else WIDTH - MARGIN
        start = max(MARGIN, min(x - width / 2, limit - width))
        sheet.line([x, x], [base, y - 8], color=sheet.colours[role])
        sheet.text(start, y, text, weight=600, color=sheet.colours[role])


def plot_index_on_scale(
    index: float,
    low: float | None,
    high: float | None,
    scale: pd.DataFrame,
    published_class: str | None,
    ctx: ChartContext,
    *,
    confidence_level: float = 0.95,
) -> Chart:
    """Plot the index with its interval on a dated scale, beside the class that was published.

    Parameters
    ----------
    index : float
        25 to 100.
    low, high : float or None
        Its interval; ``None`` where too few families answered for one to be shown.
    scale : DataFrame
        One row a class (`indicators.resilience.select_scale`): ``valid_from``,
        ``class_id``, ``lower_bound`` (inclusive) and ``upper_bound`` (exclusive).
    published_class : str or None
        The class as published; ``None`` where none was.
    ctx : ChartContext
    confidence_level : float
        Of the interval, 0 to 1.

    Returns
    -------
    Chart
        ``index-on-scale``. Both classes are named when they differ; none is preferred.

    Raises
    ------
    SchemaError
        If a column is missing, the index lies outside the scale or the published class
        is not one of the scale's.
    """
    name = "index-on-scale"
    check_frame(scale, SCALE_COLUMNS, name)
    bands = _bands(scale)
    published = _class_key(published_class) if published_class else None
    if published is not None and published not in set(bands["class_key"]):
        raise SchemaError(f"chart {name!r}: the published class {published!r} is not on the scale")
    computed = _class_key(classify_index(index, scale))
    scale_from = str(scale["valid_from"].iloc[0])[:10]
    reading = _Reading(index, low, high, confidence_level, computed, published, scale_from)
    values, pointers = reading.values(ctx), reading.pointers(ctx)
    title = ctx.text(f"scale.title.{reading.branch}", **values)
    with open_sheet(ctx, BAND_TOP + BAND_HEIGHT + 24 + POINTER_LEADING * len(pointers)) as sheet:
        _draw_value(sheet, reading)
        _draw_bands(sheet, bands, reading)
        _draw_pointers(sheet, bands, pointers)
    alt = [
        ctx.text("scale.alt.head", finding=title, **values),
        ctx.text("scale.alt.single" if low is None else "scale.alt.value", **values),
        ctx.text("scale.alt.classes", items=_class_items(ctx, bands)),
        ctx.text(f"scale.alt.{reading.branch}", **values),
    ]
    return sheet.chart(name, title, ctx.text("scale.subtitle"), " ".join(alt), reading.frame())


def _class_items(ctx: ChartContext, bands: pd.DataFrame) -> str:
    items = [
        ctx.text("scale.alt.band", name=ctx.word("class_id", band["class_key"]), low=band["lower_bound"])
        for _, band in bands.iterrows()
    ]
    return "; ".join(items)
