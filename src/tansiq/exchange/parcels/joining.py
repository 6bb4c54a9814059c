"""What anyone can do with parcels who holds no key: look at what they hold, put several together."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tansiq.base.ids import Entropy
from tansiq.exchange.parcels.form import ENTRIES_LIMIT, BadParcel, ParcelWriter
from tansiq.exchange.parcels.reading import ParcelReader


@dataclass(frozen=True, slots=True)
class Contents:
    """What a parcel shows to one without keys: frames, their mailboxes, what is wrong with the file."""

    id: bytes
    size_bytes: int
    frames: int
    mailboxes: tuple[tuple[bytes, int], ...]
    """Mailbox tokens with the number of frames for each."""
    faults: tuple[str, ...]


def inspect(path: Path) -> Contents:
    """Read a parcel through. Raises BadParcel, ParcelVersion, OSError."""
    found: dict[bytes, int] = {}
    with path.open("rb") as file:
        reader = ParcelReader(file)
        for entry in reader.entries():
            if entry.frame() is not None:
                box = entry.mailbox()
                found[box] = found.get(box, 0) + 1
        faults = tuple(reader.faults)
    size_bytes = path.stat().st_size
    return Contents(reader.id, size_bytes, sum(found.values()), tuple(sorted(found.items())), faults)


def join(paths: Sequence[Path], into: Path, entropy: Entropy) -> tuple[int, tuple[str, ...]]:
    """Put the frames of several parcels into one, each once; return their number and what was wrong.

    Raises BadParcel, ParcelVersion, OSError; then nothing is written.
    """
    known: set[bytes] = set()
    faults: list[str] = []
    with ExitStack() as stack:
        readers = [ParcelReader(stack.enter_context(path.open("rb"))) for path in paths]
        with ParcelWriter(into, entropy) as writer:
            for reader in readers:
                _copy(reader, writer, known)
                faults += reader.faults
    return writer.frames, tuple(faults)


def _copy(reader: ParcelReader, writer: ParcelWriter, known: set[bytes]) -> None:
    for entry in reader.entries():
        frame = None if entry.digest in known else entry.frame()
        if frame is None:
            continue
        if writer.frames == ENTRIES_LIMIT:
            raise BadParcel(f"more than {ENTRIES_LIMIT} frames")
        known.add(entry.digest)
        writer.add(frame)
