"""Parcels taken in, whoever brought them: every frame is judged as if it had come over the wire.

1. A parcel may be taken in in any order, in pieces, again: frames that came before are known and passed over;
   one that waits for a charter is tried once more at the end, and again the next time.
2. What a note asks for is kept for the next parcel or for the link; nothing is sent from here.
3. A parcel of which too much is refused is left: nobody's rubbish fills the quarantine.
4. What was taken stays taken when the rest fails: a few segments that stand side by side are one transaction,
   any other frame is one of its own.
5. While some frames are entered the next are opened and their signatures tried, in another thread; they are
   entered in the order of the file.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tansiq.base.clock import Clock, millis
from tansiq.exchange.ahead import Opened
from tansiq.exchange.node_link import Link
from tansiq.exchange.parcels.reading import Entry, ParcelReader
from tansiq.exchange.post import ALERT, ROUTINE
from tansiq.exchange.protocol import Lane
from tansiq.exchange.verdict import Duplicate, Held, NewCharter, Noted, Outcome, Quarantined, Taken
from tansiq.seal import BlobWish, HeadList, ResendRequest, feed_id
from tansiq.seal.segment import NoteContent
from tansiq.store.errors import Unstorable
from tansiq.store.store import Store

REFUSED_LIMIT: Final = 1000
TOO_MANY_REFUSED: Final = "parcel.too-many-refused"
NOTED_AT_ONCE: Final = 64
TOGETHER: Final = 5
"""Segments in one transaction: more would keep others waiting who want to write."""
TOGETHER_BYTES: Final = 256 * 1024


@dataclass(slots=True)
class ParcelTaken:
    """What became of a parcel. ``records`` = new records; ``faults`` = what is wrong with the file."""

    id: bytes = b""
    frames: int = 0
    known: int = 0
    others: int = 0
    held: int = 0
    records: int = 0
    waiting: int = 0
    refused: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    size_bytes: int = 0

    @property
    def all_known(self) -> bool:
        """Whether every frame for us had come before: taking it in changed nothing."""
        return self.known > 0 and not (self.frames or self.held or self.refused)


def take_parcel(path: Path, store: Store, link: Link, clock: Clock) -> ParcelTaken:
    """Take a parcel's frames in. Raises BadParcel, ParcelVersion, OSError, StoreError."""
    taken = ParcelTaken(size_bytes=path.stat().st_size)
    with path.open("rb") as file:
        reader = ParcelReader(file)
        with ThreadPoolExecutor(1) as ahead:
            session = _Session(store, link, clock, taken, ahead)
            try:
                session.run(reader)
            finally:
                session.note()
        taken.id, taken.faults = reader.id, [*reader.faults, *session.stopped]
    return taken


@dataclass(frozen=True, slots=True)
class _Coming:
    """A frame that is being opened."""

    entry: Entry
    lane: Lane
    raw: bytes
    opened: Future[Opened]


class _Session:
    """One parcel being taken in."""

    def __init__(
        self, store: Store, link: Link, clock: Clock, taken: ParcelTaken, ahead: ThreadPoolExecutor
    ) -> None:
        self._ahead = ahead
        self._coming: list[_Coming] = []
        self._ready: list[_Coming] = []
        self._store = store
        self._link = link
        self._clock = clock
        self._taken = taken
        self._done: list[bytes] = []
        self._held: list[Entry] = []
        self._others: list[Entry] = []
        self._look_up_boxes()
        self.stopped: list[str] = []

    def _look_up_boxes(self) -> None:
        book, at_ms = self._link.book, millis(self._clock.now())
        self._boxes = book.mailboxes(self._link.me)
        self._alerts = {alert for _, alert in book.boxes(self._link.me, at_ms=at_ms)}

    def run(self, reader: ParcelReader) -> None:
        """Take in every frame that is ours, in order, and once more what waited for a charter."""
        for entry in reader.entries():
            self._one(entry)
            if len(self._taken.refused) >= REFUSED_LIMIT:
                self.stopped.append(TOO_MANY_REFUSED)
                return
        self._finish()
        again = [*self._held, *self._others]  # a charter may have come after them, and a mailbox with it
        self._held, self._others = [], []
        for entry in again:
            self._one(entry)
        self._finish()
        self._taken.held, self._taken.others = len(self._held), len(self._others)

    def note(self) -> None:
        """Keep which frames were taken."""
        with self._store.write() as tx:
            tx.know_frames(self._done, millis(self._clock.now()))
        self._done = []

    def _one(self, entry: Entry) -> None:
        box = entry.mailbox()
        if box not in self._boxes:
            if entry.frame() is not None:  # an altered mailbox is damage, not somebody else
                self._others.append(entry)
            return
        if self._known(entry.digest):
            self._taken.known += 1
            return
        raw = entry.frame()
        if raw is None:
            return
        lane = ALERT if box in self._alerts else ROUTINE
        self._coming.append(_Coming(entry, lane, raw, self._ahead.submit(self._link.receiver.open, raw)))
        if len(self._coming) >= TOGETHER or sum(len(c.raw) for c in self._coming) >= TOGETHER_BYTES:
            self._next()

    def _finish(self) -> None:
        self._next()
        self._next()

    def _next(self) -> None:
        """Enter the frames that were opened, while those that come are being opened (rule 5)."""
        ready, self._ready, self._coming = self._ready, self._coming, []
        while ready and len(self._taken.refused) < REFUSED_LIMIT:
            frames = [(each.opened.result, each.lane) for each in ready]
            outcomes = self._link.receiver.together(frames) or [self._alone(ready[0])]
            for each, outcome in zip(ready, outcomes, strict=False):
                self._became(each.entry, outcome)
            del ready[: len(outcomes)]

    def _alone(self, coming: _Coming) -> Outcome:
        return self._link.receiver.take(coming.raw, coming.lane, opened=coming.opened.result)

    def _became(self, entry: Entry, outcome: Outcome) -> None:
        if isinstance(outcome, Held):
            self._held.append(entry)
            return
        self._count(outcome)
        self._done.append(entry.digest)
        if len(self._done) == NOTED_AT_ONCE:
            self.note()

    def _known(self, digest: bytes) -> bool:
        if digest in self._done or any(digest == c.entry.digest for c in (*self._ready, *self._coming)):
            return True
        with self._store.read() as rx:
            return rx.frame_known(digest)

    def _count(self, outcome: Outcome) -> None:
        taken = self._taken
        match outcome:
            case Quarantined(code):
                taken.refused.append(code)
                return
            case Duplicate():
                taken.known += 1
                return
            case Taken(new, _, waiting, refused):
                taken.records += new
                taken.waiting += waiting
                taken.refused += refused
            case Noted(content):
                with suppress(Unstorable):  # who asks beyond all numbers stops nobody else's frames
                    self._answer(content)
            case NewCharter():
                self._look_up_boxes()
            case _:
                pass
        taken.frames += 1

    def _answer(self, content: NoteContent) -> None:
        """Do what a note asks for, but send nothing: it goes with the next parcel or over the link."""
        match content:
            case HeadList():
                self._link.heard(content.originator)
            case ResendRequest():
                feed = feed_id(self._link.me, content.recipients)
                self._link.dispatcher.open_again(feed, content.numbers, content.originator)
            case BlobWish():
                at_ms = millis(self._clock.now())
                with self._store.write() as tx:
                    tx.wish_by_parcel(content.originator, content.digest, content.offset, at_ms)
            case _:
                pass
