"""Watched folders: files that appear are taken in for an officer, and what waits is read.

1. A file is taken when it stood still between two looks; its bytes decide whether it was taken before.
2. Nothing in the folder is changed. Links are not followed; names that begin with a dot or end as unfinished
   downloads do are passed over; so is what is too large, said once.
3. A look that finds a fault is tried again with the next.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import structlog

from tansiq.base.refusal import Refusal
from tansiq.intake.documents.extract import DOCUMENT_LIMIT_BYTES
from tansiq.node.settings import Watched
from tansiq.work.desk import Desk
from tansiq.work.take_files import Given, Reader, take_files

DEPTH_LIMIT: Final = 4
FILES_LIMIT: Final = 10_000
AT_ONCE: Final = 20
_PASSED_OVER: Final = (".part", ".crdownload", ".tmp", ".download", ".swp", "~", ".meta.json")
_LOG: Final = structlog.get_logger("tansiq.node")


@dataclass
class Watching:
    """The watched folders of a node; ``turn`` looks once and reads what waits."""

    reader: Reader
    folders: tuple[Watched, ...]
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    _done: dict[str, tuple[int, int]] = field(default_factory=dict)

    def turn(self) -> int:
        """Take what is new, read what waits; return how many files were read."""
        for watched in self.folders:
            desk = self._desk(watched.officer)
            if desk is not None:
                self._look(desk, Path(watched.folder))
        return self.reader.turn()

    def _desk(self, name: str) -> Desk | None:
        with self.reader.store.read() as rx:
            row = rx.officer_named(name) or rx.officer(name)
        return None if row is None else self.reader.desk_of(row.id)

    def _look(self, desk: Desk, folder: Path) -> None:
        still = [path for path, mark in _files(folder) if self._is_still(str(path), mark)]
        for path in still[:AT_ONCE]:
            content = _bytes(path)
            if content is not None:
                taken = take_files(desk, [Given(path.name, content)], again=False)
                if isinstance(taken, Refusal):
                    return
            self._done[str(path)] = self._seen[str(path)]

    def _is_still(self, path: str, mark: tuple[int, int]) -> bool:
        """Whether a file stands as it stood at the last look, and was not taken as it stands (rule 1)."""
        before = self._seen.get(path)
        self._seen[path] = mark
        return before == mark and self._done.get(path) != mark


def _files(folder: Path, depth: int = 0) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Yield plain files with size and time of change, in the order of their names (rule 2)."""
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)[:FILES_LIMIT]
    except OSError as error:
        _LOG.warning("watched.folder", errno=error.errno)
        return
    for entry in entries:
        if entry.name.startswith((".", "~")) or entry.name.lower().endswith(_PASSED_OVER):
            continue
        if entry.is_dir(follow_symlinks=False) and depth < DEPTH_LIMIT:
            yield from _files(Path(entry.path), depth + 1)
        elif entry.is_file(follow_symlinks=False):
            known = entry.stat(follow_symlinks=False)
            yield Path(entry.path), (known.st_size, known.st_mtime_ns)


def _bytes(path: Path) -> bytes | None:
    """Return a file's bytes; None if it is a link, gone, or too large."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            content = file.read(DOCUMENT_LIMIT_BYTES + 1)
    except OSError:
        return None
    if len(content) > DOCUMENT_LIMIT_BYTES:
        _LOG.warning("watched.too-large")
        return None
    return content
