"""Programme status of the villages."""

from __future__ import annotations

from helpers.schema.model import Choice, Field, Table
from helpers.schema.rollout import MATCH_CHOICES

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

VILLAGES = Table(
    name="clean_villages__village",
    source="villages",
    grain="one row a village",
    key=("village_code",),
    fields=(
        Field("village_code", "str", "Kode desa", "Village code", pattern=r"\d\d\.\d\d\.\d\d\.\d{4}"),
        Field("village_name", "str", "Desa/kelurahan", "Village"),
        Field("village_name_source", "str", "Nama desa pada sumber", "Village name in the source"),
        Field("match_method", "category", "Cara pencocokan", "Matched by",
              choices=MATCH_CHOICES),
        Field("match_score", "float64", "Skor kemiripan", "Match score", low=0, high=100),
        Field("village_type", "category", "Jenis", "Type", choices=VILLAGE_TYPE_CHOICES),
        Field("district_code", "str", "Kode kecamatan", "District code", pattern=r"\d\d\.\d\d\.\d\d"),
        Field("district_name", "str", "Kecamatan", "District"),
        Field("is_desa_bersinar", "bool", "Desa Bersinar", "Desa Bersinar (drug-free village)"),
        Field("desa_bersinar_year", "Int64", "Tahun Desa Bersinar", "Desa Bersinar since",
              nullable=True, low=2015, high=2100),
        Field("desa_bersinar_precision", "category", "Ketelitian tahun", "Precision of the year",
              nullable=True, choices=YEAR_PRECISION_CHOICES,
              description="latest: formed in that year or before it"),
        Field("vulnerability_class", "category", "Kelas kerawanan", "Vulnerability class",
              nullable=True, choices=VULNERABILITY_CHOICES),
    ),
)  # fmt: skip
