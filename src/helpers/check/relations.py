"""Figures of one sentence against each other: parts and wholes, sums, differences, counted lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from helpers.check.expected import amount_text, count_text
from helpers.check.lexicon import load_lexicon
from helpers.check.model import CheckedClaim, Claim, Fact
from helpers.check.wording import split_items

RATIO_SCORE = 6.0
_OF = re.compile(
    r"(?:^|\s|\b)(?:dari|out\s+of|(?<!total )of|against|/)\s*(?:(?:total|seluruh|sebanyak|jumlah|"
    r"populasi|keseluruhan|pagu|revisi|anggaran|dana|sebesar|senilai|sekitar|the|(?:the\s+)?\w+['’]s|a|revised|budget|ceiling|of)\s+)*$",
    re.IGNORECASE,
)
_NOT_A_RATIO = re.compile(
    r"dilatih|hadir|diundang|urine|penghargaan|disurvei|sosialisasi|rawan", re.IGNORECASE
)
_TOTAL = re.compile(
    r"\b(?:total(?:nya)?|jumlah(?:nya)?|seluruhnya|altogether|in\s+total|a\s+total\s+of)\b[^.;,]{0,25}$",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"\b(?:selisih(?:nya)?|sisa(?:nya)?|difference|remainder)\b[^.;,]{0,25}$", re.IGNORECASE
)
_REST = re.compile(r"\b(?:belum|sisanya|tidak|lainnya|not|rest|remaining|have\s+not)\b", re.IGNORECASE)
_LIST_MARKER = re.compile(
    r"[^.;:]{0,60}?(?:\b(?:yaitu|yakni|masing-masing|namely|ialah)\b:?|:)\s+(?P<list>[^.;:()?!]+?)\s*(?:[.;)]|$)",
    re.IGNORECASE,
)
_OPEN_LIST = re.compile(
    r"antara\s+lain|di\s+antaranya|seperti|misalnya|termasuk|dll|dsb|among|such\s+as|etc", re.IGNORECASE
)
_LONGEST_ITEM = 6


@dataclass(frozen=True, slots=True)
class Role:
    """The fact that a claim stands for as the whole of a ratio, or may not stand for as its part."""

    as_whole: str = ""
    as_part: str = ""
    partner: Claim | None = None


def whole_of(claim: Claim, siblings: list[Claim]) -> Role:
    """Return the claim's role in a ratio: the 27 of "25 dari 27 OPD" and of "dari 27 OPD, 25 sudah"."""
    if _NOT_A_RATIO.search(claim.sentence):
        return Role()
    kin = [other for other in siblings if other.kind == claim.kind and _same_noun(other, claim)]
    whole = next((fact for fact, _ in load_lexicon().wholes if _fits(fact, claim)), "")
    if not whole or len(kin) < 2:
        return Role()
    head = claim.sentence[: claim.start]
    if _OF.search(head):
        earlier = [other for other in kin if other.end <= claim.start]
        if earlier and _OF.search(claim.sentence[earlier[-1].end : claim.start]):
            return Role(as_whole=whole, partner=earlier[-1])
        later = [other for other in kin if other.start >= claim.end]
        return Role(as_whole=whole, partner=later[0]) if later and not earlier else Role()
    following = next((other for other in kin if other.start > claim.start), None)
    if following and _OF.search(claim.sentence[claim.end : following.start]):
        return Role(as_part=whole, partner=following)
    return Role()


def parts_of(whole: str) -> tuple[str, ...]:
    """Return the facts that are parts of a whole."""
    return next((parts for fact, parts in load_lexicon().wholes if fact == whole), ())


_FORMER_HEAD = re.compile(r"\b(?:dari|from)\s*$", re.IGNORECASE)
#: "tertulis 89,3 persen; yang benar 98,3", "25, bukan 27": a figure quoted as the wrong one.
_QUOTED_WRONG = re.compile(
    r"\b(?:tertulis|semula\s+tertulis|keliru\w*|bukan(?:lah)?|instead\s+of|rather\s+than|wrongly)\b[^.;,:]{0,60}$",
    re.IGNORECASE,
)
_FORMER_TAIL = re.compile(r"\s*(?:menjadi|ke|to|hingga|sampai)\b", re.IGNORECASE)
_DASH = r"\s*[–—-]\s*"


_APPOSITION = re.compile(
    r"\W*(?:atau\s+|or\s+)?(?:tepatnya|persisnya|exactly|precisely|to\s+be\s+exact)\W*", re.IGNORECASE
)


def restates(earlier: Claim, claim: Claim) -> bool:
    """Return whether a claim says an earlier one again, more exactly: "98 persen lebih, tepatnya 98,30"."""
    same = earlier.kind == claim.kind and earlier.end <= claim.start
    return same and _APPOSITION.fullmatch(claim.sentence[earlier.end : claim.start]) is not None


def is_former(claim: Claim) -> bool:
    """Return whether a claim is a figure given up: "dari Rp2 juta menjadi Rp3 juta", "bukan 27"."""
    head, tail = claim.sentence[: claim.start], claim.sentence[claim.end :]
    if _QUOTED_WRONG.search(head):
        return True
    return _FORMER_HEAD.search(head) is not None and _FORMER_TAIL.match(tail) is not None


def is_range_end(claim: Claim) -> bool:
    """Return whether a number is an end of a span: "25–100", "from 25 to 100"."""
    head, tail = claim.sentence[: claim.core_start], claim.sentence[claim.end :]
    if re.match(rf"{_DASH}\d", tail) or re.search(rf"\d{_DASH}$", head):
        return True
    return bool(
        re.search(
            r"\b(?:from|dari|antara|between)\s+\d[\d.,]*\s+(?:to|sampai|hingga|dan|and)\s*$",
            head,
            re.IGNORECASE,
        )
    ) or (
        bool(re.search(r"\b(?:from|dari|antara|between)\s*$", head, re.IGNORECASE))
        and bool(re.match(r"\s+(?:to|sampai|hingga|dan|and)\s+\d", tail, re.IGNORECASE))
    )


def _same_noun(first: Claim, second: Claim) -> bool:
    return first.noun == second.noun


def _fits(fact: str, claim: Claim) -> bool:
    bindings = load_lexicon().bindings.get(claim.kind, ())
    return any(binding.fact == fact and binding.noun == claim.noun for binding in bindings)


def scopes_sentence(claim: Claim, edition: Fact) -> bool:
    """Return whether a year puts the sentence's figures into its year ("tahun anggaran 2020")."""
    if claim.number is None or claim.number.value == edition.value:
        return False
    head = claim.sentence[: claim.start]
    return re.search(
        r"(?:tahun\s+anggaran|\bta\.?|akhir\s+tahun|fiscal\s+year|tahun|\bin)\s*$", head, re.IGNORECASE
    ) is not None and not re.search(
        r"sejak|bersinar|dibentuk|skala|tentang|inpres|rencana|\bakan\b|sebelumnya", head[-60:], re.IGNORECASE
    )


def check_sentence(verdicts: list[CheckedClaim]) -> list[CheckedClaim]:
    """Add what the sentence's own arithmetic says; a figure already found wrong explains the rest."""
    for check in (_check_list, _check_partition, _check_total, _check_difference):
        changed = check(verdicts)
        if changed is not None:
            verdicts = [changed if item.claim == changed.claim else item for item in verdicts]
    return verdicts


def is_exact(item: CheckedClaim) -> bool:
    """Return whether a claim states a bare number that nothing has called wrong."""
    claim = item.claim
    return claim.number is not None and claim.modifier == "exact" and item.status != "differs"


def value_of(item: CheckedClaim) -> Decimal:
    """Return the number that a claim states; of several readings the one that its fact has."""
    assert item.claim.number is not None
    if item.fact is not None and isinstance(item.fact.value, Decimal) and item.status == "agrees":
        readings = item.claim.number.readings
        return item.fact.value if item.fact.value in readings else item.claim.number.value
    return item.claim.number.value


def _any_wrong(verdicts: list[CheckedClaim], kinds: tuple[str, ...]) -> bool:
    return any(item.status == "differs" and item.claim.kind in kinds for item in verdicts)


def _check_list(verdicts: list[CheckedClaim]) -> CheckedClaim | None:
    """Hold a count against the list after it: "tiga OPD, yaitu A dan B"."""
    if _any_wrong(verdicts, ("count", "names")):
        return None
    counts = [item for item in verdicts if item.claim.kind == "count" and is_exact(item)]
    for position, item in enumerate(counts):
        claim = item.claim
        rest = claim.sentence[claim.end :]
        found = _LIST_MARKER.match(rest)
        nextone = counts[position + 1].claim.start if position + 1 < len(counts) else len(claim.sentence)
        if not found or claim.end + found.start("list") > nextone or _OPEN_LIST.search(found.group()):
            continue
        limits = _item_limits(found["list"])
        if limits and not limits[0] <= value_of(item) <= limits[1]:
            return CheckedClaim(
                claim, "differs", item.fact, count_text(claim, limits[1]), "list", {"count": str(limits[1])}
            )
    return None


def _item_limits(text: str) -> tuple[int, int] | None:
    """Return how many items a list has at least and at most ("A, B dan C": 2 to 3), None if unclear."""
    if re.search(r"\d", text):
        return None
    parts = [part for part in re.split(r",", text) if part.strip()]
    items = split_items(text)
    if len(items) < 2 or any(len(item.split()) > _LONGEST_ITEM for item in items):
        return None
    return (1 if len(parts) == 1 else len(parts)), len(items)


def _check_partition(verdicts: list[CheckedClaim]) -> CheckedClaim | None:
    """Hold the parts against the whole: "dari 32 kelas, 20 sudah dan 12 belum"."""
    if _any_wrong(verdicts, ("count",)):
        return None
    counts = [item for item in verdicts if item.claim.kind == "count"]
    for whole, first, second in zip(counts, counts[1:], counts[2:], strict=False):
        claims = (whole.claim, first.claim, second.claim)
        sentence = claims[0].sentence
        same = len({claim.noun for claim in claims}) == 1 and bool(claims[0].noun)
        opens = re.search(r"\b(?:dari|of)\s+(?:total\s+)?$", sentence[: claims[0].start], re.IGNORECASE)
        between = sentence[claims[1].end : claims[2].start]
        rest = _REST.search(sentence[claims[1].end : claims[2].end + 25])
        if not (same and opens and rest and all(map(is_exact, (whole, first, second)))) or ";" in between:
            continue
        if len(counts) == 3 and value_of(first) + value_of(second) != value_of(whole):
            right = int(value_of(whole) - value_of(first))
            if right < 0:
                return None
            return CheckedClaim(second.claim, "differs", second.fact, count_text(second.claim, right), "sum")
    return None


def _check_total(verdicts: list[CheckedClaim]) -> CheckedClaim | None:
    """Hold a stated total against the figures that it follows."""
    for kind in ("idr", "count"):
        items = [item for item in verdicts if item.claim.kind == kind]
        if len(items) < 3 or _any_wrong(verdicts, (kind,)) or not all(map(is_exact, items)):
            continue
        total, parts = items[-1], items[:-1]
        nouns = {item.claim.noun for item in items}
        head = total.claim.sentence[parts[-1].claim.end : total.claim.start]
        if len(nouns) > 1 or (kind == "count" and nouns == {""}) or not _TOTAL.search(head):
            continue
        expected = sum((value_of(item) for item in parts), Decimal(0))
        if expected != value_of(total):
            return corrected(total, expected, "sum")
    return None


def _check_difference(verdicts: list[CheckedClaim]) -> CheckedClaim | None:
    """Hold a stated difference against the two figures before it."""
    items = [item for item in verdicts if item.claim.kind == "idr"]
    if len(items) != 3 or _any_wrong(verdicts, ("idr",)) or not all(map(is_exact, items)):
        return None
    first, second, last = items
    if last.status == "agrees" or not _DIFFERENCE.search(
        last.claim.sentence[second.claim.end : last.claim.start]
    ):
        return None
    expected = abs(value_of(first) - value_of(second))
    steps = [item.claim.number.steps[0] for item in items if item.claim.number]
    if abs(expected - value_of(last)) <= sum(steps, Decimal(0)) / 2:
        return None
    return corrected(last, expected, "difference")


def corrected(item: CheckedClaim, value: Decimal, note: str) -> CheckedClaim:
    """Return the verdict that a figure should be the one that the others make."""
    claim = item.claim
    text = amount_text(claim, value) if claim.kind == "idr" else count_text(claim, int(value))
    return CheckedClaim(claim, "differs", item.fact, text, note)
