"""A party's next keys: made, kept beside those in force, and turned to when the charter names them.

1. From their making on the node opens what is sealed for either; it signs with the old until the epoch is
   adopted that lists the new.
2. They rest in the node's ``private`` file, under its passphrase; every start turns to them again once the
   charter names them. The old seal identities stay, to open what was sealed for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from tansiq.base.clock import millis
from tansiq.base.ids import Entropy
from tansiq.exchange.charters import CharterBook
from tansiq.model.charter import Charter, SealKey, SignKey
from tansiq.node.locked import Held, put_private
from tansiq.seal.keys import PartyKeys, generate, load, save
from tansiq.store.store import Store

NEXT: Final = "keys.next"


class Turning:
    """The next keys of a running node, if there are any, and when they are turned to."""

    def __init__(self, folder: Path, opened: Held, book: CharterBook, store: Store, entropy: Entropy) -> None:
        self._folder = folder
        self._keys = opened.keys
        self._store = store
        self._entropy = entropy
        self._next = next_of(opened.private)
        if self._next is not None:
            _open_with(self._keys, self._next)
        book.on_new(self._turn)
        if book.epoch:
            self._turn(book())

    def prepare(self, now: datetime) -> tuple[SignKey, SealKey]:
        """Make the next keys and keep them (rule 1); return what the charter is to say of them.

        Raises PassphraseNeeded where the node's secrets are locked and nobody is there to open them.
        """
        self._next = make_next(self._folder, self._keys, self._entropy)
        _open_with(self._keys, self._next)
        return self._next.sign_key(from_ms=millis(now)), self._next.seal_key(from_ms=millis(now))

    def _turn(self, charter: Charter) -> None:
        newer = self._next
        if newer is None or newer.signer_id == self._keys.signer_id:
            return
        if charter.sign_key(newer.party, newer.signer_id) is not None:
            with self._store.write():
                self._keys.turn(newer)


def make_next(folder: Path, keys: PartyKeys, entropy: Entropy) -> PartyKeys:
    """Make a party's next keys and keep them in its node's folder, beside those in force."""
    newer = generate(keys.party, entropy=entropy, keep=keys.seal_identities)
    put_private(folder, NEXT, save(newer, passphrase=None, entropy=entropy).hex(), entropy=entropy)
    return newer


def next_of(private: Mapping[str, str]) -> PartyKeys | None:
    """Return the next keys that are kept, if there are any."""
    kept = private.get(NEXT)
    return None if not kept else load(bytes.fromhex(kept))


def _open_with(keys: PartyKeys, newer: PartyKeys) -> None:
    identities = tuple(dict.fromkeys((*keys.seal_identities, *newer.seal_identities)))
    keys.turn(PartyKeys(keys.party, keys.signer_id, keys.seed, identities))
