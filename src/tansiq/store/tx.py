"""What every transaction has: a connection, what the store knows, and short ways to ask."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy import Connection, Executable, Row

from tansiq.base.clock import Clock
from tansiq.base.ids import RecordId, id_of
from tansiq.model.label import Party
from tansiq.store.atrest import Vault
from tansiq.store.kept import Kept
from tansiq.store.keyring import NOBODY, Keyring
from tansiq.store.labels import LabelBook
from tansiq.store.text import TextIndex


@dataclass(frozen=True, slots=True)
class Core:
    """What a store knows besides its tables."""

    party: Party
    exercise: bool
    sqlite: bool
    vault: Vault
    clock: Clock
    protected: Container[str]
    book: LabelBook
    text: TextIndex
    keys: Keyring = NOBODY
    kept: Kept = field(default_factory=Kept)


@dataclass(slots=True)
class Touched:
    """What a transaction has changed so far."""

    records: dict[bytes, str] = field(default_factory=dict)
    topics: set[str] = field(default_factory=set)
    buried: set[bytes] = field(default_factory=set)

    @property
    def record_ids(self) -> tuple[RecordId, ...]:
        """The records in text form."""
        return tuple(id_of(raw) for raw in self.records)


class Tx:
    """One transaction. ``conn`` is for the floors that may speak SQL; ``writes`` = it may change things."""

    writes: ClassVar[bool] = False

    def __init__(self, core: Core, conn: Connection) -> None:
        self.core = core
        self.conn = conn
        self.touched = Touched()

    def one(self, statement: Executable, **values: Any) -> Row[Any] | None:
        """Return the first row, or None."""
        return self.conn.execute(statement, values).first()

    def all(self, statement: Executable, **values: Any) -> Sequence[Row[Any]]:
        """Return all rows."""
        return self.conn.execute(statement, values).all()

    def value(self, statement: Executable, **values: Any) -> Any:
        """Return the first value of the first row, or None."""
        return self.conn.execute(statement, values).scalar()

    def run(self, statement: Executable, rows: Sequence[dict[str, Any]] | None = None) -> None:
        """Execute, once or for many rows; no rows = nothing."""
        if rows is None:
            self.conn.execute(statement)
        elif rows:
            self.conn.execute(statement, rows)
