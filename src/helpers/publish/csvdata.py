"""The rows behind a figure as a CSV that a reader downloads from the page itself."""

from __future__ import annotations

import base64
import csv
import io
import math

from helpers.blocks import Data
from helpers.tables import escape_formula


def csv_text(data: Data) -> str:
    """Return the rows as CSV: comma, decimal point, line feed, no cell that a spreadsheet would run."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([escape_formula(column) for column in data.columns])
    for row in data.rows:
        writer.writerow([escape_formula(cell) if isinstance(cell, str) else _plain(cell) for cell in row])
    return stream.getvalue()


def _plain(cell: object) -> object:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    return str(cell).lower() if isinstance(cell, bool) else cell


def csv_address(data: Data) -> str:
    """Return a ``data:`` address of the CSV; it starts with the mark by which Excel knows UTF-8."""
    content = ("\ufeff" + csv_text(data)).encode()
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(content).decode()
