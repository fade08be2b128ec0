"""Precision and recall of ``differs`` over the corpus."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from claims_corpus import Mark, Release, load_corpus

from helpers.check.bind import bind_claims
from helpers.check.extract import extract_claims
from helpers.check.facts_file import make_facts
from helpers.check.model import CheckedClaim, Facts
from helpers.check.readers import read_text

FACTS_FILE = Path(__file__).parent / "facts-2021.json"
#: Public bodies and the names that people type for them, as the OPD registry has them.
NAME_GROUPS = (
    ("Sekretariat Daerah", "Setda"),
    ("Sekretariat DPRD", "Setwan", "Sekretariat Dewan"),
    ("Inspektorat Daerah", "Inspektorat"),
    ("Dinas Pendidikan dan Kebudayaan", "Dinas Pendidikan", "Disdikbud", "Disdik"),
    ("Dinas Kesehatan", "Dinkes"),
    ("Dinas Pekerjaan Umum dan Tata Ruang", "Dinas PUPR", "PUPR", "PUTR"),
    ("Satuan Polisi Pamong Praja dan Pemadam Kebakaran", "Satpol PP"),
    ("Badan Penanggulangan Bencana Daerah", "BPBD"),
    ("Dinas Sosial", "Dinsos"),
    ("Dinas Perhubungan", "Dishub"),
    ("Dinas Komunikasi dan Informatika", "Diskominfo", "Kominfo"),
    ("Dinas Perikanan",),
    ("Dinas Pertanian",),
    ("Dinas Perdagangan",),
    ("Bappelitbangda", "Badan Perencanaan Pembangunan, Penelitian dan Pengembangan Daerah"),
    ("Kesbangpol", "Badan Kesatuan Bangsa dan Politik"),
)

#: Where a checked claim stands in the text, and the claim.
Placed = tuple[int, int, CheckedClaim]


def load_fixture_facts() -> Facts:
    """Return the fixture's facts: the keys of the contract with values of 2021."""
    data = json.loads(FACTS_FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    return make_facts(data, name_groups=NAME_GROUPS)


@dataclass
class Score:
    """Counts over texts, and the cases that went wrong."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    false_honest: list[str] = field(default_factory=list)
    agreed: int = 0
    not_agreed: list[str] = field(default_factory=list)
    bound_unknown: list[str] = field(default_factory=list)
    not_claims: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the wrong variants that were found."""
        return self.found / max(self.found + len(self.missed), 1)

    @property
    def precision(self) -> float:
        """Share of the verdicts ``differs`` that were right."""
        return self.found / max(self.found + len(self.false), 1)


def check(text: str, release: Release, facts: Facts) -> list[Placed]:
    """Return the checked claims with their places in the text."""
    document = read_text(text, release.name + release.suffix)
    checked = bind_claims(extract_claims(document, release.lang), facts)
    lines = text.splitlines(keepends=True)
    offsets = [sum(len(line) for line in lines[:number]) for number in range(len(lines) + 1)]
    placed = []
    for item in checked:
        claim = item.claim
        line = lines[claim.line - 1]
        # Markdown's marks are stripped before checking, so a claim stands there or further right
        start = max(line.find(claim.core, claim.offset + claim.core_start), 0)
        base = offsets[claim.line - 1] + start
        placed.append((base, base + len(claim.core), item))
    return placed


def measure(part: str, facts: Facts) -> Score:
    """Check every honest text and every wrong variant of one part of the corpus."""
    score = Score()
    for release in load_corpus(part):
        _measure_honest(release, facts, score)
        for mark, wrong, text in release.variants():
            _measure_variant(release, mark, wrong, text, facts, score)
    return score


def _overlapping(checked: list[Placed], start: int, end: int) -> list[CheckedClaim]:
    return [item for first, last, item in checked if first < end and start < last]


def _tell(release: Release, item: CheckedClaim, case: str) -> str:
    key = item.fact.key if item.fact else "-"
    return (
        f"{release.name}, {case}: {item.claim.text!r} {item.status}, {key}, {item.expected!r} [{item.note}]"
    )


def _measure_honest(release: Release, facts: Facts, score: Score) -> None:
    checked = check(release.text, release, facts)
    honest = [_tell(release, item, "honest") for _, _, item in checked if item.status == "differs"]
    score.false += honest
    score.false_honest += honest
    for mark in release.marks:
        over = _overlapping(checked, mark.start, mark.end)
        right = [
            item for item in over if item.status == "agrees" and item.fact and item.fact.key in mark.facts
        ]
        if mark.facts == ("-",):
            score.not_claims += [_tell(release, item, "no claim") for item in over]
        elif "?" in mark.facts:
            wrong = [item for item in over if item.status != "unknown" and item not in right]
            score.bound_unknown += [_tell(release, item, "unknown") for item in wrong]
        elif right:
            score.agreed += 1
        else:
            score.not_agreed += [f"{release.name}: {mark.text!r} is not seen to state {mark.facts}"]


def _measure_variant(release: Release, mark: Mark, wrong: str, text: str, facts: Facts, score: Score) -> None:
    checked = check(text, release, facts)
    inside = _overlapping(checked, mark.start, mark.start + len(wrong))
    if any(item.status == "differs" for item in inside):
        score.found += 1
    else:
        score.missed.append(f"{release.name}: {wrong!r} instead of {mark.text!r} {mark.facts}")
    score.false += [
        _tell(release, item, f"with {wrong!r}")
        for _, _, item in checked
        if item.status == "differs" and item not in inside
    ]
