"""One workbook to fill: read-me, the sheet that is read, a worked example, and the lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from helpers.read import column_letter
from helpers.workbooks import lists as listing
from helpers.workbooks import style
from helpers.workbooks.lists import Lists

READ_ME, EXAMPLE = "Baca saya", "Contoh"
NOTE_ROW, HEADER_ROW, FIRST_ROW = 4, 5, 6
#: Drop-downs and checks reach this far below the rows that are drawn.
LAST_CHECKED_ROW = 5000

Value = str | int | dt.date | None
Text = Callable[..., str]


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column to fill.

    Parameters
    ----------
    name, label : str
        Name in the data dictionary; heading as the cleaner knows it.
    kind : str
        ``text``, ``choice``, ``count``, ``year``, ``score`` or ``date``.
    width : float
    required : bool
        Whether a row without it is refused.
    choices : str
        Name of the list of a drop-down; ``"<list>|<list of keys>|<column>"`` offers only
        what belongs to the key chosen in another column of the row.
    low, high : int or date
        Bounds of numbers and dates.
    unique : bool
        Whether a value may stand in one row only.
    note : str
        What belongs there.
    """

    name: str
    label: str
    kind: str = "text"
    width: float = 14
    required: bool = True
    choices: str = ""
    low: int | dt.date | None = None
    high: int | dt.date | None = None
    unique: bool = False
    note: str = ""


@dataclass(frozen=True)
class Form:
    """One workbook: what it is called, its columns, and the rows that stand there already.

    ``given`` names the columns that are written for the staff; ``frozen`` is the number of
    columns that stay in sight. ``second`` is another sheet to fill in the same workbook, with
    the same lists; an ``optional`` form is declared only by an edition that has its data.
    """

    source: str
    file: str
    sheet: str
    columns: tuple[FormColumn, ...]
    lists: Lists
    rows: Sequence[Sequence[Value]] = ()
    blank_rows: int = 40
    examples: Sequence[Sequence[Value]] = ()
    given: frozenset[str] = field(default_factory=frozenset)
    frozen: int = 1
    second: Form | None = None
    optional: bool = False


def letter_of(form: Form, name: str) -> str:
    """Return the sheet column of one of the form's columns."""
    return column_letter([column.name for column in form.columns].index(name))


def make_workbook(form: Form, year: int, office: str, text: Text) -> Workbook:
    """Return the workbook of a form.

    Parameters
    ----------
    form : Form
    year : int
        Year of the edition; it stands in the title, so that a file of another year shows.
    office : str
        Name of the office, for the titles.
    text : callable
        Gives a text of the catalogue below ``workbooks.``.
    """
    title = f"{text(f'{form.source}.title')} {year}"
    book = style.new_workbook(title, office)
    write_read_me(book.create_sheet(READ_ME), form, office, text)
    _write_data(book.create_sheet(form.sheet), form, title, office, text)
    if form.second is not None:
        named = f"{text(f'{form.second.source}.title')} {year}"
        _write_data(book.create_sheet(form.second.sheet), form.second, named, office, text)
    _write_example(book.create_sheet(EXAMPLE), form, office, text)
    form.lists.write(book.create_sheet(listing.SHEET), text("lists_note"))
    # The sheet to fill is the one that opens; the read-me stands before it.
    book.active = 1
    return book


def _write_data(sheet: Worksheet, form: Form, title: str, office: str, text: Text) -> None:
    _write_head(sheet, form, title, office, text("fill_note", read_me=READ_ME), text)
    last = FIRST_ROW + max(len(form.rows), 0) + form.blank_rows - 1
    for position, column in enumerate(form.columns, start=1):
        _open_column(sheet, position, column)
        given = column.name in form.given
        for row in range(FIRST_ROW, last + 1):
            cell = sheet.cell(row, position)
            filled = given and row - FIRST_ROW < len(form.rows)
            cell.font = style.GIVEN if filled else style.PLAIN
            cell.fill = style.GIVEN_FILL if filled else style.INPUT_FILL
            cell.border, cell.number_format = style.BOX, style.FORMATS[column.kind]
            cell.protection = style.OPEN
            if column.kind == "score" or column.name == "number":
                cell.alignment = style.CENTRE
            elif filled:
                cell.alignment = style.WRAP
    for row, values in enumerate(form.rows, start=FIRST_ROW):
        for position, value in enumerate(values, start=1):
            sheet.cell(row, position, value)
        filled_lines = max(
            -(-len(str(value or "")) // int(column.width))
            for column, value in zip(form.columns, values, strict=True)
        )
        sheet.row_dimensions[row].height = 15.5 * filled_lines
    for column in form.columns:
        _add_check(sheet, form, column, text)
    right = column_letter(len(form.columns) - 1)
    sheet.freeze_panes = f"{column_letter(form.frozen)}{FIRST_ROW}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{right}{last}"
    sheet.print_area = f"A1:{right}{last}"
    style.set_page(sheet, title_rows=f"{HEADER_ROW}:{HEADER_ROW}", footer=f"{form.file} · {form.sheet}")
    style.protect_headings(sheet)


def _write_head(sheet: Worksheet, form: Form, title: str, office: str, note: str, text: Text) -> None:
    for row, line, font in ((1, title, style.TITLE), (2, office, style.OFFICE), (3, note, style.SMALL)):
        cell = sheet.cell(row, 1, line)
        cell.font = font
    for position, column in enumerate(form.columns, start=1):
        sheet.column_dimensions[column_letter(position - 1)].width = column.width
        hint = sheet.cell(NOTE_ROW, position, _hint(form, column, text))
        hint.font, hint.alignment = style.SMALL, style.WRAP
        cell = sheet.cell(HEADER_ROW, position, column.label)
        cell.font = style.ON_DARK if column.required else style.BOLD
        cell.fill = style.REQUIRED_FILL if column.required else style.OPTIONAL_FILL
        cell.border, cell.alignment = style.BOX, style.CENTRE
    hints = ((_hint(form, column, text), column.width) for column in form.columns)
    # Words break before the edge: a narrow column needs a line more than its letters say.
    lines = max(-(-len(hint) // max(1, int(width))) + (width < 30) for hint, width in hints)
    sheet.row_dimensions[NOTE_ROW].height = 12.5 * min(lines, 8)
    sheet.row_dimensions[HEADER_ROW].height = 32


def _hint(form: Form, column: FormColumn, text: Text) -> str:
    if column.kind == "score":
        return text("score_hint")
    if column.name in form.given:
        return column.note
    return text("required" if column.required else "optional", note=column.note)


def _open_column(sheet: Worksheet, position: int, column: FormColumn) -> None:
    """Let staff type below the drawn rows too: the column's own style is unlocked."""
    whole = sheet.column_dimensions[column_letter(position - 1)]
    whole.protection = style.OPEN
    whole.number_format = style.FORMATS[column.kind]


def _add_check(sheet: Worksheet, form: Form, column: FormColumn, text: Text) -> None:
    letter = letter_of(form, column.name)
    first = f"{letter}{FIRST_ROW}"
    rule: dict[str, str | None]
    if column.choices:
        rule = {"type": "list", "formula1": _choices(form, column.choices)}
    elif column.unique:
        cells = f"${letter}${FIRST_ROW}:${letter}${LAST_CHECKED_ROW}"
        rule = {"type": "custom", "formula1": f"COUNTIF({cells},{first})=1"}
    elif column.kind in ("count", "year", "score", "date"):
        rule = _bounds(column)
    else:
        return
    check = DataValidation(**rule, allow_blank=True, showErrorMessage=True, showInputMessage=True)
    check.promptTitle, check.prompt = column.label[:32], column.note[:255]
    check.errorTitle, check.error = column.label[:32], text("refused", note=column.note)[:225]
    check.add(f"{first}:{letter}{LAST_CHECKED_ROW}")
    sheet.add_data_validation(check)


def _choices(form: Form, choices: str) -> str:
    name, _, rest = choices.partition("|")
    if not rest:
        return form.lists.range(name)
    keys, _, column = rest.partition("|")
    return form.lists.dependent(name, keys, f"${letter_of(form, column)}{FIRST_ROW}")


def _bounds(column: FormColumn) -> dict[str, str | None]:
    lowest = 0 if column.low is None and column.kind == "count" else column.low
    low, high = _bound(lowest), _bound(column.high)
    kind = "date" if column.kind == "date" else "whole"
    if high is None:
        return {"type": kind, "operator": "greaterThanOrEqual", "formula1": low or "0"}
    return {"type": kind, "operator": "between", "formula1": low, "formula2": high}


def _bound(limit: int | dt.date | None) -> str | None:
    if isinstance(limit, dt.date):
        return f"DATE({limit.year},{limit.month},{limit.day})"
    return None if limit is None else str(limit)


def _write_example(sheet: Worksheet, form: Form, office: str, text: Text) -> None:
    _write_head(sheet, form, text("example_title", sheet=form.sheet), office, text("example_note"), text)
    for row, values in enumerate(form.examples, start=FIRST_ROW):
        for position, (column, value) in enumerate(zip(form.columns, values, strict=True), start=1):
            cell = sheet.cell(row, position, value)
            cell.font, cell.fill, cell.border = style.PLAIN, style.EXAMPLE_FILL, style.BOX
            cell.number_format, cell.alignment = style.FORMATS[column.kind], style.WRAP
    sheet.freeze_panes = f"{column_letter(form.frozen)}{FIRST_ROW}"
    style.set_page(sheet, footer=f"{form.file} · {EXAMPLE}")
    style.protect_headings(sheet, all_cells=True)


def write_read_me(sheet: Worksheet, form: Form, office: str, text: Text) -> None:
    """Write what the workbook is for, how it is filled, and what each column holds."""
    sheet["A1"], sheet["A1"].font = text(f"{form.source}.title"), style.TITLE
    sheet["A2"], sheet["A2"].font = office, style.OFFICE
    row = 4
    for line in (text(f"{form.source}.purpose"), *steps(form.source, form.sheet, text)):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
        cell = sheet.cell(row, 1, line)
        cell.font, cell.alignment = style.PLAIN, style.WRAP
        sheet.row_dimensions[row].height = 15.5 * -(-len(line) // 92)
        row += 1
    row += 1
    for position, heading in enumerate(("heading", "must", "content"), start=1):
        cell = sheet.cell(row, position, text(f"columns.{heading}"))
        cell.font, cell.fill, cell.border = style.BOLD, style.OPTIONAL_FILL, style.BOX
    for column in _described(form.columns):
        row += 1
        must = text("columns.yes" if column.required else "columns.no")
        for position, value in enumerate((column.label, must, column.note), start=1):
            cell = sheet.cell(row, position, value)
            cell.font, cell.border, cell.alignment = style.PLAIN, style.BOX, style.WRAP
        sheet.row_dimensions[row].height = 15.5 * -(-len(column.note) // 58)
    for letter, width in (("A", 26), ("B", 10), ("C", 62)):
        sheet.column_dimensions[letter].width = width
    style.set_page(sheet, footer=f"{form.file} · {READ_ME}", portrait=True)
    style.protect_headings(sheet, all_cells=True)


def steps(source: str, sheet: str, text: Text) -> list[str]:
    """Return the numbered instructions."""
    names = ("sheet", "choose", "headings", "privacy", "check") if source != "budget" else (
        "paste", "months", "privacy", "check")  # fmt: skip
    values = {"sheet": sheet, "example": EXAMPLE, "lists": listing.SHEET}
    return [f"{number}. {text(f'step.{name}', **values)}" for number, name in enumerate(names, start=1)]


def _described(columns: Sequence[FormColumn]) -> list[FormColumn]:
    """Return the columns, the items of a questionnaire as one line."""
    items = [column for column in columns if column.kind == "score"]
    others = [column for column in columns if column.kind != "score"]
    if not items:
        return others
    return [
        *others,
        FormColumn(items[0].name, f"{items[0].label}–{items[-1].label}", "score", note=items[0].note),
    ]
