"""Protected records on their way out: a segment of their own, sealed for each recipient at release.

The rules are those of ``store.sealed_out``. What is sealed here cannot be opened here again: the party's own
key is no recipient.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from tansiq.base.clock import Clock, millis
from tansiq.base.ids import Entropy
from tansiq.model.charter import Charter
from tansiq.model.label import Party
from tansiq.model.outline import BodyClosed
from tansiq.model.record import Signed
from tansiq.seal import Item, PartyKeys, Segment, SegmentHead, feed_id, pack, seal, sign_segment
from tansiq.seal.segment import encode_head
from tansiq.store.sealed_out import Unsealed
from tansiq.store.store import Store, WriteTx
from tansiq.store.values import SegmentRow

KEPT: Final = msgspec.msgpack.Decoder(tuple[bytes, bytes])


def close_segment(
    tx: WriteTx,
    keys: PartyKeys,
    charter: Charter,
    items: Sequence[Item],
    recipients: tuple[Party, ...],
    lane: int,
    *,
    at_ms: int,
) -> Segment:
    """Number, sign and fix the next segment of a feed; its records leave the outbox."""
    place = tx.reserve_segment(feed_id(keys.party, recipients))
    head = SegmentHead(
        originator=keys.party,
        recipients=recipients,
        number=place.number,
        previous=place.previous,
        epoch=charter.epoch,
        signer=keys.signer_id,
        created_ms=at_ms,
        priority=lane,
    )
    segment = sign_segment(head, tuple(items), keys)
    tx.put_segment(
        place,
        recipients=recipients,
        lane=lane,
        hash=segment.hash,
        head=msgspec.msgpack.encode((encode_head(head), segment.signature)),
        digests=segment.digests,
        at_ms=at_ms,
    )
    return segment


def seal_for_session(store: Store, keys: PartyKeys, charter: Charter, clock: Clock, entropy: Entropy) -> int:
    """Seal what waits for a session, as far as the session of this view of the store opens it."""
    with store.read() as rx:
        if not any(store.keys.covers(rx.cells_over(each.digest)) for each in rx.awaiting_session()):
            return 0
    with store.write() as tx:
        return seal_waiting(tx, keys, charter, clock, entropy)


def seal_waiting(tx: WriteTx, keys: PartyKeys, charter: Charter, clock: Clock, entropy: Entropy) -> int:
    """Seal every waiting protected record that this session opens; return how many were sealed."""
    done = 0
    for waiting in tx.awaiting_session():
        try:
            signed = tx.signed(waiting.digest)
        except BodyClosed:
            continue
        if signed is not None:
            _seal(tx, keys, charter, clock, entropy, waiting, signed)
            done += 1
    return done


def seal_queued(
    tx: WriteTx,
    keys: PartyKeys,
    charter: Charter,
    clock: Clock,
    entropy: Entropy,
    digest: bytes,
    signed: Signed,
) -> None:
    """Seal one record that has just been queued, from the bytes at hand; an unprotected one is left alone."""
    for waiting in tx.awaiting_session() if tx.cells_over(digest) else ():
        if waiting.digest == digest:
            _seal(tx, keys, charter, clock, entropy, waiting, signed)


def _seal(
    tx: WriteTx,
    keys: PartyKeys,
    charter: Charter,
    clock: Clock,
    entropy: Entropy,
    waiting: Unsealed,
    signed: Signed,
) -> None:
    now, at_ms = clock.now(), millis(clock.now())
    if waiting.number is None:
        parties = waiting.recipients
        segment = close_segment(tx, keys, charter, (signed,), parties, waiting.lane, at_ms=at_ms)
    else:
        row = tx.segment(waiting.feed, waiting.number)
        if row is None:
            return
        segment = rebuilt_with(row, signed)
    to = {p: r for p in waiting.recipients if (r := charter.recipient(p, now=now)) is not None}
    raw = pack(segment)
    sealed = {party: seal(raw, (recipient,), entropy=entropy) for party, recipient in to.items()}
    tx.put_sealed(segment.head.feed, segment.head.number, sealed, digest=waiting.digest, at_ms=at_ms)


def rebuilt_with(row: SegmentRow, signed: Signed) -> Segment:
    """Return a protected segment made again from its one record."""
    raw_head, signature = KEPT.decode(row.head)
    return Segment(raw_head, (signed,), signature)
