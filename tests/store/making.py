"""Records and stores for the tests of store and search."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from tansiq.base.clock import SetClock, millis
from tansiq.base.ids import SeededEntropy, owned_id, raw_of
from tansiq.model.kind import Body
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.label import Label, Party, label
from tansiq.model.record import Author, Header, Record, Signed, encode_body, encode_header
from tansiq.model.tombstone import Tombstone
from tansiq.seal.cells import new_pair
from tansiq.store.holders import OfficerKey
from tansiq.store.keyring import Keyring
from tansiq.store.store import Store, WriteTx

SECRET: Final = b"k" * 32
START: Final = datetime(2031, 5, 1, 8, tzinfo=UTC)
NOW_MS: Final = millis(START)
FOUR: Final = label(["DZ", "ML", "MR", "NE"])

StoreMaker = Callable[..., Store]


def new_store(url: str, *, protected: tuple[str, ...] = ()) -> Store:
    """Make a store of Mali's at an address."""
    return Store.create(
        url,
        party=Party("ML"),
        exercise=True,
        secret=SECRET,
        clock=SetClock(START),
        entropy=SeededEntropy("store"),
        protected=protected,
    )


class Maker:
    """Makes records one after another, repeatably."""

    def __init__(self, seed: str = "records") -> None:
        self._entropy = SeededEntropy(seed)

    def id(self) -> bytes:
        """Return a new record id."""
        return raw_of(owned_id("ML", START, self._entropy))

    def __call__(
        self,
        title: str = "كمين قرب تمبكتو",
        text: str = "",
        *,
        body: Body | None = None,
        bears: Label = FOUR,
        after_ms: int = 0,
        **header: Any,
    ) -> Record:
        """Return a record; header fields by name."""
        made = body or Tearline(title=title, text=text)
        given: dict[str, Any] = {
            "id": self.id(),
            "kind": type(made).__struct_config__.tag,
            "originator": Party("ML"),
            "signer": "ML-1",
            "author": Author("ضابط-7"),
            "created_ms": NOW_MS + after_ms,
            "label": bears,
        }
        head = Header(**(given | header))
        salted = encode_body(made, self._entropy.take(16))
        return Record(Signed(encode_header(head), salted, b"s" * 64))


def tombstone(record: Record, *, version: int | None = None) -> Tombstone:
    """Return a tombstone of a record; ``version`` 0 = of every version."""
    header_hash, body_hash = record.commitments
    return Tombstone(
        record=record.header.id,
        version=record.header.version if version is None else version,
        digest=record.digest,
        header_hash=header_hash,
        body_hash=body_hash,
        why=bytes(16),
        at_ms=NOW_MS,
        party=Party("ML"),
        signer="ML-1",
        signature=b"t" * 64,
    )


def taken_back(store: Store, half: Callable[[WriteTx], object]) -> None:
    """Begin a transaction, do the half of it, and fail."""
    try:
        with store.write() as tx:
            half(tx)
            raise _FailedOnPurpose
    except _FailedOnPurpose:
        return


class _FailedOnPurpose(Exception):
    pass


def holding(store: Store, *codes: str, officer: str = "عائشة") -> tuple[Store, Keyring]:
    """Put an officer on the rosters of compartments; return the store and his keys."""
    pair = new_pair()
    with store.write() as tx:
        tx.save_officer_key(OfficerKey(officer, pair.public, b"", b"", NOW_MS))
        for code in codes:
            tx.new_cell(code, first=officer, at_ms=NOW_MS)
        keys = Keyring(officer, pair.private, {})
        keys.hold(tx.held_by(officer))
    return store, keys
