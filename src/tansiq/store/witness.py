"""Stamps: numbered commitments to the ends of journal and log, and what is known of those of others.

1. A stamp is made once a round of head lists, whatever has happened since: its number tells of no act and of
   no record. ``commitment = SHA-256("tansiq.stamp/1" | salt | journal number | journal hash | log number |
   log hash)``; the salt (32 bytes) stays here, so that a commitment tells nothing either.
2. ``hash = SHA-256("tansiq.stamps/1" | hash before | number | commitment)``; before the first, 32 zero bytes.
   Whoever holds one stamp can fold the commitments after it and see that a later one follows from it.
3. Numbers are u64, big-endian.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, bindparam, delete, func, insert, select

from tansiq.base.ids import Entropy
from tansiq.model.label import Party
from tansiq.store.people import PeopleReading
from tansiq.store.reading import RecordsReading
from tansiq.store.tables import log
from tansiq.store.tables_keep import retold, stamps, witnessed
from tansiq.store.tables_node import journal

START: Final = bytes(32)
LINKS_LIMIT: Final = 4096
LINKS_TO_STRANGERS: Final = 32


@dataclass(frozen=True, slots=True)
class Stamp:
    """A number and a hash: what parties tell each other."""

    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Retold:
    """What ``teller`` says it was told of ``party``."""

    teller: Party
    party: Party
    stamp: Stamp
    at_ms: int


def committed(salt: bytes, journal: tuple[int, bytes], log: tuple[int, bytes]) -> bytes:
    """Return the commitment to the ends of journal and log (rule 1)."""
    ends = b"".join(number.to_bytes(8, "big") + digest for number, digest in (journal, log))
    return hashlib.sha256(b"tansiq.stamp/1" + salt + ends).digest()


def stamp_hash(previous: bytes, number: int, commitment: bytes) -> bytes:
    """Return a stamp's hash (rule 2)."""
    return hashlib.sha256(b"tansiq.stamps/1" + previous + number.to_bytes(8, "big") + commitment).digest()


def folded(held: Stamp, commitments: Sequence[bytes]) -> tuple[Stamp, ...]:
    """Return the stamps that follow from ``held`` by these commitments, in order."""
    found, last = [], held
    for commitment in commitments:
        last = Stamp(last.number + 1, stamp_hash(last.hash, last.number + 1, commitment))
        found.append(last)
    return tuple(found)


def _newest_of_each() -> Select[Any]:
    top = select(witnessed.c.party, func.max(witnessed.c.number).label("number")).group_by(witnessed.c.party)
    newest = top.subquery()
    same = (witnessed.c.party == newest.c.party) & (witnessed.c.number == newest.c.number)
    return select(witnessed).join(newest, same).order_by(witnessed.c.party)


_OUR_NEWEST: Final = select(stamps.c.number, stamps.c.hash).order_by(stamps.c.number.desc()).limit(1)
_NEWEST_OF_EACH: Final = _newest_of_each()
_RETOLD: Final = select(retold).where(retold.c.party == bindparam("party")).order_by(retold.c.teller)


class WitnessReading(RecordsReading, PeopleReading):
    """Reading of stamps, our own and those of others."""

    def stamp_head(self) -> Stamp:
        """Return our newest stamp; number 0 before the first."""
        row = self.one(_OUR_NEWEST)
        return Stamp(0, START) if row is None else Stamp(row.number, row.hash)

    def stamp(self, number: int) -> Stamp | None:
        """Return one stamp of our own."""
        found = self.value(select(stamps.c.hash).where(stamps.c.number == number))
        return None if found is None else Stamp(number, bytes(found))

    def journal_at(self, number: int) -> bytes | None:
        """Return the hash of a journal entry; 32 zero bytes before the first."""
        found = self.value(select(journal.c.hash).where(journal.c.seq == number)) if number else START
        return None if found is None else bytes(found)

    def log_at(self, number: int) -> bytes | None:
        """Return the hash of a log entry; 32 zero bytes before the first."""
        found = self.value(select(log.c.hash).where(log.c.seq == number)) if number else START
        return None if found is None else bytes(found)

    def links(self, after: int | None) -> tuple[bytes, ...]:
        """Return the commitments after a number, or the last few for one who holds nothing yet."""
        last = self.stamp_head().number
        first = max(0 if after is None else after, last - LINKS_LIMIT)
        first = max(first, last - LINKS_TO_STRANGERS) if after is None else first
        found = select(stamps.c.commitment).where(stamps.c.number > first).order_by(stamps.c.number)
        return tuple(self.conn.execute(found).scalars())

    def witnessed_last(self) -> dict[Party, Stamp]:
        """Return the newest stamp of each party that we were told."""
        return {Party(row.party): Stamp(row.number, row.hash) for row in self.all(_NEWEST_OF_EACH)}

    def witnessed(self, party: Party, number: int) -> bytes | None:
        """Return the hash under which a party's stamp was told us."""
        this = (witnessed.c.party == party, witnessed.c.number == number)
        found = self.value(select(witnessed.c.hash).where(*this))
        return None if found is None else bytes(found)

    def has_linked(self, party: Party) -> bool:
        """Whether a party has ever shown us that its stamps follow from each other."""
        shown = select(witnessed.c.number).where(
            witnessed.c.party == party, witnessed.c.commitment.is_not(None)
        )
        return self.one(shown.limit(1)) is not None

    def witnessed_after(self, party: Party, number: int) -> tuple[tuple[Stamp, bytes | None], ...]:
        """Return a party's stamps after a number, each with its commitment where it was shown."""
        found = select(witnessed).where(witnessed.c.party == party, witnessed.c.number > number)
        rows = self.all(found.order_by(witnessed.c.number).limit(LINKS_LIMIT))
        return tuple((Stamp(row.number, row.hash), row.commitment) for row in rows)

    def retold(self, party: Party) -> tuple[Retold, ...]:
        """Return what others say they were told of a party; of our own, what they last witnessed."""
        rows = self.all(_RETOLD, party=party)
        return tuple(Retold(Party(r.teller), party, Stamp(r.number, r.hash), r.at_ms) for r in rows)


class WitnessWriting(WitnessReading):
    """Writing of stamps, our own and those of others."""

    def put_stamp(self, entropy: Entropy, *, at_ms: int) -> Stamp:
        """Make our next stamp over the journal and the log as they stand in this transaction."""
        before, salt = self.stamp_head(), entropy.take(32)
        journal, log = self.journal_head(), self.log_head()
        commitment = committed(salt, journal, log)
        number = before.number + 1
        made = Stamp(number, stamp_hash(before.hash, number, commitment))
        row = {"number": number, "journal_seq": journal[0], "log_seq": log[0], "salt": salt}
        self.run(insert(stamps), [{**row, "commitment": commitment, "hash": made.hash, "at_ms": at_ms}])
        return made

    def regain_stamp(self, stamp: Stamp, commitment: bytes, *, at_ms: int) -> None:
        """Enter a stamp of our own that we lost and a peer has kept."""
        row = {"number": stamp.number, "journal_seq": None, "log_seq": None, "salt": None}
        self.run(insert(stamps), [{**row, "commitment": commitment, "hash": stamp.hash, "at_ms": at_ms}])

    def witness(self, party: Party, stamp: Stamp, commitment: bytes | None, *, at_ms: int) -> None:
        """Keep a stamp that a party told us; one that is kept stays as it is."""
        if self.witnessed(party, stamp.number) is None:
            row = {"party": party, "number": stamp.number, "hash": stamp.hash, "commitment": commitment}
            self.run(insert(witnessed), [{**row, "at_ms": at_ms}])

    def retell(self, teller: Party, party: Party, stamp: Stamp, *, at_ms: int) -> None:
        """Keep what a party says it was last told of another, or of us."""
        self.run(delete(retold).where(retold.c.teller == teller, retold.c.party == party))
        row = {"teller": teller, "party": party, "number": stamp.number, "hash": stamp.hash}
        self.run(insert(retold), [{**row, "at_ms": at_ms}])
