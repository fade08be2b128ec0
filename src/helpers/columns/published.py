"""Figures as the office published them."""

from __future__ import annotations

from helpers.columns.model import Cell, Choice, Field, Table

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

PUBLISHED = Table(
    name="clean_published__figure",
    source="published",
    grain="one row a published figure",
    key=("fact_key",),
    fields=(
        Field("fact_key", "str", "Kunci", "Key", description="key in facts.json",
              cell=Cell("Kunci", ("Key",), width=34,
                        note_id="Pilih kunci; artinya ada di lembar Daftar. Satu kunci satu baris.",
                        note_en="Choose a key; the sheet Daftar says what it means. One row a key.")),
        Field("published_text", "str", "Nilai", "Value", description="as published, in Indonesian notation",
              cell=Cell("Nilai", ("Angka",), width=24,
                        note_id=("Nilai seperti ditulis dalam rilis, misalnya 98,30 persen, 25, atau "
                                 "84,821."),
                        note_en=("The value as a release prints it in Indonesian, such as 98,30 persen, "
                                 "25 or 84,821."))),
        Field("fact_unit", "category", "Satuan", "Unit", choices=UNIT_CHOICES,
              cell=Cell("Satuan", ("Unit",), width=11, note_id="Pilih satuannya.",
                        note_en="Choose its unit.")),
        Field("published_date", "date", "Tanggal terbit", "Published on",
              cell=Cell("Tanggal", ("Tanggal Terbit", "Tgl"), note_id="Tanggal terbit.",
                        note_en="Day of publication.")),
        Field("published_by", "str", "Diterbitkan oleh", "Published by",
              cell=Cell("Penerbit", ("Diterbitkan oleh", "Sumber"), width=40,
                        note_id="Siapa yang menerbitkan.", note_en="Who published it.")),
        Field("note_id", "str", "Catatan", "Note (Indonesian)", nullable=True,
              cell=Cell("Catatan", ("Catatan (Indonesia)", "Keterangan"), required=False, width=44,
                        note_id="Catatan.", note_en="Note in Indonesian.")),
        Field("note_en", "str", "Catatan (Inggris)", "Note", nullable=True,
              cell=Cell("Catatan (Inggris)", ("Catatan (English)",), required=False, width=44,
                        note_id="Catatan dalam bahasa Inggris.", note_en="Note in English.")),
    ),
)  # fmt: skip
