"""What a revocation does here: records of the key are held back until an officer settles each.

1. From the epoch on: what the key signed with a date from ``revoked_ms`` on, whenever it came.
2. Dates are the signer's own word. The originator's head list, or the charter, names the last good number of
   each feed: what came by a later one is held back too, and those segments are asked for anew.
3. A segment of the key that comes later enters nothing. When a newer key vouches for its hash (the next
   segment, or a head list) it closes its place in the feed; its records are held back all the same.
4. One's own records stay where they are: others ask for them under the new key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tansiq.exchange.charters import CharterBook
from tansiq.model.charter import Charter, SignKey
from tansiq.model.label import Party
from tansiq.model.record import Record, Signed
from tansiq.seal import HeadList, RevokedHead, Segment, feed_id, genuine
from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.values import FeedMark

Doubtful = Callable[[Record, FeedMark | None], bool]


def hold_back(tx: WriteTx, before: Charter, after: Charter, *, me: Party, at_ms: int) -> int:
    """Hold back what an epoch revokes anew (rule 1); return how many records."""
    found = 0
    for party, key in _revoked_anew(before, after):
        if party != me:
            found += _sweep(tx, party, _by_date(key), at_ms)
    return found


def take_revoked(tx: WriteTx, content: HeadList, *, at_ms: int) -> int:
    """Take the last good numbers that a head list names (rule 2); return how many records were held back."""
    found = 0
    for each in content.revoked:
        feed = feed_id(content.originator, each.recipients)
        if tx.revoked_to(each.signer, feed, each.number, at_ms=at_ms):
            found += _sweep(tx, content.originator, _by_number(each, feed), at_ms)
            tx.rewind_feed(feed, each.number)
    return found


def revoked_heads(rx: ReadTx, charter: Charter, me: Party, to: Party) -> tuple[RevokedHead, ...]:
    """Return the last good numbers of our own revoked keys, for the feeds that include ``to``."""
    entry = charter.party(me)
    keys = [k for k in entry.sign_keys if k.revoked_ms is not None] if entry is not None else []
    feeds = [f for f in rx.feeds_out() if to in f.recipients] if keys else []
    found = []
    for key in keys:
        last = rx.numbers_before(key.revoked_ms or 0)
        found += [RevokedHead(key.id, f.recipients, last.get(f.feed, 0)) for f in feeds]
    return tuple(found)


def vouched(rx: ReadTx, segment: Segment, book: CharterBook) -> bool:
    """Whether the next segment, or the originator's head list under the epoch in force, names the hash."""
    head = segment.head
    if rx.next_previous(head.feed, head.number) == segment.hash:
        return True
    known = rx.feed_in(head.feed)
    peer = next((p for p in rx.peers() if p.party == head.originator), None)
    current = peer is not None and peer.epoch >= book.epoch
    if known is None or not current:
        return False
    return known.announced == head.number and known.announced_hash == segment.hash


def keep_for_review(tx: WriteTx, segment: Segment, charter: Charter, *, at_ms: int) -> int:
    """Hold back the records of a segment whose key was revoked (rule 3); return how many there are."""
    mark = FeedMark(segment.head.feed, segment.head.number)
    records = [r for r in _records(segment) if genuine(r, charter) and tx.by_digest(r.digest) is None]
    for record in records:
        tx.hold_back(record, feed=mark, at_ms=at_ms, entered=False)
    return len(records)


def _records(segment: Segment) -> Iterator[Record]:
    return (Record(item) for item in segment.items if isinstance(item, Signed))


def _revoked_anew(before: Charter, after: Charter) -> Iterator[tuple[Party, SignKey]]:
    for party in after.parties:
        for key in party.sign_keys:
            known = before.sign_key(party.code, key.id)
            if key.revoked_ms is not None and key != known:
                yield party.code, key


def _by_date(key: SignKey) -> Doubtful:
    def doubtful(record: Record, mark: FeedMark | None) -> bool:
        if record.header.signer != key.id:
            return False
        last = None if mark is None else key.last_number(mark.feed)
        beyond = mark is not None and last is not None and mark.number > last
        return beyond or (key.revoked_ms is not None and record.header.created_ms >= key.revoked_ms)

    return doubtful


def _by_number(head: RevokedHead, feed: bytes) -> Doubtful:
    def doubtful(record: Record, mark: FeedMark | None) -> bool:
        beyond = mark is not None and mark.feed == feed and mark.number > head.number
        return record.header.signer == head.signer and beyond

    return doubtful


def _sweep(tx: WriteTx, party: Party, doubtful: Doubtful, at_ms: int) -> int:
    found = [(record, mark) for record, mark in tx.versions_of(party) if doubtful(record, mark)]
    for record, mark in found:
        tx.hold_back(record, feed=mark, at_ms=at_ms, entered=True)
    waiting = [w for w in tx.waiting() if w.record.header.originator == party and doubtful(w.record, w.feed)]
    for row in waiting:
        tx.stop_waiting(row.digest)
        tx.hold_back(row.record, feed=row.feed, at_ms=at_ms, entered=False)
    return len(found) + len(waiting)
