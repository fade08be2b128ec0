"""Dates as Indonesian offices write them: day first, month names, Excel serials."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import Any

from helpers.indonesian.calendar import MONTHS, WEEKDAYS
from helpers.indonesian.text import tidy

_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?$")
_DAY_FIRST = re.compile(r"^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})$")
_NAMED = re.compile(r"^(?:(\d{1,2})[\s-]+)?([a-z]+)\.?[\s-]+(\d{4})$")
_WEEKDAY = re.compile(r"^([a-z']+)\s*,\s*(.+)$")
_YEAR = re.compile(r"^(19|20)\d\d$")
_YEAR_MONTH = re.compile(r"^(\d{4})-(\d{1,2})$")
_SERIAL = re.compile(r"^\d{5}$")
#: 1 January 1982 to 31 December 2099 as Excel counts days.
_SERIALS = range(29952, 73051)
_EXCEL_EPOCH = dt.date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date, its precision (``day``, ``month``, ``year``) and its problem (empty: none).

    Problems: ``blank``, ``not_a_date``, ``date_impossible`` (31 February), ``weekday_differs``
    (the date is kept: which of the two is wrong is not known).
    """

    date: dt.date | None
    precision: str = "day"
    problem: str = ""


def read_date(value: Any) -> DateReading:
    """Read one cell.

    Examples
    --------
    >>> read_date("Rabu, 29 Desember 2021").date.isoformat(), read_date(44560.0).date.isoformat()
    ('2021-12-29', '2021-12-30')
    >>> read_date("31/02/2021").problem, read_date("Jumat, 06 Januari 2026").problem
    ('date_impossible', 'weekday_differs')
    """
    if isinstance(value, dt.datetime):
        return DateReading(value.date())
    if isinstance(value, dt.date):
        return DateReading(value)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _from_serial(float(value))
    text = tidy(value).casefold().lstrip("'")
    if not text:
        return DateReading(None, problem="blank")
    weekday = _WEEKDAY.match(text)
    if weekday and weekday[1] in WEEKDAYS:
        reading = _read_plain(weekday[2])
        if reading.date is not None and reading.date.weekday() != WEEKDAYS[weekday[1]]:
            return DateReading(reading.date, reading.precision, "weekday_differs")
        return reading
    return _read_plain(text)


def _read_plain(text: str) -> DateReading:
    if match := _ISO.match(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.match(text):
        year = int(match[3])
        return _date(year if year > 99 else 2000 + year, int(match[2]), int(match[1]))
    if (match := _NAMED.match(text)) and match[2] in MONTHS:
        precision = "day" if match[1] else "month"
        return _date(int(match[3]), MONTHS[match[2]], int(match[1] or 1), precision)
    if match := _YEAR_MONTH.match(text):
        return _date(int(match[1]), int(match[2]), 1, "month")
    if _YEAR.match(text):
        return _date(int(text), 1, 1, "year")
    if _SERIAL.match(text):
        return _from_serial(float(text))
    return DateReading(None, problem="not_a_date")


def _from_serial(number: float) -> DateReading:
    if number.is_integer() and 1900 <= number <= 2100:
        return DateReading(dt.date(int(number), 1, 1), "year")
    if math.isnan(number):
        return DateReading(None, problem="blank")
    if number.is_integer() and int(number) in _SERIALS:
        return DateReading(_EXCEL_EPOCH + dt.timedelta(days=int(number)))
    return DateReading(None, problem="not_a_date")


def _date(year: int, month: int, day: int, precision: str = "day") -> DateReading:
    try:
        return DateReading(dt.date(year, month, day), precision)
    except ValueError:
        return DateReading(None, precision, "date_impossible")


def stated_weekday(text: str) -> int | None:
    """Return the weekday that a date is written with, 0 for Monday; None where there is none.

    >>> stated_weekday("Jumat, 06 Januari 2026"), stated_weekday("06 Januari 2026")
    (4, None)
    """
    match = _WEEKDAY.match(tidy(text).casefold())
    return WEEKDAYS.get(match[1]) if match else None


def weekday_candidates(date: dt.date, weekday: int) -> list[dt.date]:
    """Return the days that a date with the wrong weekday may have meant, in order.

    They are the nearest days of that weekday before and after it, and the same day of the
    month before and after, where that has the weekday.

    >>> [day.isoformat() for day in weekday_candidates(dt.date(2026, 1, 6), 4)]
    ['2026-01-02', '2026-01-09', '2026-02-06']
    """
    before = date - dt.timedelta(days=(date.weekday() - weekday) % 7)
    found = {before, before + dt.timedelta(days=7)}
    for months in (-1, 1):
        year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
        same = _date(year, month + 1, date.day).date
        if same is not None and same.weekday() == weekday:
            found.add(same)
    return sorted(found)


def find_month(text: str) -> int | None:
    """Return the month that a text names, if it names exactly one.

    >>> find_month("Periode: s.d. Maret 2021"), find_month("Januari s.d. Maret")
    (3, None)
    """
    words = re.findall(r"[a-z]+", tidy(text).casefold())
    months = {MONTHS[word] for word in words if word in MONTHS}
    return months.pop() if len(months) == 1 else None
