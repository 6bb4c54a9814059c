"""The calendar: clocks and meetings with their moments, and the feed that a telephone subscribes to.

1. A feed shows what its officer may read without opening anything: nothing of protected compartments.
2. It leaves the node for another program: it says what kind of clock or meeting, whose, and when; never a
   record's title or text, unless it is open to everybody.
3. The address of a feed is a token of its own; it is kept as a hash, and a new one ends the one before.
4. Source: RFC 5545. UID is stable for a clock or meeting; a meeting that follows another is RELATED-TO it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from icalendar import Calendar, Event

from tansiq.base.ids import Entropy, token
from tansiq.boards import Clock, Held, ticking
from tansiq.boards.shelf import Shelf, bodies
from tansiq.model.kinds.meeting import Meeting
from tansiq.policy.compartments import is_protected
from tansiq.store.papers import Paper
from tansiq.store.store import ReadTx
from tansiq.work.desk import Desk

FEED: Final = "calendar-feed"
HOUR: Final = timedelta(hours=1)
Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
_MEETINGS: Final[dict[str | None, Status]] = {"confirmed": "CONFIRMED", "took-place": "CONFIRMED",
                                              "cancelled": "CANCELLED"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One moment. ``what`` = a clock's name or ``meeting``; ``after`` = the UID of what it follows."""

    uid: str
    what: str
    held: Held
    begins: datetime
    ends: datetime
    status: Status
    whose: tuple[str, ...] = ()
    clock: Clock | None = None
    after: str = ""


def entries(shelf: Shelf) -> tuple[Entry, ...]:
    """Return every clock with an end and every dated meeting that the reader sees, in the order of time."""
    found = [*_meetings(shelf), *_clocks(shelf)]
    return tuple(sorted(found, key=lambda e: (e.begins, e.uid)))


def _clocks(shelf: Shelf) -> Iterator[Entry]:
    for held, said in ticking(shelf):
        for clock in said.clocks:
            if clock.due is not None:
                status: Status = "CANCELLED" if clock.state == "ended" else "CONFIRMED"
                uid = _uid(held, f"{clock.name}/{clock.key}", shelf.party)
                yield Entry(uid, clock.name, held, clock.due, clock.due, status, clock.whose, clock)


def _meetings(shelf: Shelf) -> Iterator[Entry]:
    every = bodies(shelf, Meeting)
    for held, body in every:
        begins = body.starts.lo if body.starts is not None else None
        if body.starts is None or begins is None:
            continue
        ends = body.starts.hi if body.starts.hi is not None and body.starts.hi > begins else begins + HOUR
        status = _MEETINGS.get(body.meeting_state, "TENTATIVE")
        parties = tuple(body.delegations) or ((body.convener,) if body.convener else ())
        yield Entry(_uid(held, "meeting", shelf.party), "meeting", held, begins, ends, status, parties,
                    after=_before(held, body, every, shelf))  # fmt: skip


def _before(held: Held, body: Meeting, every: Iterable[tuple[Held, Meeting]], shelf: Shelf) -> str:
    """Return the UID of the meeting that this one follows: by a reference, or by its title as written."""
    for other, its in every:
        if other.id != held.id and (held.points_to(other.id, "follows") or its.title in body.follows):
            return _uid(other, "meeting", shelf.party)
    return ""


def _uid(held: Held, what: str, party: str) -> str:
    digest = hashlib.sha256(f"{held.id} {what}".encode()).hexdigest()
    return f"{digest[:32]}@{party.lower()}.tansiq"


def is_open_handed(held: Held, shelf: Shelf) -> bool:
    """Whether a record may stand in a feed: under no protected compartment (rule 1)."""
    return not any(is_protected(code, shelf.charter) for code in held.label.compartments)


def feed_of(found: Iterable[Entry], shelf: Shelf, *, name: str, words: dict[str, str]) -> bytes:
    """Return a calendar of entries, each by the ``words`` of what it is (rules 1, 2)."""
    made = Calendar()
    made.add("prodid", "-//Tansiq//calendar//")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for entry in found:
        if is_open_handed(entry.held, shelf):
            made.add_component(_event(entry, words))
    return bytes(made.to_ical())


def _event(entry: Entry, words: dict[str, str]) -> Event:
    event, held = Event(), entry.held
    public = held.label.public
    summary = held.body.title if public else words.get(entry.what, entry.what)
    event.add("uid", entry.uid)
    event.add("dtstamp", held.created.astimezone(UTC))
    event.add("dtstart", entry.begins.astimezone(UTC))
    if entry.ends > entry.begins:
        event.add("dtend", entry.ends.astimezone(UTC))
    event.add("summary", " · ".join((summary, *entry.whose)))
    event.add("status", entry.status)
    event.add("class", "PUBLIC" if public else "CONFIDENTIAL")
    event.add("sequence", held.version - 1)
    if entry.after:
        event.add("related-to", entry.after)
    return event


def make_feed(desk: Desk, entropy: Entropy) -> str:
    """Return the token of a new feed of the officer; the one before it ends (rule 3)."""
    made = token(entropy)
    with desk.store.write() as tx:
        for paper in tx.papers(FEED, desk.officer.id):
            tx.drop_paper(paper.id)
        tx.save_paper(Paper(_paper(made), FEED, desk.officer.id, desk.now_ms, b""))
        tx.journal(FEED, officer=desk.officer.id, at_ms=desk.now_ms)
    return made


def officer_of_feed(rx: ReadTx, given: str) -> str | None:
    """Return whose feed a token opens."""
    paper = rx.paper(_paper(given))
    return None if paper is None else paper.owner


def _paper(given: str) -> str:
    return f"{FEED}-{hashlib.sha256(given.encode()).hexdigest()}"
