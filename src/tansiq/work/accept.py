"""Accept: whether a record of another party enters here. Source: DESIGN 1 (I2, I6), 5.

The exchange has verified signer, signature, feed and epoch. In this order:

1. Its id bears its originator's tag (``seal`` has seen to it), and its previous version, where held, is
   the one it names.
2. Its label could be signed under the charter of its segment and bears the safeguards that its content
   owes. One that has ended enters, is shown to nobody, and goes with the next upkeep: a wrong clock of
   ours must not lose it. One that was made long after our own time waits for it.
3. It was sent to its audience: the recipients and the originator, no one more (but whom a grant named),
   no one fewer (but who was not active then). EVERYBODY goes to all.
4. What it rests on and points to must be here; until then it waits, invisible. For a source that was
   withdrawn its recall stands, whichever came first; for one that was refused nothing does.
5. Its label is no wider than the meet of its sources' labels; ORCON sources are their originator's; all
   its readers may know of what it points to. A message is no wider, in any part, than the record it is about
   and the message it answers, as they stood when it was made.
6. Grant and recall are their record's originator's own, or nothing. A recall is obeyed in the very
   transaction that takes it in, before its record has come too; the declaration of deletion follows when the
   bytes are gone (``purge``).
7. A grant widens no further than the record's label allows under the charter, and a record that rests on
   others no further than their originators' grants do: until those have come, it waits.
8. How what it rests on was come by lets it stand (``policy.obtained``), as at its signing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from tansiq.base.clock import Clock, millis
from tansiq.base.ids import owns, raw_of
from tansiq.base.refusal import Refusal
from tansiq.exchange import misuse
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.verdict import Accepted, Mark, Refused, Verdict, Waiting
from tansiq.model.kinds.case_existence import CaseExistence
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.name_misuse import NameMisuse
from tansiq.model.kinds.purge_proof import PurgeProof
from tansiq.model.kinds.recall import Recall
from tansiq.model.label import Label, Party
from tansiq.model.record import Header, Record
from tansiq.policy.derive import bounded, references_ok
from tansiq.policy.dossiers import unfounded
from tansiq.policy.rules import check_label, may_derive
from tansiq.policy.safeguards import unguarded
from tansiq.policy.translation import unmoored_record
from tansiq.seal import PartyKeys
from tansiq.store.holders import NoHolder
from tansiq.store.store import WriteTx
from tansiq.store.tables import FOREVER_MS
from tansiq.work.obtained import come_by
from tansiq.work.pointing import pointed_in
from tansiq.work.purge import grants_of, is_gone, obey
from tansiq.work.talk_bound import talked_of

MISMATCH: Final = "record.audience-mismatch"
SKEW_MS: Final = 72 * 3_600_000
"""How far a record's own date may lie ahead of this node's clock; either may be wrong by two days."""

NOT_ORIGINATOR: Final = "record.not-originator"
OTHER_PREVIOUS: Final = "record.other-previous"
SOURCE_REFUSED: Final = "record.source-refused"
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
        refused = (_identity(tx, record) if known else None) or self._label(record, mark)
        refused = refused or _unheld(tx, record.header.label)
        if refused is not None:
            return refused
        if known and tx.tombstone(record.header.id, record.header.version) is not None:
            return Accepted()  # entering it answers that it is gone, for ever
        if record.header.created_ms > millis(self.clock.now()) + SKEW_MS:
            return Waiting(())
        shown = self.book.at(mark.epoch).shown_compartments
        leaning = _leaning(tx, record, shown)
        return (
            self._sent_to(tx, record, mark)
            or leaning
            or self._come_by(tx, record, mark)
            or self._effect(tx, record, mark)
        )

    def _come_by(self, tx: WriteTx, record: Record, mark: Mark) -> Refused | None:
        refusal = come_by(tx, record, self.book.at(mark.epoch), self.keys.party)
        return None if refusal is None else _refused(refusal)

    def _label(self, record: Record, mark: Mark) -> Refused | None:
        header = record.header
        refusal = check_label(header.label, self.book.at(mark.epoch), header.originator)
        if refusal is None:
            refusal = unguarded(header, record.body)
        if refusal is None:
            refusal = unmoored_record(header, record.body)
        if refusal is None:
            refusal = unfounded(header, record.body)
        return None if refusal is None else _refused(refusal)

    def _sent_to(self, tx: WriteTx, record: Record, mark: Mark) -> Verdict | None:
        header = record.header
        if header.label.public:
            return None
        audience, reached = set(header.label.audience), {*mark.recipients, header.originator}
        if more := reached - audience:
            if not more <= _granted(tx, header):
                return Waiting((header.id,))
            return self._too_wide(tx, header, _with(header.label, more), mark)
        fewer = set() if isinstance(record.body, Recall) else audience - reached
        missing = {p for p in fewer if self._was_active(p, header.created_ms, mark)}
        return Refused(MISMATCH, ",".join(sorted(missing))) if missing else None

    def _was_active(self, party: Party, at_ms: int, mark: Mark) -> bool:
        entry = self.book.at(mark.epoch).party(party)
        return entry is not None and entry.active_at(at_ms)

    def _effect(self, tx: WriteTx, record: Record, mark: Mark) -> Verdict:
        match record.body:
            case Grant() as grant:
                return self._grant(tx, record.header, grant, mark)
            case Recall() as recall:
                return self._recall(record.header, recall)
            case PurgeProof() as proof:
                return _proof(tx, record.header, proof)
            case NameMisuse() as notice:
                return Accepted(system=True, then=lambda tx: misuse.alarm(tx, record, notice))
            case CaseExistence():
                return Accepted(system=True)
            case _:
                return Accepted()

    def _grant(self, tx: WriteTx, header: Header, grant: Grant, mark: Mark) -> Verdict:
        target = raw_of(grant.record)
        if not owns(header.originator, target):
            return Refused(NOT_ORIGINATOR)
        held, its_label = tx.record(target), tx.label_of(target)
        if held is not None and not held.buried and its_label is not None:
            wider = _with(its_label, map(Party, grant.to))
            if (stopped := self._too_wide(tx, held.header, wider, mark)) is not None:
                return stopped
        until_ms = FOREVER_MS if grant.until is None else millis(grant.until)

        def widen(tx: WriteTx) -> None:
            if to := _still_granted(tx, target, header, grant):
                tx.grant_seen(target, to, until_ms, version=grant.record_version or 0)

        return Accepted(then=widen, frees=(target,))

    def _too_wide(self, tx: WriteTx, header: Header, wider: Label, mark: Mark) -> Verdict | None:
        """Return what stops a widening (rule 7): its label could not be signed, or a co-owner is silent."""
        if (refusal := check_label(wider, self.book.at(mark.epoch), header.originator)) is not None:
            return _refused(refusal)
        labels = {raw: tx.label_of(raw) for raw in header.rests_on}
        silent = {raw for raw, its in labels.items() if its is None or bounded(wider, [its]) is not None}
        return Waiting(tuple(sorted(silent))) if silent else None

    def _recall(self, header: Header, recall: Recall) -> Verdict:
        target = raw_of(recall.record)
        if not owns(header.originator, target):
            return Refused(NOT_ORIGINATOR)
        at_ms = millis(self.clock.now())
        return Accepted(then=lambda tx: obey(tx, self.keys, header, recall, at_ms=at_ms), frees=(target,))


def _with(label: Label, more: Iterable[Party]) -> Label:
    return label if label.public else replace(label, audience=tuple(sorted({*label.audience, *more})))


def _unheld(tx: WriteTx, label: Label) -> Refused | None:
    """Refuse what nobody here could open: to keep it under the node's secret would widen it quietly."""
    codes = (code for code in label.compartments if code in tx.core.protected)
    return None if all(tx.can_guard(code) for code in codes) else Refused(NoHolder.code)


def _identity(tx: WriteTx, record: Record) -> Refused | None:
    header = record.header
    known = tx.record(header.id)
    if known is None:
        return None
    if known.originator != header.originator:
        return Refused(NOT_ORIGINATOR)
    before = tx.record(header.id, header.version - 1) if header.version > 1 else None
    if before is not None and header.previous != before.digest:
        return Refused(OTHER_PREVIOUS)
    after = tx.record(header.id, header.version + 1)
    met = after is None or after.buried or after.header.previous == record.digest
    return None if met else Refused(OTHER_PREVIOUS)


def _leaning(tx: WriteTx, record: Record, shown: frozenset[str]) -> Verdict | None:
    """Return why the record cannot stand on what it rests on and points to, or None."""
    header = record.header
    sources, pointed = header.rests_on, (*(ref.to for ref in header.refs), *pointed_in(record.body))
    if not sources and not pointed:
        return None
    absent = {raw for raw in (*sources, *pointed) if tx.record(raw) is None}
    absent -= tx.entombed(sorted(absent)) if absent else set()
    if any(tx.was_turned_away(raw) for raw in absent):
        return Refused(SOURCE_REFUSED)
    if absent:
        return Waiting(tuple(sorted(absent)))
    labels: list[Label] = []
    for raw in sources:
        originator, stood = _standing(tx, raw, header.created_ms)
        if not stood:
            return Refused(SOURCE_WITHDRAWN)
        its_label = next((one for one in stood if bounded(header.label, [one]) is None), stood[0])
        if (no := may_derive(its_label, originator, header.originator)) is not None:
            return _refused(no)
        labels.append(its_label)
    if (further := _talks_further(tx, record)) is not None:
        return further
    if is_gone(tx, record.body, tx.core.party):
        return Refused(SOURCE_WITHDRAWN)
    known = [its for raw in pointed if (its := tx.label_of(raw))]
    return _bound(header.label, labels, known, shown)


def _talks_further(tx: WriteTx, record: Record) -> Refused | None:
    """Return why a message reaches further than what it speaks of, or None."""
    label = record.header.label
    for raw in talked_of(record.body):
        _, stood = _standing(tx, raw, record.header.created_ms)
        if not stood:
            return Refused(SOURCE_WITHDRAWN)
        answers = [bounded(label, [one]) for one in stood]
        if all(no is not None for no in answers) and answers[0] is not None:
            return Refused("talk.wider", ",".join(sorted(answers[0].missing)))
    return None


def _standing(tx: WriteTx, raw: bytes, at_ms: int) -> tuple[Party, list[Label]]:
    """Return originator and labels that a source bore when a record was made on it; what it bears now first.

    An older version counts until its successor was made; the label of a recall stands for what is gone.
    """
    held, now = [v for v in tx.versions(raw) if not v.buried], tx.label_of(raw)
    found = [] if now is None else [now]
    ends = {v.version: v.header.created_ms for v in held}
    found += [v.header.label for v in held if at_ms <= ends.get(v.version + 1, 0)]
    originator = held[0].originator if held else Party("")
    for each in reversed(tx.withdrawals(raw)):
        recall, label = tx.record(each.recall), tx.label_of(each.recall)
        if recall is not None and label is not None:
            originator = recall.originator
            found.append(label)
    return originator, found


def _bound(
    label: Label, sources: Sequence[Label], pointed: Sequence[Label], shown: frozenset[str]
) -> Refused | None:
    if (no := bounded(label, sources)) is not None:
        return _refused(no)
    answers = (references_ok(label, each, shown) for each in (*sources, *pointed))
    return next((_refused(no) for no in answers if no is not None), None)


def _granted(tx: WriteTx, header: Header) -> set[Party]:
    """Return whom its originator has ever granted a record to, as far as is known here."""
    return {*tx.granted_to(header.id), *(p for _, grant in grants_of(tx, header.id) for p in grant.to)}


def _still_granted(tx: WriteTx, target: bytes, header: Header, grant: Grant) -> list[Party]:
    """Return whom a grant names and no later recall has dropped."""
    later = [w for w in tx.withdrawals(target) if w.at_ms >= header.created_ms and w.covers(0)]
    later += [w for w in tx.withdrawals(target) if w.at_ms >= header.created_ms and w.mode == "narrow"]
    return [Party(p) for p in grant.to if all(p in w.keep for w in later)]


def _proof(tx: WriteTx, header: Header, proof: PurgeProof) -> Verdict:
    target = raw_of(proof.record)
    if not owns(tx.core.party, target):
        return Refused(NOT_ORIGINATOR)

    def note(tx: WriteTx) -> None:
        for version in proof.versions or tuple(v.version for v in tx.versions(target)):
            tx.record_receipt(target, version, header.originator, "purged", header.created_ms)

    return Accepted(system=True, then=note)


def _refused(refusal: Refusal) -> Refused:
    return Refused(refusal.reason, ",".join(sorted(refusal.missing)))
