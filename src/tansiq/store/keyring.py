"""What an open session can open: an officer's private key and, through it, those of his compartments.

1. It lives in memory alone and goes with the session; what was worked out with it goes with it.
2. A body under several compartments opens only when all of their keys are here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Final

from tansiq.seal.cells import unwrap

REMEMBERED: Final = 2000
"""What was opened is remembered for so many records; beyond, it is opened again."""


class Keyring:
    """The keys of one officer in one session. Threads may share it."""

    def __init__(self, officer: str, private: str, cells: Mapping[str, str]) -> None:
        self.officer = officer
        self._private = private
        self._cells = dict(cells)
        self._memory: OrderedDict[bytes, object] = OrderedDict()
        self._lock = Lock()

    def __bool__(self) -> bool:
        return bool(self._private)

    def __repr__(self) -> str:
        return f"Keyring({self.officer!r}, {sorted(self._cells)!r})"

    @property
    def held(self) -> frozenset[str]:
        """The compartments whose keys are here, and the halves of the escrow."""
        return frozenset(self._cells)

    @property
    def compartments(self) -> frozenset[str]:
        """The compartments whose keys are here."""
        return frozenset(code for code in self._cells if not code.startswith("*"))

    def covers(self, codes: Sequence[str]) -> bool:
        """Whether what stands under all of these compartments opens here."""
        return bool(self._private) and all(code in self._cells for code in codes)

    def private_of(self, code: str) -> str:
        """Return the private half of a compartment that is held. Raises KeyError."""
        return self._cells[code]

    def open(self, codes: Sequence[str], wrapped: bytes) -> bytes:
        """Return what was wrapped for all of these compartments. Raises NotOpened, KeyError."""
        return unwrap(wrapped, [self._cells[code] for code in codes])

    def open_own(self, wrapped: bytes) -> bytes:
        """Return what was wrapped for the officer himself. Raises NotOpened."""
        return unwrap(wrapped, [self._private])

    def hold(self, sealed: Mapping[str, bytes]) -> None:
        """Hold exactly these compartments, their private halves given as wrapped for the officer."""
        kept = {code: held for code, held in self._cells.items() if code in sealed}
        fresh = {code: self.open_own(raw).decode() for code, raw in sealed.items() if code not in kept}
        with self._lock:
            if len(kept) != len(self._cells):
                self._memory.clear()
            self._cells = kept | fresh

    def recall(self, digest: bytes) -> object | None:
        """Return what was worked out of a body, if it is still remembered."""
        with self._lock:
            if digest in self._memory:
                self._memory.move_to_end(digest)
            return self._memory.get(digest)

    def remember(self, digest: bytes, what: object) -> None:
        """Remember what was worked out of a body; the least used is forgotten beyond the bound."""
        with self._lock:
            self._memory[digest] = what
            while len(self._memory) > REMEMBERED:
                self._memory.popitem(last=False)

    def forget(self) -> None:
        """Let everything go: the session is over."""
        with self._lock:
            self._private = ""
            self._cells = {}
            self._memory.clear()


NOBODY: Final = Keyring("", "", {})
"""Nobody is signed in: nothing protected opens."""
