"""Witnessing: members hold each other's stamps, tell what they hold, and compare.

1. A party's stamps follow from each other: with each head list come the commitments since the stamp that we
   said we hold. One that does not follow, or another hash for a known number, is ``journal.fork``; a number
   that goes back is ``journal.rolled-back``; one that stops showing commitments is ``journal.unlinked``.
2. Members tell each other what they were told of third parties. Two hashes for one number are
   ``journal.split``: that party showed different histories to different members.
3. Members tell us what they were told by us. A number we never gave, or another hash, means that our own
   store went back or was rewritten: ``own.rolled-back``, ``own.fork``.
4. The same for feeds that reach both: ``feed.split``, and for our own ``own.feed-behind``, ``own.feed-fork``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tansiq.exchange import safe
from tansiq.exchange.safe import Finding
from tansiq.model.label import Party
from tansiq.seal import FeedSeen, HeadList, JournalHead, Note, WitnessedHead, feed_id
from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.witness import Stamp, folded

JOURNAL_FORK: Final = "journal.fork"
JOURNAL_ROLLED_BACK: Final = "journal.rolled-back"
JOURNAL_UNLINKED: Final = "journal.unlinked"
JOURNAL_SPLIT: Final = "journal.split"
FEED_SPLIT: Final = "feed.split"
OWN_ROLLED_BACK: Final = "own.rolled-back"
OWN_FORK: Final = "own.fork"
OWN_FEED_BEHIND: Final = "own.feed-behind"
OWN_FEED_FORK: Final = "own.feed-fork"
ALARMS: Final = (
    "charter.fork",
    "feed.fork",
    "feed.rolled-back",
    FEED_SPLIT,
    JOURNAL_FORK,
    JOURNAL_ROLLED_BACK,
    JOURNAL_SPLIT,
    JOURNAL_UNLINKED,
    "name.misused",
    OWN_FEED_BEHIND,
    OWN_FEED_FORK,
    OWN_FORK,
    OWN_ROLLED_BACK,
)
"""Codes of what head lists show that must not be; each has words and an advice."""
SEEN_LIMIT: Final = 128


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that must not be: a code, whom it speaks of, and what was compared."""

    code: str
    party: Party
    detail: str


def told(rx: ReadTx, me: Party, to: Party) -> tuple[tuple[bytes, ...], tuple[WitnessedHead, ...]]:
    """Return what a head list for ``to`` shows: our commitments since what it holds, and what we hold."""
    holds = next((r.stamp.number for r in rx.retold(me) if r.teller == to), None)
    last = rx.witnessed_last()
    return rx.links(holds), tuple(WitnessedHead(p, s.number, s.hash) for p, s in last.items())


def seen(rx: ReadTx, to: Party) -> tuple[FeedSeen, ...]:
    """Return the newest segment held of each feed that reaches ``to`` too or is its own."""
    found = [f for f in rx.feeds_in() if to == f.originator or to in f.recipients]
    found.sort(key=lambda f: (f.originator != to, -f.at_ms, f.feed))
    lines = []
    for feed in found[:SEEN_LIMIT]:
        newest = rx.newest_segment(feed.feed)
        if newest is not None:
            lines.append(FeedSeen(feed.originator, feed.recipients, *newest))
    return tuple(lines)


def compare(tx: WriteTx, content: HeadList, *, later: bool, at_ms: int) -> tuple[Alarm, ...]:
    """Keep what a verified head list tells of stamps and feeds; return what contradicts what is held."""
    found = [*_of_teller(tx, content, later=later, at_ms=at_ms)]
    for line in content.witnessed:
        found += _of_third(tx, content.originator, line, at_ms=at_ms)
    found += _splits(tx, content.originator)
    for each in content.seen:
        found += _of_feed(tx, content.originator, each)
    return tuple(dict.fromkeys(found))


def raise_alarms(tx: WriteTx, note: Note, alarms: tuple[Alarm, ...], *, at_ms: int) -> None:
    """Keep alarms in quarantine with the list that shows them; one that is open already is not repeated.

    Those that speak of our own store put the node into safe mode.
    """
    own = [Finding(a.code, f"{a.party}: {a.detail}", at_ms) for a in alarms if a.code.startswith("own.")]
    safe.enter(tx, own)
    open_now = {(q.code, q.party, q.detail) for q in tx.quarantined(1000, codes=ALARMS)}
    for each in alarms:
        if (each.code, each.party, each.detail) not in open_now:
            tx.quarantine(
                each.code, note.raw, digest=note.hash, at_ms=at_ms, party=each.party, detail=each.detail
            )


def _of_teller(tx: WriteTx, content: HeadList, *, later: bool, at_ms: int) -> Iterator[Alarm]:
    """Judge a party's own newest stamp against what it told us before (rule 1)."""
    party, head = content.originator, content.journal
    if head is None or head.number < 1:
        return
    held = tx.witnessed_last().get(party)
    known = tx.witnessed(party, head.number)
    if known is not None and known != head.hash:
        yield Alarm(JOURNAL_FORK, party, f"{head.number}")
    if held is None:
        tx.witness(party, Stamp(head.number, head.hash), None, at_ms=at_ms)
    elif head.number < held.number and later:
        yield Alarm(JOURNAL_ROLLED_BACK, party, f"< {held.number}")
    elif head.number > held.number:
        yield from _follow(tx, content, held, head, at_ms=at_ms)


def _follow(tx: WriteTx, content: HeadList, held: Stamp, head: JournalHead, *, at_ms: int) -> Iterator[Alarm]:
    party = content.originator
    steps = head.number - held.number
    if len(content.links) < steps:
        if tx.has_linked(party):
            yield Alarm(JOURNAL_UNLINKED, party, f"> {held.number}")
        else:
            tx.witness(party, Stamp(head.number, head.hash), None, at_ms=at_ms)
        return
    commitments = content.links[-steps:]
    stamps = folded(held, commitments)
    if stamps[-1].hash != head.hash:
        yield Alarm(JOURNAL_FORK, party, f"> {held.number}")
        return
    for stamp, commitment in zip(stamps, commitments, strict=True):
        tx.witness(party, stamp, commitment, at_ms=at_ms)


def _of_third(tx: WriteTx, teller: Party, line: WitnessedHead, *, at_ms: int) -> Iterator[Alarm]:
    """Judge what a party was told of us; what it was told of others is kept to compare (rules 2, 3)."""
    stamp = Stamp(line.number, line.hash)
    tx.retell(teller, line.party, stamp, at_ms=at_ms)
    if line.party != tx.core.party:
        return
    own = tx.stamp(line.number)
    if line.number > tx.stamp_head().number:
        yield Alarm(OWN_ROLLED_BACK, teller, f"{line.number}")
    elif own is not None and own.hash != line.hash:
        yield Alarm(OWN_FORK, teller, f"{line.number}")


def _splits(tx: WriteTx, teller: Party) -> Iterator[Alarm]:
    """Compare what all have told of each party with what it told us: who is told again now may differ."""
    for party in tx.witnessed_last():
        for each in tx.retold(party):
            if teller not in (party, each.teller):
                continue
            known = tx.witnessed(party, each.stamp.number)
            if known is not None and known != each.stamp.hash:
                yield Alarm(JOURNAL_SPLIT, party, f"{each.stamp.number}: {each.teller}")


def _of_feed(tx: ReadTx, teller: Party, line: FeedSeen) -> Iterator[Alarm]:
    feed, me = feed_id(line.originator, line.recipients), tx.core.party
    if line.originator == me:
        ours = tx.feed_out(feed)
        row = tx.segment(feed, line.number)
        if ours is None or line.number > ours.number:
            yield Alarm(OWN_FEED_BEHIND, teller, f"{line.number} > {ours.number if ours else 0}")
        elif row is not None and row.hash != line.hash:
            yield Alarm(OWN_FEED_FORK, teller, f"{line.number}")
    elif me in line.recipients:
        held = tx.segment_hash(feed, line.number)
        if held is not None and held != line.hash:
            yield Alarm(FEED_SPLIT, line.originator, f"{line.number}: {teller}")
