"""What was withdrawn, by whose recall, and what was turned away: read and written."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Row, delete, func, insert, select

from tansiq.base.clock import millis
from tansiq.base.ids import RecordId, id_of
from tansiq.model.label import Party
from tansiq.model.tombstone import EVERY_VERSION
from tansiq.store.appending import RecordsWriting
from tansiq.store.bulk import among
from tansiq.store.log import WITHDRAW
from tansiq.store.tables import grants, log, records, refs, tombstones, versions
from tansiq.store.tables_node import deliveries, drafts, outbox, quarantine, segment_items
from tansiq.store.tables_withdrawal import turned_away, withdrawn
from tansiq.store.tx import Tx
from tansiq.store.values import Withdrawal, joined, parted, raw_id

RESTS_ON: Final = ("source", "derived-from")
"""The roles under which a record rests on another."""


class WithdrawalReading(Tx):
    """Reading of withdrawals."""

    def withdrawals(self, record_id: RecordId | bytes) -> tuple[Withdrawal, ...]:
        """Return what was withdrawn of a record, as recalls obeyed here say."""
        try:
            raw = raw_id(record_id)
        except ValueError:
            return ()
        return self.withdrawals_of([raw]).get(raw, ())

    def recalls_of(self, record_id: RecordId | bytes) -> tuple[tuple[bytes, int | None], ...]:
        """Return the recalls of a record, oldest first, each with the number of the label it bears now."""
        try:
            raw = raw_id(record_id)
        except ValueError:
            return ()
        found = (
            select(withdrawn.c.recall, records.c.label_id)
            .outerjoin_from(withdrawn, records, withdrawn.c.recall == records.c.record)
            .where(withdrawn.c.record == raw)
            .order_by(withdrawn.c.at_ms, withdrawn.c.recall, withdrawn.c.version)
        )
        return tuple((row.recall, row.label_id) for row in self.all(found))

    def withdrawals_of(self, record_ids: Sequence[bytes]) -> dict[bytes, tuple[Withdrawal, ...]]:
        """Return the withdrawals of those of many records that have any."""
        found: dict[bytes, tuple[Withdrawal, ...]] = {}
        wanted = select(withdrawn).where(withdrawn.c.record.in_(list(record_ids)))
        for row in self.all(wanted.order_by(withdrawn.c.at_ms, withdrawn.c.recall, withdrawn.c.version)):
            found[row.record] = (*found.get(row.record, ()), _withdrawal(row))
        return found

    def newest_withdrawals(self, limit: int = 200) -> tuple[Withdrawal, ...]:
        """Return withdrawals, the newest first."""
        order = (withdrawn.c.at_ms.desc(), withdrawn.c.recall, withdrawn.c.version)
        return tuple(_withdrawal(r) for r in self.all(select(withdrawn).order_by(*order).limit(limit)))

    def withdrawn_from(self, digests: Sequence[bytes], parties: Collection[Party]) -> set[bytes]:
        """Return those of the versions that one of the parties may not have any more."""
        same = (withdrawn.c.record == versions.c.record) & withdrawn.c.version.in_((0, versions.c.version))
        found = select(versions.c.digest, withdrawn.c.keep, withdrawn.c.record, withdrawn.c.at_ms)
        wanted = found.join_from(versions, withdrawn, same).where(versions.c.digest.in_(list(digests)))
        gone = set()
        for row in self.all(wanted):
            lost = set(parties) - set(parted(row.keep))
            if lost - self._granted_anew(row.record, lost):
                gone.add(row.digest)
        return gone

    def _granted_anew(self, record_id: bytes, parties: Collection[Party]) -> set[Party]:
        there = select(grants.c.party).where(grants.c.record == record_id, grants.c.party.in_(list(parties)))
        return {Party(p) for p in self.conn.execute(there).scalars()}

    def ours_at(self, party: Party, limit: int = 10_000) -> tuple[tuple[RecordId, int, int | None], ...]:
        """Return ``(record, version, sent_ms)`` of what is in segments for a party, the newest first."""
        found = (
            select(versions.c.record, versions.c.version, func.max(deliveries.c.sent_ms).label("sent_ms"))
            .join_from(versions, segment_items, segment_items.c.digest == versions.c.digest)
            .join(
                deliveries,
                (deliveries.c.feed == segment_items.c.feed) & (deliveries.c.number == segment_items.c.number),
            )
            .where(deliveries.c.party == party, versions.c.originator == self.core.party, ~versions.c.system)
            .group_by(versions.c.seq, versions.c.record, versions.c.version)
            .order_by(versions.c.seq.desc())
        )
        return tuple((id_of(r.record), r.version, r.sent_ms) for r in self.all(found.limit(limit)))

    def entombed(self, record_ids: Sequence[bytes]) -> set[bytes]:
        """Return those of many records of which some version is refused here for ever."""
        column = tombstones.c.record
        return {row.record for row in among(self.conn, (column,), column, record_ids)}

    def was_turned_away(self, record_id: bytes) -> bool:
        """Whether a record was refused here and nothing of it is held."""
        return self.one(select(turned_away.c.code).where(turned_away.c.record == record_id)) is not None

    def resting_on_withdrawn(
        self, originator: Party, limit: int = 200
    ) -> tuple[tuple[RecordId, RecordId], ...]:
        """Return ``(record, source)``: current records of a party that rest on what was withdrawn."""
        gone = withdrawn.c.mode, withdrawn.c.keep
        found = (
            select(records.c.record, refs.c.target, *gone)
            .join_from(refs, records, refs.c.pos == records.c.pos)
            .join(withdrawn, withdrawn.c.record == refs.c.target)
            .where(refs.c.role.in_(RESTS_ON), records.c.originator == originator)
            .order_by(records.c.pos.desc(), refs.c.n)
        )
        me = self.core.party
        rows = [r for r in self.all(found.limit(limit)) if r.mode != "narrow" or me not in parted(r.keep)]
        return tuple(dict.fromkeys((id_of(r.record), id_of(r.target)) for r in rows))

    def beyond_us(self, limit: int = 500) -> tuple[bytes, ...]:
        """Return current records whose label does not reach this party any more: a grant to it has ended."""
        book = self.core.book.known(self.conn)
        labels = [number for number, label in book.items() if not label.reaches(self.core.party)]
        found = select(records.c.record).where(records.c.label_id.in_(labels), ~records.c.system)
        return tuple(self.conn.execute(found.order_by(records.c.pos).limit(limit)).scalars())

    def ended(self, before_ms: int, limit: int = 500) -> tuple[tuple[bytes, int], ...]:
        """Return ``(record, version)`` of current records whose label ended by then."""
        found = select(records.c.record, records.c.version).where(records.c.until_ms <= before_ms)
        return tuple((r.record, r.version) for r in self.all(found.order_by(records.c.until_ms).limit(limit)))


class Withdrawing(RecordsWriting, WithdrawalReading):
    """Writing of withdrawals."""

    def note_withdrawal(
        self,
        record_id: bytes,
        named: Sequence[int],
        *,
        recall: bytes,
        mode: str,
        keep: Collection[Party],
        at_ms: int,
    ) -> None:
        """Note who may still have versions (none named = every one); grants to others, made before, end."""
        rows = [
            {"record": record_id, "version": v, "recall": recall, "mode": mode, "at_ms": at_ms}
            | {"keep": joined(tuple(keep))}
            for v in dict.fromkeys(named or (EVERY_VERSION,))
        ]
        self.run(delete(withdrawn).where(withdrawn.c.record == record_id, withdrawn.c.recall == recall))
        self.run(insert(withdrawn), rows)
        payload = hashlib.sha256(
            msgspec.msgpack.encode((record_id, recall, tuple(named), mode, sorted(keep)))
        )
        self.run(insert(log), [self.chain.entry(WITHDRAW, payload.digest(), millis(self.core.clock.now()))])
        self.relabel([record_id])

    def end_grants(self, record_id: bytes, parties: Collection[Party]) -> None:
        """End what was granted of a record to these parties."""
        gone = grants.c.record == record_id, grants.c.party.in_(list(parties))
        self.run(delete(grants).where(*gone))
        self._log_grant(record_id, EVERY_VERSION, (), millis(self.core.clock.now()))
        self.relabel([record_id])

    def unqueue(self, record_id: bytes, named: Sequence[int] = ()) -> None:
        """Take versions of a record (none named = every one) out of what waits to be sent."""
        digests = select(versions.c.digest).where(versions.c.record == record_id)
        if named:
            digests = digests.where(versions.c.version.in_(named))
        self.run(delete(outbox).where(outbox.c.digest.in_(digests)))
        self.touched.topics.add("outbox")

    def turn_away(self, digest: bytes, record_id: bytes, version: int, code: str, at_ms: int) -> None:
        """Note a refused record by its id."""
        self.run(delete(turned_away).where(turned_away.c.digest == digest))
        row = {"digest": digest, "record": record_id, "version": version, "code": code, "at_ms": at_ms}
        self.run(insert(turned_away), [row])

    def forget_copies(self, record_id: bytes) -> tuple[str, ...]:
        """Destroy what else of a record rests here: refused bytes, drafts that name it; return whose ids."""
        digests = select(turned_away.c.digest).where(turned_away.c.record == record_id)
        held = select(versions.c.digest).where(versions.c.record == record_id)
        either = quarantine.c.digest.in_(digests) | quarantine.c.digest.in_(held)
        self.run(quarantine.update().where(either).values(sealed=b""))
        naming = self._drafts_naming(record_id)
        self.run(delete(drafts).where(drafts.c.id.in_(naming)))
        return tuple(naming)

    def _drafts_naming(self, record_id: bytes) -> list[str]:
        name = id_of(record_id).encode()
        rows = self.all(select(drafts.c.id, drafts.c.sealed))
        return [r.id for r in rows if name in self.core.vault.unlock(r.sealed, r.id.encode())]


def _withdrawal(row: Row[Any]) -> Withdrawal:
    return Withdrawal(
        id_of(row.record), row.version, id_of(row.recall), row.mode, parted(row.keep), row.at_ms
    )
