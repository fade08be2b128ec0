"""Budget realisation: ceiling and expenditure of each account line by month."""

from __future__ import annotations

from helpers.schema.model import Choice, Field, Table

#: Keyed by the first two digits of the account.
EXPENDITURE_TYPES = {"51": "personnel", "52": "goods", "53": "capital"}
EXPENDITURE_CHOICES = (
    Choice("personnel", "pegawai", "personnel"),
    Choice("goods", "barang dan jasa", "goods and services"),
    Choice("capital", "modal", "capital"),
)
SECTION_CHOICES = (
    Choice("general", "Subbagian Umum", "General Subdivision", ("Umum", "Subbag Umum", "Sub Bagian Umum")),
    Choice("prevention", "Seksi P2M", "Prevention Section (P2M)",
           ("P2M", "Pencegahan", "Dayamas", "Pemberdayaan Masyarakat")),
    Choice("rehabilitation", "Seksi Rehabilitasi", "Rehabilitation Section", ("Rehabilitasi",)),
    Choice("eradication", "Seksi Pemberantasan", "Eradication Section", ("Pemberantasan", "Berantas")),
)  # fmt: skip
SECTIONS = tuple(choice.value for choice in SECTION_CHOICES)

BUDGET_LINES = Table(
    name="clean_budget__line_month",
    source="budget",
    grain="one row an account line and month of the year",
    key=("line_code", "month"),
    fields=(
        Field("line_code", "str", "Kode baris", "Line code",
              description="codes of all levels joined with '/', programme first"),
        Field("program_code", "category", "Kode program", "Programme code"),
        Field("program_name", "category", "Program", "Programme"),
        Field("activity_code", "category", "Kode kegiatan", "Activity code"),
        Field("activity_name", "str", "Kegiatan", "Activity"),
        Field("kro_code", "category", "Kode KRO", "KRO code", nullable=True),
        Field("ro_code", "category", "Kode RO", "RO code", nullable=True),
        Field("component_code", "category", "Kode komponen", "Component code", nullable=True),
        Field("subcomponent_code", "category", "Kode subkomponen", "Subcomponent code", nullable=True),
        Field("account_code", "str", "Kode akun", "Account code", pattern=r"5\d{5}"),
        Field("account_name", "str", "Akun", "Account"),
        Field("expenditure_type", "category", "Jenis belanja", "Expenditure type",
              choices=EXPENDITURE_CHOICES),
        Field("section", "category", "Seksi", "Section", choices=SECTION_CHOICES,
              description="section that spends, by activity (reference/budget_sections.csv)"),
        Field("month", "int64", "Bulan", "Month", low=1, high=12),
        Field("ceiling_idr", "int64", "Pagu revisi", "Revised ceiling", unit="IDR",
              description="ceiling in force at the end of the month"),
        Field("expenditure_idr", "int64", "Realisasi bulan ini", "Expenditure in the month", unit="IDR",
              description="negative when an amount is paid back"),
        Field("expenditure_to_date_idr", "int64", "Realisasi s.d. bulan ini",
              "Expenditure to date", unit="IDR"),
    ),
)  # fmt: skip

BUDGET_PLAN = Table(
    name="clean_budget_plan__type_month",
    source="budget",
    grain="one row an expenditure type and month of the year",
    key=("expenditure_type", "month"),
    fields=(
        Field("expenditure_type", "category", "Jenis belanja", "Expenditure type",
              choices=EXPENDITURE_CHOICES),
        Field("month", "int64", "Bulan", "Month", low=1, high=12),
        Field("planned_idr", "int64", "Rencana penarikan dana", "Planned disbursement", unit="IDR", low=0),
    ),
)  # fmt: skip
