"""Faults of the store, and the one place where a database's own faults become ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DataError, DBAPIError

from tansiq.base.errors import StoreError


class StoreFull(StoreError):
    """The disk or the database is full; the whole transaction was taken back."""

    code = "store.full"


class StoreBusy(StoreError):
    """Another writer holds the database for too long."""

    code = "store.busy"


class NotWiped(StoreError):
    """Bytes of deleted rows may still stand in the unused parts of the database file."""

    code = "store.not-wiped"


class StoreCorrupt(StoreError):
    """The database file is damaged or is none."""

    code = "store.corrupt"


class Unstorable(StoreError):
    """A value that no column holds: a number too large, a zero byte in a text. It never will."""

    code = "store.unstorable"


class OtherVersion(StoreError):
    """The database was made by another version of the program."""

    code = "store.other-version"


class NoStore(StoreError):
    """There is no store at this address."""

    code = "store.absent"


class AlreadyThere(StoreError):
    """A store is at this address already."""

    code = "store.already-there"


class WrongSecret(StoreError):
    """The node's secret does not open this store."""

    code = "store.wrong-secret"


class BrokenBlob(StoreError):
    """The bytes of an attachment are not those its hash names, or do not continue what is held."""

    code = "store.broken-blob"


# SQLite result codes 5 BUSY, 6 LOCKED, 10 IOERR, 11 CORRUPT, 13 FULL, 26 NOTADB; PostgreSQL SQLSTATE classes
_SQLITE: Final[dict[int, type[StoreError]]] = {
    5: StoreBusy,
    6: StoreBusy,
    10: StoreFull,
    11: StoreCorrupt,
    13: StoreFull,
    26: StoreCorrupt,
}
_POSTGRES: Final[dict[str, type[StoreError]]] = {
    "53100": StoreFull,
    "55P03": StoreBusy,
    "40001": StoreBusy,
    "40P01": StoreBusy,
    "3D000": NoStore,
    "XX001": StoreCorrupt,
    "XX002": StoreCorrupt,
}


@contextmanager
def our_faults() -> Iterator[None]:
    """Turn a database driver's fault into a StoreError with a code; others pass as they are."""
    try:
        yield
    except (DataError, OverflowError) as error:
        raise Unstorable(f"a value that no column holds: {type(error).__name__}") from error
    except DBAPIError as error:
        orig = error.orig
        code = getattr(orig, "sqlite_errorcode", None)
        state = getattr(orig, "sqlstate", None)
        family = _SQLITE.get(code & 0xFF) if isinstance(code, int) else _POSTGRES.get(str(state))
        raise (family or StoreError)(f"database fault {code if code is not None else state}") from error
