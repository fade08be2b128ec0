"""Activities with target and realisation."""

from __future__ import annotations

from helpers.columns.budget import SECTION_CHOICES
from helpers.columns.model import Cell, Field, Table

PROGRAMMES = Table(
    name="clean_programmes__activity",
    source="programmes",
    grain="one row an activity",
    key=("activity_id",),
    # A help to find the code; the code is what is read.
    inputs=(
        ("village_name", Cell("Desa", required=False, width=24,
                              note_id="Pilih nama desa bila kegiatan berada di satu desa.",
                              note_en="Choose the village's name if the activity is in one village.")),
    ),
    order=("activity_id", "section", "activity_name_id", "activity_name_en", "village_name"),
    fields=(
        Field("activity_id", "str", "ID kegiatan", "Activity id",
              cell=Cell("ID", ("ID Kegiatan", "Kode Kegiatan"), width=26,
                        note_id="Kode pendek tanpa spasi, misalnya advokasi-kotan; tidak boleh berulang.",
                        note_en="A short code without spaces, such as advokasi-kotan; never twice.")),
        Field("section", "category", "Seksi", "Section", choices=SECTION_CHOICES,
              cell=Cell("Seksi", ("Bidang",), width=15, note_id="Pilih seksi pelaksana.",
                        note_en="Choose the section that carries it out.")),
        Field("activity_name_id", "str", "Kegiatan", "Activity (Indonesian)",
              cell=Cell("Kegiatan", ("Nama Kegiatan", "Kegiatan (Indonesia)"), width=44,
                        note_id="Nama kegiatan.", note_en="Name of the activity in Indonesian.")),
        Field("activity_name_en", "str", "Kegiatan (Inggris)", "Activity",
              cell=Cell("Kegiatan (Inggris)", ("Kegiatan (English)", "Activity"), width=40,
                        note_id="Nama kegiatan dalam bahasa Inggris, untuk laporan berbahasa Inggris.",
                        note_en="Name of the activity in English, for the English report.")),
        Field("village_code", "str", "Kode desa", "Village code", nullable=True,
              pattern=r"\d\d\.\d\d\.\d\d\.\d{4}",
              cell=Cell("Kode Desa", ("Kode Desa/Kelurahan",), required=False, width=17,
                        note_id="Pilih kode desa; menu menampilkan kode desa yang dipilih di sebelahnya.",
                        note_en=("Choose the village's code; the menu offers the code of the village "
                                 "chosen beside it."))),
        Field("count_unit", "str", "Satuan", "Unit", nullable=True,
              cell=Cell("Satuan", ("Satuan Target",), required=False, width=12,
                        note_id="Satuan, misalnya keluarga, orang, atau kegiatan.",
                        note_en="Unit, such as keluarga (families), orang (people) or kegiatan (events).")),
        Field("target_count", "Int64", "Target", "Target", nullable=True, low=0,
              cell=Cell("Target", ("Target Jumlah",), filled=False, width=11,
                        note_id="Target dalam satuan itu.", note_en="Target in that unit.")),
        Field("realised_count", "Int64", "Realisasi", "Realised", nullable=True, low=0,
              cell=Cell("Realisasi", ("Capaian", "Realisasi Jumlah"), filled=False, width=11,
                        note_id="Realisasi dalam satuan itu.", note_en="Realised in that unit.")),
    ),
)  # fmt: skip
