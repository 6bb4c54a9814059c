"""Receipts: what became of records here goes back to their originator, once, and is never receipted.

1. The receipt of a segment is one record with a line for each of its records, signed by the party,
   appended and queued in the very transaction that took the segment in.
2. It tells states and stable codes, never a name and never a text.
3. An alert's receipt travels as an alert; any other as bulk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from tansiq.base.clock import Clock, millis
from tansiq.base.ids import Entropy, RecordId, id_of, owned_id, raw_of
from tansiq.exchange.protocol import Lane
from tansiq.model.kinds.receipt import Receipt, ReceiptLine
from tansiq.model.label import Party, label
from tansiq.model.record import BULK, RECALL, SALT_BYTES, Author, Header, Record, encode_body
from tansiq.seal import PartyKeys, sign_record
from tansiq.store.store import WriteTx
from tansiq.store.values import ReceiptRow

TAG: Final = "receipt/1"
TITLE: Final = "receipt"
MACHINE: Final = Author("node")
LINES_LIMIT: Final = 100

State = Literal["stored", "opened", "refused", "purged"]


@dataclass(frozen=True, slots=True)
class Line:
    """One record's state here; ``reason`` is a stable code, ``role`` a post, never a name."""

    record: bytes
    version: int
    state: State
    reason: str = ""
    role: str = ""


class Due(NamedTuple):
    """What an originator is to be told of one segment, on the lane it came by."""

    to: Party
    lines: Sequence[Line]
    lane: Lane = "routine"


@dataclass(frozen=True, slots=True)
class Registrar:
    """Makes and reads receipts for one party."""

    keys: PartyKeys
    clock: Clock
    entropy: Entropy

    def send(self, tx: WriteTx, to: Party, lines: Sequence[Line], *, lane: Lane = "routine") -> None:
        """Append and queue receipts for an originator, in the caller's transaction."""
        self.send_all(tx, [Due(to, lines, lane)])

    def send_all(self, tx: WriteTx, due: Iterable[Due]) -> None:
        """Append and queue the receipts of several segments, each its own, all at once."""
        at_ms = millis(self.clock.now())
        made = defaultdict[tuple[Party, int], list[Record]](list)
        for to, lines, lane in due:
            priority = RECALL if lane == "alert" else BULK
            for at in range(0, len(lines) if to != self.keys.party else 0, LINES_LIMIT):
                made[to, priority].append(self._signed(to, lines[at : at + LINES_LIMIT], priority))
        tx.append_many([r for several in made.values() for r in several], received_ms=at_ms, system=True)
        for (to, priority), several in made.items():
            tx.queue_many([r.digest for r in several], (to,), priority, at_ms=at_ms)

    def _signed(self, to: Party, lines: Sequence[Line], priority: int) -> Record:
        now = self.clock.now()
        header = Header(
            id=raw_of(owned_id(self.keys.party, now, self.entropy)),
            kind=TAG,
            originator=self.keys.party,
            signer=self.keys.signer_id,
            author=MACHINE,
            created_ms=millis(now),
            priority=priority,
            label=label((self.keys.party, to)),
        )
        body = Receipt(title=TITLE, lines=tuple(_line(each) for each in lines))
        return Record(sign_record(header, encode_body(body, self.entropy.take(SALT_BYTES)), self.keys))


def is_receipt(record: Record) -> bool:
    """Whether the record is a receipt."""
    return record.header.kind == TAG


def check(record: Record) -> None:
    """Raise ValueError when a line of a receipt names no record id."""
    if isinstance(record.body, Receipt):
        for line in record.body.lines:
            raw_of(line.record)


def take(tx: WriteTx, record: Record, me: Party) -> None:
    """Note what a receipt says of our own records; lines on the records of others say nothing here."""
    body = record.body
    if not isinstance(body, Receipt):
        return
    party, at_ms = record.header.originator, record.header.created_ms
    tx.drop_received([(raw_of(line.record), line.record_version) for line in body.lines], party)
    whose = tx.originators([raw_of(line.record) for line in body.lines])
    tx.record_receipts(
        [
            ReceiptRow(
                RecordId(line.record),
                line.record_version,
                party,
                line.state,
                at_ms,
                line.role or "",
                line.reason or "",
            )
            for line in body.lines
            if whose.get((raw_of(line.record), line.record_version)) == me
        ]
    )


def _line(each: Line) -> ReceiptLine:
    return ReceiptLine(
        record=id_of(each.record),
        record_version=each.version,
        state=each.state,
        role=each.role or None,
        reason=each.reason or None,
    )
