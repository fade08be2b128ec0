"""Programme status of the villages."""

from __future__ import annotations

from helpers.schema.model import Field, Table

VULNERABILITY_CLASSES = ("aman", "siaga", "waspada", "bahaya")
VILLAGE_TYPES = ("desa", "kelurahan")
#: Whether a year is the year itself or the latest that it can have been.
YEAR_PRECISIONS = ("exact", "latest")

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
              allowed=("code", "exact", "alias", "fuzzy")),
        Field("match_score", "float64", "Skor kemiripan", "Match score", low=0, high=100),
        Field("village_type", "category", "Jenis", "Type", allowed=VILLAGE_TYPES),
        Field("district_code", "str", "Kode kecamatan", "District code", pattern=r"\d\d\.\d\d\.\d\d"),
        Field("district_name", "str", "Kecamatan", "District"),
        Field("is_desa_bersinar", "bool", "Desa Bersinar", "Desa Bersinar (drug-free village)"),
        Field("desa_bersinar_year", "Int64", "Tahun Desa Bersinar", "Desa Bersinar since",
              nullable=True, low=2015, high=2100),
        Field("desa_bersinar_precision", "category", "Ketelitian tahun", "Precision of the year",
              nullable=True, allowed=YEAR_PRECISIONS,
              description="latest: formed in that year or before it"),
        Field("vulnerability_class", "category", "Kelas kerawanan", "Vulnerability class",
              nullable=True, allowed=VULNERABILITY_CLASSES),
    ),
)  # fmt: skip
