"""The press release as plain text for chat groups: no markup, one paragraph a line."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.blocks import Release, plain_text
from helpers.messages import translate
from helpers.publish.model import Document


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
