"""What a record of our own does to others here: a grant widens who reads, and sends the record after it.

1. Grant and recall speak of a record of our own, or of nothing.
2. A recall leaves the originator's own copy where it is, for him alone; the others obey when they take it
   in. What was not sent yet is not sent, and what is asked for again goes as its digest.
3. A granted record follows its grant under the same recipient set, so that it travels in the same feed.
4. A next version goes to those whom the record was granted to as well, and goes first: corrections outrun
   errors.
5. An officer acts only on what he may read himself: to him, what is hidden is not there.
"""

from __future__ import annotations

from tansiq.base.clock import Clock, millis
from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.exchange.sealed_post import seal_queued
from tansiq.model.kind import Body
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.obtained_review import ObtainedReview
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.translation import Translation
from tansiq.model.kinds.translation_ask import TranslationAsk
from tansiq.model.label import Label, Party
from tansiq.model.record import RECALL, Record
from tansiq.policy.charter import recipients_of
from tansiq.policy.clearance import Act
from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.tables import FOREVER_MS
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk
from tansiq.work.purge import withdraw
from tansiq.work.readable import readable


def act_of(body: Body) -> Act | None:
    """Return the act that an officer's role must allow for this body, beyond signing."""
    match body:
        case Grant():
            return "grant"
        case Recall():
            return "recall"
        case ObtainedReview():
            return "obtained"
        case _:
            return None


def signing_act(body: Body, label: Label, own: Party) -> Act:
    """Return the act that signing takes: of a translation that stays with its party ``translate``."""
    at_home = label.audience == (own,)
    if isinstance(body, TranslationAsk) or (isinstance(body, Translation) and not body.certified):
        return "translate" if at_home else "submit"
    return "submit"


def uncertifiable(rx: ReadTx, desk: Desk, body: Body, record_id: RecordId | None) -> Refusal | None:
    """Return why an officer may not certify a translation: it is not there yet, or he wrote it himself."""
    if not isinstance(body, Translation) or not body.certified:
        return None
    before = None if record_id is None else rx.record(record_id)
    if before is None or before.buried or not isinstance(before.body, Translation):
        return Refusal("translation.not-returned")
    writers = {v.header.author.pseudonym for v in rx.versions(before.record_id) if not _certified(v)}
    return Refusal("translation.second-person") if desk.officer.pseudonym in writers else None


def _certified(version: StoredRecord) -> bool:
    return not version.buried and isinstance(version.body, Translation) and bool(version.body.certified)


def not_ours(tx: WriteTx, desk: Desk, body: Body) -> Refusal | None:
    """Return the refusal of a grant or recall of what is not our own record (rule 1)."""
    if not isinstance(body, Grant | Recall) or own_readable(tx, desk, RecordId(body.record)):
        return None
    return Refusal("record.not-own")


def own_readable(tx: ReadTx, desk: Desk, record_id: RecordId) -> bool:
    """Whether it is our own record that the officer may read; absent and hidden are both no (rule 5)."""
    found = readable(tx, desk, record_id)
    return found is not None and found[0].originator == desk.party


def take_effect(tx: WriteTx, record: Record, to: tuple[Party, ...], *, at_ms: int) -> None:
    """Let a record of our own take effect in our own store; ``to`` = whom it is queued for (rules 2, 3)."""
    match record.body:
        case Grant() as grant:
            until_ms = FOREVER_MS if grant.until is None else millis(grant.until)
            target, version = raw_of(grant.record), grant.record_version or 0
            tx.grant_seen(target, grant.to, until_ms, version=version)
            held = tx.record(target, version or None)
            if held is not None and not held.buried and to:
                tx.queue(held.digest, to, record.header.priority, at_ms=at_ms)
        case Recall() as recall:
            withdraw(tx, record.header, recall)
            if recall.mode != "narrow":
                tx.unqueue(raw_of(recall.record), recall.versions)
        case _:
            pass


def put_out(tx: WriteTx, desk: Desk, record: Record, *, system: bool = False) -> None:
    """Append a record of our own, let it take effect here, and queue it for everyone it is for."""
    header = record.header
    tx.append(record, received_ms=desk.now_ms, system=system)
    to = recipients_of(header.label, desk.charter, desk.party, now=desk.now)
    lane = header.priority
    if header.version > 1:
        granted = {p for p in tx.granted_to(header.id) if desk.charter.recipient(p, now=desk.now)}
        to, lane = tuple(sorted({*to, *granted} - {desk.party})), min(lane, RECALL)
    if to:
        tx.queue(record.digest, to, lane, at_ms=desk.now_ms)
        seal_queued(tx, desk.keys, desk.charter, desk.clock, desk.entropy, record.digest, record.signed)
    take_effect(tx, record, to, at_ms=desk.now_ms)


def regained(clock: Clock, tx: WriteTx, record: Record) -> None:
    """Let a record of our own take effect that came back by recovery; it is sent to nobody here."""
    take_effect(tx, record, (), at_ms=millis(clock.now()))
