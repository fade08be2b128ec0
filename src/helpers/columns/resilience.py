"""The family survey behind the family-resilience index (Dektara)."""

from __future__ import annotations

from helpers.columns.model import Cell, Choice, Field, Table

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
    inputs=(
        ("number", Cell("No", ("No.", "Nomor", "No Urut"), required=False, width=6)),
        ("village_name", Cell("Desa", ("Nama Desa", "Desa/Kelurahan"), required=False, fills=True,
                              width=26, note_id="Pilih nama desa, supaya kodenya mudah dicari.",
                              note_en="Choose the village's name, to find its code.")),
    ),
    order=("number", "family_id", "respondent_id", "respondent_role", "village_name", "village_code"),
    fields=(
        Field(
            "respondent_id", "category", "Responden", "Respondent",
            description="a running code, never a name",
              cell=Cell("Kode Responden", ("ID Responden", "No Responden", "Responden"), width=17,
                        note_id="Kode responden, misalnya R01; tidak boleh berulang.",
                        note_en="Code of the respondent, such as R01; never twice.")),
        Field("family_id", "category", "Keluarga", "Family",
              cell=Cell("Kode Keluarga", ("ID Keluarga", "No Keluarga", "Keluarga"), fills=True, width=15,
                        note_id="Kode keluarga, misalnya K01; sama untuk orang tua dan anak.",
                        note_en="Code of the family, such as K01; the same for parent and child.")),
        Field("respondent_role", "category", "Peran", "Role", choices=ROLE_CHOICES,
              cell=Cell("Peran", ("Peran (Orang Tua/Anak)", "Status dalam Keluarga", "Orang Tua/Anak"),
                        width=13, note_id="Pilih orang tua atau anak.", note_en="Choose parent or child.")),
        Field("village_code", "category", "Kode desa", "Village code", pattern=r"\d\d\.\d\d\.\d\d\.\d{4}",
              cell=Cell("Kode Desa", ("Kode Desa/Kelurahan", "Kode Wilayah"), fills=True, width=17,
                        note_id="Pilih kode desa; menu menampilkan kode desa yang dipilih di sebelahnya.",
                        note_en=("Choose the village's code; the menu offers the code of the village "
                                 "chosen beside it."))),
        Field("item_id", "category", "Butir", "Item", description="i01 to i14"),
        Field("dimension", "category", "Dimensi", "Dimension", choices=DIMENSION_CHOICES),
        Field("item_score", "int64", "Skor butir", "Item score", unit="points", low=1, high=4),
    ),
)  # fmt: skip


def item_cells(items: int) -> dict[str, Cell]:
    """Return the cells of the answers: one for each item, ``P1`` to ``P<items>``."""
    return {
        f"i{n:02d}": Cell(
            f"P{n}", (f"P{n:02d}", f"Butir {n}", f"Item {n}", f"Pertanyaan {n}", f"Soal {n}"), width=5,
            note_id="Skor jawaban setiap butir: 1, 2, 3, atau 4.",
            note_en="Score of each item: 1, 2, 3 or 4.",
        )
        for n in range(1, items + 1)
    }  # fmt: skip
