"""The watch: what an officer has acknowledged, and since when he looks at what is new.

1. What is acknowledged is a notice of one record, by one officer, until it says something else.
   It is noted in the journal; it answers nothing and closes nothing.
2. An officer acknowledges only what he may read: to him, what is hidden is not there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import msgspec

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards.aspects import Aspect, Raised, aspect_of
from tansiq.boards.shelf import Held, Shelf
from tansiq.store.papers import Paper
from tansiq.store.store import ReadTx
from tansiq.work.desk import Desk
from tansiq.work.objecting import shelf_of

ACKNOWLEDGED: Final = "acknowledged"
WATCH: Final = "watch-since"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that an officer must notice about a record; ``mark`` tells it from others."""

    held: Held
    raised: Raised
    mark: str


def notices_of(held: Held, said: Aspect, shelf: Shelf) -> tuple[Notice, ...]:
    """Return what officers of this party must notice of a record and have not settled."""
    return tuple(
        Notice(held, one, _mark(held.id, one))
        for one in said.raises
        if not one.settled and (not one.parties or shelf.party in one.parties)
    )


def _mark(record_id: RecordId, one: Raised) -> str:
    said = (record_id, one.how, one.code, str(one.fields.get("due", "")))
    return hashlib.sha256(msgspec.msgpack.encode(said)).hexdigest()[:32]


def is_acknowledged(rx: ReadTx, officer_id: str, mark: str) -> bool:
    """Whether the officer has acknowledged a notice."""
    return rx.paper(_paper(officer_id, mark)) is not None


def acknowledge(desk: Desk, record_id: RecordId, mark: str) -> Refusal | None:
    """Note that the officer has seen a notice (rule 1). Refusal: ``absent``."""
    with desk.store.read() as rx:
        shelf = shelf_of(rx, desk)
        held = shelf.get(record_id)
        known = () if held is None else notices_of(held, aspect_of(held, shelf), shelf)
    found = next((one for one in known if one.mark == mark), None)
    if held is None or found is None:
        return Refusal("absent")
    with desk.store.write() as tx:
        tx.save_paper(Paper(_paper(desk.officer.id, mark), ACKNOWLEDGED, desk.officer.id, desk.now_ms, b""))
        tx.journal(ACKNOWLEDGED, officer=desk.officer.id, record=record_id, at_ms=desk.now_ms)
    return None


def watch_since(rx: ReadTx, officer_id: str) -> int | None:
    """Return since when (ms) what comes is new to an officer; None = he has not begun a watch."""
    paper = rx.paper(_watch(officer_id))
    return None if paper is None else paper.at_ms


def begin_watch(desk: Desk) -> None:
    """Note that what is here has been seen: what comes from now on is new."""
    with desk.store.write() as tx:
        tx.save_paper(Paper(_watch(desk.officer.id), WATCH, desk.officer.id, desk.now_ms, b""))
        tx.journal(WATCH, officer=desk.officer.id, at_ms=desk.now_ms)


def _paper(officer_id: str, mark: str) -> str:
    said = f"{officer_id} {mark}"
    return f"{ACKNOWLEDGED}-{hashlib.sha256(said.encode()).hexdigest()}"


def _watch(officer_id: str) -> str:
    return f"{WATCH}-{officer_id}"
