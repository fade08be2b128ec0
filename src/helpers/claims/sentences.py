"""Sentences of a block, with their offsets."""

from __future__ import annotations

import re

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
