"""Numbers that are not claims: law numbers, ordinals, telephone numbers, times, page numbers."""

from __future__ import annotations

import re

_NUMBER_MARK = r"(?:nomor|no|number|num|nmr)\b\.?\s*:?\s*"
_OF_YEAR = r"(?:\s*(?:tahun|thn|th|of|/)\b\.?\s*\d{4})"
_LAW = (
    r"\b(?:inpres|instruksi\s+presiden|perda|peraturan\s+daerah|perbup|peraturan\s+bupati|perpres|"
    r"peraturan\s+presiden|peraturan\s+pemerintah|permen\w*|peraturan\s+menteri(?:\s+\w+){0,3}|uu|pp|"
    r"undang-undang|regional\s+regulation|presidential\s+(?:instruction|regulation)|law|"
    r"government\s+regulation)\b"
)
_HOUR = r"(?:[01]?\d|2[0-4])"
_CLOCK = rf"{_HOUR}[.:][0-5]\d(?::\d{{2}})?"
_UNTIL = r"\s*(?:-|–|—|s\.?\s?/?d\.?|sampai(?:\s+dengan)?|hingga|to|until)\s*"
_ZONE = r"\s*(?:wita|wib|wit|a\.?\s?m\b\.?|p\.?\s?m\b\.?)"
_PART = (
    r"pasal|ayat|bab|huruf|lampiran|gambar|tabel|grafik|bagan|halaman|hal\.|kelas|juara|rt|rw|kode\s+pos|"
    r"(?:pada|dalam|di)\s+butir|butir\s+ke|seri|edisi|jilid|volume|episode|ruang|lantai|lt\.?|km|kilometer|article|chapter|annex|figure|table|page|"
    r"section|paragraph|grade|room|jl\.|slide|salindia|lembar"
)

_PATTERNS = (
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|(?<!\w)[#@]\w+",
    # laws: "Inpres no.2 thn 2020", "Perda 2/2021", "Presidential Instruction No. 2 of 2020"
    rf"{_LAW}\s*(?:r\.?i\.?\s*)?(?:{_NUMBER_MARK}\d{{1,3}}\b{_OF_YEAR}?|\d{{1,3}}\b{_OF_YEAR}|\d\b)",
    rf"(?<!perluasan ){_LAW}\s*(?:tahun|thn\.?|of)\s*\d{{4}}",
    r"(?<![\w./,])\d{1,3}/(?:19|20)\d\d(?![\w/])",
    # any other numbered paper or address: "Nomor: B/121/XII/2021", "SK No. 188.45/10/2020", "No. 7"
    rf"\b{_NUMBER_MARK}[A-Z]{{0,4}}[-.]?\d[\w./-]*(?<![.,]){_OF_YEAR}?",
    rf"\b{_NUMBER_MARK}[A-Z][A-Z.]*(?:[/-][\w.]+)+{_OF_YEAR}?",
    rf"\b(?:{_PART})\s*:?\s*\(?\d+(?:[.,]\d+)*\)?[a-z]?(?:(?:{_UNTIL}|\s*(?:,|/|dan|dari|of|and)\s*)\d+)*",
    # times of day, alone and as a span
    rf"\b(?:pukul|pkl\.?|jam)\s*:?\s*{_HOUR}(?:[.:][0-5]\d)?\b"
    rf"(?:{_UNTIL}(?:pukul\s*)?{_HOUR}(?:[.:][0-5]\d)?\b)?(?:{_ZONE})?(?!\s*(?:persen|percent|%))",
    rf"(?<![\d.,]){_CLOCK}{_UNTIL}(?:{_CLOCK}|selesai)(?:{_ZONE})?",
    rf"(?<![\d.,])(?:{_CLOCK}|{_HOUR}){_ZONE}(?!\w)",
    rf"\b(?:between|antara|from|dari)\s+{_CLOCK}\s*(?:and|dan|to|-|–|hingga|sampai)\s*{_CLOCK}(?!\s*(?:%|persen|percent))",
    r"(?<![\d.,:])\d{1,2}:\d{2}(?![\d:])",
    # telephone and identity numbers
    r"\+\d{1,3}[\d\s().-]{6,}\d",
    r"\(0\d{2,4}\)[\s.-]*\d[\d\s.-]{4,}\d",
    r"(?<![\w.,])0\d{2,4}(?:[\s.-]?\d{3,})+(?!\d)",
    r"(?<![\w.,])(?:call\s*center|hotline|telp?\.?|telepon|telephone|phone|wa|fax|faks|(?:call|dial|hubungi)(?:\s+(?:us|kami))?(?:\s+(?:on|at|di))?)\s*:?\s*\d[\d\s.-]*",
    r"(?<![\w.,])\d{12,}(?![\w.,]\d)",
    # ordinals and posts: "ke-3", "keenam", "month-6", "B06", "29th"
    r"\bke-\s?\d+(?:-an)?\b|\b(?:bulan|month|posisi)[\s-]+(?:ke-?)?\d{1,2}\b(?!\s*(?:opd|dinas|persen))",
    r"(?<!\w)\d+(?:st|nd|rd|th)\b",
    # official codes of places and budget lines
    r"(?<![\w.,])\d{2}\.\d{2}\.\d{2}(?:\.\d{4})?(?![\w]|[.,]\d)|\b(?:kode|code)\s*:?\s*\d[\w.]*",
    # numbering: "1. ", "2) " where a block, a clause or a list item begins
    r"\A\s*(?:[-*•▪–]\s*)?\(?\d{1,2}[.)]\s+(?=\S)|(?<=[;:]\s)(?:\(?\d{1,2}\)|1\.)\s+(?=[A-Z])|"
    r"(?<=;\s)\d{1,2}\.\s+(?=[A-Z])",
    # idioms that count nothing
    r"\bsalah\s+satu\b|\bsatu\s+dari\b|\bsatu\s+sama\s+lain\b|\bsatu-satu\w*|\bsatu\s+(?:per|demi)\s+satu\b|\bone\s+of\b|"
    r"\b(?:no|any|every|each)\s+one\b|\bone\s+another\b|\bzero\s+tolerance\b|\bnol\s+toleransi\b",
)
_MASKS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS)

Span = tuple[int, int]


def find_masks(text: str) -> list[Span]:
    """Return the spans of a block that hold numbers which state no figure, in order."""
    spans = [match.span() for mask in _MASKS for match in mask.finditer(text)]
    return sorted(spans)


def overlaps(start: int, end: int, spans: list[Span]) -> bool:
    """Return whether a span meets any of these."""
    return any(start < other_end and other_start < end for other_start, other_end in spans)
