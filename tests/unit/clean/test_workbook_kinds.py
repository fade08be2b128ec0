"""XLSX, XLS and ODS are one to the office: what is hidden, merged or broken is said of all three."""

from __future__ import annotations

import contextlib
import importlib.util
import random
import shutil
import struct
from pathlib import Path

import openpyxl
import pytest

from helpers.edition import Source
from helpers.errors import DataError
from helpers.read import read_raw
from helpers.read.scan_xls import scan_xls

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
SPEC = importlib.util.spec_from_file_location("make_odd", CORPUS / "make_odd.py")
make_odd = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(make_odd)
KINDS = ("xlsx", "xls", "ods")


def place_odd_file(project, kind: str) -> str:
    """Put the workbook in the edition as its list of villages; return its name."""
    path = project.raw / f"tersembunyi.{kind}"
    if kind != "xlsx":
        shutil.copy(CORPUS / path.name, path)
    else:
        make_odd.write_odd(path)
        book = openpyxl.load_workbook(path)
        for cell, error in (("E4", "#DIV/0!"), ("E6", "#REF!")):
            book["Desa"][cell] = error
            book["Desa"][cell].data_type = "e"
        book.save(path)
    project.declare('file = "desa.csv"', f'file = "{path.name}"\nsheet = "Desa"')
    return path.name


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_look_does_not_show_is_said(project, kind):
    name = place_odd_file(project, kind)
    result = project.clean("villages")["villages"]
    said = {f.code: f for f in result.findings if f.code in ("rows_hidden", "sheets_hidden")}
    assert said["rows_hidden"].place.cell == "A3"
    assert said["rows_hidden"].values["rows"] == [3]
    assert said["sheets_hidden"].values["sheets"] == ["Catatan", "Rahasia"]
    broken = [f for f in result.errors if f.code == "cell_error_value"]
    assert [(f.place.file, f.place.cell, f.values["value"]) for f in broken] == [
        (name, "E4", "#DIV/0!"), (name, "E6", "#REF!"),
    ]  # fmt: skip
    assert (result.rows_in, result.rows_kept, result.rows_rejected) == (5, 3, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_a_merged_district_holds_for_all_its_rows(project, kind):
    """Two districts have a village named Pandulangan: only the merged cell tells which is meant."""
    place_odd_file(project, kind)
    table = project.clean("villages")["villages"].tables["clean_villages__village"]
    assert table["village_code"].tolist() == ["63.06.03.2003", "63.06.03.2011", "63.06.05.2017"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_hidden_sheet_that_is_declared_is_said(project, kind):
    place_odd_file(project, kind)
    project.declare('sheet = "Desa"', 'sheet = "Catatan"')
    codes = [f.code for f in project.clean("villages")["villages"].findings]
    assert "header_missing" in codes
    (sheet,) = read_raw(project.edition.sources["villages"]).sheets.values()
    assert sheet.hidden


def damage(data: bytes, start: int, new: bytes) -> bytes:
    return data[:start] + new + data[start + len(new) :]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:1000],
        lambda data: data[: len(data) // 2],
        lambda data: damage(data, 30, struct.pack("<H", 2)),
        lambda data: damage(data, 48, struct.pack("<I", 999_999)),
        lambda data: damage(data, 76, struct.pack("<I", 0xFFFFFFFF)),
        # The table of sectors leads in a circle.
        lambda data: damage(data, 512, struct.pack("<I", 0) * 128),
    ],
)
def test_a_damaged_file_is_refused_in_plain_words(tmp_path, change):
    path = tmp_path / "rusak.xls"
    path.write_bytes(change((CORPUS / "tersembunyi.xls").read_bytes()))
    with pytest.raises(DataError, match=r"rusak\.xls"):
        read_raw(Source("villages", path, {"sheet": "Desa"}, "official", path.name))
    with pytest.raises((ValueError, KeyError, struct.error)):
        scan_xls(path)


# --- a file made here, record by record, by the format's own definition -------------------------
def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def compound(stream: bytes, *, name: str = "Workbook", short: bool = False) -> bytes:
    """Return a compound file with one stream, in long sectors or within the root's short ones."""
    if not short:
        stream = stream.ljust(4096, b"\0")
    body = [stream[start : start + 512].ljust(512, b"\0") for start in range(0, len(stream), 512)]
    chain = [*range(3, 2 + len(body)), 0xFFFFFFFE]
    table = [0xFFFFFFFD, 0xFFFFFFFE, *chain, *((0xFFFFFFFE,) if short else ())]
    table += [0xFFFFFFFF] * (128 - len(table))
    small_at = 2 + len(body) if short else 0xFFFFFFFE

    def entry(label: str, kind: int, first: int, size: int) -> bytes:
        text = label.encode("utf-16-le") + b"\0\0"
        head = text.ljust(64, b"\0") + struct.pack(
            "<HBB3i", len(text), kind, 1, -1, -1, 1 if kind == 5 else -1
        )
        return (head + b"\0" * 36 + struct.pack("<IQ", first, size))[:128]

    root = entry("Root Entry", 5, 2 if short else 0xFFFFFFFE, len(stream) if short else 0)
    directory = (root + entry(name, 2, 0 if short else 2, len(stream))).ljust(512, b"\0")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<4HH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, small_at, int(short), 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * 4 * 108
    blocks = [struct.pack("<128I", *table), directory, *body]
    if short:
        pieces = len(stream) // 64 + 1
        blocks.append(struct.pack("<128I", *range(1, pieces), 0xFFFFFFFE, *[0xFFFFFFFF] * (128 - pieces)))
    return header.ljust(512, b"\0") + b"".join(blocks)


def workbook_records(*, version: int = 0x600, shared: bytes = b"", more: bytes = b"") -> bytes:
    """Return the records of one sheet: row 2 hidden, an error typed into A1, one computed in B3."""
    name = b"\x04\x00Data" if version == 0x600 else b"\x04Data"
    begin = record(0x809, struct.pack("<HH", version, 5).ljust(16, b"\0"))
    place = len(begin) + 4 + 6 + len(name) + len(shared) + 4
    sheet = record(0x85, struct.pack("<IBB", place, 0, 0) + name)
    rows = b"".join(
        record(0x208, struct.pack("<5H2xHH", row, 0, 2, 255, 0, 0x20 if row == 1 else 0, 0))
        for row in range(3)
    )
    typed = record(0x205, struct.pack("<HHHBB", 0, 0, 0, 0x2A, 1))
    truth = record(0x205, struct.pack("<HHHBB", 1, 0, 0, 1, 0))
    computed = record(0x06, struct.pack("<HHHBBBBBBHHIH", 2, 1, 0, 2, 0, 0x17, 0, 0, 0, 0xFFFF, 0, 0, 0))
    number = record(0x06, struct.pack("<HHHdHIH", 2, 0, 0, 2021.0, 0, 0, 0))
    chart = record(0x809, struct.pack("<HH", version, 0x20).ljust(16, b"\0"))
    chart += record(0x205, struct.pack("<HHHBB", 9, 9, 0, 0x2A, 1)) + record(0x0A)
    start = record(0x809, struct.pack("<HH", version, 16).ljust(16, b"\0"))
    body = more + rows + chart + typed + truth + computed + number
    return begin + sheet + shared + record(0x0A) + start + body + record(0x0A)


@pytest.mark.parametrize(
    ("version", "stream", "short"),
    [(0x600, "Workbook", False), (0x600, "Workbook", True), (0x500, "Book", False)],
)
def test_rows_and_errors_of_a_file_made_by_the_definition(tmp_path, version, stream, short):
    path = tmp_path / "a.xls"
    path.write_bytes(compound(workbook_records(version=version), name=stream, short=short))
    (scan,) = scan_xls(path).values()
    assert scan.hidden_rows == [2]
    # What stands in a chart of the sheet (row 10) is none of its cells.
    assert scan.broken == {(1, 0): "#N/A", (3, 1): "#REF!"}


EXTENT = struct.pack("<IIHHH", 0, 3, 0, 2, 0)


def test_what_the_next_test_damages_is_whole(tmp_path):
    path = tmp_path / "a.xls"
    shared = record(0xFC, struct.pack("<II", 1, 1) + b"\x01\0\0x")
    more = record(0x200, EXTENT) + record(0xFD, struct.pack("<HHHI", 0, 1, 0, 0))
    path.write_bytes(compound(workbook_records(shared=shared, more=more)))
    (sheet,) = read_raw(Source("villages", path, {}, "official", path.name)).sheets.values()
    assert sheet.cells.at[1, 1] == "x"
    assert sheet.cells.at[3, 0] == 2021


@pytest.mark.parametrize(
    ("shared", "more"),
    [
        (record(0xFC, struct.pack("<II", 1, 0x70000000)), b""),
        (b"", record(0x200, struct.pack("<IIHHH", 0, 0x7FFFFFFF, 0, 2, 0))),
        (b"", record(0x200, struct.pack("<IIHHH", 0xC3000000, 1, 0, 2, 0))),
        (b"", record(0x200, EXTENT) + record(0xFD, struct.pack("<HHHI", 38_000, 60_000, 0, 0))),
    ],
    ids=["texts", "extent", "extent upside down", "far column"],
)
def test_a_size_that_would_fill_the_memory_is_refused_before_the_reader_opens_it(tmp_path, shared, more):
    """The reader ends the whole process when it makes room for such a size."""
    path = tmp_path / "besar.xls"
    path.write_bytes(compound(workbook_records(shared=shared, more=more)))
    with pytest.raises(ValueError, match=r"more shared texts|no sheet of this format"):
        scan_xls(path)
    with pytest.raises(DataError, match=r"besar\.xls"):
        read_raw(Source("villages", path, {}, "official", path.name))


def test_an_xls_with_a_password_is_told_as_such(tmp_path):
    path = tmp_path / "sandi.xls"
    locked = record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    texts = record(0xFC, b"\xa7" * 40)
    path.write_bytes(compound(workbook_records(shared=locked + texts)))
    with pytest.raises(DataError) as caught:
        read_raw(Source("villages", path, {}, "official", path.name))
    assert [finding.code for finding in caught.value.findings] == ["file_password"]


def test_any_damaged_byte_is_read_or_refused_without_a_trace(tmp_path, capfd):
    whole = (CORPUS / "tersembunyi.xls").read_bytes()
    path = tmp_path / "acak.xls"
    draw = random.Random(2021)
    read = 0
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(draw.choice((1, 2, 5, 30))):
            data[draw.randrange(len(data))] = draw.randrange(256)
        path.write_bytes(data)
        with contextlib.suppress(DataError):
            read_raw(Source("villages", path, {"sheet": "Desa"}, "official", path.name))
            read += 1
    assert 50 < read < 350
    # The reader is compiled, and writes a trace of its own defects where people read.
    assert capfd.readouterr() == ("", "")
