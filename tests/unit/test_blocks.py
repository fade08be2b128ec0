"""Blocks as a notebook writes them and as an exporter reads them back."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from helpers.blocks import (
    Column,
    Data,
    FactLink,
    Figure,
    Head,
    KeyFigure,
    KeyFigures,
    Letterhead,
    Notice,
    Table,
    Text,
    mime_of,
    plain_text,
    read_block,
    read_picture,
    read_prose,
    write_block,
)

CHANGE = "Naik [dua](fact:budget.change) poin"
FIGURE = Figure("a", "Garis naik", svg="<svg/>", data=Data(("x",), ((1,), (None,))), number=3, anchor="a-2")
FIGURE_JSON = {
    "name": "a", "alt": "Garis naik", "title": "", "subtitle": "", "source": "", "illustrative": False,
    "svg": "<svg/>", "png_base64": "", "data": {"columns": ["x"], "rows": [[1], [None]]},
}  # fmt: skip
TILE_JSON = {
    "label": "serapan", "value": "98,30%", "note": "", "illustrative": True, "key": "k", "change": CHANGE,
    "target": "",
}  # fmt: skip


def refuse(code: str, **values: object) -> ValueError:
    return ValueError(f"{code} {values}")


def test_json_holds_what_the_notebook_said_and_not_what_the_document_adds() -> None:
    assert write_block(FIGURE) == FIGURE_JSON
    assert mime_of(Figure) == "application/vnd.helpers.figure+json"


def test_reading_gives_the_block_back_without_number_and_anchor() -> None:
    figure = read_block(Figure, FIGURE_JSON, refuse, "figure")
    assert (figure.number, figure.anchor) == (0, "")
    assert figure.data == Data(("x",), ((1,), (None,)))
    assert figure.picture.content == b"<svg/>"


def test_prose_is_text_with_marks_in_json() -> None:
    tile = KeyFigure(
        "serapan", "98,30%", illustrative=True, key="k", change=read_prose(CHANGE), is_first=True
    )
    assert write_block(KeyFigures((tile,))) == {"items": [TILE_JSON]}
    (read,) = read_block(KeyFigures, {"items": [TILE_JSON]}, refuse, "keyfigures").items
    assert read.change == (Text("Naik "), FactLink("budget.change", (Text("dua"),)), Text(" poin"))
    assert plain_text(read.change) == "Naik dua poin"


def test_a_date_is_written_as_the_calendar_says_it() -> None:
    head = Head("bab", "Bab", "id", "chapter", dt.date(2021, 12, 29), year=2021, letterhead=Letterhead("BNN"))
    content = write_block(head)
    assert (content["release_date"], content["year"], content["schema"]) == ("2021-12-29", 2021, 1)
    assert content["letterhead"]["agency"] == "BNN"
    assert read_block(Head, content, refuse, "document") == head


def test_a_table_keeps_its_numbers_beside_the_texts() -> None:
    columns = [{"label": "Rp", "align": "right", "format": "idr", "key": "spent_idr"}]
    rows = {"rows": [["1.000"], [None]], "values": [[1000], [None]]}
    table = read_block(Table, {"name": "t", "caption": "Isi", "columns": columns} | rows, refuse, "table")
    assert table.columns == (Column("Rp", "right", "idr", key="spent_idr"),)
    assert (table.rows, table.values) == ((("1.000",), ("",)), ((1000,), (None,)))


@pytest.mark.parametrize(
    ("kind", "content", "message"),
    [
        (Notice, ["x"], "bundle_not_object {'block': 'b'}"),
        (Notice, {"kind": "info", "text": ""}, "field_missing {'block': 'b', 'field': 'text'}"),
        (
            Notice,
            {"kind": "gawat", "text": "x"},
            "'kind', 'value': 'gawat', 'known': 'illustrative, ",
        ),
        (KeyFigures, {"items": [{"label": "a"}]}, "field_missing {'block': 'b.items', 'field': 'value'}"),
    ],
)
def test_what_is_wrong_is_named(kind: type, content: object, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        read_block(kind, content, refuse, "b")


def test_a_picture_is_known_by_its_content() -> None:
    assert read_picture("data:image/x;base64,/9j/2Q==").media_type == "image/jpeg"
    for text in ("https://x.id/a.png", "data:image/png,x", "aGFsbw=="):
        with pytest.raises(ValueError):  # noqa: PT011 - of each another text
            read_picture(text)
