"""Office files (workbooks, Word) with the same bytes on every machine and day: each is a zip of parts."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def pack_parts(parts: Mapping[str, bytes], *, compress: bool = False) -> bytes:
    """Return an archive of a file's parts, in their order, without the time of its making.

    What the repository keeps is stored, not compressed: the bytes then do not depend on the
    machine's compression library, and the repository and every transfer compress them anyway.
    What is published is compressed.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compresslevel=9) as target:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
            # Left to itself, zipfile writes the operating system into each member.
            member.create_system = 0
            target.writestr(member, content)
    return packed.getvalue()


def read_parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a file by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def workbook_bytes(book: Any, made_on: dt.datetime, *, compress: bool = False) -> bytes:
    """Return an openpyxl workbook as a file.

    Parameters
    ----------
    book : openpyxl.Workbook
    made_on : datetime
        Given as the time of making and of the last change: the clock is never read.
    compress : bool
        See `pack_parts`.
    """
    saved = io.BytesIO()
    book.save(saved)
    parts = read_parts(saved.getvalue())
    stamp = made_on.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
    parts["docProps/core.xml"] = _TIME.sub(stamp, parts["docProps/core.xml"])
    return pack_parts(parts, compress=compress)
