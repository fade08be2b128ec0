"""Title, subtitle and source line around a chart, for a file that stands alone.

A document sets the three as text of its own, so that they wrap, scale and are read out; the
drawing is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from helpers.charts.layout import MARGIN, WIDTH, wrap_text
from helpers.charts.svg import SVG, round_numbers, svg_text
from helpers.theme import FAMILY, font_face_css, palette, text_width

if TYPE_CHECKING:
    from matplotlib.text import Text

    from helpers.charts.model import Chart

#: Size, weight, leading and colour of the lines of each text.
_TITLE, _SUBTITLE, _SOURCE = (
    (14.0, 600, 17.5, "ink"), (10.5, 400, 13.5, "muted"), (8.5, 400, 11.0, "muted"),
)  # fmt: skip
_Look = tuple[float, int, float, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``y`` is where its baseline stands, in points below the top of the chart."""

    text: str
    y: float
    size: float
    weight: int
    colour: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The lines around a chart, and the points that they take above and below it."""

    lines: tuple[Line, ...]
    above: float
    below: float


def balance_text(text: str, width: float, size: float, weight: int = 400) -> list[str]:
    """Break a text into as few lines as fit, of about equal length: no word left alone.

    A word wider than a line (the name of a file) is broken between letters.
    """
    text = " ".join(part for word in text.split(" ") for part in _parts(word, width, size, weight))
    lines = wrap_text(text, width, size, weight)
    while len(lines) > 1:
        widest = max(text_width(line, size, weight) for line in lines)
        narrower = wrap_text(text, widest - 1, size, weight)
        # A word that is the widest line stays as wide in the narrowest of columns.
        if len(narrower) > len(lines) or widest <= max(text_width(line, size, weight) for line in narrower):
            break
        lines = narrower
    return lines


def _parts(word: str, width: float, size: float, weight: int) -> list[str]:
    """Return a word whole if it fits on a line, else in the longest parts that do, of a letter at least."""
    parts = [""]
    for letter in word if text_width(word, size, weight) > width else (word,):
        if parts[-1] and text_width(parts[-1] + letter, size, weight) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def _lines(text: str, look: _Look, top: float) -> list[Line]:
    """Return the lines of a text, the first one's baseline a leading below ``top``."""
    size, weight, leading, colour = look
    broken = balance_text(text, WIDTH - 2 * MARGIN, size, weight)
    return [Line(line, top + leading * place, size, weight, palette()[colour])
            for place, line in enumerate(broken, start=1)]  # fmt: skip


def frame_of(chart: Chart) -> Frame:
    """Return what stands around a chart."""
    titles = _lines(chart.title, _TITLE, 5 - 0.27 * _TITLE[2])
    subtitles = _lines(chart.subtitle, _SUBTITLE, titles[-1].y + 2)
    sources = _lines(chart.source, _SOURCE, chart.height + 4)
    above = 13 + len(titles) * _TITLE[2] + len(subtitles) * _SUBTITLE[2]
    head = [Line(line.text, line.y - above, line.size, line.weight, line.colour)
            for line in (*titles, *subtitles)]  # fmt: skip
    return Frame((*head, *sources), above, 11 + len(sources) * _SOURCE[2])


def add_lines(chart: Chart, frame: Frame) -> list[Text]:
    """Write the lines beside the chart's figure, and return them to be removed again."""
    return [
        chart.figure.text(
            MARGIN / WIDTH, 1 - line.y / chart.height, line.text,
            va="baseline", size=line.size, weight=line.weight, color=line.colour,
        )
        for line in frame.lines
    ]  # fmt: skip


def frame_svg(chart: Chart, body: str) -> str:
    """Return a chart's SVG with its frame, its name and text for screen readers, and its font."""
    root, frame = ET.fromstring(body), frame_of(chart)
    height = chart.height + frame.above + frame.below
    root.attrib |= {
        "viewBox": round_numbers(f"0 {-frame.above:.4f} {WIDTH:g} {height:.4f}"),
        "height": round_numbers(f"{height:.4f}pt"),
        "role": "img",
        "aria-labelledby": f"{chart.name}-title {chart.name}-desc",
    }
    paper = {"width": f"{WIDTH:g}", "height": f"{height:.4f}", "y": f"{-frame.above:.4f}"}
    paper = {key: round_numbers(value) for key, value in paper.items()}
    front = [
        _element("title", chart.title, id=f"{chart.name}-title"),
        _element("desc", chart.alt, id=f"{chart.name}-desc"),
        _element("style", font_face_css(("regular", "semibold"))),
        _element("rect", "", fill=palette()["paper"], **paper),
    ]
    # The file reads in the order in which people read.
    head = [line for line in frame.lines if line.y < 0]
    root[:] = [*front, *map(_text, head), *root, *map(_text, frame.lines[len(head) :])]
    return svg_text(root)


def _text(line: Line) -> ET.Element:
    style = (
        f"font-weight: {line.weight}; font-size: {line.size:g}px; "
        f"font-family: '{FAMILY}', sans-serif; fill: {line.colour}"
    )
    return _element("text", line.text, style=style, x=f"{MARGIN:g}", y=round_numbers(f"{line.y:.4f}"))


def _element(tag: str, text: str, **attributes: str) -> ET.Element:
    element = ET.Element(f"{{{SVG}}}{tag}", attributes)
    element.text = text or None
    return element
