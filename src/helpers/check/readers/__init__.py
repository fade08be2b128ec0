"""Read the text of a file: Word, PDF, HTML, Markdown, plain text.

Never silently: a file that cannot be read, is encrypted or holds no text is refused
with a finding that says what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from helpers.check.model import DocumentText, TextFinding
from helpers.check.readers.page import read_html
from helpers.check.readers.pdf import read_pdf
from helpers.check.readers.plain import decode, looks_binary, read_text
from helpers.check.readers.word import read_docx
from helpers.errors import DataError, ParameterError, Place
from helpers.messages import translate

__all__ = ["READERS", "read_document", "read_text"]


def _plain(data: bytes, name: str) -> DocumentText:
    if looks_binary(data):
        raise DataError(findings=[TextFinding("unreadable", "text", Place(name), values={"detail": "biner"})])
    return read_text(decode(data), name)


#: By the ending of the file's name.
READERS: dict[str, Callable[[bytes, str], DocumentText]] = {
    ".docx": read_docx,
    ".pdf": read_pdf,
    ".html": read_html,
    ".htm": read_html,
    ".md": _plain,
    ".markdown": _plain,
    ".txt": _plain,
}


def read_document(path: Path, locale: str = "id") -> DocumentText:
    """Return the text of a file with its findings that do not stop the check.

    Raises
    ------
    ParameterError
        If there is no such file or its kind is not known.
    DataError
        If it is unreadable, encrypted or holds no text.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise ParameterError(translate("check.error.kind", locale, file=path.name, known=known))
    if not path.is_file():
        raise ParameterError(translate("check.error.no_file", locale, file=path.name))
    try:
        data = path.read_bytes()
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise DataError(
            findings=[TextFinding("unreadable", "text", Place(path.name), values={"detail": detail})]
        ) from error
    document = reader(data, path.name)
    if not any(character.isalpha() for character in document.text):
        raise DataError(findings=[TextFinding("no_text", "text", Place(path.name))])
    return document
