"""What a file holds beside its text and the check cannot read: said, never passed over in silence."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from helpers.check.model import TextFinding
from helpers.errors import Finding, Place

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VML = "{urn:schemas-microsoft-com:vml}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: Parts of a Word file that draw figures or embed whole documents.
_DRAWN = ("word/charts/chart", "word/diagrams/data", "word/embeddings/")


def pictures_finding(count: int, name: str) -> Iterator[Finding]:
    """Yield the warning that some pictures or charts were not read."""
    if count:
        yield TextFinding(
            "pictures_not_read", "text", Place(name), severity="warning", values={"count": count}
        )


def word_findings(archive: zipfile.ZipFile, roots: Sequence[Any], name: str) -> Iterator[Finding]:
    """Yield what a Word file holds beside its text: pictures, tracked changes, comments.

    Parameters
    ----------
    archive : ZipFile
    roots : sequence of lxml elements
        Body, headers, footers and notes.
    """
    pictures = sum(
        1
        for root in roots
        for element in root.iter(f"{A}blip", f"{VML}imagedata")
        if not _is_fallback(element)
    )
    drawn = sum(1 for part in archive.namelist() if part.startswith(_DRAWN) and "/_rels/" not in part)
    yield from pictures_finding(pictures + drawn, name)
    added = sum(1 for root in roots for _ in root.iter(f"{W}ins", f"{W}moveTo"))
    removed = sum(1 for root in roots for _ in root.iter(f"{W}del", f"{W}moveFrom"))
    if added or removed:
        values = {"added": added, "removed": removed}
        yield TextFinding("tracked_changes", "text", Place(name), severity="warning", values=values)
    comments = archive.read("word/comments.xml").count(b"<w:comment ") if _has_comments(archive) else 0
    if comments:
        values = {"count": comments}
        yield TextFinding("comments_not_read", "text", Place(name), severity="warning", values=values)


def _has_comments(archive: zipfile.ZipFile) -> bool:
    return "word/comments.xml" in archive.namelist()


def _is_fallback(element: Any) -> bool:
    """Return whether an element only repeats another one for old programs."""
    return any(ancestor.tag == FALLBACK for ancestor in element.iterancestors())


def picture_texts(paragraph: Any) -> list[str]:
    """Return the alternative texts of a paragraph's pictures."""
    found = (str(drawing.get("descr") or "") for drawing in paragraph.iter(f"{WP}docPr"))
    return [" ".join(text.split()) for text in found if text.strip()]
