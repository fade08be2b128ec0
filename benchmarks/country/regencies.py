"""The made-up regencies: their codes, names, districts and villages.

Names say what they are (``Kabupaten Contoh Badaka``), codes are of provinces 01 to 06, which no
real province has, and every edition is marked illustrative. It is the same country on every
machine, and an office does not depend on how many are written. Names hold no digits or
number words: in a report every number is held against the facts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from illustrative_data.draws import Draws, share_out

OFFICES = 514
VILLAGES = 84_000
YEAR = 2021
#: A regency has 5 to 60 districts; Indonesia's 84,000 villages lie in about 7,300.
VILLAGES_PER_DISTRICT = 84_000 / 7_300
FEWEST_VILLAGES, MOST_VILLAGES = 50, 800
FEWEST_DISTRICTS, MOST_DISTRICTS = 5, 60
_REGENCIES_PER_PROVINCE = 99
_SYLLABLES = ("ba", "da", "ga", "ja", "ka", "la", "ma", "na", "pa", "ra", "sa")


def spell(number: int, length: int) -> str:
    """Return a name for a number: so many syllables of eleven.

    >>> spell(0, 3), spell(1, 3), spell(12, 2)
    ('Bababa', 'Babada', 'Dada')
    """
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(_SYLLABLES))
        digits.append(_SYLLABLES[digit])
    return "".join(reversed(digits)).capitalize()


@dataclass(frozen=True, slots=True)
class Regency:
    """One made-up regency and its office.

    ``number`` counts from 1; ``village_counts`` holds the villages of each district.
    """

    number: int
    village_counts: tuple[int, ...]

    @property
    def code(self) -> str:
        """Code of the regency, ``01.07``."""
        province, regency = divmod(self.number - 1, _REGENCIES_PER_PROVINCE)
        return f"{province + 1:02d}.{regency + 1:02d}"

    @property
    def office(self) -> str:
        """Id of the office: the name of its folder."""
        return f"contoh-{self.number:03d}"

    @property
    def label(self) -> str:
        """What the regency is called after its kind."""
        return f"Contoh {spell(self.number, 3)}"

    def districts(self) -> list[tuple[str, str]]:
        """Return code and name of each district."""
        return [
            (f"{self.code}.{number:02d}", f"Contoh {spell(number, 2)}")
            for number in range(1, len(self.village_counts) + 1)
        ]

    def villages(self) -> list[tuple[str, str, str]]:
        """Return code, name and district code of each village; all are of type ``desa``."""
        rows: list[tuple[str, str, str]] = []
        for (district, _), count in zip(self.districts(), self.village_counts, strict=True):
            for number in range(1, count + 1):
                rows.append((f"{district}.{2000 + number}", f"Contoh {spell(len(rows), 3)}", district))
        return rows


@cache
def make_country() -> tuple[Regency, ...]:
    """Return all 514 regencies; their villages sum to 84,000."""
    draws = Draws("negara")
    weights = [math.exp(draws.normal(spread=0.68)) for _ in range(OFFICES)]
    spread = share_out(VILLAGES - OFFICES * FEWEST_VILLAGES, weights)
    regencies = []
    for number, extra in enumerate(spread, start=1):
        villages = FEWEST_VILLAGES + extra
        districts = min(MOST_DISTRICTS, max(FEWEST_DISTRICTS, round(villages / VILLAGES_PER_DISTRICT)))
        even, rest = divmod(villages, districts)
        counts = tuple(even + (position < rest) for position in range(districts))
        regencies.append(Regency(number, counts))
    return tuple(regencies)
