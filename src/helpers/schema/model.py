"""What a dictionary entry says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: Counts of people from 1 up to this are not published; the project's own choice (domain, privacy).
SMALL_COUNT_LIMIT = 4

Dtype = Literal["str", "int64", "Int64", "float64", "bool", "date", "category"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column.

    ``unit`` is the unit of the value (``IDR``, ``people``, ``share``) or empty for names
    and codes; ``allowed`` closes the list of values; ``low`` and ``high`` bound numbers.
    """

    name: str
    dtype: Dtype
    label_id: str
    label_en: str
    unit: str = ""
    description: str = ""
    nullable: bool = False
    allowed: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    pattern: str = ""

    def label(self, locale: str) -> str:
        """Return the label shown to readers."""
        return self.label_id if locale == "id" else self.label_en


#: Where a cleaned row was read: carried by every cleaned table.
#: ``source_columns`` maps measures to sheet columns: ``"ceiling_idr:C expenditure_idr:F"``.
PROVENANCE: tuple[Field, ...] = (
    Field("source_file", "category", "Berkas sumber", "Source file"),
    Field("source_sheet", "category", "Lembar sumber", "Source sheet", nullable=True),
    Field("source_row", "int64", "Baris sumber", "Source row", low=1),
    Field(
        "source_columns",
        "category",
        "Kolom sumber",
        "Source columns",
        description="measure:COLUMN pairs separated by spaces",
    ),
)


@dataclass(frozen=True, slots=True)
class Table:
    """One cleaned table: its grain, its key and its columns (provenance is added).

    ``is_person_level`` tells that a row is of one person: what stands in a cell of the source is
    then published nowhere, not even where it is wrong.
    """

    name: str
    source: str
    grain: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    is_person_level: bool = False

    @property
    def columns(self) -> list[str]:
        """All column names in order, provenance last."""
        return [field.name for field in (*self.fields, *PROVENANCE)]

    def field(self, name: str) -> Field:
        """Return one column's entry.

        Raises
        ------
        KeyError
            If the table has no such column.
        """
        for entry in (*self.fields, *PROVENANCE):
            if entry.name == name:
                return entry
        raise KeyError(f"{self.name} has no column {name!r}")
