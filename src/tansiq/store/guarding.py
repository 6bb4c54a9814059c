"""Bodies of protected compartments: sealed so that the node's secret alone does not open them.

1. The body's key is wrapped in a layer for each of the record's protected compartments, in sorted order: to
   seal takes public keys, to open takes all private ones, which sessions alone hold (``store.keyring``).
2. Beside it rests an outline under the node's vault: what lists, label checks and rebuilding need, and the
   hash of the sealed body, so that it can be checked without opening.
3. Whether a record is sealed so is decided when it is appended, and stays so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Row, bindparam, select

from tansiq.base.errors import UNREADABLE
from tansiq.model.label import Label
from tansiq.model.outline import BodyClosed, ClosedRecord, Outline, closed, outline_of, read_outline
from tansiq.model.record import Record, Signed
from tansiq.seal.cells import NotOpened, wrap
from tansiq.seal.local import Locked, lock, new_key, unlock
from tansiq.store.atrest import WRAPPED_BYTES, Vault
from tansiq.store.errors import StoreCorrupt
from tansiq.store.keyring import Keyring
from tansiq.store.project import body_refs
from tansiq.store.tables import versions
from tansiq.store.tables_protect import guarded

MARK: Final = b"\x02"
"""Begins the key of an outline."""
OUTLINE_KEY_BYTES: Final = 1 + WRAPPED_BYTES

_PAIR: Final = msgspec.msgpack.Decoder(tuple[bytes, bytes])
GUARDED: Final = select(guarded).where(guarded.c.digest == bindparam("digest"))
_HASHES: Final = select(versions.c.header_hash, versions.c.body_hash).where(
    versions.c.digest == bindparam("digest")
)


def cells_of(label: Label, protected: Container[str]) -> tuple[str, ...]:
    """Return the protected compartments of a label, sorted."""
    return tuple(code for code in label.compartments if code in protected) if label.compartments else ()


def guard(
    record: Record, cells: tuple[str, ...], publics: Sequence[str], vault: Vault
) -> tuple[dict[str, Any], dict[str, Any], ClosedRecord]:
    """Return the row of ``bodies`` (outline), the row of ``guarded``, and the record as it is closed."""
    key = new_key(vault.entropy)
    plain = msgspec.msgpack.encode((record.signed.header, record.signed.body))
    sealed = lock(key, plain, vault.entropy, about=record.digest)
    wrapped = wrap(key, publics)
    outline = outline_of(record, body_refs(record), _hash(wrapped, sealed))
    outline_key, outline_sealed = vault.seal(msgspec.msgpack.encode(outline), record.digest)
    row = {"digest": record.digest, "cells": " ".join(cells), "key": wrapped, "sealed": sealed}
    return {"key": MARK + outline_key, "sealed": outline_sealed}, row, closed(record, outline)


def is_outline(key: bytes) -> bool:
    """Whether a row of ``bodies`` holds an outline: its key is one byte longer than any other."""
    return len(key) == OUTLINE_KEY_BYTES


def outline_at(row: Row[Any], vault: Vault) -> Outline:
    """Return the outline of a row of ``bodies``. Raises StoreCorrupt."""
    try:
        return read_outline(vault.open(row.key[1:], row.sealed, row.digest))
    except UNREADABLE as error:
        raise StoreCorrupt("an outline that cannot be read") from error


def codes_of(row: Row[Any]) -> tuple[str, ...]:
    """Return the compartments that a row of ``guarded`` stands under."""
    return tuple(row.cells.split(" "))


def body_key(row: Row[Any], keys: Keyring) -> bytes:
    """Return the key of a guarded body. Raises BodyClosed, StoreCorrupt."""
    codes = codes_of(row)
    if not keys.covers(codes):
        raise BodyClosed("a body that this session does not open")
    try:
        return keys.open(codes, row.key)
    except NotOpened as error:
        raise StoreCorrupt("a guarded body's key does not open under its compartments") from error


def opened(row: Row[Any], key: bytes, signature: bytes) -> Signed:
    """Return the record's bytes. Raises StoreCorrupt."""
    try:
        header, body = _PAIR.decode(unlock(key, row.sealed, about=row.digest))
    except Locked as error:
        raise StoreCorrupt("a guarded body does not open under its key") from error
    return Signed(header, body, signature)


def untouched(row: Row[Any] | None, outline: Outline) -> bool:
    """Whether a guarded body is the one that was sealed (rule 2)."""
    return row is not None and _hash(row.key, row.sealed) == outline.sealed_hash


def closed_record(outline: Outline, digest: bytes, one: Callable[..., Row[Any] | None]) -> ClosedRecord:
    """Return a closed record with the hashes that its version holds."""
    hashes = one(_HASHES, digest=digest)
    if hashes is None:
        raise StoreCorrupt("an outline without its version")
    return ClosedRecord(outline, digest, (hashes.header_hash, hashes.body_hash))


def _hash(wrapped: bytes, sealed: bytes) -> bytes:
    return hashlib.sha256(len(wrapped).to_bytes(4, "big") + wrapped + sealed).digest()
