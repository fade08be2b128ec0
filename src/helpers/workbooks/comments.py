"""Comments on cells of a sheet, beside those that stand there already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from helpers.tables import cell_name
from helpers.workbooks.marks import CellMark
from helpers.workbooks.package import (
    MAIN,
    RELATIONS,
    STRICT_MAIN,
    STRICT_RELATIONS,
    Package,
    local,
    parse,
    serialise,
)

#: What follows the reference to the comments' drawing in a worksheet.
_AFTER = re.compile(
    rb"<(?:\w+:)?(?:legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b"
)
_END = re.compile(rb"</(?:\w+:)?worksheet\s*>\s*$")
_DATA_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_SHAPE_ID = re.compile(rb"_x0000_s(\d+)")
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_VML = b"""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>"""
_SHAPE_TYPE = b"""<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" \
xmlns:o="urn:schemas-microsoft-com:office:office" id="_x0000_t202" coordsize="21600,21600" o:spt="202" \
path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>\
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>"""
_SHAPE = """<v:shape xmlns:v="urn:schemas-microsoft-com:vml" \
xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" \
id="_x0000_s{id}" type="#_x0000_t202" \
style="position:absolute;width:240pt;height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" \
o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>\
<v:path o:connecttype="none"/>\
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>\
<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"""

Marks = Mapping[tuple[int, int], CellMark]


def add_comments(package: Package, part: str, marks: Marks, author: str) -> None:
    """Write a comment on each marked cell; where one stands already, its text is kept and continued.

    Parameters
    ----------
    package : Package
        Changed: the comments, their drawing and the sheet's reference to it.
    part : str
        The worksheet.
    marks : Mapping
        (row from 1, column from 0) -> mark.
    author : str
    """
    added = _write_texts(package, part, marks, author)
    drawing = package.target(part, "vmlDrawing")
    if drawing is None or drawing not in package.parts or not _has_drawing(package.parts[part]):
        drawing = package.add("xl/drawings/vmlDrawing", "vml", _VML, _VML_TYPE, by_name=False)
        _refer(package, part, package.relate(part, "vmlDrawing", drawing))
    package.parts[drawing] = _with_shapes(package.parts[drawing], added)


def _has_drawing(sheet: bytes) -> bool:
    return re.search(rb"<(?:\w+:)?legacyDrawing\b", sheet) is not None


def _write_texts(package: Package, part: str, marks: Marks, author: str) -> dict[tuple[int, int], CellMark]:
    """Write the texts; return the marks of cells that had no comment."""
    name = package.target(part, "comments")
    if name is None or name not in package.parts:
        space = STRICT_MAIN if STRICT_MAIN.encode() in package.parts[part][:4096] else MAIN
        root = etree.Element(f"{{{space}}}comments", nsmap={None: space})
        etree.SubElement(root, f"{{{space}}}authors")
        etree.SubElement(root, f"{{{space}}}commentList")
        name = package.add("xl/comments", "xml", serialise(root), _COMMENTS_TYPE, by_name=True)
        package.relate(part, "comments", name)
    root = parse(package.parts[name])
    authors, listed = (next(e for e in root if isinstance(e.tag, str) and local(e) == tag)
                       for tag in ("authors", "commentList"))  # fmt: skip
    space = etree.QName(root).namespace
    number = len(authors)
    etree.SubElement(authors, f"{{{space}}}author").text = author
    known = {item.get("ref"): item for item in listed if isinstance(item.tag, str)}
    added = {}
    for place, mark in sorted(marks.items()):
        reference = cell_name(place[0], place[1])
        if reference in known:
            text = next(e for e in known[reference] if isinstance(e.tag, str) and local(e) == "text")
            _add_run(text, space, f"\n\n{mark.text}")
            continue
        item = etree.SubElement(listed, f"{{{space}}}comment", ref=reference, authorId=str(number))
        _add_run(etree.SubElement(item, f"{{{space}}}text"), space, mark.text)
        added[place] = mark
    package.parts[name] = serialise(root)
    return added


def _add_run(text: Any, space: str, words: str) -> None:
    plain = next((e for e in text if isinstance(e.tag, str) and local(e) == "t"), None)
    if plain is not None:
        # A text is either plain or made of runs.
        run = etree.SubElement(text, f"{{{space}}}r")
        run.append(plain)
    run = etree.SubElement(text, f"{{{space}}}r")
    piece = etree.SubElement(run, f"{{{space}}}t")
    piece.text = words
    piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _refer(package: Package, part: str, key: str) -> None:
    """Put the reference to the drawing where the order of a worksheet's elements wants it."""
    sheet = package.parts[part]
    data = _DATA_END.search(sheet)
    start = data.end() if data else 0
    place = _AFTER.search(sheet, start) or _END.search(sheet, start)
    if place is None:
        raise ValueError("a worksheet without its end")
    prefix = re.match(rb"</?(\w+:)?", place[0])
    relations = STRICT_RELATIONS if STRICT_MAIN.encode() in sheet[:4096] else RELATIONS
    tag = f"legacyDrawing xmlns:r={quoteattr(relations)} r:id={quoteattr(key)}/>".encode()
    own = (prefix[1] or b"") if prefix else b""
    package.parts[part] = sheet[: place.start()] + b"<" + own + tag + sheet[place.start() :]


def _with_shapes(drawing: bytes, marks: Marks) -> bytes:
    """Return a drawing with one hidden note for each cell; without it Excel shows no comment."""
    end = drawing.rindex(b"</xml>")
    first = max((int(number) for number in _SHAPE_ID.findall(drawing)), default=1024) + 1
    shapes = [] if b"_x0000_t202" in drawing else [_SHAPE_TYPE]
    for number, ((row, column), mark) in enumerate(sorted(marks.items())):
        lines = sum(-(-len(line) // 44) or 1 for line in mark.text.split("\n"))
        height = min(14 * lines + 8, 320)
        bottom = row + 1 + height // 15
        anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 4, {column + 5}, 15, {bottom}, 4"
        shape = _SHAPE.format(id=first + number, height=height, anchor=anchor, row=row - 1, column=column)
        shapes.append(shape.encode())
    return drawing[:end] + b"".join(shapes) + drawing[end:]
