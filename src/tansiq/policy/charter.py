"""How an epoch of the charter becomes valid, and who receives under it. Source: DESIGN 1 (I5).

1. The first epoch is signed by all its members. Every other one by members of the epoch before it that have
   begun and not ended, its roll:
   a. an amendment by ``amend_quorum`` of those that are not suspended (0 = all of these);
   b. one that only suspends by ``suspend_quorum`` of those that it does not suspend (0 = all of these):
      nobody is asked whether he is to be suspended;
   c. one that only lifts suspensions by ``amend_quorum`` of the whole roll, the suspended included.
   No quorum shrinks because members are suspended, and 0 never means less than a majority of the roll. What
   only suspends leaves as many active members as an amendment needs: a few cannot bar the others one by one.
2. A signature counts when its party is among those of rule 1 at ``issued_ms`` and its key, as the epoch
   before lists it, was then in force and not revoked.
3. Epochs follow without a gap; each names the hash of the one before; time does not run back; the
   mark of an exercise never changes; no party and no key vanishes or changes under its id, what is
   revoked stays revoked, and no suspension begins before the epoch that brings it.
4. A compartment that is marked as protected has a code that can be (``policy.compartments``): a mark that
   would not hold is no charter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

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
from tansiq.policy.compartments import is_protected
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
    "Standing",
    "charter_hash",
    "decode_charter",
    "encode_charter",
    "only_suspends",
    "recipients_of",
    "sign_charter",
    "standing",
    "suspended_by",
    "verify_charter",
]

_DOMAIN: Final = b"tansiq.charter/1"
Kind = Literal["first", "suspension", "lift", "amendment"]
"""By which rule an epoch is signed."""


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
    ``charter.altered-past``, ``charter.exercise``, ``charter.too-few`` (a suspension that leaves too few
    active members), ``charter.quorum`` (``missing``: members who have not signed).
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
    elif (wrong := _follows(charter, before, charter_hash(previous.charter))) is not None:
        return wrong
    found = _standing(charter, signed, before)
    return charter if found.quorate else Refusal("charter.quorum", frozenset(found.lacking))


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the signatures under a charter have come.

    ``kind`` tells which rule counts; ``needed`` how many of ``given`` and ``lacking`` together must sign.
    """

    kind: Kind
    needed: int
    given: tuple[Party, ...]
    lacking: tuple[Party, ...]

    @property
    def quorate(self) -> bool:
        """Whether enough have signed; where nobody may, nobody has."""
        return len(self.given) >= max(self.needed, 1)


def standing(signed: SignedCharter, *, previous: SignedCharter | None) -> Standing:
    """Return who has signed a charter and who may still. Raises BadCharter."""
    before = decode_charter(previous.charter) if previous else None
    return _standing(decode_charter(signed.charter), signed, before)


def only_suspends(before: Charter, after: Charter) -> bool:
    """Whether nothing but suspensions is new in ``after``: none is lifted, none is moved."""
    return _bare(before) == _bare(after) and all(
        old.suspended_ms is None or _suspended_ms(after, old.code) == old.suspended_ms
        for old in before.parties
    )


def suspended_by(before: Charter, after: Charter) -> frozenset[Party]:
    """Return the parties whose suspension is new in ``after``."""
    return frozenset(
        p.code
        for p in after.parties
        if p.suspended_ms is not None and p.suspended_ms != _suspended_ms(before, p.code)
    )


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
    marked = all(is_protected(c.code, charter) for c in charter.compartments if c.protected)
    sound = unique and sized and rules and named and marked and seated <= set(codes) and charter.form >= 1
    return None if sound else Refusal("charter.malformed")


def _follows(charter: Charter, before: Charter, before_hash: bytes) -> Refusal | None:
    if charter.epoch != before.epoch + 1 or charter.previous != before_hash:
        return Refusal("charter.not-next")
    if charter.issued_ms < before.issued_ms:
        return Refusal("charter.not-next")
    if charter.exercise != before.exercise:
        return Refusal("charter.exercise")
    gone = frozenset(_vanished(charter, before))
    return Refusal("charter.altered-past", gone) if gone else _too_few(before, charter)


def _vanished(charter: Charter, before: Charter) -> Iterable[str]:
    for old in before.parties:
        new = charter.party(old.code)
        if new is None:
            yield old.code
            continue
        kept = {(k.id, k.public, k.from_ms) for k in new.sign_keys}
        yield from (k.id for k in old.sign_keys if (k.id, k.public, k.from_ms) not in kept)
        sealed = {(k.id, k.recipient, k.from_ms) for k in new.seal_keys}
        yield from (k.id for k in old.seal_keys if (k.id, k.recipient, k.from_ms) not in sealed)
        yield from (k.id for k in old.sign_keys if _taken_back(k, new))
        if new.suspended_ms not in (None, old.suspended_ms) and new.suspended_ms < charter.issued_ms:
            yield old.code


def _taken_back(key: SignKey, entry: PartyEntry) -> bool:
    """Whether a revocation is gone, or begins later than it did."""
    now = next((k.revoked_ms for k in entry.sign_keys if k.id == key.id), None)
    return key.revoked_ms is not None and (now is None or now > key.revoked_ms)


def _bare(charter: Charter) -> Charter:
    parties = tuple(msgspec.structs.replace(p, suspended_ms=None) for p in charter.parties)
    return msgspec.structs.replace(charter, parties=parties, epoch=0, previous=None, issued_ms=0)


def _suspended_ms(charter: Charter, code: str) -> int | None:
    entry = charter.party(code)
    return None if entry is None else entry.suspended_ms


def _rule(charter: Charter, before: Charter | None) -> Kind:
    if before is None:
        return "first"
    if only_suspends(before, charter):
        return "suspension"
    return "lift" if only_suspends(charter, before) else "amendment"


def _roll(charter: Charter, at_ms: int) -> tuple[PartyEntry, ...]:
    """Return the members that have begun and not ended, suspended or not."""
    members = (p for p in charter.parties if p.type == "member")
    return tuple(p for p in members if msgspec.structs.replace(p, suspended_ms=None).active_at(at_ms))


def _needed(quorum: int, roll: int, askable: int) -> int:
    """Return how many must sign: the quorum; for 0 all who may, and no less than a majority of the roll."""
    return min(quorum, roll) if quorum else max(askable, roll // 2 + 1)


def _standing(charter: Charter, signed: SignedCharter, before: Charter | None) -> Standing:
    at_ms, voters = charter.issued_ms, before or charter
    kind, roll = _rule(charter, before), _roll(voters, at_ms)
    may = {p.code for p in roll if kind == "lift" or p.active_at(at_ms)}
    if kind == "suspension":
        may -= suspended_by(voters, charter)
    quorum = voters.rules.suspend_quorum if kind == "suspension" else voters.rules.amend_quorum
    needed = len(roll) if kind == "first" else _needed(quorum, len(roll), len(may))
    digest = charter_hash(signed.charter)
    given = {s.party for s in signed.signatures if s.party in may and _counts(s, voters, digest, at_ms)}
    return Standing(kind, needed, tuple(sorted(given)), tuple(sorted(may - given)))


def _too_few(before: Charter, after: Charter) -> Refusal | None:
    """Return why a suspension may not be: it leaves fewer active members than an amendment needs."""
    at_ms, barred = after.issued_ms, suspended_by(before, after)
    if not barred or not only_suspends(before, after):
        return None
    roll = _roll(before, at_ms)
    left = [p for p in roll if p.active_at(at_ms) and p.code not in barred]
    enough = len(left) >= _needed(before.rules.amend_quorum, len(roll), 0)
    return None if enough else Refusal("charter.too-few", barred)


def _counts(signature: CharterSignature, voters: Charter, digest: bytes, at_ms: int) -> bool:
    key = voters.sign_key(signature.party, signature.signer)
    if key is None or not key.from_ms <= at_ms or (key.until_ms is not None and key.until_ms <= at_ms):
        return False
    if key.revoked_ms is not None and key.revoked_ms <= at_ms:
        return False
    return verify(key.public, digest, signature.signature)
