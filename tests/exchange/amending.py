"""Later epochs of a test federation's charter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from tansiq.base.clock import millis
from tansiq.exchange.charters import CharterBook
from tansiq.policy.charter import Charter, SignedCharter, charter_hash, decode_charter, sign_charter
from tansiq.store.store import Store
from tests.federation import TYPES, Federation


def amended(
    fed: Federation, before: SignedCharter, party: str, *, now: datetime, **changes: Any
) -> SignedCharter:
    """The next epoch, with changes to one party's entry, signed by the members."""
    old = decode_charter(before.charter)
    parties = tuple(msgspec.structs.replace(p, **changes) if p.code == party else p for p in old.parties)
    after: Charter = msgspec.structs.replace(
        old,
        epoch=old.epoch + 1,
        previous=charter_hash(before.charter),
        issued_ms=millis(now),
        parties=parties,
    )
    members = [k for code, k in fed.keys.items() if TYPES[code] == "member" and code != party]
    return sign_charter(after, members)


def adopt(store: Store, book: CharterBook, signed: SignedCharter, *, now: datetime) -> None:
    """Put an epoch into one node, as its administrator does."""
    assert book.found([signed], at_ms=millis(now)) is None
