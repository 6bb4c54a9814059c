"""Parcels made for other parties: the exchange over a courier's hand.

1. A parcel for a party holds the charters it lacks, what it may not have got (never handed to a carrier,
   handed over since it was last heard, not receipted), our head list, our requests for what we lack of
   its feeds, wishes for its attachments, and parts of ours that it asked for. Receipts go too, being records.
2. Frames are the very ones of the wire, sealed for that party alone. In safe mode no record goes in.
3. What is put in counts as handed over once the file stands whole. Putting in the same twice does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tansiq.base.clock import Clock, millis
from tansiq.base.ids import Entropy
from tansiq.base.refusal import Refusal
from tansiq.exchange import blobs, gaps
from tansiq.exchange.node_link import Link
from tansiq.exchange.parcels.form import ENTRIES_LIMIT, ParcelWriter
from tansiq.exchange.parcels.taking import ParcelTaken, take_parcel
from tansiq.exchange.post import ALERT, ROUTINE
from tansiq.exchange.protocol import Lane
from tansiq.exchange.safe import is_safe
from tansiq.model.label import Party
from tansiq.policy.charter import SignedCharter
from tansiq.seal import BlobWish, Packed, frame, sign_note
from tansiq.seal.segment import NoteContent
from tansiq.store.courier import ParcelRow
from tansiq.store.store import Store
from tansiq.store.values import Delivery

SIZE_LIMIT_BYTES: Final = 1024 * 1024 * 1024
"""What a parcel is filled up to."""
NOT_ACTIVE: Final = "parcel.party-not-active"


@dataclass(frozen=True, slots=True)
class ParcelMade:
    """A parcel that stands: its id, frames, size, and deliveries that did not fit."""

    id: bytes
    frames: int
    size_bytes: int
    left_over: int


class Courier:
    """Makes and takes in parcels for one node. Threads may share it; it writes nothing onto the wire."""

    def __init__(self, store: Store, link: Link, clock: Clock, entropy: Entropy) -> None:
        self._store = store
        self._link = link
        self._clock = clock
        self._entropy = entropy

    def make(
        self,
        parties: Sequence[Party],
        path: Path,
        *,
        since_ms: int | None = None,
        officer: str = "",
        limit_bytes: int = SIZE_LIMIT_BYTES,
    ) -> ParcelMade | Refusal:
        """Write a parcel; Refusal names parties that are not active. Raises StoreError, OSError."""
        now = self._clock.now()
        charter = self._link.book()
        absent = [p for p in parties if p == self._link.me or charter.recipient(p, now=now) is None]
        if absent or not parties:
            return Refusal(NOT_ACTIVE, frozenset(absent))
        for lane in (ALERT, ROUTINE):
            self._link.dispatcher.close_segments(lane)
        self._link.stamp()
        safe = self._is_safe()
        done: list[Delivery] = []
        left_over = 0
        with ParcelWriter(path, self._entropy) as writer:
            for party in dict.fromkeys(parties):
                self._put(writer, party, (*self._charters(party), *self._notes(party, safe)))
                due = () if safe else self._due(party, since_ms)
                put = self._fill(writer, due, limit_bytes)
                done += put
                left_over += len(due) - len(put)
        made = ParcelMade(writer.id, writer.frames, writer.size_bytes, left_over)
        self._made(made, parties, done, officer)
        return made

    def _due(self, party: Party, since_ms: int | None) -> Sequence[Delivery]:
        with self._store.read() as rx:
            seen_ms = next((p.seen_ms for p in rx.peers() if p.party == party), None)
            return rx.unconfirmed(party, unheard_ms=seen_ms or 0, since_ms=since_ms)

    def _fill(self, writer: ParcelWriter, due: Sequence[Delivery], limit_bytes: int) -> list[Delivery]:
        """Put deliveries in until the parcel is full; return what went in.

        A protected one that no officer has sealed yet stays out.
        """
        put: list[Delivery] = []
        for each in due:
            if writer.size_bytes >= limit_bytes or writer.frames >= ENTRIES_LIMIT - 1:
                break
            lane: Lane = ALERT if self._link.dispatcher.is_alert(each.lane) else ROUTINE
            sealed = self._link.dispatcher.sealed_for(each)
            if sealed is not None:
                writer.add(self._framed(each.party, sealed, lane))
                put.append(each)
        return put

    def _put(self, writer: ParcelWriter, party: Party, contents: Iterable[Packed]) -> None:
        for content in contents:
            for each in self._link.post.sealed(content, (party,)):
                for box in self._boxes(party, content):
                    if writer.frames < ENTRIES_LIMIT - 1:
                        writer.add(frame(box, each.bytes))

    def _boxes(self, party: Party, content: Packed) -> tuple[bytes, ...]:
        """Return where a content goes; a charter to every mailbox that the party may know as its own."""
        boxes = self._link.book.boxes(party, at_ms=millis(self._clock.now()))
        return tuple(box for box, _ in boxes) if isinstance(content, SignedCharter) else (boxes[0][0],)

    def _framed(self, party: Party, sealed: bytes, lane: Lane) -> bytes:
        routine, alert = self._link.book.boxes(party, at_ms=millis(self._clock.now()))[0]
        return frame(alert if lane == ALERT else routine, sealed)

    def _charters(self, party: Party) -> Iterator[Packed]:
        with self._store.read() as rx:
            epoch = next((p.epoch for p in rx.peers() if p.party == party), 0)
        yield from self._link.book.since(max(epoch, 1))

    def _is_safe(self) -> bool:
        with self._store.read() as rx:
            return is_safe(rx)

    def _notes(self, party: Party, safe: bool) -> Iterator[Packed]:
        for content in self._contents(party, safe):
            yield sign_note(content, self._link.post.keys)

    def _contents(self, party: Party, safe: bool) -> list[NoteContent]:
        """Return head list, requests, wishes for attachments and, not in safe mode, parts asked for."""
        now = self._clock.now()
        at_ms, post, book = millis(now), self._link.post, self._link.book
        with self._store.read() as rx:
            found: list[NoteContent] = [gaps.head_list(rx, post, book, party, at_ms=at_ms)]
            lacking = [g for g in gaps.missing(rx) if g.originator == party]
            found += [gaps.request(post, book.epoch, gap, at_ms=at_ms) for gap in lacking]
            wanted = [row for row in rx.wanted_blobs() if row.wanted_from == party]
            found += [blobs.wish(post, book.epoch, row, at_ms=at_ms) for row in wanted]
            for digest, offset in () if safe else rx.blob_wishes(party):
                found += self._parts(party, digest, offset)
        return found

    def _parts(self, party: Party, digest: bytes, offset: int) -> list[NoteContent]:
        """Return every part of an attachment from ``offset`` on, if the party may have it."""
        now = self._clock.now()
        found: list[NoteContent] = []
        with self._store.read() as rx:
            while True:
                asked = BlobWish(
                    originator=party,
                    to=self._link.me,
                    created_ms=millis(now),
                    epoch=self._link.book.epoch,
                    signer=self._link.post.keys.signer_id,
                    digest=digest,
                    offset=offset,
                )
                part = blobs.answer(
                    rx, self._link.post, self._link.book.epoch, asked, now=now, at_ms=millis(now)
                )
                if part is None:
                    return found
                found.append(part)
                offset += len(part.data)

    def _made(
        self, made: ParcelMade, parties: Sequence[Party], done: Sequence[Delivery], officer: str
    ) -> None:
        at_ms = millis(self._clock.now())
        row = ParcelRow(made.id, "out", tuple(parties), officer, at_ms, made.size_bytes, made.frames)
        with self._store.write() as tx:
            for each in done:
                tx.mark_sent(each.feed, each.number, each.party, at_ms)
            for party in parties:
                tx.wish_answered(party, [digest for digest, _ in tx.blob_wishes(party)])
            tx.put_parcel(row)

    def take(self, path: Path, *, officer: str = "") -> ParcelTaken:
        """Take a parcel in. Raises BadParcel, ParcelVersion, OSError, StoreError (take it again later)."""
        taken = take_parcel(path, self._store, self._link, self._clock)
        row = ParcelRow(
            taken.id,
            "in",
            (),
            officer,
            millis(self._clock.now()),
            taken.size_bytes,
            taken.frames,
            taken.known,
            taken.others,
            taken.held,
            tuple(dict.fromkeys(taken.refused)),
            tuple(dict.fromkeys(taken.faults)),
        )
        with self._store.write() as tx:
            tx.put_parcel(row)
        self._link.after_drain()
        return taken
