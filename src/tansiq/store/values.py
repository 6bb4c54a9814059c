"""What the store takes and gives: plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tansiq.base.ids import RecordId, id_of, raw_of
from tansiq.model.kind import Body
from tansiq.model.label import Party
from tansiq.model.record import Header, OpaqueBody, Record
from tansiq.model.tombstone import Tombstone


@dataclass(frozen=True, slots=True)
class FeedMark:
    """Where a record came from: a feed and its number there."""

    feed: bytes
    number: int


@dataclass(frozen=True, slots=True)
class Appended:
    """The record is new and stands in the log at ``seq`` (local; never shown)."""

    seq: int


@dataclass(frozen=True, slots=True)
class Held:
    """The very same record is held already."""


@dataclass(frozen=True, slots=True)
class Equivocation:
    """Another content is held under the same id and version; ``digest`` is the one held."""

    digest: bytes


@dataclass(frozen=True, slots=True)
class Buried:
    """A tombstone refuses this version for ever."""

    tombstone: Tombstone


Outcome = Appended | Held | Equivocation | Buried


@dataclass(frozen=True, slots=True)
class Changes:
    """What a committed transaction changed: for live pages and caches. Local."""

    record_ids: tuple[RecordId, ...]
    kinds: frozenset[str]
    topics: frozenset[str]
    """Other tables touched: ``outbox``, ``receipts``, ``peers``, ``quarantine``, ``drafts``, ``settings``."""


@dataclass(frozen=True)
class StoredRecord:
    """One version as it rests. ``record`` is None once it is buried."""

    record_id: RecordId
    version: int
    digest: bytes
    header_hash: bytes
    body_hash: bytes
    originator: Party
    received_ms: int
    system: bool
    feed: FeedMark | None
    label_id: int | None
    """The interned label that decides now: of the current version with grants, of an older one its own."""
    record: Record | None
    tombstone: Tombstone | None = None

    @property
    def buried(self) -> bool:
        """Whether only a tombstone is left."""
        return self.record is None

    @property
    def state(self) -> Literal["held", "buried"]:
        """The state in a word."""
        return "buried" if self.buried else "held"

    @property
    def header(self) -> Header:
        """The header of a held version."""
        return self.held.header

    @property
    def body(self) -> Body | OpaqueBody:
        """The body of a held version."""
        return self.held.body

    @property
    def held(self) -> Record:
        """The record itself. Raises LookupError once it is buried."""
        if self.record is None:
            raise LookupError(f"{self.record_id} version {self.version} is buried")
        return self.record


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who may still have a version (0 = every one) after a recall; ``mode`` as the recall states it."""

    record_id: RecordId
    version: int
    recall: RecordId
    mode: str
    keep: tuple[Party, ...]
    at_ms: int

    def covers(self, version: int) -> bool:
        """Whether it speaks of this version."""
        return self.version in (0, version)


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """What became of a version at a party."""

    record_id: RecordId
    version: int
    party: Party
    state: str
    at_ms: int
    role: str
    reason: str


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One act of a person. ``hash`` chains it to the entry before."""

    seq: int
    act: str
    officer: str
    record_id: RecordId | None
    detail: str
    at_ms: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An account. ``password`` is a hash made elsewhere, ``reader`` what the officer may read, in bytes."""

    id: str
    name: str
    role: str
    pseudonym: str
    lang: str
    password: str = ""
    reader: bytes = b""
    active: bool = True


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A signed-in officer; ``token`` is the hash of what the browser holds."""

    token: bytes
    officer: str
    created_ms: int
    until_ms: int


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An unfinished record of this node; ``content`` is whatever the desk wrote."""

    id: str
    officer: str
    kind: str
    saved_ms: int
    content: bytes


@dataclass(frozen=True, slots=True)
class PendingGroup:
    """Records that wait for one segment: same recipients, same lane, oldest first."""

    recipients: tuple[Party, ...]
    lane: int
    digests: tuple[bytes, ...]
    oldest_ms: int


@dataclass(frozen=True, slots=True)
class Reserved:
    """The place of the next segment in its feed; ``previous`` None = the first."""

    feed: bytes
    number: int
    previous: bytes | None


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A segment that was sent or is to be sent; its bytes are made again from bodies."""

    feed: bytes
    number: int
    hash: bytes
    head: bytes
    recipients: tuple[Party, ...]
    lane: int
    at_ms: int
    digests: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A segment on its way to one party; ``sent_ms`` None = not handed to the carrier yet."""

    feed: bytes
    number: int
    party: Party
    lane: int
    at_ms: int
    sent_ms: int | None


@dataclass(frozen=True, slots=True)
class FeedOut:
    """One of our feeds and its head."""

    feed: bytes
    recipients: tuple[Party, ...]
    number: int
    hash: bytes
    at_ms: int


@dataclass(frozen=True, slots=True)
class FeedIn:
    """A feed that reaches us: all came up to ``position``; ``announced`` is the highest number heard of."""

    feed: bytes
    originator: Party
    recipients: tuple[Party, ...]
    position: int
    announced: int
    announced_hash: bytes
    at_ms: int


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A verified record whose source has not come yet; invisible."""

    digest: bytes
    record: Record
    feed: FeedMark | None
    needs: tuple[bytes, ...]
    at_ms: int


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """Something refused: when, why (a stable code), from whom as far as known."""

    id: int
    at_ms: int
    code: str
    party: str
    detail: str
    digest: bytes
    settled_ms: int | None


@dataclass(frozen=True, slots=True)
class PeerRow:
    """What is known of another party's node."""

    party: Party
    seen_ms: int | None
    epoch: int
    journal_number: int
    journal_hash: bytes


@dataclass(frozen=True, slots=True)
class Lag:
    """What has not been handed to the carrier for a party."""

    count: int
    oldest_ms: int | None


@dataclass(frozen=True, slots=True)
class BlobRow:
    """An attachment: ``held_bytes`` of ``size_bytes`` are here."""

    digest: bytes
    size_bytes: int
    held_bytes: int
    wanted_from: Party
    at_ms: int

    @property
    def whole(self) -> bool:
        """Whether all of it is here."""
        return self.held_bytes == self.size_bytes


def raw_id(value: str | bytes) -> bytes:
    """Return the 16 bytes of an id in either form. Raises ValueError."""
    return value if isinstance(value, bytes) else raw_of(value)


def maybe_id(value: bytes | None) -> RecordId | None:
    """Return the text form of id bytes that may be absent."""
    return None if value is None else id_of(value)


def joined(parties: tuple[Party, ...]) -> str:
    """Return the stored form of a recipient set: sorted, comma between."""
    return ",".join(sorted(set(parties)))


def parted(text: str) -> tuple[Party, ...]:
    """Return a recipient set from its stored form."""
    return tuple(Party(p) for p in text.split(",") if p)
