"""Which numbers count people, and how small a count or a group of them is too small to publish.

What counts people is said by the column's unit in the dictionary, by the unit of the row or by the
words of a key; never by the chapter that prints it.
"""

from __future__ import annotations

import re

from helpers.columns import TABLES
from helpers.columns.model import SMALL_COUNT_LIMIT


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", text.casefold()))


#: Of fewer respondents no mean and no index is published.
MIN_RESPONDENTS = SMALL_COUNT_LIMIT + 1
#: Of fewer families nothing but the index of all of them.
MIN_FAMILIES = 5

#: Words of units and keys that count people, in both languages.
PEOPLE_WORDS = _words(
    "orang jiwa klien pasien peserta tersangka terdakwa terpidana narapidana tahanan anak siswa siswi "
    "pelajar mahasiswa santri pegawai asn relawan penggiat responden penyalahguna pecandu pengguna korban "
    "warga penduduk remaja pemuda guru kader konselor petugas anggota penerima positif ibu bapak "
    "people person persons client clients patient patients participant participants suspect suspects "
    "defendant defendants convict convicts prisoner prisoners detainee detainees child children student "
    "students employee employees volunteer volunteers respondent respondents user users victim victims "
    "resident residents youth youths teacher teachers cadre cadres counsellor counsellors "
    "recipient recipients positive"
)
#: Words of units and keys that count something else.
THING_WORDS = _words(
    "keluarga kk kegiatan acara kali kasus perkara laporan dokumen naskah surat regulasi peraturan keputusan "
    "desa kelurahan kecamatan kabupaten lembaga instansi opd sekolah satgas tim kelompok forum paket "
    "rapat sosialisasi bulan hari triwulan tahun persen rupiah rp media spanduk poster baliho buku "
    "aplikasi lokasi titik posko "
    "family families household households event events activity activities case cases report reports "
    "document documents regulation regulations decree decrees village villages district districts regency "
    "agency agencies department departments school schools force forces team teams group groups package "
    "packages meeting meetings month months day days year years percent rupiah idr"
)
#: Columns whose rows count different things → the column that names what each row counts.
COUNTED_BY = {
    "target_count": "count_unit",
    "realised_count": "count_unit",
    "action_count": "action",
    "series_count": "series",
}
#: Columns that the dictionary declares to count people.
PEOPLE_COLUMNS = frozenset(
    field.name for table in TABLES.values() for field in table.fields if field.unit == "people"
)


def names_people(text: str) -> bool:
    """Return whether a key or a column's name says that it counts people.

    >>> names_people("resilience.respondent_count"), names_people("opd.active_count")
    (True, False)
    """
    return text in PEOPLE_COLUMNS or not PEOPLE_WORDS.isdisjoint(_words(text))


def may_count_people(unit: object) -> bool:
    """Return whether a count of this unit may count people: any does that names no known thing.

    >>> may_count_people("klien"), may_count_people("kegiatan"), may_count_people(None)
    (True, False, True)
    """
    text = unit if isinstance(unit, str) else ""
    return names_people(text) or THING_WORDS.isdisjoint(_words(text))


def is_small(count: object) -> bool:
    """Return whether a number is too small a count of people to be published.

    >>> [is_small(count) for count in (0, 1, 4, 5, None)]
    [False, True, True, False, False]
    """
    return isinstance(count, int | float) and 1 <= count <= SMALL_COUNT_LIMIT
