"""The press release as a Word file, filled into a template that the office may replace."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.exceptions import PythonDocxError
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import Environment, StrictUndefined
from jinja2.exceptions import TemplateError
from markupsafe import Markup

from helpers.blocks import plain_text, read_picture
from helpers.errors import ExportError
from helpers.messages import translate
from helpers.publish.model import Document
from helpers.publish.typeset import UNDATED
from helpers.read.xlsx_bytes import pack_parts, read_parts

TEMPLATE = Path(__file__).parent / "templates" / "press-release.docx"
_LANG, _VAL = qn("w:lang"), qn("w:val")
#: Millimetres.
_LOGO_HEIGHT = 16
_LANGUAGES = {"id": "id-ID", "en": "en-GB"}


def render_docx(document: Document, template: Path | None = None) -> bytes:
    """Return the release as a Word file.

    Parameters
    ----------
    document : Document
        A press release.
    template : Path, optional
        The office's own template; the bundled one otherwise.

    Raises
    ------
    ExportError
        If the template is missing, is no Word file, or names a field that does not exist.
    """
    source = template or TEMPLATE
    if not source.is_file():
        raise ExportError(translate("publish.errors.template_missing", document.lang, file=source.name))
    try:
        word = DocxTemplate(source)
        fields = _fields(document) | {"logo": _logo(document, word)}
        word.render(fields, jinja_env=Environment(undefined=StrictUndefined), autoescape=True)
    except (TemplateError, PythonDocxError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        reason = str(error)
        raise ExportError(
            translate("publish.errors.template_broken", document.lang, file=source.name, reason=reason)
        ) from error
    _set_properties(word, document)
    stream = BytesIO()
    word.save(stream)
    return pack_parts(read_parts(stream.getvalue()), compress=True)


def _fields(document: Document) -> dict[str, Any]:
    """Return the names that a template may use."""
    release = document.release
    if release is None:
        raise ValueError(f"{document.name} is not a press release")

    def word(key: str, **values: object) -> str:
        return translate(f"publish.{key}", document.lang, **values)

    head = document.letterhead
    date = word("label.published", date=document.release_date) if document.release_date else ""
    mark = word("label.illustrative") if document.illustrative else ""
    return {
        "agency": head.agency,
        "office_name": head.office,
        "address": " · ".join(part for part in (head.address, head.website) if part),
        "kind": word("label.press_release"),
        "headline": plain_text(release.headline),
        "dateline": plain_text(release.dateline),
        "lead": plain_text(release.lead),
        "sections": [
            {"heading": plain_text(section.heading), "paragraphs": list(map(plain_text, section.paragraphs))}
            for section in release.sections
        ],
        "key": [{"label": entry.label, "value": entry.value} for entry in release.key],
        "key_label": word("label.press_release_key"),
        "key_value": word("label.value"),
        "contact_heading": release.contact.heading,
        "contact": list(release.contact.lines),
        "notice_title": word("label.illustrative"),
        "notice": document.illustrative_text if document.illustrative else "",
        "note_heading": word("text.note_heading"),
        "note": release.note,
        "foot": " · ".join(part for part in (mark, date) if part),
        "word_page": word("label.page"),
        "word_of": word("label.page_of"),
    }


@dataclass(frozen=True, slots=True)
class _Logo:
    """A picture as a template's field, with its alternative text, which `InlineImage` cannot carry."""

    image: InlineImage
    alt: str

    def __html__(self) -> str:
        alternative = Markup('<wp:docPr descr="{}" ').format(self.alt)
        return str(self.image).replace("<wp:docPr ", alternative, 1)


def _logo(document: Document, word: DocxTemplate) -> _Logo | str:
    """Return the office's logo for the letterhead; Word files of this kind hold no SVG."""
    text = document.letterhead.logo
    picture = read_picture(text) if text else None
    if picture is None or picture.media_type == "image/svg+xml":
        return ""
    image = InlineImage(word, BytesIO(picture.content), height=Mm(_LOGO_HEIGHT))
    return _Logo(image, document.letterhead.office)


def _set_properties(word: DocxTemplate, document: Document) -> None:
    properties = word.docx.core_properties
    moment = dt.datetime.combine(document.release_date or UNDATED, dt.time())
    properties.title = plain_text(document.release.headline) if document.release else document.title
    properties.author = properties.last_modified_by = document.letterhead.office or document.office
    properties.language = _LANGUAGES[document.lang]
    properties.created = properties.modified = moment
    properties.revision = 1
    for name in ("comments", "keywords", "subject", "category"):
        setattr(properties, name, "")
    for language in word.docx.styles.element.iter(_LANG):
        language.set(_VAL, _LANGUAGES[document.lang])
