"""What was asked before, by label set: a reader never gets what another set of labels had worked out."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, TypeVar

T = TypeVar("T")
KEPT: Final = 256


class Memo:
    """The last answers, each for one label set at one state of the log."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._found: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def get(self, permitted: frozenset[int], state: int, question: Hashable, answer: Callable[[], T]) -> T:
        """Return the answer to ``question``, worked out only if it is not known for this set and state."""
        key = (permitted, state, question)
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]  # type: ignore[return-value]
        found = answer()
        with self._lock:
            self._found[key] = found
            while len(self._found) > self._kept:
                self._found.popitem(last=False)
        return found
