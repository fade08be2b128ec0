"""Programmes, milestones and the published figures."""

from __future__ import annotations

from helpers.schema.budget import SECTION_CHOICES
from helpers.schema.model import Choice, Field, Table

MILESTONE_CHOICES = (
    Choice("in_force", "berlaku", "in force"),
    Choice("done", "selesai", "done", ("Terlaksana",)),
    Choice("planned", "direncanakan", "planned", ("Rencana",)),
    Choice("announced", "diumumkan", "announced"),
)
PRECISION_CHOICES = (
    Choice("day", "hari", "day", ("tanggal",)),
    Choice("month", "bulan", "month"),
    Choice("year", "tahun", "year"),
)
#: Units of the fact book; files hold the codes.
UNIT_CHOICES = (
    Choice("share", "persentase", "percentage", ("share",)),
    Choice("idr", "rupiah", "rupiah", ("idr",)),
    Choice("count", "jumlah", "number", ("count",)),
    Choice("index", "indeks", "index"),
    Choice("class", "kategori", "class"),
    Choice("date", "tanggal", "date"),
    Choice("list", "daftar", "list"),
)

PROGRAMMES = Table(
    name="clean_programmes__activity",
    source="programmes",
    grain="one row an activity",
    key=("activity_id",),
    fields=(
        Field("activity_id", "str", "ID kegiatan", "Activity id"),
        Field("section", "category", "Seksi", "Section", choices=SECTION_CHOICES),
        Field("activity_name_id", "str", "Kegiatan", "Activity (Indonesian)"),
        Field("activity_name_en", "str", "Kegiatan (Inggris)", "Activity"),
        Field("village_code", "str", "Kode desa", "Village code", nullable=True,
              pattern=r"\d\d\.\d\d\.\d\d\.\d{4}"),
        Field("count_unit", "str", "Satuan", "Unit", nullable=True),
        Field("target_count", "Int64", "Target", "Target", nullable=True, low=0),
        Field("realised_count", "Int64", "Realisasi", "Realised", nullable=True, low=0),
    ),
)  # fmt: skip

MILESTONES = Table(
    name="clean_milestones__milestone",
    source="milestones",
    grain="one row a decree, regulation, event or plan",
    key=("milestone_id",),
    fields=(
        Field("milestone_id", "str", "ID", "Id"),
        Field("milestone_date", "date", "Tanggal", "Date"),
        Field("date_precision", "category", "Ketelitian tanggal", "Precision of the date",
              choices=PRECISION_CHOICES),
        Field("title_id", "str", "Tonggak", "Milestone (Indonesian)"),
        Field("title_en", "str", "Tonggak (Inggris)", "Milestone"),
        Field("milestone_status", "category", "Status", "Status", choices=MILESTONE_CHOICES),
        Field("stated_date_text", "str", "Tanggal tertulis", "Date as stated", nullable=True,
              description="as the source writes it, where it is to be held against the calendar"),
        Field("stated_date", "date", "Tanggal tertulis, terbaca", "Date as stated, read", nullable=True),
        Field("is_date_disputed", "bool", "Tanggal diragukan", "Date is disputed",
              description="the stated weekday or day is not that of the date on record"),
    ),
)  # fmt: skip

PUBLISHED = Table(
    name="clean_published__figure",
    source="published",
    grain="one row a published figure",
    key=("fact_key",),
    fields=(
        Field("fact_key", "str", "Kunci", "Key", description="key in facts.json"),
        Field("published_text", "str", "Nilai", "Value", description="as published, in Indonesian notation"),
        Field("fact_unit", "category", "Satuan", "Unit", choices=UNIT_CHOICES),
        Field("published_date", "date", "Tanggal terbit", "Published on"),
        Field("published_by", "str", "Diterbitkan oleh", "Published by"),
        Field("note_id", "str", "Catatan", "Note (Indonesian)", nullable=True),
        Field("note_en", "str", "Catatan (Inggris)", "Note", nullable=True),
    ),
)  # fmt: skip
