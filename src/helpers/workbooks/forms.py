"""The six forms of an edition beside the budget: their columns, lists, given rows and examples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.cleaning import spellings
from helpers.cleaning.agencies import opd_index
from helpers.cleaning.headings import ColumnSpec
from helpers.cleaning.survey import HIGHEST, LOWEST
from helpers.facts.announced import NAMED_MILESTONES, PLANS
from helpers.schema.budget import SECTION_CHOICES
from helpers.schema.labels import capital, label_of
from helpers.schema.model import Choice
from helpers.schema.programmes import MILESTONE_CHOICES, PRECISION_CHOICES, UNIT_CHOICES
from helpers.schema.resilience import ROLE_CHOICES
from helpers.schema.rollout import ACTION_COUNTS, STATUS_CHOICES
from helpers.schema.villages import VULNERABILITY_CHOICES, YEAR_PRECISION_CHOICES
from helpers.workbooks.form import Form, FormColumn, Text, Value
from helpers.workbooks.lists import Lists

POSITIONS = ("B06", "B12")
#: What the release needs and no table gives: the office states it.
STATED_FIGURES = {**dict.fromkeys(PLANS, "count"), "resilience.published_class": "class"}
#: Further figures that a release may state and that are then compared.
COMPARED_FIGURES = (
    "budget.absorption_rate", "opd.active_count", "opd.inactive_count", "opd.inactive_names",
    "opd.reported_count.b06", "resilience.index", "resilience.family_count",
)  # fmt: skip
_FIRST_YEAR = 2015
_FIRST_DAY = dt.date(2000, 1, 1)


@dataclass(frozen=True)
class Register:
    """What the forms know beforehand.

    ``villages`` are the regency's, with ``village_code``, ``village_name``,
    ``village_type`` and ``district_name``; ``departments`` official names in force.
    """

    year: int
    office: str
    villages: pd.DataFrame
    departments: Sequence[str]
    items: int


def departments_of(registry: pd.DataFrame, aliases: pd.DataFrame, year: int) -> list[str]:
    """Return the official names of the departments in force at the end of a year."""
    return list(opd_index(registry, aliases, dt.date(year, 12, 31)).names.values())


def offered(choices: Sequence[Choice]) -> list[str]:
    """Return what a drop-down offers: the label of each value of a closed list."""
    return [capital(choice.label_id) for choice in choices]


def _labels(specs: Sequence[ColumnSpec]) -> dict[str, str]:
    return {spec.name: spec.label for spec in specs}


def _village_lists(lists: Lists, register: Register) -> None:
    """Add the villages in alphabetical order, so that the codes of a name stand together."""
    ordered = register.villages.sort_values(["village_name", "village_code"], kind="stable")
    lists.add("village", "Desa", ordered["village_name"].tolist())
    lists.add("village_code", "Kode Desa", ordered["village_code"].tolist())
    lists.add("district", "Kecamatan", ordered["district_name"].tolist())


def opd_form(register: Register, text: Text) -> Form:
    """Return the form of the departments' reports, a row a department and position."""
    year, label = register.year, _labels(spellings.OPD_REPORTS)
    lists = Lists()
    lists.add("opd", label["opd"], register.departments)
    lists.add("period", label["period"], POSITIONS)
    lists.add("status", label["status"], offered(STATUS_CHOICES))
    counts = (FormColumn(name, label[name], "count", 12.5, required=False) for name in ACTION_COUNTS)
    columns = (
        FormColumn("number", label["number"], "count", 6, required=False),
        FormColumn("opd", label["opd"], "choice", 58, choices="opd"),
        FormColumn("period", label["period"], "choice", 10, choices="period"),
        FormColumn("status", label["status"], "choice", 17, choices="status"),
        FormColumn("date", label["date"], "date", 13, required=False, low=dt.date(year, 1, 1),
                   high=dt.date(year + 1, 12, 31)),
        *counts,
    )  # fmt: skip
    pairs = [(opd, position) for position in POSITIONS for opd in register.departments]
    blank = [None] * (len(columns) - 3)
    rows = [[number, opd, position, *blank] for number, (opd, position) in enumerate(pairs, start=1)]
    reported, in_progress, not_reported = offered(STATUS_CHOICES)
    example = list(register.departments[:3])
    examples = [
        [number, opd, position, status, date, *numbers]
        for number, (opd, position, status, date, numbers) in enumerate(zip(
            example, ("B06", "B06", "B12"), (reported, not_reported, in_progress),
            (dt.date(year, 6, 28), None, None),
            ((2, 64, 1, 40, 0, 1, 1, 6), (None,) * 8, (1, 30, *(None,) * 6)), strict=False), start=1)
    ]  # fmt: skip
    return Form("opd_reports", f"laporan-opd-{year}.xlsx", "Laporan", columns, lists, rows, 0, examples,
                frozenset({"number", "opd", "period"}), frozen=3)  # fmt: skip


def survey_form(register: Register, text: Text) -> Form:
    """Return the form of the family survey, a row a respondent."""
    label = _labels(spellings.survey_columns(register.items))
    lists = Lists()
    lists.add("role", label["role"], offered(ROLE_CHOICES))
    _village_lists(lists, register)
    items = (
        FormColumn(f"i{number:02d}", label[f"i{number:02d}"], "score", 5, low=LOWEST, high=HIGHEST)
        for number in range(1, register.items + 1)
    )
    columns = (
        FormColumn("family", label["family"], width=15),
        FormColumn("respondent", label["respondent"], width=17, unique=True),
        FormColumn("role", label["role"], "choice", 13, choices="role"),
        FormColumn("village", label["village"], "choice", 26, required=False, choices="village"),
        FormColumn(
            "village_code", label["village_code"], "choice", 17, choices="village_code|village|village"
        ),
        *items,
    )
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
    label, year = _labels(spellings.VILLAGES), register.year
    lists = Lists()
    lists.add("class", label["class"], offered(VULNERABILITY_CHOICES))
    lists.add("year_precision", label["year_precision"], offered(YEAR_PRECISION_CHOICES))
    columns = (
        FormColumn("village_code", label["village_code"], width=17),
        FormColumn("village", label["village"], width=28),
        FormColumn("district", label["district"], width=22),
        FormColumn("type", label["type"], width=12, required=False),
        FormColumn("year", label["year"], "year", 17, required=False, low=_FIRST_YEAR, high=year + 1),
        FormColumn("class", label["class"], "choice", 17, required=False, choices="class"),
        FormColumn("year_precision", label["year_precision"], "choice", 15, required=False,
                   choices="year_precision"),
    )  # fmt: skip
    known = register.villages[["village_code", "village_name", "district_name", "village_type"]]
    rows = [[*row, None, None, None] for row in known.itertuples(index=False, name=None)]
    examples = [
        [*rows[0][:4], year - 1, offered(VULNERABILITY_CHOICES)[0], None],
        rows[min(1, len(rows) - 1)],
    ]
    given = frozenset({"village_code", "village", "district", "type"})
    return Form("villages", f"desa-{year}.xlsx", "Desa", columns, lists, rows, 0, examples, given, frozen=2)


def programme_form(register: Register, text: Text) -> Form:
    """Return the form of the activities, a row an activity."""
    label = _labels(spellings.PROGRAMMES)
    lists = Lists()
    lists.add("section", label["section"], offered(SECTION_CHOICES))
    _village_lists(lists, register)
    columns = (
        FormColumn("id", label["id"], width=26, unique=True),
        FormColumn("section", label["section"], "choice", 15, choices="section"),
        FormColumn("title_id", label["title_id"], width=44),
        FormColumn("title_en", label["title_en"], width=40),
        # A help to find the code; the cleaner reads the code.
        FormColumn("village", "Desa", "choice", 24, required=False, choices="village"),
        FormColumn("village_code", label["village_code"], "choice", 17, required=False,
                   choices="village_code|village|village"),
        FormColumn("unit", label["unit"], width=12, required=False),
        FormColumn("target", label["target"], "count", 11, required=False),
        FormColumn("realised", label["realised"], "count", 11, required=False),
    )  # fmt: skip
    name, code = register.villages[["village_name", "village_code"]].iloc[0]
    section = offered(SECTION_CHOICES)[1]
    examples = [
        ["ketahanan-keluarga", section, "Program ketahanan keluarga antinarkoba",
         "Family-resilience programme against drugs", name, code, "keluarga", 10, 10],
        ["advokasi-kotan", section, "Advokasi kabupaten tanggap ancaman narkotika (KOTAN)",
         "Advocacy of a regency responsive to the drug threat (KOTAN)", None, None, "kegiatan", 2, 1],
    ]  # fmt: skip
    return Form("programmes", f"program-{register.year}.xlsx", "Program", columns, lists, (), 40, examples)


def milestone_form(register: Register, text: Text) -> Form:
    """Return the form of decrees, regulations and plans; those that the release names are given."""
    label, year = _labels(spellings.MILESTONES), register.year
    lists = Lists()
    lists.add("precision", label["precision"], offered(PRECISION_CHOICES))
    lists.add("status", label["status"], offered(MILESTONE_CHOICES))
    columns = (
        FormColumn("id", label["id"], width=26, unique=True),
        FormColumn("date", label["date"], "date", 14, low=_FIRST_DAY, high=dt.date(year + 10, 12, 31)),
        FormColumn("precision", label["precision"], "choice", 13, required=False, choices="precision"),
        FormColumn("title_id", label["title_id"], width=56),
        FormColumn("title_en", label["title_en"], width=52),
        FormColumn("status", label["status"], "choice", 15, choices="status"),
        FormColumn("stated", label["stated"], width=26, required=False),
    )
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
    label, year = _labels(spellings.PUBLISHED), register.year
    lists = Lists()
    keys = [*STATED_FIGURES, *COMPARED_FIGURES]
    lists.add("key", label["key"], keys)
    lists.add("meaning", text("key_heading"), [text(f"key.{key}") for key in keys])
    lists.add("unit", label["unit"], offered(UNIT_CHOICES))
    columns = (
        FormColumn("key", label["key"], "choice", 34, choices="key"),
        FormColumn("value", label["value"], width=24),
        FormColumn("unit", label["unit"], "choice", 11, choices="unit"),
        FormColumn("date", label["date"], "date", 14, low=_FIRST_DAY, high=dt.date(year + 1, 12, 31)),
        FormColumn("by", label["by"], width=40),
        FormColumn("note_id", label["note_id"], width=44, required=False),
        FormColumn("note_en", label["note_en"], width=44, required=False),
    )
    rows = [
        [
            key,
            None,
            capital(label_of("fact_unit", unit, "id")),
            None,
            register.office or None,
            text(f"key.{key}"),
            None,
        ]
        for key, unit in STATED_FIGURES.items()
    ]
    date = dt.date(year, 12, 29)
    examples: list[list[Value]] = [
        ["budget.absorption_rate", "97,15 persen", "Persentase", date, register.office, None, None],
        ["opd.planned_count.next_year", "3", "Jumlah", date, register.office, None, None],
        ["resilience.published_class", "tinggi", "Kategori", date, register.office, None, None],
    ]
    return Form("published", f"angka-terbit-{year}.xlsx", "Angka", columns, lists, rows, 20, examples,
                frozenset({"key", "unit", "by"}))  # fmt: skip


#: In the order of ``edition.toml``.
FORMS = (opd_form, survey_form, village_form, programme_form, milestone_form, published_form)
