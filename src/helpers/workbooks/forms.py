"""The forms of an edition beside the budget: their columns, lists, given rows and examples.

Columns, headings, notes and closed lists are those of the data dictionary. The forms of a
partnership are optional: ``edition.toml`` holds them commented out until an office has an agreement.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.clean.agencies import opd_index
from helpers.clean.survey import HIGHEST, LOWEST
from helpers.columns import Field, Table
from helpers.columns.labels import capital, label_of
from helpers.columns.milestones import MILESTONE_CHOICES, MILESTONES, PRECISION_CHOICES
from helpers.columns.model import Cell, Choice
from helpers.columns.partnership import AREA_CHOICES, COMMITMENT_CHOICES, COMMITMENT_LOG, COMMITMENTS
from helpers.columns.programmes import PROGRAMMES
from helpers.columns.published import PUBLISHED
from helpers.columns.resilience import FAMILY_SURVEY, ROLE_CHOICES, item_cells
from helpers.columns.rollout import OPD_REPORTS, STATUS_CHOICES
from helpers.columns.villages import VILLAGES, VULNERABILITY_CHOICES
from helpers.columns.work_plan import WORK_PLAN
from helpers.facts.announced import NAMED_MILESTONES, PLANS
from helpers.workbooks.form import Form, FormColumn, Text, Value
from helpers.workbooks.lists import Lists

POSITIONS = ("B06", "B12")
LOG_SHEET = "Riwayat"
#: What the release needs and no table gives: the office states it.
STATED_FIGURES = {**dict.fromkeys(PLANS, "count"), "resilience.published_class": "class"}
#: Further figures that a release may state and that are then compared.
COMPARED_FIGURES = (
    "budget.absorption_rate", "opd.active_count", "opd.inactive_count", "opd.inactive_names",
    "opd.reported_count.b06", "resilience.index", "resilience.family_count",
)  # fmt: skip
_FIRST_DAY = dt.date(2000, 1, 1)
_QUARTERS = ("I", "II", "III", "IV")
_PARTY = "Pemerintah Kabupaten"
_VILLAGE_LISTS = {
    "village_name": {"choices": "village"},
    "village_code": {"choices": "village_code|village|village_name"},
}


@dataclass(frozen=True)
class Register:
    """What the forms know beforehand.

    ``villages`` are the regency's, with ``village_code``, ``village_name``,
    ``village_type`` and ``district_name``; ``departments`` official names in force;
    ``locale`` the language of the notes.
    """

    year: int
    office: str
    villages: pd.DataFrame
    departments: Sequence[str]
    items: int
    locale: str = "id"


def departments_of(registry: pd.DataFrame, aliases: pd.DataFrame, year: int) -> list[str]:
    """Return the official names of the departments in force at the end of a year."""
    return list(opd_index(registry, aliases, dt.date(year, 12, 31)).names.values())


def offered(choices: Sequence[Choice]) -> list[str]:
    """Return what a drop-down offers: the label of each value of a closed list."""
    return [capital(choice.label_id) for choice in choices]


def columns_of(
    table: Table, register: Register, lists: Lists, changes: Mapping[str, Mapping[str, Any]] | None = None
) -> tuple[FormColumn, ...]:
    """Return the columns of a table's form as the dictionary declares them, and add its closed lists.

    Parameters
    ----------
    changes : Mapping, optional
        What a form has otherwise, by column: its list, its kind or its bounds.
    """
    fields = {field.name: field for field in table.fields}
    last_year = register.year + 1
    columns = []
    for name, cell in table.cells.items():
        field = fields.get(name)
        made = {**_declared(name, cell, field, last_year), **(changes or {}).get(name, {})}
        made["kind"] = "choice" if made["choices"] else made["kind"]
        if field is not None and field.choices and made["choices"] == name:
            lists.add(name, cell.heading, offered(field.choices))
        made.setdefault("unique", table.key == (name,) and not made["choices"])
        columns.append(
            FormColumn(name, cell.heading, width=cell.width, required=cell.must,
                       note=cell.note(register.locale), **made)
        )  # fmt: skip
    return tuple(columns)


def _declared(name: str, cell: Cell, field: Field | None, last_year: int) -> dict[str, Any]:
    """Return kind, list and bounds of a column by its type."""
    if field is None:
        return {"kind": "count" if name == "number" else "text", "choices": ""}
    if field.dtype == "date":
        return {"kind": "date", "choices": "", "low": _FIRST_DAY, "high": dt.date(last_year, 12, 31)}
    kind = "count" if field.dtype in ("Int64", "int64") else "text"
    return {"kind": kind, "choices": name if field.choices else ""}


def _village_lists(lists: Lists, register: Register) -> None:
    """Add the villages in alphabetical order, so that the codes of a name stand together."""
    ordered = register.villages.sort_values(["village_name", "village_code"], kind="stable")
    lists.add("village", "Desa", ordered["village_name"].tolist())
    lists.add("village_code", "Kode Desa", ordered["village_code"].tolist())
    lists.add("district", "Kecamatan", ordered["district_name"].tolist())


def opd_form(register: Register, text: Text) -> Form:
    """Return the form of the departments' reports, a row a department and position."""
    year, lists, cells = register.year, Lists(), OPD_REPORTS.cells
    lists.add("opd", cells["opd_name_source"].heading, register.departments)
    lists.add("period", cells["reporting_period"].heading, POSITIONS)
    columns = columns_of(OPD_REPORTS, register, lists, {
        "opd_name_source": {"choices": "opd"},
        "reporting_period": {"choices": "period"},
        "reported_date": {"low": dt.date(year, 1, 1)},
    })  # fmt: skip
    pairs = [(opd, position) for position in POSITIONS for opd in register.departments]
    blank = [None] * (len(columns) - 3)
    rows = [[number, opd, position, *blank] for number, (opd, position) in enumerate(pairs, start=1)]
    reported, in_progress, not_reported = offered(STATUS_CHOICES)
    examples = [
        [number, opd, position, status, date, *numbers]
        for number, (opd, position, status, date, numbers) in enumerate(zip(
            register.departments[:3], ("B06", "B06", "B12"), (reported, not_reported, in_progress),
            (dt.date(year, 6, 28), None, None),
            ((2, 64, 1, 40, 0, 1, 1, 6), (None,) * 8, (1, 30, *(None,) * 6)), strict=False), start=1)
    ]  # fmt: skip
    given = frozenset({"number", "opd_name_source", "reporting_period"})
    return Form("opd_reports", f"laporan-opd-{year}.xlsx", "Laporan", columns, lists, rows, 0, examples,
                given, frozen=3)  # fmt: skip


def survey_form(register: Register, text: Text) -> Form:
    """Return the form of the family survey, a row a respondent."""
    lists = Lists()
    people = columns_of(FAMILY_SURVEY, register, lists, {
        **_VILLAGE_LISTS, "respondent_id": {"unique": True},
    })  # fmt: skip
    _village_lists(lists, register)
    items = (
        FormColumn(name, cell.heading, "score", cell.width, low=LOWEST, high=HIGHEST,
                   note=cell.note(register.locale))
        for name, cell in item_cells(register.items).items()
    )  # fmt: skip
    columns = (*(column for column in people if column.name != "number"), *items)
    name, code = register.villages[["village_name", "village_code"]].iloc[0]
    scores = [(3, 4, 3, 4), (4, 3, 2, 3)]
    examples = [
        ["K01", respondent, role, name, code, *(own[n % 4] for n in range(register.items))]
        for respondent, role, own in zip(("R01", "R02"), offered(ROLE_CHOICES), scores, strict=True)
    ]
    return Form("family_survey", f"survei-ketahanan-keluarga-{register.year}.xlsx", "Jawaban", columns,
                lists, (), 60, examples, frozen=2)  # fmt: skip


def village_form(register: Register, text: Text) -> Form:
    """Return the form of the villages' programme status, a row a village."""
    lists, year, first = Lists(), register.year, VILLAGES.field("desa_bersinar_year").low
    columns = columns_of(VILLAGES, register, lists, {
        "village_type": {"choices": ""},
        "desa_bersinar_year": {"kind": "year", "low": int(first or 0), "high": year + 1},
    })  # fmt: skip
    known = register.villages[["village_code", "village_name", "district_name", "village_type"]]
    rows = [[*row, None, None, None] for row in known.itertuples(index=False, name=None)]
    lowest = offered(VULNERABILITY_CHOICES)[0]
    examples = [[*rows[0][:4], year - 1, lowest, None], rows[min(1, len(rows) - 1)]]
    given = frozenset({"village_code", "village_name_source", "district_name", "village_type"})
    return Form("villages", f"desa-{year}.xlsx", "Desa", columns, lists, rows, 0, examples, given, frozen=2)


def programme_form(register: Register, text: Text) -> Form:
    """Return the form of the activities, a row an activity."""
    lists = Lists()
    columns = columns_of(PROGRAMMES, register, lists, _VILLAGE_LISTS)
    _village_lists(lists, register)
    name, code = register.villages[["village_name", "village_code"]].iloc[0]
    section = label_of("section", "prevention", "id")
    examples = [
        ["ketahanan-keluarga", section, "Program ketahanan keluarga antinarkoba",
         "Family-resilience programme against drugs", name, code, "keluarga", 10, 10],
        ["advokasi-kotan", section, "Advokasi kabupaten tanggap ancaman narkotika (KOTAN)",
         "Advocacy of a regency responsive to the drug threat (KOTAN)", None, None, "kegiatan", 2, 1],
    ]  # fmt: skip
    return Form("programmes", f"program-{register.year}.xlsx", "Program", columns, lists, (), 40, examples)


def milestone_form(register: Register, text: Text) -> Form:
    """Return the form of decrees, regulations and plans; those that the release names are given."""
    year, lists = register.year, Lists()
    columns = columns_of(MILESTONES, register, lists, {
        "milestone_date": {"high": dt.date(year + 10, 12, 31)},
    })  # fmt: skip
    rows = [
        [milestone, None, None, text(f"milestone.{milestone}.title_id"),
         text(f"milestone.{milestone}.title_en"), None, None]
        for milestone in NAMED_MILESTONES.values()
    ]  # fmt: skip
    in_force, done, planned = offered(MILESTONE_CHOICES)[:3]
    days, months, years = offered(PRECISION_CHOICES)
    examples: list[list[Value]] = [
        ["perda-p4gn", dt.date(year, 3, 15), days, "Peraturan Daerah tentang P4GN ditetapkan",
         "Regional regulation on P4GN enacted", in_force, None],
        ["desa-bersinar", dt.date(year, 5, 1), months, "Desa Bersinar dibentuk",
         "Desa Bersinar formed", done, None],
        ["perluasan", dt.date(year + 1, 1, 1), years, "Perluasan ke seluruh kecamatan",
         "Extension to every district", planned, None],
    ]  # fmt: skip
    return Form("milestones", f"tonggak-{year}.xlsx", "Tonggak", columns, lists, rows, 30, examples)


def published_form(register: Register, text: Text) -> Form:
    """Return the form of the figures of the office's own release; what the release needs is given."""
    year, lists = register.year, Lists()
    keys = [*STATED_FIGURES, *COMPARED_FIGURES]
    lists.add("key", PUBLISHED.cells["fact_key"].heading, keys)
    lists.add("meaning", text("key_heading"), [text(f"key.{key}") for key in keys])
    columns = columns_of(PUBLISHED, register, lists, {"fact_key": {"choices": "key"}})

    def unit(code: str) -> str:
        return capital(label_of("fact_unit", code, "id"))

    rows = [
        [key, None, unit(code), None, register.office or None, text(f"key.{key}"), None]
        for key, code in STATED_FIGURES.items()
    ]
    date = dt.date(year, 12, 29)
    examples: list[list[Value]] = [
        ["budget.absorption_rate", "97,15 persen", unit("share"), date, register.office, None, None],
        ["opd.planned_count.next_year", "3", unit("count"), date, register.office, None, None],
        ["resilience.published_class", "tinggi", unit("class"), date, register.office, None, None],
    ]
    return Form("published", f"angka-terbit-{year}.xlsx", "Angka", columns, lists, rows, 20, examples,
                frozenset({"fact_key", "fact_unit", "published_by"}))  # fmt: skip


def commitment_form(register: Register, text: Text) -> Form:
    """Return the form of the commitments, a row a commitment, with a sheet for each change of status."""
    year, lists = register.year, Lists()
    last_day = dt.date(year + 5, 12, 31)
    columns = columns_of(COMMITMENTS, register, lists, {
        # A text: an agreement may name a month or a year only.
        "due_date": {"kind": "text"},
        "updated_date": {"high": last_day},
    })  # fmt: skip
    announced, _, _, done, _ = offered(COMMITMENT_CHOICES)
    areas = offered(AREA_CHOICES)
    examples: list[list[Value]] = [
        ["perda-p4gn", _PARTY, "Menetapkan peraturan daerah tentang P4GN",
         "Enact a regional regulation on P4GN", areas[4], "Peraturan daerah",
         "Regional regulation", f"30/06/{year}", done, "Lembaran daerah", dt.date(year, 6, 15)],
        ["sosialisasi-sekolah", f"BNNP; {_PARTY}", "Sosialisasi di sekolah menengah",
         "Outreach in secondary schools", areas[0], None, None, str(year), announced, None,
         dt.date(year, 2, 1)],
    ]  # fmt: skip
    log_columns = columns_of(COMMITMENT_LOG, register, lists, {"changed_date": {"high": last_day}})
    file = f"komitmen-{year}.xlsx"
    log = Form("commitment_log", file, LOG_SHEET, log_columns, lists, (), 80)
    return Form("commitments", file, "Komitmen", columns, lists, (), 40, examples, second=log, optional=True)


def work_plan_form(register: Register, text: Text) -> Form:
    """Return the form of the work plan, a row an activity with its quarters."""
    lists = Lists()
    lists.add("quarter", text("quarter_heading"), _QUARTERS)
    quarter = {"choices": "quarter"}
    columns = columns_of(WORK_PLAN, register, lists, {"start_month": quarter, "end_month": quarter})
    areas = offered(AREA_CHOICES)
    examples: list[list[Value]] = [
        ["sosialisasi-sekolah", "Sosialisasi di sekolah menengah", "Outreach in secondary schools", areas[0],
         f"BNNP; {_PARTY}", "I", "IV", "sekolah", 24, 9],
        ["pelatihan-relawan", "Pelatihan relawan desa", "Training of village volunteers", areas[1], _PARTY,
         "II", "II", "orang", 60, None],
    ]  # fmt: skip
    return Form("work_plan", f"rencana-kerja-{register.year}.xlsx", "Renja", columns, lists, (), 40, examples,
                optional=True)  # fmt: skip


#: In the order of ``edition.toml``.
FORMS = (
    opd_form, survey_form, village_form, programme_form, milestone_form, published_form, commitment_form,
    work_plan_form,
)  # fmt: skip
