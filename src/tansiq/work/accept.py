"""Accept: whether a record of another party enters here. Source: DESIGN 1 (I2, I6), 5.

The exchange has verified signer, signature, feed and epoch. In this order:

1. Its id bears its originator's tag (``seal`` has seen to it), and its previous version, where held, is
   the one it names.
2. Its label could be signed under the charter of its segment, and has not ended.
3. It was sent to its audience: the recipients and the originator, no one more (but whom a grant named),
   no one fewer (but who was not active then). EVERYBODY goes to all.
4. What it rests on and points to must be here; until then it waits, invisible.
5. Its label is no wider than the meet of its sources' labels; ORCON sources are their originator's; all
   its readers may know of what it points to.
6. Grant and recall are their record's originator's own, or nothing. A recall is obeyed in the very
   transaction that takes it in; the declaration of deletion follows when the bytes are gone (``purge``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tansiq.base.clock import Clock, millis
from tansiq.base.ids import raw_of
from tansiq.base.refusal import Refusal
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.verdict import Accepted, Mark, Refused, Verdict, Waiting
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.purge_proof import PurgeProof
from tansiq.model.kinds.recall import Recall
from tansiq.model.label import Label, Party
from tansiq.model.record import Header, Record
from tansiq.policy.derive import bounded, references_ok
from tansiq.policy.rules import check_label, may_derive
from tansiq.seal import PartyKeys
from tansiq.store.store import WriteTx
from tansiq.store.tables import FOREVER_MS
from tansiq.work.purge import obey
from tansiq.work.submit import pointed_in

MISMATCH: Final = "record.audience-mismatch"
EXPIRED: Final = "record.expired"
NOT_ORIGINATOR: Final = "record.not-originator"
OTHER_PREVIOUS: Final = "record.other-previous"
SOURCE_WITHDRAWN: Final = "record.source-withdrawn"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Decides on records that came. One for a node; see ``exchange.verdict.Accept``."""

    keys: PartyKeys
    book: CharterBook
    clock: Clock

    def __call__(self, tx: WriteTx, record: Record, mark: Mark) -> Verdict:
        """Return the verdict; writes nothing itself."""
        known = record.header.id not in mark.fresh
        refused = (_identity(tx, record.header) if known else None) or self._label(record.header, mark)
        if refused is not None:
            return refused
        shown = self.book.at(mark.epoch).shown_compartments
        leaning = _leaning(tx, record, shown)
        return self._sent_to(tx, record, mark) or leaning or self._effect(tx, record)

    def _label(self, header: Header, mark: Mark) -> Refused | None:
        refusal = check_label(header.label, self.book.at(mark.epoch), header.originator)
        if refusal is not None:
            return _refused(refusal)
        until_ms = header.label.until_ms
        return Refused(EXPIRED) if until_ms is not None and until_ms <= millis(self.clock.now()) else None

    def _sent_to(self, tx: WriteTx, record: Record, mark: Mark) -> Verdict | None:
        header = record.header
        if header.label.public:
            return None
        audience, reached = set(header.label.audience), {*mark.recipients, header.originator}
        if more := reached - audience:
            granted = _granted(tx, header)
            return None if more <= granted else Waiting((header.id,))
        fewer = audience - reached
        missing = {p for p in fewer if self._was_active(p, header.created_ms, mark)}
        return Refused(MISMATCH, ",".join(sorted(missing))) if missing else None

    def _was_active(self, party: Party, at_ms: int, mark: Mark) -> bool:
        entry = self.book.at(mark.epoch).party(party)
        return entry is not None and entry.active_at(at_ms)

    def _effect(self, tx: WriteTx, record: Record) -> Verdict:
        match record.body:
            case Grant() as grant:
                return _grant(tx, record.header, grant)
            case Recall() as recall:
                return self._recall(tx, record.header, recall)
            case PurgeProof() as proof:
                return _proof(tx, record.header, proof)
            case _:
                return Accepted()

    def _recall(self, tx: WriteTx, header: Header, recall: Recall) -> Verdict:
        target = raw_of(recall.record)
        held = tx.record(target)
        if held is None:
            return Waiting((target,))
        if held.originator != header.originator:
            return Refused(NOT_ORIGINATOR)
        return Accepted(then=lambda tx: obey(tx, self.keys, header, recall, at_ms=millis(self.clock.now())))


def _identity(tx: WriteTx, header: Header) -> Refused | None:
    known = tx.record(header.id)
    if known is None:
        return None
    if known.originator != header.originator:
        return Refused(NOT_ORIGINATOR)
    before = tx.record(header.id, header.version - 1) if header.version > 1 else None
    if before is not None and header.previous != before.digest:
        return Refused(OTHER_PREVIOUS)
    return None


def _leaning(tx: WriteTx, record: Record, shown: frozenset[str]) -> Verdict | None:
    """Return why the record cannot stand on what it rests on and points to, or None."""
    header = record.header
    sources, pointed = header.rests_on, (*(ref.to for ref in header.refs), *pointed_in(record.body))
    held = {raw: tx.record(raw) for raw in (*sources, *pointed)}
    absent = tuple(sorted(raw for raw, found in held.items() if found is None))
    if absent:
        return Waiting(absent)
    labels: list[Label] = []
    for raw in sources:
        found, its_label = held[raw], tx.label_of(raw)
        if found is None or its_label is None:
            return Refused(SOURCE_WITHDRAWN)
        if (no := may_derive(its_label, found.originator, header.originator)) is not None:
            return _refused(no)
        labels.append(its_label)
    known = [its for raw in pointed if (its := tx.label_of(raw))]
    return _bound(header.label, labels, known, shown)


def _bound(
    label: Label, sources: Sequence[Label], pointed: Sequence[Label], shown: frozenset[str]
) -> Refused | None:
    if (no := bounded(label, sources)) is not None:
        return _refused(no)
    answers = (references_ok(label, each, shown) for each in (*sources, *pointed))
    return next((_refused(no) for no in answers if no is not None), None)


def _granted(tx: WriteTx, header: Header) -> set[Party]:
    """Return whom its originator granted a record to, by grants held or waiting here."""
    found = set(tx.granted_to(header.id))
    for row in tx.waiting_for(header.id):
        body = row.record.body
        if isinstance(body, Grant) and row.record.header.originator == header.originator:
            found |= set(body.to)
    return {Party(p) for p in found}


def _grant(tx: WriteTx, header: Header, grant: Grant) -> Verdict:
    target = raw_of(grant.record)
    held = tx.record(target)
    owners = {held.originator} if held is not None else set[Party]()
    owners |= {
        row.record.header.originator for row in tx.waiting_for(target) if row.record.header.id == target
    }
    if not owners:
        return Waiting((target,))
    if header.originator not in owners:
        return Refused(NOT_ORIGINATOR)
    until_ms = FOREVER_MS if grant.until is None else millis(grant.until)

    def widen(tx: WriteTx) -> None:
        tx.grant_seen(target, [Party(p) for p in grant.to], until_ms, version=grant.record_version or 0)

    return Accepted(then=widen, frees=(target,))


def _proof(tx: WriteTx, header: Header, proof: PurgeProof) -> Verdict:
    target = raw_of(proof.record)
    held = tx.record(target)
    if held is None or held.originator != tx.core.party:
        return Refused(NOT_ORIGINATOR)

    def note(tx: WriteTx) -> None:
        for version in proof.versions or tuple(v.version for v in tx.versions(target)):
            tx.record_receipt(target, version, header.originator, "purged", header.created_ms)

    return Accepted(system=True, then=note)


def _refused(refusal: Refusal) -> Refused:
    return Refused(refusal.reason, ",".join(sorted(refusal.missing)))
