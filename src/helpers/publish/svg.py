"""Make a figure's SVG safe and unique, so that many can stand in one page.

An SVG inside a page shares the page's ids, styles and scripts. What is kept is what
draws; everything that runs, loads or styles the page is left out.
"""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from xml.etree import ElementTree

from helpers.blocks import Picture

_DROPPED = {"script", "foreignObject", "metadata", "title", "desc", "iframe", "animate", "set", "handler"}
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(\[[^\]]*\])?[^>]*>", re.IGNORECASE)
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
_ANY_URL = re.compile(r"url\(\s*['\"]?(?!#)[^)]*\)", re.IGNORECASE)
#: matplotlib's one rule; as attributes of the root it says the same without reaching the page.
_MATPLOTLIB_STYLE = {"stroke-linejoin": "round", "stroke-linecap": "butt"}


class UnsafeSvgError(ValueError):
    """The SVG cannot be read safely."""


def _local(name: str) -> str:
    return name.rpartition("}")[2]


@lru_cache(maxsize=64)
def inline_svg(source: bytes, prefix: str, label: str) -> str:
    """Return SVG markup to stand in an HTML page.

    Parameters
    ----------
    source : bytes
        A whole SVG file.
    prefix : str
        Put before every id; unique in the page.
    label : str
        The alternative text.

    Raises
    ------
    UnsafeSvgError
        If it is not well-formed or declares entities.
    """
    root = _parse(source)
    view_box = root.get("viewBox") or "0 0 {:g} {:g}".format(*picture_size(Picture("image/svg+xml", source)))
    _clean(root, prefix)
    for name in ("width", "height", "version", "aria-labelledby"):
        root.attrib.pop(name, None)
    root.attrib |= _MATPLOTLIB_STYLE | {
        "viewBox": view_box,
        "role": "img",
        "aria-label": label,
        "focusable": "false",
    }
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)


def _parse(source: bytes) -> ElementTree.Element:
    text = source.decode("utf-8-sig")
    if _ENTITY.search(text):
        raise UnsafeSvgError("entities")
    try:
        return ElementTree.fromstring(_DOCTYPE.sub("", text, count=1))
    except ElementTree.ParseError as error:
        raise UnsafeSvgError(str(error)) from error


def _clean(element: ElementTree.Element, prefix: str) -> None:
    element.tag = _local(element.tag)
    element.attrib = _clean_attributes(element.attrib, prefix)
    for child in list(element):
        # Comments and processing instructions have a function as tag.
        if not isinstance(child.tag, str) or _local(child.tag) in _DROPPED or _local(child.tag) == "style":
            element.remove(child)
        else:
            _clean(child, prefix)


def _clean_attributes(attributes: dict[str, str], prefix: str) -> dict[str, str]:
    cleaned: dict[str, str] = {}
    for full_name, value in attributes.items():
        name = _local(full_name)
        if name.lower().startswith("on"):
            continue
        if name == "id":
            cleaned[name] = f"{prefix}-{value}"
        elif name in ("href", "src"):
            if value.startswith("#"):
                cleaned["href"] = f"#{prefix}-{value[1:]}"
            elif value.startswith("data:image/"):
                cleaned["href"] = value
        else:
            cleaned[name] = _ANY_URL.sub("none", _REFERENCE.sub(rf"url(#{prefix}-\1)", value))
    return cleaned


def picture_size(picture: Picture) -> tuple[float, float]:
    """Return width and height, in the picture's own units (SVG user units or pixels)."""
    if picture.media_type == "image/png":
        width, height = struct.unpack(">II", picture.content[16:24])
        return float(width), float(height)
    if picture.media_type == "image/jpeg":
        return _jpeg_size(picture.content)
    head = picture.content[:4000].decode("utf-8", "ignore")
    box = re.search(r'viewBox="\s*[\d.eE+-]+[\s,]+[\d.eE+-]+[\s,]+([\d.eE+-]+)[\s,]+([\d.eE+-]+)', head)
    if box:
        return float(box[1]), float(box[2])
    width_text = re.search(r'<svg[^>]*\swidth="([\d.]+)', head)
    height_text = re.search(r'<svg[^>]*\sheight="([\d.]+)', head)
    return (float(width_text[1]) if width_text else 640.0, float(height_text[1]) if height_text else 480.0)


def _jpeg_size(content: bytes) -> tuple[float, float]:
    place = 2
    while place + 9 < len(content):
        marker, length = content[place + 1], struct.unpack(">H", content[place + 2 : place + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return float(width), float(height)
        place += 2 + length
    return 640.0, 480.0
