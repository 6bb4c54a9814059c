"""Records of a revoked key, settled one by one: an officer accepts or refuses each, with a reason.

1. Only an officer who may widen (role ``release``) settles; he sees what a settled record would show him.
2. An accepted record enters as it would have entered: the rules of ``accept`` judge it all the same.
3. A refused one stays out; its bytes stay with what is held back, for whoever has to prove the theft.
"""

from __future__ import annotations

from dataclasses import dataclass

from tansiq.base.refusal import Refusal
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.verdict import Accepted, Mark, Refused, Waiting
from tansiq.model.record import Record
from tansiq.policy.permits import permits
from tansiq.store.heldback import HeldBackRow, Settled
from tansiq.store.store import ReadTx, WriteTx
from tansiq.work.accept import Acceptance
from tansiq.work.desk import Desk, whole


@dataclass(frozen=True, slots=True)
class Held:
    """A record that waits for an officer, as he may see it."""

    row: HeldBackRow
    record: Record


def waiting(rx: ReadTx, desk: Desk, *, settled: bool = False) -> tuple[Held, ...]:
    """Return what is held back and this officer may read, oldest first."""
    pairs = ((row, rx.held_back_record(row.digest)) for row in rx.held_back(settled=settled))
    return tuple(Held(row, record) for row, record in pairs if record is not None and _readable(desk, record))


def settle(
    desk: Desk, book: CharterBook, digest: bytes, *, accept: bool, reason: str
) -> HeldBackRow | Refusal:
    """Accept or refuse one record. Refusals: ``role``, ``review.unknown``, ``review.settled``,
    ``review.no-reason``, and those of ``accept`` for a record that never entered.
    """
    if (no := desk.lacks("release")) is not None:
        return no
    if not reason.strip():
        return Refusal("review.no-reason")

    def act(tx: WriteTx) -> HeldBackRow | Refusal:
        row, record = tx.held_back_row(digest), tx.held_back_record(digest)
        if row is None or record is None or not _readable(desk, record):
            return Refusal("review.unknown")
        if row.settled:
            return Refusal("review.settled")
        if accept and not row.entered and (no := _enter(tx, desk, book, row, record)) is not None:
            return no
        settled: Settled = "accepted" if accept else "refused"
        tx.settle_held_back(
            digest, settled, officer=desk.officer.pseudonym, reason=reason.strip()[:500], at_ms=desk.now_ms
        )
        tx.journal(f"review.{settled}", officer=desk.officer.id, at_ms=desk.now_ms, record=record.header.id)
        return row

    return whole(desk.store, act)


def _enter(tx: WriteTx, desk: Desk, book: CharterBook, row: HeldBackRow, record: Record) -> Refusal | None:
    known = None if row.feed is None else tx.feed_in(row.feed.feed)
    number = 0 if row.feed is None else row.feed.number
    recipients = () if known is None else known.recipients
    feed = b"" if row.feed is None else row.feed.feed
    mark = Mark(feed, number, row.originator, recipients, book.epoch)
    verdict = Acceptance(desk.keys, book, desk.clock)(tx, record, mark)
    match verdict:
        case Refused(code):
            return Refusal(code)
        case Waiting(on):
            tx.wait(record, needs=on, feed=row.feed, at_ms=desk.now_ms)
        case Accepted(system=system, then=then):
            tx.append(record, received_ms=desk.now_ms, feed=row.feed, system=system)
            if then is not None:
                then(tx)
    return None


def _readable(desk: Desk, record: Record) -> bool:
    return bool(permits(record.header.label, desk.officer.reader, now=desk.now))
