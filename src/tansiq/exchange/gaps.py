"""Head lists: what each originator says it has sent, so that losing, withholding and rewriting show.

1. Daily and on reconnection each party tells each other one, sealed and signed: the feeds that include
   it, last number and hash, epoch, head of the journal. Numbers are per feed; they tell of nothing else.
2. What was announced and has not come is a gap: asked for again after a pause, and again with longer ones.
3. A feed that goes back is rolled back, one that names another hash for a number is a fork: both are kept
   as alarms in quarantine with the list that shows them. Journals: ``witness``.
4. Numbers that their originator has lost with its store are gaps no more; the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from tansiq.exchange import revoked, throttle, witness
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.post import Post
from tansiq.model.label import Party
from tansiq.seal import Head, HeadList, JournalHead, LostRange, Note, ResendRequest, feed_id
from tansiq.store.epochs import KnownEpoch
from tansiq.store.store import ReadTx, WriteTx

FEED_FORK: Final = "feed.fork"
FEED_ROLLED_BACK: Final = "feed.rolled-back"
CHARTER_FORK: Final = "charter.fork"
NUMBERS_AT_ONCE: Final = 100
PAUSE_LIMIT_MS: Final = 3_600_000
AHEAD_LIMIT_MS: Final = 72 * 3_600_000
"""How far ahead of our own clock a head list may be signed, as with ``heard_clock``."""
_LAST_LIST: Final = "heads."


def head_list(rx: ReadTx, post: Post, book: CharterBook, to: Party, *, at_ms: int) -> HeadList:
    """Return what we have sent that includes ``to``."""
    stamp = rx.stamp_head()
    links, held = witness.told(rx, post.me, to)
    return HeadList(
        originator=post.me,
        to=to,
        created_ms=at_ms,
        epoch=book.epoch,
        signer=post.keys.signer_id,
        heads=tuple(
            Head(f.recipients, f.number, f.hash, f.at_ms) for f in rx.feeds_out() if to in f.recipients
        ),
        journal=JournalHead(stamp.number, stamp.hash),
        charter_hash=book.newest_hash,
        links=links,
        witnessed=held,
        seen=witness.seen(rx, to),
        lost=tuple(LostRange(*lost) for lost in rx.lost_ranges() if to in lost[0]),
        revoked=revoked.revoked_heads(rx, book(), post.me, to),
        epoch_since_ms=rx.epoch_times().get(book.epoch, 0),
        frame_bytes=throttle.wanted_bytes(rx),
    )


def take_heads(tx: WriteTx, note: Note, content: HeadList, book: CharterBook, *, at_ms: int) -> None:
    """Note what a verified head list announces; an older one than the last, or one far ahead, says nothing.

    One signed far ahead with a stolen key would else silence its party's own for ever.
    """
    key = _LAST_LIST + content.originator
    last_ms = int(tx.setting(key) or 0)
    last_ms = last_ms if last_ms <= at_ms + AHEAD_LIMIT_MS else 0
    if not last_ms <= content.created_ms <= at_ms + AHEAD_LIMIT_MS:
        return
    later = content.created_ms > last_ms
    for code in alarms(tx, content, book):
        if not tx.in_quarantine(code, note.hash):
            tx.quarantine(code, note.raw, digest=note.hash, at_ms=at_ms, party=content.originator)
    found = witness.compare(tx, content, later=later, at_ms=at_ms)
    witness.raise_alarms(tx, note, found, at_ms=at_ms)
    revoked.take_revoked(tx, content, at_ms=at_ms)
    throttle.heard_wanted(tx, content.originator, content.frame_bytes)
    tx.epoch_known(KnownEpoch(content.originator, content.epoch, content.epoch_since_ms, at_ms))
    for head in content.heads:
        tx.announce(
            feed_id(content.originator, head.recipients),
            head.number,
            hash=head.hash,
            originator=content.originator,
            recipients=head.recipients,
            at_ms=head.through_ms,
        )
    for lost in content.lost:
        tx.give_up(feed_id(content.originator, lost.recipients), lost.first, lost.last)
    last = tx.witnessed_last().get(content.originator)
    if last is None or (content.journal is not None and content.journal.number >= last.number):
        tx.put_last_heads(content.originator, note.raw, note.signature)
    tx.set_setting(key, str(content.created_ms))
    journal = content.journal or JournalHead(0, b"")
    tx.see_peer(
        content.originator,
        at_ms,
        epoch=content.epoch,
        journal_number=journal.number,
        journal_hash=journal.hash,
    )


def alarms(rx: ReadTx, content: HeadList, book: CharterBook) -> Iterator[str]:
    """Yield what a head list contradicts of charter and feeds."""
    if content.epoch == book.epoch and content.charter_hash not in (b"", book.newest_hash):
        yield CHARTER_FORK
    for head in content.heads:
        yield from _of_feed(rx, content, head)


def _of_feed(rx: ReadTx, content: HeadList, head: Head) -> Iterator[str]:
    feed = feed_id(content.originator, head.recipients)
    known = rx.feed_in(feed)
    if known is None:
        return
    ours = rx.segment_hash(feed, head.number)
    if ours is None and head.number == known.announced:
        ours = known.announced_hash
    if ours is not None and ours != head.hash:
        yield FEED_FORK
    if head.number < known.announced and content.created_ms > known.at_ms:
        yield FEED_ROLLED_BACK


@dataclass(frozen=True, slots=True)
class Missing:
    """Segments of one feed that were announced or passed over and have not come."""

    originator: Party
    feed: bytes
    recipients: tuple[Party, ...]
    numbers: tuple[int, ...]


def missing(rx: ReadTx) -> tuple[Missing, ...]:
    """Return every gap, feed by feed."""
    found = []
    for feed in rx.feeds_in():
        if feed.position < feed.announced and (numbers := rx.gaps(feed.feed, NUMBERS_AT_ONCE)):
            found.append(Missing(feed.originator, feed.feed, feed.recipients, numbers))
    return tuple(found)


@dataclass
class Asking:
    """Remembers when each gap was seen and asked for, so that what is only late is not asked for."""

    patience_ms: int
    _due: dict[tuple[bytes, int], tuple[int, int]] = field(default_factory=dict)

    def due(self, gaps: tuple[Missing, ...], *, at_ms: int) -> tuple[Missing, ...]:
        """Return the gaps to ask for now; each later asking waits twice as long, up to an hour."""
        open_now = {(g.feed, n) for g in gaps for n in g.numbers}
        self._due = {k: v for k, v in self._due.items() if k in open_now}
        found = []
        for gap in gaps:
            numbers = tuple(n for n in gap.numbers if self._ripe((gap.feed, n), at_ms))
            if numbers:
                found.append(Missing(gap.originator, gap.feed, gap.recipients, numbers))
        return tuple(found)

    def _ripe(self, key: tuple[bytes, int], at_ms: int) -> bool:
        when, pause = self._due.get(key, (at_ms + self.patience_ms, max(self.patience_ms, 1)))
        ripe = when <= at_ms
        longer = min(pause * 2, PAUSE_LIMIT_MS)
        self._due[key] = (at_ms + longer, longer) if ripe else (when, pause)
        return ripe


@dataclass
class Hearing:
    """Remembers from whom a head list is wanted; each later asking waits twice as long, up to an hour."""

    again_ms: int
    _due: dict[Party, tuple[int, int]] = field(default_factory=dict)

    def want(self, parties: Iterable[Party], *, at_ms: int, anew: bool = False) -> None:
        """Want a head list from these parties; ``anew`` = ask at once even those who did not answer."""
        for party in parties:
            if anew or party not in self._due:
                self._due[party] = (at_ms, self.again_ms)

    def heard(self, party: Party) -> None:
        """Note that the party's head list came."""
        self._due.pop(party, None)

    def due(self, *, at_ms: int) -> tuple[Party, ...]:
        """Return who is to be told our heads now, so that he answers with his."""
        found = tuple(p for p, (when, _) in self._due.items() if when <= at_ms)
        for party in found:
            _, pause = self._due[party]
            self._due[party] = (at_ms + pause, min(pause * 2, PAUSE_LIMIT_MS))
        return found


def request(post: Post, epoch: int, gap: Missing, *, at_ms: int) -> ResendRequest:
    """Return the note that asks an originator for segments again."""
    return ResendRequest(
        originator=post.me,
        to=gap.originator,
        created_ms=at_ms,
        epoch=epoch,
        signer=post.keys.signer_id,
        recipients=gap.recipients,
        numbers=gap.numbers,
    )
