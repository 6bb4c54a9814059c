"""The records of one verified segment: verified one by one, put to ``accept``, entered in batches.

Rules 4 and 5 of ``exchange.inbox``. Records of a segment may rest on each other: what one needs is
entered before it is judged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

import msgspec

from tansiq.base.clock import Clock, millis
from tansiq.base.errors import InputError
from tansiq.exchange import receipts
from tansiq.exchange.ahead import Ahead
from tansiq.exchange.post import CharterNow
from tansiq.exchange.receipts import Line
from tansiq.exchange.verdict import Accept, Accepted, Mark, Refused, Tally, Verdict, Waiting
from tansiq.model.kind import CATALOGUE
from tansiq.model.label import Party
from tansiq.model.outline import stripped
from tansiq.model.record import Record, Signed, encode_header
from tansiq.model.stated import body_references
from tansiq.model.strict import check_body
from tansiq.seal import FeedPosition, Item, genuine, verify_record
from tansiq.seal.segment import item_digest
from tansiq.store.store import WriteTx
from tansiq.store.values import Appended, Buried, Equivocation, FeedMark, Held
from tansiq.store.values import Outcome as Entered

NOT_ORIGINATOR = "record.not-originator"
REVOKED = "record.revoked-key"
EQUIVOCATION = "record.equivocation"
SOURCE_MISSING = "record.source-missing"
WAIT_MS = 14 * 86_400_000
"""How long a record waits for what it rests on before its originator is told that it did not enter."""


@dataclass(slots=True)
class _Ready:
    record: Record
    mark: Mark
    system: bool
    verdict: Accepted


@dataclass(frozen=True, slots=True)
class Admission:
    """What is needed to judge records: who we are, the charter, the rules of ``work``."""

    me: Party
    charter: CharterNow
    accept: Accept
    clock: Clock

    def begin(self, tx: WriteTx, ahead: Ahead | None = None) -> Session:
        """Return what takes records in within this transaction."""
        return Session(self, tx, millis(self.clock.now()), ahead or Ahead())


@dataclass
class Session:
    """Records going in within one transaction. ``lines`` gathers the receipts by originator."""

    rules: Admission
    tx: WriteTx
    at_ms: int
    ahead: Ahead
    tally: Tally = field(default_factory=Tally)
    lines: dict[Party, list[Line]] = field(default_factory=lambda: defaultdict(list))
    _ready: list[_Ready] = field(default_factory=list)
    _ids: set[bytes] = field(default_factory=set)
    _come: list[bytes] = field(default_factory=list)

    def take(self, items: Iterable[Item], mark: Mark) -> None:
        """Take in the items of a segment; digests of deleted records say nothing."""
        read = (self._read(item, mark) for item in items if isinstance(item, Signed))
        records = [record for record in read if record is not None]
        mark = replace(mark, fresh=self._fresh(records))
        for record in records:
            if (code := self._false(record, mark)) is not None:
                self._refuse(record, mark, Refused(code))
            else:
                self._judge(record, mark)
        self._enter()
        self._release()

    def _fresh(self, records: Sequence[Record]) -> frozenset[bytes]:
        counted = Counter(record.header.id for record in records)
        held = {record_id for record_id, _ in self.tx.originators(list(counted))} if counted else set()
        held |= self.tx.entombed(list(counted)) if counted else set()
        return frozenset(i for i, n in counted.items() if n == 1 and i not in held)

    def _read(self, signed: Signed, mark: Mark) -> Record | None:
        try:
            record = self.ahead.record(signed)
            record.body  # noqa: B018  reading it is the check
        except InputError as error:
            digest = item_digest(signed)
            self._quarantine(error.code, signed, digest, mark.originator, str(error))
            self.tally.refused.append(error.code)
            return None
        return record

    def _false(self, record: Record, mark: Mark) -> str | None:
        """Return why the record is not its originator's own or breaks its kind, or None."""
        if record.header.originator != mark.originator:
            return NOT_ORIGINATOR
        position = FeedPosition(mark.feed, mark.number, self._last_good(record, mark))
        refusal = verify_record(record, self.rules.charter(), position=position, check=self.ahead.tried)
        return _unfit(record) if refusal is None else refusal.reason

    def _judge(self, record: Record, mark: Mark) -> None:
        if self._leans(record):
            self._enter()
        verdict = self._verdict(record, mark)
        match verdict:
            case Accepted():
                self._ids.add(record.header.id)
                self._ready.append(_Ready(record, mark, verdict.system, verdict))
            case Waiting():
                position = mark.position
                self.tx.wait(record, needs=verdict.on, feed=position, at_ms=self.at_ms)
                self.tally.waiting += 1
            case Refused():
                self._refuse(record, mark, verdict)
                self.tx.turn_away(
                    record.digest, record.header.id, record.header.version, verdict.code, self.at_ms
                )
                self._come.append(record.header.id)
            case _:
                assert_never(verdict)

    def again(self) -> None:
        """Judge again what waits for time alone; give up what has waited too long for another record."""
        for row in self.tx.waiting():
            mark = self._mark_of(row.record, row.feed)
            if not row.needs:
                self.tx.stop_waiting(row.digest)
                self._judge(row.record, mark)
            elif row.at_ms <= self.at_ms - WAIT_MS:
                self.tx.stop_waiting(row.digest)
                self._refuse(row.record, mark, Refused(SOURCE_MISSING))
        self._enter()
        self._release()

    def _verdict(self, record: Record, mark: Mark) -> Verdict:
        if receipts.is_receipt(record):
            return self._receipt(record)
        return self.rules.accept(self.tx, record, mark)

    def _receipt(self, record: Record) -> Verdict:
        me = self.rules.me
        if set(record.header.label.audience) != {me, record.header.originator}:
            return Refused("record.audience-mismatch")
        receipts.check(record)
        return Accepted(system=True, then=lambda tx: receipts.take(tx, record, me))

    def _leans(self, record: Record) -> bool:
        """Whether judging the record may need what is ready but not entered."""
        if not self._ready:
            return False
        header = record.header
        kind = CATALOGUE.get(header.kind)
        if kind is None or kind.family == "system":
            return True
        named = (header.id, *header.rests_on, *(r.to for r in header.refs), *body_references(record.body))
        return not self._ids.isdisjoint(named)

    def _enter(self) -> None:
        ready, self._ready = self._ready, []
        self._ids = set()
        for part in _runs(ready):
            for each, entered in zip(part, self._append(part), strict=True):
                self._note(each, entered)

    def _append(self, part: Sequence[_Ready]) -> list[Entered | InputError]:
        first = part[0]
        position, system = first.mark.position, first.system
        try:
            records = [each.record for each in part]
            return [*self.tx.append_many(records, received_ms=self.at_ms, feed=position, system=system)]
        except InputError as error:
            if len(part) == 1:
                return [error]
            return [found for each in part for found in self._append([each])]

    def _note(self, each: _Ready, entered: Entered | InputError) -> None:
        record, header = each.record, each.record.header
        match entered:
            case Appended():
                self.tally.new += 1
                self._line(record, Line(header.id, header.version, "stored"))
                if each.verdict.then is not None:
                    each.verdict.then(self.tx)
                self._come += [header.id, *each.verdict.frees]
            case Held():
                self.tally.known += 1
                self._line(record, Line(header.id, header.version, "stored"))
            case Buried():
                self.tally.known += 1
                self._line(record, Line(header.id, header.version, "purged"))
            case Equivocation():
                self._refuse(record, each.mark, Refused(EQUIVOCATION, entered.digest.hex()))
            case InputError():
                self._refuse(record, each.mark, Refused(entered.code, str(entered)))
            case _:
                assert_never(entered)

    def _release(self) -> None:
        """Put to judgement what waited for records that have come now, and what waited for those."""
        while self._come and (self.tally.waiting or self.tx.waiting(1)):
            come, self._come = self._come, []
            for row in [row for record_id in come for row in self.tx.waiting_for(record_id)]:
                self.tx.stop_waiting(row.digest)
                self._judge(row.record, self._mark_of(row.record, row.feed))
            self._enter()
        self._come = []

    def _mark_of(self, record: Record, position: FeedMark | None) -> Mark:
        known = None if position is None else self.tx.feed_in(position.feed)
        if known is None or position is None:
            return Mark(b"", 0, record.header.originator, (), self.rules.charter().epoch)
        return Mark(
            position.feed, position.number, known.originator, known.recipients, self.rules.charter().epoch
        )

    def _refuse(self, record: Record, mark: Mark, refused: Refused) -> None:
        self._quarantine(refused.code, record.signed, record.digest, record.header.originator, refused.detail)
        self.tally.refused.append(refused.code)
        if refused.code == REVOKED:
            self._hold_back(record, mark)
        if mark.originator == record.header.originator:
            header = record.header
            self._line(record, Line(header.id, header.version, "refused", refused.code))

    def _last_good(self, record: Record, mark: Mark) -> int | None:
        key = self.rules.charter().sign_key(record.header.originator, record.header.signer)
        revoked = key is not None and key.revoked_ms is not None
        return self.tx.revoked_number(record.header.signer, mark.feed) if revoked else None

    def _hold_back(self, record: Record, mark: Mark) -> None:
        """Keep a record of a revoked key for an officer to settle."""
        if genuine(record, self.rules.charter()):
            self.tx.hold_back(record, feed=mark.position, at_ms=self.at_ms, entered=False)

    def _quarantine(self, code: str, signed: Signed, digest: bytes, party: Party, detail: str) -> None:
        if not self.tx.in_quarantine(code, digest):
            raw = msgspec.msgpack.encode(self._kept(signed))
            self.tx.quarantine(code, raw, digest=digest, at_ms=self.at_ms, party=party, detail=detail)

    def _kept(self, signed: Signed) -> Signed:
        """Return what may rest of a refused record: of a protected one the outline of its header alone."""
        try:
            header = Record(signed).header
        except InputError:
            return signed
        hidden = any(code in self.tx.core.protected for code in header.label.compartments)
        return Signed(encode_header(stripped(header)), b"", b"") if hidden else signed

    def _line(self, record: Record, line: Line) -> None:
        if not receipts.is_receipt(record):
            self.lines[record.header.originator].append(line)


def _unfit(record: Record) -> str | None:
    """Return the code of a body that its kind does not allow, though it can be read."""
    try:
        check_body(record.body)
    except InputError as error:
        return error.code
    return None


def _runs(ready: Sequence[_Ready]) -> list[list[_Ready]]:
    """Return the records in runs that can be appended by one call: same place, same nature."""
    found: list[list[_Ready]] = []
    for each in ready:
        last = found[-1][-1] if found else None
        if last is not None and (last.mark, last.system) == (each.mark, each.system):
            found[-1].append(each)
        else:
            found.append([each])
    return found
