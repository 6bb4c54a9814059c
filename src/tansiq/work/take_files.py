"""Take files of any format in, many at once: kept first, then read one by one, also after a kill.

1. A file is kept in the transaction that takes it; it waits until it is read. What one reading gives is
   written whole or not at all, so a reading that broke off is done again and nothing is there twice.
2. A file that broke the reading ``TRIES`` times is put aside with its code.
3. What a file encloses is a file of its own that waits in its turn.
4. Faults of plain text are told at once and nothing is kept; a document that cannot be read stays (rule 3 of
   ``originals``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from tansiq.base.clock import Clock
from tansiq.base.errors import InputError
from tansiq.base.ids import Entropy, uuid7
from tansiq.base.refusal import Refusal
from tansiq.intake.documents.extract import DOCUMENT_LIMIT_BYTES, extract
from tansiq.intake.documents.faults import Bomb, NoOcr, TooCostly
from tansiq.intake.documents.ocr import Ocr, installed
from tansiq.intake.documents.shape import Enclosed, Extract
from tansiq.intake.documents.unfold import DEPTH_LIMIT
from tansiq.intake.proposals import Proposer
from tansiq.intake.read import TooLarge
from tansiq.model.charter import Charter
from tansiq.seal.keys import PartyKeys
from tansiq.store.store import Store, WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.intake_text import Intake, drafted, keep
from tansiq.work.originals import Held, Original, keep_original, let_go, original, originals, plain_name
from tansiq.work.sign_in import officer_of

TRIES: Final = 3
_Ocr = Callable[[], Ocr]


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it is given."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Read:
    """What reading one file at once gave: its drafts; ``waiting`` if it or a part of it waits."""

    file: Held
    intakes: tuple[Intake, ...]
    waiting: bool


def take_files(desk: Desk, files: Iterable[Given], *, again: bool = True) -> tuple[Held, ...] | Refusal:
    """Keep files to be read; return each, also one that was held already. Refusal ``role``.

    ``again``: what the officer dropped is taken once more; a watched folder does not. Raises TooLarge.
    """
    if (no := desk.lacks("draft")) is not None:
        return no

    def act(tx: WriteTx) -> tuple[Held, ...]:
        known = {held.file.digest: held for held in originals(tx, desk.officer.id)}
        return tuple(_kept(tx, desk, known, given, again=again) for given in files)

    return whole(desk.store, act)


def take_file(desk: Desk, name: str, content: bytes, *, ocr: _Ocr = installed) -> Read | Refusal:
    """Take one file and read it at once; a scan waits. Raises its faults (rule 4). Refusal ``role``."""
    if (no := desk.lacks("draft")) is not None:
        return no
    if (held := _held(desk, content)) is not None:
        return held
    try:
        found = extract(content, plain_name(name), ocr=_not_now)
    except NoOcr:
        (kept,) = _taken(desk, Given(name, content))
        ocr_there = _there(ocr)
        if ocr_there is None:
            return Read(kept, (), True)
        _failed(desk, kept, ocr_there.code)
        raise
    except InputError as error:
        if error.code.startswith("intake."):
            (kept,) = _taken(desk, Given(name, content))
            _failed(desk, kept, error.code)
        raise
    (kept,) = _taken(desk, Given(name, content))
    return _written(desk, kept, found) or Read(kept, (), False)


def read_waiting(desk: Desk, file_id: str, *, ocr: _Ocr = installed) -> Read | None:
    """Read one file that waits; None if it no longer does (rules 1, 2)."""

    def begin(tx: WriteTx) -> Held | None:
        held = original(tx, file_id)
        if held is None or held.file.state != "waiting":
            return None
        more = replace(held.file, tries=held.file.tries + 1)
        if more.tries > TRIES:
            more = replace(more, state="failed", code=TooCostly.code)
        return keep_original(tx, replace_file(held, more), at_ms=desk.now_ms)

    with desk.store.write() as tx:
        held = begin(tx)
    if held is None or held.file.state != "waiting":
        return None
    with desk.store.read() as rx:
        content = rx.blob_bytes(held.file.digest)
    try:
        found = extract(content, held.file.name, ocr=ocr)
    except InputError as error:
        _failed(desk, held, error.code)
        return Read(held, (), False)
    return _written(desk, held, found)


def files_of(desk: Desk) -> tuple[Held, ...] | Refusal:
    """Return the officer's files that are not dropped, the last changed first. Refusal ``role``."""
    if (no := desk.lacks("draft")) is not None:
        return no
    with desk.store.read() as rx:
        return tuple(h for h in originals(rx, desk.officer.id) if h.file.state != "dropped")


def bytes_of(desk: Desk, file_id: str) -> tuple[str, bytes] | Refusal:
    """Return a file's name and its bytes as they were given. Refusals: ``role``, ``intake.absent``."""
    with desk.store.read() as rx:
        held = _own(desk, original(rx, file_id))
        if isinstance(held, Refusal):
            return held
        return held.file.name, rx.blob_bytes(held.file.digest)


def try_again(desk: Desk, file_id: str) -> Refusal | None:
    """Let a file that failed wait again. Refusals: ``role``, ``intake.absent``."""
    return _change(desk, file_id, lambda tx, held: _wait_again(tx, desk, held))


def drop_file(desk: Desk, file_id: str) -> Refusal | None:
    """Destroy a file; drafts read from it stay. Refusals: ``role``, ``intake.absent``."""
    return _change(desk, file_id, lambda tx, held: let_go(tx, held, at_ms=desk.now_ms))


@dataclass(frozen=True)
class Reader:
    """Reads what waits on a node, each file at the desk of the officer who gave it."""

    store: Store
    keys: PartyKeys
    charter: Callable[[], Charter]
    clock: Clock
    entropy: Entropy
    layers: tuple[Proposer, ...] = ()

    def desk_of(self, officer_id: str) -> Desk | None:
        """Return an officer's desk while his account is open and may draft."""
        with self.store.read() as rx:
            row = rx.officer(officer_id)
        if row is None or not row.active:
            return None
        officer = officer_of(row, self.keys.party)
        desk = Desk(self.store, self.keys, self.charter(), self.clock, self.entropy, officer, self.layers)
        return desk if desk.lacks("draft") is None else None

    def turn(self, *, limit: int = 50) -> int:
        """Read the files that wait, the longest waiting first; return how many."""
        with self.store.read() as rx:
            waiting = [h for h in originals(rx, None) if h.file.state == "waiting"]
        done = 0
        for held in sorted(waiting, key=lambda h: (h.file.taken_ms, h.id))[:limit]:
            desk = self.desk_of(held.officer)
            if desk is not None and read_waiting(desk, held.id) is not None:
                done += 1
        return done


def replace_file(held: Held, file: Original) -> Held:
    """Return a file as it stands now."""
    return Held(held.id, held.officer, file)


def _kept(tx: WriteTx, desk: Desk, known: dict[bytes, Held], given: Given, *, again: bool) -> Held:
    if len(given.content) > DOCUMENT_LIMIT_BYTES:
        raise TooLarge(len(given.content))
    digest = hashlib.sha256(given.content).digest()
    there = known.get(digest)
    if there is not None and not (there.file.state == "dropped" and again):
        return there
    tx.put_blob(given.content, at_ms=desk.now_ms)
    file = Original(
        name=plain_name(given.name), digest=digest, size_bytes=len(given.content), taken_ms=desk.now_ms
    )
    held = Held(there.id if there else uuid7(desk.now, desk.entropy), desk.officer.id, file)
    known[digest] = keep_original(tx, held, at_ms=desk.now_ms)
    tx.journal("intake", officer=desk.officer.id, detail=held.id, at_ms=desk.now_ms)
    return held


def _taken(desk: Desk, given: Given) -> tuple[Held, ...]:
    made = take_files(desk, [given])
    return () if isinstance(made, Refusal) else made


def _held(desk: Desk, content: bytes) -> Read | None:
    """Return what the same bytes gave before, while its drafts are there."""
    digest = hashlib.sha256(content).digest()
    with desk.store.read() as rx:
        same = next((h for h in originals(rx, desk.officer.id) if h.file.digest == digest), None)
        if same is None or same.file.state not in ("read", "waiting"):
            return None
    return Read(same, (), True)


def _not_now() -> Ocr:
    raise NoOcr("pictures are read in their turn")


def _there(ocr: _Ocr) -> NoOcr | None:
    try:
        ocr()
    except NoOcr as error:
        return error
    return None


def _failed(desk: Desk, held: Held, code: str) -> None:
    with desk.store.write() as tx:
        now = original(tx, held.id)
        if now is not None and now.file.state == "waiting":
            file = replace(now.file, state="failed", code=code)
            keep_original(tx, replace_file(now, file), at_ms=desk.now_ms)


def _written(desk: Desk, held: Held, found: Extract) -> Read | None:
    """Write what a reading gave, whole; None if the file was read or dropped meanwhile (rule 1)."""
    made = tuple(
        Intake(uuid7(desk.now, desk.entropy), desk.now_ms, drafted(desk, each, file=held.id))
        for each in found.documents
        if not each.error
    )
    unread = tuple((d.name, d.error) for d in found.documents if d.error)
    with desk.store.write() as tx:
        now = original(tx, held.id)
        if now is None or now.file.state != "waiting":
            return None
        for intake in made:
            keep(tx, desk, intake)
        inner = [_enclosed(tx, desk, now, each) for each in found.enclosed]
        file = replace(now.file, state="read", code="", drafts=tuple(i.id for i in made), unread=unread)
        done = keep_original(tx, replace_file(now, file), at_ms=desk.now_ms)
    return Read(done, made, any(inner))


def _enclosed(tx: WriteTx, desk: Desk, outer: Held, inner: Enclosed) -> bool:
    """Let what a file encloses wait in its turn; what cannot is named with its code (rule 3)."""
    digest = hashlib.sha256(inner.content).digest()
    if any(h.file.digest == digest and h.file.state != "dropped" for h in originals(tx, desk.officer.id)):
        return False
    depth = outer.file.depth + 1
    file = Original(
        name=plain_name(inner.name),
        digest=digest,
        size_bytes=len(inner.content),
        state="failed" if depth > DEPTH_LIMIT else "waiting",
        code=Bomb.code if depth > DEPTH_LIMIT else "",
        within=outer.id,
        depth=depth,
        taken_ms=desk.now_ms,
    )
    tx.put_blob(inner.content, at_ms=desk.now_ms)
    keep_original(tx, Held(uuid7(desk.now, desk.entropy), outer.officer, file), at_ms=desk.now_ms)
    return file.state == "waiting"


def _own(desk: Desk, held: Held | None) -> Held | Refusal:
    if (no := desk.lacks("draft")) is not None:
        return no
    if held is None or held.officer != desk.officer.id or held.file.state == "dropped":
        return Refusal("intake.absent")
    return held


def _change(desk: Desk, file_id: str, change: Callable[[WriteTx, Held], None]) -> Refusal | None:
    def act(tx: WriteTx) -> bool | Refusal:
        held = _own(desk, original(tx, file_id))
        if isinstance(held, Refusal):
            return held
        change(tx, held)
        return True

    done = whole(desk.store, act)
    return done if isinstance(done, Refusal) else None


def _wait_again(tx: WriteTx, desk: Desk, held: Held) -> None:
    if held.file.state == "failed":
        file = replace(held.file, state="waiting", code="", tries=0)
        keep_original(tx, replace_file(held, file), at_ms=desk.now_ms)
