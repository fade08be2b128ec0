"""The words of a chapter: a sentence in both languages, in which no number can be typed."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from helpers.errors import SchemaError
from helpers.messages import catalogue, translate

#: Names that carry digits; every other digit in a sentence is a number that somebody typed.
NAMES_WITH_DIGITS = re.compile(
    r"P4GN|B06|B12|P2M|Inpres (?:Nomor |No\. )?2(?: Tahun |/)2020|Presidential Instruction 2/2020"
)
#: Format of a placeholder → unit of the figure that its value becomes.
UNITS = {
    "percent": "share", "percent0": "share", "percent1": "share", "idr": "idr", "idr_short": "idr",
    "count": "count", "word": "count", "index": "index", "number1": "index", "number2": "index",
    "date": "date", "date_day": "date", "list": "list",
}  # fmt: skip
#: What such a value prints is a word: the name of a month or of a day.
WORD_FORMATS = ("month", "month_short", "day")
_LINK_TARGET = re.compile(r"\]\(#[^)]*\)")


#: A sentence that a cell writes over several lines is one line.
_CONTINUED = re.compile(r"\n[ \t]+")


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages and the values of its placeholders; ``key`` if it is the catalogue's."""

    id: str
    en: str
    values: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""

    def text(self, locale: str) -> str:
        """Return the text in one language, its placeholders open."""
        return _CONTINUED.sub(" ", self.id if locale == "id" else self.en)

    def given(self, **values: Any) -> Words:
        """Return the text with values of its placeholders."""
        return replace(self, values={**self.values, **values})


def words(id: str, en: str, **values: Any) -> Words:
    """Return a text in both languages with the values of its placeholders, for `Chapter.tiles`."""
    return Words(id, en, values)


def catalogued(key: str, **values: Any) -> Words:
    """Return a text of the catalogue, for what several documents or rules say."""
    return Words(catalogue("id")[key], catalogue("en")[key], values, key)


def placeholders(text: str) -> dict[str, str]:
    """Return the placeholders of a text with their formats.

    >>> placeholders("{budget.absorption_rate} pada {month:month}")
    {'budget.absorption_rate': '', 'month': 'month'}
    """
    return {name: style or "" for _, name, style, _ in string.Formatter().parse(text) if name}


def check_words(said: Words, locale: str) -> dict[str, str]:
    """Return the placeholders of a text with their formats, after looking at both languages.

    Raises
    ------
    SchemaError
        If a number is typed into either language, or they do not hold the same placeholders.
    """
    for text in (said.text("id"), said.text("en")):
        typed = find_typed(text)
        if typed:
            raise refusal("number_typed", locale, found=typed, text=text)
    found, other = placeholders(said.text("id")), placeholders(said.text("en"))
    if found != other:
        names = sorted({name for name, _ in found.items() ^ other.items()})
        raise refusal("words_differ", locale, names=names, text=said.text(locale))
    return found


def find_typed(text: str) -> str:
    """Return the first number typed into a text, or nothing.

    >>> find_typed("Terserap {rate:percent} dari 25 OPD pada posisi B06 ([bagan](#b-1))")
    '25'
    """
    plain = "".join(part for part, *_ in string.Formatter().parse(_LINK_TARGET.sub("]", text)))
    match = re.search(r"\d[\d.,]*", NAMES_WITH_DIGITS.sub("", plain))
    return match[0] if match else ""


def refusal(code: str, locale: str, **values: Any) -> SchemaError:
    """Return the error of a cell: what is wrong, its text, and what to write instead."""
    return SchemaError(translate(f"chapter.{code}", locale, **values))
