"""A fact: one figure that a document may print, with where it comes from."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from helpers.columns.labels import label_of
from helpers.formats import UNIT_FORMATS, format_value

SCHEMA_VERSION = 1
FactValue = float | int | str | list[str]


@dataclass(frozen=True, slots=True)
class FactSource:
    """The cells a figure was computed from; ``cells`` is A1 style, ranges with commas."""

    file: str
    sheet: str | None
    cells: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of ``facts.json``; the contract names its fields.

    ``published`` is the value an office has published before, ``agrees`` whether the
    computed one rounds to it; both are null where there is nothing to compare. A figure that
    the catalogue does not name has a label of its own, in both languages.
    """

    key: str
    value: FactValue
    unit: str
    text_id: str
    text_en: str
    sources: tuple[FactSource, ...]
    computed_by: str
    published: FactValue | None
    agrees: bool | None
    illustrative: bool
    label_id: str = ""
    label_en: str = ""

    def text(self, locale: str) -> str:
        """Return the figure as printed in prose."""
        return self.text_id if locale == "id" else self.text_en

    def label(self, locale: str) -> str:
        """Return what the figure is called by whoever recorded it, or nothing."""
        return self.label_id if locale == "id" else self.label_en

    def to_json(self) -> dict[str, Any]:
        """Return the entry as ``facts.json`` holds it."""
        entry = asdict(self)
        return {key: value for key, value in entry.items() if value or not key.startswith("label_")}

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Fact:
        """Read an entry of ``facts.json``."""
        sources = tuple(FactSource(**source) for source in entry["sources"])
        return cls(**{**entry, "sources": sources})


def fact_text(value: FactValue, unit: str, locale: str, style: str | None = None) -> str:
    """Return a value as printed in prose.

    Parameters
    ----------
    value : number, str or list of str
        Shares 0 to 1, amounts in rupiah, dates in ISO form, classes by their id.
    unit : str
        Unit of the fact: ``share``, ``idr``, ``count``, ``index``, ``class``, ``date``,
        ``list`` or ``text``.
    style : str, optional
        A format of `helpers.formats` instead of the unit's own.

    Examples
    --------
    >>> fact_text(0.983, "share", "id"), fact_text(84.821, "index", "en")
    ('98,30 persen', '84.821')
    """
    if unit == "class":
        return label_of("class", str(value), locale)
    if isinstance(value, list):
        return format_value(value, "list", locale)
    if isinstance(value, str) and unit != "date":
        return value
    return format_value(value, style or UNIT_FORMATS[unit], locale)
