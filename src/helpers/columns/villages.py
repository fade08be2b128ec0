"""Programme status of the villages."""

from __future__ import annotations

from helpers.columns.model import Cell, Choice, Field, Table
from helpers.columns.rollout import MATCH_CHOICES

VULNERABILITY_CHOICES = (
    Choice("aman", "aman", "safe (aman)"),
    Choice("siaga", "siaga", "alert (siaga)"),
    Choice("waspada", "waspada", "wary (waspada)"),
    Choice("bahaya", "bahaya", "danger (bahaya)"),
)
VILLAGE_TYPE_CHOICES = (
    Choice("desa", "desa", "village (desa)"),
    Choice("kelurahan", "kelurahan", "urban village (kelurahan)"),
)
#: Whether a year is the year itself or the latest that it can have been.
YEAR_PRECISION_CHOICES = (
    Choice("exact", "tepat", "exact"),
    Choice("latest", "paling lambat", "at the latest", ("sampai dengan",)),
)

#: The programme of Desa Bersinar begins here.
FIRST_YEAR = 2015

VILLAGES = Table(
    name="clean_villages__village",
    source="villages",
    grain="one row a village",
    key=("village_code",),
    order=(
        "village_code", "village_name_source", "district_name", "village_type", "desa_bersinar_year",
        "vulnerability_class", "desa_bersinar_precision",
    ),
    fields=(
        Field("village_code", "str", "Kode desa", "Village code", pattern=r"\d\d\.\d\d\.\d\d\.\d{4}",
              cell=Cell("Kode Desa", ("Kode", "Kode Desa/Kelurahan", "Kode Wilayah"), required=False,
                        filled=True, width=17, note_id="Kode wilayah; sudah terisi.",
                        note_en="Area code; given.")),
        Field("village_name", "str", "Desa/kelurahan", "Village"),
        Field("village_name_source", "str", "Nama desa pada sumber", "Village name in the source",
              cell=Cell("Nama Desa", ("Desa", "Desa/Kelurahan", "Nama Desa/Kelurahan"), width=28,
                        note_id="Nama desa atau kelurahan; sudah terisi.",
                        note_en="Name of the village; given.")),
        Field("match_method", "category", "Cara pencocokan", "Matched by",
              choices=MATCH_CHOICES),
        Field("match_score", "float64", "Skor kemiripan", "Match score", low=0, high=100),
        Field("village_type", "category", "Jenis", "Type", choices=VILLAGE_TYPE_CHOICES,
              cell=Cell("Jenis", ("Jenis Desa", "Status Desa", "Desa/Kelurahan (jenis)"), required=False,
                        width=12, note_id="Desa atau kelurahan; sudah terisi.",
                        note_en="Village (desa) or urban village (kelurahan); given.")),
        Field("district_code", "str", "Kode kecamatan", "District code", pattern=r"\d\d\.\d\d\.\d\d"),
        Field("district_name", "str", "Kecamatan", "District",
              cell=Cell("Kecamatan", ("Nama Kecamatan",), fills=True, width=22,
                        note_id="Kecamatan; sudah terisi.", note_en="District; given.")),
        Field("is_desa_bersinar", "bool", "Desa Bersinar", "Desa Bersinar (drug-free village)"),
        Field("desa_bersinar_year", "Int64", "Tahun Desa Bersinar", "Desa Bersinar since",
              nullable=True, low=FIRST_YEAR, high=2100,
              cell=Cell("Tahun Desa Bersinar",
                        ("Desa Bersinar", "Tahun Bersinar", "Tahun Pembentukan Desa Bersinar"),
                        filled=False, width=17,
                        note_id="Tahun pembentukan Desa Bersinar, empat angka; kosongkan bila belum.",
                        note_en="Year in which the Desa Bersinar was formed, four digits; empty if not.")),
        Field("desa_bersinar_precision", "category", "Ketelitian tahun", "Precision of the year",
              nullable=True, choices=YEAR_PRECISION_CHOICES,
              description="latest: formed in that year or before it",
              cell=Cell("Ketelitian Tahun", ("Ketelitian Tahun Desa Bersinar",), required=False, width=15,
                        note_id=("Tepat: tahun itu memang tahun pembentukannya. Paling lambat: dibentuk "
                                 "pada tahun itu atau sebelumnya."),
                        note_en=("Tepat (exact): formed in that very year. Paling lambat (at the "
                                 "latest): formed in that year or before it."))),
        Field("vulnerability_class", "category", "Kelas kerawanan", "Vulnerability class",
              nullable=True, choices=VULNERABILITY_CHOICES,
              cell=Cell("Kelas Kerawanan", ("Kerawanan", "Tingkat Kerawanan", "Kategori Kerawanan"),
                        filled=False, width=17,
                        note_id="Pilih kelas kerawanan bila sudah ditetapkan; kosongkan bila belum.",
                        note_en="Choose the vulnerability class if one has been set; empty if not.")),
    ),
)  # fmt: skip
