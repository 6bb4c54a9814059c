"""The registers of the office: what came in and what went out, numbered as a registry numbers.

1. A number is this node's own and never leaves it; it is given in the transaction that takes the record in,
   once for a record, whatever versions follow.
2. Each way, year and *series* counts from 1 without a gap. A series is all records of one level, one set of
   compartments and one set of purposes, as the first version had them: whoever may read one record of a
   series may read its neighbours, so no number tells of what its reader must not know.
3. What the machine makes, and talk on a record, is not registered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Row, func, select

from tansiq.base.clock import moment
from tansiq.base.ids import RecordId, id_of
from tansiq.model.kind import CATALOGUE
from tansiq.model.label import Label, Level, Party
from tansiq.model.record import Header
from tansiq.store.bulk import among, enter
from tansiq.store.tables_daily import registry
from tansiq.store.tx import Tx
from tansiq.store.values import raw_id

RegisterWay = Literal["in", "out"]
UNREGISTERED: Final = frozenset({"conversation"})
_NAME: Final = b"registry"


class Series(msgspec.Struct, frozen=True, array_like=True):
    """Which records one series counts (rule 2)."""

    level: Level
    compartments: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a register."""

    record_id: RecordId
    way: RegisterWay
    series: Series
    year: int
    number: int
    seq: int
    at_ms: int


def series_of(label: Label) -> Series:
    """Return the series of a record under its first label."""
    return Series(label.level, tuple(sorted(label.compartments)), tuple(sorted(label.uses)))


def way_of(header: Header, party: Party) -> RegisterWay | None:
    """Return which register a record belongs in at a party's node; None = in none (rule 3)."""
    kind = CATALOGUE.get(header.kind)
    if header.kind.partition("/")[0] in UNREGISTERED or (kind is not None and kind.system):
        return None
    if header.originator != party:
        return "in"
    label = header.label
    return "out" if label.public or set(label.audience) - {party} else None


class RegistryReading(Tx):
    """Reading of the registers."""

    def register_entry(self, record_id: RecordId | bytes) -> Entry | None:
        """Return under which number a record stands here."""
        row = self.one(select(registry).where(registry.c.record == raw_id(record_id)))
        return None if row is None else self.entry_of(row)

    def registered_since(self, seq: int, limit: int) -> tuple[Entry, ...]:
        """Return what was registered after a log entry, the first first."""
        found = select(registry).where(registry.c.seq > seq).order_by(registry.c.seq).limit(limit)
        return tuple(self.entry_of(row) for row in self.all(found))

    def entry_of(self, row: Row[Any]) -> Entry:
        """Return a row of the table as a line."""
        series = msgspec.msgpack.decode(self.core.vault.unlock(row.named, _NAME + row.record), type=Series)
        return Entry(id_of(row.record), row.way, series, row.year, row.number, row.seq, row.at_ms)


class RegistryWriting(RegistryReading):
    """Writing of the registers; ``appending`` alone calls it."""

    def enter_registers(self, fresh: Iterable[tuple[int, Header]], *, at_ms: int) -> None:
        """Number what has just been taken in, each with its log entry's number (rule 1)."""
        found = {h.id: (seq, h) for seq, h in fresh if way_of(h, self.core.party) is not None}
        known = self._registered(sorted(found))
        rows, last = [], dict[tuple[str, str], int]()
        words = {label: self._words(label) for label in {h.label for _, h in found.values()}}
        year = moment(at_ms).year
        for raw, (seq, header) in found.items():
            if raw in known:
                continue
            named, series = words[header.label]
            way = way_of(header, self.core.party) or "in"
            number = last.get((way, series)) or self._last(way, year, series)
            last[way, series] = number + 1
            sealed = self.core.vault.lock(named, _NAME + raw)
            row = {"record": raw, "way": way, "series": series, "year": year, "number": number + 1}
            rows.append({**row, "seq": seq, "at_ms": at_ms, "named": sealed})
        enter(self.conn, registry, rows)

    def _words(self, label: Label) -> tuple[bytes, str]:
        """Return the series of a label as it is kept, and the token that stands for it."""
        named = msgspec.msgpack.encode(series_of(label))
        return named, self.core.vault.token(_NAME + named)

    def _registered(self, ids: Sequence[bytes]) -> set[bytes]:
        return {row.record for row in among(self.conn, (registry.c.record,), registry.c.record, ids)}

    def _last(self, way: str, year: int, series: str) -> int:
        this = (registry.c.way == way, registry.c.year == year, registry.c.series == series)
        return int(self.value(select(func.max(registry.c.number)).where(*this)) or 0)
