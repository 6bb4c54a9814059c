"""The store of one node: made, opened, read, written, scrubbed.

1. One writer at a time, all or nothing; readers see one moment and are never in a writer's way.
2. What was committed stands on the disk; a process killed at any moment loses nothing of it.
3. A database of another schema, or under another secret, is refused at the door.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cache
from threading import Lock, get_ident
from typing import Any, Final, Self

from sqlalchemy import Connection, create_mock_engine, insert, inspect, select
from sqlalchemy.schema import ExecutableDDLElement

from tansiq.base.clock import Clock
from tansiq.base.ids import Entropy
from tansiq.model.label import Party
from tansiq.store.asks import AsksReading, AsksWriting
from tansiq.store.atrest import Vault
from tansiq.store.blobs import BlobsReading, BlobsWriting
from tansiq.store.columns import METADATA
from tansiq.store.courier import CourierReading, CourierWriting
from tansiq.store.deleting import Deleting
from tansiq.store.doors import DoorsReading, DoorsWriting
from tansiq.store.engine import Engines, connect
from tansiq.store.epochs import EpochsReading, EpochsWriting
from tansiq.store.errors import (
    AlreadyThere,
    NoStore,
    OtherVersion,
    StoreCorrupt,
    WrongSecret,
    our_faults,
)
from tansiq.store.feeds import FeedsReading, FeedsWriting
from tansiq.store.heldback import HeldBackReading, HeldBackWriting
from tansiq.store.keyring import Keyring
from tansiq.store.labels import LabelBook
from tansiq.store.memo import Memo
from tansiq.store.notices import NoticesReading, NoticesWriting
from tansiq.store.outbox import OutboxReading, OutboxWriting
from tansiq.store.papers import PapersReading, PapersWriting
from tansiq.store.people import PeopleReading, PeopleWriting
from tansiq.store.reading import RecordsReading
from tansiq.store.recovering import RecoveringReading, RecoveringWriting
from tansiq.store.registry import RegistryReading
from tansiq.store.scrubbing import vacuum, wipe
from tansiq.store.sealed_out import SealedOutReading, SealedOutWriting
from tansiq.store.seen_out import SeenOut
from tansiq.store.tables import SCHEMA, alembic_version, meta
from tansiq.store.text import FTS_DDL, POSTGRES_DDL, PostgresText, SqliteText
from tansiq.store.tx import Core
from tansiq.store.values import Changes
from tansiq.store.withdrawing import WithdrawalReading, Withdrawing
from tansiq.store.witness import WitnessReading, WitnessWriting

_PROOF: Final = b"tansiq.store/1 this secret opens this store"

Listener = Callable[[Changes], None]


class ReadTx(
    HeldBackReading,
    WitnessReading,
    RecoveringReading,
    RecordsReading,
    RegistryReading,
    WithdrawalReading,
    SealedOutReading,
    SeenOut,
    OutboxReading,
    FeedsReading,
    PeopleReading,
    BlobsReading,
    DoorsReading,
    CourierReading,
    EpochsReading,
    AsksReading,
    PapersReading,
    NoticesReading,
):
    """One moment of the store, to read."""


class WriteTx(
    Deleting,
    HeldBackWriting,
    Withdrawing,
    SealedOutWriting,
    OutboxWriting,
    FeedsWriting,
    PeopleWriting,
    BlobsWriting,
    WitnessWriting,
    RecoveringWriting,
    DoorsWriting,
    CourierWriting,
    EpochsWriting,
    AsksWriting,
    PapersWriting,
    NoticesWriting,
    ReadTx,
):
    """One transaction that writes; it offers everything a reader has."""

    writes = True


@dataclass(slots=True)
class _Turn:
    """Whose turn to write it is, for every view of one store."""

    lock: Any = field(default_factory=Lock)
    writer: int = 0


class Store:
    """A node's store. Threads may share it; a transaction belongs to one thread."""

    def __init__(self, engines: Engines, core: Core) -> None:
        self._engines = engines
        self._core = core
        self._turn = _Turn()
        self._listeners: list[Listener] = []
        self.memo = Memo()

    @classmethod
    def create(
        cls,
        url: str,
        *,
        party: Party,
        exercise: bool,
        secret: bytes,
        clock: Clock,
        entropy: Entropy,
        protected: Container[str] = (),
    ) -> Self:
        """Make a new store at a database address and open it. Raises AlreadyThere, StoreError."""
        engines = connect(url, create=True)
        vault = Vault(secret, entropy)
        try:
            with our_faults(), engines.writer.begin() as connection:
                _make(connection, party, exercise, vault)
            return cls._opened(engines, vault, clock, protected)
        except Exception:
            engines.close()
            raise

    @classmethod
    def open(
        cls, url: str, *, secret: bytes, clock: Clock, entropy: Entropy, protected: Container[str] = ()
    ) -> Self:
        """Open a store. Raises NoStore, OtherVersion, WrongSecret, StoreError.

        ``protected`` holds the compartments whose records are sealed under officers' keys
        (``store.guarding``) and kept out of the shared index.
        """
        engines = connect(url)
        try:
            return cls._opened(engines, Vault(secret, entropy), clock, protected)
        except Exception:
            engines.close()
            raise

    @classmethod
    def _opened(cls, engines: Engines, vault: Vault, clock: Clock, protected: Container[str]) -> Self:
        with our_faults(), engines.reader.begin() as connection:
            _must_be_ours(connection)
            notes = {row.key: row.value for row in connection.execute(select(meta))}
        _must_open(vault, notes)
        core = Core(
            party=Party(notes["party"]),
            exercise=notes["exercise"] == "yes",
            sqlite=engines.sqlite,
            vault=vault,
            clock=clock,
            protected=protected,
            book=LabelBook(),
            text=SqliteText() if engines.sqlite else PostgresText(),
        )
        return cls(engines, core)

    def unlocked(self, keys: Keyring) -> Self:
        """Return this very store as one session sees it: what its keys open is open to its transactions."""
        other = copy(self)
        other._core = replace(self._core, keys=keys)
        return other

    @property
    def party(self) -> Party:
        """Whose store it is."""
        return self._core.party

    @property
    def protected(self) -> Container[str]:
        """The compartments whose records are sealed under officers' keys."""
        return self._core.protected

    @property
    def keys(self) -> Keyring:
        """The keys of the session that this view is for; none = ``NOBODY``."""
        return self._core.keys

    @property
    def exercise(self) -> bool:
        """Whether the node was made for exercise."""
        return self._core.exercise

    @property
    def sqlite(self) -> bool:
        """Whether SQLite keeps it."""
        return self._core.sqlite

    @contextmanager
    def write(self) -> Iterator[WriteTx]:
        """One writing transaction: all or nothing; an exception takes everything back.

        It must not be nested (RuntimeError). Raises StoreFull, StoreBusy and the like. Listeners hear
        of it after the commit.
        """
        with self._alone(), our_faults(), self._engines.writer.begin() as connection:
            tx = WriteTx(self._core, connection)
            yield tx
        self._core.kept.forget(tx.touched.buried)
        self._tell(tx)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if self._turn.writer == get_ident():
            raise RuntimeError("a writing transaction within a writing transaction")
        with self._turn.lock:
            self._turn.writer = get_ident()
            try:
                yield
            finally:
                self._turn.writer = 0

    @contextmanager
    def read(self) -> Iterator[ReadTx]:
        """One moment of the store."""
        with our_faults(), self._engines.reader.begin() as connection:
            yield ReadTx(self._core, connection)

    def on_commit(self, listener: Listener) -> None:
        """Call ``listener`` after each commit of this process, in the writer's thread."""
        self._listeners.append(listener)

    def _tell(self, tx: WriteTx) -> None:
        touched = tx.touched
        if not (touched.records or touched.topics):
            return
        changes = Changes(touched.record_ids, frozenset(touched.records.values()), frozenset(touched.topics))
        for listener in self._listeners:
            listener(changes)

    def scrub(self) -> None:
        """Rewrite what still holds bytes of deleted records: index pages, log, gaps of pages, dead rows.

        Call it after ``bury`` and before the deletion is declared. Readers that hold an old moment
        open make it wait or raise StoreBusy.
        """
        with self._alone(), our_faults():
            with self._engines.writer.begin() as connection:
                self._core.text.tidy(connection)
            (wipe if self._engines.sqlite else vacuum)(self._engines)

    def close(self) -> None:
        """Let all connections go."""
        self._engines.close()


def _make(connection: Connection, party: Party, exercise: bool, vault: Vault) -> None:
    if inspect(connection).has_table(meta.name):
        raise AlreadyThere("a store is at this address already")
    make_tables(connection)
    connection.execute(insert(alembic_version), [{"version_num": SCHEMA}])
    proof = vault.lock(_PROOF, b"meta").hex()
    notes = {"party": party, "exercise": "yes" if exercise else "no", "proof": proof}
    connection.execute(insert(meta), [{"key": key, "value": value} for key, value in notes.items()])


def make_tables(connection: Connection, there: frozenset[str] = frozenset()) -> None:
    """Make every table but those that are there, and what the engine's text index needs."""
    for statement in _tables_in(connection.dialect.name, connection.dialect.driver, there):
        connection.exec_driver_sql(statement)


@cache
def _tables_in(dialect: str, driver: str, there: frozenset[str]) -> tuple[str, ...]:
    """Return the statements that make a store, in a dialect; working them out is dearer than running them."""
    made: list[str] = []

    def take(ddl: ExecutableDDLElement, *_: Any, **__: Any) -> None:
        made.append(str(ddl.compile(dialect=paper.dialect)))

    paper = create_mock_engine(f"{dialect}+{driver}://", take)
    METADATA.create_all(paper, [t for t in METADATA.sorted_tables if t.name not in there], checkfirst=False)
    return (*made, *((FTS_DDL,) if dialect == "sqlite" else POSTGRES_DDL))


def _must_be_ours(connection: Connection) -> None:
    there = inspect(connection)
    if not there.has_table(meta.name):
        raise NoStore("no store at this address")
    found = (
        connection.execute(select(alembic_version.c.version_num)).scalar()
        if there.has_table(alembic_version.name)
        else None
    )
    if found != SCHEMA:
        raise OtherVersion(f"the database has schema {found}, this program reads {SCHEMA}")


def _must_open(vault: Vault, notes: dict[str, str]) -> None:
    try:
        proof = vault.unlock(bytes.fromhex(notes.get("proof", "")), b"meta")
    except StoreCorrupt as error:
        raise WrongSecret("the node's secret does not open this store") from error
    if proof != _PROOF:
        raise WrongSecret("the node's secret does not open this store")
