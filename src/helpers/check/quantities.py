"""Amounts, percentages and plain numbers of a sentence, with the words that qualify them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from helpers.check.model import Claim, ClaimKind, Modifier, Number
from helpers.indonesian.words import DIGITS, SCALES, WORDS, parse_words, read_digits, words_step

#: Digits that may hold a blank after the decimal comma, where a unit follows: "94, 79 persen".
#: "84.821, 95 percent" are two figures: only a plain number takes decimals behind a blank.
_SPACED = r"(?<![\w.,])(?:\d+\s?,\s?\d{1,3}(?![\d.,]*\d)|\d+(?:[.,]\d+)*)"
_NUM = rf"(?:{DIGITS}|{WORDS})"
_SCALE = r"(?:ribu|rb|juta|jt|mili?ar|milyar|milliar|triliun|trilyun|thousand|million|billion|trillion|bn|mn)"
_SHORT_SCALE = {"m": 10**9, "t": 10**12}
_CURRENCY = r"(?:rp\.?|idr|rupiah)"
_STEP_WORD = rf"(?:\s+|\s*-\s*)\d+(?:[.,]\d+)*\s*{_SCALE}\b"

_AMOUNT = re.compile(
    rf"(?<![\w])(?P<prefix>{_CURRENCY})\s*(?P<body>\d+(?:[.,]\d+)*(?:\s?,\s?\d{{1,2}}(?=\s*{_SCALE}\b))?)"
    rf"(?P<scale>\s*(?:{_SCALE}|[MT])\b)?(?P<more>(?:{_STEP_WORD})*)(?P<tail>\s+\d+(?=\s*rupiah\b))?"
    rf"(?P<cents>,-|\.-|,--)?(?:\s*rupiah\b)?"
    rf"|(?P<body2>{_SPACED}|{WORDS})(?P<scale2>\s*{_SCALE}\b)?(?P<more2>(?:{_STEP_WORD})*)\s*(?:rupiah|idr)\b"
    rf"|(?<![\w])(?P<prefix3>{_CURRENCY})\s*(?P<body3>{WORDS})(?:\s*rupiah\b)?",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"(?P<body>{_SPACED}|{WORDS})(?:\s*\((?P<again>{_NUM})\))?"
    r"\s*(?:%|(?:persen|prosen|percent|per\s?cent|pct|persentase)\b)",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"(?P<body>{_SPACED}(?=\s*(?:gram|gr|kg|kilo|ons|liter|butir)\b)|{_NUM})"
    rf"(?:\s*\((?P<again>{_NUM})\))?(?:\s*(?P<scale>{_SCALE})\b)?",
    re.IGNORECASE,
)
_STEP_PART = re.compile(rf"(\d+(?:[.,]\d+)*)\s*({_SCALE})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number found in a text: what it measures, where it stands."""

    kind: ClaimKind
    start: int
    end: int
    number: Number


def _number(body: str, lang: str, scale: int = 1, again: str | None = None) -> Number | None:
    restated = None
    if again:
        restated = _value_of(again, lang)
    spelled = body.strip()[0].isalpha()
    if spelled:
        value = parse_words(body)
        if value is None:
            return None
        return Number((value * scale,), (words_step(body) * scale,), True, restated)
    readings = read_digits(body, lang)
    return Number(
        tuple(value * scale for value, _ in readings),
        tuple(Decimal(1).scaleb(-places) * scale for _, places in readings),
        False,
        restated,
    )


def _value_of(text: str, lang: str) -> Decimal | None:
    return parse_words(text) if text.strip()[0].isalpha() else read_digits(text, lang)[0][0]


def _scale_of(text: str | None) -> int:
    word = (text or "").strip().lower()
    return SCALES.get(word) or _SHORT_SCALE.get(word, 1)


def find_amounts(text: str, lang: str) -> Iterator[Quantity]:
    """Yield amounts in rupiah, in every form: "Rp1,71 miliar", "Rp. 1 Milyar 605 Juta"."""
    for match in _AMOUNT.finditer(text):
        parts = match.groupdict()
        body = parts["body"] or parts["body2"] or parts["body3"]
        number = _number(body, lang, _scale_of(parts["scale"] or parts["scale2"]))
        if number is None:
            continue
        steps = _STEP_PART.findall((parts["more"] or "") + (parts["more2"] or ""))
        if steps or parts["tail"]:
            number = _add_steps(number, steps, parts["tail"], lang)
        yield Quantity("idr", match.start(), match.end(), _whole_rupiah(number))


def _add_steps(number: Number, steps: list[tuple[str, str]], tail: str | None, lang: str) -> Number:
    total = number.value
    step = number.steps[0]
    for digits, word in steps:
        total += read_digits(digits, lang)[0][0] * SCALES[word.lower()]
        step = Decimal(SCALES[word.lower()])
    if tail:
        total += Decimal(tail.strip())
        step = Decimal(1)
    return Number((total,), (step,), number.spelled)


def _whole_rupiah(number: Number) -> Number:
    """Amounts are whole rupiah: ",00" adds nothing to how exactly one is stated."""
    steps = tuple(
        max(step, Decimal(1)) if value == value.to_integral_value() else step
        for value, step in zip(number.readings, number.steps, strict=True)
    )
    return Number(number.readings, steps, number.spelled, number.restated)


def find_percents(text: str, lang: str) -> Iterator[Quantity]:
    """Yield percentages as shares from 0 to 1."""
    for match in _PERCENT.finditer(text):
        number = _number(match["body"], lang, 1, match["again"])
        if number is None:
            continue
        hundredth = Decimal("0.01")
        readings = tuple(value * hundredth for value in number.readings)
        steps = tuple(step * hundredth for step in number.steps)
        restated = None if number.restated is None else number.restated * hundredth
        yield Quantity("share", match.start(), match.end(), Number(readings, steps, number.spelled, restated))


def find_numbers(text: str, lang: str) -> Iterator[Quantity]:
    """Yield every other number, as a count until the words around it say otherwise."""
    for match in _PLAIN.finditer(text):
        number = _number(match["body"], lang, _scale_of(match["scale"]), match["again"])
        if number is None:
            continue
        end = match.end()
        if match["again"] and number.restated is None:
            end = match.end("body")
        yield Quantity("count", match.start(), end, number)


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
