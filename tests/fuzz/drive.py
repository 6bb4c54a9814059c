"""Feeds one target until its time is over, guided by coverage (Atheris).

``python -m tests.fuzz.drive TARGET SECONDS FOLDER`` in a process of its own. Bytes that break the parser,
take over ten seconds or too much memory are left in FOLDER, and the exit is not 0.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["tansiq"], enable_loader_override=False):
    from tests.fuzz.targets import TARGETS, Target, attempt

SLOW_S = 10
MEMORY_MB = 768
LONGEST_BYTES = 1 << 16


def drive(target: Target, seconds: int, folder: Path) -> None:
    """Feed the target; the process ends within."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for n, seed in enumerate(target.seeds()):
        (corpus / f"seed-{n}").write_bytes(seed)
    flags = [f"-max_total_time={seconds}", f"-timeout={SLOW_S}", f"-rss_limit_mb={MEMORY_MB}"]
    flags += [f"-max_len={LONGEST_BYTES}", f"-artifact_prefix={folder}/", "-print_final_stats=1", str(corpus)]

    def give(raw: bytes) -> None:
        attempt(target, raw)

    atheris.Setup([sys.argv[0], *flags], give)
    atheris.Fuzz()


if __name__ == "__main__":
    drive(TARGETS[sys.argv[1]], int(sys.argv[2]), Path(sys.argv[3]))
