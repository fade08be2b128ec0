"""Which language a text is in, and whether it is this edition's: findings about the text as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from helpers.check.model import Claim, DocumentText, TextFinding
from helpers.check.wording import find_masks
from helpers.errors import Finding, Place

_WORDS = {
    "id": frozenset(
        {
            "yang", "dan", "di", "dari", "untuk", "dengan", "pada", "ini", "itu", "adalah", "tidak",
            "telah", "sudah", "akan", "oleh", "ke", "dalam", "sebagai", "juga", "belum", "atau",
            "kepada", "serta", "tahun", "kami", "kita", "para", "bahwa", "karena", "anggaran",
            "keluarga", "persen", "desa", "kecamatan", "laporan", "orang",
        }
    ),
    "en": frozenset(
        {
            "the", "and", "of", "in", "to", "is", "was", "are", "were", "for", "with", "on", "this",
            "that", "has", "have", "had", "by", "from", "not", "be", "been", "its", "it", "as",
            "at", "an", "will", "year", "percent", "families", "report", "departments", "villages",
            "districts", "budget",
        }
    ),
}  # fmt: skip
#: At least this share of the words are among a language's commonest, if the text is in it.
LEAST_SHARE = 0.10
#: Too few words to tell; a chat line or an infographic is taken as Indonesian.
FEWEST_WORDS = 25
_PERIOD = re.compile(
    r"(?:tahun\s+anggaran|\bta\.?|akhir\s+tahun|sepanjang(?:\s+tahun)?|selama(?:\s+tahun)?|fiscal\s+year|year-end)\s+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def detect_language(text: str) -> str | None:
    """Return ``id`` or ``en``, or None for another language."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if not words:
        return "id"
    shares = {lang: sum(word in common for word in words) / len(words) for lang, common in _WORDS.items()}
    best = max(shares, key=lambda lang: shares[lang])
    if len(words) < FEWEST_WORDS:
        return best if shares[best] else "id"
    return best if shares[best] >= LEAST_SHARE else None


def language_findings(document: DocumentText) -> Iterator[Finding]:
    """Yield a finding if the text is in a language that cannot be checked."""
    if detect_language(document.text) is None:
        yield TextFinding("other_language", "text", Place(document.name))


def year_findings(document: DocumentText, claims: list[Claim], year: int) -> Iterator[Finding]:
    """Yield a finding if the text speaks of another year than the edition.

    Full dates and named periods ("tahun anggaran 2022") tell; years of laws and of
    beginnings ("sejak 2020") do not.
    """
    years: Counter[int] = Counter(
        claim.date.year for claim in claims if claim.kind == "date" and claim.date and claim.has_year
    )
    for block in document.blocks:
        masks = find_masks(block.text)
        for found in _PERIOD.finditer(block.text):
            if not any(start <= found.start(1) < end for start, end in masks):
                years[int(found.group(1))] += 1
    mentioned = Counter(int(claim.number.value) for claim in claims if claim.kind == "year" and claim.number)
    own = years[year] + mentioned[year]
    others = Counter({other: count for other, count in years.items() if other != year})
    if not others:
        return
    other, count = others.most_common(1)[0]
    if own == 0 or (years[year] == 0 and count > mentioned[year]) or count > 2 * own:
        values = {"found": str(other), "edition": str(year)}
        yield TextFinding("other_year", "text", Place(document.name), values=values)
