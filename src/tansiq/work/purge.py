"""Purge: obeying a recall, and declaring the deletion once the bytes are gone. Source: DESIGN 1 (I6), 7.

1. ``obey`` runs in the transaction that takes the recall in: versions are buried under signed
   tombstones, and what is to be declared is noted.
2. ``declare`` runs afterwards: it rewrites what still holds old bytes, and only then signs and queues
   the declarations.
"""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import Struct

from tansiq.base.clock import Clock, millis, moment
from tansiq.base.ids import Entropy, id_of, owned_id, raw_of
from tansiq.model.kinds.purge_proof import PurgeProof
from tansiq.model.kinds.recall import Recall
from tansiq.model.label import Party, label
from tansiq.model.record import RECALL, SALT_BYTES, Author, Header, Record, encode_body
from tansiq.model.tombstone import EVERY_VERSION, Tombstone, tombstone_digest
from tansiq.seal.keys import PartyKeys, sign
from tansiq.seal.sign import sign_record
from tansiq.store.store import Store, WriteTx
from tansiq.store.values import StoredRecord

_OWED: Final = "purge."
_NODE: Final = Author("node")
_TITLE: Final = "purge-proof"


class _Owed(Struct, frozen=True):
    """A declaration that is still to be made."""

    to: Party
    recall: bytes
    record: bytes
    versions: tuple[int, ...]
    digests: tuple[str, ...]
    at_ms: int


def obey(tx: WriteTx, keys: PartyKeys, header: Header, recall: Recall, *, at_ms: int) -> None:
    """Bury what a recall (its ``header`` and body) takes back here, and note the declaration that is due."""
    if recall.mode == "narrow" and keys.party in recall.keep:
        return
    target = raw_of(recall.record)
    wanted = set(recall.versions)
    doomed = [v for v in tx.versions(target) if not v.buried and (not wanted or v.version in wanted)]
    digests = bury(tx, keys, target, tuple(recall.versions), doomed, why=header.id, at_ms=at_ms)
    owed = _Owed(
        header.originator,
        header.id,
        target,
        tuple(v.version for v in doomed),
        tuple(d.hex() for d in digests),
        at_ms,
    )
    tx.set_setting(_OWED + header.record_id, msgspec.json.encode(owed).decode())


def bury(
    tx: WriteTx,
    keys: PartyKeys,
    target: bytes,
    versions: tuple[int, ...],
    doomed: list[StoredRecord],
    *,
    why: bytes,
    at_ms: int,
) -> tuple[bytes, ...]:
    """Bury versions (none named = every one, held or to come); return the digests of what was held."""
    if not versions:
        return tx.bury(target, (), _signed(keys, _blank(keys, target, EVERY_VERSION, why, at_ms)))
    by_version = {v.version: v for v in doomed}
    gone: tuple[bytes, ...] = ()
    for version in versions:
        stone = _blank(keys, target, version, why, at_ms)
        if (held := by_version.get(version)) is not None:
            stone = msgspec.structs.replace(
                stone, digest=held.digest, header_hash=held.header_hash, body_hash=held.body_hash
            )
        gone += tx.bury(target, (version,), _signed(keys, stone))
    return gone


def declare(store: Store, keys: PartyKeys, clock: Clock, entropy: Entropy) -> int:
    """Make every declaration that is due; return how many. Raises StoreBusy while a reader is in the way."""
    with store.read() as rx:
        due = {k: v for k, v in rx.settings().items() if k.startswith(_OWED) and v}
    if not due:
        return 0
    store.scrub()
    with store.write() as tx:
        for key, value in due.items():
            owed = msgspec.json.decode(value, type=_Owed)
            record = _proof(owed, keys, clock, entropy)
            tx.append(record, received_ms=record.header.created_ms, system=True)
            tx.queue(record.digest, (owed.to,), RECALL, at_ms=record.header.created_ms)
            tx.set_setting(key, "")
    return len(due)


def _proof(owed: _Owed, keys: PartyKeys, clock: Clock, entropy: Entropy) -> Record:
    now = clock.now()
    header = Header(
        id=raw_of(owned_id(keys.party, now, entropy)),
        kind="purge-proof/1",
        originator=keys.party,
        signer=keys.signer_id,
        author=_NODE,
        created_ms=millis(now),
        priority=RECALL,
        label=label((keys.party, owed.to)),
    )
    body = PurgeProof(
        title=_TITLE,
        recall=id_of(owed.recall),
        record=id_of(owed.record),
        versions=owed.versions,
        digests=owed.digests,
        deleted_at=moment(owed.at_ms),
        held=bool(owed.digests),
    )
    return Record(sign_record(header, encode_body(body, entropy.take(SALT_BYTES)), keys))


def _blank(keys: PartyKeys, target: bytes, version: int, why: bytes, at_ms: int) -> Tombstone:
    return Tombstone(
        record=target, version=version, why=why, at_ms=at_ms, party=keys.party, signer=keys.signer_id
    )


def _signed(keys: PartyKeys, stone: Tombstone) -> Tombstone:
    return msgspec.structs.replace(stone, signature=sign(keys, tombstone_digest(stone)))
