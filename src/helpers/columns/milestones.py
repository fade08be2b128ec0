"""Decrees, regulations, events and plans, with dates as far as they are known."""

from __future__ import annotations

from helpers.columns.model import Cell, Choice, Field, Table

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

MILESTONES = Table(
    name="clean_milestones__milestone",
    source="milestones",
    grain="one row a decree, regulation, event or plan",
    key=("milestone_id",),
    fields=(
        Field("milestone_id", "str", "ID", "Id",
              cell=Cell("ID", ("Kode",), width=26,
                        note_id="Kode pendek tanpa spasi; tidak boleh berulang.",
                        note_en="A short code without spaces; never twice.")),
        Field("milestone_date", "date", "Tanggal", "Date",
              cell=Cell("Tanggal", ("Tgl", "Tanggal Ditetapkan"),
                        note_id=("Tanggal. Bila hanya tahun atau bulan yang diketahui, tulis hari "
                                 "pertamanya."),
                        note_en="Date. Where only the year or month is known, write its first day.")),
        Field("date_precision", "category", "Ketelitian tanggal", "Precision of the date",
              choices=PRECISION_CHOICES,
              cell=Cell("Ketelitian", ("Ketelitian Tanggal",), required=False, width=13,
                        note_id="Pilih hari, bulan, atau tahun: seberapa teliti tanggalnya.",
                        note_en="Choose hari (day), bulan (month) or tahun (year): how exact the date is.")),
        Field("title_id", "str", "Tonggak", "Milestone (Indonesian)",
              cell=Cell("Judul", ("Judul (Indonesia)", "Tonggak"), width=56, note_id="Judul tonggak.",
                        note_en="Title in Indonesian.")),
        Field("title_en", "str", "Tonggak (Inggris)", "Milestone",
              cell=Cell("Judul (Inggris)", ("Judul (English)", "Title"), width=52,
                        note_id="Judul dalam bahasa Inggris.", note_en="Title in English.")),
        Field("milestone_status", "category", "Status", "Status", choices=MILESTONE_CHOICES,
              cell=Cell("Status", ("Keadaan",), width=15, note_id="Pilih statusnya.",
                        note_en="Choose the status.")),
        Field("stated_date_text", "str", "Tanggal tertulis", "Date as stated", nullable=True,
              description="as the source writes it, where it is to be held against the calendar",
              cell=Cell("Tanggal Tertulis", ("Tanggal dalam Naskah", "Tanggal Menurut Naskah"),
                        required=False, width=26,
                        note_id=("Tanggal persis seperti dalam naskah, dengan harinya, bila perlu "
                                 "dicocokkan dengan kalender."),
                        note_en=("The date exactly as the text has it, weekday included, where it is to "
                                 "be held against the calendar."))),
        Field("stated_date", "date", "Tanggal tertulis, terbaca", "Date as stated, read", nullable=True,
              read_from="stated_date_text"),
        Field("is_date_disputed", "bool", "Tanggal diragukan", "Date is disputed",
              description="the stated weekday or day is not that of the date on record"),
    ),
)  # fmt: skip
