"""Reports of the regency's departments (OPD) on Inpres 2/2020."""

from __future__ import annotations

from helpers.schema.model import Choice, Field, Table

STATUS_CHOICES = (
    Choice("reported", "sudah melapor", "reported", ("Sudah lapor", "Sudah", "Lapor", "Sudah mengisi")),
    Choice("in_progress", "sedang mengisi", "filling in",
           ("Dalam pengisian", "Sedang diisi", "Proses", "Dalam proses")),
    Choice("not_reported", "belum melapor", "not reported", ("Belum lapor", "Belum", "Belum mengisi")),
)  # fmt: skip
#: How a name of a department or a village was matched with the register.
MATCH_CHOICES = (
    Choice("code", "kode", "code"),
    Choice("exact", "sama persis", "exact name"),
    Choice("alias", "nama lain", "other name"),
    Choice("fuzzy", "kemiripan", "similarity"),
)
ACTION_COUNTS = (
    "outreach_event_count",
    "outreach_people_count",
    "urine_test_event_count",
    "urine_test_people_count",
    "urine_test_positive_count",
    "regulation_count",
    "task_force_count",
    "volunteer_count",
)
#: The counts among them that count people; small ones are not published.
PEOPLE_COUNTS = (
    "outreach_people_count",
    "urine_test_people_count",
    "urine_test_positive_count",
    "volunteer_count",
)

OPD_REPORTS = Table(
    name="clean_opd_reports__opd_period",
    source="opd_reports",
    grain="one row a department and reporting period",
    key=("opd_id", "reporting_period"),
    fields=(
        Field("opd_id", "str", "ID OPD", "Department id", description="our id in the OPD registry"),
        Field("opd_name", "str", "OPD", "Department"),
        Field("opd_name_source", "str", "Nama OPD pada sumber", "Department name in the source"),
        Field("match_method", "category", "Cara pencocokan", "Matched by",
              choices=MATCH_CHOICES),
        Field("match_score", "float64", "Skor kemiripan", "Match score", low=0, high=100),
        Field("reporting_period", "str", "Posisi laporan", "Reporting position", pattern=r"20\d\d-B(06|12)"),
        Field("report_status", "category", "Status laporan", "Report status", choices=STATUS_CHOICES),
        Field("is_reported", "bool", "Sudah melapor", "Has reported"),
        Field("reported_date", "date", "Tanggal lapor", "Reported on", nullable=True),
        Field("outreach_event_count", "Int64", "Kegiatan sosialisasi", "Outreach events",
              unit="events", nullable=True, low=0),
        Field("outreach_people_count", "Int64", "Peserta sosialisasi", "People reached",
              unit="people", nullable=True, low=0),
        Field("urine_test_event_count", "Int64", "Kegiatan tes urine", "Urine-test events",
              unit="events", nullable=True, low=0),
        Field("urine_test_people_count", "Int64", "Peserta tes urine", "People tested",
              unit="people", nullable=True, low=0),
        Field("urine_test_positive_count", "Int64", "Hasil tes urine positif", "Positive urine tests",
              unit="people", nullable=True, low=0),
        Field("regulation_count", "Int64", "Regulasi", "Regulations", unit="regulations",
              nullable=True, low=0),
        Field("task_force_count", "Int64", "Satuan tugas", "Task forces", unit="task forces",
              nullable=True, low=0),
        Field("volunteer_count", "Int64", "Relawan", "Volunteers", unit="people", nullable=True, low=0),
    ),
)  # fmt: skip
