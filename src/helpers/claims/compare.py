"""Does a written figure agree with a fact? Rounding and qualifying words understood."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from helpers.claims.model import Claim

#: "sekitar 98 persen" may lie half a unit of its last digit off, and at most this share of itself.
ABOUT_TOLERANCE = Decimal("0.015")
#: "hampir 100 persen": at most this share below.
NEARLY_TOLERANCE = Decimal("0.10")
NEARLY_TOLERANCE_SHARE = Decimal("0.02")


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


def last_digit(value: Decimal, step: Decimal) -> Decimal:
    """Return the unit of the last digit that is not zero: 10 for 150, 0.1 for 1.7."""
    unit = step
    while value and value % (unit * 10) == 0:
        unit *= 10
    return unit


def significant_digits(value: Decimal, step: Decimal) -> int:
    """Return how many digits a value states: 4 for 98,30 persen."""
    return len(str(abs(int(value / step))))
