"""The project's own output types (``application/vnd.helpers.*+json``) into blocks.

A block that lacks what a reader needs, an alternative text above all, is refused with the cell
that wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from helpers.blocks import KINDS, MIME, Figure, Head, Picture, Table, read_block, read_picture
from helpers.errors import ExportError
from helpers.facts import Fact
from helpers.messages import translate
from helpers.publish.model import Block

FACTS = MIME.format(kind="facts")


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of an output, for messages: the cell's number in the notebook, from 1."""

    number: int
    lang: str

    def refuse(self, code: str, **values: object) -> ExportError:
        """Return the error that names this cell."""
        return ExportError(translate(f"publish.errors.{code}", self.lang, cell=self.number, **values))

    def picture(self, text: str, name: str) -> Picture:
        """Return the picture in a text (see `helpers.blocks.read_picture`).

        Raises
        ------
        ExportError
            If it is none.
        """
        try:
            return read_picture(text)
        except ValueError as error:
            raise self.refuse("picture_unreadable", name=name) from error


def read_facts(content: Any, cell: Cell) -> tuple[Fact, ...]:
    """Return the facts that a notebook hands to its document."""
    if not isinstance(content, Mapping):
        raise cell.refuse("bundle_not_object", block="facts")
    return tuple(Fact.from_json(dict(entry)) for entry in content.get("facts", ()))


def read_bundle(data: Mapping[str, Any], cell: Cell) -> Block | None:
    """Return the block of an output's MIME bundle, or None if it holds none of ours.

    Raises
    ------
    ExportError
        If the bundle lacks something a reader needs, or a figure has no alternative text.
    """
    for name, kind in KINDS.items():
        content = data.get(MIME.format(kind=name))
        if content is None or kind is Head:
            continue
        if kind is Figure and isinstance(content, Mapping) and content.get("name"):
            _check_alt(content, cell)
        block = read_block(kind, content, cell.refuse, name)
        return _checked(block, cell)
    return None


def _check_alt(content: Mapping[str, Any], cell: Cell) -> None:
    if not str(content.get("alt") or "").strip():
        raise cell.refuse("alt_missing", name=content["name"])


def _checked(block: Any, cell: Cell) -> Block:
    """Return a block whose parts fit each other; of a figure also whether its picture is marked."""
    checked: Block = block
    if isinstance(block, Table) and any(len(row) != len(block.columns) for row in block.rows):
        raise cell.refuse("row_length", name=block.name, count=len(block.columns))
    if isinstance(block, Figure):
        if not (block.svg or block.png_base64):
            raise cell.refuse("field_missing", block="figure", field="svg")
        cell.picture(block.svg or block.png_base64, block.name)
        mark = translate("publish.label.illustrative", cell.lang)
        checked = replace(block, alt=block.alt.strip(), is_marked=mark in block.svg)
    return checked
