"""A zip archive whose bytes depend on its content alone."""

from __future__ import annotations

import zipfile
from io import BytesIO

#: The earliest moment that a zip archive can name.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def fixed_archive(content: bytes) -> bytes:
    """Return the archive with its members in a fixed order and without times of writing."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        # Word wants the list of parts first.
        for name in sorted(source.namelist(), key=lambda name: (name != _FIRST, name)):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            target.writestr(member, source.read(name))
    return stream.getvalue()
