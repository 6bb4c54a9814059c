"""Zero what SQLite leaves in the unused bytes of its pages: ``python -I -S gaps.py FILE``.

``secure_delete`` overwrites what is deleted where it stands; when pages are balanced, copies of cells that
moved to another page stay behind in the gap between a page's cell pointers and its cells, for as long as
that page is not rewritten. Nothing reads those bytes, so they can be zeroed while readers read.

1. Run by a process of its own: a process that closes a file loses its locks on it (POSIX), and SQLite's with
   them. It imports nothing of ours.
2. Run while nobody writes and the write-ahead log is empty; the caller sees to it that no connection writes a
   page back as it was.
3. Only gaps and the insides of free blocks are written, so a process killed at any moment breaks nothing.

Source: "Database File Format", sections 1.3 and 1.6 (sqlite.org/fileformat2.html).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Final

MAGIC: Final = b"SQLite format 3\x00"
FILE_HEADER: Final = 100
_HEADER_BYTES: Final = {0x02: 12, 0x05: 12, 0x0A: 8, 0x0D: 8}
_CHUNK_PAGES: Final = 512
_MOST_PAGES: Final = 1 << 25
"""From here on an overflow page, which begins with a page number, can look like a tree's."""


class NotZeroable(ValueError):
    """The file is no SQLite database, or has pages that cannot be told apart by their first byte."""


def gaps(page: bytes, usable: int, begins: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the unused stretches of a page of a tree, from and to; nothing for a page of another use.

    ``begins`` is where its header stands: 100 on the first page of a file.
    """
    header = _HEADER_BYTES.get(page[begins])
    if header is None:
        return
    block, cells, content = (_two(page, begins + at) for at in (1, 3, 5))
    start, end = begins + header + 2 * cells, content or 65_536
    if start <= end <= usable:
        yield start, end
    seen = end
    while block >= seen and block + 4 <= usable:
        following, size = _two(page, block), _two(page, block + 2)
        seen = block + size
        if size > 4 and seen <= usable:
            yield block + 4, seen
        block = following


def _two(page: bytes, at: int) -> int:
    return int.from_bytes(page[at : at + 2], "big")


def zero(path: str) -> int:
    """Zero a file's gaps; return how many stretches held something. Raises NotZeroable, OSError."""
    file = os.open(path, os.O_RDWR)
    try:
        size, usable = _sizes(os.pread(file, FILE_HEADER, 0), os.fstat(file).st_size)
        chunks = range(0, os.fstat(file).st_size, size * _CHUNK_PAGES)
        found = sum(_chunk(file, at, size, usable) for at in chunks)
        if found:
            os.fsync(file)
        return found
    finally:
        os.close(file)


def _sizes(header: bytes, length: int) -> tuple[int, int]:
    if header[:16] != MAGIC:
        raise NotZeroable("no SQLite database")
    size = _two(header, 16)
    size = 65_536 if size == 1 else size
    if any(header[52:56]):
        raise NotZeroable("a file with pointer maps")
    if length // size >= _MOST_PAGES:
        raise NotZeroable("too many pages")
    return size, size - header[20]


def _chunk(file: int, at: int, size: int, usable: int) -> int:
    content, found = os.pread(file, size * _CHUNK_PAGES, at), 0
    for begin in range(0, len(content) - size + 1, size):
        page = content[begin : begin + size]
        for start, end in gaps(page, usable, FILE_HEADER if at + begin == 0 else 0):
            if page.count(0, start, end) != end - start:
                os.pwrite(file, bytes(end - start), at + begin + start)
                found += 1
    return found


if __name__ == "__main__":
    print(zero(sys.argv[1]))
