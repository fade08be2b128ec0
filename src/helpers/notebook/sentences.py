"""Sentences whose figures are recorded as they are told."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

from helpers.facts import FactBook
from helpers.facts.citation import Cited, cited
from helpers.messages import catalogue

#: Format of a placeholder → unit of the fact that its value becomes; months and names are words.
RECORDED_UNITS = {
    "percent": "share",
    "percent0": "share",
    "percent1": "share",
    "idr": "idr",
    "idr_short": "idr",
    "count": "count",
    "word": "count",
    "index": "index",
    "number1": "index",
    "number2": "index",
    "list": "list",
}


def placeholders(key: str, locale: str) -> dict[str, str]:
    """Return the placeholders of a text with their formats.

    >>> placeholders("documents.clean-agencies.prose.complete", "id")["kept"]
    'count'
    """
    parsed = string.Formatter().parse(catalogue(locale)[key])
    return {name: style or "" for _, name, style, _ in parsed if name}


def record_values(
    book: FactBook, name: str, styles: Mapping[str, str], values: Mapping[str, Any], origin: Mapping[str, Any]
) -> dict[str, Any]:
    """Record the figures among a sentence's values and return the values with them cited.

    Parameters
    ----------
    book : FactBook
    name : str
        Begins the keys of the facts: ``budget-absorption.by_section`` gives
        ``budget-absorption.by_section.high_value``.
    styles : Mapping
        Placeholders of the sentence with their formats (`placeholders`).
    values : Mapping
        What is cited already stays as it is.
    origin : Mapping
        ``frame``, ``measures`` and ``computed_by`` of `FactBook.record`, or ``sources`` and
        ``computed_by`` of `FactBook.record_files`.
    """
    record = book.record_files if "sources" in origin else book.record
    told = dict(values)
    for placeholder, style in styles.items():
        value = told[placeholder]
        if style in RECORDED_UNITS and not isinstance(value, Cited):
            plain = _plain(value, style)
            fact = record(f"{name}.{placeholder}", plain, RECORDED_UNITS[style], **origin)
            told[placeholder] = cited(fact)
    return told


def _plain(value: Any, style: str) -> Any:
    """Return a value of a frame as JSON knows it."""
    if style == "list":
        return [str(item) for item in value]
    return value.item() if hasattr(value, "item") else value
