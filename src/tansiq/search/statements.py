"""The SQL of lists and search, each statement made once for its shape; values come as parameters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from tansiq.store.tables import FOREVER_MS, records, tallies, texts

COLUMNS: Final = (
    records.c.pos, records.c.record, records.c.version, records.c.kind, records.c.title, records.c.originator,
    records.c.label_id, records.c.created_ms, records.c.received_ms, records.c.occurred, records.c.lang,
    records.c.priority, records.c.grade, records.c.registry,
)  # fmt: skip

TALLIES: Final = select(tallies.c.kind, func.sum(tallies.c.count)).group_by(tallies.c.kind)
"""The kept counts of all labels: for choosing a strategy, never for an answer."""

_BEFORE: Final = records.c.pos < bindparam("before")


@dataclass(frozen=True, slots=True)
class Shape:
    """Which conditions a statement has. ``system`` = the machine's own records too.

    ``words`` = how many words of a search are looked for in the text itself (``search.words``); ``aside`` =
    records that stand in no list are left out.
    """

    sqlite: bool
    kinds: bool = False
    system: bool = False
    originator: bool = False
    lang: bool = False
    since: bool = False
    words: int = 0
    aside: bool = False

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions besides label, time and kinds."""
        found: list[ColumnElement[bool]] = []
        if not self.system:
            found.append(~records.c.system)
        if self.originator:
            found.append(records.c.originator == bindparam("originator"))
        if self.lang:
            found.append(records.c.lang == bindparam("lang"))
        if self.since:
            found.append(records.c.created_ms >= bindparam("since_ms"))
        if self.aside:
            found.append(records.c.record.not_in(bindparam("aside", expanding=True)))
        return found


def permitted(label: ColumnElement[int], sqlite: bool) -> ColumnElement[bool]:
    """Return the condition that a label is among the permitted ones, for rows taken in their own order.

    ``label_map`` holds a byte a label: a look-up costs next to nothing however many labels there are, where a
    list of 3,000 costs a third of a millisecond to unpack for each question.
    """
    place = label + 1 if sqlite else sa.cast(label + 1, Integer)
    return func.substr(bindparam("label_map", type_=LargeBinary), place, 1) == sa.literal(
        b"\x01", LargeBinary
    )


def _listed(label: ColumnElement[int], sqlite: bool) -> ColumnElement[bool]:
    """The same condition as a list, for the labels' index to begin with."""
    if sqlite:
        given = func.json_each(bindparam("label_list")).table_valued("value")
        return label.in_(select(given.c.value))
    return label == func.any(bindparam("label_list", type_=ARRAY(BigInteger)))


def readable(sqlite: bool, *, by_label: bool = False) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of every query: a permitted label that has not ended.

    ``by_label`` lets the engine begin with the labels' index; without it rows are taken in their order and
    each is checked, which is what a page of the newest wants.
    """
    label = (_listed if by_label else permitted)(records.c.label_id, sqlite)
    return (label, records.c.until_ms > bindparam("now_ms"))


def _of_kinds(shape: Shape) -> tuple[ColumnElement[bool], ...]:
    return ((records.c.kind + "").in_(bindparam("kinds", expanding=True)),) if shape.kinds else ()


def _newest_first(found: Select[Any]) -> Select[Any]:
    return found.order_by(records.c.pos.desc()).limit(bindparam("limit"))


@cache
def scan(shape: Shape) -> Select[Any]:
    """The newest rows in their order, each checked: for who may read much."""
    found = select(*COLUMNS).where(*readable(shape.sqlite), _BEFORE, *shape.conditions(), *_of_kinds(shape))
    return _newest_first(found)


@cache
def of_kind(shape: Shape) -> Select[Any]:
    """The newest rows of one kind, by its index (parameter ``kind``)."""
    found = select(*COLUMNS).where(*readable(shape.sqlite), _BEFORE, *shape.conditions())
    return _newest_first(found.where(records.c.kind == bindparam("kind")))


@cache
def sparse(shape: Shape) -> Select[Any]:
    """All rows of few labels, by the labels' index, then the newest: for who may read little."""
    found = select(*COLUMNS).where(*readable(shape.sqlite, by_label=True), _BEFORE, *shape.conditions())
    return _newest_first(found.where(*_of_kinds(shape)))


@cache
def matching(shape: Shape) -> Select[Any]:
    """The newest rows whose terms hold all of the question's (``match``, and ``word_0`` … between spaces)."""
    found, order = (_fts5 if shape.sqlite else _tsvector)()
    found = found.where(*(_stands(f"word_{n}") for n in range(shape.words)))
    found = found.where(*readable(shape.sqlite), *shape.conditions(), *_of_kinds(shape))
    return found.order_by(order.desc()).limit(bindparam("limit"))


def _stands(word: str) -> ColumnElement[bool]:
    """A word stands in the text; as a sub-query, for SQLite looks at it after all conditions of the row."""
    own = select(func.instr(sa.literal(" ") + texts.c.terms + " ", bindparam(word)))
    return own.where(texts.c.pos == records.c.pos).correlate(records).scalar_subquery() > 0


def _fts5() -> tuple[Select[Any], ColumnElement[int]]:
    index = sa.table("texts_fts", sa.column("rowid", BigInteger), sa.column("texts_fts", sa.Text))
    found = select(*COLUMNS).join_from(index, records, records.c.pos == index.c.rowid)
    asks = index.c.texts_fts.op("MATCH")(bindparam("match"))
    return found.where(asks, index.c.rowid < bindparam("before")), index.c.rowid


def _tsvector() -> tuple[Select[Any], ColumnElement[int]]:
    index = sa.table("texts", sa.column("pos", BigInteger), sa.column("vector"))
    found = select(*COLUMNS).join_from(index, records, records.c.pos == index.c.pos)
    asks = index.c.vector.op("@@")(sa.cast(bindparam("match"), TSQUERY))
    return found.where(asks, index.c.pos < bindparam("before")), index.c.pos


@cache
def sealed(shape: Shape) -> Select[Any]:
    """The newest rows that are not in the shared text index."""
    found = select(*COLUMNS).where(*readable(shape.sqlite), _BEFORE, *shape.conditions(), *_of_kinds(shape))
    return _newest_first(found.where(sa.text("NOT records.indexed")))


@cache
def counted(shape: Shape) -> Select[Any]:
    """The number of rows, counted one by one."""
    return select(func.count()).where(
        *readable(shape.sqlite, by_label=True), *shape.conditions(), *_of_kinds(shape)
    )


@cache
def tallied(sqlite: bool) -> Select[Any]:
    """The kept counts of the permitted labels, by kind, originator and language."""
    by = (tallies.c.kind, tallies.c.originator, tallies.c.lang)
    found = select(*by, func.sum(tallies.c.count).label("count")).group_by(*by)
    return found.where(permitted(tallies.c.label_id, sqlite))


@cache
def set_aside(sqlite: bool) -> Select[Any]:
    """What the kept counts hold and no list of this reader shows, by kind, originator and language."""
    by = (records.c.kind, records.c.originator, records.c.lang)
    found = select(*by, func.count().label("count")).group_by(*by)
    return found.where(
        *readable(sqlite), records.c.record.in_(bindparam("aside", expanding=True)), ~records.c.system
    )


@cache
def ended(sqlite: bool) -> Select[Any]:
    """What the kept counts hold and nobody may read any more, by kind, originator and language."""
    by = (records.c.kind, records.c.originator, records.c.lang)
    found = select(*by, func.count().label("count")).group_by(*by)
    return found.where(
        permitted(records.c.label_id, sqlite),
        sa.text(f"records.until_ms < {FOREVER_MS}"),
        records.c.until_ms <= bindparam("now_ms"),
        ~records.c.system,
    )
