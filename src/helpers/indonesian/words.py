"""Numbers as people write them: digits of two notations, number words of two languages.

Indonesian writes ``1.234,5``, English ``1,234.5``, and hasty writers mix them, so a
written number has *readings*: ``84.821`` is an index to one writer and eighty-four
thousand to another. The likelier reading comes first; who binds the claim decides.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

ONES_ID = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
ONES_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS_EN = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
TENS_EN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = {
    "ribu": 10**3, "rb": 10**3, "thousand": 10**3,
    "juta": 10**6, "jt": 10**6, "million": 10**6, "mn": 10**6,
    "miliar": 10**9, "milyar": 10**9, "milliar": 10**9, "billion": 10**9, "bn": 10**9,
    "triliun": 10**12, "trilyun": 10**12, "trillion": 10**12,
}  # fmt: skip
_POINT = {"koma", "point"}
_JOIN = {"and"}
_UNITS = (
    {word: value for value, word in enumerate(ONES_ID)}
    | {word: value for value, word in enumerate(ONES_EN)}
    | {word: value + 10 for value, word in enumerate(TEENS_EN)}
    | {word: (value + 2) * 10 for value, word in enumerate(TENS_EN)}
    | {"sepuluh": 10, "sebelas": 11}
)
_WHOLE = {"seratus": 100, "seribu": 1000, "sejuta": 10**6, "semiliar": 10**9}
_SPOKEN_SCALES = {word: size for word, size in SCALES.items() if len(word) > 2}

_STARTERS = sorted({*_UNITS, *_WHOLE}, key=len, reverse=True)
_FOLLOWERS = sorted(
    {*_UNITS, *_WHOLE, "belas", "puluh", "ratus", "hundred", *_SPOKEN_SCALES, *_POINT}, key=len, reverse=True
)
#: A run of number words: "dua puluh lima", "sembilan puluh delapan koma tiga", "twenty-five".
WORDS = (
    rf"\b(?:{'|'.join(_STARTERS)})(?:(?:\s+|-)(?:and\s+)?(?:{'|'.join(_FOLLOWERS)}))*\b"
)  # fmt: skip
#: Digits with separators of either notation. A blank after the comma ("94, 79") is
#: taken only by the patterns that know the unit that follows.
DIGITS = r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w]|[.,]\d)"


def parse_words(text: str) -> Decimal | None:
    """Return the value of a run of number words, or None if it is not one number.

    Examples
    --------
    >>> parse_words("sembilan puluh delapan koma tiga nol"), parse_words("twenty-five")
    (Decimal('98.30'), Decimal('25'))
    """
    words = [word for word in re.split(r"[\s-]+", text.lower().strip()) if word and word not in _JOIN]
    whole, fraction, scale = _split_point(words)
    if fraction is None:
        value = _parse_whole(words)
        return None if value is None else Decimal(value)
    base = _parse_whole(whole)
    digits = _parse_fraction(fraction)
    if base is None or digits is None:
        return None
    return Decimal(f"{base}.{digits}") * scale


def words_step(text: str) -> Decimal:
    """Return the unit of the last word of a number: 10 million for "satu koma enam delapan miliar".

    >>> words_step("satu koma enam delapan miliar"), words_step("tiga juta"), words_step("dua puluh")
    (Decimal('10000000.00'), Decimal('1000000'), Decimal('1'))
    """
    words = [word for word in re.split(r"[\s-]+", text.lower().strip()) if word]
    _, fraction, scale = _split_point(words)
    if fraction is not None:
        return Decimal(1).scaleb(-len(_parse_fraction(fraction) or "")) * scale
    return Decimal(_SPOKEN_SCALES.get(words[-1], 1))


def _split_point(words: list[str]) -> tuple[list[str], list[str] | None, int]:
    for position, word in enumerate(words):
        if word in _POINT:
            fraction = words[position + 1 :]
            scale = 1
            if fraction and fraction[-1] in _SPOKEN_SCALES:
                scale = _SPOKEN_SCALES[fraction.pop()]
            return words[:position], fraction, scale
    return words, None, 1


def _parse_fraction(words: list[str]) -> str | None:
    """Return decimals: digit by digit ("tiga nol"), or as a number ("tiga puluh")."""
    if not words:
        return None
    if all(word in _UNITS and _UNITS[word] < 10 for word in words):
        return "".join(str(_UNITS[word]) for word in words)
    zeros = 0
    while words and words[0] in ("nol", "zero"):
        words, zeros = words[1:], zeros + 1
    value = _parse_whole(words)
    return None if value is None else "0" * zeros + str(value)


def _parse_whole(words: list[str]) -> int | None:
    if not words:
        return None
    total, group, unit = 0, 0, None
    for word in words:
        if word in _UNITS:
            if unit is not None and not (unit >= 20 and unit % 10 == 0 and _UNITS[word] < 10):
                return None
            unit = (unit or 0) + _UNITS[word]
        elif word in _WHOLE and _WHOLE[word] == 100:
            group += 100
        elif word in _WHOLE:
            total += _WHOLE[word]
        elif word in ("belas", "puluh", "ratus", "hundred"):
            if unit is None:
                return None
            group += unit + 10 if word == "belas" else unit * (10 if word == "puluh" else 100)
            unit = None
        elif word in _SPOKEN_SCALES:
            total += (group + (unit or 0)) * _SPOKEN_SCALES[word]
            group, unit = 0, None
        else:
            return None
    return total + group + (unit or 0)


def read_digits(text: str, lang: str = "id") -> tuple[tuple[Decimal, int], ...]:
    """Return the readings of written digits, each with its number of decimals, likeliest first.

    Examples
    --------
    >>> read_digits("1.710.000.000")
    ((Decimal('1710000000'), 0),)
    >>> read_digits("84.821")
    ((Decimal('84821'), 0), (Decimal('84.821'), 3))
    """
    body = re.sub(r"\s", "", text)
    decimal, thousands = (",", ".") if lang == "id" else (".", ",")
    if not re.search(r"[.,]", body):
        return ((Decimal(body), 0),)
    readings = [
        reading
        for mark, group in ((decimal, thousands), (thousands, decimal))
        if (reading := _read_as(body, mark, group)) is not None
    ]
    if not readings:  # "1.710.000.00": groups that fit neither notation
        readings = [(Decimal(re.sub(r"[.,]", "", body)), 0)]
    return tuple(dict.fromkeys(readings))


def _read_as(body: str, decimal: str, thousands: str) -> tuple[Decimal, int] | None:
    whole, mark, fraction = body.partition(decimal)
    if (mark and not fraction.isdigit()) or not re.fullmatch(
        rf"\d+|\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+", whole
    ):
        return None
    return Decimal(whole.replace(thousands, "") + (f".{fraction}" if mark else "")), len(fraction)


@cache
def spell(value: int, lang: str = "id") -> str:
    """Return a whole number below a million in words.

    >>> spell(25), spell(148), spell(25, "en")
    ('dua puluh lima', 'seratus empat puluh delapan', 'twenty-five')
    """
    return _spell_id(value) if lang == "id" else _spell_en(value)


def _spell_id(value: int) -> str:
    if value < 10:
        return ONES_ID[value]
    if value < 12:
        return ("sepuluh", "sebelas")[value - 10]
    if value < 20:
        return f"{ONES_ID[value - 10]} belas"
    for size, word in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if value >= size:
            head, rest = divmod(value, size)
            text = f"se{word}" if head == 1 else f"{_spell_id(head)} {word}"
            return f"{text} {_spell_id(rest)}" if rest else text
    raise AssertionError(value)


def _spell_en(value: int) -> str:
    if value < 20:
        return (*ONES_EN, *TEENS_EN)[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return TENS_EN[tens - 2] + (f"-{ONES_EN[ones]}" if ones else "")
    for size, word in ((1000, "thousand"), (100, "hundred")):
        if value >= size:
            head, rest = divmod(value, size)
            text = f"{_spell_en(head)} {word}"
            return f"{text} and {_spell_en(rest)}" if rest else text
    raise AssertionError(value)


def spell_decimal(text: str, lang: str = "id") -> str:
    """Return a plain decimal text in words, the decimals digit by digit.

    >>> spell_decimal("98.30"), spell_decimal("98.3", "en")
    ('sembilan puluh delapan koma tiga nol', 'ninety-eight point three')
    """
    whole, mark, fraction = text.partition(".")
    ones, point = (ONES_ID, "koma") if lang == "id" else (ONES_EN, "point")
    spoken = spell(int(whole), lang)
    return " ".join([spoken, point, *(ones[int(digit)] for digit in fraction)]) if mark else spoken
