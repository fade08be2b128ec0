"""Judge lists of public bodies against the list that the facts give."""

from __future__ import annotations

import re
from functools import cache

from helpers.claims.expected import expected_text
from helpers.claims.model import CheckedClaim, Claim, Facts
from helpers.claims.score import Candidate

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
