"""Who asks, in terms that a query can hold: the labels that are permitted, and the moment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

import msgspec
from sqlalchemy import select

from tansiq.base.clock import LAST_MS
from tansiq.base.ids import RecordId, id_of, raw_of
from tansiq.model.values import TimeExpression
from tansiq.store.current import POS_END, pos_hint
from tansiq.store.reading import RecordsReading
from tansiq.store.store import Store
from tansiq.store.tables import records


@dataclass(frozen=True, slots=True)
class View:
    """One reader at one moment. ``permitted`` comes from ``policy.permitted_ids`` and from nowhere else."""

    store: Store
    permitted: frozenset[int]
    now_ms: int
    opened: frozenset[tuple[bytes, int]] = frozenset()
    """The versions under TWO-PERSON that a second officer lets this reader open now."""
    sealed: frozenset[str] = frozenset()
    """The compartments of sealed cases: what stands under them opens by two."""
    aside: frozenset[bytes] = frozenset()
    """Records that this reader reads only by asking for them: no list, search, count or board holds them."""

    @property
    def parameters(self) -> dict[str, object]:
        """Return the values that ``statements.readable`` asks for."""
        label_map, label_list = _label_values(self.permitted, self.store.sqlite)
        given = {"label_map": label_map, "label_list": label_list, "now_ms": self.now_ms}
        return given | {"aside": sorted(self.aside)} if self.aside else given


@lru_cache(maxsize=64)
def _label_values(permitted: frozenset[int], sqlite: bool) -> tuple[bytes, object]:
    """Return the permitted labels twice: one byte a label, 1 = permitted; and as a list for an index."""
    ordered = sorted(permitted)
    found = bytearray(ordered[-1] + 1 if ordered else 0)
    for number in ordered:
        found[number] = 1
    return bytes(found), msgspec.json.encode(ordered).decode() if sqlite else ordered


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last record of a page: where the next one goes on. It tells nothing that the page did not."""

    created_ms: int
    id: RecordId

    def __str__(self) -> str:
        return f"{self.created_ms}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read the text form; None if it is none."""
        stamp, _, record_id = text.partition(".")
        try:
            raw_of(record_id)
            found = cls(int(stamp), RecordId(record_id))
        except ValueError:
            return None
        return found if 0 <= found.created_ms <= LAST_MS else None


class Row(msgspec.Struct, frozen=True):
    """One current record as lists show it."""

    id: RecordId
    version: int
    kind: str
    title: str
    originator: str
    label_id: int
    created_ms: int
    received_ms: int
    occurred: TimeExpression | None
    lang: str
    priority: int
    grade: str
    registry: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of records; ``next`` None = the last one. ``ranked`` = the best ones first, all on this page."""

    rows: tuple[Row, ...]
    next: Cursor | None
    ranked: bool = False


def before_of(rx: RecordsReading, after: Cursor | None) -> int:
    """Return the place in the order of time below which the next page lies."""
    if after is None:
        return POS_END
    raw = raw_of(after.id)
    held = rx.value(
        select(records.c.pos).where(records.c.record == raw, records.c.created_ms == after.created_ms)
    )
    return pos_hint(raw, after.created_ms) if held is None else int(held)


_WHEN = msgspec.msgpack.Decoder(TimeExpression)


def row_of(found: Any) -> Row:
    """Return a database row that begins with ``statements.COLUMNS`` as lists show it.

    Taken apart by place: a page of 50 asked for by the names of its columns costs seven times as much.
    """
    (
        _, record, version, kind, title, originator, label_id, created_ms, received_ms, occurred,
        lang, priority, grade, registry, *_,
    ) = found  # fmt: skip
    when = None if occurred is None else _WHEN.decode(occurred)
    return Row(
        id_of(record), version, kind, title, originator, label_id, created_ms, received_ms, when, lang,
        priority, grade, registry,
    )  # fmt: skip
