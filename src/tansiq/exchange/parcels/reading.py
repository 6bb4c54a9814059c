"""The file of a parcel, read: one entry at a time, within bounded memory, past what is damaged.

1. A damaged head or payload is named and passed over: the next entry is looked for by its mark.
2. A break in the chain, an end that is missing, bytes after the end: each is named; what can be read counts.
3. Nothing in a parcel is a path, a name or a size to allocate beyond one frame; a file that is damaged over
   and over, or holds more entries than a parcel may, is left there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from tansiq.exchange.parcels.form import (
    END,
    ENTRIES_LIMIT,
    HEAD_BYTES,
    MARK,
    OPENING_BYTES,
    BadParcel,
    EntryHead,
    decode_entry,
    link_of,
    read_opening,
)
from tansiq.seal.envelope import MAILBOX_BYTES

DAMAGED: Final = "parcel.damaged"
"""Bytes were altered; the entry they stand in is lost."""
CUT_SHORT: Final = "parcel.cut-short"
"""The file ends before its end."""
LACKS: Final = "parcel.lacks"
"""Entries were taken out of the chain."""
TOO_MANY: Final = "parcel.too-many"
"""More entries, or more damage, than a parcel may have: the rest was not read."""
AFTER_END: Final = "parcel.after-end"
"""Bytes stand after the end that are not zeros."""

DAMAGE_LIMIT: Final = 64
_CHUNK_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """A frame that stands in the file; its bytes are read when asked for."""

    reader: ParcelReader
    head: EntryHead
    offset: int

    @property
    def digest(self) -> bytes:
        """The declared digest of the frame."""
        return self.head.digest

    def mailbox(self) -> bytes:
        """Return the mailbox token at the frame's beginning; shorter when there is none."""
        file = self.reader.file
        file.seek(self.offset + HEAD_BYTES + 1)
        return file.read(min(MAILBOX_BYTES, max(0, self.head.size_bytes - 1)))

    def frame(self) -> bytes | None:
        """Return the frame, or None when it is damaged or cut off, which the reader notes."""
        return self.reader.payload(self)


class ParcelReader:
    """Reads one file. ``faults`` gathers what was found wrong, in order; ``whole`` = nothing was."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.faults: list[str] = []
        self.id = b""
        self._next = OPENING_BYTES
        self._file_bytes = file.seek(0, 2)

    @property
    def whole(self) -> bool:
        """Whether all was read and nothing was wrong."""
        return not self.faults

    def entries(self) -> Iterator[Entry]:
        """Yield the frames in the order of the file. Raises BadParcel, ParcelVersion when there is none."""
        self.file.seek(0)
        raw = self.file.read(OPENING_BYTES)
        self.id = link_of(raw)[:16]
        if not read_opening(raw):
            self._fault(DAMAGED)
        link, count = link_of(raw), 0
        while count < ENTRIES_LIMIT and len(self.faults) < DAMAGE_LIMIT:
            found = self._head()
            if found is None:
                break
            offset, head, raw = found
            if head.link != link:
                self._fault(LACKS)
            link, count = link_of(raw), count + 1
            if head.type == END:
                self._check_end(offset)
                return
            self._next = offset + HEAD_BYTES + head.size_bytes
            yield Entry(self, head, offset)
        else:
            self._fault(TOO_MANY)
        if count == 0:
            raise BadParcel("no entry of a parcel can be read")

    def payload(self, entry: Entry) -> bytes | None:
        """Return an entry's payload, or None. See :meth:`Entry.frame`."""
        self.file.seek(entry.offset + HEAD_BYTES)
        raw = self.file.read(entry.head.size_bytes)
        if hashlib.sha256(raw).digest() == entry.head.digest:
            return raw
        if len(raw) == entry.head.size_bytes:
            self._fault(DAMAGED)
        self._next = entry.offset + HEAD_BYTES
        return None

    def _head(self) -> tuple[int, EntryHead, bytes] | None:
        """Return the next head that holds, with its place and bytes; None at the end of the file."""
        offset: int | None = self._next
        first = True
        while offset is not None:
            self.file.seek(offset)
            raw = self.file.read(HEAD_BYTES)
            head = decode_entry(raw)
            if head is not None:
                if not first and self.faults[-1:] != [DAMAGED]:
                    self._fault(DAMAGED)
                return offset, head, raw
            first = False
            offset = self._mark_after(offset)
        self._fault(CUT_SHORT)
        return None

    def _mark_after(self, offset: int) -> int | None:
        """Return where the next mark stands after ``offset``."""
        at, kept = offset + 1, b""
        self.file.seek(at)
        while chunk := self.file.read(_CHUNK_BYTES):
            held = kept + chunk
            if (found := held.find(MARK)) >= 0:
                return at - len(kept) + found
            at += len(chunk)
            kept = held[-(len(MARK) - 1) :]
        return None

    def _check_end(self, offset: int) -> None:
        self.file.seek(offset + HEAD_BYTES)
        while chunk := self.file.read(_CHUNK_BYTES):
            if any(chunk):
                self._fault(AFTER_END)
                return

    def _fault(self, code: str) -> None:
        self.faults.append(code)
