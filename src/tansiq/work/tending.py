"""Tending: once a minute the node looks which clocks have turned, and tells officers of each turn once.

1. How a clock stands is worked out anew at each look, from the records and the moment; all that is kept is
   that somebody was told of a turn. A node that was down over a deadline tells at its next look; a clock set
   back tells nothing twice; a restart between telling and noting it tells nobody twice either.
2. The node looks without anyone's keys: what stands under a protected compartment it cannot read, tells
   nobody of, and forgets nothing about; its clocks are on the page of who opens them.
3. A turn is known by its record, its clock, its end and its state: a clock begun anew is a new one.
4. An officer is told of the turns that he could work out himself: those of the records that he may read. What
   he may not read stops no clock for him and turns none; officers who read alike are looked at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

import tansiq.boards.families  # noqa: F401  (declares every family's aspects)
from tansiq.base.clock import millis
from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Raised, ticking
from tansiq.boards.clocks import Clock
from tansiq.boards.shelf import Held
from tansiq.boards.stored import StoredShelf
from tansiq.policy.permits import Reader, permitted_ids
from tansiq.search.view import View
from tansiq.store.papers import Paper
from tansiq.store.store import ReadTx
from tansiq.work.outside import Post, Urgency, tell
from tansiq.work.sign_in import officer_of

TOLD: Final = "clock-told"
TURNS: Final = frozenset({"soon", "late", "lapsed"})
"""The states of a clock of which somebody is told."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one record: a clock that runs out or ran out, or something to notice."""

    record: RecordId
    name: str
    state: str
    urgency: Urgency
    due: datetime | None = None
    key: str = ""

    def mark(self, reader: Reader) -> str:
        """What this turn is known by (rule 3) among those who read as ``reader`` does (rule 4)."""
        due_ms = None if self.due is None else millis(self.due)
        reads = (reader.clearance, sorted(reader.compartments), sorted(reader.uses))
        said = msgspec.msgpack.encode((self.record, self.name, self.key, due_ms, self.state, reads))
        return f"{TOLD}-{hashlib.sha256(said).hexdigest()}"


def tend(post: Post) -> tuple[Turn, ...]:
    """Tell of every turn that nobody was told of yet; return those."""
    fresh: dict[Turn, None] = {}
    for reader, officers in _alike(post).items():
        with post.store.read() as rx:
            found = [turn for turn in turns_at(rx, post, reader) if rx.paper(turn.mark(reader)) is None]
        for turn in found:
            tell(post, turn.record, turn.urgency, turn.due, only=officers)
        if found:
            _note(post, found, reader)
        fresh |= dict.fromkeys(found)
    return tuple(fresh)


def turns_at(rx: ReadTx, post: Post, reader: Reader) -> Iterator[Turn]:
    """Yield every turn now of what a reader may see and the node can read without anyone's keys."""
    now = post.clock.now()
    permitted = permitted_ids(rx.labels(), reader, now=now)
    shelf = StoredShelf(rx, View(post.store, permitted, millis(now)), post.charter(), post.store.party)
    for held, said in ticking(shelf):
        yield from _turns(held, said, shelf)


def _alike(post: Post) -> dict[Reader, frozenset[str]]:
    """Return the active officers by what they may read (rule 4)."""
    found: dict[Reader, set[str]] = {}
    with post.store.read() as rx:
        for row in rx.officers():
            if row.active:
                found.setdefault(officer_of(row, post.store.party).reader, set()).add(row.id)
    return {reader: frozenset(officers) for reader, officers in found.items()}


def _note(post: Post, turns: Sequence[Turn], reader: Reader) -> None:
    at_ms = millis(post.clock.now())
    with post.store.write() as tx:
        for turn in turns:
            tx.save_paper(Paper(turn.mark(reader), TOLD, "", at_ms, turn.state.encode()))


def _turns(held: Held, said: Aspect, shelf: StoredShelf) -> Iterator[Turn]:
    for clock in said.clocks:
        if clock.state in TURNS:
            yield _clock_turn(held, clock)
    for raised in said.raises:
        if not raised.settled and (not raised.parties or shelf.party in raised.parties):
            yield Turn(held.id, raised.code, raised.how, _urgency(raised), key=",".join(raised.parties))


def _clock_turn(held: Held, clock: Clock) -> Turn:
    urgency: Urgency = "life" if clock.urgency == "life" else "clock"
    return Turn(held.id, clock.name, clock.state, urgency, clock.due, clock.key)


def _urgency(raised: Raised) -> Urgency:
    return "life" if raised.urgency == "life" else "alarm" if raised.how == "alert" else "clock"
