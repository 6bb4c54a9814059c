"""Purge: obeying a recall, destroying what has ended, and declaring the deletion. Source: DESIGN 1 (I6), 7.

1. ``obey`` runs in the transaction that takes the recall in, whether its record has come or not: versions are
   buried under signed tombstones, what else rests of them (waiting and refused copies, drafts that name the
   record) goes, grants to those who lost it end, and what is to be declared is noted.
2. What has ended is shown to nobody by the node's own clock; ``end`` destroys it when others bear that clock
   out (``sure_ms``), so that a wrong clock destroys nothing. What else rests of it goes as at a recall.
   Translations of what goes, and the asks for one, go with it, whoever wrote them.
3. ``declare`` runs afterwards: it rewrites what still holds old bytes, and only then signs and queues
   the declarations.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Final, Literal

import msgspec
from msgspec import Struct

from tansiq.base.clock import Clock, millis, moment
from tansiq.base.ids import Entropy, RecordId, id_of, owned_id, raw_of
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.purge_proof import PurgeProof
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.translation import Translation
from tansiq.model.label import Party, label
from tansiq.model.outline import BodyClosed
from tansiq.model.record import RECALL, SALT_BYTES, Author, Header, Record, encode_body
from tansiq.model.tombstone import EVERY_VERSION, Tombstone, tombstone_digest
from tansiq.seal.keys import PartyKeys, sign
from tansiq.seal.sign import sign_record
from tansiq.store.store import ReadTx, Store, WriteTx
from tansiq.store.values import StoredRecord
from tansiq.work.lessons import forget_record
from tansiq.work.originals import enclosing, let_go, originals

_OWED: Final = "purge."
_SCRUB: Final = "scrub"
_GRANT: Final = "grant/1"
_FOLLOWING: Final = frozenset({"translation/1", "translation-ask/1"})
_NODE: Final = Author("node")
_TITLE: Final = "purge-proof"

Why = Literal["recall", "narrowed", "expired"]


class _Owed(Struct, frozen=True):
    """A declaration that is still to be made."""

    to: Party
    recall: bytes
    record: bytes
    versions: tuple[int, ...]
    digests: tuple[str, ...]
    at_ms: int
    why: Why = "recall"


def obey(tx: WriteTx, keys: PartyKeys, header: Header, recall: Recall, *, at_ms: int) -> None:
    """Bury what a recall (its ``header`` and body) takes back here, and note the declaration that is due."""
    target = raw_of(recall.record)
    withdraw(tx, header, recall)
    if recall.mode == "narrow" and keys.party in recall.keep:
        return
    for follower in list(followers(tx, target, tuple(recall.versions))):
        held = [v for v in tx.versions(follower) if not v.buried]
        bury(tx, keys, follower, (), held, why=header.id, at_ms=at_ms)
        forget_copies_of(tx, follower, at_ms=at_ms)
    wanted = set(recall.versions)
    doomed = [v for v in tx.versions(target) if not v.buried and (not wanted or v.version in wanted)]
    digests = bury(tx, keys, target, tuple(recall.versions), doomed, why=header.id, at_ms=at_ms)
    if not wanted:
        forget_copies_of(tx, target, at_ms=at_ms)
    versions = tuple(recall.versions)  # none = every one, those that never came too
    why: Why = "narrowed" if recall.mode == "narrow" else "recall"
    owed = _Owed(header.originator, header.id, target, versions, _hex(digests), at_ms, why)
    tx.set_setting(_OWED + header.record_id, msgspec.json.encode(owed).decode())


def forget_copies_of(tx: WriteTx, record_id: bytes, *, at_ms: int) -> None:
    """Destroy drafts and lessons that name a record, and the files that these were read from."""
    forget_record(tx, id_of(record_id))
    gone = frozenset(tx.forget_copies(record_id))
    for held in list(originals(tx, None)) if gone else ():
        if not gone.isdisjoint(held.file.drafts):
            for each in enclosing(tx, held.id):
                let_go(tx, each, at_ms=at_ms)


def withdraw(tx: WriteTx, header: Header, recall: Recall) -> None:
    """Note who may still have the record, and end the grants made to others before the recall."""
    target = raw_of(recall.record)
    if recall.mode != "narrow" and not recall.versions:
        forget_record(tx, RecordId(recall.record))
    keep = {*recall.keep, header.originator} if recall.mode == "narrow" else {header.originator}
    tx.note_withdrawal(
        target, recall.versions, recall=header.id, mode=recall.mode, keep=keep, at_ms=header.created_ms
    )
    for follower in list(followers(tx, target, tuple(recall.versions))):
        tx.note_withdrawal(
            follower, (), recall=header.id, mode=recall.mode, keep=keep, at_ms=header.created_ms
        )
        if recall.mode != "narrow":
            tx.unqueue(follower)
    later = granted_after(tx, target, header.created_ms)
    if recall.mode == "narrow" or not recall.versions:
        over = {p for p in tx.granted_to(target) if p not in keep and p not in later}
        if over:
            tx.end_grants(target, over)


def followers(rx: ReadTx, target: bytes, versions: tuple[int, ...] = ()) -> Iterator[bytes]:
    """Yield the translations of a record, or of some of its versions, and the asks for one."""
    for role, record_id in rx.referrers(target):
        stored = rx.record(record_id) if role in ("derived-from", "of_record") else None
        if stored is None or stored.buried or stored.header.kind not in _FOLLOWING:
            continue
        if not versions or _version_of(stored) in (None, *versions):
            yield stored.header.id


def _version_of(stored: StoredRecord) -> int | None:
    with suppress(BodyClosed):
        return getattr(stored.body, "of_version", None)
    return None


def is_gone(rx: ReadTx, body: object, me: Party) -> bool:
    """Whether what a translation is of was taken back from this party: its version, or all of it."""
    if not isinstance(body, Translation) or body.of_record is None:
        return False
    found = [w for w in rx.withdrawals(RecordId(body.of_record)) if me not in w.keep]
    return any(w.version == 0 or w.covers(body.of_version or 0) for w in found)


def granted_after(rx: ReadTx, target: bytes, at_ms: int) -> set[Party]:
    """Return whom grants made after a moment name."""
    return {p for at, grant in grants_of(rx, target) if at > at_ms for p in grant.to}


def grants_of(rx: ReadTx, target: bytes) -> list[tuple[int, Grant]]:
    """Return the grants held for a record, each with the time it was made."""
    found = []
    for role, record_id in rx.referrers(target):
        stored = rx.record(record_id) if role == "record" else None
        if stored is None or stored.buried or stored.header.kind != _GRANT:
            continue
        with suppress(BodyClosed):  # a grant under a protected compartment opens in a session alone
            if isinstance(stored.body, Grant):
                found.append((stored.header.created_ms, stored.body))
    return found


def end(tx: WriteTx, keys: PartyKeys, *, sure_ms: int, at_ms: int) -> int:
    """Destroy what ended before ``sure_ms``, and note the declarations; return how many versions went."""
    gone = 0
    for target, _ in tx.ended(sure_ms):
        over = [v for v in tx.versions(target) if not v.buried and _over(v, sure_ms)]
        gone += _ended(tx, keys, target, over, at_ms=at_ms)
        if over and all(v.buried for v in tx.versions(target)):
            for follower in list(followers(tx, target)):
                theirs = [v for v in tx.versions(follower) if not v.buried]
                gone += _ended(tx, keys, follower, theirs, at_ms=at_ms)
    if sure_ms >= at_ms:
        for target in tx.beyond_us():
            over = [v for v in tx.versions(target) if not v.buried and v.originator != keys.party]
            gone += _ended(tx, keys, target, over, at_ms=at_ms)
    return gone


def _over(stored: StoredRecord, sure_ms: int) -> bool:
    until_ms = stored.header.label.until_ms
    return until_ms is not None and until_ms <= sure_ms


def _ended(tx: WriteTx, keys: PartyKeys, target: bytes, over: list[StoredRecord], *, at_ms: int) -> int:
    if not over:
        return 0
    versions = tuple(v.version for v in over)
    digests = bury(tx, keys, target, versions, over, why=b"", at_ms=at_ms)
    if all(v.buried for v in tx.versions(target)):
        forget_copies_of(tx, target, at_ms=at_ms)
    originator = over[-1].originator
    if originator != keys.party and not over[-1].system:
        owed = _Owed(originator, target, target, versions, _hex(digests), at_ms, "expired")
        tx.set_setting(f"{_OWED}{id_of(target)}.{versions[-1]}", msgspec.json.encode(owed).decode())
    else:
        tx.set_setting(_SCRUB, "yes")
    return len(over)


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
        noted = rx.settings()
    due = {k: v for k, v in noted.items() if k.startswith(_OWED) and v}
    if not due and not noted.get(_SCRUB):
        return 0
    store.scrub()
    with store.write() as tx:
        tx.set_setting(_SCRUB, "")
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
        why=owed.why,
    )
    return Record(sign_record(header, encode_body(body, entropy.take(SALT_BYTES)), keys))


def _hex(digests: tuple[bytes, ...]) -> tuple[str, ...]:
    return tuple(d.hex() for d in digests)


def _blank(keys: PartyKeys, target: bytes, version: int, why: bytes, at_ms: int) -> Tombstone:
    return Tombstone(
        record=target, version=version, why=why, at_ms=at_ms, party=keys.party, signer=keys.signer_id
    )


def _signed(keys: PartyKeys, stone: Tombstone) -> Tombstone:
    return msgspec.structs.replace(stone, signature=sign(keys, tombstone_digest(stone)))
