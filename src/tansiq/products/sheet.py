"""A list as a workbook: letterhead, label, one row a record; in Arabic the sheet runs from right to left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tansiq.products.paper import Letterhead, printable, repeatable

_WIDEST = 60
_HEAD = PatternFill("solid", fgColor="FFE9EDEF")


@dataclass(frozen=True, slots=True)
class Listing:
    """A table in words: its title, the words of its columns, its rows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def workbook(listing: Listing, head: Letterhead) -> bytes:
    """Return an .xlsx file of a listing. Every cell is text: what begins with ``=`` is no formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet: Worksheet = book.create_sheet("Tansiq")
    sheet.sheet_view.rightToLeft = head.right_to_left
    _around(sheet, head)
    for line in (head.banner, head.post, listing.title, head.copy):
        _write(sheet, [line], bold=line == listing.title)
    sheet.append([])
    _write(sheet, listing.columns, bold=True)
    first = sheet.max_row
    for cell in sheet[first]:
        cell.fill = _HEAD
    for row in listing.rows:
        _write(sheet, row)
    sheet.freeze_panes = f"A{first + 1}"
    sheet.print_title_rows = f"{first}:{first}"
    for n, words in enumerate(listing.columns):
        longest = max([len(words), *(len(row[n]) for row in listing.rows)], default=8)
        sheet.column_dimensions[get_column_letter(n + 1)].width = min(_WIDEST, max(10, longest + 2))
    return _bytes(book, head)


def _around(sheet: Worksheet, head: Letterhead) -> None:
    banner, copy = (text.replace("&", "&&") for text in (head.banner, head.copy))
    for part, words in ((sheet.oddHeader, banner), (sheet.oddFooter, f"{banner} · {copy} · &P/&N")):
        if part is not None and part.center is not None:
            part.center.text = words
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write(sheet: Worksheet, values: Sequence[str], *, bold: bool = False) -> None:
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for n, value in enumerate(values):
        cell = sheet.cell(row, n + 1)
        cell.value = printable(value)
        cell.data_type = "s"
        cell.font = Font(name="IBM Plex Sans Arabic", bold=bold)
        cell.alignment = Alignment(
            vertical="top", wrap_text=n > 0, readingOrder=2 if sheet.sheet_view.rightToLeft else 1
        )


def _bytes(book: Workbook, head: Letterhead) -> bytes:
    properties = book.properties
    properties.creator, properties.title = head.post, ""
    properties.created = properties.modified = head.made.replace(tzinfo=None)
    out = BytesIO()
    book.save(out)
    return repeatable(out.getvalue())
