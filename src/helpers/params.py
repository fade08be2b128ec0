"""Parameters of a run, the same for commands, make variables and notebooks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import ParameterError
from helpers.messages import LOCALES, translate
from helpers.paths import EditionPaths, find_conflict, project_root

#: An office is named in lower-case letters, digits and hyphens: a name, never a path.
OFFICE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True, slots=True)
class RunParams:
    """What a report is made of and where it goes.

    ``raw``, ``processed`` and ``out`` are base folders; an edition lies below each in
    ``<office>/<year>``. Relative ones are taken from the project's folder.

    Raises
    ------
    ParameterError
        If there is no such language or edition, the office is not a name, or a base folder meets
        another one or the project's sources (`helpers.paths.find_conflict`).
    """

    office: str = "bnnk-hss"
    year: int = 2021
    locale: str = "id"
    raw: str = "data/raw"
    processed: str = "data/processed"
    out: str = "reports"

    def __post_init__(self) -> None:
        if self.locale not in LOCALES:
            text = translate("params.locale_unknown", "en", value=self.locale, known=", ".join(LOCALES))
            raise ParameterError(text)
        if isinstance(self.year, bool) or not isinstance(self.year, int):
            raise ParameterError(translate("params.year_not_whole", self.locale, value=self.year))
        check_folders(self.raw, self.processed, self.out, self.locale)
        is_name = is_office_name(self.office) and FIRST_YEAR <= self.year <= LAST_YEAR
        edition = self.raw_base / self.office / str(self.year)
        if not is_name or not (edition / "edition.toml").is_file():
            known = ", ".join(f"{office} {year}" for office, year in list_editions(self.raw_base))
            text = translate(
                "params.edition_unknown", self.locale,
                office=self.office, year=self.year, folder=self.raw, known=known or "-",
            )  # fmt: skip
            raise ParameterError(text)
        # An office's or year's folder may be a link to somewhere else.
        own = f"{self.office}/{self.year}"
        check_folders(f"{self.raw}/{own}", f"{self.processed}/{own}", f"{self.out}/{own}", self.locale)

    @property
    def raw_base(self) -> Path:
        """Folder that holds all offices' raw data."""
        return project_root() / self.raw

    @property
    def paths(self) -> EditionPaths:
        """The folders of this edition; English documents lie in ``en`` below the report."""
        root = project_root()
        edition = Path(self.office) / str(self.year)
        report = root / self.out / edition
        return EditionPaths(
            raw=self.raw_base / edition,
            processed=root / self.processed / edition,
            out=report if self.locale == "id" else report / self.locale,
            corrections=root / "data" / "corrections" / self.office / f"{self.year}.yml",
            reference=root / "data" / "reference",
            findings=report.with_name(f"{self.year}-findings"),
            own_reference=self.raw_base / self.office / "reference",
            edited=report.with_name(f"{self.year}-edited") / ("" if self.locale == "id" else self.locale),
        )


def check_folders(raw: str, processed: str, out: str, locale: str) -> None:
    """Refuse base folders of which one meets another or a source of the project.

    Raises
    ------
    ParameterError
        With both folders.
    """
    conflict = find_conflict(raw, processed, out)
    if conflict:
        folder, other = conflict
        raise ParameterError(translate("params.folders_meet", locale, folder=folder, other=other))


def is_office_name(text: object) -> bool:
    """Return whether this can name an office.

    >>> is_office_name("bnnk-hss"), is_office_name("../bnnk-hss"), is_office_name("")
    (True, False, False)
    """
    return isinstance(text, str) and OFFICE_NAME.fullmatch(text) is not None


def list_editions(raw_base: Path) -> list[tuple[str, int]]:
    """Return the offices and years found below a folder of raw data, in order."""
    # A glob down to the declaration would list each edition's folder on some Pythons, which steps may not.
    return sorted(
        (path.parent.name, int(path.name))
        for path in raw_base.glob("*/*")
        if path.name.isdigit() and is_office_name(path.parent.name) and (path / "edition.toml").is_file()
    )
