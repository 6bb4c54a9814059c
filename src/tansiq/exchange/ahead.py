"""What a frame shows before anything is written: opened, unpacked, its records read, their signatures tried.

1. Nothing here reads or writes the store: it may run in another thread, while the frame before is entered.
2. A signature tried is a fact about three byte strings. Who may sign, when and under which epoch is judged in
   the transaction that takes the record in, against the charter in force there.
3. The records of a segment that nobody signed are not read: rubbish costs no more than one signature.
4. What cannot be read here is read again where it is refused, and refused there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tansiq.base.errors import InputError
from tansiq.model.charter import Charter
from tansiq.model.record import Record, Signed
from tansiq.seal import Packed, Segment, Tried


@dataclass(frozen=True, slots=True)
class Ahead:
    """Records read and signatures tried; what is not among them is read and tried when asked for."""

    records: Mapping[Signed, Record] = field(default_factory=dict)
    tried: Tried = field(default_factory=Tried)

    def record(self, signed: Signed) -> Record:
        """Return the record of signed bytes. Raises InputError."""
        return self.records.get(signed) or Record(signed)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a frame holds, and what was worked out of it."""

    what: Packed
    ahead: Ahead


def read_ahead(what: Packed, charter: Charter | None) -> Opened:
    """Read the records of a segment and try their signatures with the keys they name."""
    tried = Tried()
    if charter is None or not isinstance(what, Segment) or not _genuine(what, charter, tried):
        return Opened(what, Ahead(tried=tried))
    found = {i: r for i in what.items if isinstance(i, Signed) and (r := _read(i)) is not None}
    for signed, record in found.items():
        key = charter.sign_key(record.header.originator, record.header.signer)
        if key is not None:
            tried(key.public, record.digest, signed.signature)
    return Opened(what, Ahead(found, tried))


def _genuine(segment: Segment, charter: Charter, tried: Tried) -> bool:
    key = charter.sign_key(segment.head.originator, segment.head.signer)
    return key is not None and tried(key.public, segment.hash, segment.signature)


def _read(signed: Signed) -> Record | None:
    try:
        record = Record(signed)
        record.body  # noqa: B018  it is read here, and kept
    except InputError:
        return None
    return record
