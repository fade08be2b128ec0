"""The partnership on P4GN: who promised what, and what became of it."""

from __future__ import annotations

from helpers.columns.milestones import PRECISION_CHOICES
from helpers.columns.model import Cell, Choice, Field, Table

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
        Field("commitment_id", "str", "ID komitmen", "Commitment id",
              cell=Cell("ID", ("ID Komitmen", "Kode Komitmen"), width=24,
                        note_id="Kode pendek tanpa spasi, misalnya regulasi-daerah; tidak boleh berulang.",
                        note_en="A short code without spaces, as regulasi-daerah; it may not recur.")),
        Field("party_name", "str", "Pihak", "Party", description="several are separated by '; '",
              cell=Cell("Pihak", ("Para Pihak", "Penanggung Jawab", "Instansi"), width=30,
                        note_id=("Pihak yang berkomitmen, sebagai instansi; beberapa pihak dipisahkan "
                                 "titik koma. Jangan menulis nama orang."),
                        note_en=("The party that commits itself, as an institution; several are "
                                 "separated by semicolons. Do not write names of people."))),
        Field("commitment_name_id", "str", "Komitmen", "Commitment (Indonesian)",
              cell=Cell("Komitmen", ("Uraian Komitmen", "Komitmen (Indonesia)"), width=46,
                        note_id="Apa yang dijanjikan.", note_en="What is promised, in Indonesian.")),
        Field("commitment_name_en", "str", "Komitmen (Inggris)", "Commitment",
              cell=Cell("Komitmen (Inggris)", ("Komitmen (English)", "Commitment"), width=42,
                        note_id="Komitmen dalam bahasa Inggris.", note_en="What is promised.")),
        Field("area", "category", "Bidang", "Area", choices=AREA_CHOICES,
              cell=Cell("Bidang", ("Bidang Kerja", "Ruang Lingkup", "Area"), width=24,
                        note_id="Pilih bidangnya.", note_en="Choose the area.")),
        Field("deliverable_id", "str", "Keluaran", "Deliverable (Indonesian)", nullable=True,
              cell=Cell("Keluaran", ("Output", "Hasil", "Keluaran (Indonesia)"), required=False, width=30,
                        note_id="Hasil yang dapat ditunjukkan, bila disepakati.",
                        note_en="What can be shown for it, if agreed, in Indonesian.")),
        Field("deliverable_en", "str", "Keluaran (Inggris)", "Deliverable", nullable=True,
              cell=Cell("Keluaran (Inggris)", ("Keluaran (English)", "Deliverable"), required=False,
                        width=30, note_id="Hasil dalam bahasa Inggris.",
                        note_en="What can be shown for it.")),
        Field("due_date", "date", "Tenggat", "Due", nullable=True,
              description="last day of the month or year where no day was agreed",
              cell=Cell("Tenggat", ("Batas Waktu", "Target Waktu", "Jatuh Tempo"), required=False,
                        width=15,
                        note_id=("Tanggal, misalnya 30/06/2026; atau bulan atau tahun saja bila hanya "
                                 "itu yang disepakati, misalnya Juni 2026."),
                        note_en=("A date, as 30/06/2026; or a month or year alone if nothing more was "
                                 "agreed, as Juni 2026."))),
        Field("due_precision", "category", "Ketelitian tenggat", "Precision of the due date",
              nullable=True, choices=PRECISION_CHOICES),
        Field("commitment_status", "category", "Status", "Status", choices=COMMITMENT_CHOICES,
              cell=Cell("Status", ("Keadaan", "Status Komitmen"), width=15,
                        note_id="Pilih statusnya sekarang.", note_en="Choose the status as it is now.")),
        Field("evidence", "str", "Bukti", "Evidence", nullable=True,
              description="expected where the status is done",
              cell=Cell("Bukti", ("Bukti Dukung", "Data Dukung", "Evidence"), required=False, width=32,
                        note_id="Nomor surat atau nama dokumen; perlu diisi bila statusnya selesai.",
                        note_en=("Number of a letter or name of a document; needed where the status is "
                                 "done."))),
        Field("updated_date", "date", "Tanggal diperbarui", "Updated on",
              cell=Cell("Diperbarui", ("Tanggal Diperbarui", "Tgl Diperbarui", "Pembaruan Terakhir"),
                        note_id="Tanggal status ini terakhir diperiksa.",
                        note_en="Day on which this status was last checked.")),
    ),
)  # fmt: skip

COMMITMENT_LOG = Table(
    name="clean_commitment_log__change",
    source="commitments",
    grain="one row a commitment and day on which its status changed",
    key=("commitment_id", "changed_date"),
    fields=(
        Field(
            "commitment_id",
            "str",
            "ID komitmen",
            "Commitment id",
            cell=Cell(
                "ID",
                ("ID Komitmen", "Kode Komitmen"),
                width=28,
                note_id="ID komitmen seperti pada lembar Komitmen.",
                note_en="ID of the commitment, as on the sheet Komitmen.",
            ),
        ),
        Field(
            "changed_date",
            "date",
            "Tanggal",
            "Changed on",
            cell=Cell(
                "Tanggal",
                ("Tgl", "Tanggal Perubahan"),
                width=16,
                note_id="Tanggal statusnya berubah.",
                note_en="Day on which the status changed.",
            ),
        ),
        Field(
            "commitment_status",
            "category",
            "Status",
            "Status",
            choices=COMMITMENT_CHOICES,
            cell=Cell(
                "Status",
                ("Status Baru", "Status Komitmen"),
                width=20,
                note_id="Pilih status yang baru.",
                note_en="Choose the new status.",
            ),
        ),
    ),
)
