"""Blocks of the document model: what a cell shows in JupyterLab and hands to the exporters.

Each block carries its content once as JSON under its own MIME type, which the HTML and
PDF exporters read, and once as plain HTML for JupyterLab.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from helpers.errors import SchemaError
from helpers.facts.citation import without_citations

MIME = "application/vnd.helpers.{kind}+json"


@dataclass(frozen=True, slots=True)
class Block:
    """One displayable block; notebooks end a cell with it."""

    kind: str
    content: dict[str, Any]
    html: str
    text: str
    extra: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the block under its own MIME type, as HTML and as text."""
        return {
            MIME.format(kind=self.kind): self.content,
            "text/html": self.html,
            "text/plain": self.text,
            **self.extra,
        }


@dataclass(frozen=True, slots=True)
class Blocks:
    """Several blocks shown by one cell, in order."""

    parts: tuple[Any, ...]

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for part in self.parts:
            display(part)  # type: ignore[no-untyped-call]


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


def table_block(content: dict[str, Any]) -> Block:
    """Return a table block from the content of ``vnd.helpers.table+json``."""
    head = "".join(
        f'<th scope="col" style="text-align:{column["align"]}">{escape(column["label"])}</th>'
        for column in content["columns"]
    )
    aligns = [column["align"] for column in content["columns"]]
    body = "".join(
        "<tr>"
        + "".join(
            f'<td style="text-align:{align}">{escape(cell)}</td>'
            for align, cell in zip(aligns, row, strict=True)
        )
        + "</tr>"
        for row in content["rows"]
    )
    html = (
        f"<table><caption>{escape(content['caption'])}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    return Block("table", content, html, content["caption"])


def key_figures_block(items: Sequence[dict[str, Any]]) -> Block:
    """Return the block of key figures: each with ``key``, ``label``, ``value`` and ``note``."""
    html = "".join(
        f"<p><strong>{escape(item['value'])}</strong> {escape(item['label'])}"
        f"<br><small>{escape(item['note'])}</small></p>"
        for item in items
    )
    text = "\n".join(f"{item['label']}: {item['value']}" for item in items)
    return Block("keyfigures", {"items": list(items)}, html, text)


def notice_block(kind: str, title: str, text: str) -> Block:
    """Return a notice: ``illustrative``, ``warning`` or ``info``."""
    spoken = without_citations(text)
    html = f"<blockquote><strong>{escape(title)}</strong><br>{escape(spoken)}</blockquote>"
    return Block("notice", {"kind": kind, "title": title, "text": text}, html, f"{title}: {spoken}")


def facts_block(entries: Sequence[dict[str, Any]], heading: str) -> Block:
    """Return the facts that a document cites, as ``facts.json`` holds them, for its exporters."""
    html = f"<details><summary>{escape(heading)}</summary><ul>" + "".join(
        f"<li><code>{escape(entry['key'])}</code> {escape(str(entry['text_id']))}</li>" for entry in entries
    ) + "</ul></details>"  # fmt: skip
    return Block("facts", {"facts": list(entries)}, html, heading)


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


def document_block(content: dict[str, Any]) -> Block:
    """Return the head of a document: what it is, of whom, in which language."""
    html = f"<p>{escape(content['office'])} · {content['year']} · {escape(content['subtitle'])}</p>"
    return Block("document", content, html, content["title"])


def release_block(content: dict[str, Any]) -> Block:
    """Return a press release from its parts (see `helpers.notebook.release.parse_release`)."""
    sections = "".join(
        f"<h3>{escape(without_citations(section['heading']))}</h3>"
        + "".join(f"<p>{escape(without_citations(text))}</p>" for text in section["paragraphs"])
        for section in content["sections"]
    )
    headline = without_citations(content["headline"])
    html = (
        f"<h2>{escape(headline)}</h2>"
        f"<p><strong>{escape(without_citations(content['dateline']))}</strong></p>"
        f"<p>{escape(without_citations(content['lead']))}</p>{sections}"
    )
    return Block("release", content, html, headline)
