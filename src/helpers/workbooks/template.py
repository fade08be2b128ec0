"""Write the input files of a new edition, all of them or none."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.errors import DataError, Finding, ParameterError, Place
from helpers.messages import translate
from helpers.params import check_folders, is_office_name, list_editions
from helpers.paths import find_reference, project_root
from helpers.read import read_reference
from helpers.read.xlsx_bytes import workbook_bytes
from helpers.run.place import beside
from helpers.workbooks.budget_form import make_budget_workbook
from helpers.workbooks.declaration import budget_file, edition_text, source_text
from helpers.workbooks.form import make_workbook
from helpers.workbooks.forms import FORMS, Register, departments_of

_REGENCY_CODE = re.compile(r"\d\d\.\d\d")
_RAW = "data/raw"


@dataclass(frozen=True, slots=True)
class TemplateRequest:
    """Which edition the files are for, and where they go.

    ``regency`` is the official code of the regency (``63.06``), needed for an office that
    has no edition yet; ``raw`` is the base folder of all offices' raw data.
    """

    year: int
    office: str = "bnnk-hss"
    regency: str = ""
    raw: str = _RAW
    locale: str = "id"

    @property
    def folder(self) -> Path:
        """Where the files go."""
        return project_root() / self.raw / self.office / str(self.year)


def write_template(request: TemplateRequest) -> list[Path]:
    """Write the workbooks to fill, ``edition.toml`` and a source record for each workbook.

    Returns
    -------
    list of Path
        The files written, ``edition.toml`` first.

    Raises
    ------
    ParameterError
        If the office's id or code is malformed, the folder meets the project's sources, the office
        is not known and no regency is given, or the folder holds anything already. Nothing is
        written then.
    DataError
        If the reference data hold no village or no department of the regency.
    """
    if not is_office_name(request.office):
        raise _refusal(request, "office_malformed", value=request.office)
    if request.regency and not _REGENCY_CODE.fullmatch(request.regency):
        raise _refusal(request, "regency_malformed", value=request.regency)
    check_folders(request.raw, "data/processed", "reports", request.locale)
    folder = request.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise _refusal(request, "folder_taken", folder=f"{request.raw}/{request.office}/{request.year}")
    declaration = _known_declaration(request)
    office: dict[str, Any] = dict(declaration.get("office", {}))
    if request.regency:
        office["regency_code"] = request.regency
    if not office.get("regency_code"):
        raise _refusal(request, "office_unknown", office=request.office, year=str(request.year))
    files = make_files(request, office, str(declaration.get("release", {}).get("place", "")))
    with beside(folder) as fresh:
        for name, content in files.items():
            (fresh / name).write_bytes(content)
    return [folder / name for name in files]


def make_files(request: TemplateRequest, office: Mapping[str, Any], place: str) -> dict[str, bytes]:
    """Return the contents of all files by name.

    Raises
    ------
    DataError
        If the reference data hold no village or no department of the regency.
    """
    text = partial(_text, request.locale)
    name = str(office.get("name_id", "")) or request.office.upper()
    register = read_register(request.year, str(office["regency_code"]), str(office.get("name_id", "")),
                             request.folder.parent / "reference", request.locale)  # fmt: skip
    forms = [make(register, text) for make in FORMS]
    books = {
        "budget": (budget_file(request.year), make_budget_workbook(request.year, name, text, request.locale))
    }
    books |= {form.source: (form.file, make_workbook(form, request.year, name, text)) for form in forms}
    declared = edition_text(request.office, request.year, office, place, forms, text)
    files = {"edition.toml": declared.encode("utf-8")}
    # The first day of the year stands for the time of making: the clock is never read.
    made_on = dt.datetime(request.year, 1, 1)
    for source, (file, book) in books.items():
        files[file] = workbook_bytes(book, made_on)
        record = source_text(source, str(office.get("name_id", "")), request.year, text)
        files[Path(file).with_suffix(".source.yml").name] = record.encode("utf-8")
    return files


def read_register(year: int, regency: str, office: str, own_reference: Path, locale: str = "id") -> Register:
    """Return what the forms know of a regency; the office's own reference tables come first.

    Raises
    ------
    DataError
        If the reference data hold no village or no department of it.
    """
    shared = project_root() / "data" / "reference"

    def read(table: str) -> pd.DataFrame:
        return read_reference(table, find_reference(table, shared, own_reference), regency)

    villages = read("villages")
    districts = read("districts").set_index("district_code")["district_name"]
    own: pd.DataFrame = villages[villages["village_code"].str.startswith(f"{regency}.")].copy()
    registry, aliases = map(read, ("opd_registry", "opd_aliases"))
    departments = departments_of(registry, aliases, year)
    lacking = (
        ("regency_not_covered", "villages", own.empty),
        ("regency_without_opd", "opd_registry", not departments),
    )
    findings = [
        Finding(code, "reference", Place(f"{table}.csv"), values={"regency": regency, "year": str(year)})
        for code, table, is_lacking in lacking if is_lacking
    ]  # fmt: skip
    if findings:
        raise DataError(findings=findings)
    own["district_name"] = own["district_code"].map(districts)
    return Register(
        year=year,
        office=office,
        villages=own.sort_values("village_code"),
        departments=departments,
        items=len(read("survey_items")),
        locale=locale,
    )


def _text(locale: str, key: str, **values: Any) -> str:
    return translate(f"workbooks.{key}", locale, **values)


def _refusal(request: TemplateRequest, key: str, **values: Any) -> ParameterError:
    return ParameterError(translate(f"workbooks.refused_{key}", request.locale, **values))


def _known_declaration(request: TemplateRequest) -> dict[str, Any]:
    """Return the newest declaration of the office, also from the project's own raw data."""
    for raw in dict.fromkeys((request.raw, _RAW)):
        base = project_root() / raw
        years = [year for office, year in list_editions(base) if office == request.office]
        for year in sorted(years, reverse=True):
            path = base / request.office / str(year) / "edition.toml"
            try:
                return tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError):
                # That edition says so itself when it is made; an older one serves here.
                continue
    return {}
