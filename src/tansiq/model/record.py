"""Header, body bytes and signed record: what is signed, and how its parts are committed to.

1. Header and body are MessagePack; the header an array (new elements are appended), the body a
   16-byte salt followed by a map of field name to value.
2. ``header_hash = SHA-256("h" | salt | header)``, ``body_hash = SHA-256("b" | salt | map)``; the
   salt goes with the body, so that a tombstone's hashes confirm no guess.
3. ``digest = SHA-256("tansiq.record/1" | header_hash | body_hash)`` is what the party signs and
   what the next version's ``previous`` holds.
4. Received bytes are kept and passed on as they came; nothing is encoded again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from functools import cache, cached_property
from typing import Any, Final

import msgspec
from msgspec import Struct

from tansiq.base.clock import LAST_MS, moment
from tansiq.base.errors import UNREADABLE, InputError
from tansiq.base.ids import RecordId, id_of
from tansiq.model.kind import CATALOGUE, Body, Kind, kind_named
from tansiq.model.label import Label, Party
from tansiq.model.senses import SENSES
from tansiq.model.values import Grade, TimeExpression

SALT_BYTES: Final = 16
BODY_LIMIT_BYTES: Final = 65_536
HEADER_LIMIT_BYTES: Final = 65_536
REFS_LIMIT: Final = 256
BLOB_LIMIT_BYTES: Final = 25_000_000
VERSIONS_LIMIT: Final = 2**31 - 1
TITLE_LIMIT: Final = 300
_HASH_BYTES: Final = 32
_DOMAIN: Final = b"tansiq.record/1"

LIFE_THREAT, RECALL, REQUEST, REPORT, BULK = range(5)
"""Priorities, most urgent first."""


class BodyTooLarge(InputError):
    """A body over its limit."""

    code = "record.body-too-large"


class TooManyRefs(InputError):
    """More references than a record may hold."""

    code = "record.too-many-refs"


class UnknownKind(InputError):
    """A kind that is not in the catalogue."""

    code = "record.unknown-kind"

    def __init__(self, tag: str) -> None:
        super().__init__(f"no such record kind: {tag}")
        self.tag = tag


class Malformed(InputError):
    """Bytes that are not what they should be, and where."""

    code = "record.malformed"


class Author(Struct, frozen=True, array_like=True):
    """Who wrote: a pseudonym only its node resolves; 16 bytes of the journal entry that binds the officer."""

    pseudonym: str
    binding: bytes = b""


class Ref(Struct, frozen=True, array_like=True):
    """A reference by role to another record (16 id bytes)."""

    role: str
    to: bytes

    @property
    def record_id(self) -> RecordId:
        """The record it points to."""
        return id_of(self.to)


class BlobRef(Struct, frozen=True, array_like=True):
    """An attachment: SHA-256 of its plain bytes, size, media type, name."""

    digest: bytes
    size_bytes: int
    media: str
    name: str


class Lift(Struct, frozen=True, array_like=True):
    """Who lifted the safeguards of a record (the legal officer's pseudonym), and why."""

    by: str
    reason: str


class Header(Struct, frozen=True, array_like=True, kw_only=True):
    """What a record says of itself. Order is the wire's; append only. Source: DESIGN 4."""

    form: int = 1
    id: bytes
    kind: str
    originator: Party
    signer: str
    author: Author
    version: int = 1
    previous: bytes | None = None
    created_ms: int
    occurred: TimeExpression | None = None
    priority: int = REPORT
    label: Label
    lang: str = "ar"
    registry: str = ""
    refs: tuple[Ref, ...] = ()
    sources: tuple[bytes, ...] = ()
    derived_from: tuple[bytes, ...] = ()
    blobs: tuple[BlobRef, ...] = ()
    grade: Grade | None = None
    lifted: Lift | None = None

    @property
    def record_id(self) -> RecordId:
        """The id in its text form."""
        return id_of(self.id)

    @property
    def created(self) -> datetime:
        """When it was written, aware UTC."""
        return moment(self.created_ms)

    @property
    def rests_on(self) -> tuple[bytes, ...]:
        """Sources and derived-from, the records whose labels bind this one."""
        return (*self.sources, *self.derived_from)


class OpaqueBody(Struct, frozen=True):
    """A body of a kind that this program does not know: kept, passed on, shown by title only."""

    title: str
    fields: dict[str, Any]


class Signed(Struct, frozen=True, array_like=True):
    """A record as it travels and rests: header bytes, salted body bytes, signature of the digest."""

    header: bytes
    body: bytes
    signature: bytes


class Record:
    """A signed record with its parts read. Equality is by digest."""

    def __init__(self, signed: Signed) -> None:
        self._signed = signed
        self.header = decode_header(signed.header)

    @property
    def signed(self) -> Signed:
        """The bytes as they came."""
        return self._signed

    @cached_property
    def body(self) -> Body | OpaqueBody:
        """The body, read when asked for."""
        return decode_body(self.header.kind, self.signed.body)

    @cached_property
    def commitments(self) -> tuple[bytes, bytes]:
        """``(header_hash, body_hash)``."""
        return commit(self.signed.header, self.signed.body)

    @cached_property
    def digest(self) -> bytes:
        """What was signed."""
        return digest_of(*self.commitments)

    @property
    def id(self) -> RecordId:
        """The record's id."""
        return self.header.record_id

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def kind_of(tag_or_name: str) -> Kind:
    """Return a kind by tag (``pledge/1``) or bare name. Raises UnknownKind."""
    found = CATALOGUE.get(tag_or_name) or kind_named(tag_or_name)
    if found is None:
        raise UnknownKind(tag_or_name)
    return found


def commit(header: bytes, body: bytes) -> tuple[bytes, bytes]:
    """Return ``(header_hash, body_hash)`` of header bytes and salted body bytes (rule 2)."""
    salt, plain = body[:SALT_BYTES], body[SALT_BYTES:]
    return (
        hashlib.sha256(b"h" + salt + header).digest(),
        hashlib.sha256(b"b" + salt + plain).digest(),
    )


def digest_of(header_hash: bytes, body_hash: bytes) -> bytes:
    """Return the digest that is signed (rule 3)."""
    return hashlib.sha256(_DOMAIN + header_hash + body_hash).digest()


_HEADERS = msgspec.msgpack.Decoder(Header)


@cache
def _body_decoder(kind: type[Body]) -> msgspec.msgpack.Decoder[Body]:
    return msgspec.msgpack.Decoder(kind)


def encode_header(header: Header) -> bytes:
    """Return the header's bytes. Raises TooManyRefs, Malformed."""
    if len(header.refs) + len(header.rests_on) > REFS_LIMIT:
        raise TooManyRefs(f"a record holds at most {REFS_LIMIT} references")
    raw = msgspec.msgpack.encode(header)
    if len(raw) > HEADER_LIMIT_BYTES:
        raise Malformed(f"header: {len(raw)} bytes; at most {HEADER_LIMIT_BYTES} are allowed")
    return raw


def decode_header(raw: bytes) -> Header:
    """Read header bytes; appended elements of a newer form are passed over. Raises Malformed."""
    if len(raw) > HEADER_LIMIT_BYTES:
        raise Malformed(f"header: {len(raw)} bytes; at most {HEADER_LIMIT_BYTES} are allowed")
    try:
        header = _HEADERS.decode(raw)
    except (*UNREADABLE, InputError) as error:
        raise Malformed(f"header: {error}") from error
    except RecursionError as error:
        raise Malformed("header: too many levels") from error
    if len(header.id) != 16 or any(len(i) != 16 for i in (*header.rests_on, *(r.to for r in header.refs))):
        raise Malformed("header: an id is not 16 bytes")
    if (wrong := next(_out_of_bounds(header), None)) is not None:
        raise Malformed(f"header: {wrong}")
    return header


def _out_of_bounds(header: Header) -> Iterator[str]:
    """Yield each value that lists, pages and both databases could not hold."""
    if not 1 <= header.version <= VERSIONS_LIMIT:
        yield "version"
    if not 0 <= header.created_ms <= LAST_MS:
        yield "created"
    if not LIFE_THREAT <= header.priority <= BULK:
        yield "priority"
    if header.previous is not None and len(header.previous) != _HASH_BYTES:
        yield "previous"
    if not header.kind:
        yield "kind"
    if header.occurred is not None and SENSES["time-expression"].fault(header.occurred):
        yield "occurred"
    if header.grade is not None and SENSES["grade"].fault(header.grade):
        yield "grade"
    if any(len(b.digest) != _HASH_BYTES or not 0 <= b.size_bytes <= BLOB_LIMIT_BYTES for b in header.blobs):
        yield "an attachment"


def encode_body(body: Body, salt: bytes, *, kept: dict[str, Any] | None = None) -> bytes:
    """Return salted body bytes. ``kept`` = fields of a newer node, carried over. Raises BodyTooLarge."""
    plain = msgspec.to_builtins(body, builtin_types=(bytes,), str_keys=True) | (kept or {})
    plain.pop("type", None)
    raw = salt + msgspec.msgpack.encode(plain)
    if len(raw) > BODY_LIMIT_BYTES:
        raise BodyTooLarge(f"the body is {len(raw)} bytes; at most {BODY_LIMIT_BYTES} are allowed")
    return raw


def decode_body(tag: str, raw: bytes) -> Body | OpaqueBody:
    """Read salted body bytes as the kind ``tag``; of an unknown kind, an OpaqueBody. Raises Malformed."""
    if len(raw) > BODY_LIMIT_BYTES:
        raise BodyTooLarge(f"the body is {len(raw)} bytes; at most {BODY_LIMIT_BYTES} are allowed")
    try:
        kind = CATALOGUE.get(tag)
        if kind is None:
            fields = msgspec.msgpack.decode(raw[SALT_BYTES:], type=dict[str, Any])
            return OpaqueBody(str(fields.get("title", ""))[:TITLE_LIMIT], fields)
        return _body_decoder(kind.body).decode(raw[SALT_BYTES:])
    except UNREADABLE as error:
        raise Malformed(f"body of {tag}: {error}") from error


def unknown_fields(tag: str, raw: bytes) -> dict[str, Any]:
    """Return the body's fields that this program's version of the kind does not declare. Raises Malformed."""
    known = {f.name for f in CATALOGUE[tag].fields} if tag in CATALOGUE else set()
    try:
        fields = msgspec.msgpack.decode(raw[SALT_BYTES:], type=dict[str, Any])
    except UNREADABLE as error:
        raise Malformed(f"body of {tag}: {error}") from error
    return {name: value for name, value in fields.items() if name not in known}
