"""The dictionary of column headings: each source's columns and the spellings seen for them."""

from __future__ import annotations

from helpers.cleaning.headings import ColumnSpec as C

BUDGET = (
    C("code", "Kode", ("Kode Akun", "Kode Program/Kegiatan/Akun", "Kode COA", "Kode Kegiatan")),
    C("name", "Uraian", ("Uraian Program/Kegiatan", "Keterangan", "Nama Akun", "Uraian Kegiatan")),
    C("ceiling", "Pagu Revisi", ("Pagu", "Pagu Anggaran", "Pagu DIPA", "Pagu Revisi Terakhir",
      "Pagu (Revisi)")),
    C("locked", "Lock Pagu", ("Blokir", "Pagu Blokir", "Pagu Diblokir"), required=False),
    C("before", "Realisasi Periode Lalu", ("Periode Lalu", "Realisasi s.d. Periode Lalu",
      "Realisasi Bulan Lalu", "Realisasi s.d. Bulan Lalu"), required=False),
    C("current", "Realisasi Periode Ini", ("Periode Ini", "Realisasi Bulan Ini", "Bulan Ini")),
    C("to_date", "s.d. Periode", ("Realisasi s.d. Periode", "Realisasi s.d. Periode Ini", "s.d. Periode Ini",
      "Realisasi s.d. Bulan Ini", "Jumlah Realisasi", "Total Realisasi", "s/d Periode")),
    C("rate", "%", ("Persen", "% Realisasi", "Persentase"), required=False),
    C("remaining", "Sisa Anggaran", ("Sisa Pagu", "Sisa", "Sisa Dana"), required=False),
)  # fmt: skip

MONTH_LABELS = (
    ("Januari", "Jan"), ("Februari", "Feb", "Pebruari"), ("Maret", "Mar"), ("April", "Apr"), ("Mei",),
    ("Juni", "Jun"), ("Juli", "Jul"), ("Agustus", "Agu", "Agt", "Ags"), ("September", "Sep", "Sept"),
    ("Oktober", "Okt"), ("November", "Nov", "Nopember"), ("Desember", "Des"),
)  # fmt: skip

BUDGET_PLAN = (
    C("code", "Kode", ("Kode Jenis Belanja", "Akun"), required=False),
    C("name", "Jenis Belanja", ("Uraian", "Nama Jenis Belanja", "Jenis", "Belanja")),
    *(C(f"m{n:02d}", names[0], names[1:]) for n, names in enumerate(MONTH_LABELS, start=1)),
    C("total", "Jumlah", ("Total", "Jumlah Setahun", "Jumlah Rencana"), required=False),
)

OPD_REPORTS = (
    C("number", "No", ("No.", "Nomor", "No Urut"), required=False),
    C("opd", "Nama OPD", ("OPD", "Perangkat Daerah", "Nama Perangkat Daerah", "SKPD", "Nama SKPD",
      "Nama Instansi", "Instansi"), fills=True),
    C("period", "Posisi", ("Posisi Laporan", "Periode", "Periode Laporan", "Posisi Bulan")),
    C("status", "Status", ("Status Laporan", "Status Pelaporan", "Keterangan")),
    C("date", "Tanggal Lapor", ("Tgl Lapor", "Tanggal Laporan", "Tgl. Lapor", "Tanggal Pelaporan")),
    C("outreach_event_count", "Sosialisasi (kegiatan)", ("Kegiatan Sosialisasi", "Jumlah Sosialisasi",
      "Sosialisasi Kegiatan")),
    C("outreach_people_count", "Sosialisasi (orang)", ("Peserta Sosialisasi", "Sosialisasi Orang",
      "Orang Sosialisasi")),
    C("urine_test_event_count", "Tes Urine (kegiatan)", ("Kegiatan Tes Urine", "Tes Urin (kegiatan)",
      "Tes Urine Kegiatan")),
    C("urine_test_people_count", "Tes Urine (orang)", ("Peserta Tes Urine", "Tes Urin (orang)",
      "Tes Urine Orang")),
    C("urine_test_positive_count", "Positif", ("Hasil Positif", "Jumlah Positif", "Tes Urine Positif")),
    C("regulation_count", "Regulasi", ("Jumlah Regulasi", "Peraturan")),
    C("task_force_count", "Satgas", ("Jumlah Satgas", "Satuan Tugas")),
    C("volunteer_count", "Relawan", ("Jumlah Relawan",)),
)  # fmt: skip

SURVEY = (
    C("number", "No", ("No.", "Nomor", "No Urut"), required=False),
    C("family", "Kode Keluarga", ("ID Keluarga", "No Keluarga", "Keluarga"), fills=True),
    C("respondent", "Kode Responden", ("ID Responden", "No Responden", "Responden")),
    C("role", "Peran", ("Peran (Orang Tua/Anak)", "Status dalam Keluarga", "Orang Tua/Anak")),
    C("village_code", "Kode Desa", ("Kode Desa/Kelurahan", "Kode Wilayah"), fills=True),
    C("village", "Desa", ("Nama Desa", "Desa/Kelurahan"), required=False, fills=True),
)


def survey_columns(items: int) -> tuple[C, ...]:
    """Return the survey's columns with one for each item, ``P1`` to ``P<items>``."""
    return (
        *SURVEY,
        *(C(f"i{n:02d}", f"P{n}", (f"P{n:02d}", f"Butir {n}", f"Item {n}", f"Pertanyaan {n}", f"Soal {n}"))
          for n in range(1, items + 1)),
    )  # fmt: skip


VILLAGES = (
    C("village_code", "Kode Desa", ("Kode", "Kode Desa/Kelurahan", "Kode Wilayah"), required=False),
    C("village", "Nama Desa", ("Desa", "Desa/Kelurahan", "Nama Desa/Kelurahan")),
    C("district", "Kecamatan", ("Nama Kecamatan",), fills=True),
    C("type", "Jenis", ("Jenis Desa", "Status Desa", "Desa/Kelurahan (jenis)"), required=False),
    C("year", "Tahun Desa Bersinar", ("Desa Bersinar", "Tahun Bersinar", "Tahun Pembentukan Desa Bersinar")),
    C("year_precision", "Ketelitian Tahun", ("Ketelitian Tahun Desa Bersinar",), required=False),
    C("class", "Kelas Kerawanan", ("Kerawanan", "Tingkat Kerawanan", "Kategori Kerawanan")),
)

PROGRAMMES = (
    C("id", "ID", ("ID Kegiatan", "Kode Kegiatan")),
    C("section", "Seksi", ("Bidang",)),
    C("title_id", "Kegiatan", ("Nama Kegiatan", "Kegiatan (Indonesia)")),
    C("title_en", "Kegiatan (Inggris)", ("Kegiatan (English)", "Activity")),
    C("village_code", "Kode Desa", ("Kode Desa/Kelurahan",), required=False),
    C("unit", "Satuan", ("Satuan Target",), required=False),
    C("target", "Target", ("Target Jumlah",)),
    C("realised", "Realisasi", ("Capaian", "Realisasi Jumlah")),
)

MILESTONES = (
    C("id", "ID", ("Kode",)),
    C("date", "Tanggal", ("Tgl", "Tanggal Ditetapkan")),
    C("precision", "Ketelitian", ("Ketelitian Tanggal",), required=False),
    C("title_id", "Judul", ("Judul (Indonesia)", "Tonggak")),
    C("title_en", "Judul (Inggris)", ("Judul (English)", "Title")),
    C("status", "Status", ("Keadaan",)),
    C("stated", "Tanggal Tertulis", ("Tanggal dalam Naskah", "Tanggal Menurut Naskah"), required=False),
)

COMMITMENTS = (
    C("id", "ID", ("ID Komitmen", "Kode Komitmen")),
    C("party", "Pihak", ("Para Pihak", "Penanggung Jawab", "Instansi")),
    C("title_id", "Komitmen", ("Uraian Komitmen", "Komitmen (Indonesia)")),
    C("title_en", "Komitmen (Inggris)", ("Komitmen (English)", "Commitment")),
    C("area", "Bidang", ("Bidang Kerja", "Ruang Lingkup", "Area")),
    C("deliverable_id", "Keluaran", ("Output", "Hasil", "Keluaran (Indonesia)"), required=False),
    C("deliverable_en", "Keluaran (Inggris)", ("Keluaran (English)", "Deliverable"), required=False),
    C("due", "Tenggat", ("Batas Waktu", "Target Waktu", "Jatuh Tempo"), required=False),
    C("status", "Status", ("Keadaan", "Status Komitmen")),
    C("evidence", "Bukti", ("Bukti Dukung", "Data Dukung", "Evidence"), required=False),
    C("updated", "Diperbarui", ("Tanggal Diperbarui", "Tgl Diperbarui", "Pembaruan Terakhir")),
)

COMMITMENT_LOG = (
    C("id", "ID", ("ID Komitmen", "Kode Komitmen")),
    C("date", "Tanggal", ("Tgl", "Tanggal Perubahan")),
    C("status", "Status", ("Status Baru", "Status Komitmen")),
)

WORK_PLAN = (
    C("id", "ID", ("ID Kegiatan", "Kode Kegiatan")),
    C("title_id", "Kegiatan", ("Nama Kegiatan", "Kegiatan (Indonesia)", "Rencana Kegiatan")),
    C("title_en", "Kegiatan (Inggris)", ("Kegiatan (English)", "Activity")),
    C("area", "Bidang", ("Bidang Kerja", "Ruang Lingkup", "Area")),
    C("party", "Pihak", ("Pelaksana", "Penanggung Jawab", "Instansi")),
    C("start", "Mulai", ("Triwulan Mulai", "Bulan Mulai", "Waktu Mulai")),
    C("end", "Selesai", ("Triwulan Selesai", "Bulan Selesai", "Waktu Selesai")),
    C("unit", "Satuan", ("Satuan Target",), required=False),
    C("target", "Target", ("Target Jumlah",), required=False),
    C("realised", "Realisasi", ("Capaian", "Realisasi Jumlah"), required=False),
)

PUBLISHED = (
    C("key", "Kunci", ("Key",)),
    C("value", "Nilai", ("Angka",)),
    C("unit", "Satuan", ("Unit",)),
    C("date", "Tanggal", ("Tanggal Terbit", "Tgl")),
    C("by", "Penerbit", ("Diterbitkan oleh", "Sumber")),
    C("note_id", "Catatan", ("Catatan (Indonesia)", "Keterangan"), required=False),
    C("note_en", "Catatan (Inggris)", ("Catatan (English)",), required=False),
)
