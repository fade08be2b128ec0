"""Outputs of a notebook that does not use the project's document model.

Kept as far as they can be published safely: images that say what they show, data
frames as tables, printed text. Other HTML is not passed on; its plain text is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag

from helpers.blocks import Column, Figure, Table
from helpers.publish.bundles import Cell
from helpers.publish.markdown import parse_markdown
from helpers.publish.model import Block, Preformatted

_IMAGES = ("image/svg+xml", "image/png", "image/jpeg")


def image_block(address: str, alt: str, title: str, cell: Cell, attachments: Mapping[str, Any]) -> Figure:
    """Return the figure of an image in Markdown: an attachment or a ``data:`` address.

    Raises
    ------
    ExportError
        If the image has no alternative text or lies outside the notebook.
    """
    name = f"image-{cell.number}"
    if not alt.strip():
        raise cell.refuse("alt_missing", name=address[:60])
    if address.startswith("attachment:"):
        bundle = attachments.get(address.removeprefix("attachment:"), {})
        address = next((str(bundle[kind]) for kind in _IMAGES if kind in bundle), "")
    elif not address.startswith("data:"):
        raise cell.refuse("picture_outside", name=address[:60])
    return _figure(name, address, alt, cell, title)


def _figure(name: str, content: str, alt: str, cell: Cell, title: str = "") -> Figure:
    cell.picture(content, name)
    kind: dict[str, Any] = {"svg": content} if "<svg" in content else {"png_base64": content}
    return Figure(name, alt.strip(), title=title, **kind)


def _joined(value: Any) -> str:
    """Notebooks on disk may hold a text as a list of lines."""
    return "".join(value) if isinstance(value, list) else str(value)


def output_blocks(output: Mapping[str, Any], cell: Cell) -> Iterable[Block]:
    """Yield the blocks of one output.

    Raises
    ------
    ExportError
        If an image has no alternative text.
    """
    if output["output_type"] == "stream":
        # What is printed to stderr is for whoever ran the notebook: warnings with paths of a machine.
        if output["name"] == "stdout":
            yield Preformatted(_joined(output["text"]).rstrip("\n"))
        return
    data = output["data"]
    if "text/html" in data:
        blocks = list(_html_blocks(_joined(data["text/html"]), cell))
        if blocks:
            yield from blocks
            return
    kind = next((kind for kind in _IMAGES if kind in data), None)
    if kind is not None:
        metadata = output.get("metadata", {})
        alt = str(metadata.get(kind, {}).get("alt") or metadata.get("alt") or "")
        name = f"figure-{cell.number}"
        if not alt.strip():
            raise cell.refuse("alt_missing", name=name)
        yield _figure(name, _joined(data[kind]), alt, cell)
    elif "text/markdown" in data:
        source = _joined(data["text/markdown"])
        yield from parse_markdown(source, lambda url, alt, title: image_block(url, alt, title, cell, {}))
    elif "text/plain" in data:
        yield Preformatted(_joined(data["text/plain"]).rstrip("\n"))


def _html_blocks(markup: str, cell: Cell) -> Iterable[Block]:
    soup = BeautifulSoup(markup, "html.parser")
    for image in soup.find_all("img"):
        caption = soup.find("figcaption")
        title = caption.get_text(" ", strip=True) if caption else ""
        yield image_block(str(image.get("src", "")), str(image.get("alt", "")), title, cell, {})
    for table in soup.find_all("table"):
        block = _html_table(table)
        if block is not None:
            yield block


def _html_table(table: Tag) -> Table | None:
    rows = [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in table("tr")]
    rows = [row for row in rows if any(row)]
    if len(rows) < 2:
        return None
    width = max(map(len, rows))
    head, *body = [tuple(row + [""] * (width - len(row))) for row in rows]
    numeric = [all(_looks_numeric(row[place]) for row in body) for place in range(width)]
    caption = table.find("caption")
    columns = tuple(Column(label, "right" if numeric[place] else "left") for place, label in enumerate(head))
    return Table("", caption.get_text(" ", strip=True) if caption else "", columns, tuple(body))


def _looks_numeric(text: str) -> bool:
    return text.strip("-+Rp%.,0123456789eE ") == "" and any(character.isdigit() for character in text)
