"""Budget realisation: ceiling and expenditure of each account line by month."""

from __future__ import annotations

from helpers.columns.model import Cell, Choice, Field, Table
from helpers.indonesian.calendar import MONTH_NAMES

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
    inputs=(
        ("code", Cell("Kode", ("Kode Akun", "Kode Program/Kegiatan/Akun", "Kode COA", "Kode Kegiatan"),
                      width=13,
                      note_id=("Kode program, kegiatan, KRO, RO, komponen, dan akun, bertumpuk seperti "
                               "pada ekspor."),
                      note_en=("Codes of programme, activity, KRO, RO, component and account, stacked as "
                               "in the export."))),
        ("name", Cell("Uraian", ("Uraian Program/Kegiatan", "Keterangan", "Nama Akun", "Uraian Kegiatan"),
                      width=58, note_id="Uraian setiap kode.", note_en="Name of each code.")),
        ("ceiling", Cell("Pagu Revisi",
                         ("Pagu", "Pagu Anggaran", "Pagu DIPA", "Pagu Revisi Terakhir", "Pagu (Revisi)"),
                         width=18, note_id="Pagu menurut revisi terakhir pada bulan itu.",
                         note_en="Ceiling of the last revision in that month.")),
        ("locked", Cell("Lock Pagu", ("Blokir", "Pagu Blokir", "Pagu Diblokir"), required=False, width=15,
                        note_id="Bagian pagu yang diblokir.",
                        note_en="Part of the ceiling that is blocked.")),
        ("before", Cell("Realisasi Periode Lalu",
                        ("Periode Lalu", "Realisasi s.d. Periode Lalu", "Realisasi Bulan Lalu",
                         "Realisasi s.d. Bulan Lalu"),
                        required=False, width=18, note_id="Realisasi sampai dengan bulan sebelumnya.",
                        note_en="Expenditure up to the month before.")),
        ("current", Cell("Realisasi Periode Ini", ("Periode Ini", "Realisasi Bulan Ini", "Bulan Ini"),
                         width=18,
                         note_id="Realisasi dalam bulan itu; pengembalian ditulis dengan tanda kurung.",
                         note_en="Expenditure in the month; money paid back stands in brackets.")),
        ("to_date", Cell("s.d. Periode",
                         ("Realisasi s.d. Periode", "Realisasi s.d. Periode Ini", "s.d. Periode Ini",
                          "Realisasi s.d. Bulan Ini", "Jumlah Realisasi", "Total Realisasi", "s/d Periode"),
                         width=18, note_id="Realisasi sampai dengan bulan itu.",
                         note_en="Expenditure up to the month.")),
        ("rate", Cell("%", ("Persen", "% Realisasi", "Persentase"), required=False, width=9,
                      note_id="Persentase; laporan menghitungnya sendiri.",
                      note_en="Percentage; the report computes it itself.")),
        ("remaining", Cell("Sisa Anggaran", ("Sisa Pagu", "Sisa", "Sisa Dana"), required=False, width=18,
                           note_id="Sisa pagu; laporan menghitungnya sendiri.",
                           note_en="What remains of the ceiling; the report computes it itself.")),
    ),
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
    inputs=(
        ("code", Cell("Kode", ("Kode Jenis Belanja", "Akun"), required=False, width=8,
                      note_id=("Kode program, kegiatan, KRO, RO, komponen, dan akun, bertumpuk seperti "
                               "pada ekspor."),
                      note_en=("Codes of programme, activity, KRO, RO, component and account, stacked as "
                               "in the export."))),
        ("name", Cell("Jenis Belanja", ("Uraian", "Nama Jenis Belanja", "Jenis", "Belanja"), width=20,
                      note_id="Uraian setiap kode.", note_en="Name of each code.")),
        *((f"m{n:02d}", Cell(names[0], names[1:], width=15)) for n, names in enumerate(MONTH_NAMES, 1)),
        ("total", Cell("Jumlah", ("Total", "Jumlah Setahun", "Jumlah Rencana"), required=False, width=15)),
    ),
    fields=(
        Field("expenditure_type", "category", "Jenis belanja", "Expenditure type",
              choices=EXPENDITURE_CHOICES),
        Field("month", "int64", "Bulan", "Month", low=1, high=12),
        Field("planned_idr", "int64", "Rencana penarikan dana", "Planned disbursement", unit="IDR", low=0),
    ),
)  # fmt: skip
