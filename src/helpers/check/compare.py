"""Does a written figure agree with a fact? Rounding and qualifying words understood."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from helpers.check.model import Claim

#: "sekitar 98 persen" may lie half a unit of its last digit off, and at most this share of itself.
ABOUT_TOLERANCE = Decimal("0.015")
#: "hampir 100 persen": at most this share below.
NEARLY_TOLERANCE = Decimal("0.10")
NEARLY_TOLERANCE_SHARE = Decimal("0.02")
#: Fewer digits may resemble a fact's by chance.
SLIP_DIGITS = 3


def agrees(claim: Claim, fact: Decimal) -> bool:
    """Return whether any reading of the claim's number is a fair statement of the fact.

    An exact figure must be the fact rounded to the digits written ("98,3" for 98.30, not
    "98,03"); counts are never rounded. "lebih dari 98" must hold literally; "sekitar" and
    "hampir" allow what their last digit suggests.
    """
    number = claim.number
    if number is None:
        return False
    if claim.modifier == "range":
        return claim.low is not None and claim.low <= fact <= number.value
    return any(
        _reading_agrees(claim, value, step, fact)
        for value, step in zip(number.readings, number.steps, strict=True)
    )


def _reading_agrees(claim: Claim, value: Decimal, step: Decimal, fact: Decimal) -> bool:
    match claim.modifier:
        case "over":
            return fact > value
        case "under":
            return fact < value
        case "at_least":
            return fact >= value
        case "at_most":
            return fact <= value
        case "about":
            tolerance = min(last_digit(value, step) / 2, abs(value) * ABOUT_TOLERANCE)
            return is_rounding(value, step, fact) or abs(fact - value) <= max(tolerance, step / 2)
        case "nearly":
            cap = NEARLY_TOLERANCE_SHARE if claim.kind == "share" else abs(value) * NEARLY_TOLERANCE
            allowed = min(max(last_digit(value, step) / 2, step), cap)
            return 0 < value - fact <= allowed
        case _:
            return value == fact if claim.kind == "count" else is_rounding(value, step, fact)


def is_rounding(value: Decimal, step: Decimal, fact: Decimal) -> bool:
    """Return whether a value is the fact rounded to a step (half up or half to even)."""
    return any(
        (fact / step).quantize(Decimal(1), rounding=how) * step == value
        for how in (ROUND_HALF_UP, ROUND_HALF_EVEN)
    )


def is_slip(claim: Claim, fact: Decimal) -> bool:
    """Return whether a wrong value looks like a slip for a fact: digits turned, one changed, scale lost.

    ``93,8`` and ``98,03`` for 98.30, ``Rp1,86 miliar`` for Rp1.68 billion. Values of fewer
    than three digits say nothing: 11 and 12 are different counts, not slips.
    """
    number = claim.number
    if number is None or claim.modifier == "range":
        return False
    written = _digits(number.value)
    rounded = _digits((fact / number.steps[0]).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    # "Rp1,68 juta" for Rp1.68 billion: the leading digits are right, the scale is not
    leading = _digits(Context(prec=max(len(written), 1)).plus(fact))
    return any(_is_near(written, digits) for digits in (rounded, leading, _digits(fact)))


def is_telling(claim: Claim, fact: Decimal) -> bool:
    """Return whether the digits are the fact's own, at whatever scale, and enough of them to tell."""
    number = claim.number
    if number is None or claim.modifier == "range":
        return False
    written, exact = _digits(number.value), _digits(fact)
    return len(written) >= SLIP_DIGITS and (
        written == exact or is_rounding(number.value, number.steps[0], fact)
    )


def _digits(value: Decimal) -> str:
    return "".join(map(str, value.as_tuple().digits)).rstrip("0")


def _is_near(written: str, digits: str) -> bool:
    if min(len(written), len(digits)) < SLIP_DIGITS:
        return False
    if sorted(written.replace("0", "")) == sorted(digits.replace("0", "")):
        return True
    changed = sum(one != other for one, other in zip(written, digits, strict=False))
    return len(written) == len(digits) and changed == 1


def last_digit(value: Decimal, step: Decimal) -> Decimal:
    """Return the unit of the last digit that is not zero: 10 for 150, 0.1 for 1.7."""
    unit = step
    while value and value % (unit * 10) == 0:
        unit *= 10
    return unit


def significant_digits(value: Decimal, step: Decimal) -> int:
    """Return how many digits a value states: 4 for 98,30 persen."""
    return len(str(abs(int(value / step))))
