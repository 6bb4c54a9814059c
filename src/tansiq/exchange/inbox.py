"""From a frame to records in the store, or to quarantine. Source: DESIGN 1 (I3, I4), 6.

1. A frame is unframed, opened, unpacked and verified before anything is written; whatever fails is
   kept in quarantine whole, with the digest of its bytes and a stable code, and nothing of it enters. So is
   what nobody foresaw: only a fault of this machine lets a frame come again.
2. A segment is one transaction: its records, what waits, what was refused, its place in the feed, and
   the receipts. The same segment again changes nothing.
3. A segment may come before earlier ones: its number and hashes are kept, the gap shows, and the hashes
   must meet when the gap closes. Two segments of one number, or hashes that do not meet, are a fork.
4. Each record is verified by itself, must be its feed's originator's own, and is then put to ``accept``.
   One that is refused goes to quarantine alone, and its originator is told the code.
5. A record that rests on what has not come waits, invisible, and is put to ``accept`` again when it has, or
   when that was refused or withdrawn. After fourteen days it is refused: nothing waits for ever.
6. A segment's hash holds its records' digests alone. Another recipient may have sealed it again with a digest
   in a record's place, or with a spoilt signature of the record: what such a copy lacked is taken from the
   genuine one when it comes.
7. Segments that lie ready side by side, as in a parcel, may share a transaction: each is judged as it would
   be alone, and when one of them fails none has entered and each is taken alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Final, assert_never

import structlog

from tansiq.base.clock import Clock, millis
from tansiq.base.errors import InputError, StoreError, TansiqError, place_of
from tansiq.base.refusal import Refusal
from tansiq.exchange import blobs, misuse, proposals, revoked
from tansiq.exchange.admission import Admission
from tansiq.exchange.ahead import Ahead, Opened, read_ahead
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.gaps import take_heads
from tansiq.exchange.protocol import Lane
from tansiq.exchange.receipts import Due, Registrar
from tansiq.exchange.recovery import Effect, Regaining, tip_of
from tansiq.exchange.verdict import (
    Accept,
    Duplicate,
    Held,
    Mark,
    NewCharter,
    Noted,
    Outcome,
    Quarantined,
)
from tansiq.model.label import Party
from tansiq.model.record import Record, Signed
from tansiq.policy.charter import Charter, SignedCharter
from tansiq.seal import (
    BadSegment,
    BlobPart,
    CharterProposal,
    CharterVoice,
    Farewell,
    HeadList,
    Item,
    Note,
    PartyKeys,
    RecoveryPart,
    Segment,
    SegmentHead,
    genuine,
    unframe,
    unpack,
    unseal,
    verify_note,
    verify_record,
    verify_segment,
)
from tansiq.seal.segment import item_digest
from tansiq.store.epochs import FarewellRow
from tansiq.store.errors import BrokenBlob, Unstorable
from tansiq.store.store import ReadTx, Store, WriteTx

NEWER_EPOCH: Final = "segment.newer-epoch"
STALE: Final = "segment.stale-epoch"
REVOKED: Final = "segment.revoked-key"
FORK: Final = "segment.fork"
DETAIL_LIMIT: Final = 500

_LOG: Final = structlog.get_logger("tansiq.exchange")


class Receiver:
    """Takes frames in. Threads may share it: each frame is one transaction of the store."""

    def __init__(
        self,
        store: Store,
        keys: PartyKeys,
        book: CharterBook,
        accept: Accept,
        registrar: Registrar,
        clock: Clock,
    ) -> None:
        self._store = store
        self._keys = keys
        self._book = book
        self._registrar = registrar
        self._clock = clock
        self.effect: Effect = lambda _tx, _record: None
        """What a record of our own does that came back by recovery; wiring puts it here."""
        self._admission = Admission(keys.party, book, accept, clock)
        self.hear: Callable[[Party, int], None] = _unheard
        """Told of each time that another party has signed; wiring puts the node's witness here."""

    def take(
        self, raw: bytes, lane: Lane = "routine", *, opened: Callable[[], Opened] | None = None
    ) -> Outcome:
        """Take one frame in. Raises StoreError, OSError, MemoryError: nothing was taken; give it again.

        ``opened`` gives what ``open`` gave of these very bytes, or raises what it raised.
        """
        try:
            return self._sorted(raw, self.open(raw) if opened is None else opened(), lane)
        except Unstorable as error:  # no database holds what it says, however often it comes
            return self._refuse(raw, BadSegment.code, detail=str(error))
        except (StoreError, OSError, MemoryError):
            raise
        except TansiqError as error:
            return self._refuse(raw, error.code, detail=str(error))
        except Exception as error:  # what no reader of it foresaw: the frame must not come for ever
            _LOG.error("exchange.unforeseen", fault=type(error).__name__, at=place_of(error))
            return self._refuse(raw, BadSegment.code, detail=type(error).__name__)

    def open(self, raw: bytes) -> Opened:
        """Open and read a frame; nothing is written or asked of the store, any thread may do it ahead.

        Raises TansiqError, to be handed to ``take``.
        """
        envelope = unframe(raw, mailboxes=self._book.mailboxes(self._keys.party))
        what = unpack(unseal(envelope.sealed, self._keys.seal_identities))
        return read_ahead(what, self._book() if self._book.epoch else None)

    def together(self, frames: Sequence[tuple[Callable[[], Opened], Lane]]) -> list[Outcome]:
        """Enter segments in one transaction, as many from the front as nothing stands against (rule 7)."""
        sound = list(self._sound(frames))
        found: list[Outcome] = []
        if len(sound) < 2:
            return found
        try:
            with self._store.write() as tx:
                due: list[Due] = []
                for segment, ahead, lane in sound:
                    if (outcome := self._entered(tx, segment, ahead, lane, due)) is None:
                        break
                    found.append(outcome)
                self._registrar.send_all(tx, due)
        except Exception as error:  # taken alone, the one at fault is refused, or what fails is raised
            _LOG.debug("exchange.apart", fault=type(error).__name__)
            return []
        return found

    def _sound(
        self, frames: Sequence[tuple[Callable[[], Opened], Lane]]
    ) -> Iterator[tuple[Segment, Ahead, Lane]]:
        for opened, lane in frames:
            try:
                found = opened()
            except Exception as error:  # ``take`` says what is wrong with it
                _LOG.debug("exchange.unopened", fault=type(error).__name__)
                return
            what = found.what
            if not isinstance(what, Segment) or self._refusal(what, found.ahead) is not None:
                return
            self.hear(what.head.originator, what.head.created_ms)
            yield what, found.ahead, lane

    def _refusal(self, segment: Segment, ahead: Ahead) -> Refusal | None:
        last_good = self._last_good(segment.head)
        return verify_segment(
            segment, self._book(), me=self._keys.party, last_good=last_good, check=ahead.tried
        )

    def _sorted(self, raw: bytes, opened: Opened, lane: Lane) -> Outcome:
        match what := opened.what:
            case Segment():
                return self._segment(raw, what, opened.ahead, lane)
            case Note():
                return self._note(raw, what)
            case SignedCharter():
                return self._charter(raw, what)
            case _:
                assert_never(what)

    def _segment(self, raw: bytes, segment: Segment, ahead: Ahead, lane: Lane) -> Outcome:
        head = segment.head
        refusal = self._refusal(segment, ahead)
        if refusal is not None and refusal.reason == NEWER_EPOCH:
            return Held(NEWER_EPOCH, head.originator)
        if refusal is not None and refusal.reason == REVOKED and genuine(segment, self._book()):
            self._for_review(segment)
        if refusal is not None and not (refusal.reason == STALE and self._vouched(segment)):
            return self._refuse(raw, refusal.reason, head.originator)
        self.hear(head.originator, head.created_ms)
        with self._store.write() as tx:
            due: list[Due] = []
            outcome = self._entered(tx, segment, ahead, lane, due)
            self._registrar.send_all(tx, due)
        return outcome or self._refuse(raw, FORK, head.originator)

    def _entered(
        self, tx: WriteTx, segment: Segment, ahead: Ahead, lane: Lane, due: list[Due]
    ) -> Outcome | None:
        """Enter a verified segment, and say what receipts are due; None = it is a fork (rule 3)."""
        known = tx.segment_hash(segment.head.feed, segment.head.number)
        if known == segment.hash:
            return self._again(tx, segment, ahead, lane, due)
        if known is None and _meets(tx, segment):
            return self._admit(tx, segment, ahead, lane, due)
        return None

    def _last_good(self, head: SegmentHead) -> int | None:
        key = self._book().sign_key(head.originator, head.signer)
        if key is None or key.revoked_ms is None:
            return None
        with self._store.read() as rx:
            return rx.revoked_number(head.signer, head.feed)

    def _vouched(self, segment: Segment) -> bool:
        """Whether its originator stands by a segment of an old epoch since it knows the new one."""
        with self._store.read() as rx:
            return revoked.vouched(rx, segment, self._book)

    def _for_review(self, segment: Segment) -> None:
        """Keep the records of a revoked key for an officer; a newer key that vouches closes its place."""
        head = segment.head
        with self._store.write() as tx:
            revoked.keep_for_review(tx, segment, self._book(), at_ms=millis(self._clock.now()))
            known = tx.segment_hash(head.feed, head.number)
            if known is None and revoked.vouched(tx, segment, self._book):
                self._place(tx, segment)

    def _place(self, tx: WriteTx, segment: Segment) -> None:
        head = segment.head
        tx.note_segment(
            head.feed,
            head.number,
            hash=segment.hash,
            previous=head.previous,
            originator=head.originator,
            recipients=head.recipients,
            at_ms=head.created_ms,
        )
        tx.put_tip(head.feed, head.originator, head.number, tip_of(segment))

    def _admit(self, tx: WriteTx, segment: Segment, ahead: Ahead, lane: Lane, due: list[Due]) -> Outcome:
        head = segment.head
        mark = Mark(head.feed, head.number, head.originator, head.recipients, head.epoch)
        self._place(tx, segment)
        return self._taken(tx, segment.items, mark, ahead, lane, due)

    def _again(self, tx: WriteTx, segment: Segment, ahead: Ahead, lane: Lane, due: list[Due]) -> Outcome:
        """Take what an earlier copy of the segment lacked (rule 6)."""
        head = segment.head
        lacking = [i for i in segment.items if isinstance(i, Signed) and self._lacked(tx, i)]
        if not lacking:
            return Duplicate()
        mark = Mark(head.feed, head.number, head.originator, head.recipients, head.epoch)
        return self._taken(tx, lacking, mark, ahead, lane, due)

    def _lacked(self, tx: WriteTx, item: Signed) -> bool:
        if tx.knows(item_digest(item)):
            return False
        try:
            return verify_record(Record(item), self._book()) is None
        except InputError:
            return False

    def _taken(
        self, tx: WriteTx, items: Sequence[Item], mark: Mark, ahead: Ahead, lane: Lane, due: list[Due]
    ) -> Outcome:
        session = self._admission.begin(tx, ahead)
        session.take(items, mark)
        due += [Due(party, lines, lane) for party, lines in session.lines.items()]
        tx.see_peer(mark.originator, session.at_ms)
        return session.tally.taken()

    def tidy(self) -> int:
        """Judge again what waits for time; give up what waited too long; return how many were given up."""
        with self._store.write() as tx:
            session = self._admission.begin(tx)
            session.again()
            for party, lines in session.lines.items():
                self._registrar.send(tx, party, lines)
            return len(session.tally.refused)

    def _note(self, raw: bytes, note: Note) -> Outcome:
        content = note.content
        refusal = verify_note(note, self._book(), me=self._keys.party)
        if refusal is not None and content.epoch > self._book.epoch and content.to == self._keys.party:
            return Held(NEWER_EPOCH, content.originator)
        if refusal is not None:
            return self._refuse(raw, refusal.reason, content.originator)
        self.hear(content.originator, content.created_ms)
        at_ms = millis(self._clock.now())
        if isinstance(content, HeadList):
            with self._store.write() as tx:
                take_heads(tx, note, content, self._book, at_ms=at_ms)
        elif isinstance(content, RecoveryPart):
            with self._store.write() as tx:
                Regaining(self._keys, self._book(), self.effect, at_ms).take(tx, content)
        elif isinstance(content, BlobPart):
            self._blob_part(content)
        elif isinstance(content, CharterProposal | CharterVoice | Farewell):
            return self._of_charter(raw, note, content)
        return Noted(content)

    def _of_charter(
        self, raw: bytes, note: Note, content: CharterProposal | CharterVoice | Farewell
    ) -> Outcome:
        before, me, at_ms = self._book.epoch, self._keys.party, millis(self._clock.now())
        found: Charter | Refusal | None = None
        with self._store.write() as tx:
            if isinstance(content, CharterProposal):
                found = proposals.take_proposal(tx, note, content, self._book, me=me, at_ms=at_ms)
            elif isinstance(content, CharterVoice):
                proposals.take_voice(tx, content, self._book, me=me, at_ms=at_ms)
            else:
                row = FarewellRow(content.originator, content.created_ms, note.raw, note.signature)
                tx.put_farewell(row)
        self._book.refresh()
        if isinstance(found, Refusal):
            return self._refuse(raw, found.reason, content.originator)
        epochs = self._book.epoch - before
        return NewCharter(epochs) if epochs else Noted(content)

    def _blob_part(self, part: BlobPart) -> None:
        try:
            with self._store.write() as tx:
                blobs.take_part(tx, part)
        except BrokenBlob:
            with self._store.write() as tx:
                blobs.broken(tx, part.digest)

    def _charter(self, raw: bytes, signed: SignedCharter) -> Outcome:
        before = self._book.epoch
        with self._store.write() as tx:
            at_ms = millis(self._clock.now())
            found = proposals.adopt(tx, self._book, signed, me=self._keys.party, at_ms=at_ms)
        self._book.refresh()
        if isinstance(found, Refusal):
            return self._refuse(raw, found.reason)
        return NewCharter(self._book.epoch - before)

    def _refuse(self, raw: bytes, code: str, party: str = "", *, detail: str = "") -> Quarantined:
        digest, detail = hashlib.sha256(raw).digest(), detail.replace("\x00", " ")[:DETAIL_LIMIT]
        with self._store.write() as tx:
            if not tx.in_quarantine(code, digest):
                at_ms = millis(self._clock.now())
                tx.quarantine(code, raw, digest=digest, at_ms=at_ms, party=party, detail=detail)
                self._tell(tx, party, code, digest)
        return Quarantined(code)

    def _tell(self, tx: WriteTx, claimed: str, code: str, digest: bytes) -> None:
        now, entropy = self._clock.now(), self._registrar.entropy
        misuse.tell(tx, self._keys, self._book(), entropy, claimed, code, digest, now=now)


def _unheard(_party: Party, _signed_ms: int) -> None:
    """Without a witness nobody asks what time it is elsewhere."""


def _meets(rx: ReadTx, segment: Segment) -> bool:
    """Whether the segment's hashes meet those of its neighbours and of the last head list."""
    head = segment.head
    before = rx.segment_hash(head.feed, head.number - 1) if head.number > 1 else None
    after = rx.next_previous(head.feed, head.number)
    known = rx.feed_in(head.feed)
    announced = known.announced_hash if known is not None and known.announced == head.number else None
    return (
        before in (None, head.previous)
        and after in (None, segment.hash)
        and announced in (None, segment.hash)
    )
