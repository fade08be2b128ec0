"""A stated total against the figures of the sentences or list items before it."""

from __future__ import annotations

import re
from decimal import Decimal

from helpers.check.model import CheckedClaim
from helpers.check.relations import corrected, is_exact, value_of

KINDS = ("idr", "count")
#: Two figures make a sum.
FEWEST_PARTS = 2
_OPENS_TOTAL = re.compile(
    r"\W*(?:(?:jadi|sehingga|dengan\s+demikian|so|thus)\W+)?(?:(?:secara|dengan|in|a|the|grand)\s+)?"
    r"(?:total(?:nya)?|jumlah(?:nya)?|(?:ke)?seluruh(?:an|annya|nya)|altogether|sum)\b[^.;?!]{0,40}$",
    re.IGNORECASE,
)


def check_totals(sentences: list[list[CheckedClaim]]) -> list[CheckedClaim]:
    """Return all verdicts, with totals that do not add up called wrong.

    Parameters
    ----------
    sentences : list of list of CheckedClaim
        The verdicts of each sentence that holds a claim, in reading order.

    Notes
    -----
    A sentence opens with a word for total and holds one figure; each sentence just before it,
    back to one that differs in this, holds one figure of the same kind and noun. Three
    conditions keep it from guessing: exact figures only, no gap in between, and a total that
    no fact explains.
    """
    result: list[CheckedClaim] = []
    for position, verdicts in enumerate(sentences):
        result += [_check(item, verdicts, sentences[:position]) for item in verdicts]
    return result


def _check(item: CheckedClaim, own: list[CheckedClaim], before: list[list[CheckedClaim]]) -> CheckedClaim:
    claim = item.claim
    alone = sum(other.claim.kind == claim.kind for other in own) == 1
    if claim.kind not in KINDS or item.status != "unknown" or not alone or not is_exact(item):
        return item
    if (claim.kind == "count" and not claim.noun) or not _OPENS_TOTAL.match(claim.sentence[: claim.start]):
        return item
    parts = _walk_back(item, before)
    if len(parts) < FEWEST_PARTS or any(part.status == "differs" for part in parts):
        return item
    expected = sum((value_of(part) for part in parts), Decimal(0))
    steps = [part.claim.number.steps[0] for part in (*parts, item) if part.claim.number]
    if abs(expected - value_of(item)) <= sum(steps, Decimal(0)) / 2 - min(steps) / 2:
        return item
    return corrected(item, expected, "sum")


def _walk_back(item: CheckedClaim, before: list[list[CheckedClaim]]) -> list[CheckedClaim]:
    """Return the single figures of the sentences before, nearest first."""
    found: list[CheckedClaim] = []
    block = item.claim.block
    for verdicts in reversed(before):
        kin = [other for other in verdicts if other.claim.kind == item.claim.kind]
        if len(kin) != 1 or kin[0].claim.noun != item.claim.noun or block - kin[0].claim.block > 1:
            break
        if not is_exact(kin[0]):
            break
        block = kin[0].claim.block
        found.append(kin[0])
    return found
