"""A table from a spreadsheet: pasted cells, a CSV or an .xlsx file, read within limits; nothing is lost.

1. An .xlsx file is an archive of XML: its parts are counted and measured before any is opened, one that
   declares a document type or entities is refused, and formulas give the value that was saved with them.
2. Every cell becomes text: days ``2031-03-02``, moments ``2031-03-02T06:00Z``, whole numbers without a point.
3. The first row that says something is the head; rows and columns that say nothing are left out.
4. A workbook's worksheets are tables of their own: all that are shown and say something, in their order. The
   limits of size hold for all of them together.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Final

import msgspec
from openpyxl import load_workbook

from tansiq.base.errors import InputError
from tansiq.intake.read import read

FILE_BYTES: Final = 5_000_000
UNPACKED_BYTES: Final = 60_000_000
PARTS: Final = 500
ROWS: Final = 2_000
COLUMNS: Final = 100
LEAVES: Final = 30
CELL_CHARACTERS: Final = 8_000
TEXT_CHARACTERS: Final = 2_000_000
_DECLARED: Final = (b"<!DOCTYPE", b"<!ENTITY")
_SIGNATURE: Final = b"PK\x03\x04"


class BadSheet(InputError):
    """No spreadsheet that can be read here, or one that must not be opened."""

    code = "sheet.unreadable"


class SheetTooLarge(InputError):
    """More rows, columns or bytes than a sheet may have here."""

    code = "sheet.too-large"


class SheetEmpty(InputError):
    """A sheet without a row below its head."""

    code = "sheet.empty"


class Table(msgspec.Struct, frozen=True):
    """A head and rows of cells, all as text; every row is as long as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Leaf(msgspec.Struct, frozen=True):
    """One worksheet: its name as the workbook gives it, blank where a file has no worksheets."""

    name: str
    table: Table


def read_sheet(content: bytes) -> Table:
    """Return the first table of a file. As read_leaves."""
    return read_leaves(content)[0].table


def read_leaves(content: bytes) -> tuple[Leaf, ...]:
    """Return a file's tables, one or more. Raises BadSheet, SheetTooLarge, SheetEmpty, as ``intake.read``."""
    if len(content) > FILE_BYTES:
        raise SheetTooLarge(f"{len(content)} bytes; at most {FILE_BYTES} are read")
    if content[:4] != _SIGNATURE:
        return (Leaf("", read_pasted(read(content))),)
    return _leaves(content)


def read_pasted(text: str) -> Table:
    """Return the table of pasted cells: tabs between them, else semicolons or commas. As read_sheet."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    mark = max("\t;,", key=first.count) if any(c in first for c in "\t;,") else "\t"
    try:
        return _table(csv.reader(StringIO(text), delimiter=mark, strict=mark != "\t"))
    except csv.Error as error:
        raise BadSheet("the cells cannot be told apart") from error


def _leaves(content: bytes) -> tuple[Leaf, ...]:
    _guard(content)
    found: list[Leaf] = []
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            shown = [s for s in book.worksheets if s.sheet_state == "visible"] or book.worksheets
            size = 0
            for sheet in shown[:LEAVES]:
                cells = sheet.iter_rows(max_row=ROWS + 2, max_col=COLUMNS + 1, values_only=True)
                try:
                    leaf = Leaf(str(sheet.title)[:100], _table(cells, size))
                except SheetEmpty:
                    continue
                size += _size(leaf.table)
                found.append(leaf)
        finally:
            book.close()
    except InputError:
        raise
    except Exception as error:  # openpyxl tells of a damaged file in many ways
        raise BadSheet("the workbook is damaged") from error
    if not found:
        raise SheetEmpty("no row below the head")
    return tuple(found)


def _size(table: Table) -> int:
    return sum(len(cell) for row in (table.head, *table.rows) for cell in row)


def _guard(content: bytes) -> None:
    """Refuse an archive that would unpack to too much, or whose XML declares anything (rule 1)."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as box:
            parts = box.infolist()
            if len(parts) > PARTS or sum(p.file_size for p in parts) > UNPACKED_BYTES:
                raise SheetTooLarge("too large unpacked")
            for part in parts:
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    raw = box.read(part)
                    if b"\0" in raw[:64] or any(word in raw for word in _DECLARED):
                        raise BadSheet("a part declares what no workbook needs")
    except InputError:
        raise
    except Exception as error:  # so does zipfile: by its own, zlib's, struct's and the file's faults
        raise BadSheet("the archive is damaged") from error


def _table(cells: Iterable[Sequence[object]], size: int = 0) -> Table:
    """Return the table of cells; ``size`` = the characters that were read before them."""
    rows: list[list[str]] = []
    for row in cells:
        said = [_said(cell) for cell in row]
        if not any(said):
            continue
        size += sum(map(len, said))
        if len(rows) > ROWS or (len(said) > COLUMNS and any(said[COLUMNS:])) or size > TEXT_CHARACTERS:
            raise SheetTooLarge(f"at most {ROWS} rows and {COLUMNS} columns")
        rows.append(said)
    if len(rows) < 2:
        raise SheetEmpty("no row below the head")
    return _trimmed(rows)


def _trimmed(rows: list[list[str]]) -> Table:
    width = max(len(row) for row in rows)
    full = [row + [""] * (width - len(row)) for row in rows]
    kept = [i for i in range(width) if any(row[i] for row in full)]
    head = [full[0][i] or f"#{n + 1}" for n, i in enumerate(kept)]
    twice = {name for name in head if head.count(name) > 1}
    named = [f"{name} ({n + 1})" if name in twice else name for n, name in enumerate(head)]
    return Table(tuple(named), tuple(tuple(row[i] for i in kept) for row in full[1:]))


def _said(cell: object) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime():
            at_midnight = cell.time() == time.min
            return f"{cell:%Y-%m-%d}" if at_midnight else f"{cell:%Y-%m-%dT%H:%M}Z"
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            text = "".join(c for c in str(cell) if c.isprintable() or c in "\n\t").strip()
            if len(text) > CELL_CHARACTERS:
                raise SheetTooLarge(f"a cell of {len(text)} characters; at most {CELL_CHARACTERS}")
            return text
