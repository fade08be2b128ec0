"""Months and weekdays by every name that people write for them, in Indonesian and English."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: The name of each month, then its short and older forms.
MONTH_NAMES = (
    ("Januari", "Jan"), ("Februari", "Feb", "Pebruari", "Peb"), ("Maret", "Mar", "Mrt"), ("April", "Apr"),
    ("Mei",), ("Juni", "Jun"), ("Juli", "Jul"), ("Agustus", "Agu", "Agt", "Ags", "Agst"),
    ("September", "Sep", "Sept"), ("Oktober", "Okt"), ("November", "Nov", "Nopember", "Nop"),
    ("Desember", "Des"),
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
#: Any of these, in lower case, to the number of the month.
MONTHS = {
    name.casefold(): number
    for number, (names, english) in enumerate(zip(MONTH_NAMES, _ENGLISH, strict=True), start=1)
    for name in (*names, english, english[:3])
}
#: Any name of a weekday, in lower case, to its number; 0 is Monday.
WEEKDAYS = {
    name: number
    for number, names in enumerate((
        ("senin", "monday", "mon"), ("selasa", "tuesday", "tue"), ("rabu", "wednesday", "wed"),
        ("kamis", "thursday", "thu"), ("jumat", "jum'at", "jum’at", "friday", "fri"),
        ("sabtu", "saturday", "sat"), ("minggu", "ahad", "sunday", "sun"),
    ))
    for name in names
}  # fmt: skip


def any_of(names: Iterable[str]) -> str:
    """Return an expression for any of some names, the longest first.

    >>> any_of(["jan", "januari"])
    'januari|jan'
    """
    return "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))
