"""The charters a node knows: the epoch in force, the way a new one comes in and goes on to others.

1. Epochs come in one after the other, each verified against the one before; a gap waits.
2. A node that meets a peer with an older epoch sends it the ones it lacks; whoever carries them, the
   signatures decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from tansiq.base.errors import SetupError
from tansiq.base.refusal import Refusal
from tansiq.model.charter import BadCharter
from tansiq.model.label import Party
from tansiq.policy.charter import (
    Charter,
    SignedCharter,
    charter_hash,
    decode_charter,
    verify_charter,
)
from tansiq.store.store import Store, WriteTx

OLD_BOX_MS: Final = 30 * 86_400_000
"""How long a mailbox is read after the charter gave its party another."""
_SIGNED = msgspec.msgpack.Decoder(SignedCharter)


class NoCharter(SetupError):
    """The node has no charter yet: it knows neither parties nor keys."""

    code = "charter.none"


class CharterBook:
    """The signed charters in the store, oldest first. Calling it gives the charter in force."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._signed: tuple[SignedCharter, ...] = ()
        self._charters: tuple[Charter, ...] = ()
        self._listeners: list[Callable[[Charter], None]] = []
        self.refresh()

    def __call__(self) -> Charter:
        """Return the charter in force. Raises NoCharter."""
        if not self._charters:
            raise NoCharter("no charter is known here")
        return self._charters[-1]

    @property
    def newest(self) -> SignedCharter | None:
        """The signed charter in force; None if there is none."""
        return self._signed[-1] if self._signed else None

    def signed_at(self, epoch: int) -> SignedCharter | None:
        """Return the signed charter of an epoch, None if it is not known."""
        pairs = zip(self._signed, self._charters, strict=True)
        return next((s for s, c in pairs if c.epoch == epoch), None)

    def all(self) -> tuple[Charter, ...]:
        """Return the charters of all epochs, the oldest first."""
        return self._charters

    def on_new(self, listener: Callable[[Charter], None]) -> None:
        """Call ``listener`` with each charter that comes into force from now on."""
        self._listeners.append(listener)

    @property
    def newest_hash(self) -> bytes:
        """The hash of the charter in force; empty if there is none."""
        return charter_hash(self._signed[-1].charter) if self._signed else b""

    @property
    def epoch(self) -> int:
        """The epoch in force; 0 if there is none."""
        return self._charters[-1].epoch if self._charters else 0

    def at(self, epoch: int) -> Charter:
        """Return the charter of an epoch; of one that is not known, the one in force."""
        return next((c for c in self._charters if c.epoch == epoch), self())

    def since(self, epoch: int) -> tuple[SignedCharter, ...]:
        """Return the signed charters after an epoch."""
        return tuple(s for s, c in zip(self._signed, self._charters, strict=True) if c.epoch > epoch)

    def mailboxes(self, party: str) -> frozenset[bytes]:
        """Return every mailbox a party has had: frames may be on their way to an older token."""
        entries = [e for c in self._charters if (e := c.party(party)) is not None]
        return frozenset(box for e in entries for box in (e.mailbox, e.alert_mailbox))

    def refresh(self) -> None:
        """Read the store again: another process may have put a charter there."""
        with self._store.read() as rx:
            raws = rx.charters()
        if len(raws) != len(self._signed):
            before = len(self._signed)
            self._signed = tuple(_SIGNED.decode(raw) for raw in raws)
            self._charters = tuple(decode_charter(s.charter) for s in self._signed)
            for charter in self._charters[before:]:
                for listener in self._listeners:
                    listener(charter)

    def found(self, signed: Iterable[SignedCharter], *, at_ms: int) -> Refusal | None:
        """Put in the first charters of a new node, in order; return why one does not hold."""
        for each in signed:
            with self._store.write() as tx:
                refused = self.adopt(tx, each, at_ms=at_ms)
            if isinstance(refused, Refusal):
                return refused
            self.refresh()
        return None

    def adopt(self, tx: WriteTx, signed: SignedCharter, *, at_ms: int) -> Charter | Refusal:
        """Verify and keep the next epoch; return it, or the one held. ``refresh`` after the commit."""
        if (held := self._held(signed)) is not None:
            return held
        previous = self._signed[-1] if self._signed else None
        found = verify_charter(signed, previous=previous)
        if isinstance(found, Charter):
            tx.put_charter(msgspec.msgpack.encode(signed), found.epoch, at_ms=at_ms)
        return found

    def forks(self, signed: SignedCharter) -> bool:
        """Whether a charter is good for an epoch that another one holds here: two for one epoch."""
        try:
            epoch = decode_charter(signed.charter).epoch
        except BadCharter:
            return False
        if self._held(signed) is not None or not 0 < epoch <= self.epoch:
            return False
        return isinstance(verify_charter(signed, previous=self.signed_at(epoch - 1)), Charter)

    def boxes(self, party: Party, *, at_ms: int) -> tuple[tuple[bytes, bytes], ...]:
        """Return the mailboxes to read for a party, routine and alert: the newest first, then older ones that
        were given up less than ``OLD_BOX_MS`` ago.
        """
        found: list[tuple[bytes, bytes]] = []
        given_up_ms = at_ms
        for charter in reversed(self._charters):
            entry = charter.party(party)
            if entry is None or at_ms - given_up_ms > OLD_BOX_MS:
                break
            if (entry.mailbox, entry.alert_mailbox) not in found:
                found.append((entry.mailbox, entry.alert_mailbox))
            given_up_ms = charter.issued_ms
        return tuple(found)

    def _held(self, signed: SignedCharter) -> Charter | None:
        pairs = zip(self._signed, self._charters, strict=True)
        return next((c for s, c in pairs if s.charter == signed.charter), None)
