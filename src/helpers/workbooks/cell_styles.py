"""Colours for cells that keep everything else of their format."""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree

from helpers.workbooks.package import local, parse, serialise

#: Pale, so that what stands in the cell stays legible; the comment says the same in words.
COLOURS = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "note": "FFDDEBF7"}


class CellStyles:
    """The styles of a workbook; a coloured twin is added for each style that needs one."""

    def __init__(self, content: bytes) -> None:
        self._root = parse(content)
        self._space = etree.QName(self._root).namespace
        self._fills: dict[str, int] = {}
        self._twins: dict[tuple[int, str], int] = {}

    def _list(self, name: str) -> Any:
        found = next((item for item in self._root if isinstance(item.tag, str) and local(item) == name), None)
        if found is None:
            raise ValueError(f"styles without {name}")
        return found

    def coloured(self, index: int, severity: str) -> int:
        """Return the number of the style that is like another, but coloured."""
        key = (index, severity)
        if key not in self._twins:
            formats = self._list("cellXfs")
            own = [item for item in formats if isinstance(item.tag, str)]
            twin = copy.deepcopy(own[index if index < len(own) else 0])
            twin.set("fillId", str(self._fill(severity)))
            twin.set("applyFill", "1")
            formats.append(twin)
            formats.set("count", str(len(own) + 1))
            self._twins[key] = len(own)
        return self._twins[key]

    def _fill(self, severity: str) -> int:
        if severity not in self._fills:
            fills = self._list("fills")
            number = len([item for item in fills if isinstance(item.tag, str)])
            fill = etree.SubElement(fills, f"{{{self._space}}}fill")
            pattern = etree.SubElement(fill, f"{{{self._space}}}patternFill", patternType="solid")
            etree.SubElement(pattern, f"{{{self._space}}}fgColor", rgb=COLOURS[severity])
            etree.SubElement(pattern, f"{{{self._space}}}bgColor", indexed="64")
            fills.set("count", str(number + 1))
            self._fills[severity] = number
        return self._fills[severity]

    def content(self) -> bytes:
        """Return the part with what was added."""
        return serialise(self._root)
