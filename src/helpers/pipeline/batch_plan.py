"""Which reports a batch makes, and the key by which one of them is known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from helpers.engine.job import EngineName
from helpers.errors import ParameterError
from helpers.messages import translate

ALL = "all"
#: Parts of ``manifest.json`` that decide a report's bytes.
_KEY_PARTS = ("parameters", "inputs", "code", "packages")

Status = Literal["made", "kept", "failed"]


@dataclass(frozen=True, slots=True)
class EditionJob:
    """One report to make: all that a worker needs to know, small and picklable.

    ``raw`` and ``out`` are folders (relative ones from the project's folder) or addresses
    that fsspec knows; ``key`` is `key_of` the inputs, code and parameters. ``elsewhere``:
    made on another machine, which must see the same inputs and code.
    """

    office: str
    year: int
    locale: str
    raw: str
    processed: str
    out: str
    key: str = ""
    engine: EngineName = "fork"
    force: bool = False
    elsewhere: bool = False

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.office} {self.year}"

    @property
    def place(self) -> str:
        """Where its report lies below the folder of reports."""
        report = f"{self.office}/{self.year}"
        return report if self.locale == "id" else f"{report}/{self.locale}"


@dataclass(frozen=True, slots=True)
class EditionResult:
    """How one report of a batch ended.

    ``reason`` is told to people, in the language of the report. Seconds and memory
    (largest of any process, MiB; pages shared between processes count) are for the
    terminal and the benchmark alone.
    """

    office: str
    year: int
    locale: str
    status: Status
    key: str = ""
    reason: str = ""
    seconds: float = 0.0
    peak_mb: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Return what is the same for the same inputs."""
        names = ("office", "year", "locale", "status", "key", "reason")
        return {name: getattr(self, name) for name in names}


def key_of(document: Mapping[str, Any]) -> str:
    """Return one digest over inputs, parameters, code and packages.

    Parameters
    ----------
    document : Mapping
        A ``manifest.json``, or what one would hold: ``parameters``, ``inputs``, ``code``,
        ``packages``.
    """
    parts = {name: document[name] for name in _KEY_PARTS}
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def key_of_edition(office: str, year: int, locale: str, raw: Path) -> str:
    """Return the key of a report as it would be made now; empty where people get pseudonyms.

    Nothing published tells by which key those were made, so whether it is the same one is left to
    the run itself.

    Raises
    ------
    HelpersError
        If the edition's declaration cannot be read.
    """
    from helpers.edition import load_edition
    from helpers.params import RunParams
    from helpers.pipeline.manifest import describe_making
    from helpers.privacy_key import key_mark

    params = RunParams(office=office, year=year, locale=locale, raw=str(raw))
    edition = load_edition(params)
    if key_mark(edition.declaration.get("privacy", {})):
        return ""
    return key_of(describe_making(edition, params))


def choose_editions(
    found: Sequence[tuple[str, int]], offices: str, years: str, locale: str
) -> list[tuple[str, int]]:
    """Return the editions that a batch names.

    Parameters
    ----------
    found : sequence of (office, year)
        What there is.
    offices, years : str
        ``"all"``, or names and years with commas; a year that one of several named offices
        lacks is left out.
    locale : str
        Language of the refusal.

    Raises
    ------
    ParameterError
        If an office or a year is not among them, or nothing is left; it lists what there is.

    Examples
    --------
    >>> there = [("bnnk-a", 2021), ("bnnk-a", 2022), ("bnnk-b", 2021)]
    >>> choose_editions(there, "all", "2021", "en")
    [('bnnk-a', 2021), ('bnnk-b', 2021)]
    >>> choose_editions(there, "bnnk-c,bnnk-a", "all", "en")
    Traceback (most recent call last):
    helpers.errors.ParameterError: Not known: bnnk-c. Offices: bnnk-a, bnnk-b. Years: 2021, 2022.
    """
    known_offices = sorted({office for office, _ in found})
    known_years = sorted({str(year) for _, year in found})
    chosen_offices = _named(offices, known_offices)
    chosen_years = _named(years, known_years)
    chosen = [
        (office, year) for office, year in found if office in chosen_offices and str(year) in chosen_years
    ]
    lacking = [name for name in chosen_offices if name not in known_offices]
    lacking += [name for name in chosen_years if name not in known_years]
    if not lacking and chosen_offices != known_offices:
        # An office that is named has at least one of the years; of all offices some may have none.
        lacking = [name for name in chosen_offices if name not in {office for office, _ in chosen}]
    if lacking or not chosen:
        raise ParameterError(
            translate(
                "batch.unknown", locale, names=", ".join(lacking) or "-",
                offices=", ".join(known_offices) or "-", years=", ".join(known_years) or "-",
            )
        )  # fmt: skip
    return chosen


def _named(text: str, known: Sequence[str]) -> list[str]:
    names = [name for name in (part.strip() for part in text.split(",")) if name]
    return list(known) if not names or names == [ALL] else list(dict.fromkeys(names))
