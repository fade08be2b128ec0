"""From a drawn figure to clean SVG: small, the same everywhere, safe to set in a page.

Matplotlib's file is parsed and rewritten: no metadata, ids with the chart's name in front
and only where something refers to them, no style rule that would reach the page around
it, coordinates rounded so that the last digit of one processor's arithmetic is not seen.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from helpers.errors import ExportError
from helpers.theme import FAMILY, apply, missing_glyphs

if TYPE_CHECKING:
    from helpers.charts.model import Chart

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_HREF = f"{{{XLINK}}}href"
_DROPPED = (f"{{{SVG}}}style", f"{{{SVG}}}metadata")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_FONT_FALLBACK = re.compile(rf"'{FAMILY}'(?!,)")


def _check_texts(chart: Chart) -> None:
    from matplotlib.text import Text

    drawn = (str(getattr(artist, "get_text", str)()) for artist in chart.figure.findobj(Text))
    for text in (chart.title, chart.subtitle, chart.source, *drawn):
        lost = missing_glyphs(text)
        if lost:
            raise ExportError(f"chart {chart.name!r}: {FAMILY} cannot draw {lost!r} in {text!r}")


def round_numbers(value: str) -> str:
    """Return an attribute with its numbers rounded to a hundredth of a point."""

    def shorten(match: re.Match[str]) -> str:
        text = f"{float(match.group()):.2f}".rstrip("0").rstrip(".")
        return "0" if text in ("-0", "") else text

    return _LONG_NUMBER.sub(shorten, value)


def _clean(root: ET.Element, name: str) -> None:
    """Round, prefix and drop, in place."""
    used: set[str] = set()
    for element in root.iter():
        for key, value in element.attrib.items():
            used.update(_REFERENCE.findall(value))
            if key == _HREF:
                used.add(value.removeprefix("#"))
    for element in root.iter():
        for key, value in list(element.attrib.items()):
            if (key == "id" and value not in used) or value.startswith("rotate(-0 "):
                del element.attrib[key]
                continue
            if key == "id":
                text = f"{name}-{value}"
            elif key == _HREF:
                text = f"#{name}-{value.removeprefix('#')}"
            else:
                text = _REFERENCE.sub(rf"url(#{name}-\1)", round_numbers(value))
                text = _FONT_FALLBACK.sub(f"'{FAMILY}', sans-serif", text)
            element.set(key, text)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in _DROPPED or (child.tag == f"{{{SVG}}}defs" and not _content(child)):
                parent.remove(child)


def _content(element: ET.Element) -> list[ET.Element]:
    return [child for child in element if child.tag not in _DROPPED]


def svg_text(root: ET.Element) -> str:
    """Return a file's text, nothing between its elements."""
    for element in root.iter():
        element.tail = None
        if not (element.text or "").strip():
            element.text = None
    return ET.tostring(root, encoding="unicode") + "\n"


def draw_svg(chart: Chart) -> str:
    """Draw a chart and return its SVG, to stand in a page.

    Raises
    ------
    ExportError
        If a character is not in the bundled font.
    """
    _check_texts(chart)
    buffer = io.BytesIO()
    with apply():
        chart.figure.savefig(buffer, format="svg", metadata=_NO_METADATA)
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    root = ET.fromstring(buffer.getvalue())
    _clean(root, chart.name)
    # Matplotlib says this in a rule for every element, which would reach the page around.
    root.set("style", "stroke-linejoin:round;stroke-linecap:butt")
    return svg_text(root)
