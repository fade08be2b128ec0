"""The number and date readers against everything hypothesis can write."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.clean.parsing import PROBLEMS, parse_dates, parse_numbers
from helpers.indonesian.amounts import read_number, settle
from helpers.indonesian.dates import read_date

AMOUNTS = st.integers(-(10**14), 10**14)
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "November", "Desember"]  # fmt: skip


def group(number: int, separator: str) -> str:
    """Group digits by threes, by hand."""
    digits, parts = str(abs(number)), []
    while digits:
        digits, part = digits[:-3], digits[-3:]
        parts.insert(0, part)
    return separator.join(parts)


@st.composite
def written(draw: st.DrawFn, number: int) -> str:
    """Write a whole amount in one of the forms seen in exports."""
    plain = draw(st.sampled_from([group(number, "."), str(abs(number))]))
    currency = draw(st.sampled_from(["", "Rp", "Rp ", "Rp. ", "IDR "]))
    tail = draw(st.sampled_from(["", ",00", ",-"]))
    space = draw(st.sampled_from(["", " ", "\u00a0", "\u202f"]))
    body = f"{currency}{plain}{tail}"
    if number < 0:
        body = draw(st.sampled_from([f"({body})", f"-{body}", f"\u2212{body}"]))
    return f"{space}{body}{space}"


@given(AMOUNTS.flatmap(lambda number: st.tuples(st.just(number), written(number))))
def test_a_whole_amount_comes_back_from_every_form(case):
    number, text = case
    value, problem = settle(read_number(text), whole=True)
    assert (value, problem) == (number, "")


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from([(".", ","), (",", ".")]))
def test_a_decimal_comes_back_in_both_notations(whole, cents, marks):
    thousands, decimal = marks
    text = f"{group(whole, thousands)}{decimal}{cents:02d}"
    assert read_number(text).value == Decimal(f"{whole}.{cents:02d}")


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"))
def test_one_separator_before_three_digits_always_has_two_readings(whole, fraction, separator):
    reading = read_number(f"{whole}{separator}{fraction:03d}")
    assert reading.value == whole * 1000 + fraction
    assert reading.decimal == Decimal(f"{whole}.{fraction:03d}")
    assert settle(reading, whole=False) == (None, "ambiguous")


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_has_a_problem(text):
    reading = read_number(text)
    assert (reading.value is None) == bool(reading.problem)
    assert reading.problem in PROBLEMS


CELLS = st.one_of(
    st.text(max_size=12), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.just(""),
    st.dates(), AMOUNTS.flatmap(written),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(CELLS, max_size=20), st.booleans())
def test_a_column_keeps_its_length_and_says_why_a_value_is_missing(cells, whole):
    column = pd.Series(cells, dtype=object)
    found = parse_numbers(column, whole=whole)
    assert len(found.values) == len(found.problem) == len(cells)
    assert ((found.problem != 0) == np.isnan(found.values)).all()


@settings(deadline=None)
@given(st.lists(AMOUNTS, min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_the_order_of_a_column_does_not_matter(numbers, random):
    texts = [group(number, ".") for number in numbers]
    order = list(range(len(texts)))
    random.shuffle(order)
    straight = parse_numbers(pd.Series(texts, dtype="str"), whole=True).values
    shuffled = parse_numbers(pd.Series([texts[place] for place in order], dtype="str"), whole=True).values
    assert shuffled.tolist() == [straight[place] for place in order]


DATES = st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31))


@given(DATES, st.integers(0, 5))
def test_a_date_comes_back_from_every_form(date, form):
    texts = [
        date.isoformat(), f"{date.day:02d}/{date.month:02d}/{date.year}",
        f"{date.day}-{date.month}-{date.year}",
        f"{date.day} {MONTHS[date.month - 1]} {date.year}", f"{date.day}.{date.month}.{date.year}",
        str((date - dt.date(1899, 12, 30)).days),
    ]  # fmt: skip
    reading = read_date(texts[form])
    assert (reading.date, reading.problem) == (date, "")


@settings(deadline=None)
@given(st.lists(st.one_of(st.text(max_size=15), st.floats(), st.dates(), st.booleans()), max_size=15))
def test_any_cell_is_a_date_or_has_a_problem(cells):
    dates = parse_dates(pd.Series(cells, dtype=object))
    missing = dates.values.isna().to_numpy()
    assert (missing == dates.problem.isin(["blank", "not_a_date", "date_impossible"]).to_numpy()).all()
