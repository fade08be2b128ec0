"""Facts without an entry in the lexicon, bound by the label that ``facts.json`` gives them.

A label binds only where it stands whole in the claim's own part of the sentence
("penyerapan belanja barang 98,05 persen"), or is the label of the claim's row or tile.
"""

from __future__ import annotations

import re

from helpers.claims.lexicon import load_lexicon
from helpers.claims.model import Claim, Fact, Facts
from helpers.claims.scope import Part
from helpers.claims.score import Candidate
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
