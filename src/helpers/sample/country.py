"""A synthetic country to measure with: as many offices and villages as Indonesia has, all made up.

Names say what they are (``Kabupaten Contoh Badaka``), codes are of provinces 01 to 06, which no
real province has, and every edition is marked illustrative. It is the same country on every
machine, and an office does not depend on how many are written. Names hold no digits or
number words: in a report every number is held against the facts.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.errors import ParameterError
from helpers.messages import translate
from helpers.paths import project_root
from helpers.sample.country_files import edition_files
from helpers.sample.draws import Draws, share_out

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


def write_country(raw: Path, offices: int = OFFICES, year: int = YEAR, *, locale: str = "id") -> list[Path]:
    """Write the editions of the first so many offices below a folder of raw data.

    Parameters
    ----------
    raw : Path
        Folder of all offices' raw data; made if it is missing.
    offices : int
        1 to 514. Sizes are drawn at random, so that the first fifty are a fair sample.
    year : int
        Year of the editions.
    locale : str
        Language of a refusal.

    Returns
    -------
    list of Path
        The folder of each edition. Beside it lies ``reference/``: the office's villages,
        districts and departments.

    Raises
    ------
    ParameterError
        If there are not so many offices, or the folder is the project's own ``data/raw``.
    """
    if not 1 <= offices <= OFFICES:
        raise ParameterError(translate("sample.offices_out_of_range", locale, count=offices, most=OFFICES))
    if raw.resolve() == (project_root() / "data" / "raw").resolve():
        raise ParameterError(translate("sample.country_among_real", locale))
    return [write_office(regency, raw, year) for regency in make_country()[:offices]]


def write_office(regency: Regency, raw: Path, year: int = YEAR) -> Path:
    """Write one office's edition and reference tables; return the folder of the edition."""
    folder = raw / regency.office / str(year)
    reference = raw / regency.office / "reference"
    for place in (folder, reference):
        place.mkdir(parents=True, exist_ok=True)
    departments = _departments(regency)
    for name, rows in _reference(regency, departments).items():
        (reference / name).write_text(_csv(rows), encoding="utf-8")
    for name, content in edition_files(regency, departments, year).items():
        (folder / name).write_bytes(content)
    return folder


def _departments(regency: Regency) -> list[dict[str, str]]:
    """Return rows of the registry: kinds of departments that every regency has, 18 to 27 of them."""
    with (project_root() / "data" / "reference" / "opd_registry.csv").open(encoding="utf-8-sig") as file:
        known = [row for row in csv.DictReader(file) if row["valid_from"] <= f"{YEAR}-01-01"]
    chosen = known[: Draws(f"{regency.office}-opd").whole(18, 27)]
    return [{**row, "regency_code": regency.code} for row in chosen]


def _reference(regency: Regency, departments: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    villages = [
        {"village_code": code, "village_name": name, "village_type": "desa", "district_code": district}
        for code, name, district in regency.villages()
    ]
    districts = [
        {"district_code": code, "district_name": name, "regency_code": regency.code}
        for code, name in regency.districts()
    ]
    return {
        "villages.csv": villages,
        "districts.csv": districts,
        # A header alone: the shared aliases are those of another regency's villages.
        "village_aliases.csv": [],
        "opd_registry.csv": departments,
    }


def _csv(rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    columns = list(rows[0]) if rows else ["village_code", "alias"]
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
