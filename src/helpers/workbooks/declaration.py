"""The texts beside the workbooks of a new edition: ``edition.toml`` and the source records."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from helpers.messages import translate
from helpers.workbooks.budget_form import MONTHS, PLAN_SHEET
from helpers.workbooks.form import Form, Text

#: What the office says of itself, in the order of the file.
OFFICE_FIELDS = (
    "name_id", "name_en", "short_name", "agency_id", "agency_en", "regency_id", "regency_en", "regency_code",
    "address", "website",
)  # fmt: skip
CONTACT_FIELDS = ("unit", "phone", "email")
#: The same for every office of the agency.
AGENCY = {
    "agency_id": "Badan Narkotika Nasional Republik Indonesia",
    "agency_en": "National Narcotics Board of the Republic of Indonesia",
}


def _quoted(value: object) -> str:
    # A JSON string is a TOML basic string.
    return json.dumps(str(value), ensure_ascii=False)


def _comment(line: str) -> str:
    return f"# {line}"


def edition_text(
    office_id: str, year: int, office: Mapping[str, Any], place: str, forms: Sequence[Form], text: Text
) -> str:
    """Return ``edition.toml``: what is known filled in, the rest empty with a word on what belongs there.

    Parameters
    ----------
    office_id : str
    year : int
    office : Mapping
        The ``[office]`` part of an earlier edition, or the regency code alone.
    place : str
        Place of the release; empty if not known.
    forms : sequence of Form
    text : callable
        Gives a text of the catalogue below ``workbooks.``.
    """
    known = {**AGENCY, **office}
    contact = known.get("contact", {})
    lines = [
        _comment(text("edition.head", year=str(year))), _comment(text("edition.names")), "schema = 1",
        _comment(text("edition.status")), 'data_status = "official"', "",
        "[office]", f"id = {_quoted(office_id)}", f"year = {year}",
        *(f"{name} = {_quoted(known.get(name, ''))}" for name in OFFICE_FIELDS), "",
        _comment(text("edition.contact")), "[office.contact]",
        *(f"{name} = {_quoted(contact.get(name, ''))}" for name in CONTACT_FIELDS), "",
        "[release]", _comment(text("edition.date", year=str(year))), 'date = ""',
        f"place = {_quoted(place)}", "",
        "[sources.budget]", f"file = {_quoted(budget_file(year))}", "sheets = [",
        *(f"  {', '.join(map(_quoted, MONTHS[start : start + 6]))}," for start in (0, 6)), "]",
        f"plan_sheet = {_quoted(PLAN_SHEET)}",
    ]  # fmt: skip
    for form in forms:
        lines += ["", *_source_lines(form, text)]
    return "\n".join(lines) + "\n"


def _source_lines(form: Form, text: Text) -> list[str]:
    """Return the part of one source; of an optional one as comments, to be opened by the office."""
    lines = [f"[sources.{form.source}]", f"file = {_quoted(form.file)}", f"sheet = {_quoted(form.sheet)}"]
    if form.second is not None:
        lines.append(f"log_sheet = {_quoted(form.second.sheet)}")
    if not form.optional:
        return lines
    return [_comment(text(f"edition.{form.source}")), *map(_comment, lines)]


def budget_file(year: int) -> str:
    """Return the name of the budget workbook."""
    return f"anggaran-{year}.xlsx"


def source_text(source: str, office: str, year: int, text: Text) -> str:
    """Return the ``.source.yml`` of one workbook: who made it, what it is, and what staff fill in."""
    record = {
        "producer": office or None,
        "title": f"{translate(f'workbooks.{source}.title', 'id')} {year}",
        "title_en": f"{translate(f'workbooks.{source}.title', 'en')}, {year}",
        "url": None,
        "accessed": None,
        "licence": None,
        "data_status": "official",
        "status_id": None,
        "status_en": None,
    }
    body = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=100)
    return f"{_comment(text('edition.record', year=str(year)))}\n{body}"
