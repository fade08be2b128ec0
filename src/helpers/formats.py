"""Numbers, amounts and dates as readers of each language expect them.

Every printed value passes through `format_value`; its names are also the format
specifications of the catalogue (see `helpers.messages`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel.dates import format_date as _babel_date
from babel.dates import get_month_names
from babel.numbers import format_decimal

from helpers.indonesian.words import spell

#: Stands for a count of 1 to 4 people, which is not published (`helpers.columns.people`).
SUPPRESSED = "1–4"

PERCENT_WORD = {"id": "persen", "en": "percent"}
AND_WORD = {"id": "dan", "en": "and"}
SCALE_WORDS = {"id": ((10**9, "miliar"), (10**6, "juta")), "en": ((10**9, "billion"), (10**6, "million"))}
#: A whole number up to this is printed as a word in a sentence.
LARGEST_WORD = 12


def round_half_up(value: float | Decimal, places: int) -> Decimal:
    """Round as people do by hand: 0.98305 at four places gives 0.9831.

    Goes through the shortest decimal text of a float, so that 2.675 is 2.675.

    >>> round_half_up(2.675, 2)
    Decimal('2.68')
    """
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _decimal(value: Any, places: int, locale: str) -> str:
    rounded = round_half_up(value, places)
    # Babel wants the pattern to carry the places, or it drops the trailing zeros.
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(rounded, format=pattern, locale=locale, decimal_quantization=False)


def _percent(places: int) -> Callable[[Any, str], str]:
    def render(value: Any, locale: str) -> str:
        return f"{_decimal(Decimal(str(value)) * 100, places, locale)} {PERCENT_WORD[locale]}"

    return render


def _percent_sign(places: int) -> Callable[[Any, str], str]:
    def render(value: Any, locale: str) -> str:
        return f"{_decimal(Decimal(str(value)) * 100, places, locale)}%"

    return render


def _number(places: int) -> Callable[[Any, str], str]:
    def render(value: Any, locale: str) -> str:
        return _decimal(value, places, locale)

    return render


def _idr(value: Any, locale: str) -> str:
    sign = "-" if value < 0 else ""
    return f"{sign}Rp{_decimal(abs(value), 0, locale)}"


def _idr_short(value: Any, locale: str) -> str:
    for scale, word in SCALE_WORDS[locale]:
        if abs(value) >= scale:
            sign = "-" if value < 0 else ""
            return f"{sign}Rp{_decimal(abs(Decimal(str(value))) / scale, 2, locale)} {word}"
    return _idr(value, locale)


def _as_date(value: Any) -> dt.date:
    if isinstance(value, str):
        return dt.date.fromisoformat(value)
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    raise TypeError(f"not a date: {value!r}")


def _date(pattern: str) -> Callable[[Any, str], str]:
    def render(value: Any, locale: str) -> str:
        if isinstance(value, str) and len(value) < len("2021-12-29"):
            # A date known to the month or the year only: ISO text cut short.
            year, _, month = value.partition("-")
            return f"{_month(month, locale)} {year}" if month else year
        return _babel_date(_as_date(value), format=pattern, locale=locale)

    return render


def _month(value: Any, locale: str) -> str:
    return str(get_month_names("wide", locale=locale)[int(value)])


def _month_short(value: Any, locale: str) -> str:
    return str(get_month_names("abbreviated", locale=locale)[int(value)])


def _word(value: Any, locale: str) -> str:
    return spell(value, locale) if 0 <= value <= LARGEST_WORD else _decimal(value, 0, locale)


def _list(value: Iterable[Any], locale: str) -> str:
    items = [str(item) for item in value]
    word = AND_WORD[locale]
    if len(items) <= 1:
        return "".join(items)
    comma = "," if len(items) > 2 else ""
    return f"{', '.join(items[:-1])}{comma} {word} {items[-1]}"


def _dates(value: Iterable[Any], locale: str) -> str:
    return _list([_date("d MMMM y")(item, locale) for item in value], locale)


FORMATS: dict[str, Callable[[Any, str], str]] = {
    "percent": _percent(2),
    "percent1": _percent(1),
    "percent0": _percent(0),
    "pct": _percent_sign(2),
    "pct1": _percent_sign(1),
    "pct0": _percent_sign(0),
    "idr": _idr,
    "idr_short": _idr_short,
    "count": _number(0),
    "number1": _number(1),
    "number2": _number(2),
    "index": _number(3),
    "date": _date("d MMMM y"),
    "date_day": _date("EEEE, d MMMM y"),
    "day": _date("EEEE"),
    "month": _month,
    "month_short": _month_short,
    "word": _word,
    "list": _list,
    "date_list": _dates,
}

#: How a fact's unit is printed in prose (see ``facts.json`` in the contract).
UNIT_FORMATS = {"share": "percent", "idr": "idr", "count": "count", "index": "index", "date": "date"}


def format_value(value: Any, name: str, locale: str = "id") -> str:
    """Return a value as text.

    Parameters
    ----------
    value : number, date, ISO date string or iterable
        Shares are 0 to 1; amounts are whole rupiah; `SUPPRESSED` is printed as it is.
    name : str
        One of `FORMATS`.
    locale : {"id", "en"}

    Raises
    ------
    KeyError
        If the format is not known.

    Examples
    --------
    >>> format_value(0.983, "percent")
    '98,30 persen'
    >>> format_value(1234567, "idr"), format_value(1_710_000_000, "idr_short")
    ('Rp1.234.567', 'Rp1,71 miliar')
    >>> format_value("2021-12-29", "date_day")
    'Rabu, 29 Desember 2021'
    >>> format_value("2021-06", "date"), format_value("2020", "date")
    ('Juni 2021', '2020')
    >>> format_value(["BPBD", "Setwan"], "list", "en")
    'BPBD and Setwan'
    """
    return SUPPRESSED if isinstance(value, str) and value == SUPPRESSED else FORMATS[name](value, locale)
