"""Bind facts by the names that facts.json gives: labels of figures and lists of public bodies."""

from __future__ import annotations

import re
from functools import cache

from helpers.check.expected import expected_text
from helpers.check.lexicon import load_lexicon
from helpers.check.model import CheckedClaim, Claim, Fact, Facts
from helpers.check.scope import Part
from helpers.check.score import Candidate
from helpers.messages import has_text, translate

_KIND_OF_UNIT = {"share": "share", "idr": "idr", "count": "count", "index": "index", "class": "class"}
#: A label of one word ("Pagu") is too common to bind.
LABEL_WORDS = 2
LABEL_SCORE = 8.0


def label_candidates(claim: Claim, part: Part, facts: Facts) -> list[Candidate]:
    """Return the facts of the claim's kind whose label stands beside it, longer labels stronger."""
    declared = {binding.fact for entries in load_lexicon().bindings.values() for binding in entries}
    text = _fold(" ".join((*claim.labels, part.left, claim.text, part.right)))
    own = _fold(claim.labels[0]) if claim.labels else ""
    found = []
    for fact in facts.by_key.values():
        if _KIND_OF_UNIT.get(fact.unit) != claim.kind:
            continue
        label = _fold(_label(fact, claim.lang))
        inside = (
            fact.key not in declared and len(label.split()) >= LABEL_WORDS and f" {label} " in f" {text} "
        )
        if not label or not (inside or label == own):
            continue
        if claim.kind == "count" and label != own and not _counts(claim, fact):
            continue
        found.append(Candidate(fact.key, LABEL_SCORE + len(label.split())))
    return found


def _label(fact: Fact, lang: str) -> str:
    """Return the label that the facts file gives, else the catalogue's."""
    key = f"facts.label.{fact.key}"
    return fact.label.get(lang) or (translate(key, lang) if has_text(key, lang) else "")


def _counts(claim: Claim, fact: Fact) -> bool:
    written = claim.text.lower()
    return not fact.nouns or any(noun.lower() in written for noun in fact.nouns)


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


_JOIN = re.compile(r"\b(?:dan|serta|and|yang|di|lingkungan)\b", re.IGNORECASE)


def check_names(claim: Claim, candidates: list[Candidate], facts: Facts) -> CheckedClaim:
    """Return the verdict on a list; a name that the registry does not know leaves it unknown."""
    fact = facts.by_key.get(candidates[0].fact) if candidates else None
    if fact is None or not isinstance(fact.value, tuple):
        return CheckedClaim(claim, "unknown", note="unbound")
    named, rest = find_bodies(claim.text, facts.name_groups)
    wanted: set[int] = set()
    for name in fact.value:
        wanted |= find_bodies(name, facts.name_groups)[0]
    if named == wanted and not rest:
        return CheckedClaim(claim, "agrees", fact)
    if rest:
        return CheckedClaim(claim, "unknown", fact, note="unknown_name", values={"names": rest})
    return CheckedClaim(claim, "differs", fact, expected_text(claim, fact), note="names")


@cache
def _patterns(groups: tuple[tuple[str, ...], ...]) -> tuple[tuple[re.Pattern[str], int], ...]:
    names = [(alias, number) for number, group in enumerate(groups) for alias in group]
    names.sort(key=lambda item: -len(item[0]))
    return tuple(
        (
            re.compile(rf"(?<!\w){re.escape(alias).replace(chr(92) + ' ', r'[ ]+')}(?!\w)", re.IGNORECASE),
            number,
        )
        for alias, number in names
    )


def find_bodies(text: str, groups: tuple[tuple[str, ...], ...]) -> tuple[set[int], str]:
    """Return the bodies that a text names, by group number, and what else it holds."""
    found: set[int] = set()
    for pattern, number in _patterns(groups):
        text, hits = pattern.subn(" ", text)
        if hits:
            found.add(number)
    rest = " ".join(re.sub(r"[^\w\s]", " ", _JOIN.sub(" ", text)).split())
    return found, rest
