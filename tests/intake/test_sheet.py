"""Spreadsheets are read within limits, cell by cell, and hostile ones not at all."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tansiq.base.errors import InputError
from tansiq.intake.sheet import (
    COLUMNS,
    ROWS,
    UNPACKED_BYTES,
    BadSheet,
    SheetEmpty,
    SheetTooLarge,
    Table,
    read_leaves,
    read_pasted,
    read_sheet,
)


def workbook(*rows: list[object]) -> bytes:
    book, out = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def of_leaves(**leaves: list[list[object]]) -> bytes:
    """A workbook of several worksheets; one whose name ends in ``_`` is hidden."""
    book, out = Workbook(), BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in leaves.items():
        sheet = book.create_sheet(name.rstrip("_"))
        sheet.sheet_state = "hidden" if name.endswith("_") else "visible"
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


def changed(archive: bytes, name: str, raw: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as box, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh:
        for part in box.namelist():
            fresh.writestr(part, raw if part == name else box.read(part))
    return out.getvalue()


def test_a_workbook_is_read_as_text_with_days_and_whole_numbers() -> None:
    found = read_sheet(
        workbook(
            ["العنوان", "متى", "العدد"],
            ["كمين", datetime.fromisoformat("2031-03-02"), 12.0],
            ["Gao", None, 2.5],
        )
    )
    assert found == Table(("العنوان", "متى", "العدد"), (("كمين", "2031-03-02", "12"), ("Gao", "", "2.5")))


def test_empty_rows_and_columns_are_left_out_and_heads_stay_apart() -> None:
    found = read_sheet(workbook([], ["أ", None, "أ", None], [], ["1", None, "2", "3"]))
    assert found == Table(("أ (1)", "أ (2)", "#3"), (("1", "2", "3"),))


@pytest.mark.parametrize("mark", ["\t", ";", ","])
def test_pasted_cells_and_csv_are_read_by_their_own_mark(mark: str) -> None:
    assert read_pasted(f"a{mark}b\n1{mark}2\n") == Table(("a", "b"), (("1", "2"),))
    assert read_sheet(f"a{mark}b\n1{mark}2\n".encode()) == Table(("a", "b"), (("1", "2"),))


def test_a_cell_of_several_lines_stays_one_cell() -> None:
    assert read_pasted('a,b\n"one\ntwo",3\n').rows == (("one\ntwo", "3"),)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_part_that_declares_entities_is_not_opened(part: str) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with pytest.raises(BadSheet):
        read_sheet(changed(workbook(["a"], ["1"]), part, bomb))
    with pytest.raises(BadSheet):
        read_sheet(changed(workbook(["a"], ["1"]), part, bomb.decode().encode("utf-16")))


def test_an_archive_that_unpacks_to_too_much_is_not_opened() -> None:
    with pytest.raises(SheetTooLarge):
        read_sheet(changed(workbook(["a"], ["1"]), "xl/styles.xml", b" " * (UNPACKED_BYTES + 1)))


def test_more_rows_or_columns_than_the_limit_are_refused() -> None:
    with pytest.raises(SheetTooLarge):
        read_pasted("a\tb\n" + "1\t2\n" * (ROWS + 1))
    with pytest.raises(SheetTooLarge):
        read_sheet(workbook(["a"] * (COLUMNS + 1), ["1"] * (COLUMNS + 1)))
    assert len(read_pasted("a\tb\n" + "1\t2\n" * ROWS).rows) == ROWS


@pytest.mark.parametrize("raw", [b"", b"a,b\n", b"\n\n"])
def test_a_sheet_without_rows_is_none(raw: bytes) -> None:
    with pytest.raises(InputError):
        read_sheet(raw)
    with pytest.raises(SheetEmpty):
        read_pasted("a\tb")


@given(st.binary(max_size=300))
def test_no_bytes_bring_it_down(raw: bytes) -> None:
    for each in (raw, b"PK\x03\x04" + raw):
        try:
            read_sheet(each)
        except InputError:
            continue


def test_each_worksheet_that_is_shown_and_says_something_is_a_table_of_its_own() -> None:
    found = read_leaves(
        of_leaves(
            Lookup_=[["x"], ["1"]],
            Vide=[],
            Reports=[["العنوان"], ["كمين"]],
            Lots=[["lot", "n"], ["L-1", 3]],
        )
    )
    assert [(leaf.name, leaf.table.rows) for leaf in found] == [
        ("Reports", (("كمين",),)),
        ("Lots", (("L-1", "3"),)),
    ]


def test_the_limits_hold_for_all_worksheets_together() -> None:
    wide: list[list[object]] = [["h"]]
    wide += [["x" * 7_000] for _ in range(150)]
    read_leaves(of_leaves(A=wide))
    with pytest.raises(SheetTooLarge):
        read_leaves(of_leaves(A=wide, B=wide))
