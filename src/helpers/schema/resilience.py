"""The family survey behind the family-resilience index (Dektara)."""

from __future__ import annotations

from helpers.schema.model import Field, Table

DIMENSIONS = ("belief", "organisation", "communication")
ROLES = ("parent", "child")

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
        Field("respondent_role", "category", "Peran", "Role", allowed=ROLES),
        Field("village_code", "category", "Kode desa", "Village code", pattern=r"\d\d\.\d\d\.\d\d\.\d{4}"),
        Field("item_id", "category", "Butir", "Item", description="i01 to i14"),
        Field("dimension", "category", "Dimensi", "Dimension", allowed=DIMENSIONS),
        Field("item_score", "int64", "Skor butir", "Item score", unit="points", low=1, high=4),
    ),
)  # fmt: skip
