"""The project's own output types (``application/vnd.helpers.*+json``) into blocks.

Notebooks write these through `helpers.notebook`; a bundle that lacks what a reader
needs, an alternative text above all, is refused with the cell that wrote it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from helpers.errors import ExportError
from helpers.facts import Fact
from helpers.facts.citation import split_citations
from helpers.messages import translate
from helpers.publish.model import (
    Block,
    Column,
    Data,
    FactLink,
    Figure,
    Inline,
    KeyFigure,
    KeyFigures,
    Notice,
    Picture,
    Release,
    Section,
    Table,
    Text,
)

PREFIX = "application/vnd.helpers."
DOCUMENT = f"{PREFIX}document+json"
FACTS = f"{PREFIX}facts+json"
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of an output, for messages: the cell's number in the notebook, from 1."""

    number: int
    lang: str

    def refuse(self, code: str, **values: object) -> ExportError:
        """Return the error that names this cell."""
        return ExportError(translate(f"publish.errors.{code}", self.lang, cell=self.number, **values))


class Fields:
    """Reads the fields of one bundle and names the missing one."""

    def __init__(self, content: object, block: str, cell: Cell) -> None:
        if not isinstance(content, Mapping):
            raise cell.refuse("bundle_not_object", block=block)
        self.content: Mapping[str, Any] = content
        self.block = block
        self.cell = cell

    def need(self, key: str) -> Any:
        """Return a field that must be there."""
        if key not in self.content or self.content[key] in (None, ""):
            raise self.cell.refuse("field_missing", block=self.block, field=key)
        return self.content[key]

    def text(self, key: str) -> str:
        """Return a text that may be absent."""
        value = self.content.get(key)
        return "" if value is None else str(value)

    def flag(self, key: str) -> bool:
        """Return a yes or no that may be absent."""
        return bool(self.content.get(key, False))

    def items(self, key: str) -> Sequence[Any]:
        """Return a list that may be absent."""
        return self.content.get(key) or ()


def cited_prose(text: str) -> tuple[Inline, ...]:
    """Return a text that is plain but for the figures that lead to their facts."""
    return tuple(FactLink(key, (Text(part),)) if key else Text(part) for part, key in split_citations(text))


def read_facts(content: Any, cell: Cell) -> tuple[Fact, ...]:
    """Return the facts that a notebook hands to its document."""
    fields = Fields(content, "facts", cell)
    return tuple(Fact.from_json(dict(entry)) for entry in fields.items("facts"))


def read_picture(text: str, cell: Cell, name: str) -> Picture:
    """Return the picture in SVG source, base64 or a ``data:`` address.

    Raises
    ------
    ExportError
        If it is none of these: a document loads nothing from elsewhere.
    """
    if text.startswith("data:"):
        header, _, text = text.partition(",")
        if not header.endswith(";base64"):
            raise cell.refuse("picture_unreadable", name=name)
    elif "<svg" in text:
        return Picture("image/svg+xml", text.encode())
    try:
        content = base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise cell.refuse("picture_unreadable", name=name) from error
    if content.startswith(_PNG):
        return Picture("image/png", content)
    if content.startswith(_JPEG):
        return Picture("image/jpeg", content)
    if b"<svg" in content:
        return Picture("image/svg+xml", content)
    raise cell.refuse("picture_unreadable", name=name)


def _figure(fields: Fields) -> Figure:
    name = str(fields.need("name"))
    alt = fields.text("alt").strip()
    if not alt:
        raise fields.cell.refuse("alt_missing", name=name)
    source = fields.text("svg") or fields.text("png_base64")
    if not source:
        raise fields.cell.refuse("field_missing", block="figure", field="svg")
    data = fields.content.get("data")
    picture = read_picture(source, fields.cell, name)
    mark = translate("publish.label.illustrative", fields.cell.lang)
    return Figure(
        name=name,
        picture=picture,
        alt=alt,
        title=fields.text("title"),
        subtitle=fields.text("subtitle"),
        source=fields.text("source"),
        illustrative=fields.flag("illustrative"),
        is_marked=picture.media_type == "image/svg+xml" and mark.encode() in picture.content,
        data=Data(tuple(map(str, data["columns"])), tuple(map(tuple, data["rows"]))) if data else None,
    )


def _table(fields: Fields) -> Table:
    columns = tuple(
        Column(
            str(column["label"]),
            "right" if column.get("align") == "right" else "left",
            str(column.get("format") or ""),
            str(column.get("lang") or ""),
        )
        for column in fields.need("columns")
    )
    rows = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in fields.items("rows"))
    name = str(fields.need("name"))
    if any(len(row) != len(columns) for row in rows):
        raise fields.cell.refuse("row_length", name=name, count=len(columns))
    return Table(
        columns=columns,
        rows=rows,
        name=name,
        caption=str(fields.need("caption")),
        source=fields.text("source"),
        note=fields.text("note"),
        total_row=fields.flag("total_row"),
        quotes=fields.flag("quotes"),
        values=tuple(map(tuple, fields.items("values"))),
        illustrative=fields.flag("illustrative"),
    )


def _sentence_case(label: str) -> str:
    """Return a label that stands alone; the catalogue writes it as it stands within a sentence."""
    return label[:1].upper() + label[1:]


def _key_figures(fields: Fields) -> KeyFigures:
    items = [Fields(item, "keyfigures", fields.cell) for item in fields.items("items")]
    return KeyFigures(
        tuple(
            KeyFigure(
                _sentence_case(str(item.need("label"))),
                str(item.need("value")),
                _sentence_case(item.text("note")),
                item.flag("illustrative"),
                item.text("key"),
                cited_prose(item.text("change")),
                cited_prose(item.text("target")),
            )
            for item in items
        )
    )


def _notice(fields: Fields) -> Notice:
    kinds: dict[str, Literal["illustrative", "warning", "info"]] = {
        "illustrative": "illustrative",
        "warning": "warning",
        "info": "info",
    }
    kind = str(fields.need("kind"))
    if kind not in kinds:
        raise fields.cell.refuse("notice_kind", value=kind, known=", ".join(kinds))
    return Notice(kinds[kind], fields.text("title"), cited_prose(str(fields.need("text"))))


def _release(fields: Fields) -> Release:
    contact = Fields(fields.content.get("contact") or {}, "release.contact", fields.cell)
    sections = [Fields(item, "release.sections", fields.cell) for item in fields.items("sections")]
    key = [Fields(item, "release.key", fields.cell) for item in fields.items("key")]
    return Release(
        headline_prose=cited_prose(str(fields.need("headline"))),
        dateline_prose=cited_prose(str(fields.need("dateline"))),
        lead=cited_prose(str(fields.need("lead"))),
        sections=tuple(
            Section(
                cited_prose(section.text("heading")),
                tuple(cited_prose(str(paragraph)) for paragraph in section.items("paragraphs")),
            )
            for section in sections
        ),
        note=fields.text("note"),
        contact_heading=contact.text("heading"),
        contact_lines=tuple(map(str, contact.items("lines"))),
        key=tuple((_sentence_case(str(item.need("label"))), str(item.need("value"))) for item in key),
    )


_READERS: dict[str, Callable[[Fields], Block]] = {
    "figure": _figure,
    "table": _table,
    "keyfigures": _key_figures,
    "notice": _notice,
    "release": _release,
}


def read_bundle(data: Mapping[str, Any], cell: Cell) -> Block | None:
    """Return the block of an output's MIME bundle, or None if it holds none of ours.

    Raises
    ------
    ExportError
        If the bundle lacks something a reader needs, or a figure has no alternative text.
    """
    for name, reader in _READERS.items():
        content = data.get(f"{PREFIX}{name}+json")
        if content is not None:
            return reader(Fields(content, name, cell))
    return None
