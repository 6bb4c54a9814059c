"""How an epoch of the charter becomes valid, and who receives under it. Source: DESIGN 1 (I5).

1. The first epoch is signed by all its members. Every other one by ``amend_quorum`` members of the
   epoch before it (0 = all of them), or, when it only suspends, by ``suspend_quorum`` of them.
2. A signature counts when its party was an active member of the epoch before at ``issued_ms`` and
   its key, as that epoch lists it, was in force and not revoked.
3. Epochs follow without a gap; each names the hash of the one before; time does not run back; the
   mark of an exercise never changes; no party and no key vanishes or changes under its id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec

from tansiq.base.refusal import Refusal
from tansiq.model.charter import (
    BadCharter,
    Charter,
    CharterRules,
    CharterSignature,
    Circle,
    CircleCode,
    Compartment,
    KeyId,
    LastGood,
    Names,
    PartyEntry,
    PartyType,
    SealKey,
    Seat,
    SignedCharter,
    SignKey,
    decode_charter,
    encode_charter,
)
from tansiq.model.label import EVERYBODY, Label, Party
from tansiq.seal.keys import PartyKeys, sign, verify

__all__ = [
    "Charter",
    "CharterRules",
    "CharterSignature",
    "Circle",
    "CircleCode",
    "Compartment",
    "KeyId",
    "LastGood",
    "Names",
    "PartyEntry",
    "PartyType",
    "SealKey",
    "Seat",
    "SignKey",
    "SignedCharter",
    "charter_hash",
    "decode_charter",
    "encode_charter",
    "recipients_of",
    "sign_charter",
    "verify_charter",
]

_DOMAIN: Final = b"tansiq.charter/1"


def charter_hash(raw: bytes) -> bytes:
    """Return the hash of a charter's bytes: what is signed and what the next epoch names."""
    return hashlib.sha256(_DOMAIN + raw).digest()


def sign_charter(charter: Charter | SignedCharter, keys: Iterable[PartyKeys]) -> SignedCharter:
    """Return the charter with the signatures of these parties added."""
    signed = charter if isinstance(charter, SignedCharter) else SignedCharter(encode_charter(charter))
    digest = charter_hash(signed.charter)
    added = tuple(CharterSignature(k.party, k.signer_id, sign(k, digest)) for k in keys)
    return SignedCharter(signed.charter, signed.signatures + added)


def verify_charter(signed: SignedCharter, *, previous: SignedCharter | None) -> Charter | Refusal:
    """Return the charter if it may follow ``previous`` (None: if it may be the first), else why not.

    ``previous`` must have been verified. Reasons: ``charter.malformed``, ``charter.not-next``,
    ``charter.altered-past``, ``charter.exercise``, ``charter.quorum`` (``missing``: members who have
    not signed).
    """
    try:
        charter = decode_charter(signed.charter)
        before = decode_charter(previous.charter) if previous else None
    except BadCharter:
        return Refusal("charter.malformed")
    if (wrong := _sound(charter)) is not None:
        return wrong
    if before is None or previous is None:
        if charter.epoch != 1 or charter.previous is not None:
            return Refusal("charter.not-next")
        lacking = _quorate(charter, signed, charter, 0)
        return charter if lacking is None else lacking
    if (wrong := _follows(charter, before, charter_hash(previous.charter))) is not None:
        return wrong
    rules = before.rules
    needed = rules.suspend_quorum if _only_suspends(before, charter) else rules.amend_quorum
    lacking = _quorate(charter, signed, before, needed)
    return charter if lacking is None else lacking


def recipients_of(label: Label, charter: Charter, originator: Party, *, now: datetime) -> tuple[Party, ...]:
    """Return to whom a record goes: its active audience (EVERYBODY: all parties) without the originator."""
    active = charter.active_parties(now=now)
    reached = active if label.audience == (EVERYBODY,) else set(active) & set(label.audience)
    return tuple(sorted(set(reached) - {originator}))


def _sound(charter: Charter) -> Refusal | None:
    codes = [p.code for p in charter.parties]
    keys = [k.id for p in charter.parties for k in p.sign_keys]
    boxes = [b for p in charter.parties for b in (p.mailbox, p.alert_mailbox)]
    unique = all(len(set(each)) == len(each) for each in (codes, keys, boxes))
    sized = all(len(b) == 16 for b in boxes) and all(
        len(k.public) == 32 for p in charter.parties for k in p.sign_keys
    )
    seated = {s.party for c in charter.circles for s in c.members} | {s.party for s in charter.presidency}
    rules = charter.rules.amend_quorum >= 0 and charter.rules.suspend_quorum >= 0
    named = "" not in codes and not {EVERYBODY, "ALL", "OWN"} & set(codes)
    sound = unique and sized and rules and named and seated <= set(codes) and charter.form >= 1
    return None if sound else Refusal("charter.malformed")


def _follows(charter: Charter, before: Charter, before_hash: bytes) -> Refusal | None:
    if charter.epoch != before.epoch + 1 or charter.previous != before_hash:
        return Refusal("charter.not-next")
    if charter.issued_ms < before.issued_ms:
        return Refusal("charter.not-next")
    if charter.exercise != before.exercise:
        return Refusal("charter.exercise")
    gone = frozenset(_vanished(charter, before))
    return Refusal("charter.altered-past", gone) if gone else None


def _vanished(charter: Charter, before: Charter) -> Iterable[str]:
    for old in before.parties:
        new = charter.party(old.code)
        if new is None:
            yield old.code
            continue
        kept = {(k.id, k.public, k.from_ms) for k in new.sign_keys}
        yield from (k.id for k in old.sign_keys if (k.id, k.public, k.from_ms) not in kept)


def _only_suspends(before: Charter, after: Charter) -> bool:
    def bare(charter: Charter) -> Charter:
        parties = tuple(msgspec.structs.replace(p, suspended_ms=None) for p in charter.parties)
        return msgspec.structs.replace(charter, parties=parties, epoch=0, previous=None, issued_ms=0)

    lifted = any(
        old.suspended_ms is not None
        and (new := after.party(old.code))
        and new.suspended_ms != old.suspended_ms
        for old in before.parties
    )
    return bare(before) == bare(after) and not lifted


def _quorate(charter: Charter, signed: SignedCharter, voters: Charter, needed: int) -> Refusal | None:
    at_ms = charter.issued_ms
    members = {p.code for p in voters.parties if p.type == "member" and p.active_at(at_ms)}
    digest = charter_hash(signed.charter)
    given = {s.party for s in signed.signatures if s.party in members and _counts(s, voters, digest, at_ms)}
    enough = len(members) if needed == 0 else min(needed, len(members))
    if members and len(given) >= enough:
        return None
    return Refusal("charter.quorum", frozenset(members - given))


def _counts(signature: CharterSignature, voters: Charter, digest: bytes, at_ms: int) -> bool:
    key = voters.sign_key(signature.party, signature.signer)
    if key is None or not key.from_ms <= at_ms or (key.until_ms is not None and key.until_ms <= at_ms):
        return False
    if key.revoked_ms is not None and key.revoked_ms <= at_ms:
        return False
    return verify(key.public, digest, signature.signature)
