"""What a declaration of a table, a column and a value of a closed list holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

#: Counts of people from 1 up to this are not published; the project's own choice (domain, privacy).
SMALL_COUNT_LIMIT = 4

Dtype = Literal["str", "int64", "Int64", "float64", "bool", "date", "category"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed list: its code, its label as tables print it, and other spellings.

    Readers see the label in tables, charts, sentences and drop-downs alike; files may hold it in
    either language, or one of ``spellings``.
    """

    value: str
    label_id: str
    label_en: str
    spellings: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that a file may hold for it."""
        return (self.label_id, self.label_en, *self.spellings)

    def label(self, locale: str) -> str:
        """Return the label shown to readers."""
        return self.label_id if locale == "id" else self.label_en


@dataclass(frozen=True, slots=True)
class Cell:
    """How a column stands in the file that an office fills in.

    Parameters
    ----------
    heading : str
        As the template writes it.
    spellings : tuple of str
        Other headings seen for it.
    note_id, note_en : str
        What belongs there, for whoever fills it in.
    required : bool
        Whether a file without this column is refused.
    filled : bool
        Whether the template asks for a value in every row; by default as ``required``.
    fills : bool
        Whether a vertically merged cell holds for all its rows.
    width : float
        Of the template's column, in characters.
    """

    heading: str
    spellings: tuple[str, ...] = ()
    note_id: str = ""
    note_en: str = ""
    required: bool = True
    filled: bool | None = None
    fills: bool = False
    width: float = 14

    @property
    def must(self) -> bool:
        """Whether the template marks the column as one to fill in."""
        return self.required if self.filled is None else self.filled

    def note(self, locale: str) -> str:
        """Return what belongs in the column."""
        return self.note_id if locale == "id" else self.note_en


@dataclass(frozen=True)
class Field:
    """One column, with everything that is said of it anywhere.

    ``unit`` is the unit of the value (``IDR``, ``people``, ``share``) or empty for names
    and codes; ``choices`` closes the list of values; ``low`` and ``high`` bound numbers;
    ``cell`` is where the source holds it, if it does; ``read_from`` the column whose cell another
    one is worked out from.
    """

    name: str
    dtype: Dtype
    label_id: str
    label_en: str
    unit: str = ""
    description: str = ""
    nullable: bool = False
    choices: tuple[Choice, ...] = ()
    low: float | None = None
    high: float | None = None
    pattern: str = ""
    cell: Cell | None = None
    read_from: str = ""

    @cached_property
    def allowed(self) -> tuple[str, ...]:
        """The values of the closed list, in its order; empty where the column has none."""
        return tuple(choice.value for choice in self.choices)

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
    then published nowhere, not even where it is wrong. ``inputs`` are columns of the file that help
    to read it and are no columns of the table; ``order`` begins the order of the file's columns.
    """

    name: str
    source: str
    grain: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    is_person_level: bool = False
    inputs: tuple[tuple[str, Cell], ...] = ()
    order: tuple[str, ...] = ()

    @property
    def cells(self) -> dict[str, Cell]:
        """What the source's file holds, by column: in the order of ``order``, then of the fields."""
        declared = {**dict(self.inputs), **{f.name: f.cell for f in self.fields if f.cell is not None}}
        return {name: declared[name] for name in dict.fromkeys((*self.order, *declared))}

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
