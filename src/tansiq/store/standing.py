"""Rows that no chain covers and that decide who may do what: one hash over them, to compare between runs."""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec
from sqlalchemy import Table, select

from tansiq.store.columns import METADATA
from tansiq.store.tx import Tx

STANDING: Final = ("officers", "charters", "grants", "feeds_out", "segments_out", "stamps", "tombstones")
"""Tables whose rows change only through acts of this program."""


def standing_hash(rx: Tx) -> str:
    """Return the hash of every row of these tables, in the order of their keys, as 64 hex digits."""
    whole = hashlib.sha256(b"tansiq.standing/1")
    for name in STANDING:
        table: Table = METADATA.tables[name]
        whole.update(name.encode())
        for row in rx.conn.execute(select(table).order_by(*table.primary_key.columns)):
            whole.update(msgspec.msgpack.encode(tuple(row)))
    return whole.hexdigest()
