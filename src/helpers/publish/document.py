"""An executed notebook into a `Document`: the one reading that all exporters share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from helpers.blocks import (
    Figure,
    Head,
    KeyFigures,
    Notice,
    Release,
    Table,
    Text,
    mime_of,
    plain_text,
    read_block,
)
from helpers.errors import ExportError
from helpers.facts import Fact
from helpers.messages import LOCALES, translate
from helpers.publish.bundles import FACTS, Cell, read_bundle, read_facts
from helpers.publish.markdown import parse_markdown
from helpers.publish.model import Block, CodeCells, Document, Heading, ListBlock, Origins
from helpers.publish.references import ORIGINS_ANCHOR, Counter, level_headings, number_and_link
from helpers.publish.stock import image_block, output_blocks

DEFAULT_LANG = "id"
_DOCUMENT = mime_of(Head)
#: Parameter cells hold folders, which would make a document depend on the machine.
_PARAMETER_TAGS = {"parameters", "injected-parameters"}
#: What a notebook reads and writes is for who opens it, not for who reads the report.
_NOTEBOOK_ONLY = "notebook-only"
#: A press release is what its release block says; the notebook's prose is for its author.
#: A brief shows its outputs under their headings, for the same reason.
_BRIEF_BLOCKS = (Heading, KeyFigures, Figure, Notice, ListBlock)
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
    return _finish(read_parts(notebook, name))


def read_parts(notebook: Mapping[str, Any], name: str = "document") -> Document:
    """Return the document with its blocks as read: not yet numbered, named or linked.

    For a document that is joined from several; see `read_document` for the rest.
    """
    declared = _declaration(notebook)
    lang = declared.lang if declared else DEFAULT_LANG
    is_profile = declared is not None and declared.kind == "profile"
    blocks = list(_read_cells(notebook, lang, has_model=declared is not None, headings_only=is_profile))
    if declared is None:
        first = next((block for block in blocks if isinstance(block, Heading) and block.level == 1), None)
        title = plain_text(first.children) if first else name
        declared = Document(name, title, lang, "chapter", None)
    if is_profile:
        blocks = [block for block in blocks if not isinstance(block, CodeCells)]
    if declared.kind == "brief":
        blocks = [block for block in blocks if isinstance(block, _BRIEF_BLOCKS)]
    if declared.kind == "press-release":
        blocks = [block for block in blocks if isinstance(block, _RELEASE_BLOCKS)]
        if not any(isinstance(block, Release) for block in blocks):
            raise ExportError(translate("publish.errors.release_missing", lang, name=declared.name))
    kept = tuple(_without_repetition(blocks, declared))
    return replace(declared, blocks=kept, facts=_facts(notebook, lang))


def _facts(notebook: Mapping[str, Any], lang: str) -> tuple[Fact, ...]:
    found: dict[str, Fact] = {}
    for number, cell in enumerate(notebook["cells"], start=1):
        for output in cell.get("outputs", ()):
            content = output.get("data", {}).get(FACTS)
            if content is not None:
                found |= {fact.key: fact for fact in read_facts(content, Cell(number, lang))}
    return tuple(found.values())


def _declaration(notebook: Mapping[str, Any]) -> Document | None:
    for number, cell in enumerate(notebook["cells"], start=1):
        for output in cell.get("outputs", ()):
            content = output.get("data", {}).get(_DOCUMENT)
            if content is not None:
                return _read_declaration(content, Cell(number, _known_lang(content)))
    return None


def _known_lang(content: Any) -> str:
    lang = content.get("lang") if isinstance(content, Mapping) else None
    return lang if lang in LOCALES else DEFAULT_LANG


def _read_declaration(content: Any, cell: Cell) -> Document:
    head = read_block(Head, content, cell.refuse, "document")
    if head.lang not in LOCALES:
        known = ", ".join(LOCALES)
        raise cell.refuse("value_unknown", block="document", field="lang", value=head.lang, known=known)
    letterhead = head.letterhead
    if letterhead.logo:
        cell.picture(letterhead.logo, "logo")
    head = replace(head, letterhead=replace(letterhead, office=letterhead.office or head.office))
    return Document(**{part.name: getattr(head, part.name) for part in fields(Head)})


def _read_cells(
    notebook: Mapping[str, Any], lang: str, *, has_model: bool, headings_only: bool = False
) -> Iterator[Block]:
    """Yield the blocks of all cells; of a profile's prose only headings, the rest is for its author."""
    code: list[str] = []
    for number, content in enumerate(notebook["cells"], start=1):
        cell = Cell(number, lang)
        tags = set(content.get("metadata", {}).get("tags", ()))
        if _NOTEBOOK_ONLY in tags or (tags & set(LOCALES) and lang not in tags):
            continue
        if content["cell_type"] == "markdown":
            prose = _prose(content, cell)
            yield from (block for block in prose if not headings_only or isinstance(block, Heading))
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
        if _DOCUMENT in data or FACTS in data:
            continue
        block = read_bundle(data, cell)
        if block is not None:
            yield block
        elif not has_model or "text/markdown" in data or any(kind.startswith("image/") for kind in data):
            yield from output_blocks(output, cell)


def _without_repetition(blocks: Iterable[Block], document: Document) -> Iterator[Block]:
    """Drop what the head of the document says already."""
    title_seen = False
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1 and not title_seen:
            title_seen = True
        elif not (isinstance(block, Notice) and block.kind == "illustrative" and document.illustrative):
            yield block


def _finish(document: Document) -> Document:
    """Return the document numbered, named and linked, the origins of its figures at the end."""
    by_key = {fact.key: fact for fact in document.facts}
    counter = Counter()
    blocks = number_and_link(level_headings(document.blocks), document.lang, by_key, counter)
    cited = tuple(by_key[key] for key in counter.cited)
    return replace(document, blocks=(*blocks, *origin_blocks(cited, document.lang)), facts=cited)


def origin_blocks(facts: tuple[Fact, ...], lang: str, level: int = 2) -> tuple[Block, ...]:
    """Return the section on where cited figures come from, or nothing if none is cited."""
    if not facts:
        return ()
    title = translate("publish.origin.title", lang)
    return (Heading(level, (Text(title),), ORIGINS_ANCHOR), Origins(facts))
