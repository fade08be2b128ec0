"""Every number that a text writes in digits, whatever it counts; laws, times and codes left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from helpers.check.compare import is_rounding
from helpers.check.dates import find_dates
from helpers.check.model import Number
from helpers.check.quantities import find_amounts, find_numbers, find_percents
from helpers.check.wording import find_masks, overlaps

_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number in digits or a full date, and its text."""

    text: str
    number: Number | None = None
    date: dt.date | None = None

    def states(self, values: Iterable[Decimal], dates: Iterable[dt.date]) -> bool:
        """Return whether it is one of these values, rounded to the digits written, or one of these dates."""
        if self.number is None:
            return self.date in set(dates)
        readings = list(zip(self.number.readings, self.number.steps, strict=True))
        return any(is_rounding(value, step, known) for known in values for value, step in readings)


def find_written(text: str, lang: str) -> Iterator[WrittenNumber]:
    """Yield the numbers of a text that are written in digits, and its dates.

    Number words ("dua posisi") speak of how things are built and are left out.
    """
    taken = find_masks(text)
    for written in find_dates(text, _LEAP_YEAR, lang):
        if written.has_year and not overlaps(written.start, written.end, taken):
            taken.append((written.start, written.end))
            yield WrittenNumber(text[written.start : written.end], date=written.date)
    for finder in (find_amounts, find_percents, find_numbers):
        for quantity in finder(text, lang):
            if quantity.number.spelled or overlaps(quantity.start, quantity.end, taken):
                continue
            taken.append((quantity.start, quantity.end))
            yield WrittenNumber(text[quantity.start : quantity.end], quantity.number)
