"""Find the claims of a text: every figure, with the words that tell what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from helpers.check.dates import find_dates
from helpers.check.model import Block, Claim, ClaimKind, DocumentText
from helpers.check.nouns import ELLIPSIS, resolve_nouns
from helpers.check.quantities import Quantity, find_amounts, find_numbers, find_percents, qualify
from helpers.check.wording import Span, find_classes, find_masks, find_names, overlaps, split_sentences

#: How far back the words that a sentence leaves unsaid are looked for.
LOOKBACK = 500
#: A topic may lie further back than what a sentence refers to.
TOPIC_REACH = 1200
TITLE_LENGTH = 120
#: A figure that stands alone, a caption beside it, a question before its answer.
BARE_LENGTH = 32
CAPTION_LENGTH = 80
QUESTION_LENGTH = 200
#: Stands in for the year of a date written without one; a leap year, so 29 February exists.
NO_YEAR = 2000

_BULLET = re.compile(r"\s*(?:[-*•▪–✅✓]|\(?[a-z0-9]{1,2}[.)])\s*\S")
_SLIDE = re.compile(r"\W*(?:slide|salindia|panel|kartu|card)?\W*\d{1,2}\W*$", re.IGNORECASE)
_CAPTION_END = re.compile(r",\s|;|\.\s")
_NAMES_SCALE = re.compile(r"\bskala\b|\bscale\b|\bindeks|\bindex\b", re.IGNORECASE)
#: An index of this report has two whole digits and three decimals.
_INDEX_LIKE = re.compile(r"(?<![\d.,])\d\d[.,]\d{3}(?![\d.,]?\d)")
_SUBJECT = re.compile(
    r"(?:indeks\s+)?ketahanan\s+keluarga|family[\s-]resilience\s+index|dektara", re.IGNORECASE
)
_SUBJECT_NEAR = re.compile(r"ketahanan\s+keluarga|resilience|dektara", re.IGNORECASE)
_INDEX_WORDS = re.compile(
    r"indeks|\bindex|\bskor|\bscore|\bnilai|dektara|\bindices|interval|selang", re.IGNORECASE
)
_INDEX_HEAD = re.compile(
    r"(?:indeks|index|skor|score|nilai)(?:nya)?\W*(?:\w+\W+){0,3}$|\bangka\s*$", re.IGNORECASE
)
_YEAR_HEAD = re.compile(r"(?:tahun|thn\.?|th\.?|sejak|since|year|in|ta)\s*$", re.IGNORECASE)
#: An index stands alone; a number before a noun of its own ("1.204 orang") counts something.
_INDEX_TAIL = re.compile(
    rf"(?:{ELLIPSIS.pattern})|\s+(?:indeks|index|poin|points?|sampai|hingga|to|and|dan|di|pada|\d|dengan|karena|for|by|at|on|as|with|from|untuk|bagi)",
    re.IGNORECASE,
)
_UNIT_TAIL = re.compile(
    r"\s*(?:%|persen|percent|orang|warga|jiwa|keluarga|kali|juta|ribu|mili?ar|rupiah|gram|kg|km|meter|hektare?|jam|people)\b",
    re.IGNORECASE,
)
INDEX_LIMIT = 100
#: "satu OPD" counts where the word is stressed ("tinggal satu OPD"); "di satu desa" never does.
COUNTED_FROM_ONE = ("opd", "family")
_STRESS = re.compile(
    r"\b(?:tinggal|hanya|masih|ada|sisanya|baru|adalah|sebanyak|berjumlah|only|just)\s*$", re.IGNORECASE
)
_ARTICLES = {"satu", "one", "nol", "zero"}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence stands: what its claims have in common."""

    sentence: str
    offset: int
    number: int
    block: Block
    before: str
    lang: str
    earlier: str


def extract_claims(text: str | DocumentText, lang: str = "id") -> list[Claim]:
    """Return every figure stated in a text, in reading order.

    Parameters
    ----------
    text : str or DocumentText
        A plain text is read a block a line.
    lang : {"id", "en"}
        Which notation of numbers and order of dates is likelier.
    """
    blocks = text.blocks if isinstance(text, DocumentText) else plain_blocks(text)
    claims: list[Claim] = []
    heading, recent, told = _title_of(blocks), "", ""
    document = "\n".join(block.text for block in blocks)
    for number, raw in enumerate(blocks):
        block = _label_answer(_label_lone_number(blocks, number, raw), blocks[number - 1] if number else None)
        masks = find_masks(block.text)
        for offset, sentence in split_sentences(block.text):
            if (_NAMES_SCALE.search(sentence) or _INDEX_LIKE.search(sentence)) and not _SUBJECT.search(
                f"{heading} {recent} {sentence}"
            ):
                # "on the scale, 84.821 is high": the index was named once, maybe far above
                subject = _SUBJECT.search(document)
                recent = f"{subject.group() if subject else ''} . {recent}"
            before = f"{heading} . {recent[-LOOKBACK:]}" if recent else heading
            place = _Place(sentence, offset, number, block, before, lang, told[-TOPIC_REACH:])
            spans = [(start - offset, end - offset) for start, end in masks]
            claims += _claims_of(place, spans)
            recent = f"{recent} {sentence}"[-LOOKBACK:]
            told = f"{told} {sentence}"[-TOPIC_REACH:]
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if block.kind == "heading":
            heading, recent = block.text, ""
        elif _opens_list(block, following):
            heading, recent = f"{_title_of(blocks)} . {block.text}", ""
    return claims


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return the lines of a plain text as blocks."""
    return tuple(
        Block(line, number) for number, line in enumerate(text.splitlines(), start=1) if line.strip()
    )


def _title_of(blocks: tuple[Block, ...]) -> str:
    """Return the first line where it reads like a title: what the whole text is about."""
    first = blocks[0].text if blocks else ""
    return first if len(first) <= TITLE_LENGTH and not first.rstrip().endswith((".", ",", ":")) else ""


def _opens_list(block: Block, following: Block | None) -> bool:
    """Return whether a short line stands over a list and so names what its items are about."""
    short = len(block.text) <= TITLE_LENGTH and not _BULLET.match(block.text)
    return short and following is not None and _BULLET.match(following.text) is not None


def _label_lone_number(blocks: tuple[Block, ...], number: int, block: Block) -> Block:
    """Give a line that holds a bare figure ("25") its caption as a label: the line above, else below.

    Captions stand on one side throughout a text: where one figure opens it or follows a
    numbered slide, all captions are below.
    """
    if block.labels or block.kind == "heading" or not _is_bare(block):
        return block
    above = blocks[number - 1] if number else None
    below = blocks[number + 1] if number + 1 < len(blocks) else None
    if above and not re.search(r"\d", above.text) and len(above.text) <= CAPTION_LENGTH:
        return replace(block, labels=(above.text,))
    opens = above is None or _SLIDE.match(above.text) is not None
    if opens and below and not _is_bare(below) and len(below.text) <= CAPTION_LENGTH:
        return replace(block, labels=(_CAPTION_END.split(below.text)[0],))
    return block


def _is_bare(block: Block) -> bool:
    words = re.findall(r"[^\W\d_]{3,}", block.text)
    return bool(re.search(r"\d", block.text)) and len(words) <= 1 and len(block.text) <= BARE_LENGTH


def _label_answer(block: Block, previous: Block | None) -> Block:
    """Give an answer its question as a label: "Tanya: Berapa serapan anggaran?" before "98,30 persen"."""
    asked = previous is not None and previous.text.rstrip(' *_"”').endswith("?")
    if not asked or previous is None or block.labels or len(previous.text) > QUESTION_LENGTH:
        return block
    return replace(block, asked=split_sentences(previous.text)[-1][1])


def _claims_of(place: _Place, masks: list[Span]) -> list[Claim]:
    taken = list(masks)
    claims = _date_claims(place, taken)
    for finder in (find_amounts, find_percents):
        for quantity in finder(place.sentence, place.lang):
            if not overlaps(quantity.start, quantity.end, taken):
                claims.append(_quantity_claim(place, quantity, quantity.kind))
                taken.append((quantity.start, quantity.end))
    numbers = []
    for quantity in find_numbers(place.sentence, place.lang):
        if overlaps(quantity.start, quantity.end, taken):
            continue
        kind = _kind_of(place, quantity)
        numbers.append(_quantity_claim(place, quantity, kind))
    counts = [claim for claim in resolve_nouns(numbers, place.sentence) if not _is_article(claim)]
    claims += counts
    claims += [
        _text_claim(place, "class", *span) for span in find_classes(place.sentence, claims, place.before)
    ]
    claims += [
        replace(_text_claim(place, "names", start, end), items=items)
        for start, end, items in find_names(place.sentence, claims)
    ]
    return sorted((qualify(claim) for claim in claims), key=lambda claim: (claim.start, claim.end))


def _date_claims(place: _Place, taken: list[Span]) -> list[Claim]:
    claims: list[Claim] = []
    for written in find_dates(place.sentence, NO_YEAR, place.lang):
        # a date may lie over a mask ("tanggal 29/12"), never over another date
        if any(claim.start < written.end and written.start < claim.end for claim in claims):
            continue
        claim = _text_claim(place, "date", written.start, written.end)
        claims.append(replace(claim, date=written.date, weekday=written.weekday, has_year=written.has_year))
        taken.append((written.start, written.end))
    return claims


def _kind_of(place: _Place, quantity: Quantity) -> ClaimKind:
    sentence, number = place.sentence, quantity.number
    head, tail = sentence[: quantity.start], sentence[quantity.end :]
    whole = number.value == number.value.to_integral_value()
    written = sentence[quantity.start : quantity.end]
    if (
        whole
        and 1900 <= number.value <= 2100
        and (re.fullmatch(r"\d{4}", written) or _YEAR_HEAD.search(head))
    ):
        return "year"
    context = " ".join((*place.block.labels, sentence, place.before[-160:]))
    headed = _INDEX_HEAD.search(head) and not _UNIT_TAIL.match(tail)
    if _INDEX_LIKE.fullmatch(written) and _SUBJECT_NEAR.search(place.before) and not _UNIT_TAIL.match(tail):
        return "index"
    fractional = any(value != value.to_integral_value() for value in number.readings)
    in_range = any(value <= INDEX_LIMIT for value in number.readings)
    if fractional and in_range and _INDEX_WORDS.search(context) and (headed or _INDEX_TAIL.match(tail)):
        return "index"
    if (
        whole
        and number.value <= 100
        and _INDEX_HEAD.search(head)
        and re.match(r"\s*(?:[.,;)(]|$|dan\b|atau\b|and\b)", tail)
    ):
        return "index"
    return "count"


def _is_article(claim: Claim) -> bool:
    """Return whether "satu" is only an article: it counts where a known noun follows."""
    number = claim.number
    if (
        number is None
        or not number.spelled
        or claim.core.split()[0].lower() not in _ARTICLES
        or number.value > 1
    ):
        return False
    stressed = claim.sentence[claim.start].isupper() or _STRESS.search(claim.sentence[: claim.start])
    return claim.noun not in COUNTED_FROM_ONE or not stressed


def _quantity_claim(place: _Place, quantity: Quantity, kind: ClaimKind) -> Claim:
    claim = _text_claim(place, kind, quantity.start, quantity.end)
    return replace(claim, number=quantity.number)


def _text_claim(place: _Place, kind: ClaimKind, start: int, end: int) -> Claim:
    return Claim(
        kind=kind,
        text=place.sentence[start:end],
        sentence=place.sentence,
        start=start,
        end=end,
        core_start=start,
        offset=place.offset,
        block=place.number,
        line=place.block.line,
        lang=place.lang,
        labels=place.block.labels,
        before=place.before,
        columns=place.block.columns,
        asked=place.block.asked,
        earlier=place.earlier,
    )
