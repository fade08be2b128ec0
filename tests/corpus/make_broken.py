"""Broken and odd files, made from nothing but this script, each with what must be said of it.

``broken_files()`` gives name, bytes and the finding that reading the file as the villages
of the edition must give (empty: it is read). No file is kept in the repository.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl

HEADER = ["Kode Desa", "Nama Desa", "Kecamatan", "Jenis", "Tahun Desa Bersinar", "Kelas Kerawanan"]
ROW = ["63.06.05.2017", "Tibung Raya", "Kandangan", "desa", 2020, None]
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def workbook(*rows: list[Any], change: Callable[[Any], None] | None = None) -> bytes:
    """Return a workbook with a header and rows (one good row if none is given)."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (HEADER, *(rows or (ROW,))):
        sheet.append(row)
    if change is not None:
        change(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repack(content: bytes, **changes: bytes | None) -> bytes:
    """Return a zip with parts replaced (``sheet``, ``book``, ``rels``, ``types``) or left out."""
    paths = {"sheet": "xl/worksheets/sheet1.xml", "book": "xl/workbook.xml",
             "rels": "xl/_rels/workbook.xml.rels", "types": "[Content_Types].xml"}  # fmt: skip
    by_path = {paths[name]: data for name, data in changes.items()}
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = by_path.get(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return stream.getvalue()


def bomb() -> bytes:
    """Return a workbook whose one sheet unpacks to 4 GiB, made without packing 4 GiB."""
    block = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", block.compress(b"\0" * 10_000_000) + block.flush())
    # The directory claims 4 GiB for the last part; a reader that believes it must refuse.
    data = bytearray(stream.getvalue())
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 0xFFFFFFFE)
    return bytes(data)


def blanks() -> bytes:
    """Return a workbook with 100 MB of blank styled cells."""

    def cells(sheet: Any) -> None:
        return None

    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    row = b'<row r="%d">' + b'<c r="A%d" s="0"/>' * 200 + b"</row>"
    rows = b"".join(row % ((number,) * 201) for number in range(1, 26_001))
    return repack(workbook(change=cells), sheet=sheet + rows + b"</sheetData></worksheet>")


def far(cell: str) -> bytes:
    """Return a workbook with one value in a cell far from the table."""

    def put(sheet: Any) -> None:
        sheet[cell] = "x"

    return workbook(change=put)


def csv(*lines: str, encoding: str = "utf-8", end: str = "\n", sep: str = ";") -> bytes:
    """Return a CSV with a header and lines."""
    return end.join([sep.join(HEADER), *lines, ""]).encode(encoding)


GOOD_LINE = "63.06.05.2017;Tibung Raya;Kandangan;desa;2020;"


def _type(cell: str, value: Any) -> bytes:
    def put(sheet: Any) -> None:
        sheet[cell] = value
        if isinstance(value, str) and value.startswith("#"):
            sheet[cell].data_type = "e"

    return workbook(change=put)


def _workbooks() -> Iterator[tuple[str, bytes, str]]:
    good = workbook()
    yield "good.xlsx", good, ""
    yield "truncated-half.xlsx", good[: len(good) // 2], "file_corrupt"
    yield "truncated-end.xlsx", good[:-30], "file_corrupt"
    yield "header-only.xlsx", b"PK\x03\x04", "file_corrupt"
    start = good.index(b"xl/worksheets/sheet1.xml") + 30
    yield "garbage-in-sheet.xlsx", good[:start] + b"\xff" * 100 + good[start + 100 :], "file_corrupt"
    yield "no-workbook.xlsx", repack(good, book=None), "file_wrong_extension"
    yield "no-sheet-part.xlsx", repack(good, sheet=None), "file_corrupt"
    yield "no-relations.xlsx", repack(good, rels=None), "file_corrupt"
    yield "broken-xml.xlsx", repack(good, book=b"<workbook><sheets>"), "file_corrupt"
    yield (
        "broken-sheet.xlsx",
        repack(good, sheet=b"<worksheet><sheetData><row r='1'>"),
        "sheet_empty|file_corrupt",
    )
    yield (
        "entities.xlsx",
        repack(good, book=b'<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'),
        "file_corrupt|sheet",
    )
    yield "no-cells.xlsx", workbook(change=lambda sheet: sheet.delete_rows(1, 9)), "sheet_empty"
    yield "zip-bomb.xlsx", bomb(), "file_unpacks_too_large"
    yield "blank-cells-100-mb.xlsx", blanks(), "sheet_empty|header_missing|file_unpacks_too_large"
    yield "far-cell.xlsx", far("XFD1048576"), "sheet_too_large"
    yield "far-row.xlsx", far("A1048576"), ""
    yield "far-column.xlsx", far("XFD1"), ""
    yield "cells-without-address.xlsx", _unplaced(), "sheet_too_large"
    yield "far-cell-in-single-quotes.xlsx", _quoted(), "sheet_too_large"
    yield "formula-without-value.xlsx", _type("E2", "=2019+1"), "formula_without_result"
    yield "error-value.xlsx", _type("E2", "#DIV/0!"), "cell_error_value"
    yield "date-in-a-number.xlsx", _type("E2", dt.date(2020, 1, 1)), "not_a_number"
    yield "serial-in-a-year.xlsx", _type("E2", 44560), "number_out_of_range"
    yield "boolean-in-a-number.xlsx", _type("E2", True), "not_a_number"
    yield "text-in-a-number.xlsx", _type("E2", "2O20"), "letter_for_digit"
    yield "half-year.xlsx", _type("E2", 2020.5), "number_not_whole"
    yield "infinite.xlsx", _type("E2", "inf"), "not_a_number"
    yield "html-in-a-cell.xlsx", _type("B2", "<b>Tibung Raya</b>"), "text_markup"
    yield "identity-number.xlsx", _type("F2", "6306051701990001"), "personal_nik"
    yield "telephone.xlsx", _type("F2", "+62 812-3456-7890"), "personal_phone"
    yield "header-twice.xlsx", _type("G1", "Kelas Kerawanan"), "column_duplicate"
    yield "header-gone.xlsx", _type("C1", None), "column_missing"
    yield "twice-the-row.xlsx", workbook(ROW, ROW), "duplicate_key"
    yield "chart-sheet-name.xlsx", workbook(change=lambda sheet: setattr(sheet, "title", "Ünïcode 'x'")), ""


def _others() -> Iterator[tuple[str, bytes, str]]:
    yield "empty.xlsx", b"", "file_empty"
    yield "zeros.xlsx", b"\x00" * 5000, "file_empty"
    yield "password.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "file_password"
    yield "excel-97.xlsx", OLE + b"\0" * 600, "file_wrong_extension"
    yield "cut-off.xls", OLE + b"\0" * 600, "file_corrupt"
    yield "only-magic.xls", OLE, "file_corrupt"
    yield "web-page.xls", b"<html><table><tr><td>Kode Desa</td></tr></table></html>", "file_is_web_page"
    yield "xml-2003.xls", b'<?xml version="1.0"?><Workbook/>', "file_is_web_page"
    yield "workbook-called.xls", workbook(), "file_wrong_extension"
    yield "workbook-called.csv", workbook(), "file_wrong_extension"
    yield "text-called.xlsx", csv(GOOD_LINE), "file_wrong_extension"
    yield "letter.pdf", b"%PDF-1.7", "file_kind_unknown"
    yield "pdf-called.xlsx", b"%PDF-1.7 ...", "file_wrong_extension"
    yield "binary.csv", bytes(range(256)) * 20, "file_corrupt"
    yield "empty.csv", b"", "file_empty"
    yield "mark-only.csv", b"\xef\xbb\xbf", "file_empty"
    yield "blank-lines.csv", b"\n\n\n", "file_empty"
    yield "header-only.csv", csv(), "source_empty"
    yield "one-line.csv", b"halo", "header_missing"
    yield "good.csv", csv(GOOD_LINE), ""
    yield "good-cp1252.csv", csv(GOOD_LINE, encoding="cp1252"), ""
    yield "good-utf-16.csv", csv(GOOD_LINE, encoding="utf-16"), ""
    yield "good-mac-ends.csv", csv(GOOD_LINE, end="\r"), ""
    yield "good-tabs.csv", csv(GOOD_LINE).replace(b";", b"\t"), ""
    yield (
        "open-quote.csv",
        csv('"' + GOOD_LINE),
        "code_unknown|value_missing|name_unknown|column_missing|header",
    )
    yield "quote-inside.csv", csv('63.06.05.2017;Tibung "Raya";Kandangan;desa;2020;'), ""
    yield "too-many-fields.csv", csv(GOOD_LINE + ";;;;x"), ""
    yield "too-few-fields.csv", csv("63.06.05.2017;Tibung Raya"), ""
    yield "formula-text.csv", csv("63.06.05.2017;=HYPERLINK(1);Kandangan;desa;2020;"), ""
    yield "other-regency.csv", csv(GOOD_LINE.replace("63.06", "63.07")), "file_other_office"
    yield "no-such-village.csv", csv(";Atlantis;Kandangan;desa;;"), "name_unknown"
    yield "locked-ods.ods", _ods(b"<manifest:encryption-data/>"), "file_password"
    yield "wide.ods", _ods(b"", columns=16000), "header_missing"
    yield "unfolding-rows.ods", _ods(b"", columns=100, rows=300_000), "sheet_too_large"
    yield "unfolding-columns.ods", _ods(b"", columns=900_000_000), "sheet_too_large"
    yield "truncated.ods", _ods(b"")[:-40], "file_corrupt"
    yield "no-xml.ods", _ods(b"", head=b"<office:"), "file_corrupt"
    yield "entities.ods", _ods(b"", head=b'<!DOCTYPE a [<!ENTITY b "c">]>'), "file_corrupt"


def _ods(manifest: bytes, columns: int = 1, rows: int = 1, head: bytes = b"") -> bytes:
    cell = (b'<table:table-cell table:number-columns-repeated="%d" office:value-type="string">'
            b"<text:p>x</text:p></table:table-cell>") % columns  # fmt: skip
    row = b'<table:table-row table:number-rows-repeated="%d">' % rows + cell + b"</table:table-row>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", b"<manifest>" + manifest + b"</manifest>")
        archive.writestr(
            "content.xml",
            head
            + b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            b'<table:table table:name="A">' + row + b"</table:table>"
            b"</office:spreadsheet></office:body></office:document-content>",
        )
    return stream.getvalue()


def _unplaced() -> bytes:
    """Return a workbook of a wide row and many short ones, no cell of which says where it stands."""
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    cell = b'<c t="str"><v>x</v></c>'
    rows = b"<row>" + cell * 16_000 + b"</row>" + (b"<row>" + cell + b"</row>") * 20_000
    return repack(workbook(), sheet=head + rows + b"</sheetData></worksheet>")


def _quoted() -> bytes:
    """Return a workbook with a far cell whose attributes stand in single quotes."""
    head = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    near = b"<row r='1'><c r='A1' t='str'><v>x</v></c></row>"
    far_row = b"<row r='1048576'><c r='XFD1048576' t='str'><v>x</v></c></row>"
    return repack(workbook(), sheet=head + near + far_row + b"</sheetData></worksheet>")


def broken_files() -> Iterator[tuple[str, bytes, str]]:
    """Give every file: name, bytes, and the finding's code (``|``: any of them; empty: it is read)."""
    yield from _workbooks()
    yield from _others()
