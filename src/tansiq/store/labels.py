"""Labels, interned: each distinct label once, under a number that is never used again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from tansiq.model.label import Label, Party, label_bytes
from tansiq.store.tables import FOREVER_MS, labels, meta

_LABELS = msgspec.msgpack.Decoder(Label)
_BLANKED_KEY: Final = "labels.blanked"
_BLANKED = select(meta.c.value).where(meta.c.key == _BLANKED_KEY)
_HIGHEST: Final = select(func.max(labels.c.id))
_STATE = select(select(func.max(labels.c.id)).scalar_subquery(), _BLANKED.scalar_subquery())


class LabelBook:
    """The labels a store has seen, kept in memory, filled from the table as it grows."""

    def __init__(self) -> None:
        self._by_id: dict[int, Label] = {}
        self._ids: dict[Label, int] = {}
        self._seen = (0, 0)

    def known(self, connection: Connection) -> Mapping[int, Label]:
        """Return every label by its number; reads only what is new, all anew after labels were blanked."""
        top, blanked = connection.execute(_STATE).one()
        if (top or 0, int(blanked or 0)) != self._seen:
            self._learn(connection, top or 0, int(blanked or 0))
        return self._by_id

    def _learn(self, connection: Connection, top: int, blanked: int) -> None:
        anew = blanked != self._seen[1] or top < self._seen[0]
        fresh = select(labels.c.id, labels.c.canonical).where(
            labels.c.id > (0 if anew else self._seen[0]), labels.c.canonical.is_not(None)
        )
        found = {row.id: _LABELS.decode(row.canonical) for row in connection.execute(fresh)}
        numbers = {label: number for number, label in found.items()}
        self._by_id = found if anew else self._by_id | found
        self._ids = numbers if anew else self._ids | numbers
        self._seen = (top, blanked)

    def number(self, label: Label) -> int | None:
        """Return a label's number if it is known."""
        return self._ids.get(label)


class Interning:
    """Numbers labels within one writing transaction; the book learns them when it has been committed."""

    def __init__(self, book: LabelBook, connection: Connection) -> None:
        self._held = book.known(connection)
        self._book = book
        self._conn = connection
        self._new: dict[Label, int] = {}

    @cached_property
    def _highest(self) -> int:
        return int(self._conn.execute(_HIGHEST).scalar() or 0)

    def known(self) -> Mapping[int, Label]:
        """Return every label by its number, those of this transaction included."""
        if not self._new:
            return self._held
        return {**self._held, **{number: label for label, number in self._new.items()}}

    def number(self, label: Label) -> int:
        """Return the label's number, entering it if it is new."""
        return self._book.number(label) or self.numbers([label])[0]

    def numbers(self, several: Sequence[Label]) -> list[int]:
        """Return the labels' numbers, entering those that are new all at once."""
        rows = []
        for label in several:
            if self._book.number(label) is None and label not in self._new:
                self._new[label] = number = self._highest + len(self._new) + 1
                rows.append(_row(label, number))
        if rows:
            self._conn.execute(insert(labels), rows)
        return [self._book.number(label) or self._new[label] for label in several]


def _row(label: Label, number: int) -> dict[str, object]:
    canonical = label_bytes(label)
    digest = hashlib.sha256(canonical).digest()
    return {"id": number, "digest": digest, "canonical": canonical, "until_ms": until_of(label)}


def blank(connection: Connection, numbers: set[int]) -> None:
    """Destroy the text of labels that no record bears; their numbers stay taken."""
    connection.execute(update(labels).where(labels.c.id.in_(numbers)).values(digest=None, canonical=None))
    count = int(connection.execute(_BLANKED).scalar() or 0) + 1
    connection.execute(delete(meta).where(meta.c.key == _BLANKED_KEY))
    connection.execute(insert(meta), [{"key": _BLANKED_KEY, "value": str(count)}])


def bare(label: Label) -> Label:
    """Return a label without its notes: they decide nothing and may tell what is sealed."""
    return label if not label.notes else msgspec.structs.replace(label, notes=())


def until_of(label: Label) -> int:
    """Return when the label ends, as tables hold it."""
    return FOREVER_MS if label.until_ms is None else min(max(label.until_ms, 0), FOREVER_MS)


def narrowed(label: Label, originator: Party, kept: Sequence[frozenset[Party]]) -> Label:
    """Return the label for those alone whom every withdrawal keeps, and the originator."""
    if not kept:
        return label
    left = frozenset.intersection(*kept)
    audience = left if label.public else left & {*label.audience}
    return msgspec.structs.replace(label, audience=tuple(sorted({*audience, originator})))


def widened(label: Label, granted: Mapping[Party, int]) -> Label:
    """Return the label with parties its originator added, each with an end (``FOREVER_MS`` = none).

    The earliest end binds the whole until the grant is lapsed: what is in doubt is hidden, never shown.
    """
    if not granted or label.public:
        return label
    ends = [end for end in (*granted.values(), until_of(label)) if end < FOREVER_MS]
    return msgspec.structs.replace(
        label,
        audience=tuple(sorted({*label.audience, *granted})),
        until_ms=min(ends, default=None),
    )
