"""An executed notebook into a `Document`: the one reading that all exporters share."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from helpers.errors import ExportError
from helpers.messages import LOCALES, translate
from helpers.publish.bundles import DOCUMENT, Cell, Fields, read_bundle, read_picture
from helpers.publish.markdown import parse_markdown
from helpers.publish.model import (
    Block,
    CodeCells,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inline,
    KeyFigures,
    Letterhead,
    Link,
    ListBlock,
    Notice,
    Paragraph,
    Quote,
    Release,
    Strong,
    Table,
    Text,
    plain_text,
)
from helpers.publish.stock import image_block, output_blocks

DEFAULT_LANG = "id"
#: Parameter cells hold folders, which would make a document depend on the machine.
_PARAMETER_TAGS = {"parameters", "injected-parameters"}
#: Anchors that the page itself uses.
_PAGE_ANCHORS = ("isi", "angka-kunci")
#: A press release is what its release block says; the notebook's prose is for its author.
_RELEASE_BLOCKS = (Release, Figure, Table, KeyFigures, Notice)


def read_document(notebook: Mapping[str, Any], name: str = "document") -> Document:
    """Return the document in an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Version 4, with outputs. Without the document model it is published in
        Indonesian under its first heading.
    name : str
        Name to use if the notebook does not declare one.

    Raises
    ------
    ExportError
        If a cell ended in an error, an image has no alternative text, or an output of
        the document model lacks something a reader needs.
    """
    declared = _declaration(notebook)
    lang = declared.lang if declared else DEFAULT_LANG
    blocks = list(_read_cells(notebook, lang, has_model=declared is not None))
    if declared is None:
        first = next((block for block in blocks if isinstance(block, Heading) and block.level == 1), None)
        declared = Document(name, plain_text(first.children) if first else name, lang)
    if declared.kind == "press-release":
        blocks = [block for block in blocks if isinstance(block, _RELEASE_BLOCKS)]
        if not any(isinstance(block, Release) for block in blocks):
            raise ExportError(translate("publish.errors.release_missing", lang, name=declared.name))
    return replace(declared, blocks=_finish(blocks, declared))


def _declaration(notebook: Mapping[str, Any]) -> Document | None:
    for number, cell in enumerate(notebook["cells"], start=1):
        for output in cell.get("outputs", ()):
            content = output.get("data", {}).get(DOCUMENT)
            if content is not None:
                return _read_declaration(content, Cell(number, _known_lang(content)))
    return None


def _known_lang(content: Any) -> str:
    lang = content.get("lang") if isinstance(content, Mapping) else None
    return lang if lang in LOCALES else DEFAULT_LANG


def _read_declaration(content: Any, cell: Cell) -> Document:
    fields = Fields(content, "document", cell)
    head = Fields(fields.content.get("letterhead") or {}, "document.letterhead", cell)
    logo = head.text("logo")
    if fields.need("lang") not in LOCALES:
        raise cell.refuse("lang_unknown", value=fields.need("lang"), known=", ".join(LOCALES))
    return Document(
        name=str(fields.need("name")),
        title=str(fields.need("title")),
        lang=cell.lang,
        kind=str(fields.need("kind")),
        subtitle=fields.text("subtitle"),
        office=fields.text("office"),
        regency=fields.text("regency"),
        year=int(fields.content["year"]) if fields.content.get("year") else None,
        release_date=dt.date.fromisoformat(str(fields.need("release_date"))),
        illustrative=fields.flag("illustrative"),
        illustrative_text=fields.text("illustrative_text"),
        letterhead=Letterhead(
            agency=head.text("agency"),
            office=head.text("office") or fields.text("office"),
            address=head.text("address"),
            website=head.text("website"),
            logo=read_picture(logo, cell, "logo") if logo else None,
        ),
    )


def _read_cells(notebook: Mapping[str, Any], lang: str, *, has_model: bool) -> Iterator[Block]:
    code: list[str] = []
    for number, content in enumerate(notebook["cells"], start=1):
        cell = Cell(number, lang)
        tags = set(content.get("metadata", {}).get("tags", ()))
        if tags & set(LOCALES) and lang not in tags:
            continue
        if content["cell_type"] == "markdown":
            yield from _prose(content, cell)
        elif content["cell_type"] == "code":
            source = content["source"].strip()
            if source and not tags & _PARAMETER_TAGS:
                code.append(source)
            blocks = list(_outputs(content, cell, has_model=has_model))
            yield from blocks
            if code and any(isinstance(block, (Figure, Table)) for block in blocks):
                yield CodeCells(tuple(code))
                code = []


def _prose(content: Mapping[str, Any], cell: Cell) -> Iterable[Block]:
    attachments = content.get("attachments", {})
    return parse_markdown(
        content["source"], lambda url, alt, title: image_block(url, alt, title, cell, attachments)
    )


def _outputs(content: Mapping[str, Any], cell: Cell, *, has_model: bool) -> Iterator[Block]:
    for output in content.get("outputs", ()):
        if output["output_type"] == "error":
            raise cell.refuse("cell_failed", error=f"{output['ename']}: {output['evalue']}")
        data = output.get("data", {})
        if DOCUMENT in data:
            continue
        block = read_bundle(data, cell)
        if block is not None:
            yield block
        elif not has_model or "text/markdown" in data or any(kind.startswith("image/") for kind in data):
            yield from output_blocks(output, cell)


def _finish(blocks: Iterable[Block], document: Document) -> tuple[Block, ...]:
    """Drop what the head of the document says already; number, name and link the rest."""
    kept = _numbered(_levelled(_without_repetition(blocks, document)))
    return _resolve_links(kept, document.lang)


def _without_repetition(blocks: Iterable[Block], document: Document) -> Iterator[Block]:
    title_seen = False
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1 and not title_seen:
            title_seen = True
        elif not (isinstance(block, Notice) and block.kind == "illustrative" and document.illustrative):
            yield block


def _levelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with headings that start at 2 and skip no level."""
    last = 1
    for block in blocks:
        if isinstance(block, Heading):
            last = min(max(block.level, 2), last + 1)
            yield replace(block, level=last)
        else:
            yield block


def slug(text: str) -> str:
    """Return an anchor for a text: ASCII letters, digits and hyphens.

    >>> slug("Penyerapan: 98,30 persen — di atas target")
    'penyerapan-98-30-persen-di-atas-target'
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-") or "bagian"


def _numbered(blocks: Iterable[Block]) -> list[Block]:
    figures = tables = 0
    taken = set(_PAGE_ANCHORS)
    numbered: list[Block] = []

    def anchor(text: str) -> str:
        base = candidate = slug(text)
        count = 1
        while candidate in taken:
            count += 1
            candidate = f"{base}-{count}"
        taken.add(candidate)
        return candidate

    for block in blocks:
        match block:
            case Heading():
                numbered.append(replace(block, anchor=anchor(plain_text(block.children))))
            case Figure():
                figures += 1
                numbered.append(replace(block, number=figures, anchor=anchor(block.name)))
            case Table():
                tables += bool(block.caption)
                number = tables if block.caption else 0
                numbered.append(replace(block, number=number, anchor=anchor(block.name or "tabel")))
            case _:
                numbered.append(block)
    return numbered


def _resolve_links(blocks: list[Block], lang: str) -> tuple[Block, ...]:
    """Give links to figures and tables their label; undo links to what is not there."""
    labels: dict[str, str] = {}
    for block in blocks:
        match block:
            case Heading(_, children, anchor):
                labels[anchor] = plain_text(children)
            case Figure() | Table() if block.number:
                kind = "figure" if isinstance(block, Figure) else "table"
                labels[block.anchor] = translate(f"publish.label.{kind}", lang, number=block.number)

    def inlines(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(part for child in children for part in inline(child))

    def inline(child: Inline) -> tuple[Inline, ...]:
        match child:
            case Link(url, children) if child.is_internal:
                label = labels.get(url[1:])
                return children if label is None else (Link(url, children or (Text(label),)),)
            case Strong(children):
                return (Strong(inlines(children)),)
            case Emphasis(children):
                return (Emphasis(inlines(children)),)
            case _:
                return (child,)

    def visit(block: Block) -> Block:
        match block:
            case Paragraph(children):
                return Paragraph(inlines(children))
            case Quote(inner):
                return Quote(tuple(visit(item) for item in inner))
            case ListBlock():
                return replace(block, items=tuple(tuple(map(visit, item)) for item in block.items))
            case _:
                return block

    return tuple(visit(block) for block in blocks)
