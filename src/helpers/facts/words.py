"""What a fact is called: by its own key, or by its kind where one of many profiles holds it."""

from __future__ import annotations

import re
from typing import Literal

from helpers.messages import has_text, translate

#: ``village.63.06.05.2017.index``, ``opd.dinas-sosial.reported_date``: kind, subject, name.
_PROFILE = re.compile(r"(village|district|opd)\.(?:\d[\d.]*\d|[a-z][a-z0-9-]*)\.(\w+)((?:\.[\w-]+)*)")


def describe_fact(part: Literal["label", "formula", "note"], key: str, locale: str) -> str:
    """Return a text on a fact, or an empty one if the catalogue has none.

    Examples
    --------
    >>> describe_fact("label", "opd.total_count", "id")
    'OPD di kabupaten'
    >>> describe_fact("label", "village.63.06.05.2017.respondent_count", "id")
    'responden di desa ini'
    """
    match = _PROFILE.fullmatch(key)
    paths = [f"facts.{part}.{key}"]
    if match:
        # One of several of a kind (``realised.<activity>``) is called by the kind.
        name = f"profiles.{part}.{match[1]}.{match[2]}"
        paths += [name + match[3], name]
    return next((translate(path, locale) for path in paths if has_text(path, locale)), "")
