"""Labels that readers see: of columns, and of the values of closed lists; one for each, everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from helpers.columns import TABLES
from helpers.columns.documents import SOURCE_CHOICES
from helpers.columns.model import PROVENANCE, Choice, Field
from helpers.columns.resilience import INDEX_CLASS_CHOICES
from helpers.columns.rollout import ACTION_COUNTS, STATUS_CHOICES
from helpers.columns.villages import VULNERABILITY_CHOICES
from helpers.messages import has_text, translate


@cache
def _fields() -> Mapping[str, Field]:
    """Return the columns of all tables by name; one that several tables have is labelled alike."""
    tables = [field for table in TABLES.values() for field in table.fields]
    return MappingProxyType({field.name: field for field in (*PROVENANCE, *tables)})


@cache
def closed_lists() -> Mapping[str, tuple[Choice, ...]]:
    """Return the closed lists by column: of the cleaned tables, and of columns that are computed."""
    fields = _fields()
    return MappingProxyType({
        **{name: field.choices for name, field in fields.items() if field.choices},
        "source": SOURCE_CHOICES,
        "class_id": INDEX_CLASS_CHOICES,
        # What a fact of the unit "class" may be.
        "class": (*INDEX_CLASS_CHOICES, *STATUS_CHOICES, *VULNERABILITY_CHOICES),
        "action": tuple(
            Choice(name, fields[name].label_id, fields[name].label_en) for name in ACTION_COUNTS
        ),
    })  # fmt: skip


def has_label(column: str, value: str) -> bool:
    """Return whether a column's value is on its closed list, or named in the catalogue."""
    return any(choice.value == value for choice in closed_lists().get(column, ())) or has_text(
        _key(column, value)
    )


def _key(column: str, value: str) -> str:
    return f"tables.value.{column}.{value}".replace(" ", "_")


def label_of(column: str, value: str, locale: str) -> str:
    """Return the label of a closed list's value, as tables print it; the value itself if it has none.

    Parameters
    ----------
    column : str
        Name of the column, as in the data dictionary. What is on no list of it is looked for in
        the catalogue, under ``tables.value.<column>``: rows of totals, and words of one table.
    value : str
        Code of the value.
    locale : str

    Examples
    --------
    >>> label_of("report_status", "reported", "id"), label_of("section", "prevention", "id")
    ('sudah melapor', 'Seksi P2M')
    """
    for choice in closed_lists().get(column, ()):
        if choice.value == value:
            return choice.label(locale)
    key = _key(column, value)
    return translate(key, locale) if has_text(key, locale) else value


def heading_of(column: str, locale: str) -> str:
    """Return the label of a column: the data dictionary's, or the catalogue's for a computed one.

    Raises
    ------
    KeyError
        If the column has no label.

    Examples
    --------
    >>> heading_of("report_status", "id"), heading_of("absorption_rate", "en")
    ('Status laporan', 'Absorption')
    """
    field = _fields().get(column)
    return translate(f"tables.column.{column}", locale) if field is None else field.label(locale)


def capital(label: str) -> str:
    """Return a label as it begins a line.

    >>> capital("sudah melapor")
    'Sudah melapor'
    """
    return label[:1].upper() + label[1:]


def in_sentence(label: str) -> str:
    """Return a label as it stands within a sentence.

    >>> in_sentence("Laporan OPD")
    'laporan OPD'
    """
    return label[:1].lower() + label[1:]
