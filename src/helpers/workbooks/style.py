"""The look of the workbooks that staff fill: one place for fonts, colours, pages and protection."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

FACE = "Calibri"
THIN = Side(style="thin", color="A6A6A6")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
TITLE = Font(name=FACE, size=14, bold=True, color="1F3864")
OFFICE = Font(name=FACE, size=11, color="1F3864")
PLAIN = Font(name=FACE, size=11)
BOLD = Font(name=FACE, size=11, bold=True)
SMALL = Font(name=FACE, size=9, italic=True, color="404040")
GIVEN = Font(name=FACE, size=11, color="404040")
ON_DARK = Font(name=FACE, size=11, bold=True, color="FFFFFF")
#: A required column has a dark heading; the line above it says so in words.
REQUIRED_FILL = PatternFill("solid", fgColor="1F3864")
OPTIONAL_FILL = PatternFill("solid", fgColor="D9E1F2")
INPUT_FILL = PatternFill("solid", fgColor="FFFBE6")
GIVEN_FILL = PatternFill("solid", fgColor="EDEDED")
EXAMPLE_FILL = PatternFill("solid", fgColor="FCE4D6")
WRAP = Alignment(vertical="top", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
OPEN = Protection(locked=False)

FORMATS = {
    "text": "@", "choice": "@", "count": "#,##0", "amount": '#,##0;(#,##0);"-"', "year": "0",
    "score": "0", "date": "dd/mm/yyyy",
}  # fmt: skip


def new_workbook(title: str, author: str) -> Workbook:
    """Return an empty workbook without sheets."""
    book = Workbook()
    for sheet in list(book.worksheets):
        book.remove(sheet)
    book.properties.title = title
    book.properties.creator = author
    book.properties.lastModifiedBy = author
    return book


def set_page(sheet: Worksheet, *, title_rows: str = "", footer: str = "", portrait: bool = False) -> None:
    """Set an A4 page as wide as the table, headings on every page and a page number."""
    sheet.page_setup.orientation = "portrait" if portrait else "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    if title_rows:
        sheet.print_title_rows = title_rows
    # An ampersand begins a field in a footer.
    sheet.oddFooter.left.text = footer.replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"


def protect_headings(sheet: Worksheet, *, all_cells: bool = False) -> None:
    """Lock the locked cells without a password: against slips, not against the staff.

    With ``all_cells`` nothing is meant to be typed there.
    """
    guard = sheet.protection
    guard.sheet = True
    if not all_cells:
        # False allows: these attributes name what is forbidden.
        guard.formatCells = guard.formatColumns = guard.formatRows = False
        guard.insertRows = guard.deleteRows = guard.sort = guard.autoFilter = False
