"""The corpus: texts with their claims marked by hand, and the wrong variants of each claim.

A claim is marked where it stands, ``{98,30 persen|budget.absorption_rate|98,03 persen|…}``:

* the text as an honest writer has it;
* the fact that it states, ``a/b`` where two facts are both right, ``?`` where no fact
  speaks of it (must be unknown), ``-`` where the number is no claim at all;
* wrong variants, each tried alone in the otherwise honest text: all must be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
PARTS = ("dev", "second", "third", "heldout", "fourth", "fifth", "sixth", "seventh")
_MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)((?:\|[^{}|]*)*)\}")


@dataclass(frozen=True)
class Mark:
    """One marked claim: its honest text and place, the facts it states, its wrong variants."""

    text: str
    start: int
    end: int
    facts: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Release:
    """One text of the corpus, honest."""

    name: str
    lang: str
    style: str
    suffix: str
    text: str
    marks: tuple[Mark, ...]

    def variants(self) -> Iterator[tuple[Mark, str, str]]:
        """Yield each wrong variant: the mark, the wrong words, and the whole text with them."""
        for mark in self.marks:
            for wrong in mark.wrong:
                yield mark, wrong, self.text[: mark.start] + wrong + self.text[mark.end :]


def parse_release(path: Path) -> Release:
    """Read one file: header lines, a blank line, the marked text."""
    header, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    text, marks, last = "", [], 0
    for found in _MARK.finditer(body):
        text += body[last : found.start()]
        honest, facts, wrong = found.groups()
        marks.append(
            Mark(
                honest,
                len(text),
                len(text) + len(honest),
                tuple(facts.split("/")),
                tuple(wrong.split("|")[1:]),
            )
        )
        text += honest
        last = found.end()
    return Release(path.stem, fields["lang"], fields["style"], path.suffix, text + body[last:], tuple(marks))


@cache
def load_corpus(part: str) -> tuple[Release, ...]:
    """Return the releases of one part, one of `PARTS`, in order."""
    return tuple(parse_release(path) for path in sorted((FOLDER / part).iterdir()))
