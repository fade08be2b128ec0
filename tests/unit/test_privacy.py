"""Identifiers in the many ways in which people write them, and honest texts that look alike."""

from __future__ import annotations

import re

import pytest

from helpers import privacy
from helpers.privacy import find_identifiers, is_personal_heading, mask, mask_value, may_hold_people

#: All numbers are invented. NIK: Hulu Sungai Selatan, 17 January 1999, running number 0042.
IDENTITY = (
    "6306051701990042", "NIK 6306051701990042", "NIK6306051701990042", "6306 0517 0199 0042",
    "6306.0517.0199.0042", "6306-0517-0199-0042", "63.06.05.170199.0042", "63.06.05.17.01.99.0042",
    "630605 170199 0042", "630605.170199.0042", "630605-170199-0042", "630605/170199/0042",
    "63 06 05 17 01 99 00 42", "6 3 0 6 0 5 1 7 0 1 9 9 0 0 4 2", "6306\u00a00517\u00a00199\u00a00042",
    "6306  0517  0199  0042", "63060517\u200b01990042", "6306\u00ad0517\u00ad0199\u00ad0042",
    "6306\u20110517\u20110199\u20110042", "6306\u20130517\u20130199\u20130042",
    "６３０６０５１７０１９９００４２",
    "6306\u202f0517\u202f0199\u202f0042", "\ufeff6306051701990042", "6306\t0517\n0199 0042",
    "6306055701990042", "Tim (6306051701990042)", "Anak: 6306051701990042.", "No. 12 6306051701990042",
    "12-6306051701990042", "6306051701990042/6306051701990043", "6306051701990042 6306051701990043",
    "KK 6306 0501 0210 0007", "No KK: 6306-0501-0210-0007", "KTP 9999888877776666",
    "NIK 1234 5678 9012 3456", "kartu keluarga 0000111122223333", "٦٣٠٦٠٥١٧٠١٩٩٠٠٤٢",
    "6306\x000517\x0001990042", "6306 05 17 01 99 0042", "Sdr 6306051701990042 hadir 12-03-2021",
)  # fmt: skip
PHONES = (
    "081234567890", "0812-3456-7890", "0812 3456 7890", "0812.3456.7890", "(0812) 34567890",
    "(0812) 3456-7890", "08 12 34 56 78 90", "0812 34 56 78 90", "+6281234567890", "+62 812-3456-7890",
    "+62-812-3456-7890", "(+62) 812 3456 7890", "+62 (0) 812 3456 7890", "6281234567890",
    "62 812 3456 7890", "62812-3456-7890", "0062 812 3456 7890", "wa.me/6281234567890",
    "https://wa.me/6281234567890", "021-1234567", "(0517) 21234", "0517-21234", "(021) 1234 567",
    "+62 517 21234567", "Telp. 0517 21234", "telp 051721234", "HP: 8123456789", "WA 0899-1234-567",
    "hubungi 081234567890 segera", "0812\u200b34567890", "0812\u20113456\u20117890",
    "０８１２３４５６７８９０",
    "0812345678/0813456789", "Kontak: 085712345678", "2021 0812 3456 7890",
)  # fmt: skip
OTHERS = (
    "ani@contoh.id", "Laporan Ani <ani.binti@contoh.co.id>", "ani\u200b@contoh.id",
    "12.345.678.9-012.345", "NPWP 12.345.678.9-012.345", "NPWP 123456789012345", "12 345 678 9 012 345",
    "BPJS 0001234567890", "No. JKN 0001234567890", "KIS: 0001234567890", "Paspor A1234567",
    "paspor no. B 1234567", "passport AB123456", "Plat DA 1234 XY", "nopol DA 1234 XY",
    "mobil DA-1234-XY", "Nomor polisi: DA 12 A", "no rek 1234567890", "No. Rekening BRI 1234-01-012345-53-1",
    "rek. BNI 0123456789", "Bank Kalsel 0123456789", "Jl. Melati No. 12", "Jalan Melati Nomor 5",
    "Jl Melati 12", "Gg. Mawar 5", "Gang Mawar RT 03", "Jln. Ahmad Yani no 7 Kandangan",
    "RT 03 RW 01", "RT.003/RW.001", "RT/RW 003/001", "lahir 17-01-1999", "Ani, lahir 17 Januari 1999",
    "TTL: Kandangan, 17/01/1999", "Sdr. Ahmad", "Sdri Ani", "Ahmad bin Abdullah", "Siti binti Ali",
)  # fmt: skip
#: What reports, budgets and decrees are full of.
HONEST = (
    "", "Tibung Raya", "63.06.05.2017", "6306052017", "63.06", "Kelurahan 63.06.05.1003",
    "1.234.567.890", "12.345.678.901.234", "6.306.051.701.990.042", "Rp62.812.345.678,00", "62.812.345.678",
    "1200000000000000", "9800000000000000", "Rp1.200.000.000.000.000", "0,9830", "98,30 persen",
    "5.1.02.01.01.0026", "5.1.02.03.02.0111.0001", "1.03.0.00.0.00.01.0000.5.1.02.01",
    "3236.BIB.001.051.A.521211", "066.01.3236.BIB.001.051.521211", "066.01.06.3236.001.052.A.521211",
    "521211", "Kode Rekening 5.1.02.01.01.0026", "Rekening Belanja 521211", "kode rekening 510201010026",
    "2021-12-29", "29-12-2021", "29/12/2021", "08-12-2021 10:00", "08.12.2021 10.00 WITA",
    "12 08 2021", "pukul 08.00-12.00", "28 Februari 2020", "2020 2021 2022 2023", "2017-2018-2019-2020",
    "Inpres 2/2020", "Inpres Nomor 2 Tahun 2020", "UU 35/2009 dan UU 27/2022", "188.45/081/KUM/2021",
    "Perbup HSS Nomor 12 Tahun 2019",
    "Perbaikan jalan desa sesuai Perda No. 12/2019",
    "Pelaksana Kegiatan Pencegahan dan Pemberantasan Penyalahgunaan (P4GN)",
    "B/0812/XII/2021/BNNK", "SK-812/2021", "NK.001/06/II/2026",
    "Hari lahir Pancasila 1 Juni 2021", "Pemeliharaan jalan 3 km", "Jalan Sehat HANI 2024",
    "Lomba RT/RW Bersinar 2024", "50 RT di 12 desa", "Dinas Kesehatan", "Kendaraan roda 4, 12 unit",
    "Sepeda motor 2 unit", "Bank sampah 12 unit", "Jumlah KK 1.234", "120 KK", "Ibu-ibu PKK 35 orang",
    "K000001", "R1234567", "P4GN", "rencana-kerja-2026.xlsx", "survei-ketahanan-keluarga-2021.xlsx",
    "https://github.com/fityannugroho/idn-area-data", "ISBN 978-602-1234", "3.236.500.000",
    "Rp 812.345.678", "812345678", "81.234.567.890", "Triwulan I 2021 25,00 50,00 75,00 100,00",
    "1 2 3 4 5 6 7 8", "4 3 2 1 4 3 2 1 4 3 2 1 4 3", "Jl. A. Yani Km. 3", "Call center 184",
    "<b>Tibung Raya</b>", "0.00.01.0000", "2021.08.12.01.2017", "6306••••••••0042", "08•••",
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text"),
    [("personal_nik", text) for text in IDENTITY] + [("personal_phone", text) for text in PHONES]
    + [("personal_data", text) for text in OTHERS],
)  # fmt: skip
def test_an_identifier_is_found_however_it_is_written(code: str, text: str) -> None:
    assert code in {found.code for found in find_identifiers(text)}
    # What is quick to ask of a million cells lets it pass to the closer look.
    assert re.search(privacy.HINT, text)
    assert len(text.encode()) >= privacy.SHORTEST


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_text_is_not_accused(text: str) -> None:
    assert find_identifiers(text) == []
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Dinkes 6306051701990042", "Dinkes 6306••••••••0042"),
        ("NIK 6306 0517 0199 0042, hub. (0812) 3456-7890", "NIK 6306••••••••0042, hub. (0•••"),
        ("6306\u200b051701990042 dan 6306051701990043", "6306••••••••0042 dan 6306••••••••0043"),
        ("surat ke ani@contoh.id", "surat ke an•••"),
    ],
)
def test_what_is_found_is_masked_and_nothing_more(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert mask(masked) is masked


def test_numbers_and_lists_are_masked_as_texts_are() -> None:
    assert mask_value(6306051701990042.0) == "6306••••••••0042"
    assert mask_value([1, "6306051701990042"]) == [1, "6306••••••••0042"]
    assert mask_value(1_200_000_000_000) == 1_200_000_000_000
    # An equal text that was masked before is still the text that was given, with its own form.
    for text in ("2026-01-06", "".join(["2026-01", "-06"])):
        assert mask_value(text) is text


@pytest.mark.parametrize(
    "text",
    ["1234567890123456", "0001234567890", "8123456789", "DA 1234 XY", "Ibu Siti", "Ahmad Fulan, S.H.",
     "dr. Fulan", "H. Fulan", "123456789012345", "A1234567"],
)  # fmt: skip
def test_what_is_personal_only_where_people_are_expected(text: str) -> None:
    assert find_identifiers(text) == []
    assert find_identifiers(text, personal=True)


def test_the_offices_own_contact_is_no_persons() -> None:
    text = "Hubungi (0517) 21234 atau bnnk@contoh.go.id, bukan ani@contoh.id"
    (found,) = find_identifiers(text, allowed=["(0517) 21234", "bnnk@contoh.go.id"])
    assert text[found.start : found.end] == "ani@contoh.id"


PERSONAL = (
    "NIK", "NIK/KTP", "NIK Anak", "No. KTP", "Nomor KTP", "No KK", "Nomor KK", "No. Kartu Keluarga", "KTP",
    "Nama", "Nama Lengkap", "Nama Wali", "Nama Responden", "Nama Orang Tua", "Nama Anak", "Nama Ibu Kandung",
    "Nama Kepala Desa", "Nama Kepala Keluarga", "Nama Tersangka", "Nama Klien", "Nama Peserta",
    "Nama Petugas", "Nama Siswa", "Nama Korban", "Nama Pelapor", "Nama Narasumber", "Nama Penyalahguna",
    "Tersangka", "Terdakwa", "Klien", "Pasien", "Kontak", "Kontak Person", "Telepon", "Telepon/HP",
    "No. HP", "No HP/WA", "Nomor WhatsApp", "Telp.", "Tlp", "Email", "E-mail", "Surel", "Alamat",
    "Alamat Rumah", "Alamat Lengkap", "Tempat, Tanggal Lahir", "Tgl Lahir", "Tanggal Lahir", "TTL",
    "NPWP", "No. BPJS", "Nomor Paspor", "Nopol", "Nomor Polisi", "N\u200bI\u200bK", "Nama\nWali",
)  # fmt: skip
NOT_PERSONAL = (
    "Nama OPD", "Nama Desa", "Nama Kegiatan", "Nama Program", "Nama Sekolah", "Nama Instansi", "Nama Akun",
    "Nama Indikator", "Kode Responden", "Kode Keluarga", "Jumlah KK", "Jumlah Peserta", "Jumlah Tersangka",
    "Jumlah Klien", "Total Pasien", "Tanggal", "Tanggal Kegiatan", "Tanggal Tertulis", "Kecamatan",
    "Nomor Rekening", "Kode Rekening", "No", "No. Surat", "Nomor SK", "Peran", "Penanggung Jawab",
    "Alamat Kantor",
    "Website", "Alamat Situs", "Hari Lahir Pancasila", "Keterangan", "Relawan", "Peserta", "Anak",
)  # fmt: skip


@pytest.mark.parametrize("heading", PERSONAL)
def test_a_heading_that_means_persons(heading: str) -> None:
    assert is_personal_heading(heading)
    assert may_hold_people(heading)


@pytest.mark.parametrize("heading", NOT_PERSONAL)
def test_a_heading_that_means_something_else(heading: str) -> None:
    assert not is_personal_heading(heading)
    assert may_hold_people(heading) == (heading == "Penanggung Jawab")
