"""The files that officers gave to intake: kept byte for byte, sealed, with what became of each.

1. A file belongs to the officer who gave it, as its drafts do; nobody else sees that it is there.
2. The same bytes are taken once; what the officer dropped stays known by its hash and is not taken again by
   a watched folder.
3. What could not be read stays with its code, and can be tried again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.values import DraftRow

KIND: Final = "intake-document"
HELD_LIMIT: Final = 10_000
NAME_CHARACTERS: Final = 120
State = Literal["waiting", "read", "failed", "dropped"]


class Original(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One file. ``within``: the file that encloses it; ``drafts``: what was read from it; ``code``: a fault.

    ``unread`` names the parts that could not be read while others could: name and code.
    """

    name: str
    digest: bytes
    size_bytes: int
    state: State = "waiting"
    code: str = ""
    tries: int = 0
    within: str = ""
    depth: int = 0
    drafts: tuple[str, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    taken_ms: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A file of this node by its id, and whose it is."""

    id: str
    officer: str
    file: Original


def originals(rx: ReadTx | WriteTx, officer: str | None) -> Iterator[Held]:
    """Yield the files of an officer or of all, the last changed first."""
    for row in rx.drafts(officer, HELD_LIMIT, kind=KIND):
        yield Held(row.id, row.officer, msgspec.msgpack.decode(row.content, type=Original))


def original(rx: ReadTx | WriteTx, file_id: str) -> Held | None:
    """Return a file by its id."""
    row = rx.draft(file_id)
    if row is None or row.kind != KIND:
        return None
    return Held(row.id, row.officer, msgspec.msgpack.decode(row.content, type=Original))


def keep_original(tx: WriteTx, held: Held, *, at_ms: int) -> Held:
    """Save how a file stands."""
    tx.save_draft(DraftRow(held.id, held.officer, KIND, at_ms, msgspec.msgpack.encode(held.file)))
    return held


def let_go(tx: WriteTx, held: Held, *, at_ms: int) -> None:
    """Destroy a file's bytes unless something else holds them; its hash stays (rule 2)."""
    digest = held.file.digest
    gone = replace(held.file, state="dropped", name="", drafts=(), unread=(), code="")
    keep_original(tx, Held(held.id, held.officer, gone), at_ms=at_ms)
    others = (o for o in originals(tx, None) if o.file.digest == digest and o.file.state != "dropped")
    if next(others, None) is None and not tx.blob_records(digest):
        tx.drop_blob(digest)


def enclosing(rx: ReadTx, file_id: str) -> tuple[Held, ...]:
    """Return a file, the mail or archive it came in, what that came in, and so on outwards."""
    found: dict[str, Held] = {}
    while file_id and file_id not in found and (held := original(rx, file_id)) is not None:
        found[file_id] = held
        file_id = held.file.within
    return tuple(found.values())


def draft_dropped(tx: WriteTx, file_id: str, intake_id: str, *, at_ms: int) -> None:
    """Note that a draft of a file was deleted; with the last one the file goes too."""
    held = original(tx, file_id)
    if held is None:
        return
    left = tuple(d for d in held.file.drafts if d != intake_id)
    if left:
        keep_original(tx, Held(held.id, held.officer, replace(held.file, drafts=left)), at_ms=at_ms)
    else:
        let_go(tx, held, at_ms=at_ms)


def plain_name(said: str) -> str:
    """Return a name without path, controls and marks that turn direction."""
    last = unicodedata.normalize("NFC", said).replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(c for c in last if c == " " or unicodedata.category(c)[0] not in "CZ")
    return " ".join(shown.split()).strip(". ")[:NAME_CHARACTERS] or "file"
