"""The part of a sentence that a claim stands in, and whether it speaks of another place or year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from helpers.check.model import Claim, Facts
from helpers.check.wording import find_masks

#: What ends a claim's own part of the sentence.
DELIMITER = re.compile(
    r";|\bsedangkan\b|\bsdgkan\b|\bsementara\b|\bnamun\b|\btetapi\b|\badapun\b|\bwhile\b|\bbut\b|\bwhereas\b|\.\s|"
    r"\bkarena\b|\bsebab\b|\bsehingga\b|\bbecause\b|,\s*(?:jadi|menjadi|became)\b|,\s*(?:dan|and)\s+(?=\w+\s+\w+)",
    re.IGNORECASE,
)
#: A year this many characters behind a figure is the figure's own: "97 persen pada 2020".
ADJACENT = 3
#: What makes a cue on its other side count for less.
SOFT = re.compile(r",(?!\d)|;|\b(?:dan|serta|sedangkan|sementara|and|while|atau|or)\b|[()]", re.IGNORECASE)

#: Between two claims of a kind: what follows belongs to the later one.
_NEXT = re.compile(r",(?!\d)(?:\s*(?:dan|serta|and)\b)?", re.IGNORECASE)

_FOREIGN = (
    r"secara\s+nasional|tingkat\s+nasional|rata-rata\s+nasional|nasional\s+tahun|nationally|nationwide|se-?indonesia|"
    r"indonesia\s+(?:memiliki|has)|bnnp\b|(?:tingkat\s+|se-?)provinsi|\bprovincial|kalteng|kalimantan\s+(?:tengah|timur|barat|utara)|"
    r"se-?kalimantan|se-?kalsel|hulu\s+sungai\s+(?:tengah|utara)|\bhs[tu]\b|balangan|tabalong|banjarbaru|banjarmasin|batola|"
    r"barito\s+kuala|tanah\s+(?:laut|bumbu)|kotabaru|tapin\b|simalungun|tojo\s+una|"
    r"other\s+regenc\w+|daerah\s+lain\b"
)
_YEAR_SCOPE = re.compile(
    r"(?:(?:pada|di|in|tahun|thn|during|selama|sepanjang|anggaran)\s+(?:tahun\s+)?|\()((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_EVENT_YEAR = re.compile(
    r"(?:sejak|bersinar|dibentuk|ditetapkan|berdiri|dicanangkan|since|formed|became|skala|scale|tentang|terbit)\W+(?:\w+\W+){0,4}$",
    re.IGNORECASE,
)
_RELATIVE_YEAR = re.compile(
    r"tahun\s+(?:lalu|sebelumnya|kemarin|depan|mendatang)|last\s+year|previous\s+year|next\s+year",
    re.IGNORECASE,
)


def _without_laws(text: str) -> str:
    """Blank the years of laws: "Inpres Nomor 2 Tahun 2020" says nothing of the figures' year."""
    for start, end in find_masks(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@dataclass(frozen=True, slots=True)
class Part:
    """A claim's own part of its sentence: the text on its left and right."""

    left: str
    right: str


def own_part(claim: Claim, siblings: list[Claim]) -> Part:
    """Return the words that are the claim's, up to the next claim of its kind or a contrast."""
    others = [other for other in siblings if other.start != claim.start and other.kind == claim.kind]
    start = max((other.end for other in others if other.end <= claim.start), default=0)
    end = min((other.start for other in others if other.start >= claim.end), default=len(claim.sentence))
    left = claim.sentence[start : claim.start]
    right = claim.sentence[claim.end : end]
    # "B06 terisi 25 OPD, B12 baru 16": behind the comma the words are the next claim's
    left = _behind_first(left) if start else left
    right = right[: found.start()] if end < len(claim.sentence) and (found := _NEXT.search(right)) else right
    cuts = [found.end() for found in DELIMITER.finditer(left)]
    left = left[cuts[-1] :] if cuts else left
    stop = DELIMITER.search(right)
    return Part(left, right[: stop.start()] if stop else right)


def _behind_first(text: str) -> str:
    found = _NEXT.search(text)
    return text[found.end() :] if found and text[found.end() :].strip() else text


@cache
def _places(own: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True))
    home = (
        rf"{names}|tibung\s+raya|kabupaten\s+(?:ini|kita)|(?-i:[Tt]he)\s+regency\b|"
        r"kantor\s+(?:kita|itu|kami|ini)|\bkita\b|\bkami\b"
    )
    bare = "|".join(
        re.escape(re.sub(r"^(?:Kabupaten|Kota)\s+", "", name)) for name in sorted(own, key=len, reverse=True)
    )
    other = rf"(?-i:\b(?:Kabupaten|Kota|Kab\.)\s+(?!(?:{bare}|HSS)\b)[A-Z]\w+)"
    return re.compile(rf"(?P<home>{home})|(?P<foreign>{_FOREIGN}|{other})", re.IGNORECASE)


def is_foreign_place(claim: Claim, facts: Facts, part: Part) -> bool:
    """Return whether the nearest place named before the claim (else just after) is another one."""
    pattern = _places(facts.own_places)
    earlier = list(pattern.finditer(" ".join((*claim.labels, claim.sentence[: claim.start]))))
    if earlier:
        return earlier[-1].lastgroup == "foreign"
    later = pattern.search(part.right)
    if later:
        return later.lastgroup == "foreign"
    before = list(pattern.finditer(claim.before[-160:]))
    return bool(before) and before[-1].lastgroup == "foreign"


_BODY = re.compile(
    r"\b(?:polres|polda|polsek|kodim|kejaksaan|kejari|lapas|rutan|rsud|puskesmas|sekolah|madrasah|dpa|apbdes|"
    r"(?-i:Dinas|Badan|(?<!Sub )(?<!Sub)Bagian|Kantor|Disk\w+|Disdik\w*|Dishub|Dinkes|Dinsos)"
    r"(?!\s+(?:ini|itu|tersebut|kita|kami|narkotika))"
    r"(?:\s+(?-i:[A-Z])\w+)*)\b|\bdinas\s+kita\b|\bour\s+department\b",
    re.IGNORECASE,
)
_OWN_BODY = re.compile(
    r"\bbnnk?\b|badan\s+narkotika|narcotics|\bkantor\s+(?:ini|itu|kita|kami|tersebut)|subbag|sub\s*bagian",
    re.IGNORECASE,
)


def is_foreign_body(claim: Claim, facts: Facts) -> bool:
    """Return whether the body named nearest before a claim is another than the office.

    The sentence is asked, and what follows the claim up to a comma; else the words just before.
    """
    names = {name for group in facts.name_groups for name in group}
    for text in (
        claim.sentence[: claim.start],
        claim.sentence[claim.end :].split(",")[0],
        claim.before[-160:],
    ):
        own = max((found.start() for found in _OWN_BODY.finditer(text)), default=-1)
        other = max((found.start() for found in _BODY.finditer(text)), default=-1)
        other = max([other, *(text.rfind(name) for name in names)])
        if own >= 0 or other >= 0:
            return other > own
    return False


def is_foreign_year(claim: Claim, facts: Facts, part: Part) -> bool:
    """Return whether the claim's part of the sentence puts it into another year."""
    text = part.left if part.left.strip() else claim.sentence[: claim.start]
    text = _without_laws(" ".join((*claim.labels, text)))
    years = [
        int(found.group(1))
        for found in _YEAR_SCOPE.finditer(text)
        if not _EVENT_YEAR.search(text[: found.start(1)])
    ]
    after = _YEAR_SCOPE.search(_without_laws(part.right))
    if (
        not years
        and after
        and after.start() <= ADJACENT
        and not _EVENT_YEAR.search(part.right[: after.start(1)])
    ):
        years = [int(after.group(1))]
    if years:
        return years[-1] != facts.year
    return bool(_RELATIVE_YEAR.search(part.left))
