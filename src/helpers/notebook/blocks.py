"""What a cell shows in JupyterLab and hands to the exporters.

The exporters read a block of `helpers.blocks` as JSON under its own MIME type; JupyterLab shows
plain HTML.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from helpers.blocks import (
    MIME,
    Head,
    Inline,
    KeyFigures,
    Notice,
    Release,
    Table,
    mime_of,
    plain_text,
    write_block,
)
from helpers.errors import SchemaError
from helpers.facts.citation import without_citations


@dataclass(frozen=True, slots=True)
class Block:
    """One displayable block of `helpers.blocks`."""

    content: Head | Table | KeyFigures | Notice | Release

    def __str__(self) -> str:
        match self.content:
            case Head():
                return self.content.title
            case Table():
                return self.content.caption
            case KeyFigures(items):
                return "\n".join(f"{item.label}: {item.value}" for item in items)
            case Notice(_, text, title):
                return f"{title}: {plain_text(text)}"
            case Release():
                return plain_text(self.content.headline)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the block under its own MIME type, as HTML and as text."""
        own = {mime_of(type(self.content)): write_block(self.content)}
        return own | {"text/html": html_of(self.content), "text/plain": str(self)}


@dataclass(frozen=True, slots=True)
class CitedFacts:
    """The facts that a document cites, as ``facts.json`` holds them, for its exporters."""

    entries: tuple[dict[str, Any], ...]
    heading: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the facts under their own MIME type, as HTML and as text."""
        items = "".join(
            f"<li><code>{escape(entry['key'])}</code> {escape(str(entry['text_id']))}</li>"
            for entry in self.entries
        )
        html = f"<details><summary>{escape(self.heading)}</summary><ul>{items}</ul></details>"
        own = {MIME.format(kind="facts"): {"facts": list(self.entries)}}
        return own | {"text/html": html, "text/plain": self.heading}


@dataclass(frozen=True, slots=True)
class Prose:
    """A generated paragraph; its figures come from facts and frames, never from the keyboard."""

    text: str

    def __str__(self) -> str:
        return without_citations(self.text)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Return the paragraph as Markdown and as text."""
        return {"text/markdown": self.text, "text/plain": without_citations(self.text)}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A ready MIME bundle, as `helpers.charts.figure_bundle` makes it."""

    content: dict[str, Any]

    def __str__(self) -> str:
        return str(self.content["text/plain"])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the bundle."""
        return self.content


def html_of(content: Head | Table | KeyFigures | Notice | Release) -> str:
    """Return a block as plain HTML."""
    match content:
        case Head():
            return f"<p>{escape(content.office)} · {content.year} · {escape(content.subtitle)}</p>"
        case Table():
            return _table_html(content)
        case KeyFigures(items):
            return "".join(
                f"<p><strong>{escape(item.value)}</strong> {escape(item.label)}"
                f"<br><small>{escape(item.note)}</small></p>"
                for item in items
            )
        case Notice(_, text, title):
            return f"<blockquote><strong>{escape(title)}</strong><br>{_escaped(text)}</blockquote>"
        case Release():
            sections = "".join(
                f"<h3>{_escaped(section.heading)}</h3>"
                + "".join(f"<p>{_escaped(paragraph)}</p>" for paragraph in section.paragraphs)
                for section in content.sections
            )
            return (
                f"<h2>{_escaped(content.headline)}</h2>"
                f"<p><strong>{_escaped(content.dateline)}</strong></p>"
                f"<p>{_escaped(content.lead)}</p>{sections}"
            )


def _escaped(prose: tuple[Inline, ...]) -> str:
    return escape(plain_text(prose))


def _table_html(table: Table) -> str:
    aligns = [column.align for column in table.columns]
    head = "".join(
        f'<th scope="col" style="text-align:{column.align}">{escape(column.label)}</th>'
        for column in table.columns
    )
    rows = (
        "".join(f'<td style="text-align:{align}">{escape(cell)}</td>'
                for align, cell in zip(aligns, row, strict=True))
        for row in table.rows
    )  # fmt: skip
    body = "".join(f"<tr>{cells}</tr>" for cells in rows)
    return (
        f"<table><caption>{escape(table.caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def write_shown(bundle: dict[str, Any], path: Path) -> None:
    """Keep a chart as shown for documents that show it again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(bundle, ensure_ascii=False), encoding="utf-8")


def read_shown(path: Path) -> dict[str, Any]:
    """Return a chart as shown.

    Raises
    ------
    SchemaError
        If no notebook has shown it.
    """
    if not path.is_file():
        raise SchemaError(f"no notebook before this one has drawn {path.stem!r}")
    bundle: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return bundle
