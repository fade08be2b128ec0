"""The family survey behind the family-resilience index (Dektara)."""

from __future__ import annotations

from helpers.schema.model import Choice, Field, Table

DIMENSION_CHOICES = (
    Choice("belief", "Sistem keyakinan", "Belief system"),
    Choice("organisation", "Proses organisasi", "Organisational process"),
    Choice("communication", "Komunikasi dan pemecahan masalah", "Communication and problem solving"),
)
ROLE_CHOICES = (
    Choice("parent", "Orang tua", "Parents", ("Orangtua", "Ortu", "Ayah", "Ibu", "Bapak")),
    Choice("child", "Anak", "Children", ("Remaja",)),
)
#: Classes of the index, as the scales of `reference/index_scales.csv` name them.
INDEX_CLASS_CHOICES = (
    Choice("sangat rendah", "sangat rendah", "very low"),
    Choice("rendah", "rendah", "low"),
    Choice("tinggi", "tinggi", "high"),
    Choice("sangat tinggi", "sangat tinggi", "very high"),
)
DIMENSIONS = tuple(choice.value for choice in DIMENSION_CHOICES)
ROLES = tuple(choice.value for choice in ROLE_CHOICES)

FAMILY_SURVEY = Table(
    name="clean_family_survey__respondent_item",
    source="family_survey",
    grain="one row a respondent and item",
    key=("respondent_id", "item_id"),
    is_person_level=True,
    fields=(
        Field(
            "respondent_id", "category", "Responden", "Respondent",
            description="a running code, never a name",
        ),
        Field("family_id", "category", "Keluarga", "Family"),
        Field("respondent_role", "category", "Peran", "Role", choices=ROLE_CHOICES),
        Field("village_code", "category", "Kode desa", "Village code", pattern=r"\d\d\.\d\d\.\d\d\.\d{4}"),
        Field("item_id", "category", "Butir", "Item", description="i01 to i14"),
        Field("dimension", "category", "Dimensi", "Dimension", choices=DIMENSION_CHOICES),
        Field("item_score", "int64", "Skor butir", "Item score", unit="points", low=1, high=4),
    ),
)  # fmt: skip
