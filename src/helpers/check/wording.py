"""Read a text before its figures: sentences, lists, classes, and numbers that claim nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.check.model import Claim

_ABBREVIATIONS = (
    "rp", "no", "nmr", "kab", "kec", "ds", "kel", "jl", "jln", "tgl", "thn", "th", "yth", "hal", "bpk", "sdr",
    "dr", "drs", "dra", "ir", "prof", "h", "hj", "s", "m", "a", "b", "dll", "dsb", "dkk", "a.n", "u.p", "s.d",
    "pkl", "telp", "tel", "mdl", "mr", "mrs", "ms", "dec", "nov", "oct", "sept", "jan", "feb", "des", "okt",
    "vs", "e.g", "i.e", "approx", "art", "jend",
)  # fmt: skip
_END = re.compile(r"""(?<=[.!?…])["'”’)*_]*\s+(?=["'“‘(*_]*[A-Z0-9À-Ý])|\n+|(?<=[!?])\s+""")
_LAST_WORD = re.compile(r"([\w.]+)\.$")


def split_sentences(text: str) -> list[tuple[int, str]]:
    """Return offset and text of each sentence; abbreviations and initials do not end one.

    Examples
    --------
    >>> split_sentences("Pagu Rp. 5 juta. Terserap.")
    [(0, 'Pagu Rp. 5 juta.'), (17, 'Terserap.')]
    """
    sentences = []
    start = 0
    for boundary in _END.finditer(text):
        head = text[start : boundary.start()]
        if "\n" not in boundary.group() and _ends_in_abbreviation(head):
            continue
        if head.strip():
            sentences.append((start, head))
        start = boundary.end()
    if text[start:].strip():
        sentences.append((start, text[start:].rstrip()))
    return sentences


def _ends_in_abbreviation(head: str) -> bool:
    last = _LAST_WORD.search(head)
    if last is None:
        return False
    word = last.group(1).lower()
    # a numbering ("1." at the block's start) does not end a sentence either
    return word in _ABBREVIATIONS or (word.isdigit() and last.start() == 0)


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
