"""How many tiles stand in a row, on paper as on a screen."""

from __future__ import annotations

from collections.abc import Sequence

#: Tiles in a row, and the letters of a value that then fit on one line.
_TILE_LETTERS = ((4, 11), (3, 16), (2, 25))


def tile_columns(values: Sequence[str]) -> int:
    """Return as many as the values allow, so that none is left alone in the last row.

    >>> tile_columns(["98,30 persen", "25", "84,821"]), tile_columns(["25", "2", "27", "16"])
    (3, 4)
    """
    longest, count = max(map(len, values), default=0), len(values)
    fitting = [columns for columns, letters in _TILE_LETTERS if longest <= letters and columns <= count]
    return next((columns for columns in fitting if count % columns != 1), 1)
