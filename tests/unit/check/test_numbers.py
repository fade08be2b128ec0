"""Written numbers: digits of two notations, number words, amounts in every form, what is no claim."""

from __future__ import annotations

from decimal import Decimal

import pytest

from helpers.check.extract import extract_claims
from helpers.check.quantities import find_amounts, find_percents
from helpers.indonesian.words import parse_words, read_digits, spell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("dua", "2"),
        ("sebelas", "11"),
        ("dua belas", "12"),
        ("dua puluh lima", "25"),
        ("seratus empat puluh delapan", "148"),
        ("dua ribu dua puluh dua", "2022"),
        ("sembilan puluh delapan koma tiga", "98.3"),
        ("sembilan puluh delapan koma tiga puluh", "98.30"),
        ("sembilan puluh delapan koma nol tiga", "98.03"),
        ("satu koma tujuh satu miliar", "1710000000"),
        ("satu miliar enam ratus delapan puluh juta", "1680000000"),
        ("twenty-five", "25"),
        ("one hundred and forty-eight", "148"),
        ("ninety-eight point three", "98.3"),
    ],
)
def test_number_words(text: str, value: str):
    assert parse_words(text) == Decimal(value)


@pytest.mark.parametrize("text", ["dua tiga", "belas", "keluarga", "lima sepuluh"])
def test_words_that_are_no_number(text: str):
    assert parse_words(text) is None


@pytest.mark.parametrize("number", [0, 7, 10, 11, 19, 20, 25, 100, 111, 148, 999, 1000, 2021, 20_500])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_spelled_numbers_are_read_back(number: int, lang: str):
    assert parse_words(spell(number, lang)) == number


@pytest.mark.parametrize(
    ("text", "lang", "values"),
    [
        ("98,30", "id", ["98.30"]),
        ("1.234.567,89", "id", ["1234567.89"]),
        ("84.821", "id", ["84821", "84.821"]),
        ("84.821", "en", ["84.821", "84821"]),
        ("5,909", "id", ["5.909", "5909"]),
        ("3.49", "id", ["3.49"]),
        ("94, 79", "id", ["94.79"]),
        ("1.710.000.00", "id", ["171000000"]),
    ],
)
def test_digits_have_readings(text: str, lang: str, values: list[str]):
    assert [value for value, _ in read_digits(text, lang)] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("Rp1.605.752.558", 1_605_752_558, 1),
        ("Rp 1.605.752.558,-", 1_605_752_558, 1),
        ("Rp. 1.605.752.558,00", 1_605_752_558, 1),
        ("Rp1.710.000.000,00", 1_710_000_000, 1),
        ("Rp. 1 Milyar 605 Juta 752 Ribu 558 Rupiah", 1_605_752_558, 1),
        ("Rp. 1 Milyar 710 Juta", 1_710_000_000, 1_000_000),
        ("Rp23,6 juta", 23_600_000, 100_000),
        ("Rp1,71 M", 1_710_000_000, 10_000_000),
        ("Rp1,2 triliun", 1_200_000_000_000, 100_000_000_000),
        ("1,68 miliar rupiah", 1_680_000_000, 10_000_000),
        ("IDR 1.68 billion", 1_680_000_000, 10_000_000),
        ("Rp1,710,000,000", 1_710_000_000, 1),
        ("satu koma enam delapan miliar rupiah", 1_680_000_000, 10_000_000),
    ],
)
def test_amounts(text: str, value: int, step: int):
    found = list(find_amounts(f"Sebesar {text}.", "en" if "billion" in text else "id"))
    assert [(item.number.value, item.number.steps[0]) for item in found] == [(value, step)]


@pytest.mark.parametrize(
    "text",
    [
        "98,30 persen",
        "98,30%",
        "98, 30 persen",
        "98.30 %",
        "98,30 prosen",
        "98.30 per cent",
        "sembilan puluh delapan koma tiga nol persen",
    ],
)
def test_percentages(text: str):
    (found,) = find_percents(f"Terserap {text} tahun ini", "id")
    assert found.number.value == Decimal("0.983")
    assert found.number.steps[0] == Decimal("0.0001")


@pytest.mark.parametrize(
    "text",
    [
        "Inpres Nomor 2 Tahun 2020 tentang RAN",
        "Inpres no.2 thn 2020",
        "Perda 2/2021",
        "UU 35 Tahun 2009",
        "Nomor: B/121/XII/2021",
        "SK Bupati No. 188.45/10/KUM/2020",
        "Pasal 4 ayat (2)",
        "pukul 09.00 WITA",
        "pukul 08.00–16.00",
        "09.00-11.30 WITA",
        "jam 9 pagi",
        "9 a.m.",
        "Telepon (0517) 555-0123",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "yang ke-3",
        "posisi B06",
        "bulan ke-6",
        "Halaman 1 dari 4",
        "Gambar 3",
        "Jl. A. Yani No. 7",
        "kode 63.06.05.2017",
        "salah satu desa",
        "https://contoh.go.id/2021/12",
        "1. Anggaran",
        "NIK 6306050101010001",
        "Presidential Instruction No. 2 of 2020",
        "P4GN",
    ],
)
def test_what_is_no_claim(text: str):
    assert extract_claims(text) == []


def test_what_is_said_in_words_before_and_after_a_number_is_kept_apart():
    kinds = [
        (claim.kind, claim.text)
        for claim in extract_claims("Rabu (29/12), 25 OPD dan Rp5 juta atau 3 persen sejak 2020.")
    ]
    assert kinds == [
        ("date", "Rabu (29/12)"),
        ("count", "25 OPD"),
        ("idr", "Rp5 juta"),
        ("share", "3 persen"),
        ("year", "2020"),
    ]
