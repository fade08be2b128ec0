"""The text to paste for a claim that differs, in the shape in which the claim was written."""

from __future__ import annotations

import re
from decimal import Decimal

from helpers.check.dates import describe_date, weekday_name
from helpers.check.model import Claim, Fact
from helpers.formats import PERCENT_WORD, format_value, round_half_up
from helpers.indonesian.words import DIGITS, SCALES, WORDS, spell, spell_decimal

_NUMBER = re.compile(rf"\d+(?:[.,]\s?\d+)*|{DIGITS}|{WORDS}", re.IGNORECASE)
_SCALED = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)\s*(?P<scale>ribu|rb|juta|jt|miliar|milyar|triliun|million|billion|M\b|bn)",
    re.IGNORECASE,
)


def expected_text(claim: Claim, fact: Fact) -> str:
    """Return what to write instead of the claim's text; its qualifier goes, for the figure is exact."""
    match claim.kind:
        case "share":
            return _share(claim, fact.value)
        case "idr":
            return _amount(claim, fact.value)
        case "index":
            places = max(_places(claim.core), 1)
            return _decimal(round_half_up(fact.value, places if claim.modifier == "exact" else 3), claim.lang)
        case "count" | "year":
            return _count(claim, int(fact.value))
        case "date":
            return describe_date(
                fact.value,
                claim.core,
                weekday=claim.weekday is not None,
                year=claim.has_year,
                lang=claim.lang,
            )
        case "names":
            return format_value(fact.value, "list", claim.lang)
        case _:
            return fact.text.get(claim.lang) or str(fact.value)


def weekday_text(claim: Claim, weekday: int) -> str:
    """Return the claim's text with the right day's name in it."""
    word = re.match(r"[^\W\d_]+['’]?[^\W\d_]*\.?", claim.core)
    name = weekday_name(weekday, claim.lang)
    return name + claim.core[word.end() :] if word else claim.core


def count_text(claim: Claim, value: int) -> str:
    """Return the claim's text with another number in it."""
    return _count(claim, value)


def amount_text(claim: Claim, value: Decimal) -> str:
    """Return the claim's text with another amount in it."""
    return _amount(claim, value)


def _decimal(value: Decimal, lang: str) -> str:
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    text = f"{value:,.{places}f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "id" else text


def _places(text: str) -> int:
    found = re.search(r"\d+[.,]\s?(\d+)\D*$", text)
    return len(found.group(1)) if found else 0


def _share(claim: Claim, value: Decimal) -> str:
    spelled = claim.number is not None and claim.number.spelled
    places = 2 if claim.modifier != "exact" else min(_places(claim.core), 2)
    percent = round_half_up(value * 100, places)
    if spelled:
        plain = round_half_up(value * 100, 1 if "koma" in claim.core or "point" in claim.core else 0)
        return f"{spell_decimal(str(plain), claim.lang)} {PERCENT_WORD[claim.lang]}"
    unit = re.search(r"\s*(?:%|[^\W\d_]+(?:\s+cent)?)$", claim.core)
    return _decimal(percent, claim.lang) + (unit.group() if unit else "%")


def _amount(claim: Claim, value: Decimal) -> str:
    scaled = list(_SCALED.finditer(claim.core))
    if len(scaled) == 1 and claim.modifier == "exact":
        found = scaled[0]
        size = {"m": 10**9}.get(found["scale"].lower()) or SCALES[found["scale"].lower()]
        figure = _decimal(round_half_up(value / size, max(_places(found["number"]), 1)), claim.lang)
        return claim.core[: found.start()] + figure + claim.core[found.end("number") :]
    plain = format_value(int(value), "idr", claim.lang)
    tail = re.search(r",-$", claim.core)
    return plain + (tail.group() if tail else "")


def _count(claim: Claim, value: int) -> str:
    def replace_number(found: re.Match[str]) -> str:
        if found.group()[0].isdigit():
            return str(value) if claim.kind == "year" else format_value(value, "count", claim.lang)
        words = spell(value, claim.lang)
        return words.capitalize() if found.group()[0].isupper() else words

    return _NUMBER.sub(replace_number, claim.core)
