"""Refusals before a file is opened: what it is by its content, and whether it is safe to read."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any, NoReturn

from helpers.errors import DataError, Finding, Place

#: A national survey of 1,000,000 rows is about 100 MB as XLSX and 80 MB as CSV.
MAX_FILE_BYTES = 400 * 1024 * 1024
#: The same survey is about 1.2 GB of XML; a bomb is far more.
MAX_UNPACKED_BYTES = 3 * 1024**3
#: Real sheets compress 5 to 30 times; below the floor the ratio says nothing.
MAX_RATIO = 250
RATIO_FLOOR_BYTES = 150 * 1024 * 1024
#: Memory of a sheet grows with its used rectangle, not with what stands in it.
MAX_SHEET_CELLS = 64_000_000

KINDS = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".ods": "ods", ".csv": "csv", ".txt": "csv"}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def refuse(code: str, source: str, file: str, sheet: str | None = None, **values: Any) -> NoReturn:
    """Raise one finding about a whole file or sheet."""
    raise DataError(findings=[Finding(code, source, Place(file, sheet), values=values)])


def check_file(path: Path, source: str) -> str:
    """Return what kind of file this is: ``xlsx``, ``xls``, ``ods`` or ``csv``.

    Raises
    ------
    DataError
        With one finding, if the file is missing, locked, empty, too large, protected by a
        password, cut off, a zip bomb, or not what its extension says.
    """
    name = path.name
    expected = KINDS.get(path.suffix.lower())
    if not path.is_file():
        refuse("file_missing", source, name, folder=_folder(path))
    if expected is None:
        refuse("file_kind_unknown", source, name, suffix=path.suffix)
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
        size = path.stat().st_size
    except OSError:
        refuse("file_locked", source, name)
    if not head.strip(b"\x00\xef\xbb\xbf \t\r\n"):
        refuse("file_empty", source, name)
    if size > MAX_FILE_BYTES:
        refuse("file_too_large", source, name, size=size // 1024**2, limit=MAX_FILE_BYTES // 1024**2)
    actual = _kind_by_content(path, head, source)
    if actual != expected:
        refuse("file_wrong_extension", source, name, suffix=path.suffix, actual=actual.upper())
    return actual


def _folder(path: Path) -> str:
    # Two levels (office/year) tell staff where to look without a path of the machine.
    return "/".join(path.parent.parts[-2:])


def _kind_by_content(path: Path, head: bytes, source: str) -> str:
    if head.startswith(b"PK"):
        return _kind_of_zip(path, source)
    if head.startswith(_OLE):
        with path.open("rb") as stream:
            if _ENCRYPTED in stream.read():
                refuse("file_password", source, path.name)
        return "xls"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<style", b"<meta")):
        refuse("file_is_web_page", source, path.name)
    if start.startswith(b"%pdf"):
        return "pdf"
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        refuse("file_corrupt", source, path.name)
    if head[:1] == b"\x09" and path.suffix.lower() == ".xls":
        return "xls"
    return "csv"


def _kind_of_zip(path: Path, source: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            unpacked = sum(entry.file_size for entry in entries)
            ratio = unpacked / max(1, path.stat().st_size)
            if unpacked > MAX_UNPACKED_BYTES or (unpacked > RATIO_FLOOR_BYTES and ratio > MAX_RATIO):
                refuse(
                    "file_unpacks_too_large", source, path.name,
                    size=unpacked // 1024**2, limit=MAX_UNPACKED_BYTES // 1024**2,
                )  # fmt: skip
            if any(entry.flag_bits & 1 for entry in entries):
                refuse("file_password", source, path.name)
            if "META-INF/manifest.xml" in names and "content.xml" in names:
                if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                    refuse("file_password", source, path.name)
                return "ods"
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError):
        refuse("file_corrupt", source, path.name)
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "docx" if "word/document.xml" in names else "zip"
