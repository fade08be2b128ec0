"""The sheet of lists that the drop-downs refer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl.worksheet.worksheet import Worksheet

from helpers.read import column_letter
from helpers.workbooks import style

SHEET = "Daftar"
_HEADING_ROW = 3


@dataclass
class Lists:
    """Closed lists in the order of their columns: heading and values by name."""

    columns: dict[str, tuple[str, Sequence[str]]] = field(default_factory=dict)

    def add(self, name: str, heading: str, values: Sequence[str]) -> None:
        """Add one list."""
        self.columns[name] = (heading, values)

    def column(self, name: str) -> str:
        """Return the letter of a list's column."""
        return column_letter(list(self.columns).index(name))

    def range(self, name: str) -> str:
        """Return the cells of a list as a validation refers to them.

        >>> lists = Lists()
        >>> lists.add("position", "Posisi", ["B06", "B12"])
        >>> lists.range("position")
        'Daftar!$A$4:$A$5'
        """
        letter = self.column(name)
        first = _HEADING_ROW + 1
        return f"{SHEET}!${letter}${first}:${letter}${first + len(self.columns[name][1]) - 1}"

    def dependent(self, name: str, on: str, cell: str) -> str:
        """Return the part of a list that belongs to what a cell holds.

        Parameters
        ----------
        name, on : str
            Two lists of the same length; ``on`` is sorted, so that equal values stand together.
        cell : str
            The cell that holds a value of ``on``; where it is empty, the whole list is offered.
        """
        keys, letter = self.range(on), self.column(name)
        first = f"{SHEET}!${letter}${_HEADING_ROW + 1}"
        part = f"OFFSET({first},MATCH({cell},{keys},0)-1,0,COUNTIF({keys},{cell}),1)"
        return f'IF({cell}="",{self.range(name)},{part})'

    def write(self, sheet: Worksheet, title: str) -> None:
        """Write the lists, one a column, and lock the sheet."""
        sheet["A1"], sheet["A1"].font = title, style.SMALL
        for position, (heading, values) in enumerate(self.columns.values(), start=1):
            cell = sheet.cell(_HEADING_ROW, position, heading)
            cell.font, cell.fill, cell.border = style.BOLD, style.OPTIONAL_FILL, style.BOX
            cell.alignment = style.CENTRE
            for row, value in enumerate(values, start=_HEADING_ROW + 1):
                entry = sheet.cell(row, position, value)
                entry.font, entry.number_format = style.PLAIN, "@"
            longest = max(map(len, (heading, *values)))
            sheet.column_dimensions[column_letter(position - 1)].width = min(70, max(12, longest + 3))
        sheet.freeze_panes = f"A{_HEADING_ROW + 1}"
        style.set_page(sheet, title_rows=f"{_HEADING_ROW}:{_HEADING_ROW}", footer=SHEET)
        style.protect_headings(sheet, all_cells=True)
