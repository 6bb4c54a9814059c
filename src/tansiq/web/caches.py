"""Per-reader caches: which labels a reader may read now.

Keyed by the reader and by how many labels there are; an entry lives until the next label ends, so that
nothing outlasts its own ``until``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from tansiq.base.clock import millis
from tansiq.model.label import Label
from tansiq.policy.permits import Reader, permitted_ids

_LIMIT: Final = 512


class Caches:
    """Permitted label ids by reader."""

    def __init__(self) -> None:
        self._held: dict[tuple[Reader, int], tuple[Mapping[int, Label], int, int, frozenset[int]]] = {}

    def permitted(self, labels: Mapping[int, Label], reader: Reader, *, now: datetime) -> frozenset[int]:
        """Return the ids of the labels this reader may read at ``now``."""
        key = (reader, len(labels))
        at_ms = millis(now)
        held = self._held.get(key)
        if held is not None and held[0] is labels and held[1] <= at_ms < held[2]:
            return held[3]
        ends = (label.until_ms for label in labels.values() if label.until_ms is not None)
        good_until = min((end for end in ends if end > at_ms), default=2**62)
        found = permitted_ids(labels, reader, now=now)
        if len(self._held) >= _LIMIT:
            self._held.clear()
        self._held[key] = (labels, at_ms, good_until, found)
        return found
