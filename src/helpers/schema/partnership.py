"""The partnership on P4GN: who promised what, what became of it, and the plan of the year."""

from __future__ import annotations

from helpers.schema.model import Choice, Field, Table
from helpers.schema.programmes import PRECISION_CHOICES

#: Fields of work of the agreement, in the order in which they are shown. ``coordination`` holds
#: what is promised for all of them: leading the stakeholders, mobilising the departments.
AREA_CHOICES = (
    Choice("prevention_in_schools", "Pencegahan di sekolah", "Prevention in schools",
           ("Sekolah", "Pencegahan")),
    Choice("empowerment", "Pemberdayaan masyarakat", "Community empowerment",
           ("Pemberdayaan", "Dayamas", "Empowerment")),
    Choice("rehabilitation", "Rehabilitasi", "Rehabilitation", ("Rehab",)),
    Choice("eradication", "Pemberantasan", "Eradication", ("Berantas",)),
    Choice("regulation", "Regulasi", "Regulation", ("Peraturan",)),
    Choice("funding", "Pendanaan", "Funding", ("Anggaran", "Dana")),
    Choice("facilities", "Fasilitas", "Facilities",
           ("Sarana dan prasarana", "Sarana prasarana", "Sarpras")),
    Choice("coordination", "Koordinasi", "Coordination", ("Semua bidang",)),
)  # fmt: skip
AREAS = tuple(choice.value for choice in AREA_CHOICES)
#: From promise to end; ``dropped`` is an end too.
COMMITMENT_CHOICES = (
    Choice("announced", "diumumkan", "announced"),
    Choice("planned", "direncanakan", "planned", ("Rencana",)),
    Choice("in_progress", "berjalan", "in progress",
           ("Sedang berjalan", "Dalam pelaksanaan", "Proses")),
    Choice("done", "selesai", "done", ("Terlaksana",)),
    Choice("dropped", "dihentikan", "dropped", ("Batal", "Dibatalkan")),
)  # fmt: skip
COMMITMENT_STATUSES = tuple(choice.value for choice in COMMITMENT_CHOICES)
CLOSED_STATUSES = ("done", "dropped")
#: The milestone that a commitment follows from: nothing is due before it.
AGREEMENT_MILESTONE = "nota-kesepakatan-p4gn"
#: Between the names of several parties in one cell.
PARTY_SEPARATOR = "; "

COMMITMENTS = Table(
    name="clean_commitments__commitment",
    source="commitments",
    grain="one row a commitment of one or more parties",
    key=("commitment_id",),
    fields=(
        Field("commitment_id", "str", "ID komitmen", "Commitment id"),
        Field("party_name", "str", "Pihak", "Party", description="several are separated by '; '"),
        Field("commitment_name_id", "str", "Komitmen", "Commitment (Indonesian)"),
        Field("commitment_name_en", "str", "Komitmen (Inggris)", "Commitment"),
        Field("area", "category", "Bidang", "Area", choices=AREA_CHOICES),
        Field("deliverable_id", "str", "Keluaran", "Deliverable (Indonesian)", nullable=True),
        Field("deliverable_en", "str", "Keluaran (Inggris)", "Deliverable", nullable=True),
        Field("due_date", "date", "Tenggat", "Due", nullable=True,
              description="last day of the month or year where no day was agreed"),
        Field("due_precision", "category", "Ketelitian tenggat", "Precision of the due date",
              nullable=True, choices=PRECISION_CHOICES),
        Field("commitment_status", "category", "Status", "Status", choices=COMMITMENT_CHOICES),
        Field("evidence", "str", "Bukti", "Evidence", nullable=True,
              description="expected where the status is done"),
        Field("updated_date", "date", "Tanggal diperbarui", "Updated on"),
    ),
)  # fmt: skip

COMMITMENT_LOG = Table(
    name="clean_commitment_log__change",
    source="commitments",
    grain="one row a commitment and day on which its status changed",
    key=("commitment_id", "changed_date"),
    fields=(
        Field("commitment_id", "str", "ID komitmen", "Commitment id"),
        Field("changed_date", "date", "Tanggal", "Changed on"),
        Field("commitment_status", "category", "Status", "Status", choices=COMMITMENT_CHOICES),
    ),
)

WORK_PLAN = Table(
    name="clean_work_plan__activity",
    source="work_plan",
    grain="one row an activity of the year's work plan",
    key=("activity_id",),
    fields=(
        Field("activity_id", "str", "ID kegiatan", "Activity id"),
        Field("activity_name_id", "str", "Kegiatan", "Activity (Indonesian)"),
        Field("activity_name_en", "str", "Kegiatan (Inggris)", "Activity"),
        Field("area", "category", "Bidang", "Area", choices=AREA_CHOICES),
        Field("party_name", "str", "Pihak", "Party", description="several are separated by '; '"),
        Field("start_month", "int64", "Bulan mulai", "First month", low=1, high=12),
        Field("end_month", "int64", "Bulan selesai", "Last month", low=1, high=12),
        Field("count_unit", "str", "Satuan", "Unit", nullable=True),
        Field("target_count", "Int64", "Target", "Target", nullable=True, low=0),
        Field("realised_count", "Int64", "Realisasi", "Realised", nullable=True, low=0),
    ),
)  # fmt: skip
