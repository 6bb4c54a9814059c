"""Connections: SQLite by default, PostgreSQL by URL; one engine that writes and one that only reads.

1. Writers are serialised: ``BEGIN IMMEDIATE`` on SQLite, an advisory lock on PostgreSQL.
2. A reader sees one moment of the store for as long as it reads.
3. SQLite: write-ahead log, every commit on the disk before it returns, deleted bytes overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

from tansiq.store.errors import NoStore

WRITER_LOCK: Final = 0x74616E736971  # "tansiq" in ASCII: the advisory lock's number
CACHE_KIB: Final = 16_384
BUSY_MS: Final = 10_000
CHECKPOINT_PAGES: Final = 4_000


@dataclass(frozen=True, slots=True)
class Engines:
    """The writing and the reading side of one database."""

    writer: Engine
    reader: Engine

    @property
    def sqlite(self) -> bool:
        """Whether this is SQLite."""
        return self.writer.dialect.name == "sqlite"

    def close(self) -> None:
        """Let all connections go."""
        self.writer.dispose()
        self.reader.dispose()


def connect(url: str, *, create: bool = False) -> Engines:
    """Return the engines of an address. ``create`` makes the folder; without it a missing file is NoStore."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed, create)
    return _postgres(parsed.set(drivername="postgresql+psycopg"))


def _sqlite(url: URL, create: bool) -> Engines:
    path = Path(url.database or "")
    if create:
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not path.is_file():
        raise NoStore(f"no store at {path}")
    alike: dict[str, Any] = {"connect_args": {"check_same_thread": False}, "hide_parameters": True}
    writer = create_engine(url, pool_size=1, max_overflow=0, **alike)
    reader = create_engine(url, pool_size=4, max_overflow=12, **alike)
    event.listen(writer, "connect", _prepare_writer)
    event.listen(reader, "connect", _prepare_reader)
    event.listen(writer, "begin", _begin_writing)
    event.listen(reader, "begin", _begin_reading)
    return Engines(writer, reader)


def _prepare(connection: Any, *more: str) -> None:
    connection.isolation_level = None  # transactions are begun here, not by the driver
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "temp_store=MEMORY",
        f"cache_size=-{CACHE_KIB}",
        f"wal_autocheckpoint={CHECKPOINT_PAGES}",
        *more,
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_writer(connection: Any, _: Any) -> None:
    _prepare(connection)


def _prepare_reader(connection: Any, _: Any) -> None:
    _prepare(connection, "query_only=ON")


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _postgres(url: URL) -> Engines:
    writer = create_engine(url, pool_size=1, max_overflow=2, hide_parameters=True)
    reader = create_engine(
        url,
        pool_size=4,
        max_overflow=12,
        hide_parameters=True,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
    )
    event.listen(writer, "begin", _lock_writing)
    return Engines(writer, reader)


def _lock_writing(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
