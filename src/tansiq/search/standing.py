"""What stands: whether anything of some kinds has come, gone or been labelled anew."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import bindparam, select

from tansiq.search.query import kinds_of
from tansiq.store.reading import RecordsReading
from tansiq.store.tables import records

_STANDING: Final = (
    select(records.c.seq, records.c.label_id)
    .where(records.c.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(records.c.seq)
)


def any_held(rx: RecordsReading, kind: str) -> bool:
    """Whether a current record of a kind (by its tag) is held at all; local, as ``standing`` is."""
    return rx.value(select(records.c.pos).where(records.c.kind == kind).limit(1)) is not None


def standing(rx: RecordsReading, kinds: Sequence[str]) -> bytes:
    """Return a digest of the current versions of kinds (bare names) and their labels; local to a store.

    It is for keeping what was worked out from them: it tells of records that a reader may not know of.
    """
    tags = [tag for kind in kinds for tag in kinds_of(kind, None)]
    rows = [tuple(row) for row in rx.all(_STANDING, kinds=tags)]
    return hashlib.sha256(msgspec.msgpack.encode(rows)).digest()
