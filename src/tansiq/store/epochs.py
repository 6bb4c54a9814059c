"""Charter epochs in the store: proposals and voices, what is to be told, who knows which epoch.

A proposal is kept until its epoch is decided and after; what a party said of it last is its voice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from sqlalchemy import Row, bindparam, delete, func, insert, select

from tansiq.model.label import Party
from tansiq.store.tables import versions
from tansiq.store.tables_charter import (
    charter_mail,
    charter_proposals,
    charter_voices,
    farewells,
    peer_epochs,
)
from tansiq.store.tables_node import charters, segments_out
from tansiq.store.tx import Tx

VoiceAct = Literal["sign", "withdraw", "decline"]
MailKind = Literal["proposal", "voice", "epoch", "farewell"]


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposed charter: its hash, epoch and bytes, from whom it came and when."""

    digest: bytes
    epoch: int
    raw: bytes
    by: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """What a party last said of a proposal; ``signature`` is empty unless it signed."""

    digest: bytes
    party: str
    act: VoiceAct
    signature: bytes
    at_ms: int


@dataclass(frozen=True, slots=True)
class MailRow:
    """Something of the charter that is still to be told to a party."""

    what: MailKind
    subject: bytes
    party: Party
    at_ms: int


@dataclass(frozen=True, slots=True)
class KnownEpoch:
    """That a party knows an epoch: since when by its own clock (0 = not said), and when that was heard."""

    party: Party
    epoch: int
    since_ms: int
    heard_ms: int


@dataclass(frozen=True, slots=True)
class FarewellRow:
    """A leaving party's signed declaration, as it came."""

    party: Party
    at_ms: int
    raw: bytes
    signature: bytes


_MAIL: Final = (
    select(charter_mail)
    .order_by(charter_mail.c.at_ms, charter_mail.c.what, charter_mail.c.party)
    .limit(bindparam("limit"))
)
_EPOCH_TIMES: Final = select(charters.c.epoch, charters.c.at_ms)


class EpochsReading(Tx):
    """Reading of charter epochs."""

    def proposal(self, digest: bytes) -> ProposalRow | None:
        """Return a proposal by its charter's hash."""
        row = self.one(select(charter_proposals).where(charter_proposals.c.digest == digest))
        return None if row is None else _proposal(row)

    def proposals(self, epoch: int | None = None) -> tuple[ProposalRow, ...]:
        """Return the proposals for an epoch, or all, the newest first."""
        found = select(charter_proposals).order_by(
            charter_proposals.c.at_ms.desc(), charter_proposals.c.digest
        )
        if epoch is not None:
            found = found.where(charter_proposals.c.epoch == epoch)
        return tuple(_proposal(row) for row in self.all(found))

    def voices(self, digest: bytes) -> tuple[VoiceRow, ...]:
        """Return what each party last said of a proposal."""
        found = select(charter_voices).where(charter_voices.c.digest == digest)
        rows = self.all(found.order_by(charter_voices.c.party))
        return tuple(VoiceRow(r.digest, r.party, r.act, r.signature, r.at_ms) for r in rows)

    def charter_mail(self, limit: int = 200) -> tuple[MailRow, ...]:
        """Return what is still to be told of the charter, oldest first."""
        rows = self.all(_MAIL, limit=limit)
        return tuple(MailRow(r.what, r.subject, Party(r.party), r.at_ms) for r in rows)

    def known_epochs(self, epoch: int | None = None) -> tuple[KnownEpoch, ...]:
        """Return who knows an epoch, or every one heard of."""
        found = select(peer_epochs).order_by(peer_epochs.c.epoch, peer_epochs.c.party)
        if epoch is not None:
            found = found.where(peer_epochs.c.epoch == epoch)
        return tuple(KnownEpoch(Party(r.party), r.epoch, r.since_ms, r.heard_ms) for r in self.all(found))

    def epoch_times(self) -> dict[int, int]:
        """Return when each epoch was adopted here, by epoch."""
        return {row.epoch: row.at_ms for row in self.all(_EPOCH_TIMES)}

    def numbers_before(self, at_ms: int) -> dict[bytes, int]:
        """Return the last number of each of our feeds whose segment was made before a moment."""
        last = select(segments_out.c.feed, func.max(segments_out.c.number)).where(
            segments_out.c.at_ms < at_ms
        )
        return {row[0]: row[1] for row in self.conn.execute(last.group_by(segments_out.c.feed))}

    def holdings_of(self, originator: Party) -> dict[bytes, bool]:
        """Return the records of a party that are or were held here, and whether any version still is."""
        of = select(versions.c.record, func.count().filter(~versions.c.buried))
        mine = of.where(versions.c.originator == originator, ~versions.c.system)
        rows = self.conn.execute(mine.group_by(versions.c.record).order_by(versions.c.record))
        return {row[0]: row[1] > 0 for row in rows}

    def farewells(self) -> tuple[FarewellRow, ...]:
        """Return the declarations of parties that left, newest first."""
        rows = self.all(select(farewells).order_by(farewells.c.at_ms.desc(), farewells.c.party))
        return tuple(FarewellRow(Party(r.party), r.at_ms, r.raw, r.signature) for r in rows)


class EpochsWriting(EpochsReading):
    """Writing of charter epochs."""

    def put_proposal(self, row: ProposalRow) -> None:
        """Keep a proposal; one that is known stays as it is."""
        if self.proposal(row.digest) is None:
            self.run(insert(charter_proposals), [asdict(row)])
            self.touched.topics.add("charter")

    def put_voice(self, row: VoiceRow) -> None:
        """Note what a party says of a proposal; it replaces what it said before."""
        this = (charter_voices.c.digest == row.digest, charter_voices.c.party == row.party)
        self.run(delete(charter_voices).where(*this))
        self.run(insert(charter_voices), [asdict(row)])
        self.touched.topics.add("charter")

    def tell(self, what: MailKind, subject: bytes, parties: Iterable[Party], *, at_ms: int) -> None:
        """Note that parties are to be told something of the charter."""
        names = sorted(set(parties))
        this = (charter_mail.c.what == what, charter_mail.c.subject == subject)
        self.run(delete(charter_mail).where(*this, charter_mail.c.party.in_(names)))
        rows = [{"what": what, "subject": subject, "party": p, "at_ms": at_ms} for p in names]
        self.run(insert(charter_mail), rows)
        self.touched.topics |= {"charter", "outbox"}

    def told(self, rows: Sequence[MailRow]) -> None:
        """Note that these were told."""
        for row in rows:
            this = (charter_mail.c.what == row.what, charter_mail.c.subject == row.subject)
            self.run(delete(charter_mail).where(*this, charter_mail.c.party == row.party))

    def epoch_known(self, row: KnownEpoch) -> None:
        """Note that a party knows an epoch; what was heard first stays."""
        this = (peer_epochs.c.party == row.party, peer_epochs.c.epoch == row.epoch)
        if self.one(select(peer_epochs.c.epoch).where(*this)) is None:
            self.run(insert(peer_epochs), [asdict(row)])
            self.touched.topics.add("charter")

    def put_farewell(self, row: FarewellRow) -> None:
        """Keep a leaving party's declaration."""
        this = (farewells.c.party == row.party, farewells.c.at_ms == row.at_ms)
        self.run(delete(farewells).where(*this))
        self.run(insert(farewells), [asdict(row)])
        self.touched.topics.add("charter")


def _proposal(row: Row[Any]) -> ProposalRow:
    return ProposalRow(row.digest, row.epoch, row.raw, row.by, row.at_ms)
