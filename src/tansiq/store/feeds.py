"""What comes: feeds and their gaps, records that wait for a source, quarantine, peers, receipts.

1. ``position`` is the number up to which all came; what came beyond is kept by number and hash, so a gap
   is seen.
2. What waits or is quarantined is sealed and invisible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import msgspec
from sqlalchemy import Row, bindparam, delete, insert, select, update

from tansiq.base.ids import RecordId, id_of
from tansiq.model.label import Party
from tansiq.model.record import Record, Signed
from tansiq.store.bulk import put
from tansiq.store.tables import versions
from tansiq.store.tables_keep import feeds_lost
from tansiq.store.tables_node import (
    feeds_in,
    peers,
    quarantine,
    receipts,
    segments_in,
    waiting,
    waiting_needs,
)
from tansiq.store.tx import Tx
from tansiq.store.values import (
    FeedIn,
    FeedMark,
    PeerRow,
    QuarantineRow,
    ReceiptRow,
    WaitingRow,
    joined,
    parted,
    raw_id,
)

_SIGNED = msgspec.msgpack.Decoder(Signed)
GAPS_AT_ONCE: Final = 1000
LOST: Final = b""
"""Stands for the hash of a segment that its originator has lost and can never send."""
_FEED: Final = select(feeds_in).where(feeds_in.c.feed == bindparam("feed"))
_THIS: Final = (segments_in.c.feed == bindparam("feed"), segments_in.c.number == bindparam("number"))
_HASH: Final = select(segments_in.c.hash).where(*_THIS)
_PREVIOUS: Final = select(segments_in.c.previous).where(*_THIS)
_BEYOND: Final = (
    select(segments_in.c.number)
    .where(segments_in.c.feed == bindparam("feed"), segments_in.c.number > bindparam("number"))
    .order_by(segments_in.c.number)
)
_PEER: Final = select(peers).where(peers.c.party == bindparam("party"))
_WAITING: Final = select(waiting).order_by(waiting.c.at_ms, waiting.c.digest).limit(bindparam("limit"))


_FEEDS: Final = select(feeds_in).order_by(feeds_in.c.feed)
_FEEDS_OF: Final = _FEEDS.where(feeds_in.c.originator == bindparam("originator"))
_LOST: Final = select(feeds_lost).order_by(feeds_lost.c.feed, feeds_lost.c.first)
_NEWEST_SEGMENT: Final = (
    select(segments_in.c.number, segments_in.c.hash)
    .where(segments_in.c.feed == bindparam("feed"), segments_in.c.hash != LOST)
    .order_by(segments_in.c.number.desc())
    .limit(1)
)


class FeedsReading(Tx):
    """Reading of what comes."""

    def feed_in(self, feed: bytes) -> FeedIn | None:
        """Return a feed that reaches us."""
        row = self.one(_FEED, feed=feed)
        return None if row is None else _feed(row)

    def feeds_in(self, originator: Party | None = None) -> tuple[FeedIn, ...]:
        """Return the feeds that reach us, of one originator or all."""
        if originator is None:
            return tuple(_feed(row) for row in self.all(_FEEDS))
        return tuple(_feed(row) for row in self.all(_FEEDS_OF, originator=originator))

    def segment_hash(self, feed: bytes, number: int) -> bytes | None:
        """Return the hash under which a segment came, or None."""
        found = self._bytes(_HASH, feed=feed, number=number)
        return None if found == LOST else found

    def newest_segment(self, feed: bytes) -> tuple[int, bytes] | None:
        """Return number and hash of the highest segment that came, or None."""
        row = self.one(_NEWEST_SEGMENT, feed=feed)
        return None if row is None else (row.number, row.hash)

    def lost_ranges(self) -> tuple[tuple[tuple[Party, ...], int, int], ...]:
        """Return the numbers of our own feeds that we can never send again: recipients, first, last."""
        rows = self.all(_LOST)
        return tuple((parted(row.recipients), row.first, row.last) for row in rows)

    def next_previous(self, feed: bytes, number: int) -> bytes | None:
        """Return what the segment after ``number`` named as its previous hash, if that one came already."""
        return self._bytes(_PREVIOUS, feed=feed, number=number + 1)

    def gaps(self, feed: bytes, limit: int = GAPS_AT_ONCE) -> tuple[int, ...]:
        """Return the lowest numbers that were announced or passed over and have not come."""
        known = self.feed_in(feed)
        if known is None or known.position >= known.announced:
            return ()
        beyond = select(segments_in.c.number).where(
            segments_in.c.feed == feed, segments_in.c.number > known.position
        )
        here = set(self.conn.execute(beyond).scalars())
        found: list[int] = []
        for number in range(known.position + 1, known.announced + 1):
            if number not in here:
                found.append(number)
            if len(found) == limit:
                break
        return tuple(found)

    def waiting(self, limit: int = 1000) -> tuple[WaitingRow, ...]:
        """Return the records that wait for a source, oldest first."""
        rows = self.all(_WAITING, limit=limit)
        return tuple(self._waiting(row) for row in rows)

    def waiting_for(self, record_id: RecordId | bytes) -> tuple[WaitingRow, ...]:
        """Return the records that wait for this one."""
        found = (
            select(waiting)
            .join(waiting_needs, waiting_needs.c.digest == waiting.c.digest)
            .where(waiting_needs.c.needs == raw_id(record_id))
            .order_by(waiting.c.at_ms, waiting.c.digest)
        )
        return tuple(self._waiting(row) for row in self.all(found))

    def _waiting(self, row: Row[Any]) -> WaitingRow:
        needs = select(waiting_needs.c.needs).where(waiting_needs.c.digest == row.digest)
        mark = None if row.feed is None else FeedMark(row.feed, row.number)
        record = Record(_SIGNED.decode(self.core.vault.unlock(row.sealed, row.digest)))
        needed = tuple(sorted(self.conn.execute(needs).scalars()))
        return WaitingRow(row.digest, record, mark, needed, row.at_ms)

    def quarantined(
        self, limit: int = 200, *, settled: bool = False, codes: Sequence[str] = ()
    ) -> tuple[QuarantineRow, ...]:
        """Return what was refused, newest first, of these codes or all; the settled ones only if asked."""
        found = select(quarantine).order_by(quarantine.c.id.desc()).limit(limit)
        if codes:
            found = found.where(quarantine.c.code.in_(codes))
        if not settled:
            found = found.where(quarantine.c.settled_ms.is_(None))
        return tuple(
            QuarantineRow(r.id, r.at_ms, r.code, r.party, r.detail, r.digest, r.settled_ms)
            for r in self.all(found)
        )

    def in_quarantine(self, code: str, digest: bytes) -> bool:
        """Whether these bytes stand in quarantine for this reason already."""
        return (
            self.one(select(quarantine.c.id).where(quarantine.c.digest == digest, quarantine.c.code == code))
            is not None
        )

    def knows(self, digest: bytes) -> bool:
        """Whether a record of this digest was held, waits, or was refused for more than its signature."""
        refused = select(quarantine.c.id).where(
            quarantine.c.digest == digest, quarantine.c.code != "record.bad-signature"
        )
        held = select(versions.c.seq).where(versions.c.digest == digest)
        waits = select(waiting.c.digest).where(waiting.c.digest == digest)
        return any(self.one(each) is not None for each in (held, waits, refused))

    def quarantined_bytes(self, number: int) -> bytes | None:
        """Return the refused bytes as they came; None where they are gone: what they held was taken back."""
        row = self.one(select(quarantine.c.digest, quarantine.c.sealed).where(quarantine.c.id == number))
        return None if row is None or not row.sealed else self.core.vault.unlock(row.sealed, row.digest)

    def peers(self) -> tuple[PeerRow, ...]:
        """Return what is known of other nodes."""
        rows = self.all(select(peers).order_by(peers.c.party))
        return tuple(
            PeerRow(Party(r.party), r.seen_ms, r.epoch, r.journal_number, r.journal_hash) for r in rows
        )

    def receipts(self, record_id: RecordId | bytes) -> tuple[ReceiptRow, ...]:
        """Return what became of a record at each party."""
        try:
            raw = raw_id(record_id)
        except ValueError:
            return ()
        order = (receipts.c.version, receipts.c.party, receipts.c.at_ms, receipts.c.state)
        rows = self.all(select(receipts).where(receipts.c.record == raw).order_by(*order))
        return tuple(
            ReceiptRow(id_of(r.record), r.version, Party(r.party), r.state, r.at_ms, r.role, r.reason)
            for r in rows
        )

    def _bytes(self, statement: Any, **values: Any) -> bytes | None:
        found = self.value(statement, **values)
        return None if found is None else bytes(found)


class FeedsWriting(FeedsReading):
    """Writing of what comes."""

    def note_segment(
        self,
        feed: bytes,
        number: int,
        *,
        hash: bytes,
        previous: bytes | None,
        originator: Party,
        recipients: Sequence[Party],
        at_ms: int,
    ) -> None:
        """Note a segment that was verified and taken in; the position moves over what is complete now."""
        row = {"feed": feed, "number": number, "hash": hash, "previous": previous, "at_ms": at_ms}
        put(self.conn, segments_in, row)
        known = self.feed_in(feed)
        announced = max(number, 0 if known is None else known.announced)
        last = hash if known is None or number >= known.announced else known.announced_hash
        position = self._complete(feed, 0 if known is None else known.position)
        newest = at_ms if known is None else max(at_ms, known.at_ms)
        self._put_feed(FeedIn(feed, originator, tuple(recipients), position, announced, last, newest))

    def give_up(self, feed: bytes, first: int, last: int) -> None:
        """Wait no more for numbers that their originator has lost; what came of them stays."""
        known = self.feed_in(feed)
        if known is None:
            return
        for number in self.gaps(feed):
            if first <= number <= last:
                row = {"feed": feed, "number": number, "hash": LOST, "previous": None, "at_ms": known.at_ms}
                self.run(insert(segments_in), [row])
        self._put_feed(replace(known, position=self._complete(feed, known.position)))

    def announce(
        self,
        feed: bytes,
        number: int,
        *,
        hash: bytes,
        originator: Party,
        recipients: Sequence[Party],
        at_ms: int,
    ) -> None:
        """Note what a head list says of a feed; a number lower than known changes nothing."""
        known = self.feed_in(feed)
        if known is not None and known.announced >= number:
            return
        position = 0 if known is None else known.position
        self._put_feed(FeedIn(feed, originator, tuple(recipients), position, number, hash, at_ms))

    def rewind_feed(self, feed: bytes, to: int) -> None:
        """Forget the segments of a feed beyond a number: they are asked for anew, without the forged."""
        known = self.feed_in(feed)
        if known is None:
            return
        beyond = (segments_in.c.feed == feed, segments_in.c.number > to)
        self.run(delete(segments_in).where(*beyond))
        values = {"position": min(known.position, to), "announced": min(known.announced, to)}
        last = self.segment_hash(feed, min(known.announced, to)) or b""
        self.run(update(feeds_in).where(feeds_in.c.feed == feed).values(**values, announced_hash=last))
        self.touched.topics.add("feeds")

    def _complete(self, feed: bytes, position: int) -> int:
        for number in self.conn.execute(_BEYOND, {"feed": feed, "number": position}).scalars():
            if number != position + 1:
                break
            position = number
        return position

    def _put_feed(self, value: FeedIn) -> None:
        row = {
            "feed": value.feed,
            "originator": value.originator,
            "recipients": joined(value.recipients),
            "position": value.position,
            "announced": value.announced,
            "announced_hash": value.announced_hash,
            "at_ms": value.at_ms,
        }
        put(self.conn, feeds_in, row)
        self.touched.topics.add("feeds")

    def wait(self, record: Record, *, needs: Sequence[bytes], feed: FeedMark | None, at_ms: int) -> None:
        """Keep a verified record until the records it rests on (16 id bytes each) have come."""
        self.stop_waiting(record.digest)
        sealed = self.core.vault.lock(msgspec.msgpack.encode(record.signed), record.digest)
        row = {
            "digest": record.digest,
            "record": record.header.id,
            "version": record.header.version,
            "feed": None if feed is None else feed.feed,
            "number": None if feed is None else feed.number,
            "at_ms": at_ms,
            "sealed": sealed,
        }
        self.run(insert(waiting), [row])
        self.run(insert(waiting_needs), [{"digest": record.digest, "needs": n} for n in sorted(set(needs))])
        self.touched.topics.add("waiting")

    def stop_waiting(self, digest: bytes) -> None:
        """Let a waiting record go: it is being taken in, or is refused."""
        self.run(delete(waiting_needs).where(waiting_needs.c.digest == digest))
        self.run(delete(waiting).where(waiting.c.digest == digest))

    def quarantine(
        self, code: str, raw: bytes, *, digest: bytes, at_ms: int, party: str = "", detail: str = ""
    ) -> int:
        """Keep refused bytes with the reason (a stable code); return the quarantine number (local)."""
        row = {
            "at_ms": at_ms,
            "code": code,
            "party": party,
            "detail": detail,
            "digest": digest,
            "sealed": self.core.vault.lock(raw, digest),
            "settled_ms": None,
        }
        self.touched.topics.add("quarantine")
        made = self.conn.execute(insert(quarantine).returning(quarantine.c.id), [row])
        return int(made.scalar_one())

    def settle(self, number: int, at_ms: int) -> None:
        """Mark a quarantined item as dealt with."""
        self.run(update(quarantine).where(quarantine.c.id == number).values(settled_ms=at_ms))
        self.touched.topics.add("quarantine")

    def see_peer(
        self, party: Party, at_ms: int, *, epoch: int = 0, journal_number: int = 0, journal_hash: bytes = b""
    ) -> None:
        """Note a sign of life and, when a head list brought them, epoch and journal head."""
        known = self.one(_PEER, party=party)
        older = known is not None and known.journal_number > journal_number
        row = {
            "party": party,
            "seen_ms": max(at_ms, known.seen_ms or 0) if known else at_ms,
            "epoch": max(epoch, known.epoch) if known else epoch,
            "journal_number": known.journal_number if known and older else journal_number,
            "journal_hash": known.journal_hash if known and older else journal_hash,
        }
        put(self.conn, peers, row)
        self.touched.topics.add("peers")

    def record_receipts(self, rows: Sequence[ReceiptRow]) -> None:
        """Note many at once; a state that is noted already keeps its earlier time."""
        ids = {raw_id(row.record_id) for row in rows}
        this = (receipts.c.record, receipts.c.version, receipts.c.party, receipts.c.state)
        known = {tuple(row) for row in self.all(select(*this).where(receipts.c.record.in_(ids)))}
        fresh: dict[tuple[Any, ...], dict[str, Any]] = {}
        for row in rows:
            key = (raw_id(row.record_id), row.version, row.party, row.state)
            if key not in known:
                names = ("record", "version", "party", "state")
                rest = {"at_ms": row.at_ms, "role": row.role, "reason": row.reason}
                fresh.setdefault(key, dict(zip(names, key, strict=True)) | rest)
        self.run(insert(receipts), list(fresh.values()))
        self.touched.topics.add("receipts")

    def record_receipt(
        self,
        record_id: RecordId | bytes,
        version: int,
        party: Party,
        state: str,
        at_ms: int,
        *,
        role: str = "",
        reason: str = "",
    ) -> None:
        """Note what became of a version at a party; the same state again keeps the earlier time."""
        this = {"record": raw_id(record_id), "version": version, "party": party, "state": state}
        same = select(receipts.c.at_ms).where(*(receipts.c[name] == value for name, value in this.items()))
        if self.one(same) is None:
            self.run(insert(receipts), [{**this, "at_ms": at_ms, "role": role, "reason": reason}])
        self.touched.topics.add("receipts")


def _feed(row: Row[Any]) -> FeedIn:
    parties = parted(row.recipients)
    originator = Party(row.originator)
    return FeedIn(row.feed, originator, parties, row.position, row.announced, row.announced_hash, row.at_ms)
