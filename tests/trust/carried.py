"""Searching what a carrier holds: bytes as they are, and as base64, hex, UTF-16 and zstd would hide them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import zstandard

_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX: Final = re.compile(rb"(?:[0-9a-fA-F]{2}){8,}")
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_UNPACKED_BYTES: Final = 4_000_000
_STANZA: Final = re.compile(rb"-> (\S+) [^\n]*\n")
_AGE: Final = b"age-encryption.org/v1\n"


def views(raw: bytes, *, depth: int = 2) -> Iterator[bytes]:
    """Yield bytes and what they become when taken for base64, hex, UTF-16 or zstd, one within another."""
    yield raw
    if depth == 0:
        return
    yield raw.replace(b"\0", b"")
    for inner in (*_base64(raw), *_hex(raw), *_unpacked(raw)):
        yield from views(inner, depth=depth - 1)


def _base64(raw: bytes) -> Iterator[bytes]:
    runs = [m[0].rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/")) for m in _BASE64.finditer(raw)]
    for shift in range(4):
        parts = [base64.b64decode(run[shift : shift + (len(run) - shift) // 4 * 4]) for run in runs]
        if parts:
            yield b"\n".join(parts)


def _hex(raw: bytes) -> Iterator[bytes]:
    parts = [binascii.unhexlify(m[0]) for m in _HEX.finditer(raw)]
    if parts:
        yield b"\n".join(parts)


def _unpacked(raw: bytes) -> Iterator[bytes]:
    for at in (m.start() for m in re.finditer(re.escape(_ZSTD), raw)):
        try:
            yield zstandard.ZstdDecompressor().decompressobj().decompress(raw[at:])[:_UNPACKED_BYTES]
        except zstandard.ZstdError:
            continue


def found_in(raw: bytes, pattern: re.Pattern[bytes]) -> set[bytes]:
    """Return what of a pattern stands in any view of the bytes."""
    return {m[0] for view in views(raw) for m in pattern.finditer(view)}


def files_under(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file under a folder: its path within it, and its bytes."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


def memory_of(pid: int) -> Iterator[bytes]:
    """Yield the written memory of a process, region by region: what a core dump would hold."""
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            place, rights, *_ = line.split()
            if not rights.startswith("rw") or "[v" in line:
                continue
            first, last = (int(part, 16) for part in place.split("-"))
            memory.seek(first)
            try:
                yield memory.read(last - first)
            except OSError:  # a region that the kernel keeps to itself
                continue


def words(these: Iterable[str]) -> re.Pattern[bytes]:
    """Return a pattern for any of these words."""
    return re.compile(b"|".join(re.escape(one.encode()) for one in sorted(these)))


def stanzas(sealed: bytes) -> int:
    """Return how many recipients an age file shows; what is no X25519 stanza is there to confuse."""
    head = sealed[: sealed.index(b"\n--- ")]
    return sum(1 for m in _STANZA.finditer(head) if m[1] == b"X25519") if sealed.startswith(_AGE) else 0
