"""What a count counts: the noun after it, before it, or carried over from its neighbours."""

from __future__ import annotations

import re
from dataclasses import replace

from helpers.check.lexicon import load_lexicon
from helpers.check.model import Claim

_FILLER = (
    r"\s*(?:[*_]+)?(?:\([^)]{0,30}\)\s*)?"
    r"(?:(?:buah|unit|total|perwakilan|jumlah|remaining|other|new|more|further|of\s+the|local|government)\s+){0,2}"
)
#: Words that may follow a count whose noun is left unsaid: "25 telah ...", "2 yang belum".
ELLIPSIS = re.compile(
    r"\s*[*_]*\s*(?:$|[.,;:!?()\[\]\"'”/&+–—|-]|(?:yang|yg|telah|sudah|sdh|belum|blm|tidak|dan|atau|di|dari|pada|untuk|"
    r"sedang|masih|akan|sampai|hingga|lainnya|lain|lagi|tersebut|itu|ini|juga|pun|tadi|serta|sisanya|sedangkan|sdgkan|sementara|berada|adalah|saja|"
    r"have|has|had|are|were|is|of|out|in|and|or|that|which|who|not|to|already|did|do|"
    r"me\w{4,}|di\w{5,}|ter\w{4,}|[a-z]+ed|[^\w\s])(?:\b|(?<=[^\w]))|[^\x00-\u024F])",
    re.IGNORECASE,
)
#: Words after which a count may leave its noun to the sentence before; "slide 3" counts nothing.
_OPEN_HEAD = re.compile(
    r"(?:^|[,:*])\W*$|\b(?:ada|sebanyak|berjumlah|jumlahnya|tinggal|hanya|baru|total|totalnya|adalah|sudah|telah|"
    r"menjadi|sekitar|all|only|just|of|dari|itu|sisanya|masih|aktif|belum|melaksanakan|lapor|melapor|mengisi|terisi|active|"
    r"reported|tercatat|cuma|sekadar|sebesar|mencapai)\W*$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s+(?:of\s+(?:them|these|those)|di\s*antaranya|lagi)\b", re.IGNORECASE)
_OF_HEAD = re.compile(r"\b(?:dari|of)\s*$", re.IGNORECASE)
_RANGE_AFTER = re.compile(r"\s*(?:[–—-]|sampai|hingga|to)\s*\d", re.IGNORECASE)
_RANGE_BEFORE = re.compile(r"\d\s*[–—-]\s*$")
_PERSONS = re.compile(r"\s*(?:orang|people|persons|jiwa)\b(?!\s+(?:tua|anak))", re.IGNORECASE)
_WHOLE_AFTER = re.compile(
    r"\s*[*_]*\s*(?:dari|out\s+of|of|/)\s*(?:total\s+|sebanyak\s+|seluruh\s+|the\s+)?", re.IGNORECASE
)
_WORD = re.compile(r"\s*[*_]*\s*([^\W\d_][\w'-]*)")


def resolve_nouns(claims: list[Claim], sentence: str) -> list[Claim]:
    """Give each count of a sentence the group of its noun; widen its text to take the noun in.

    A noun of no group becomes ``"other:<word>"``, so that it is never taken for a known one.
    """
    resolved: list[Claim] = []
    for position, claim in enumerate(claims):
        if claim.kind != "count":
            resolved.append(claim)
            continue
        following = claims[position + 1] if position + 1 < len(claims) else None
        resolved.append(_resolve(claim, sentence, resolved, following))
    return resolved


def _resolve(claim: Claim, sentence: str, earlier: list[Claim], following: Claim | None) -> Claim:
    if (
        _is_decimal(claim)
        or _RANGE_AFTER.match(sentence, claim.end)
        or _RANGE_BEFORE.search(sentence[: claim.start])
    ):
        return replace(claim, noun="other:measure")
    lexicon = load_lexicon()
    filler = re.compile(_FILLER, re.IGNORECASE).match(sentence, claim.end)
    begin = filler.end() if filler else claim.end
    direct = lexicon.noun_in(sentence, begin)
    if direct:
        group, end = direct
        return replace(claim, noun=group, end=end, text=sentence[claim.start : end])
    whole = _WHOLE_AFTER.match(sentence, claim.end)
    if whole and following and following.start == whole.end():
        after = lexicon.noun_in(sentence, _skip(sentence, following.end))
        if after:
            return replace(claim, noun=after[0])
        counted = _WORD.match(sentence, following.end)
        if counted and not ELLIPSIS.match(sentence, following.end):
            return replace(claim, noun=f"other:{counted.group(1).lower()}")
    if _PERSONS.match(sentence, claim.end):
        end = _PERSONS.match(sentence, claim.end).end()  # type: ignore[union-attr]
        group = "respondent" if _speaks_of_respondents(claim, sentence) else "other:orang"
        return replace(claim, noun=group, end=end, text=sentence[claim.start : end])
    if ELLIPSIS.match(sentence, claim.end):
        return replace(claim, noun=_carried(claim, sentence, earlier))
    word = _WORD.match(sentence, claim.end)
    if not word:
        return replace(claim, noun=_carried(claim, sentence, earlier))
    return replace(
        claim, noun=f"other:{word.group(1).lower()}", end=word.end(), text=sentence[claim.start : word.end()]
    )


def _is_decimal(claim: Claim) -> bool:
    """Return whether a number has decimals: "65,00" counts nothing, "1,250" may be thousands."""
    number = claim.number
    return number is not None and all(step < 1 for step in number.steps)


def _skip(sentence: str, start: int) -> int:
    filler = re.compile(_FILLER, re.IGNORECASE).match(sentence, start)
    return filler.end() if filler else start


def _speaks_of_respondents(claim: Claim, sentence: str) -> bool:
    near = " ".join((*claim.labels, sentence[: claim.start]))[-80:]
    if re.match(
        r"\s+(?:orang\s+)?(?:yang\s+)?(?:di\w+|me\w+)\s+(?:jawaban|angket|kuesioner|survei)",
        sentence[claim.end :],
    ):
        return True
    return bool(re.search(r"responden|respondent|peserta\s+survei", near, re.IGNORECASE))


def _carried(claim: Claim, sentence: str, earlier: list[Claim]) -> str:
    """Return the noun that an elliptical count takes from what stands before it."""
    lexicon = load_lexicon()
    mention = lexicon.last_noun(sentence[: claim.start])
    if (
        _OF_HEAD.search(sentence[: claim.start])
        and not any(other.kind == "count" for other in earlier[-1:])
        and earlier
    ):
        return ""
    counts = [other for other in earlier if other.kind == "count" and other.noun]
    if counts and (mention is None or counts[-1].start >= mention[1]):
        return counts[-1].noun
    if mention:
        return mention[0]
    open_head = _OPEN_HEAD.search(sentence[: claim.start]) or _OF_THEM.match(sentence, claim.end)
    reach = [claim.before[-200:]] if open_head else []
    for text in (*claim.labels, *reach):
        mention = lexicon.last_noun(text)
        if mention:
            return mention[0]
    return ""
