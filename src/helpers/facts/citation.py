"""The mark that ties a printed figure to its fact: ``[98,30 persen](fact:budget.absorption_rate)``.

It is a Markdown link, so that a notebook's prose can carry it; the exporters turn it
into a link to the figure's origin, or into plain text where there is nothing to open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.facts.model import Fact, FactValue
from helpers.formats import format_value

SCHEME = "fact"
_MARK = re.compile(rf"\[([^\[\]]+)\]\({SCHEME}:([\w.-]+)\)")


def cite(key: str, text: str) -> str:
    """Return a printed figure with the mark of its fact.

    >>> cite("opd.active_count", "25")
    '[25](fact:opd.active_count)'
    """
    return f"[{text}]({SCHEME}:{key})"


@dataclass(frozen=True, slots=True)
class Cited:
    """A value of a fact as a sentence's value: it prints itself with the fact's mark."""

    key: str
    value: FactValue
    own_text: dict[str, str] | None = None

    def printed(self, style: str, locale: str) -> str:
        """Return the value in a format of `helpers.formats`, or as the fact prints it, marked."""
        if style or self.own_text is None:
            return cite(self.key, format_value(self.value, style, locale))
        return cite(self.key, self.own_text[locale])


def cited(fact: Fact) -> Cited:
    """Return a fact as a value for a sentence."""
    return Cited(fact.key, fact.value, {"id": fact.text_id, "en": fact.text_en})


def split_citations(text: str) -> list[tuple[str, str]]:
    """Return the parts of a text in order, each with the key of its fact or an empty one.

    >>> split_citations("Ada [25](fact:opd.active_count) OPD.")
    [('Ada ', ''), ('25', 'opd.active_count'), (' OPD.', '')]
    """
    parts: list[tuple[str, str]] = []
    done = 0
    for match in _MARK.finditer(text):
        parts += [(text[done : match.start()], ""), (match[1], match[2])]
        done = match.end()
    return [(part, key) for part, key in (*parts, (text[done:], "")) if part]


def without_citations(text: str) -> str:
    """Return a text as read aloud: the figures without their marks."""
    return _MARK.sub(r"\1", text)


def cited_keys(text: str) -> list[str]:
    """Return the keys of the facts that a text cites, in order."""
    return [key for _, key in split_citations(text) if key]
