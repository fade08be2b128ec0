"""Hold claims against facts: bind each to the fact it speaks of, and judge it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from helpers.check import relations, totals
from helpers.check.compare import agrees, is_slip, is_telling, significant_digits
from helpers.check.dating import check_date
from helpers.check.expected import count_text, expected_text
from helpers.check.labels import check_names, label_candidates
from helpers.check.lexicon import Binding, load_lexicon
from helpers.check.model import CheckedClaim, Claim, Fact, Facts
from helpers.check.scope import Part, is_foreign_body, is_foreign_place, is_foreign_year, own_part
from helpers.check.score import AGREE_THRESHOLD, THRESHOLD, Candidate, cue_strength, is_open, score_binding

#: In weakly bound claims a rival needs less.
WEAK_RIVAL = 0.6
#: Two candidates are rivals when the weaker has at least this part of the stronger's score.
RIVAL = 0.8
#: In a table wider than this a figure's row and column say too little to call it wrong.
WIDEST_TABLE = 3
#: A figure of fewer digits may match a fact by chance.
TELLING_DIGITS = 3
#: Of these kinds no two facts of an edition share their digits.
OWN_BUDGET = "budget."
TELLING_KINDS = ("share", "idr", "index")


def bind_claims(claims: list[Claim], facts: Facts) -> list[CheckedClaim]:
    """Return every claim with its verdict, in the same order.

    Parameters
    ----------
    claims : list of Claim
        Of one text, from `extract_claims`.
    facts : Facts
        Of one edition.

    Notes
    -----
    A claim is bound only by words: no verdict rests on its value alone. Lists of names
    that no fact speaks of are left out, for they state no figure.
    """
    sentences: list[list[CheckedClaim]] = []
    for _, group in groupby(claims, key=lambda claim: (claim.block, claim.offset)):
        sentence = list(group)
        verdicts = [_check(claim, sentence, facts) for claim in sentence]
        verdicts = _check_years(verdicts, facts)
        sentences.append(relations.check_sentence(verdicts))
    checked = totals.check_totals(sentences)
    return [item for item in checked if not (item.claim.kind == "names" and item.fact is None)]


def _check(claim: Claim, siblings: list[Claim], facts: Facts) -> CheckedClaim:
    if claim.number is not None and claim.number.restated not in (None, *claim.number.readings):
        return _check_restated(claim, siblings, facts)
    candidates = _candidates(claim, siblings, facts)
    if claim.kind == "date":
        foreign = is_foreign_place(claim, facts, own_part(claim, siblings))
        return check_date(
            claim, [item for item in candidates if item.score >= THRESHOLD and not foreign], facts
        )
    if claim.kind == "names":
        return check_names(claim, candidates, facts)
    return _judge(claim, siblings, candidates, facts)


def _candidates(claim: Claim, siblings: list[Claim], facts: Facts) -> list[Candidate]:
    """Return the facts that the words speak for, strongest first.

    Words before the sentence are asked only where the sentence itself binds nothing.
    """
    part = own_part(claim, [other for other in siblings if not relations.restates(other, claim)])
    ratio = relations.whole_of(claim, siblings)
    partner = -1 if ratio.partner is None else ratio.partner.start
    kin = [other for other in siblings if other.start != partner and not relations.restates(other, claim)]
    bindings = [
        binding
        for binding in load_lexicon().bindings.get(claim.kind, ())
        if binding.fact in facts.by_key and binding.noun in ("", claim.noun) and binding.fact != ratio.as_part
    ]
    labelled = label_candidates(claim, part, facts)
    former = relations.is_former(claim)
    if former or (claim.kind in ("index", "year") and relations.is_range_end(claim)):
        bindings = [binding for binding in bindings if binding.needs_left]
    if ratio.as_whole in facts.by_key and ratio.partner is not None and not former:
        # the whole of a ratio is known by its part: "Rp1,13 miliar dari Rp1,14 miliar" of one section is not
        parts = _candidates(ratio.partner, [other for other in siblings if other.start != claim.start], facts)
        known = relations.parts_of(ratio.as_whole)
        if any(item.score >= THRESHOLD and item.fact in known for item in parts):
            return [Candidate(ratio.as_whole, relations.RATIO_SCORE)]
    best: list[Candidate] = []
    for look_back in (False, True):
        found = [
            Candidate(
                binding.fact, _score(claim, binding, kin, part, facts, look_back=look_back), binding.also
            )
            for binding in bindings
        ]
        best = sorted([*best, *labelled, *found], key=lambda item: -item.score)
        # a sentence that names its own subject, even a forbidden one, does not speak of an earlier one
        named = any(cue_strength(claim, binding, kin) >= THRESHOLD for binding in bindings)
        if look_back:
            best = [replace(item, weak=True) for item in best]
        if named or (best and best[0].score >= THRESHOLD):
            break
    of_whole = relations.parts_of(ratio.as_part)
    best = [item for item in best if item.fact in of_whole] if of_whole else best
    return [item for item in best if item.score >= AGREE_THRESHOLD]


def _score(
    claim: Claim, binding: Binding, kin: list[Claim], part: Part, facts: Facts, *, look_back: bool
) -> float:
    """Return the strength of the words; where the topic alone speaks, telling digits count as weak ones."""
    score = score_binding(claim, binding, kin, part, look_back=look_back)
    value = facts.by_key[binding.fact].value
    if score >= AGREE_THRESHOLD or claim.kind not in TELLING_KINDS:
        return score
    if not isinstance(value, Decimal) or not is_open(claim, binding, part, look_back=look_back):
        return score
    return AGREE_THRESHOLD if is_telling(claim, value) or is_slip(claim, value) else score


def _judge(claim: Claim, siblings: list[Claim], candidates: list[Candidate], facts: Facts) -> CheckedClaim:
    if claim.kind == "year" and _matches(claim, facts.by_key["release.year"]):
        # the edition's own year is never a wrong plan's year: "the plan, 2021"
        candidates = [item for item in candidates if item.fact != "plan.year"]
    if not candidates:
        return CheckedClaim(claim, "unknown", note="unbound")
    nearness = WEAK_RIVAL if candidates[0].weak else RIVAL
    rivals = [item for item in candidates if item.score >= nearness * candidates[0].score]
    # what only earlier text binds may agree with any of its facts
    for item in candidates if candidates[0].weak else rivals:
        for key in (item.fact, item.also):
            fact = facts.by_key.get(key)
            if fact is not None and _matches(claim, fact):
                return CheckedClaim(claim, "agrees", fact, note=_agreement_note(claim, fact))
    part = own_part(claim, siblings)
    any_scope = {b.fact for b in load_lexicon().bindings.get(claim.kind, ()) if b.any_scope}
    best = facts.by_key[rivals[0].fact]
    if best.key.startswith(OWN_BUDGET) and is_foreign_body(claim, facts):
        return CheckedClaim(claim, "unknown", note="other_place")
    if is_foreign_place(claim, facts, part):
        return CheckedClaim(claim, "unknown", note="other_place")
    if best.key not in any_scope and is_foreign_year(claim, facts, part):
        return CheckedClaim(claim, "unknown", note="other_year")
    # weak words bind a value whose very digits are the fact's, turned or with one changed
    slip = isinstance(best.value, Decimal) and claim.kind in TELLING_KINDS and is_slip(claim, best.value)
    # but not where they are another fact's own: a quarter's 59.29 is no slip for the year's 92.59
    slip = slip and not is_of_another(claim, best, facts)
    if (rivals[0].score < THRESHOLD and not slip) or _is_far(claim, best):
        return CheckedClaim(claim, "unknown", note="unbound")
    if claim.columns > WIDEST_TABLE:
        return CheckedClaim(claim, "unknown", note="wide_table")
    if rivals[0].weak and len({facts.by_key[item.fact].value for item in rivals}) > 1:
        names = ", ".join(item.fact for item in rivals)
        return CheckedClaim(claim, "unknown", note="ambiguous", values={"facts": names})
    # of several facts that the sentence itself speaks of none has this value: wrong whichever it is
    return CheckedClaim(claim, "differs", best, expected_text(claim, best), note="value")


def is_of_another(claim: Claim, fact: Fact, facts: Facts) -> bool:
    """Return whether a value is exactly that of another fact in the same unit."""
    return any(
        other.unit == fact.unit
        and other.value != fact.value
        and isinstance(other.value, Decimal)
        and is_telling(claim, other.value)
        for other in facts.by_key.values()
    )


def _is_far(claim: Claim, fact: Fact) -> bool:
    """Return whether a value lies so far from the fact that it must count something else."""
    limit = max((b.far for b in load_lexicon().bindings.get(claim.kind, ()) if b.fact == fact.key), default=0)
    if not limit or claim.number is None or not isinstance(fact.value, Decimal):
        return False
    ratio = float(claim.number.value / fact.value) if fact.value else 0
    if is_slip(claim, fact.value) or is_telling(claim, fact.value):
        return False  # a scale mistaken: "Rp1,71 juta"
    return not 1 / limit <= ratio <= limit


def _matches(claim: Claim, fact: Fact) -> bool:
    if claim.kind == "class":
        written = " ".join(claim.text.lower().split())
        return written in {str(fact.value).lower(), *(text.lower() for text in fact.text.values())}
    return isinstance(fact.value, Decimal) and agrees(claim, fact.value)


def _agreement_note(claim: Claim, fact: Fact) -> str:
    if claim.modifier != "exact":
        return "qualified"
    rounded = claim.number is not None and fact.value not in claim.number.readings
    return "rounded" if rounded else ""


def _check_restated(claim: Claim, siblings: list[Claim], facts: Facts) -> CheckedClaim:
    """Judge "25 (dua puluh empat)": two numbers for one thing, so one of them is wrong."""
    number = claim.number
    assert number is not None
    single = replace(claim, number=replace(number, restated=None))
    verdict = _check(single, siblings, facts)
    fact = verdict.fact
    value = int(fact.value) if fact is not None else int(number.value)
    expected = count_text(claim, value) if claim.kind == "count" else verdict.expected or claim.text
    return CheckedClaim(claim, "differs", fact, expected, note="restated")


def _check_years(verdicts: list[CheckedClaim], facts: Facts) -> list[CheckedClaim]:
    """Call a year wrong that stands beside a figure which is exactly this edition's."""
    telling = any(
        item.status == "agrees"
        and item.claim.kind in ("share", "idr", "index")
        and item.claim.modifier == "exact"
        and item.claim.number is not None
        and significant_digits(item.claim.number.value, item.claim.number.steps[0]) >= TELLING_DIGITS
        for item in verdicts
    )
    edition = facts.by_key["release.year"]
    result = []
    for item in verdicts:
        claim, verdict = item.claim, item
        if (
            telling
            and item.status == "unknown"
            and claim.kind == "year"
            and relations.scopes_sentence(claim, edition)
        ):
            verdict = CheckedClaim(claim, "differs", edition, expected_text(claim, edition), note="value")
        result.append(verdict)
    return result
