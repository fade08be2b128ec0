"""Words that qualify a figure: "lebih dari", "sekitar", "hampir", "antara 97 dan".

A qualified claim holds its qualifier, so that the text to paste replaces both.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from helpers.claims.model import Claim, Modifier
from helpers.claims.numerals import DIGITS, read_digits

_BEFORE: tuple[tuple[Modifier, str], ...] = (
    ("at_least", r"minimal|setidak-?tidaknya|setidaknya|sedikitnya|paling\s+sedikit|"
     r"(?:tidak|tak|tdk)\s+kurang\s+dari|at\s+least|no\s+fewer\s+than"),
    ("at_most", r"maksimal|paling\s+banyak|(?:tidak|tak|tdk)\s+lebih\s+dari|at\s+most|up\s+to|"
     r"no\s+more\s+than"),
    ("over", r"(?:sudah\s+)?lebih\s+dari|lebih|di\s?atas|melebihi|melampaui|melewati|more\s+than|over|above|"
     r"exceed(?:s|ed|ing)?"),
    ("under", r"kurang\s+dari|di\s?bawah|less\s+than|under|below|fewer\s+than"),
    ("about", r"sekitar|kurang\s+lebih|lebih\s+kurang|kisaran|kira-kira|±|\+/-|~|about|around|approximately|"
     r"roughly|some"),
    ("nearly", r"hampir|nyaris|mendekati|nearly|almost|close\s+to"),
)  # fmt: skip
_HEADS = tuple(
    (modifier, re.compile(rf"(?<!\w)(?:{words})\s*(?:angka\s+|nilai\s+|sebesar\s+)?$", re.IGNORECASE))
    for modifier, words in _BEFORE
)
_MORE_AFTER = re.compile(
    r"\s+(?:lebih\b(?!\s+(?:dari|baik|tinggi|rendah|banyak|awal|besar|kecil|cepat))|ke\s+atas\b)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"({DIGITS})\s*(?:%|persen|percent)?\s*(-|–|—|sampai|hingga|s\.d\.|to|dan|and)\s*$", re.IGNORECASE
)
_BETWEEN = re.compile(r"\b(?:antara|between|dari|from|kisaran)\s*$", re.IGNORECASE)


def qualify(claim: Claim) -> Claim:
    """Return the claim with its modifier; one in a span ("97 hingga 99 persen") with its lower end."""
    if claim.number is None or claim.kind == "year":
        return claim
    head = claim.sentence[: claim.start]
    low = _range_start(claim, head)
    if low is not None:
        return replace(claim, modifier="range", low=low)
    for modifier, pattern in _HEADS:
        found = pattern.search(head)
        if found:
            return replace(
                claim, modifier=modifier, start=found.start(), text=claim.sentence[found.start() : claim.end]
            )
    after = _MORE_AFTER.match(claim.sentence, claim.end)
    if after and claim.kind != "count":
        return replace(
            claim, modifier="over", end=after.end(), text=claim.sentence[claim.start : after.end()]
        )
    return claim


def _range_start(claim: Claim, head: str) -> Decimal | None:
    """Return the lower end of a span that this claim closes; indices keep their two ends apart."""
    found = _RANGE.search(head) if claim.kind in ("share", "count") else None
    if found is None:
        return None
    joined_by_word = found.group(2).lower() in ("dan", "and", "to", "sampai", "hingga")
    if joined_by_word and not _BETWEEN.search(head[: found.start()]):
        return None
    value = read_digits(found.group(1), claim.lang)[0][0]
    return value / 100 if claim.kind == "share" else value
