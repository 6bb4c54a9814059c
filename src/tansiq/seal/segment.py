"""Segments, head lists and requests: what an age file holds, and what is signed of it.

1. A feed is an originator and one set of recipients. Its id is the first 16 bytes of
   ``SHA-256("tansiq.feed/1" | MessagePack [originator, [recipients, sorted, without the originator]])``.
   It is never sent: whoever reads the head computes it.
2. A segment is a head, its items in order, and a signature. An item is a signed record, or, when a
   body has been deleted since, the digest of one (``Buried``).
3. ``segment_hash = SHA-256("tansiq.segment/1" | SHA-256(head bytes) | each item's digest in order)``.
   It is what the originator signs and what the next segment's ``previous`` holds.
4. A note (head list, resend request, attachment, charter) is MessagePack bytes and a signature of
   ``SHA-256("tansiq.note/1" | type byte | bytes)``.
5. Head and note bytes are kept as they came; elements appended by a newer node are passed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import msgspec
from msgspec import Struct

from tansiq.base.errors import UNREADABLE, PeerError
from tansiq.model.charter import KeyId
from tansiq.model.label import Party
from tansiq.model.record import Record, Signed, commit, digest_of
from tansiq.seal.charter_notes import CharterProposal, CharterVoice, Farewell

ITEMS_LIMIT: Final = 1000
SEGMENT_LIMIT_BYTES: Final = 4 * 1024 * 1024
"""What is read; writers stop at an eighth of it. A hostile one of this size costs a second or two."""

HASH_BYTES: Final = 32


class BadSegment(PeerError):
    """Opened bytes that are no segment and no note."""

    code = "segment.malformed"


class SegmentTooLarge(BadSegment):
    """More items or bytes than a segment may hold, declared or found."""

    code = "segment.too-large"


class UnknownForm(BadSegment):
    """A form, packing or dictionary this program does not read."""

    code = "segment.unknown-form"


class SegmentHead(Struct, frozen=True, array_like=True, kw_only=True):
    """What a segment says of itself. ``recipients`` are sorted and without the originator."""

    form: int = 1
    originator: Party
    recipients: tuple[Party, ...]
    number: int
    previous: bytes | None = None
    epoch: int
    signer: KeyId
    created_ms: int
    priority: int

    @property
    def feed(self) -> bytes:
        """The feed's id (rule 1)."""
        return feed_id(self.originator, self.recipients)


class Buried(Struct, frozen=True, array_like=True):
    """The digest of a record whose body was deleted since it was first sent."""

    digest: bytes


Item = Signed | Buried


@dataclass(frozen=True)
class Segment:
    """Records of one originator for one set of recipients; ``raw_head`` is what was signed."""

    raw_head: bytes
    items: tuple[Item, ...]
    signature: bytes

    @cached_property
    def head(self) -> SegmentHead:
        """The head, read."""
        return decode_head(self.raw_head)

    @cached_property
    def digests(self) -> tuple[bytes, ...]:
        """The items' digests in order."""
        return tuple(item_digest(i) for i in self.items)

    @cached_property
    def hash(self) -> bytes:
        """The segment's hash (rule 3)."""
        return segment_hash(self.raw_head, self.digests)

    @property
    def records(self) -> tuple[Record, ...]:
        """The records whose bodies came, read. Raises ``record.malformed``."""
        return tuple(Record(i) for i in self.items if isinstance(i, Signed))


class Head(Struct, frozen=True, array_like=True):
    """The state of one feed: recipients, last number, its segment's hash, newest record's time."""

    recipients: tuple[Party, ...]
    number: int
    hash: bytes
    through_ms: int


class JournalHead(Struct, frozen=True, array_like=True):
    """The originator's newest stamp: a numbered, salted commitment to the ends of its journal and log."""

    number: int
    hash: bytes


class RevokedHead(Struct, frozen=True, array_like=True):
    """The last good number of a feed under a revoked key, told only to those the feed goes to."""

    signer: KeyId
    recipients: tuple[Party, ...]
    number: int


class WitnessedHead(Struct, frozen=True, array_like=True):
    """The newest stamp that the originator of a head list was told by ``party``."""

    party: Party
    number: int
    hash: bytes


class FeedSeen(Struct, frozen=True, array_like=True):
    """The newest segment that the originator of a head list holds of a feed that reaches both."""

    originator: Party
    recipients: tuple[Party, ...]
    number: int
    hash: bytes


class LostRange(Struct, frozen=True, array_like=True):
    """Numbers of a feed that its originator has lost with its store and can never send again."""

    recipients: tuple[Party, ...]
    first: int
    last: int


class HeadList(Struct, frozen=True, array_like=True, kw_only=True):
    """What ``originator`` has sent that includes ``to``: the feeds, their last numbers and hashes."""

    form: int = 1
    originator: Party
    to: Party
    created_ms: int
    epoch: int
    signer: KeyId
    heads: tuple[Head, ...] = ()
    journal: JournalHead | None = None
    charter_hash: bytes = b""
    revoked: tuple[RevokedHead, ...] = ()
    links: tuple[bytes, ...] = ()
    witnessed: tuple[WitnessedHead, ...] = ()
    seen: tuple[FeedSeen, ...] = ()
    lost: tuple[LostRange, ...] = ()
    epoch_since_ms: int = 0
    frame_bytes: int = 0


class ResendRequest(Struct, frozen=True, array_like=True, kw_only=True):
    """``originator`` of this note asks ``to`` to send segments of one of its feeds again."""

    form: int = 1
    originator: Party
    to: Party
    created_ms: int
    epoch: int
    signer: KeyId
    recipients: tuple[Party, ...]
    numbers: tuple[int, ...]


class BlobWish(Struct, frozen=True, array_like=True, kw_only=True):
    """``originator`` of this note asks ``to`` for bytes of an attachment, from ``offset`` on."""

    form: int = 1
    originator: Party
    to: Party
    created_ms: int
    epoch: int
    signer: KeyId
    digest: bytes
    offset: int = 0
    size_bytes: int = 262_144


class BlobPart(Struct, frozen=True, array_like=True, kw_only=True):
    """A part of an attachment, for a party that may read a record it belongs to."""

    form: int = 1
    originator: Party
    to: Party
    created_ms: int
    epoch: int
    signer: KeyId
    digest: bytes
    offset: int
    total_bytes: int
    data: bytes


class RecoveryWish(Struct, frozen=True, array_like=True, kw_only=True):
    """``originator`` lost its store, or a part: it asks ``to`` for what it has of it.

    ``after`` is the digest of the last record that came by an earlier answer; ``stamp`` the newest stamp of
    its own that it still holds.
    """

    form: int = 1
    originator: Party
    to: Party
    created_ms: int
    epoch: int
    signer: KeyId
    after: bytes = b""
    stamp: int = 0


class FeedTip(Struct, frozen=True, array_like=True):
    """The newest segment of a feed, without bodies: head bytes, digests, signature of its originator."""

    head: bytes
    digests: tuple[bytes, ...]
    signature: bytes


class StampLine(Struct, frozen=True, array_like=True):
    """One stamp as it was witnessed; ``commitment`` is empty where it was never shown."""

    number: int
    hash: bytes
    commitment: bytes = b""


class RecoveryPart(Struct, frozen=True, array_like=True, kw_only=True):
    """A part of what ``originator`` holds of ``to``: all of it signed by ``to`` itself.

    ``records`` are ``to``'s own; ``heads`` the last head list that ``to`` sent here, bytes and signature;
    ``more`` = ask again; ``sealed`` = records that could not be opened here now.
    """

    form: int = 1
    originator: Party
    to: Party
    created_ms: int
    epoch: int
    signer: KeyId
    after: bytes = b""
    records: tuple[Signed, ...] = ()
    more: bool = False
    tips: tuple[FeedTip, ...] = ()
    heads: tuple[bytes, bytes] | None = None
    stamps: tuple[StampLine, ...] = ()
    sealed: int = 0


NoteContent = (
    HeadList
    | ResendRequest
    | BlobWish
    | BlobPart
    | CharterProposal
    | CharterVoice
    | Farewell
    | RecoveryWish
    | RecoveryPart
)
NOTE_TYPES: Final[dict[int, type[NoteContent]]] = {
    1: HeadList,
    2: ResendRequest,
    3: BlobWish,
    4: BlobPart,
    5: CharterProposal,
    6: CharterVoice,
    7: Farewell,
    11: RecoveryWish,
    12: RecoveryPart,
}
"""The type byte of each note."""
_TYPE_OF: Final = {content: number for number, content in NOTE_TYPES.items()}


@dataclass(frozen=True)
class Note:
    """A signed note: its bytes as they came, what they say, and the signature of ``hash``."""

    content: NoteContent
    raw: bytes
    signature: bytes

    @property
    def type_byte(self) -> int:
        """The note's type on the wire."""
        return type_byte_of(self.content)

    @cached_property
    def hash(self) -> bytes:
        """What is signed (rule 4)."""
        return note_hash(self.type_byte, self.raw)


def feed_id(originator: str, recipients: Iterable[str]) -> bytes:
    """Return a feed's id (rule 1)."""
    others = sorted(set(recipients) - {originator})
    return hashlib.sha256(b"tansiq.feed/1" + msgspec.msgpack.encode([originator, others])).digest()[:16]


def item_digest(item: Item) -> bytes:
    """Return the digest an item stands for."""
    if isinstance(item, Buried):
        return item.digest
    return digest_of(*commit(item.header, item.body))


def segment_hash(raw_head: bytes, digests: Sequence[bytes]) -> bytes:
    """Return a segment's hash (rule 3)."""
    return hashlib.sha256(
        b"tansiq.segment/1" + hashlib.sha256(raw_head).digest() + b"".join(digests)
    ).digest()


def note_hash(type_byte: int, raw: bytes) -> bytes:
    """Return what is signed of a note (rule 4)."""
    return hashlib.sha256(b"tansiq.note/1" + bytes([type_byte]) + raw).digest()


def type_byte_of(content: NoteContent) -> int:
    """Return a note's type on the wire."""
    return _TYPE_OF[type(content)]


def encode_head(head: SegmentHead) -> bytes:
    """Return a head's bytes."""
    return msgspec.msgpack.encode(head)


_HEADS: Final = msgspec.msgpack.Decoder(SegmentHead)


def decode_head(raw: bytes) -> SegmentHead:
    """Read a head's bytes. Raises BadSegment."""
    try:
        head = _HEADS.decode(raw)
    except UNREADABLE as error:
        raise BadSegment(f"segment head: {error}") from error
    if head.number < 1 or (head.previous is None) != (head.number == 1):
        raise BadSegment("segment head: number and previous do not agree")
    if list(head.recipients) != sorted(set(head.recipients) - {head.originator}) or not head.recipients:
        raise BadSegment("segment head: recipients must be sorted, without repeats and the originator")
    if head.previous is not None and len(head.previous) != HASH_BYTES:
        raise BadSegment("segment head: a hash has 32 bytes")
    return head


def decode_note(type_byte: int, raw: bytes) -> NoteContent:
    """Read a note's bytes. Raises BadSegment, UnknownForm."""
    shape = NOTE_TYPES.get(type_byte)
    if shape is None:
        raise UnknownForm(f"a note of unknown type {type_byte}")
    try:
        return msgspec.msgpack.decode(raw, type=shape)
    except UNREADABLE as error:
        raise BadSegment(f"note: {error}") from error


def encode_note(content: NoteContent) -> bytes:
    """Return a note's bytes."""
    return msgspec.msgpack.encode(content)
