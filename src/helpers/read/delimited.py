"""Delimited text: its encoding and separator are found out, its values are left as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from helpers.read.guards import MAX_SHEET_CELLS, refuse
from helpers.read.model import RawSheet

SEPARATORS = (";", "\t", ",")
_SAMPLE_LINES = 50
#: So many records of another length are put back one by one; with more, all are read so.
_ODD_RECORDS = 1_000
#: Bytes from which reading with all cores is worth the risk of reading twice; and read at a time.
_LARGE, _BLOCK = 16 * 2**20, 8 * 2**20


def read_delimited(path: Path, source: str) -> RawSheet:
    """Read a CSV file, all values as text, with record numbers as rows.

    Raises
    ------
    DataError
        If the file cannot be read as text or as a table.
    """
    text, data = decode(path.read_bytes())
    separator = find_separator(text)
    frame = _read_fast(data, separator, _common_width(text, separator), quoted='"' in text)
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
    lines = _sample(text)

    def score(separator: str) -> tuple[float, int]:
        widths = _widths(lines, separator)
        common = _most_frequent(widths)
        return (widths.count(common) / len(widths) if common > 1 else 0.0, common)

    return max(SEPARATORS, key=score)


def _sample(text: str) -> list[str]:
    return [line for line in text[:200_000].splitlines()[:_SAMPLE_LINES] if line.strip()]


def _most_frequent(widths: list[int]) -> int:
    return max(set(widths), key=lambda width: (widths.count(width), width)) if widths else 1


def _widths(lines: list[str], separator: str) -> list[int]:
    try:
        return [len(row) for row in csv.reader(lines, delimiter=separator)]
    except csv.Error:
        return []


def _common_width(text: str, separator: str) -> int:
    return _most_frequent(_widths(_sample(text), separator))


def _read_fast(data: bytes, separator: str, width: int, quoted: bool) -> pd.DataFrame | None:
    """Read with Arrow, ten times as fast as record by record.

    Records of another length (the lines above a header, the notes below a table) are set aside
    and put back in their places.

    Returns
    -------
    DataFrame or None
        None if many records differ in length, or Arrow cannot read the file.
    """
    odd: list[tuple[int, str]] = []

    def set_aside(record: Any) -> str:
        odd.append((record.number, record.text))
        return "skip" if len(odd) <= _ODD_RECORDS else "error"

    try:
        table = None
        if len(data) > _LARGE:
            above, start = _above(data, separator, width)
            table = _read_even(data[start:], separator, width, quoted)
            odd = list(enumerate(above, start=1))
        if table is None:
            odd.clear()
            table = _read_arrow(data, separator, width, quoted, set_aside)
        rows = [_split(text, separator) for _, text in odd]
    except (pa.ArrowInvalid, csv.Error):
        return None
    total = max([width, *map(len, rows)])
    if total * (len(table) + len(rows)) > MAX_SHEET_CELLS:
        return None
    table = _put_back(table, [number for number, _ in odd], rows, total).combine_chunks()
    frame = pd.DataFrame({name: pd.Series(table[name], dtype="str") for name in table.column_names})
    frame.columns = pd.RangeIndex(total)
    return frame


def _above(data: bytes, separator: str, width: int) -> tuple[list[str], int]:
    r"""Return the records above the first of the common length, and where in the file that one begins.

    No record and 0, where records are not as plain as lines are: with quotes, or a carriage return inside.

    >>> _above(b"PERIODE : MEI\n\nKode;Nilai\na;1\n", ";", 2)
    (['PERIODE : MEI', ''], 15)
    """
    above: list[str] = []
    start = 0
    while len(above) <= _SAMPLE_LINES and (end := data.find(b"\n", start)) >= 0:
        line = data[start:end].removesuffix(b"\r").decode("utf-8")
        if '"' in line or "\r" in line:
            break
        if len(_split(line, separator)) == width:
            return above, start
        above.append(line)
        start = end + 1
    return [], 0


def _read_even(data: bytes, separator: str, width: int, quoted: bool) -> pa.Table | None:
    """Read with all cores a file whose records are all of one length; None if one is not.

    Where several threads read, none knows the number of a record that could be set aside.
    """
    try:
        return _read_arrow(data, separator, width, quoted, None)
    except pa.ArrowInvalid:
        return None


def _read_arrow(
    data: bytes, separator: str, width: int, quoted: bool, set_aside: Callable[[Any], str] | None
) -> pa.Table:
    names = [str(column) for column in range(width)]
    return pa_csv.read_csv(
        pa.BufferReader(data),
        read_options=pa_csv.ReadOptions(
            column_names=names, use_threads=set_aside is None, block_size=_BLOCK
        ),
        parse_options=pa_csv.ParseOptions(
            delimiter=separator, newlines_in_values=quoted, ignore_empty_lines=False,
            invalid_row_handler=set_aside,
        ),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
        ),
    )  # fmt: skip


def _split(text: str, separator: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline=None), delimiter=separator), [""])


def _put_back(table: pa.Table, numbers: list[int], rows: list[list[str]], width: int) -> pa.Table:
    """Return the table with further rows, each at its record number (from 1) and padded to a width."""
    blank = pa.repeat(pa.scalar("", pa.large_string()), len(table))
    for column in range(table.num_columns, width):
        table = table.append_column(str(column), blank)
    pieces, taken = [], 0
    for before, (number, row) in enumerate(zip(numbers, rows, strict=True)):
        pieces.append(table.slice(taken, number - 1 - before - taken))
        taken = number - 1 - before
        padded = [*row, *[""] * (width - len(row))]
        pieces.append(pa.table([pa.array([text], pa.large_string()) for text in padded], schema=table.schema))
    return pa.concat_tables([*pieces, table.slice(taken)])


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
