"""Delimited text: its encoding and separator are found out, its values are left as text."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from helpers.tables.guards import MAX_SHEET_CELLS, refuse
from helpers.tables.model import RawSheet

SEPARATORS = (";", "\t", ",")
_SAMPLE_LINES = 50


def read_delimited(path: Path, source: str) -> RawSheet:
    """Read a CSV file, all values as text, with record numbers as rows.

    Raises
    ------
    DataError
        If the file cannot be read as text or as a table.
    """
    text, data = decode(path.read_bytes())
    separator = find_separator(text)
    frame = _read_even(data, separator, quoted='"' in text)
    if frame is None:
        frame = _read_ragged(text, separator, source, path.name)
    if frame.size > MAX_SHEET_CELLS:
        refuse("sheet_too_large", source, path.name, limit=MAX_SHEET_CELLS)
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return RawSheet(None, frame)


def decode(content: bytes) -> tuple[str, bytes]:
    """Return the text, and the same in UTF-8 without a byte-order mark.

    Windows-1252 has a meaning for nearly every byte, so it comes last; UTF-16 is what
    Excel calls "Unicode Text".
    """
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            text = content.decode(encoding, "replace")
            return text, text.encode("utf-8")
    try:
        text = content.decode("utf-8-sig")
        return text, content.removeprefix(b"\xef\xbb\xbf")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        return text, text.encode("utf-8")


def find_separator(text: str) -> str:
    r"""Return the separator that splits the first lines most evenly into most columns.

    >>> find_separator("Kode;Nilai\na;1,5\nb;2,5\n")
    ';'
    """
    lines = [line for line in text[:200_000].splitlines()[:_SAMPLE_LINES] if line.strip()]

    def score(separator: str) -> tuple[float, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator)]
        common = max(set(widths), key=lambda width: (widths.count(width), width)) if widths else 1
        return (widths.count(common) / len(widths) if common > 1 else 0.0, common)

    return max(SEPARATORS, key=score)


def _read_even(data: bytes, separator: str, quoted: bool) -> pd.DataFrame | None:
    """Read with Arrow (fast), or return None where records differ in length."""
    first = data.split(b"\n", 1)[0].decode("utf-8")
    try:
        width = len(next(csv.reader([first], delimiter=separator)))
        names = [str(column) for column in range(width)]
        table = pa_csv.read_csv(
            io.BytesIO(data),
            read_options=pa_csv.ReadOptions(column_names=names),
            parse_options=pa_csv.ParseOptions(
                delimiter=separator, newlines_in_values=quoted, ignore_empty_lines=False
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
            ),
        )
    except (pa.ArrowInvalid, csv.Error, StopIteration):
        return None
    frame = pd.DataFrame({name: pd.Series(table[name], dtype="str") for name in names})
    frame.columns = pd.RangeIndex(width)
    return frame


def _read_ragged(text: str, separator: str, source: str, name: str) -> pd.DataFrame:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=None), delimiter=separator))
    except csv.Error:
        refuse("file_corrupt", source, name)
    width = max((len(row) for row in rows), default=0)
    if width * len(rows) > MAX_SHEET_CELLS:
        refuse("sheet_too_large", source, name, limit=MAX_SHEET_CELLS)
    padded = [row + [""] * (width - len(row)) for row in rows]
    frame = pd.DataFrame(padded, columns=pd.RangeIndex(width), dtype="str")
    return frame
