"""The year's work plan on P4GN (Renja)."""

from __future__ import annotations

from helpers.columns.model import Cell, Field, Table
from helpers.columns.partnership import AREA_CHOICES

WORK_PLAN = Table(
    name="clean_work_plan__activity",
    source="work_plan",
    grain="one row an activity of the year's work plan",
    key=("activity_id",),
    fields=(
        Field("activity_id", "str", "ID kegiatan", "Activity id",
              cell=Cell("ID", ("ID Kegiatan", "Kode Kegiatan"), width=24,
                        note_id="Kode pendek tanpa spasi; tidak boleh berulang.",
                        note_en="A short code without spaces; it may not recur.")),
        Field("activity_name_id", "str", "Kegiatan", "Activity (Indonesian)",
              cell=Cell("Kegiatan", ("Nama Kegiatan", "Kegiatan (Indonesia)", "Rencana Kegiatan"),
                        width=46, note_id="Nama kegiatan.", note_en="Name of the activity, in Indonesian.")),
        Field("activity_name_en", "str", "Kegiatan (Inggris)", "Activity",
              cell=Cell("Kegiatan (Inggris)", ("Kegiatan (English)", "Activity"), width=42,
                        note_id="Nama kegiatan dalam bahasa Inggris.", note_en="Name of the activity.")),
        Field("area", "category", "Bidang", "Area", choices=AREA_CHOICES,
              cell=Cell("Bidang", ("Bidang Kerja", "Ruang Lingkup", "Area"), width=24,
                        note_id="Pilih bidangnya.", note_en="Choose the area.")),
        Field("party_name", "str", "Pihak", "Party", description="several are separated by '; '",
              cell=Cell("Pihak", ("Pelaksana", "Penanggung Jawab", "Instansi"), width=30,
                        note_id="Pelaksana, sebagai instansi; beberapa pihak dipisahkan titik koma.",
                        note_en=("Who carries it out, as an institution; several are separated by "
                                 "semicolons."))),
        Field("start_month", "int64", "Bulan mulai", "First month", low=1, high=12,
              cell=Cell("Mulai", ("Triwulan Mulai", "Bulan Mulai", "Waktu Mulai"), width=11,
                        note_id="Triwulan mulai: I, II, III, atau IV.",
                        note_en="Quarter in which it begins: I, II, III or IV.")),
        Field("end_month", "int64", "Bulan selesai", "Last month", low=1, high=12,
              cell=Cell("Selesai", ("Triwulan Selesai", "Bulan Selesai", "Waktu Selesai"), width=11,
                        note_id="Triwulan selesai; sama dengan mulainya bila hanya satu triwulan.",
                        note_en="Quarter in which it ends; the same one if it takes a single quarter.")),
        Field("count_unit", "str", "Satuan", "Unit", nullable=True,
              cell=Cell("Satuan", ("Satuan Target",), required=False,
                        note_id="Satuan, misalnya sekolah, orang, atau kegiatan.",
                        note_en="Unit, as schools, people or activities.")),
        Field("target_count", "Int64", "Target", "Target", nullable=True, low=0,
              cell=Cell("Target", ("Target Jumlah",), required=False, width=11,
                        note_id="Target setahun dalam satuan itu.",
                        note_en="Target of the year in that unit.")),
        Field("realised_count", "Int64", "Realisasi", "Realised", nullable=True, low=0,
              cell=Cell("Realisasi", ("Capaian", "Realisasi Jumlah"), required=False, width=11,
                        note_id="Realisasi sampai sekarang dalam satuan itu.",
                        note_en="Result so far in that unit.")),
    ),
)  # fmt: skip
