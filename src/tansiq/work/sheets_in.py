"""Excel in: rows of a sheet become drafts of one kind, which an officer corrects, confirms and signs.

1. The officer says which column is which field; the answer is remembered for the next sheet of that head.
2. A column that is no field stands as a particular of each record: nothing of a sheet is lost.
3. What is wrong is said at its cell. A row is signed only when an officer ticks it under a label of his
   choice; each is a record of its own, through the same rules as a form.
4. A sheet rests sealed at this post, for the officer who brought it alone, until he drops it.
5. A workbook is one sheet with its worksheets: the officer turns to the one he wants; each keeps its columns,
   its corrections and what became of its rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from tansiq.base.refusal import Refusal
from tansiq.intake.sheet import Leaf
from tansiq.store.papers import Paper
from tansiq.store.store import ReadTx, WriteTx
from tansiq.work.desk import Desk, Officer

KIND: Final = "sheet"
MAPPING: Final = "sheet-mapping"
LIMIT: Final = 50
"""Sheets that an officer may have lying here at once."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A worksheet that is not the one in hand."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...] = ()
    done: dict[int, str] = {}


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet on its way to records. ``columns`` = the form's path for each column, ``""`` = a particular.

    ``done`` = the record that a row became, by the row's number from 0. ``leaf`` = the worksheet in hand,
    ``others`` = the rest of its workbook.
    """

    id: str
    name: str
    kind: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    done: dict[int, str] = {}
    at_ms: int = 0
    leaf: str = ""
    others: tuple[Page, ...] = ()


def bring(
    desk: Desk, name: str, kind: str, leaves: Sequence[Leaf], guessed: Sequence[str]
) -> Sheet | Refusal:
    """Keep a sheet, its first worksheet in hand; its columns are what was remembered, else as guessed.

    Refusals: ``role``, ``sheet.too-many``.
    """
    if (no := desk.lacks("submit")) is not None:
        return no
    with desk.store.write() as tx:
        if len(tx.papers(KIND, desk.officer.id)) >= LIMIT:
            return Refusal("sheet.too-many")
        table = leaves[0].table
        columns = _remembered(tx, kind, table.head) or tuple(guessed)
        made = Sheet(
            id=desk.entropy.take(8).hex(),
            name=name[:200],
            kind=kind,
            head=table.head,
            rows=table.rows,
            columns=columns,
            at_ms=desk.now_ms,
            leaf=leaves[0].name,
            others=tuple(Page(name=x.name, head=x.table.head, rows=x.table.rows) for x in leaves[1:]),
        )
        _keep(tx, desk, made)
        tx.journal("sheet-in", officer=desk.officer.id, at_ms=desk.now_ms, detail=f"{kind} {len(table.rows)}")
    return made


def sheets(rx: ReadTx, officer: Officer) -> tuple[Sheet, ...]:
    """Return an officer's sheets, the last touched first (rule 4)."""
    return tuple(_decoded(paper) for paper in rx.papers(KIND, officer.id, LIMIT))


def sheet(rx: ReadTx, officer: Officer, sheet_id: str) -> Sheet | None:
    """Return an officer's sheet; another's is not there."""
    paper = rx.paper(f"{KIND}:{sheet_id}")
    return _decoded(paper) if paper is not None and paper.owner == officer.id else None


def turn_to(desk: Desk, held: Sheet, number: int, guess: Callable[[tuple[str, ...]], Sequence[str]]) -> Sheet:
    """Take another worksheet in hand, by its place among the others (rule 5); one not there = none."""
    if not 0 <= number < len(held.others):
        return held
    chosen = held.others[number]
    put_by = Page(name=held.leaf, head=held.head, rows=held.rows, columns=held.columns, done=held.done)
    with desk.store.write() as tx:
        columns = chosen.columns or _remembered(tx, held.kind, chosen.head) or tuple(guess(chosen.head))
        changed = msgspec.structs.replace(
            held,
            leaf=chosen.name,
            head=chosen.head,
            rows=chosen.rows,
            columns=columns,
            done=chosen.done,
            others=(*held.others[:number], put_by, *held.others[number + 1 :]),
        )
        _keep(tx, desk, changed)
    return changed


def map_columns(desk: Desk, held: Sheet, columns: Sequence[str]) -> Sheet:
    """Say which column is which field, and remember it for this head and kind (rule 1)."""
    changed = msgspec.structs.replace(held, columns=tuple(columns[: len(held.head)]))
    with desk.store.write() as tx:
        _keep(tx, desk, changed)
        content = msgspec.msgpack.encode(changed.columns)
        tx.save_paper(Paper(_mapping_id(held.kind, held.head), MAPPING, "", desk.now_ms, content))
    return changed


def correct_cells(desk: Desk, held: Sheet, said: Mapping[tuple[int, int], str]) -> Sheet:
    """Write other words into cells of rows that are no record yet."""
    rows = [list(row) for row in held.rows]
    for (row, column), words in said.items():
        if row < len(rows) and column < len(held.head) and row not in held.done:
            rows[row][column] = words
    changed = msgspec.structs.replace(held, rows=tuple(tuple(row) for row in rows))
    with desk.store.write() as tx:
        _keep(tx, desk, changed)
    return changed


def mark_done(desk: Desk, held: Sheet, done: Mapping[int, str]) -> Sheet:
    """Note which rows became which records."""
    changed = msgspec.structs.replace(held, done={**held.done, **done})
    with desk.store.write() as tx:
        _keep(tx, desk, changed)
    return changed


def drop(desk: Desk, held: Sheet) -> None:
    """Forget a sheet; the records made of it stay."""
    with desk.store.write() as tx:
        tx.drop_paper(f"{KIND}:{held.id}")
        tx.journal("sheet-drop", officer=desk.officer.id, at_ms=desk.now_ms, detail=held.kind)


def row_data(held: Sheet, row: Sequence[str]) -> dict[str, list[str]]:
    """Return one row as the strings of a form; what is no field becomes a particular (rule 2)."""
    data: dict[str, list[str]] = {}
    loose = 0
    for name, path, words in zip(held.head, held.columns, row, strict=True):
        if not words:
            continue
        if path and path not in data:
            data[path] = [words]
            continue
        data[f"f.particulars.{loose}.name"] = [name[:120]]
        data[f"f.particulars.{loose}.value"] = [words]
        loose += 1
    return data


def _remembered(rx: ReadTx, kind: str, head: tuple[str, ...]) -> tuple[str, ...] | None:
    paper = rx.paper(_mapping_id(kind, head))
    return None if paper is None else msgspec.msgpack.decode(paper.content, type=tuple[str, ...])


def _mapping_id(kind: str, head: tuple[str, ...]) -> str:
    return f"{MAPPING}:{hashlib.sha256(msgspec.msgpack.encode((kind, head))).hexdigest()[:32]}"


def _decoded(paper: Paper) -> Sheet:
    return msgspec.msgpack.decode(paper.content, type=Sheet)


def _keep(tx: WriteTx, desk: Desk, held: Sheet) -> None:
    content = msgspec.msgpack.encode(held)
    tx.save_paper(Paper(f"{KIND}:{held.id}", KIND, desk.officer.id, desk.now_ms, content))
