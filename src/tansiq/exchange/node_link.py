"""The link of a node to all others: sends, takes, tells heads, asks for gaps, again and again.

1. Two lanes, each with its own mailbox and connection: alerts never wait behind reports.
2. A frame is acknowledged when it is in the store or in quarantine; what could not be stored (a full
   disk) is given back to the carrier and taken later.
3. When the carrier is away everything stays where it is; tries come with growing pauses, and the first
   success is followed by head lists (daily and on reconnection), each answered with one.
4. In safe mode (``safe``) nothing goes out but head lists and the charter's own notes: keys can be revoked.
5. Whoever was away reads its alerts before it sends anything: an epoch may have come that bars a party.
   After a new epoch everyone is told heads, which say since when it is known here.
6. ``cut`` stops sending and taking and stays so until ``restore``, also after a restart.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Final

from tansiq.base.clock import Clock, millis
from tansiq.base.errors import StoreError
from tansiq.base.ids import Entropy
from tansiq.exchange import blobs, gaps, recovery, safe, throttle
from tansiq.exchange.charter_post import CharterPost
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.inbox import Receiver
from tansiq.exchange.outbox import Dispatcher
from tansiq.exchange.pace import Pace as Pace
from tansiq.exchange.post import ALERT, LANES, ROUTINE, Post
from tansiq.exchange.protocol import Carrier, CarrierDown, Delivery, Lane, NoMailbox
from tansiq.exchange.receipts import Registrar
from tansiq.exchange.verdict import Accept, Held, NewCharter, Noted, Outcome, Quarantined
from tansiq.model.label import Party
from tansiq.seal import (
    BlobPart,
    BlobWish,
    HeadList,
    PartyKeys,
    RecoveryPart,
    RecoveryWish,
    ResendRequest,
    feed_id,
)
from tansiq.seal.segment import NoteContent
from tansiq.store.errors import Unstorable
from tansiq.store.store import Store

CUT: Final = "link.cut"
UNREADABLE: Final = ("frame.", "seal.")
"""Refusals that tell of something lost: what was sent can only be learnt from head lists."""


class Link:
    """One node's exchange with all others. ``accept`` decides on records (``work.accept``)."""

    def __init__(
        self,
        store: Store,
        keys: PartyKeys,
        carriers: Mapping[Lane, Carrier],
        clock: Clock,
        entropy: Entropy,
        *,
        book: CharterBook,
        accept: Accept,
        pace: Pace | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.pace = pace or Pace()
        self.book = book
        self.ticks = ticks
        """Seconds that only go forward: patience and pauses go by them, for an exercise's clock may stand."""
        self.caps = throttle.caps(store, ticks)
        self.post = Post(keys, book, carriers, clock, entropy, self.caps)
        self.registrar = Registrar(keys, clock, entropy)
        self.dispatcher = Dispatcher(store, self.post)
        self.receiver = Receiver(store, keys, book, accept, self.registrar, clock)
        self.asking = gaps.Asking(int(self.pace.gap_patience_s * 1000))
        self._store = store
        self._clock = clock
        self._entropy = entropy
        self._wishing = blobs.Wishing(int(self.pace.blob_again_s * 1000))
        self._told_ms: dict[Party, int] = {}
        self.recovering = recovery.Recovering(int(self.pace.heads_again_s * 1000))
        self._hearing = gaps.Hearing(int(self.pace.heads_again_s * 1000))
        with store.read() as rx:
            self._cut = rx.setting(CUT) == "yes"
        self._charter_post = CharterPost(store, self.post, book)
        self._taking = {lane: asyncio.Lock() for lane in LANES}
        self._abreast = False
        self._unanswered: list[Outcome] = []
        self._told_epoch = book.epoch
        self.after_drain: Callable[[], None] = lambda: None
        """Called in a worker thread after frames were taken in; wiring puts declarations of deletion here."""

    @property
    def me(self) -> Party:
        """The party whose link it is."""
        return self.post.me

    @property
    def is_cut(self) -> bool:
        """Whether the link was cut on purpose."""
        return self._cut

    def cut(self) -> None:
        """Stop sending and taking until ``restore``; work at the node goes on."""
        self._set_cut(True)

    def restore(self) -> None:
        """Go on where ``cut`` stopped; a running link tells its heads at once."""
        self._abreast = False
        self._set_cut(False)

    def _set_cut(self, cut: bool) -> None:
        with self._store.write() as tx:
            tx.set_setting(CUT, "yes" if cut else "no")
        self._cut = cut

    async def pump(self, lane: Lane | None = None) -> int:
        """Send all that is pending and unsent, alerts first; return the frames. Raises CarrierDown."""
        if self._cut:
            return 0
        try:
            await self._catch_up()
            if lane in (None, ALERT):
                await self._charter_post.pump()
                await self._tell_epoch()
            if await asyncio.to_thread(self._is_safe):
                return 0
            return sum([await self.dispatcher.pump(each) for each in LANES if lane in (None, each)])
        except CarrierDown:
            self._abreast = False
            raise

    async def _catch_up(self) -> None:
        """After the carrier was away: take all alerts first (rule 5)."""
        while not self._abreast and not self._cut:
            await self.drain(ALERT)

    async def _tell_epoch(self) -> None:
        """Tell heads to all when an epoch is in force that they were not told of from here."""
        if self.book.epoch != self._told_epoch:
            self._told_epoch = self.book.epoch
            await self.heads()

    def _is_safe(self) -> bool:
        with self._store.read() as rx:
            return safe.is_safe(rx)

    async def drain(
        self, lane: Lane | None = None, *, limit: int = 64, timeout_s: float = 0.0
    ) -> list[Outcome]:
        """Take what came, once from each mailbox; return what became of each frame. Raises CarrierDown."""
        found: list[Outcome] = []
        if self._cut:
            return found
        try:
            for each in LANES:
                if lane in (None, each):
                    async with self._taking[each]:
                        taken = await self._taken(each, limit, timeout_s if self._abreast else 0.0)
                    self._abreast = self._abreast or (each == ALERT and not taken)
                    found += taken
            await self._answer_all()
        except CarrierDown:
            self._abreast = False
            raise
        if found:
            await asyncio.to_thread(self.after_drain)
        return found

    def set_cap(self, lane: Lane, bytes_s: int) -> None:
        """Set a lane's bandwidth cap, bytes a second, from now on and after a restart; 0 takes it away."""
        with self._store.write() as tx:
            throttle.set_cap(tx, lane, bytes_s)
            self.caps[lane].bytes_s = throttle.cap(tx, lane)

    async def _taken(self, lane: Lane, limit: int, timeout_s: float) -> list[Outcome]:
        found = []
        capped = self.caps[lane]
        await capped.turn()
        for delivery in await self._waiting(lane, capped.frames(limit), timeout_s):
            capped.moved(len(delivery.frame))
            if self._cut:  # while the carrier was waited for
                await delivery.later(0.0)
            else:
                found.append(await self._take(delivery, lane))
        return found

    async def _waiting(self, lane: Lane, limit: int, timeout_s: float) -> list[Delivery]:
        boxes = self.book.boxes(self.me, at_ms=millis(self._clock.now()))
        if not boxes:
            raise NoMailbox(f"{self.me} is not in the charter")
        newest, *older = [routine if lane == ROUTINE else alert for routine, alert in boxes]
        carrier, found = self.post.carriers[lane], list[Delivery]()
        for mailbox in older:
            with suppress(NoMailbox):
                found += await carrier.take(mailbox, limit=limit, timeout_s=0.0)
        with suppress(*((NoMailbox, CarrierDown) if found else ())):  # until it is set up the old is read on
            found += await carrier.take(newest, limit=limit, timeout_s=0.0 if found else timeout_s)
        return found

    async def _take(self, delivery: Delivery, lane: Lane) -> Outcome:
        try:
            outcome = await asyncio.to_thread(self.receiver.take, delivery.frame, lane)
        except (StoreError, OSError, MemoryError):
            await delivery.later(self.pace.idle_s)
            raise
        await delivery.ack()
        self._unanswered.append(outcome)
        if self._abreast:
            await self._answer_all()
        return outcome

    async def _answer_all(self) -> None:
        """Answer what was taken, once all alerts are read: nothing is sealed under an epoch that is over."""
        while self._abreast and self._unanswered:
            # what is not answered now is asked for again; what no database holds is not answered at all
            with suppress(CarrierDown, NoMailbox, Unstorable):
                await self._answer(self._unanswered.pop(0))

    async def _answer(self, outcome: Outcome) -> None:
        """Do what a taken frame asks for."""
        match outcome:
            case Noted(content):
                await self._answer_note(content)
            case Held(_, party):
                await self._tell_again((party,), self.pace.epoch_again_s)
            case Quarantined(code) if code.startswith(UNREADABLE):
                await self._want(anew=False)
            case NewCharter(epochs) if epochs:
                await self._tell_epoch()
            case _:
                pass

    async def _answer_note(self, content: NoteContent) -> None:
        match content:
            case HeadList():
                self._hearing.heard(content.originator)
                await self._bring_up(content)
            case ResendRequest() | BlobWish() if await asyncio.to_thread(self._is_safe):
                pass
            case ResendRequest():
                feed = feed_id(self.me, content.recipients)
                await self.dispatcher.resend(feed, content.numbers, content.originator)
            case BlobWish():
                await self._give(content)
            case RecoveryWish():
                await self.post.note(await asyncio.to_thread(self._recovery_part, content))
            case RecoveryPart():
                self.recovering.came(content)
                await self.recover()
            case BlobPart():
                await self._wish_on(content.digest)

    async def _bring_up(self, content: HeadList) -> None:
        """Send a node the charters it lacks, and what we have sent it: it may have put something aside."""
        lacking = self.book.since(content.epoch)
        for signed in lacking:
            await self._charter_post.send_epoch(signed, content.originator)
        again_s = 0.0 if lacking else self.pace.heads_again_s
        await self._tell_again((content.originator,), again_s)

    async def _tell_again(self, parties: Iterable[Party], again_s: float) -> None:
        """Send head lists to those who had none of late: a list is answered with a list, so gaps show."""
        after_ms = self._ticks_ms() - again_s * 1000
        due = [p for p in parties if p != self.me and self._told_ms.get(p, after_ms) <= after_ms]
        await self.tell_heads(due)

    def _ticks_ms(self) -> int:
        return int(self.ticks() * 1000)

    def heard(self, party: Party) -> None:
        """Note that the party's head list came, by whatever way."""
        self._hearing.heard(party)

    async def heads(self) -> None:
        """Tell every other active party what we have sent it, and want to hear the same.

        Each round has a stamp of its own, whatever has happened since the last; none while we may have lost
        some, for a number is never used twice.
        """
        if not self._cut:
            await asyncio.to_thread(self.stamp)
        await self._want(anew=True)

    def stamp(self) -> None:
        """Put a stamp under the head lists of one round."""
        with self._store.write() as tx:
            if not safe.feeds_may_be_lost(tx):
                tx.put_stamp(self._entropy, at_ms=millis(self._clock.now()))

    async def _want(self, *, anew: bool) -> None:
        now = self._clock.now()
        others = [p for p in self.book().active_parties(now=now) if p != self.me]
        self._hearing.want(others, at_ms=self._ticks_ms(), anew=anew)
        await self.hear()

    async def hear(self) -> int:
        """Tell our heads to those whose list is wanted and late; return how many. Raises CarrierDown."""
        if self._cut:
            return 0
        due = self._hearing.due(at_ms=self._ticks_ms())
        await self.tell_heads(due)
        return len(due)

    async def tell_heads(self, parties: Iterable[Party]) -> None:
        """Send head lists to these parties. Raises CarrierDown."""
        await self._catch_up()
        for party in parties:
            self._told_ms[party] = self._ticks_ms()
            content = await asyncio.to_thread(self._head_list, party)
            with suppress(NoMailbox):
                await self.post.note(content)

    def _head_list(self, party: Party) -> HeadList:
        with self._store.read() as rx:
            return gaps.head_list(rx, self.post, self.book, party, at_ms=millis(self._clock.now()))

    async def ask(self) -> int:
        """Ask for the gaps that are due; return how many requests went. Raises CarrierDown."""
        if self._cut:
            return 0
        await self._catch_up()
        at_ms = millis(self._clock.now())
        due = await asyncio.to_thread(self._due, self._ticks_ms())
        for gap in due:
            with suppress(NoMailbox):
                await self.post.note(gaps.request(self.post, self.book.epoch, gap, at_ms=at_ms))
        return len(due)

    def _due(self, at_ms: int) -> tuple[gaps.Missing, ...]:
        with self._store.read() as rx:
            return self.asking.due(gaps.missing(rx), at_ms=at_ms)

    async def recover(self) -> int:
        """After a loss ask who has not said yet what is ours, and go on sending when all have.

        Return how many were asked. Raises CarrierDown.
        """
        if self._cut:
            return 0
        notes = await asyncio.to_thread(self._recovery_wishes)
        for each in notes:
            with suppress(NoMailbox):
                await self.post.note(each)
        return len(notes)

    def _recovery_wishes(self) -> list[RecoveryWish]:
        now = self._clock.now()
        at_ms, others = millis(now), [p for p in self.book().active_parties(now=now) if p != self.me]
        with self._store.read() as rx:
            lost, again = safe.feeds_may_be_lost(rx), bool(rx.regained_waiting(1))
            due = self.recovering.due(others, safe.heard(rx), at_ms=self._ticks_ms()) if lost else ()
            after = self.recovering.after
            notes = [recovery.wish(rx, self.post, self.book.epoch, p, after(p), at_ms=at_ms) for p in due]
        if not lost:
            self.recovering.forget()
        if lost or again:
            with self._store.write() as tx:
                recovery.finish(tx, others, at_ms=at_ms)
        return notes

    def _recovery_part(self, asked: RecoveryWish) -> RecoveryPart:
        at_ms = millis(self._clock.now())
        with self._store.write() as tx:
            return recovery.answer(tx, self.post, self.book.epoch, asked, at_ms=at_ms)

    async def pull_blobs(self) -> int:
        """Ask for the next part of each wanted attachment; return the wishes. Raises CarrierDown."""
        if self._cut:
            return 0
        await self._catch_up()
        at_ms = millis(self._clock.now())
        rows = await asyncio.to_thread(self._wishing.due, self._store, self.me, at_ms=self._ticks_ms())
        size_bytes = await asyncio.to_thread(throttle.part_bytes, self._store, blobs.PART_BYTES)
        for row in rows:
            wish = blobs.wish(self.post, self.book.epoch, row, at_ms=at_ms, size_bytes=size_bytes)
            await self.post.note(wish)
        return len(rows)

    async def _give(self, asked: BlobWish) -> None:
        part = await asyncio.to_thread(self._blob_part, asked)
        if part is not None:
            await self.post.note(part)

    def _blob_part(self, asked: BlobWish) -> BlobPart | None:
        now = self._clock.now()
        with self._store.read() as rx:
            return blobs.answer(rx, self.post, self.book.epoch, asked, now=now, at_ms=millis(now))

    async def _wish_on(self, digest: bytes) -> None:
        with self._store.read() as rx:
            row = rx.blob(digest)
        if row is not None and not row.whole:
            await self.pull_blobs()
