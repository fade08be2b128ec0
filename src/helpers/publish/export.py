"""All files of one document in one call; the release also as plain text for chat groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from helpers.blocks import Release, plain_text
from helpers.errors import ExportError
from helpers.messages import translate
from helpers.publish.document import read_document
from helpers.publish.model import Document

#: The formats of every document, and those of a press release.
FORMATS = ("html", "pdf")
RELEASE_FORMATS = ("html", "pdf", "docx", "txt")


def export(
    notebook: Mapping[str, Any],
    formats: Iterable[str],
    out_folder: Path,
    *,
    name: str = "document",
    template: Path | None = None,
) -> list[Path]:
    """Write an executed notebook's document in several formats.

    Parameters
    ----------
    notebook : NotebookNode
    formats : iterable of str
        ``html`` and ``pdf``; for a press release also ``docx`` and ``txt``.
    out_folder : Path
        Made if it is missing. Files are named as the document is.
    name : str
        Name to use if the notebook does not declare one.
    template : Path, optional
        The office's own Word template.

    Raises
    ------
    ExportError
        If the document cannot be published; nothing is written then.
    """
    return export_document(read_document(notebook, name), formats, out_folder, template=template)


def export_document(
    document: Document, formats: Iterable[str], out_folder: Path, *, template: Path | None = None
) -> list[Path]:
    """Write a document in several formats, all or none; see `export`."""
    wanted = list(formats)
    known = RELEASE_FORMATS if document.release else FORMATS
    for value in wanted:
        if value not in known:
            values = {"value": value, "name": document.name, "known": ", ".join(known)}
            raise ExportError(translate("publish.errors.format_unknown", document.lang, **values))
    contents = {value: _render(document, value, template) for value in wanted}
    out_folder.mkdir(parents=True, exist_ok=True)
    paths = [out_folder / f"{document.name}.{value}" for value in wanted]
    for path, content in zip(paths, contents.values(), strict=True):
        path.write_bytes(content)
    return paths


def _render(document: Document, kind: str, template: Path | None) -> bytes:
    """Return a file's content; each writer is loaded when it is first used."""
    match kind:
        case "html":
            from helpers.publish.page import render_page

            return render_page(document).encode()
        case "pdf":
            from helpers.publish.pdf import render_pdf

            return render_pdf(document)
        case "docx":
            from helpers.publish.word import render_docx

            return render_docx(document, template)
        case _:
            from helpers.publish.export import render_text

            return render_text(document).encode()


def render_text(document: Document) -> str:
    """Return the release as text; lines end where a paragraph ends, since a telephone wraps them.

    Raises
    ------
    ValueError
        If the document holds no press release.
    """
    release = document.release
    if release is None:
        raise ValueError(f"{document.name} is not a press release")
    return "\n\n".join(part for part in _parts(document, release) if part) + "\n"


def _parts(document: Document, release: Release) -> Iterator[str]:
    lang = document.lang
    head = document.letterhead
    yield "\n".join(part for part in (head.agency.upper(), head.office.upper()) if part)
    yield f"{translate('publish.label.press_release', lang).upper()}\n{plain_text(release.headline)}"
    if document.illustrative:
        mark = translate("publish.label.illustrative", lang).upper()
        yield f"[{mark}] {document.illustrative_text}".strip()
    yield f"{plain_text(release.dateline)} – {plain_text(release.lead)}"
    if release.key:
        heading = translate("publish.label.press_release_key", lang).upper()
        yield "\n".join([heading, *(f"• {entry.label}: {entry.value}" for entry in release.key)])
    for section in release.sections:
        paragraphs = "\n\n".join(map(plain_text, section.paragraphs))
        heading = plain_text(section.heading).upper()
        yield f"{heading}\n{paragraphs}" if heading else paragraphs
    if release.contact.lines:
        yield "\n".join([release.contact.heading.upper(), *release.contact.lines])
    if release.note:
        yield f"{translate('publish.text.note_heading', lang)}: {release.note}"
