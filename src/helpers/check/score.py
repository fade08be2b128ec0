"""How strongly the words around a claim speak for a binding."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.check.lexicon import Binding
from helpers.check.model import Claim
from helpers.check.nouns import ELLIPSIS
from helpers.check.scope import SOFT, Part

#: A claim is called wrong from this score on; to agree, weaker words are enough.
THRESHOLD = 1.25
AGREE_THRESHOLD = 0.7
#: A cue outside the sentence (in what was said just before) counts this much.
BEFORE_WEIGHT = 0.55
_BEFORE_DECAY = 0.03
_DECAY = 0.09
_CROSS_CLAIM = 0.3
_CROSS_OTHER_NOUN = 0.85
_CROSS_SOFT = 0.8
_CROSS_CLAUSE = 0.5
_AFTER = 0.9
_LABEL = 0.95
_OWN_TEXT = 0.9
#: A cue in the question that the text answers.
_ASKED = 0.6
_ROW_ALONE = 0.2
_TWO = 2
_OWNED_BEFORE = 0.75
_OWNED_AFTER = 0.4
#: Keeps ``$`` (words just before the claim) from matching behind it, and ``^`` before it.
_STOP = "\u241f"
_BEGIN, _FINISH = f"{_STOP}\n", f"\n{_STOP}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact that a claim may be about, and how strongly; ``weak`` if only earlier text says so."""

    fact: str
    score: float
    also: str = ""
    weak: bool = False


def score_binding(
    claim: Claim, binding: Binding, siblings: list[Claim], part: Part, *, look_back: bool
) -> float:
    """Return the strength of the best cue, 0 where the topic is absent or a word forbids it.

    With ``look_back`` the cues are sought in what was said before the sentence.
    """
    if not is_open(claim, binding, part, look_back=look_back):
        return 0.0
    if not look_back:
        return cue_strength(claim, binding, siblings)
    if not refers_back(claim, siblings):
        return binding.base
    asked = (_ASKED * weight for pattern, weight in binding.cues if pattern.search(claim.asked))
    return max(
        [*asked, *(weight * _before(claim, pattern) for pattern, weight in binding.cues), binding.base]
    )


def cue_strength(claim: Claim, binding: Binding, siblings: list[Claim]) -> float:
    """Return how strongly the sentence itself speaks of the binding's fact, whatever forbids it."""
    return max(
        (weight * _strength(claim, pattern, siblings) for pattern, weight in binding.cues), default=0.0
    )


def is_open(claim: Claim, binding: Binding, part: Part, *, look_back: bool) -> bool:
    """Return whether the topic is there and no word around the claim forbids the binding."""
    labels = " : ".join(claim.labels)
    left = f"{labels} {claim.sentence[: claim.start]}"
    told = claim.earlier if binding.reach else ""
    if binding.topic.pattern and not binding.topic.search(f"{told} {claim.before} {left} {claim.sentence}"):
        return False
    if binding.needs_left and not binding.needs_left.search(left):
        return False
    if binding.block_sentence and binding.block_sentence.search(claim.sentence):
        return False
    if binding.block_left and any(binding.block_left.search(text) for text in (part.left, labels)):
        return False
    around = (_BEGIN + part.left, part.right + _FINISH, _BEGIN + labels, claim.asked if look_back else "")
    return not (binding.block and any(binding.block.search(text) for text in around))


def _strength(claim: Claim, cue: re.Pattern[str], siblings: list[Claim]) -> float:
    best = max(_label_strength(claim, cue), _OWN_TEXT * bool(cue.search(claim.core)))
    for found in cue.finditer(claim.sentence[: claim.start]):
        between = _without(claim, siblings, found.end(), claim.start)
        owned = _owned(between, claim.sentence[: found.start()], claim, siblings, before=True)
        best = max(best, owned * _near(between) * _crossing(siblings, claim, found.end(), claim.start))
    for found in cue.finditer(claim.sentence, claim.end):
        between = _without(claim, siblings, claim.end, found.start())
        weight = _AFTER * (_CROSS_CLAUSE if _ANOTHER.search(between) else 1)
        owned = _owned(between, claim.sentence[found.end() :], claim, siblings, before=False)
        crossing = _crossing(siblings, claim, claim.end, found.start())
        best = max(best, owned * weight * _near(between) * crossing)
    return best


def _without(claim: Claim, siblings: list[Claim], start: int, end: int) -> str:
    """Return a piece of the sentence without what puts nothing further off: names, dates, what is joined."""
    text = claim.sentence[start:end]
    for other in sorted(siblings, key=lambda item: -item.start):
        joined = (
            other.kind == claim.kind
            and other.noun != claim.noun
            and _JOINED.fullmatch(claim.sentence[min(other.end, claim.end) : max(other.start, claim.start)])
        )
        if (other.kind in ("names", "date") or joined) and start <= other.start and other.end <= end:
            text = text[: other.start - start].rstrip(" ,(") + text[other.end - start :].lstrip(" ,)")
    return text


def _label_strength(claim: Claim, cue: re.Pattern[str]) -> float:
    """In a table of many columns the column's heading must speak of the fact, not only the row's."""
    if claim.columns > _TWO and len(claim.labels) > 1:
        return (
            _LABEL
            if cue.search(claim.labels[-1])
            else _LABEL * _ROW_ALONE * bool(cue.search(claim.labels[0]))
        )
    return _LABEL if any(cue.search(label) for label in claim.labels) else 0.0


def _owned(between: str, beyond: str, claim: Claim, siblings: list[Claim], *, before: bool) -> float:
    """Return what a cue keeps where a claim on its other side stands as near to it or nearer."""
    kin = [other for other in siblings if other.kind == claim.kind and other.start != claim.start]
    length = len(claim.sentence)
    if before:
        gaps = [beyond[other.end :] for other in kin if other.end <= len(beyond)]
    else:
        start = length - len(beyond)
        gaps = [claim.sentence[start : other.start] for other in kin if other.start >= start]
    distance = len(_WORD.findall(between))
    nearest = min((len(_WORD.findall(gap)) for gap in gaps), default=None)
    if nearest is None or nearest > distance or (before and nearest == distance):
        return 1.0
    return _OWNED_BEFORE if before else _OWNED_AFTER


def refers_back(claim: Claim, siblings: list[Claim]) -> bool:
    """Return whether a claim's sentence leaves unsaid what it is about ("Persisnya 98,30 persen").

    A figure with a subject of its own ("60 persen peserta") does not speak of what came before.
    """
    if claim.labels:
        return False
    if claim.asked:
        return True
    if claim.kind == "names":
        return not any(other.kind == "names" and other.start != claim.start for other in siblings)
    if claim.kind == "year":
        return _BARE_YEAR.fullmatch(claim.sentence[: claim.start]) is not None
    follow = _SUBJECTLESS if claim.kind == "count" else ELLIPSIS
    if claim.kind in ("share", "index", "count") and not follow.match(claim.sentence, claim.end):
        return False
    left = claim.sentence[: claim.start]
    for other in reversed([other for other in siblings if other.end <= claim.start]):
        left = left[: other.start] + left[other.end :]
    return _OPEN_START.fullmatch(left) is not None or _ANAPHORA.search(left) is not None


def _before(claim: Claim, cue: re.Pattern[str]) -> float:
    found = list(cue.finditer(claim.before))
    if not found:
        return 0.0
    words = len(_WORD.findall(claim.before[found[-1].end() :]))
    return BEFORE_WEIGHT / (1 + _BEFORE_DECAY * words)


def _crossing(siblings: list[Claim], claim: Claim, start: int, end: int) -> float:
    factor = 1.0
    for other in siblings:
        if other.kind == claim.kind and other.start >= start and other.end <= end:
            factor *= _CROSS_CLAIM if other.noun == claim.noun else _CROSS_OTHER_NOUN
    return factor


#: A sentence that opens with a figure leaves its subject to the sentence before.
_OPEN_START = re.compile(
    r"\W*(?:(?:sebesar|sebanyak|sudah|baru|hanya|masih|ada|sekitar|hampir|lebih|dari|di|atas|tepatnya|persisnya|totalnya|"
    r"jumlahnya|yakni|yaitu|atau|tercatat|mencapai|tinggal|diikuti|all|about|only|some|just|or|memperluas|pelaksanaan|"
    r"inpres|ke|dan|and|serta|persentase|rasio)\W*){0,4}",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r";|\b(?:sedangkan|sdgkan|sementara|namun|tetapi|while|but|whereas)\b", re.IGNORECASE)
_JOINED = re.compile(r"\s*,?\s*(?:dan|serta|and|plus|ditambah|bersama)\s*", re.IGNORECASE)
_ANOTHER = re.compile(r",\s*(?:dan|serta|and)\b", re.IGNORECASE)
_BARE_YEAR = re.compile(r"\W*(?:(?:sejak|pada|since|in)\s+)?(?:tahun\s+)?", re.IGNORECASE)
_SUBJECTLESS = re.compile(
    r"\s*[*_]*\s*(?:$|[.,;:()]|(?:yang|itu|tersebut|lainnya|tadi|dan|serta|di|dari|of|in|and|filed)\b)"
)
_ANAPHORA = re.compile(
    r"\b(?:angka|capaian|tepatnya|persisnya|sebesar|atau|artinya|hasilnya|nilainya|jumlahnya|totalnya|pesertanya|skornya|"
    r"exact|rate|figure|itu|tersebut|ini|keduanya|mereka|they|this|kategorinya|predikatnya|all)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\d[\d.,]*|[^\W\d]+")


def _near(between: str) -> float:
    words = len(_WORD.findall(between))
    soft = len(SOFT.findall(between))
    clauses = len(_CLAUSE.findall(between))
    return (1 / (1 + _DECAY * words)) * float(_CROSS_SOFT ** min(soft, 3)) * float(_CROSS_CLAUSE**clauses)
