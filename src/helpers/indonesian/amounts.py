"""The one reader of Indonesian numbers.

Indonesian writes ``1.234.567,89``; spreadsheets, exports and people also write
``1,234,567.89``, ``Rp 1.234.567,-``, ``(1.000)``, ``1 Milyar 605 Juta`` and ``94, 79
persen``. Every text is read without context first (`read_number`); the only texts that
context must settle are those like ``1.234``: one separator before exactly three digits.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from helpers.indonesian.text import tidy

_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2010": "-", "\u2011": "-"})
_NIL = {"-", "--", "nihil", "nol", "tidak ada"}
_CURRENCY = re.compile(r"(?:\brp\b\.?|\bidr\b)", re.IGNORECASE)
_CURRENCY_GLUED = re.compile(r"^([-(\s]*)(?:rp\.?|idr)(?=[\s\d(\-.])", re.IGNORECASE)
_ROUND_AMOUNT = re.compile(r",[-=]+$")
_UNIT = re.compile(
    r"\s*(%|persen|prosen|percent|rupiah|orang|kegiatan|kali|butir|gram|gr|kg|keluarga|kk|desa|"
    r"kecamatan|kelompok|opd|unit|dokumen|responden|buah|kasus|tersangka)\.?$",
    re.IGNORECASE,
)
_SCALES = {"triliun": 12, "trilyun": 12, "miliar": 9, "milyar": 9, "juta": 6, "jt": 6, "ribu": 3, "rb": 3}
_SCALED = re.compile(r"([\d.,]+)\s*(" + "|".join(_SCALES) + r")\b", re.IGNORECASE)
_SPACED_SEPARATOR = re.compile(r"(?<=\d)\s*([.,])\s*(?=\d)")
_SPACED_GROUPS = re.compile(r"^\d{1,3}( \d{3})+$")
_GROUPED = {sep: re.compile(rf"^\d{{1,3}}({re.escape(sep)}\d{{3}})+$") for sep in ".,"}
_SCIENTIFIC = re.compile(r"^-?\d+([.,]\d+)?e[+-]?\d+$", re.IGNORECASE)
_LOOKALIKE = re.compile(r"^[\s\d.,()oOlIsSbB-]+$")
LOOKALIKES = {"O": "0", "o": "0", "l": "1", "I": "1", "S": "5", "s": "5", "B": "8", "b": "8"}
#: A whole number beyond this is not exact as a float.
_EXACT = Decimal(2**53)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says.

    ``value`` is the number, or the thousands reading where ``decimal`` (the other
    reading) is given too. ``style`` is the notation that the text proves: ``"id"``
    (decimal comma) or ``"en"`` (decimal point). ``problem`` is empty for a number.
    """

    value: Decimal | None = None
    decimal: Decimal | None = None
    separator: str = ""
    style: str = ""
    problem: str = ""


_BLANK = Reading(problem="blank")
_BAD = Reading(problem="not_a_number")


def read_number(text: str) -> Reading:
    """Read one text without knowing its column.

    Examples
    --------
    >>> read_number("Rp 1.234.567,89").value, read_number("(1.000.000)").value
    (Decimal('1234567.89'), Decimal('-1000000'))
    >>> reading = read_number("84,821"); reading.value, reading.decimal
    (Decimal('84821'), Decimal('84.821'))
    >>> read_number("1 Milyar 605 Juta 752 Ribu 558 Rupiah").value
    Decimal('1605752558')
    >>> read_number("1.2O0.000").problem
    'letter_for_digit'
    """
    plain = tidy(unicodedata.normalize("NFKC", tidy(text))).translate(_MINUS).lstrip("'").strip()
    if not plain:
        return _BLANK
    if plain.casefold() in _NIL:
        return Reading(Decimal(0))
    if _SCIENTIFIC.match(plain):
        return Reading(problem="scientific")
    bare = _CURRENCY.sub(" ", _CURRENCY_GLUED.sub(r"\1 ", plain)).strip()
    bare = _ROUND_AMOUNT.sub("", _UNIT.sub("", bare)).strip()
    if bare in _NIL:
        return Reading(Decimal(0))
    negative, core = _split_sign(bare)
    core = _SPACED_SEPARATOR.sub(r"\1", _ROUND_AMOUNT.sub("", core))
    reading = _read_scaled(core) if _SCALED.search(core) else _read_digits(core)
    if reading.problem and _LOOKALIKE.match(bare) and sum(c.isdigit() for c in bare) >= len(bare) / 3:
        return Reading(problem="letter_for_digit") if re.search("[A-Za-z]", bare) else reading
    return _negate(reading) if negative else reading


def _split_sign(text: str) -> tuple[bool, str]:
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    if text.startswith("-"):
        return True, text[1:].strip()
    if text.endswith("-"):
        return True, text[:-1].strip()
    return False, text.removeprefix("+").strip()


def _negate(reading: Reading) -> Reading:
    if reading.value is None:
        return reading
    other = None if reading.decimal is None else -reading.decimal
    return Reading(-reading.value, other, reading.separator, reading.style)


def _read_scaled(text: str) -> Reading:
    """Read amounts in words of scale, each part below the one before it."""
    total, last = Decimal(0), 99
    for digits, word in _SCALED.findall(text):
        part = _read_digits(digits)
        exponent = _SCALES[word.casefold()]
        if part.value is None or exponent >= last:
            return _BAD
        # In front of a word of scale a comma is a decimal comma: "23,6 juta".
        number = part.decimal if part.decimal is not None and part.separator == "," else part.value
        total += number.scaleb(exponent)
        last = exponent
    rest = _SCALED.sub("", text).strip()
    if rest:
        tail = _read_digits(rest)
        if tail.value is None:
            return _BAD
        total += tail.value
    return Reading(total)


def _read_digits(text: str) -> Reading:
    if text.isascii() and text.isdigit():
        return Reading(Decimal(text))
    if _SPACED_GROUPS.match(text):
        return Reading(Decimal(text.replace(" ", "")))
    if not re.fullmatch(r"\d[\d.,]*", text):
        return _BAD
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        decimal = max(".,", key=text.rfind)
        return _read_mixed(text, "," if decimal == "." else ".", decimal)
    separator = "." if dots else ","
    if dots + commas > 1:
        if not _GROUPED[separator].match(text):
            return _BAD
        return Reading(_decimal(text, separator, ""), style="id" if separator == "." else "en")
    return _read_single(text, separator)


def _read_mixed(text: str, thousands: str, decimal: str) -> Reading:
    whole, _, fraction = text.rpartition(decimal)
    if decimal in whole or not fraction or not _GROUPED[thousands].match(whole):
        return _BAD
    return Reading(_decimal(text, thousands, decimal), style="id" if decimal == "," else "en")


def _read_single(text: str, separator: str) -> Reading:
    whole, fraction = text.split(separator)
    if not fraction:
        return _BAD
    value = _decimal(text, "", separator)
    if len(fraction) == 3 and len(whole) <= 3 and not whole.startswith("0"):
        return Reading(_decimal(text, separator, ""), value, separator)
    return Reading(value, style="id" if separator == "," else "en")


def _decimal(text: str, thousands: str, decimal: str) -> Decimal:
    digits = text.replace(thousands, "") if thousands else text
    try:
        return Decimal(digits.replace(decimal, ".") if decimal else digits)
    except InvalidOperation as error:
        raise AssertionError(f"the grammar let {text!r} through") from error


def settle(
    reading: Reading, whole: bool, style: str = "", low: float | None = None, high: float | None = None
) -> tuple[Decimal | None, str]:
    """Return value and problem of a reading in its column.

    Parameters
    ----------
    reading : Reading
    whole : bool
        Whether the column holds whole numbers only (rupiah, people).
    style : {"", "id", "en"}
        Notation proved by the column's other texts; empty if none or both.
    low, high : float, optional
        Bounds of the column; they settle a text that fits them in one reading alone.

    Returns
    -------
    value : Decimal or None
    problem : str
        ``""``, ``blank``, ``not_a_number``, ``letter_for_digit``, ``scientific``,
        ``ambiguous`` or ``not_whole``.
    """
    if reading.value is None or reading.problem:
        return None, reading.problem
    value: Decimal | None = reading.value
    if reading.decimal is not None:
        value = _choose(reading, whole, style, low, high)
        if value is None:
            return None, "ambiguous"
    if whole and value is not None and (value != value.to_integral_value() or abs(value) > _EXACT):
        return None, "not_whole"
    return value, ""


def _choose(
    reading: Reading, whole: bool, style: str, low: float | None, high: float | None
) -> Decimal | None:
    thousands, decimal = reading.value, reading.decimal
    style_says = None
    if style:
        style_says = thousands if (reading.separator == ".") == (style == "id") else decimal
    if whole:
        # A whole column whose other texts prove the opposite is a contradiction, not a choice.
        return None if style_says is decimal and style else thousands
    if style_says is not None:
        return style_says
    fits = [
        value
        for value in (thousands, decimal)
        if value is not None and (low is None or value >= low) and (high is None or value <= high)
    ]
    return fits[0] if len(fits) == 1 and (low is not None or high is not None) else None
