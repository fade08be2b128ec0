"""Every written form of numbers and dates that releases and exports hold (domain, section 8)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from helpers.clean.parsing import PROBLEMS, parse_dates, parse_number, parse_numbers
from helpers.indonesian.amounts import read_number
from helpers.indonesian.dates import find_month, read_date

FORMS = [
    ("1234567", "1234567"), ("1.234.567", "1234567"), ("1.234.567,89", "1234567.89"),
    ("1,234,567.89", "1234567.89"), ("Rp 1.234.567", "1234567"), ("Rp1.234.567,-", "1234567"),
    ("Rp. 1.605.752.558", "1605752558"), ("IDR 1.234.567,00", "1234567.00"), ("(1.000.000)", "-1000000"),
    ("Rp (1.000.000)", "-1000000"), ("-Rp1.234.567", "-1234567"), ("1.234.567-", "-1234567"),
    ("\u22121.234.567", "-1234567"), ("\u00a01.234.567\u00a0", "1234567"), ("1 234 567", "1234567"),
    ("1\u202f234\u202f567", "1234567"), ("-", "0"), ("–", "0"), ("nihil", "0"), ("Rp -", "0"), ("0", "0"),
    ("98,30 persen", "98.30"), ("98,30%", "98.30"), ("94, 79 persen", "94.79"), ("556, 28 gram", "556.28"),
    ("3.49", "3.49"), ("3,49", "3.49"), ("0,983", "0.983"), ("0.983", "0.983"), ("Rp23,6 juta", "23600000"),
    ("1 Milyar 605 Juta 752 Ribu 558 Rupiah", "1605752558"), ("Rp. 1,7 miliar", "1700000000"),
    ("2 ribu", "2000"), ("1234,567", "1234.567"), ("25 OPD", "25"), ("'0123", "123"), ("１２３", "123"),
    ("+5", "5"),
]  # fmt: skip
NOT_NUMBERS = [
    "abc", "1.2.3", "1,2,3", "1.234.56", "1,23,456", "1.234,567,890", "12 34", "..", ",5", "5,", "Rp", "1-2",
    "12/5", "10 sampai 12", "1 juta 2 miliar", "satu", "2021-01-05", "1.234.567 atau lebih",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), FORMS)
def test_a_written_number(text, value):
    reading = read_number(text)
    assert reading.problem == ""
    assert reading.decimal is None
    assert reading.value == Decimal(value)


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_what_is_no_number_is_not_made_one(text):
    assert read_number(text).problem == "not_a_number"


@pytest.mark.parametrize("text", ["1.2O0.000", "1.234.56l", "I00", "12O", "1.B00"])
def test_a_letter_that_looks_like_a_digit_is_named(text):
    assert read_number(text).problem == "letter_for_digit"


@pytest.mark.parametrize("text", ["1,23E+09", "1.5e6", "-2E+3"])
def test_an_exponent_is_refused_because_digits_may_be_lost(text):
    assert read_number(text).problem == "scientific"


def column(*values: object) -> pd.Series:
    texts = all(isinstance(value, str) for value in values)
    return pd.Series(values, dtype="str" if texts else object)


def problems(numbers) -> list[str]:
    return [PROBLEMS[code] for code in numbers.problem]


def test_a_whole_column_reads_one_separator_as_thousands():
    assert parse_numbers(column("1.234", "5,909"), whole=True).values.tolist() == [1234, 5909]


def test_the_notation_of_the_column_settles_the_ambiguous():
    indonesian = parse_numbers(column("1.234", "84,821", "1.234,5"), whole=False)
    assert indonesian.values.tolist() == [1234, 84.821, 1234.5]
    english = parse_numbers(column("1.234", "84,821", "1,234.5"), whole=False)
    assert english.values.tolist() == [1.234, 84821, 1234.5]


def test_bounds_settle_the_ambiguous():
    assert parse_numbers(column("84,821", "84.821"), whole=False, low=25, high=100).values.tolist() == [
        84.821,
        84.821,
    ]


def test_what_nothing_settles_is_reported_not_guessed():
    found = parse_numbers(column("1.234", "7"), whole=False)
    assert problems(found) == ["ambiguous", ""]
    assert np.isnan(found.values[0])
    mixed = parse_numbers(column("1.234", "3.49", "3,49"), whole=False)
    assert problems(mixed) == ["ambiguous", "", ""]


def test_a_whole_column_in_english_notation_contradicts_itself():
    assert problems(parse_numbers(column("1.234", "1,234.00"), whole=True)) == ["ambiguous", ""]


def test_types_of_a_workbook_cell():
    cells = column(5.0, "1.000", "", True, dt.date(2021, 1, 1), 1.5, "x")
    found = parse_numbers(cells, whole=True)
    expected = ["", "", "blank", "not_a_number", "not_a_number", "not_whole", "not_a_number"]
    assert problems(found) == expected
    assert found.values[:2].tolist() == [5, 1000]


def test_true_is_not_one_even_beside_a_one():
    assert problems(parse_numbers(column(1.0, True, "2"), whole=True)) == ["", "not_a_number", ""]


def test_a_number_too_long_to_be_exact_is_refused():
    assert problems(parse_numbers(column("9.999.999.999.999.999"), whole=True)) == ["not_whole"]


@pytest.mark.parametrize("value", [True, dt.date(2021, 1, 1), "x", "", 1.5])
def test_one_cell_that_is_no_whole_number(value):
    with pytest.raises(ValueError, match=r"not_a_number|blank|not_whole"):
        parse_number(value, whole=True)


DATES = [
    ("29-12-2021", "2021-12-29"), ("29/12/2021", "2021-12-29"), ("29.12.2021", "2021-12-29"),
    ("29/12/21", "2021-12-29"), ("2021-12-29", "2021-12-29"), ("29 Desember 2021", "2021-12-29"),
    ("29 Des 2021", "2021-12-29"), ("Rabu, 29 Desember 2021", "2021-12-29"), (44559, "2021-12-29"),
    ("44559", "2021-12-29"), (44559.0, "2021-12-29"), (dt.datetime(2021, 12, 29, 8), "2021-12-29"),
    (dt.date(2021, 12, 29), "2021-12-29"), ("06/01/2026", "2026-01-06"), ("6 Pebruari 2026", "2026-02-06"),
    ("2 Nopember 2021", "2021-11-02"), ("5 Agt 2021", "2021-08-05"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "date"), DATES)
def test_a_written_date(value, date):
    reading = read_date(value)
    assert (reading.date.isoformat(), reading.precision, reading.problem) == (date, "day", "")


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("31/02/2021", "date_impossible"), ("29-02-2021", "date_impossible"),
        ("12/29/2021", "date_impossible"),
        ("2021-13-01", "date_impossible"), ("besok", "not_a_date"), ("29 Foo 2021", "not_a_date"),
        ("12", "not_a_date"), (5.5, "not_a_date"), (44560.5, "not_a_date"), ("", "blank"), (None, "blank"),
        (float("nan"), "blank"), ("Jumat, 06 Januari 2026", "weekday_differs"), (True, "not_a_date"),
    ],
)  # fmt: skip
def test_what_is_no_date(value, problem):
    assert read_date(value).problem == problem


@pytest.mark.parametrize(
    ("value", "precision"),
    [("2020", "year"), (2020.0, "year"), ("Desember 2021", "month"), ("2021-06", "month")],
)
def test_the_precision_of_a_date(value, precision):
    assert read_date(value).precision == precision


def test_a_column_of_dates_keeps_its_length_and_order():
    dates = parse_dates(pd.Series([44559.0, "", "x", "1 Mei 2021"], dtype=object))
    assert dates.values.dt.strftime("%Y-%m-%d").fillna("-").tolist() == ["2021-12-29", "-", "-", "2021-05-01"]


@pytest.mark.parametrize(
    ("text", "month"), [("Maret", 3), ("LRA Des", 12), ("Jan-Mar", None), ("Lembar1", None)]
)
def test_the_month_of_a_sheet(text, month):
    assert find_month(text) == month
