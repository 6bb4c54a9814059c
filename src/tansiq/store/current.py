"""Current records: rows made from a record, put in and taken out again; for appending and rebuilding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, select, text

from tansiq.model.label import Label, Party
from tansiq.model.outline import ClosedRecord
from tansiq.model.record import Header, Record
from tansiq.store.bulk import among, enter
from tansiq.store.labels import Interning, narrowed, until_of, widened
from tansiq.store.project import beside, clamp_ms, clean, occurred_bytes, rows_of, title_of
from tansiq.store.tables import BESIDE, grants, records, tallies
from tansiq.store.tables_withdrawal import withdrawn
from tansiq.store.text import TextIndex, index_text
from tansiq.store.values import parted

PRIORITY_LIMIT: Final = 99
POS_BITS: Final = 21
POS_END: Final = 2**63 - 1
_BESIDE: Final = {table.name: table for table in BESIDE}
_ANY_GRANT: Final = select(grants.c.version).limit(1)
_ANY_WITHDRAWN: Final = select(withdrawn.c.version).limit(1)
_TALLY: Final = text(
    "INSERT INTO tallies (label_id, kind, originator, lang, count) "
    "VALUES (:label_id, :kind, :originator, :lang, :count) "
    "ON CONFLICT (label_id, kind, originator, lang) DO UPDATE SET count = tallies.count + excluded.count"
)

Granted = dict[bytes, list[tuple[int, Party, int]]]
"""By record: version (0 = every one), party, end."""

Kept = dict[bytes, list[tuple[int, frozenset[Party]]]]
"""By record: version (0 = every one), who may still have it."""

Tallied = tuple[int, str, str, str]
"""Label, kind, originator, language: what counts are kept by. Records of the machine are not counted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A version that becomes current."""

    seq: int
    record: Record
    received_ms: int
    system: bool


def pos_hint(record: bytes, created_ms: int) -> int:
    """Return where a record stands in the order of time, before others are in its way."""
    random = (int.from_bytes(record[6:8], "big") & 0x0FFF) << 9 | (
        (int.from_bytes(record[8:10], "big") & 0x3FFF) >> 5
    )
    return clamp_ms(created_ms) << POS_BITS | random


class Current:
    """Puts current records into the projections and takes them out, within one writing transaction."""

    def __init__(self, connection: Connection, text: TextIndex, interning: Interning) -> None:
        self._conn = connection
        self._text = text
        self._interning = interning

    def put(self, entries: Sequence[Entry]) -> None:
        """Enter current versions; older versions of the same records must have been taken out."""
        if not entries:
            return
        places = self._free(entries)
        ids = [e.record.header.id for e in entries]
        granted, kept = self._granted(ids), self._kept(ids)
        tables: dict[str, list[dict[str, Any]]] = {name: [] for name in ("records", *_BESIDE)}
        indexed: list[tuple[int, str]] = []
        for entry, pos in zip(entries, places, strict=True):
            self._gather(entry, pos, (granted, kept), tables, indexed)
        rows = tables.pop("records")
        enter(self._conn, records, rows)
        for name, found in tables.items():
            enter(self._conn, _BESIDE[name], found)
        self._text.put(self._conn, indexed)
        self._tally(Counter(_tallied(row) for row in rows if not row["system"]))

    def _gather(
        self,
        entry: Entry,
        pos: int,
        said: tuple[Granted, Kept],
        tables: dict[str, list[dict[str, Any]]],
        indexed: list[tuple[int, str]],
    ) -> None:
        header = entry.record.header
        label = effective(header, *said)
        open_text = not isinstance(entry.record, ClosedRecord)
        tables["records"].append(self._row(entry, pos, label, open_text))
        rows = rows_of(entry.record)
        for name, found in beside(rows):
            tables[name].extend({"pos": pos, "n": n, **row} for n, row in enumerate(found))
        if open_text:
            indexed.append((pos, index_text(rows.words, header.lang)))

    def _row(self, entry: Entry, pos: int, label: Label, indexed: bool) -> dict[str, Any]:
        header = entry.record.header
        return {
            "pos": pos,
            "seq": entry.seq,
            "record": header.id,
            "version": header.version,
            "kind": header.kind,
            "title": title_of(entry.record),
            "originator": header.originator,
            "label_id": self._interning.number(label),
            "until_ms": until_of(label),
            "created_ms": clamp_ms(header.created_ms),
            "received_ms": entry.received_ms,
            "occurred": occurred_bytes(header),
            "lang": header.lang,
            "priority": min(max(header.priority, 0), PRIORITY_LIMIT),
            "grade": "" if header.grade is None else str(header.grade),
            "registry": clean(header.registry),
            "system": entry.system,
            "indexed": indexed,
        }

    def take(self, record_ids: Iterable[bytes]) -> set[int]:
        """Take records out of every projection; return the labels they bore."""
        wanted = list(record_ids)
        if not wanted:
            return set()
        rows = self._conn.execute(select(records).where(records.c.record.in_(wanted))).mappings().all()
        if not rows:
            return set()
        positions = [row["pos"] for row in rows]
        self._text.take(self._conn, positions)
        for table in BESIDE:
            self._conn.execute(delete(table).where(table.c.pos.in_(positions)))
        self._conn.execute(delete(records).where(records.c.pos.in_(positions)))
        self._tally(Counter(_tallied(row) for row in rows if not row["system"]), sign=-1)
        return {row["label_id"] for row in rows}

    def _free(self, entries: Sequence[Entry]) -> list[int]:
        """Return a free ``pos`` for each entry: the hinted one, or the next that nobody holds."""
        hints = [pos_hint(e.record.header.id, e.record.header.created_ms) for e in entries]
        taken = {row.pos for row in among(self._conn, (records.c.pos,), records.c.pos, hints)}
        found: list[int] = []
        for hint in hints:
            pos = hint
            while pos in taken:
                pos = pos + 1 if pos < POS_END else 0
                if pos not in taken and among(self._conn, (records.c.pos,), records.c.pos, [pos]):
                    taken.add(pos)
            taken.add(pos)
            found.append(pos)
        return found

    def _granted(self, record_ids: Sequence[bytes]) -> Granted:
        found: Granted = {}
        if self._conn.execute(_ANY_GRANT).first() is None:
            return found
        for row in self._conn.execute(select(grants).where(grants.c.record.in_(record_ids))):
            found.setdefault(row.record, []).append((row.version, Party(row.party), row.until_ms))
        return found

    def _kept(self, record_ids: Sequence[bytes]) -> Kept:
        found: Kept = {}
        if self._conn.execute(_ANY_WITHDRAWN).first() is None:
            return found
        for row in self._conn.execute(select(withdrawn).where(withdrawn.c.record.in_(record_ids))):
            found.setdefault(row.record, []).append((row.version, frozenset(parted(row.keep))))
        return found

    def _tally(self, counted: Counter[Tallied], sign: int = 1) -> None:
        names = ("label_id", "kind", "originator", "lang")
        rows = [
            {**dict(zip(names, key, strict=True)), "count": sign * number} for key, number in counted.items()
        ]
        if rows:
            self._conn.execute(_TALLY, rows)
        if sign < 0:
            self._conn.execute(delete(tallies).where(tallies.c.count <= 0))


def _tallied(row: Mapping[Any, Any]) -> Tallied:
    return row["label_id"], row["kind"], row["originator"], row["lang"]


def effective(header: Header, granted: Granted, kept: Kept) -> Label:
    """Return the label that decides: the record's own, less what was withdrawn, widened by grants."""
    said = [parties for version, parties in kept.get(header.id, ()) if version in (0, header.version)]
    own = narrowed(header.label, header.originator, said)
    mine = granted.get(header.id)
    if not mine:
        return own
    return widened(own, {p: end for version, p, end in mine if version in (0, header.version)})
