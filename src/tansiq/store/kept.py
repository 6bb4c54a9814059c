"""What was worked out of bodies, kept in memory for a while: bounded by bytes, forgotten with the record.

1. It is no way to a record: who asks by a digest has found that digest among what his reader may see.
2. What a tombstone names is forgotten: by the process that buried it at the commit, by every other one when
   it next looks, for the log tells what was buried since.
3. A reader that holds an older moment of the store takes nothing that is gone, and puts nothing back.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Final

LIMIT_BYTES: Final = 48 * 2**20
OVERHEAD_BYTES: Final = 1500
"""What an entry takes besides its strings."""
ADMITTED: Final = 8
"""When all is full, one in so many comes in: what is read in rows larger than the room would else leave
nothing of itself behind."""


@dataclass(frozen=True, slots=True)
class _Entry:
    record: bytes
    size_bytes: int
    what: object


class Kept:
    """The last that was worked out, by digest. Threads may share it."""

    def __init__(self, limit_bytes: int = LIMIT_BYTES) -> None:
        self._limit = limit_bytes
        self._entries: OrderedDict[bytes, _Entry] = OrderedDict()
        self._size_bytes = 0
        self._turned_away = 0
        self._seen = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def size_bytes(self) -> int:
        """About how much memory it takes."""
        return self._size_bytes

    def up_to(self, head: int, buried: Callable[[int], Iterable[bytes]]) -> bool:
        """Forget what was buried since it was last looked at; False = this reader's moment is an older one.

        ``head`` is the number of the newest log entry, ``buried`` gives the records buried after a number.
        """
        with self._lock:
            seen = self._seen
        if head < seen:
            return False
        gone = list(buried(seen)) if head > seen else []
        with self._lock:
            self._forget(gone)
            self._seen = max(self._seen, head)
            return self._seen == head

    def get(self, digest: bytes) -> object | None:
        """Return what is kept of a version."""
        with self._lock:
            found = self._entries.get(digest)
            if found is None:
                return None
            self._entries.move_to_end(digest)
            return found.what

    def put(self, digest: bytes, record: bytes, what: object, size_bytes: int, *, head: int) -> None:
        """Keep what was worked out of a version at a moment of the log, if none newer was seen."""
        size = size_bytes + OVERHEAD_BYTES
        with self._lock:
            if head != self._seen or digest in self._entries or size > self._limit:
                return
            if self._size_bytes + size > self._limit:
                self._turned_away += 1
                if self._turned_away % ADMITTED:
                    return
            self._entries[digest] = _Entry(record, size, what)
            self._size_bytes += size
            while self._size_bytes > self._limit:
                self._size_bytes -= self._entries.popitem(last=False)[1].size_bytes

    def forget(self, records: Iterable[bytes]) -> None:
        """Forget every version of records."""
        with self._lock:
            self._forget(records)

    def _forget(self, records: Iterable[bytes]) -> None:
        gone = frozenset(records)
        if not gone:
            return
        for digest in [d for d, entry in self._entries.items() if entry.record in gone]:
            self._size_bytes -= self._entries.pop(digest).size_bytes
