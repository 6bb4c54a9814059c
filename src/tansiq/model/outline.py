"""The outline of a protected record: what a node must know of it while nobody there can read it.

1. It holds the header without what tells content: no time-expression, registry number, names of attachments,
   notes of the label. Title and text stand in the body and are not in it.
2. It holds what the body points to: references must be followed by who may read both ends.
3. A closed record is one whose body nobody here can open now. To ask for its body is a fault, never a blank.
"""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tansiq.base.errors import StoreError
from tansiq.base.ids import id_of
from tansiq.model.kind import Body
from tansiq.model.record import BlobRef, Header, OpaqueBody, Record, Ref, Signed, decode_header


class BodyClosed(StoreError):
    """A protected body was asked for where no open session holds its compartments."""

    code = "protected.closed"


class Outline(Struct, frozen=True, array_like=True):
    """``header`` = bytes of the stripped header, ``refs`` = what the body points to, by field."""

    header: bytes
    refs: tuple[Ref, ...] = ()
    sealed_hash: bytes = b""


_OUTLINES: Final = msgspec.msgpack.Decoder(Outline)


class ClosedRecord(Record):
    """A record without its body. Equality is by digest, as of any record."""

    def __init__(self, outline: Outline, digest: bytes, commitments: tuple[bytes, bytes]) -> None:
        self.header = decode_header(outline.header)
        self.body_refs = outline.refs
        self.__dict__["digest"] = digest
        self.__dict__["commitments"] = commitments

    @property
    def signed(self) -> Signed:
        """Raise BodyClosed."""
        raise BodyClosed(f"record {id_of(self.header.id)} is closed")

    @property
    def body(self) -> Body | OpaqueBody:
        """Raise BodyClosed."""
        raise BodyClosed(f"record {id_of(self.header.id)} is closed")


class TitleOnly(Record):
    """An open record shown by its title alone: its label asks for a second person, and there is none yet."""

    def __init__(self, record: Record) -> None:
        super().__init__(record.signed)
        self.__dict__["digest"], self.__dict__["commitments"] = record.digest, record.commitments
        self._title = record.body.title

    @property
    def body(self) -> Body | OpaqueBody:
        """The title, as of a kind that is not known here."""
        return OpaqueBody(self._title, {"title": self._title})


def stripped(header: Header) -> Header:
    """Return a header without what tells content (rule 1)."""
    return replace(
        header,
        occurred=None,
        registry="",
        blobs=tuple(BlobRef(b.digest, b.size_bytes, "", "") for b in header.blobs),
        label=replace(header.label, notes=()),
    )


def outline_of(record: Record, refs: tuple[Ref, ...], sealed_hash: bytes) -> Outline:
    """Return the outline of an open record; ``sealed_hash`` = of its sealed body, for checks without keys."""
    return Outline(msgspec.msgpack.encode(stripped(record.header)), refs, sealed_hash)


def closed(record: Record, outline: Outline) -> ClosedRecord:
    """Return an open record as it is while nobody can open it."""
    return ClosedRecord(outline, record.digest, record.commitments)


def read_outline(raw: bytes) -> Outline:
    """Read the bytes of an outline. Raises msgspec.DecodeError."""
    return _OUTLINES.decode(raw)
