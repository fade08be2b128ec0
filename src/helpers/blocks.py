"""The blocks that a notebook hands to its document: figures, tables, tiles, remarks, a release, the head.

A notebook writes each as JSON under a MIME type of its own; the exporters read it back into the
same class. A field's name is its name in the JSON; what an exporter adds later is not written.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from helpers.facts.citation import cite, split_citations

MIME = "application/vnd.helpers.{kind}+json"
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
#: Tiles in a row, and the letters of a value that then fit on one line.
_TILE_LETTERS = ((4, 11), (3, 16), (2, 25))


# -- prose ---------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters; a renderer escapes them for its format."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Strongly emphasised prose."""

    children: Prose


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised prose."""

    children: Prose


@dataclass(frozen=True, slots=True)
class Code:
    """A short piece of code within prose."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link: to an address, or (``#anchor``) to a heading, figure or table of the document."""

    url: str
    children: Prose

    @property
    def is_internal(self) -> bool:
        """Whether it leads to a place in the same document."""
        return self.url.startswith("#")


@dataclass(frozen=True, slots=True)
class FactLink:
    """A figure that leads to its origin; ``is_first`` marks the first one to that fact in a document."""

    key: str
    children: Prose
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced new line."""


Inline = Text | Strong | Emphasis | Code | Link | FactLink | LineBreak
Prose = tuple[Inline, ...]


def read_prose(text: str) -> Prose:
    """Return a text that is plain but for the figures that cite their facts.

    >>> read_prose("Ada [25](fact:opd.active_count) OPD.")[1]
    FactLink(key='opd.active_count', children=(Text(text='25'),), is_first=False)
    """
    return tuple(FactLink(key, (Text(part),)) if key else Text(part) for part, key in split_citations(text))


def plain_text(children: Prose) -> str:
    """Return the characters of prose without its marks."""
    return "".join(_characters(children))


def _characters(children: Prose) -> Iterator[str]:
    for child in children:
        match child:
            case Text(text) | Code(text):
                yield text
            case Strong(inner) | Emphasis(inner) | Link(_, inner) | FactLink(_, inner):
                yield from _characters(inner)
            case LineBreak():
                yield " "


# -- blocks --------------------------------------------------------------------------
def _placed(default: Any) -> Any:
    """Return a field that a document gives its block: no notebook writes it."""
    return field(default=default, metadata={"placed": True})


@dataclass(frozen=True, slots=True)
class Picture:
    """An image's content: SVG source, or PNG or JPEG bytes."""

    media_type: Literal["image/svg+xml", "image/png", "image/jpeg"]
    content: bytes


def read_picture(text: str) -> Picture:
    """Return the picture in SVG source, base64 or a ``data:`` address.

    Raises
    ------
    ValueError
        If it is none of these: a document loads nothing from elsewhere.
    """
    if text.startswith("data:"):
        header, _, text = text.partition(",")
        if not header.endswith(";base64"):
            raise ValueError("an address without base64")
    elif "<svg" in text:
        return Picture("image/svg+xml", text.encode())
    try:
        content = base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
    if content.startswith(_PNG):
        return Picture("image/png", content)
    if content.startswith(_JPEG):
        return Picture("image/jpeg", content)
    if b"<svg" in content:
        return Picture("image/svg+xml", content)
    raise ValueError("no SVG, PNG or JPEG")


@dataclass(frozen=True, slots=True)
class Data:
    """The rows behind a figure, as offered for download."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: what it shows as SVG, or in base64 as PNG or JPEG; ``alt`` is never empty.

    ``is_marked`` tells that the picture itself carries the mark of illustrative data.
    """

    name: str
    alt: str
    title: str = ""
    subtitle: str = ""
    source: str = ""
    illustrative: bool = False
    svg: str = ""
    png_base64: str = ""
    data: Data | None = None
    is_marked: bool = _placed(False)
    number: int = _placed(0)
    anchor: str = _placed("")

    @property
    def picture(self) -> Picture:
        """The image; see `read_picture`."""
        return read_picture(self.svg or self.png_base64)


Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; ``lang`` is set where its words are not in the document's language.

    ``format`` is a format of `helpers.formats`, ``key`` the frame's own name of the column.
    """

    label: str = ""
    align: Align = "left"
    format: str = ""
    lang: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of ready-made text, numbered if it has a caption.

    ``values`` are the numbers behind the texts, for workbooks; None where there is none. A table
    that ``quotes`` tells what files hold, right or wrong: the fact check passes it by.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    source: str = ""
    note: str = ""
    total_row: bool = False
    illustrative: bool = False
    values: tuple[tuple[float | int | None, ...], ...] = ()
    quotes: bool = False
    number: int = _placed(0)
    anchor: str = _placed("")


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure that matters, large; ``key`` is that of its fact, if it is one."""

    label: str
    value: str
    note: str = ""
    illustrative: bool = False
    key: str = ""
    change: Prose = ()
    target: Prose = ()
    is_first: bool = _placed(False)


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Key figures, to stand side by side."""

    items: tuple[KeyFigure, ...]

    @property
    def columns(self) -> int:
        """How many stand in a row, on paper as on a screen: none is left alone in the last one.

        >>> [KeyFigures(tuple(KeyFigure("", value) for value in values)).columns
        ...  for values in (["98,30 persen", "25", "84,821"], ["25", "2", "27", "16"])]
        [3, 4]
        """
        longest, count = max((len(item.value) for item in self.items), default=0), len(self.items)
        fitting = [columns for columns, letters in _TILE_LETTERS if longest <= letters and columns <= count]
        return next((columns for columns in fitting if count % columns != 1), 1)


NoticeKind = Literal["illustrative", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark that a reader must not miss; without a title it is titled by its kind."""

    kind: NoticeKind
    text: Prose
    title: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a press release."""

    heading: Prose = ()
    paragraphs: tuple[Prose, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the press may ask."""

    heading: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One line of the key figures of a press release."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Release:
    """A press release; the figures in its headline and dateline lead to their facts too."""

    headline: Prose
    dateline: Prose
    lead: Prose
    sections: tuple[Section, ...] = ()
    note: str = ""
    contact: Contact = Contact()
    key: tuple[KeyEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes; an empty part is left out. ``logo`` is SVG source or a ``data:`` address."""

    agency: str = ""
    office: str = ""
    address: str = ""
    website: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What a document is, of whom, in which language.

    ``release_date`` dates every file made from it; it is None for a notebook that does not
    declare one.
    """

    name: str
    title: str
    lang: str
    kind: str
    release_date: dt.date | None
    subtitle: str = ""
    office: str = ""
    regency: str = ""
    year: int | None = None
    illustrative: bool = False
    illustrative_text: str = ""
    letterhead: Letterhead = Letterhead()
    schema: int = 1


# -- JSON ----------------------------------------------------------------------------
KINDS: dict[str, type[Any]] = {
    "document": Head, "figure": Figure, "table": Table, "keyfigures": KeyFigures, "notice": Notice,
    "release": Release,
}  # fmt: skip
_Block = TypeVar("_Block")
#: Makes the error of a wrong field from a code of ``publish.errors`` and the values of its text.
Refuse = Callable[..., Exception]


@cache
def _parts(kind: Any) -> tuple[tuple[Field[Any], Any], ...]:
    """Return the fields that the JSON of a class holds, each with its type."""
    hints = get_type_hints(kind)
    return tuple((part, hints[part.name]) for part in fields(kind) if not part.metadata.get("placed"))


def mime_of(kind: type[Any]) -> str:
    """Return the MIME type of a class of blocks."""
    return MIME.format(kind=next(name for name, known in KINDS.items() if issubclass(kind, known)))


def write_block(block: Any) -> dict[str, Any]:
    """Return a block as JSON knows it, every field of it."""
    return {part.name: _write(getattr(block, part.name), hint) for part, hint in _parts(block.__class__)}


def _write(value: Any, hint: Any) -> Any:
    if hint == Prose:
        return "".join(cite(part.key, plain_text(part.children)) if isinstance(part, FactLink)
                       else plain_text((part,)) for part in value)  # fmt: skip
    if is_dataclass(value):
        return write_block(value)
    if get_origin(hint) is tuple:
        return [_write(item, get_args(hint)[0]) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def read_block(kind: type[_Block], content: object, refuse: Refuse, where: str) -> _Block:
    """Return the block in its JSON.

    Parameters
    ----------
    kind : type
        Its class; a field without a default must be there and not be empty.
    content : object
    refuse : callable
        Makes the error that names what is wrong.
    where : str
        What the block is called in an error.
    """
    if not isinstance(content, Mapping):
        raise refuse("bundle_not_object", block=where)
    values: dict[str, Any] = {}
    for part, hint in _parts(kind):  # type: ignore[arg-type]
        found = content.get(part.name)
        if found is not None and found != "":
            values[part.name] = _read(hint, found, refuse, (where, part.name))
        elif part.default is MISSING:
            raise refuse("field_missing", block=where, field=part.name)
    return kind(**values)


def _read(hint: Any, value: Any, refuse: Refuse, place: tuple[str, str]) -> Any:
    """Return a value of a field, whose class and name the place gives."""
    if get_origin(hint) is UnionType:
        hint = get_args(hint)[0]
    if hint == Prose:
        return read_prose(str(value))
    if is_dataclass(hint):
        return read_block(hint, value, refuse, ".".join(place))  # type: ignore[arg-type]
    if hint is dt.date:
        return dt.date.fromisoformat(value)
    if hint in (str, bool):
        return hint("" if value is None else value)
    if get_origin(hint) is tuple:
        items: Sequence[Any] = value
        return tuple(_read(get_args(hint)[0], item, refuse, place) for item in items)
    if get_origin(hint) is Literal and value not in get_args(hint):
        known = ", ".join(get_args(hint))
        raise refuse("value_unknown", block=place[0], field=place[1], value=value, known=known)
    return value
