"""Class words ("kategori sangat tinggi") and lists of names ("yaitu A dan B")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.claims.model import Claim

_CLASS = re.compile(
    r"\b(?:sangat\s+(?:tinggi|rendah|baik|buruk)|tinggi|rendah|sedang|cukup|baik|very\s+(?:high|low)|high|low|medium|"
    r"moderate)\b(?!\s+(?:dan|atau|tetapi)?\s*(?:sekali|nya|schools?|school|level))",
    re.IGNORECASE,
)
_CLASS_HEAD = re.compile(
    r"(?:(?:kategori|predikat|klasifikasi|tergolong|golongan|kriteria|level|categor(?:y|ies)|classified|rated|calls)\w*"
    r"(?:\s+(?:indeks|index|terbit|ini|itu|adalah|ialah|as|it|is|keluarga|waktu|saat|kala|dulu|lama|sebelumnya|yang|terpublikasi|resmi|ke|dalam|sebagai|pada|terhitung|skala|menurut|20\d\d|computed|on|the|scale|,))*"
    r"|published(?:\s+(?:it|as|category))*|(?:termasuk|masuk|dinilai|berkategori|berpredikat|menyebutnya|disebut|label\w*|deem\w*|(?:describ|regard|rat)e[sd]?(?:\s+it)?\s+as|merely|dubbed)"
    r"|(?:call(?:s|ed)|menyebut|melabeli)\s+(?:\w+\s+){0,3})"
    r"[\s:=\"'“”‘’*_(–-]*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\W{0,4}(?:(?:atau|or|dengan|dan\s+itu|itu|alias|yaitu|this\s+is|which\s+is)\W{1,2})?[\"'“(*_]*",
    re.IGNORECASE,
)
_SCALE_STATEMENT = re.compile(r"this\s+is\s*$|kategorinya\s*$|category\s+is\s*$", re.IGNORECASE)
_CLASS_TAIL = re.compile(r"[\"'”’*_]*\s+(?:categor(?:y|ies)|class)\b", re.IGNORECASE)
_TOPIC = re.compile(r"indeks|index|ketahanan|resilien|dektara|kategori|categor", re.IGNORECASE)

_NAME = (
    r"(?:(?:Sekretariat|Dinas|Badan|Inspektorat|Satuan|Bagian|Kantor|Satpol)"
    r"(?:\s+(?:[A-Z][\w.]*|dan(?=\s+[A-Z][a-z]+\s+dan\b)))*(?:\s*\([A-Z][\w ]+\))?|"
    r"Set(?:wan|da)\b|Sekwan\b|Dis[a-z]{3,}\w*|Din(?:kes|sos)\b|Kesbangpol\b|Kominfo\b|Bappe\w+|Inspektorat\b|"
    r"(?:[A-Z]{3,}[\w-]*)(?:\s+PP)?)"
)
_SEPARATOR = r"\s*(?:,\s*(?:dan|serta|and)\b|,|&|;|\bdan\b|\bserta\b|\band\b)\s*"
_NAMES = re.compile(rf"{_NAME}(?:{_SEPARATOR}{_NAME})+")
_AFTER_MARKER = re.compile(
    rf"(?:\byakni|\byaitu|\badalah|\bialah|\bmasing-masing|\bnamely|:)\s*(?P<name>{_NAME})(?=\s*(?:[.;)]|$))"
)
_NOT_BODIES = {
    "OPD",
    "SKPD",
    "BNNK",
    "BNN",
    "BNNP",
    "HSS",
    "INPRES",
    "PNS",
    "PPNPN",
    "POLRI",
    "KOTAN",
    "DPRD",
    "WITA",
}


def find_classes(sentence: str, claims: list[Claim], before: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of class words that classify an index, not ordinary adjectives.

    One counts after a word for category or next to an index value; a list of all the
    scale's classes states nothing and is passed over.
    """
    matches = list(_CLASS.finditer(sentence))
    for position, match in enumerate(matches):
        head = sentence[: match.start()]
        if not _TOPIC.search(sentence + before):
            continue
        beside = any(
            claim.kind == "index" and _BETWEEN.fullmatch(sentence, claim.end, match.start())
            for claim in claims
        )
        after = _CLASS_TAIL.match(sentence, match.end())
        if not (beside or after or _CLASS_HEAD.search(head) or _SCALE_STATEMENT.search(head)):
            continue
        neighbours = matches[max(position - 1, 0) : position] + matches[position + 1 : position + 2]
        if any(_is_enumeration(sentence, match, other) for other in neighbours):
            continue
        yield match.span()


def _is_enumeration(sentence: str, match: re.Match[str], other: re.Match[str]) -> bool:
    first, second = sorted((match, other), key=lambda found: found.start())
    between = sentence[first.end() : second.start()]
    return (
        bool(re.fullmatch(r"\s*(?:,|/|-|–|<|dan|atau|and|or|,\s*dan|\s)+\s*", between)) and len(between) <= 8
    )


def find_names(sentence: str, claims: list[Claim]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield lists of public bodies: span and items."""
    found = [(match.start(), match.end()) for match in _NAMES.finditer(sentence)]
    found += [
        match.span("name")
        for match in _AFTER_MARKER.finditer(sentence)
        if not any(start < match.end("name") and match.start("name") < end for start, end in found)
    ]
    for start, end in sorted(found):
        items = split_items(sentence[start:end])
        if not any(item.upper() in _NOT_BODIES for item in items):
            yield start, end, items


def split_items(text: str) -> tuple[str, ...]:
    """Return the items of a list, split at commas and at its conjunctions."""
    return tuple(item.strip(" .\"'“”*_") for item in re.split(_SEPARATOR, text) if item.strip(" .\"'“”*_"))
