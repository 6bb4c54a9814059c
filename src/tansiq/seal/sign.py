"""Signing with a party's keys, and verifying against the charter. Source: DESIGN 1 (I2–I5), 4, 6.

1. A signer is a key of the originator's entry in the charter; it counts when it was in force at the
   time the signed thing bears.
2. A revoked key counts for nothing created from ``revoked_ms`` on, and, since that time is the
   signer's own word, for nothing in a feed beyond the last good number that the charter or the
   originator's head list names; what lies beyond, or in a feed that neither names, is ``*.revoked-key``.
   A note bears no place in a feed: none of a revoked key is taken, whatever its date.
3. A suspended or ended party signs nothing from then on.
4. A record's id is bound to its originator (``base.ids``); under an id of another's nothing is signed or
   taken, whichever came first.
5. A segment made under an older epoch is refused when it was made after the newer one was issued; one
   of a newer epoch than ours waits for the charter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tansiq.base.errors import TrustError
from tansiq.base.ids import id_of, owns
from tansiq.base.refusal import Refusal
from tansiq.model.charter import Charter, SignKey
from tansiq.model.label import Party
from tansiq.model.record import Header, Record, Signed, commit, digest_of, encode_header
from tansiq.seal.keys import PartyKeys, sign, verify
from tansiq.seal.segment import (
    Item,
    Note,
    NoteContent,
    Segment,
    SegmentHead,
    encode_head,
    encode_note,
    item_digest,
    note_hash,
    segment_hash,
    type_byte_of,
)

FOREIGN_ID: Final = "record.foreign-id"


class NotOurs(TrustError):
    """A thing to sign that names another originator or signer than the keys."""

    code = "keys.not-ours"


class ForeignId(TrustError):
    """A record to sign under an id that is not its originator's."""

    code = FOREIGN_ID


@dataclass(frozen=True, slots=True)
class FeedPosition:
    """Where a record came from: feed, number, and the last good number the originator named for it."""

    feed: bytes
    number: int
    last_good: int | None = None


def sign_record(header: Header, body: bytes, keys: PartyKeys) -> Signed:
    """Return the signed record. Raises NotOurs, ForeignId, TooManyRefs."""
    _ours(header.originator, header.signer, keys)
    if not owns(header.originator, header.id):
        raise ForeignId(f"{id_of(header.id)} is no id of {header.originator}")
    raw = encode_header(header)
    return Signed(raw, body, sign(keys, digest_of(*commit(raw, body))))


def sign_segment(head: SegmentHead, items: tuple[Item, ...], keys: PartyKeys) -> Segment:
    """Return the signed segment. Raises NotOurs."""
    _ours(head.originator, head.signer, keys)
    raw = encode_head(head)
    return Segment(raw, items, sign(keys, segment_hash(raw, [item_digest(i) for i in items])))


def sign_note(content: NoteContent, keys: PartyKeys) -> Note:
    """Return the signed note. Raises NotOurs."""
    _ours(content.originator, content.signer, keys)
    raw = encode_note(content)
    return Note(content, raw, sign(keys, note_hash(type_byte_of(content), raw)))


def verify_record(
    record: Record,
    charter: Charter,
    *,
    position: FeedPosition | None = None,
    check: Callable[[bytes, bytes, bytes], bool] = verify,
) -> Refusal | None:
    """Return None when the record is its originator's own, else why it is not taken.

    ``check`` answers as ``verify`` does; one that remembers (``Tried``) spares a second try.

    Reasons: ``record.unknown-signer``, ``record.not-originator`` (the key is another party's),
    ``record.key-not-valid``, ``record.revoked-key``, ``record.suspended``, ``record.foreign-id`` (rule 4),
    ``record.bad-signature``.
    """
    header = record.header
    key = signer_key(charter, header.originator, header.signer, header.created_ms, position)
    if isinstance(key, Refusal):
        return Refusal(f"record.{key.reason}", key.missing)
    if not owns(header.originator, header.id):
        return Refusal(FOREIGN_ID, frozenset({header.originator}))
    genuine = check(key.public, record.digest, record.signed.signature)
    return None if genuine else Refusal("record.bad-signature", frozenset({header.signer}))


def verify_segment(
    segment: Segment,
    charter: Charter,
    *,
    me: Party,
    last_good: int | None = None,
    check: Callable[[bytes, bytes, bytes], bool] = verify,
) -> Refusal | None:
    """Return None when the segment is for ``me``, of this epoch and its originator's own, else why not.

    ``last_good``: what the originator's head list names for this feed and a revoked signer. Reasons:
    ``segment.wrong-recipient``, ``segment.newer-epoch``, ``segment.stale-epoch`` and the reasons of
    ``verify_record`` with ``segment.`` before them. Chain and gaps are the feed's (``exchange``);
    the items' own signatures are ``verify_record``'s.
    """
    head = segment.head
    if me not in head.recipients:
        return Refusal("segment.wrong-recipient", frozenset({me}))
    if head.epoch > charter.epoch:
        return Refusal("segment.newer-epoch", frozenset({str(head.epoch)}))
    position = FeedPosition(head.feed, head.number, last_good)
    key = signer_key(charter, head.originator, head.signer, head.created_ms, position)
    if isinstance(key, Refusal):
        return Refusal(f"segment.{key.reason}", key.missing)
    if not check(key.public, segment.hash, segment.signature):
        return Refusal("segment.bad-signature", frozenset({head.signer}))
    return _stale(head.epoch, head.created_ms, charter)


def verify_note(note: Note, charter: Charter, *, me: Party) -> Refusal | None:
    """Return None when the note is for ``me`` and its originator's own; reasons as of segments, ``note.``."""
    content = note.content
    if content.to != me:
        return Refusal("note.wrong-recipient", frozenset({me}))
    key = signer_key(charter, content.originator, content.signer, content.created_ms)
    if isinstance(key, SignKey) and key.revoked_ms is not None:
        return Refusal("note.revoked-key", frozenset({content.signer}))
    if isinstance(key, Refusal):
        return Refusal(f"note.{key.reason}", key.missing)
    genuine = verify(key.public, note.hash, note.signature)
    return None if genuine else Refusal("note.bad-signature", frozenset({content.signer}))


def genuine(what: Record | Segment, charter: Charter) -> bool:
    """Whether a record or segment bears its signer's signature, though the key may be revoked since."""
    head = what.header if isinstance(what, Record) else what.head
    key = charter.sign_key(head.originator, head.signer)
    digest, signature = (
        (what.digest, what.signed.signature) if isinstance(what, Record) else (what.hash, what.signature)
    )
    return key is not None and verify(key.public, digest, signature)


def signer_key(
    charter: Charter, originator: Party, signer: str, at_ms: int, position: FeedPosition | None = None
) -> SignKey | Refusal:
    """Return the originator's key of that id if it counts at ``at_ms`` (rules 1–3), else why not."""
    entry = charter.party(originator)
    key = charter.sign_key(originator, signer)
    if entry is None or key is None:
        owner = charter.owner_of_key(signer)
        named = frozenset({signer, owner}) if owner else frozenset({signer})
        return Refusal("not-originator" if owner else "unknown-signer", named)
    if entry.suspended_ms is not None and entry.suspended_ms <= at_ms:
        return Refusal("suspended", frozenset({originator}))
    if not entry.active_at(at_ms):
        return Refusal("key-not-valid", frozenset({originator}))
    if at_ms < key.from_ms or (key.until_ms is not None and key.until_ms <= at_ms):
        return Refusal("key-not-valid", frozenset({signer}))
    if key.revoked_ms is not None and _beyond(key, key.revoked_ms, at_ms, position):
        return Refusal("revoked-key", frozenset({signer}))
    return key


def _beyond(key: SignKey, revoked_ms: int, at_ms: int, position: FeedPosition | None) -> bool:
    if at_ms >= revoked_ms:
        return True
    if position is None:
        return False
    named = [n for n in (key.last_number(position.feed), position.last_good) if n is not None]
    return position.number > max(named, default=0)


def _stale(epoch: int, created_ms: int, charter: Charter) -> Refusal | None:
    old = epoch < charter.epoch and created_ms >= charter.issued_ms
    return Refusal("segment.stale-epoch", frozenset({str(epoch)})) if old else None


def _ours(originator: str, signer: str, keys: PartyKeys) -> None:
    if (originator, signer) != (keys.party, keys.signer_id):
        raise NotOurs(f"{keys.party} cannot sign as {originator} with {signer}")
