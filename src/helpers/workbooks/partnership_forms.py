"""The forms of a partnership: commitments with the log of their statuses, and the year's work plan.

They are optional: ``edition.toml`` holds them commented out until an office has an agreement.
"""

from __future__ import annotations

import datetime as dt

from helpers.cleaning import spellings
from helpers.cleaning.headings import ColumnSpec
from helpers.schema.partnership import AREA_CHOICES, COMMITMENT_CHOICES
from helpers.workbooks.form import Form, FormColumn, Text, Value
from helpers.workbooks.forms import Register, offered
from helpers.workbooks.lists import Lists

LOG_SHEET = "Riwayat"
_FIRST_DAY = dt.date(2000, 1, 1)
_QUARTERS = ("I", "II", "III", "IV")
_PARTY = "Pemerintah Kabupaten"


def _labels(specs: tuple[ColumnSpec, ...]) -> dict[str, str]:
    return {spec.name: spec.label for spec in specs}


def commitment_form(register: Register, text: Text) -> Form:
    """Return the form of the commitments, a row a commitment, with a sheet for each change of status."""
    label, year = _labels(spellings.COMMITMENTS), register.year
    lists = Lists()
    lists.add("area", label["area"], offered(AREA_CHOICES))
    lists.add("status", label["status"], offered(COMMITMENT_CHOICES))
    last_day = dt.date(year + 5, 12, 31)
    columns = (
        FormColumn("id", label["id"], width=24, unique=True),
        FormColumn("party", label["party"], width=30),
        FormColumn("title_id", label["title_id"], width=46),
        FormColumn("title_en", label["title_en"], width=42),
        FormColumn("area", label["area"], "choice", 24, choices="area"),
        FormColumn("deliverable_id", label["deliverable_id"], width=30, required=False),
        FormColumn("deliverable_en", label["deliverable_en"], width=30, required=False),
        # A text: an agreement may name a month or a year only.
        FormColumn("due", label["due"], width=15, required=False),
        FormColumn("status", label["status"], "choice", 15, choices="status"),
        FormColumn("evidence", label["evidence"], width=32, required=False),
        FormColumn("updated", label["updated"], "date", 14, low=_FIRST_DAY, high=last_day),
    )
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
    log_label = _labels(spellings.COMMITMENT_LOG)
    log_columns = (
        FormColumn("id", log_label["id"], width=28),
        FormColumn("date", log_label["date"], "date", 16, low=_FIRST_DAY, high=last_day),
        FormColumn("status", log_label["status"], "choice", 20, choices="status"),
    )
    file = f"komitmen-{year}.xlsx"
    log = Form("commitment_log", file, LOG_SHEET, log_columns, lists, (), 80)
    return Form("commitments", file, "Komitmen", columns, lists, (), 40, examples, second=log, optional=True)


def work_plan_form(register: Register, text: Text) -> Form:
    """Return the form of the work plan, a row an activity with its quarters."""
    label, year = _labels(spellings.WORK_PLAN), register.year
    lists = Lists()
    lists.add("area", label["area"], offered(AREA_CHOICES))
    lists.add("quarter", text("quarter_heading"), _QUARTERS)
    columns = (
        FormColumn("id", label["id"], width=24, unique=True),
        FormColumn("title_id", label["title_id"], width=46),
        FormColumn("title_en", label["title_en"], width=42),
        FormColumn("area", label["area"], "choice", 24, choices="area"),
        FormColumn("party", label["party"], width=30),
        FormColumn("start", label["start"], "choice", 11, choices="quarter"),
        FormColumn("end", label["end"], "choice", 11, choices="quarter"),
        FormColumn("unit", label["unit"], width=14, required=False),
        FormColumn("target", label["target"], "count", 11, required=False),
        FormColumn("realised", label["realised"], "count", 11, required=False),
    )
    areas = offered(AREA_CHOICES)
    examples: list[list[Value]] = [
        ["sosialisasi-sekolah", "Sosialisasi di sekolah menengah", "Outreach in secondary schools", areas[0],
         f"BNNP; {_PARTY}", "I", "IV", "sekolah", 24, 9],
        ["pelatihan-relawan", "Pelatihan relawan desa", "Training of village volunteers", areas[1], _PARTY,
         "II", "II", "orang", 60, None],
    ]  # fmt: skip
    return Form("work_plan", f"rencana-kerja-{year}.xlsx", "Renja", columns, lists, (), 40, examples,
                optional=True)  # fmt: skip


#: In the order of ``edition.toml``, after the forms that every edition has.
PARTNERSHIP_FORMS = (commitment_form, work_plan_form)
