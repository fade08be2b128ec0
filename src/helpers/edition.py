"""The edition's declaration, ``edition.toml``: who reports on what, from which files."""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from helpers.errors import DataError, Finding, Place
from helpers.params import RunParams
from helpers.paths import EditionPaths

DATA_STATUSES = ("illustrative", "official")
#: Without these no letterhead and no title can be written.
REQUIRED_OFFICE_FIELDS = (
    "name_id", "name_en", "agency_id", "agency_en", "regency_id", "regency_en", "regency_code",
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One declared source: the file that holds a table.

    ``options`` holds what else ``edition.toml`` says of it (sheet names, a plan sheet).
    """

    name: str
    path: Path
    options: dict[str, Any]
    data_status: str
    titles: dict[str, str]

    def title_in(self, locale: str) -> str:
        """Return what the file is, for source lines; its name if nobody has said."""
        return self.titles.get(locale, self.path.name)

    @property
    def sheet(self) -> str | None:
        """The sheet that holds the table, if the file has sheets and one is named."""
        return self.options.get("sheet")

    @cached_property
    def sha256(self) -> str:
        """Digest of the file as it lies in ``data/raw``."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Edition:
    """One office's report of one year."""

    params: RunParams
    declaration: dict[str, Any]
    sources: dict[str, Source]

    @property
    def paths(self) -> EditionPaths:
        """Its folders."""
        return self.params.paths

    @property
    def locale(self) -> str:
        """Language of the outputs."""
        return self.params.locale

    @property
    def office_name(self) -> str:
        """Name of the office in the language of the outputs."""
        return str(self.declaration["office"]["name_" + self.locale])

    @property
    def place_name(self) -> str:
        """Name of the regency in the language of the outputs."""
        return str(self.declaration["office"]["regency_" + self.locale])

    @property
    def regency_code(self) -> str:
        """Official code of the regency, ``63.06``."""
        return str(self.declaration["office"]["regency_code"])

    @property
    def release_date(self) -> dt.date:
        """Day on which the release is given."""
        date: dt.date = self.declaration["release"]["date"]
        return date

    def is_illustrative(self, *source_names: str) -> bool:
        """Return whether any of these sources (all, if none is named) holds illustrative data."""
        names = source_names or tuple(self.sources)
        return any(self.sources[name].data_status == "illustrative" for name in names)


def _describe_source(path: Path, default: str) -> tuple[str, dict[str, str]]:
    sidecar = path.with_suffix(".source.yml")
    if not sidecar.is_file():
        return default, {}
    record = yaml.safe_load(sidecar.read_text(encoding="utf-8"))
    titles = {"id": record.get("title"), "en": record.get("title_en")}
    return str(record.get("data_status", default)), {key: text for key, text in titles.items() if text}


def load_edition(params: RunParams) -> Edition:
    """Read and check ``edition.toml``; a declared file need not exist yet (the reader says so).

    Raises
    ------
    DataError
        If the declaration is not valid TOML, a part is missing or not filled in, or the
        data status is not one of the known ones.
    """
    path = params.paths.raw / "edition.toml"
    try:
        declaration = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(findings=[_broken("edition_not_toml", error=str(error))]) from error
    missing = [part for part in ("office", "release", "sources", "data_status") if part not in declaration]
    if missing:
        raise DataError(findings=[_broken("edition_part_missing", part=part) for part in missing])
    if declaration["data_status"] not in DATA_STATUSES:
        raise DataError(findings=[_broken("edition_status_unknown", value=declaration["data_status"])])
    unfilled = _find_unfilled(declaration, params.year)
    if unfilled:
        raise DataError(findings=unfilled)
    sources: dict[str, Source] = {}
    for name, options in declaration["sources"].items():
        file = params.paths.raw / options["file"]
        status, titles = _describe_source(file, declaration["data_status"])
        sources[name] = Source(name, file, dict(options), status, titles)
    return Edition(params, declaration, sources)


def _find_unfilled(declaration: dict[str, Any], year: int) -> list[Finding]:
    """Return what a new edition's declaration still lacks: names of the office, date and place."""
    required = [("office", name) for name in REQUIRED_OFFICE_FIELDS] + [("release", "place")]
    findings = [
        _broken("edition_field_empty", field=f"{part}.{name}")
        for part, name in required if not str(declaration[part].get(name, "")).strip()
    ]  # fmt: skip
    date = declaration["release"].get("date", "")
    if not isinstance(date, dt.date):
        findings.append(_broken("edition_date_invalid", value=str(date) or "-", year=str(year)))
    return findings


def _broken(code: str, **values: str) -> Finding:
    return Finding(code, "edition", Place("edition.toml"), values=values)
