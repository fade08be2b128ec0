"""The edition's declaration, ``edition.toml``: who reports on what, from which files."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from helpers.errors import DataError, Finding, Place
from helpers.params import RunParams, list_editions
from helpers.paths import EditionPaths
from helpers.privacy import SHORTEST, find_in

#: The one written in C reads a record in a tenth of the time; every notebook reads several.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DATA_STATUSES = ("illustrative", "official")
#: Without these no letterhead and no title can be written.
REQUIRED_OFFICE_FIELDS = (
    "name_id", "name_en", "agency_id", "agency_en", "regency_id", "regency_en", "regency_code",
)  # fmt: skip

#: Where the office says how it can be reached: these are no person's.
_CONTACTS = ("office.contact", "office.address", "office.website")
#: Pictures that every document can carry.
LOGO_TYPES = {
    ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
}  # fmt: skip


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
    def contacts(self) -> tuple[str, ...]:
        """How the office can be reached: its own address, site, telephone and e-mail."""
        return _contacts(self.declaration)

    @property
    def regency_code(self) -> str:
        """Official code of the regency, ``63.06``."""
        return str(self.declaration["office"]["regency_code"])

    @property
    def regency_name(self) -> str:
        """Name of the regency in Indonesian, ``Kabupaten Tapin``."""
        return str(self.declaration["office"]["regency_id"])

    @property
    def release_date(self) -> dt.date:
        """Day on which the release is given."""
        date: dt.date = self.declaration["release"]["date"]
        return date

    @property
    def logo_file(self) -> Path | None:
        """The office's logo, if one is declared."""
        name = self.declaration["office"].get("logo")
        return self.paths.raw / name if name else None

    @property
    def logo(self) -> str:
        """The office's logo as a ``data:`` address, so that no document loads a file; or nothing."""
        file = self.logo_file
        if file is None:
            return ""
        content = base64.b64encode(file.read_bytes()).decode("ascii")
        return f"data:{LOGO_TYPES[file.suffix.lower()]};base64,{content}"

    def is_illustrative(self, *source_names: str) -> bool:
        """Return whether any of these sources (all, if none is named) holds illustrative data."""
        names = source_names or tuple(self.sources)
        return any(self.sources[name].data_status == "illustrative" for name in names)


def _contacts(declaration: dict[str, Any]) -> tuple[str, ...]:
    office = declaration["office"]
    own = [*office.get("contact", {}).values(), office.get("address"), office.get("website")]
    return tuple(text for text in own if isinstance(text, str) and len(text) >= SHORTEST)


def _describe_source(path: Path, default: str, contacts: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    sidecar = path.with_suffix(".source.yml")
    if not sidecar.is_file():
        return default, {}
    record = yaml.load(sidecar.read_text(encoding="utf-8"), Loader=_LOADER)
    personal = [
        Finding("personal_text", "edition", Place(sidecar.name), values={"field": field, "value": value})
        for field, value in find_in(record, contacts)
    ]
    if personal:
        raise DataError(findings=personal)
    titles = {"id": record.get("title"), "en": record.get("title_en")}
    return str(record.get("data_status", default)), {key: text for key, text in titles.items() if text}


def load_edition(params: RunParams) -> Edition:
    """Read and check ``edition.toml``; a declared file need not exist yet (the reader says so).

    Raises
    ------
    DataError
        If the declaration is not valid TOML, a part is missing or not filled in, the data
        status is not one of the known ones, or a text identifies a person.
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
    unfilled = [
        *_find_misplaced(declaration["office"], params),
        *_find_unfilled(declaration, params.year),
        *_find_bad_logo(declaration["office"].get("logo"), params.paths.raw),
    ]
    if unfilled:
        raise DataError(findings=unfilled)
    contacts = _contacts(declaration)
    personal = [
        _broken("personal_text", field=field, value=value)
        for field, value in find_in(declaration, contacts, _CONTACTS)
    ]
    if personal:
        raise DataError(findings=personal)
    sources: dict[str, Source] = {}
    for name, options in declaration["sources"].items():
        file = params.paths.raw / options["file"]
        status, titles = _describe_source(file, declaration["data_status"], contacts)
        sources[name] = Source(name, file, dict(options), status, titles)
    return Edition(params, declaration, sources)


def _find_misplaced(office: dict[str, Any], params: RunParams) -> list[Finding]:
    """Return where a declaration speaks of another office or year than its folder: a copy not adapted."""
    folder = {"id": params.office, "year": params.year}
    return [
        _broken("edition_elsewhere", field=f"office.{name}", value=str(office[name]), folder=str(wanted))
        for name, wanted in folder.items() if name in office and office[name] != wanted
    ]  # fmt: skip


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


def _find_bad_logo(name: Any, folder: Path) -> list[Finding]:
    """Return what is wrong with the declared logo, a picture beside ``edition.toml``."""
    if not name:
        return []
    file = folder / str(name)
    if file.suffix.lower() not in LOGO_TYPES:
        return [_broken("edition_logo_kind", value=str(name), known=", ".join(LOGO_TYPES))]
    if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):
        return [_broken("edition_logo_missing", value=str(name))]
    return []


def _broken(code: str, **values: str) -> Finding:
    return Finding(code, "edition", Place("edition.toml"), values=values)


def earlier_editions(edition: Edition, source: str) -> Iterator[Edition]:
    """Yield the office's earlier editions that declare a source, oldest first.

    One whose declaration is broken is passed by: it says so itself when it is made.
    """
    params = edition.params
    for office, year in list_editions(params.raw_base):
        if office == params.office and year < params.year:
            try:
                other = load_edition(replace(params, year=year))
            except DataError:
                continue
            if source in other.sources:
                yield other


def earlier_input_files(edition: Edition, source: str) -> dict[str, Path]:
    """Return the files of earlier editions that a chapter over several years reads, by name.

    They are inputs beside the edition's own: the declaration of every earlier edition, the
    source's file with its record, and its corrections. Names are ``editions/2021/tonggak.csv``.
    """
    files: dict[str, Path] = {}
    for other in earlier_editions(edition, source):
        file, prefix = other.sources[source].path, f"editions/{other.params.year}/"
        own = (other.paths.raw / "edition.toml", file, file.with_suffix(".source.yml"))
        files |= {f"{prefix}{path.name}": path for path in own if path.is_file()}
        if other.paths.corrections.is_file():
            files[f"{prefix}corrections/{other.paths.corrections.name}"] = other.paths.corrections
    return files
