"""Dates and weekdays as releases write them, held against the calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel.dates import format_date

from helpers.indonesian.calendar import MONTHS, WEEKDAYS, any_of
from helpers.indonesian.words import WORDS, parse_words

_DAY = rf"(?:(?P<weekday>{any_of(WEEKDAYS)})\b\.?\s*[,(]?\s*(?:(?:tanggal|tgl|the|on)\b\.?\s*)?)?"
_YEAR = rf"(?:\d{{4}}|dua\s+ribu(?:\s+(?:{WORDS}))?)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 29 Desember 2021, 29th of December 2021, dua puluh sembilan Desember
        rf"{_DAY}(?<![\w.,/])(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{WORDS})\s*(?:of\s+)?(?P<month>{any_of(MONTHS)})\b\.?"
        rf"(?:\s*,?\s*(?P<year>{_YEAR})\b)?",
        # December 29, 2021
        rf"{_DAY}\b(?P<month>{any_of(MONTHS)})\b\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b"
        rf"(?![.,:]?\d)(?:\s*,?\s*(?P<year>\d{{4}})\b)?",
        # 2021-12-29
        rf"{_DAY}(?<![\w.,/-])(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?![\w-])",
        # 29/12/2021, 29-12-2021, (29/12)
        rf"{_DAY}(?<![\w.,/-])(?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})[/-](?P<year>\d{{4}}|\d{{2}})(?![\w/-])",
        rf"{_DAY}\(?(?<![\w.,/-])(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?![\w/.,-])",
    )
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date found in a text; ``date`` is None where the calendar has no such day."""

    start: int
    end: int
    date: dt.date | None
    weekday: int | None
    has_year: bool


def find_dates(text: str, default_year: int, lang: str = "id") -> Iterator[WrittenDate]:
    """Yield dates; a day and month without a year get the default one.

    A number pair such as ``25/27`` that no calendar has is not a date, unless a weekday
    stands before it. Indonesian puts the day first: there "Desember 25 OPD" is no date.
    """
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            if (
                match.start("month") < match.start("day")
                and not parts.get("year")
                and (lang == "id" or not parts["month"][0].isupper())
            ):
                continue
            weekday = WEEKDAYS[parts["weekday"].lower()] if parts.get("weekday") else None
            numeric = parts["month"].isdigit()
            date = _to_date(parts["day"], parts["month"], parts.get("year"), default_year)
            short = numeric and not parts.get("year")
            if weekday is None and ((date is None and numeric) or (short and not _in_brackets(text, match))):
                continue
            end = match.end() + (match.group().count("(") > 0 and text[match.end() : match.end() + 1] == ")")
            yield WrittenDate(match.start(), end, date, weekday, parts.get("year") is not None)


def _in_brackets(text: str, match: re.Match[str]) -> bool:
    """Return whether a lone "29/12" is a date, not a ratio: in brackets or after a word for date."""
    head = text[: match.start()].rstrip()
    return text[match.start()] == "(" or bool(
        re.search(r"(?:\(|tanggal|tgl\.?|per|on)$", head, re.IGNORECASE)
    )


def _to_date(day: str, month: str, year: str | None, default_year: int) -> dt.date | None:
    number = int(re.sub(r"\D", "", day)) if day[0].isdigit() else int(parse_words(day) or 0)
    month_number = int(month) if month.isdigit() else MONTHS[month.lower()]
    if year is None:
        year_number = default_year
    elif year.isdigit():
        year_number = int(year) + (2000 if len(year) == 2 else 0)
    else:
        year_number = int(parse_words(year) or 0)
    try:
        return dt.date(year_number, month_number, number)
    except ValueError:
        return None


def weekday_name(number: int, lang: str) -> str:
    """Return the day's name; 0 is Monday."""
    return format_date(dt.date(2024, 1, 1) + dt.timedelta(days=number), "EEEE", locale=lang)


def describe_date(date: dt.date, written: str, *, weekday: bool, year: bool, lang: str) -> str:
    """Return a date in the shape in which another one was written, to paste in its place."""
    numeric = re.search(r"\d{1,4}([/-])\d{1,2}(?:[/-]\d{2,4})?", written)
    if numeric and re.match(r"\d{4}-", numeric.group()):
        body = date.isoformat()
    elif numeric:
        mark = numeric.group(1)
        body = date.strftime(f"%d{mark}%m" + (f"{mark}%Y" if year else ""))
        body = f"({body})" if "(" in written else body
    else:
        months_first = lang == "en" and not re.match(
            r"\W*(?:\w+day\W+)?(?:the\s+)?\d", written, re.IGNORECASE
        )
        pattern = (
            ("MMMM d" + (", y" if year else "")) if months_first else ("d MMMM" + (" y" if year else ""))
        )
        body = format_date(date, pattern, locale=lang)
    if not weekday:
        return body
    comma = " " if body.startswith("(") else ", "
    return f"{weekday_name(date.weekday(), lang)}{comma}{body}"
