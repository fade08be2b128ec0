"""The binding lexicon, compiled: which words tie a claim to which fact."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Binding:
    """One entry of ``lexicon.toml``."""

    fact: str
    kind: str
    noun: str
    cues: tuple[tuple[re.Pattern[str], float], ...]
    topic: re.Pattern[str]
    block: re.Pattern[str] | None
    block_left: re.Pattern[str] | None
    block_sentence: re.Pattern[str] | None
    needs_left: re.Pattern[str] | None
    base: float
    far: float
    any_scope: bool
    reach: bool
    also: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Bindings by kind of claim, nouns by group, derived facts and part-whole pairs."""

    bindings: dict[str, tuple[Binding, ...]]
    nouns: dict[str, re.Pattern[str]]
    derive: dict[str, dict[str, Any]]
    wholes: tuple[tuple[str, tuple[str, ...]], ...]

    def noun_in(self, text: str, start: int = 0) -> tuple[str, int] | None:
        """Return the group and end of the noun that stands exactly at an offset."""
        for group, pattern in self.nouns.items():
            found = pattern.match(text, start)
            if found:
                return group, found.end()
        return None

    def last_noun(self, text: str) -> tuple[str, int] | None:
        """Return group and offset of the last noun of any group in a text."""
        found = [(m.start(), group) for group, pattern in self.nouns.items() for m in pattern.finditer(text)]
        return (max(found)[1], max(found)[0]) if found else None


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("\n", ""), re.IGNORECASE)


def _optional(pattern: str | None) -> re.Pattern[str] | None:
    return _compile(pattern) if pattern else None


def _binding(entry: dict[str, Any]) -> Binding:
    return Binding(
        fact=entry["fact"],
        kind=entry["kind"],
        noun=entry.get("nouns", ""),
        cues=tuple((_compile(pattern), float(weight)) for pattern, weight in entry["cues"]),
        topic=_compile(entry["topic"]),
        block=_optional(entry.get("block")),
        block_left=_optional(entry.get("block_left")),
        block_sentence=_optional(entry.get("block_sentence")),
        needs_left=_optional(entry.get("needs_left")),
        base=float(entry.get("base", 0)),
        far=float(entry.get("far", 0)),
        any_scope=entry.get("scope") == "any",
        reach=bool(entry.get("reach")),
        also=entry.get("also", ""),
    )


@cache
def load_lexicon() -> Lexicon:
    """Read ``lexicon.toml``, once."""
    source = files("helpers.check").joinpath("lexicon.toml").read_text(encoding="utf-8")
    data = tomllib.loads(source)
    by_kind: dict[str, list[Binding]] = {}
    for entry in data["binding"]:
        by_kind.setdefault(entry["kind"], []).append(_binding(entry))
    return Lexicon(
        bindings={kind: tuple(entries) for kind, entries in by_kind.items()},
        nouns={group: _compile(rf"\b(?:{pattern})(?!\w)") for group, pattern in data["nouns"].items()},
        derive=data["derive"],
        wholes=tuple((entry["whole"], tuple(entry["parts"])) for entry in data["ratio"]),
    )
