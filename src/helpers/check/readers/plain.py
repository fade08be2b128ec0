"""Plain text and Markdown, in whatever encoding they come."""

from __future__ import annotations

import re

from helpers.check.model import Block, DocumentText

_BLANKS = str.maketrans(
    {"\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ", "\ufeff": " "}
)
_DROPPED = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufffe")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")


def clean_text(text: str) -> str:
    """Return text with every kind of blank as a space and without invisible marks."""
    return text.translate(_BLANKS).translate(_DROPPED)


def decode(data: bytes) -> str:
    """Return the text of bytes in UTF-8, UTF-16 or Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def looks_binary(data: bytes) -> bool:
    """Return whether bytes are no text in any of the encodings."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return b"\x00" in data[:4096] or data.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def read_text(text: str, name: str) -> DocumentText:
    """Return the blocks of a plain text, or of Markdown if the name says so; lines are kept."""
    if name.endswith((".md", ".markdown")):
        return DocumentText(name, tuple(_markdown_blocks(text)))
    lines = enumerate(clean_text(text).splitlines(), start=1)
    return DocumentText(name, tuple(Block(line, number) for number, line in lines if line.strip()))


def _markdown_blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    header: list[str] = []
    in_code = False
    for number, line in enumerate(clean_text(text).splitlines(), start=1):
        if line.lstrip().startswith(("```", "~~~")):
            in_code = not in_code
        elif in_code or not line.strip():
            header = [] if not in_code else header
        elif _RULE.fullmatch(line):
            continue
        elif line.strip().startswith("|"):
            cells = [_strip_marks(cell).strip() for cell in line.strip().strip("|").split("|")]
            if header:
                blocks += table_row(cells, header, number)
            else:
                header = cells
        elif line.lstrip().startswith("#"):
            blocks.append(Block(_strip_marks(line.lstrip("# ")), number, "heading"))
        else:
            blocks.append(Block(_strip_marks(line), number))
    return blocks


def table_row(cells: list[str], header: list[str], line: int) -> list[Block]:
    """Return a table row's cells as blocks labelled by row and column."""
    blocks = []
    for position, cell in enumerate(cells):
        if not cell:
            continue
        labels = [cells[0]] if position else []
        if position < len(header) and header[position] and header[position] != cell:
            labels.append(header[position])
        blocks.append(Block(cell, line, "cell", tuple(labels), max(len(cells), len(header))))
    return blocks


def _strip_marks(text: str) -> str:
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__|~~|`)", "", text)
    return re.sub(r"(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)", "", text)
