"""The content of a cell as text, whatever its type."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from typing import Any

import pandas as pd

#: Spaces that look like one, and marks that look like nothing.
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def tidy(value: Any) -> str:
    r"""Return one cell's content as text, without odd spaces and invisible marks.

    >>> tidy(3236.0), tidy(" Dinas\u00a0Kesehatan "), tidy(None)
    ('3236', 'Dinas Kesehatan', '')
    """
    if isinstance(value, str):
        if value.isascii() and value.isprintable():
            return " ".join(value.split())
        return _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", value))).strip()
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
