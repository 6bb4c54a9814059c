"""The watch: a hand-over note that one watch signs and the next acknowledges. Source: DOCTRINE 2 (rotation).

1. A note is an entry of the operations log for our own party alone; it copies no title and no text of other
   records: it points to them, and each reader sees of them what he may read.
2. It points to nothing under a compartment: everyone who takes over may read the note.
3. Its level is at least the highest of what it points to.
4. The next watch acknowledges with an entry of its own that points to the note; nobody acknowledges his own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import msgspec

from tansiq.base.clock import moment
from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.log_entry import LogEntry, LogLine
from tansiq.model.label import LEVELS, Level
from tansiq.model.label import label as make_label
from tansiq.model.record import Ref
from tansiq.policy.permits import RANK, permits
from tansiq.search.query import list_records
from tansiq.search.view import Row, View
from tansiq.store.papers import Paper
from tansiq.store.store import ReadTx
from tansiq.work.desk import Desk
from tansiq.work.readable import readable
from tansiq.work.submit import Draft, submit

KIND: Final = "log-entry/1"
ABOUT, ACKNOWLEDGES = "about", "acknowledges"
ITEMS: Final = 100
_PAPER: Final = "watch"
_KEPT: Final = 400


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """One hand-over: the note, who signed it and when, who acknowledged it."""

    note: str
    by: str
    at_ms: int
    taken: str = ""
    taken_by: str = ""
    taken_ms: int = 0


@dataclass(frozen=True, slots=True)
class Handover:
    """What an officer hands over: his words, the records it points to, its level."""

    title: str
    text: str
    about: tuple[RecordId, ...] = ()
    level: Level = "restricted"
    lang: str = "ar"


def watches(rx: ReadTx, limit: int = 20) -> tuple[Watch, ...]:
    """Return the hand-overs, newest first."""
    found = (msgspec.msgpack.decode(p.content, type=Watch) for p in rx.papers(_PAPER, limit=_KEPT))
    return tuple(sorted(found, key=lambda w: -w.at_ms)[:limit])


def begun_ms(rx: ReadTx, desk: Desk) -> int:
    """Return when this watch began: at the last note, else a day ago."""
    last = next(iter(watches(rx, 1)), None)
    return last.at_ms if last is not None else desk.now_ms - 86_400_000


def changed(rx: ReadTx, view: View, since_ms: int) -> tuple[Row, ...]:
    """Return what came or was written since and stands under no compartment, newest first (rule 2)."""
    labels = rx.labels()
    rows = list_records(rx, view, limit=ITEMS * 2).rows
    fresh = (row for row in rows if row.received_ms >= since_ms and not labels[row.label_id].compartments)
    return tuple(fresh)[:ITEMS]


def hand_over(desk: Desk, note: Handover) -> RecordId | Refusal:
    """Sign a note. Refusals: ``watch.empty``, ``watch.level``, ``watch.item``, those of ``submit``."""
    if not (note.title.strip() and note.text.strip()):
        return Refusal("watch.empty")
    with desk.store.read() as rx:
        if (no := _refused(rx, desk, note)) is not None:
            return no
    line = LogLine(at=desk.now, event=note.title.strip()[:2_000])
    body = LogEntry(title=note.title.strip()[:300], text=note.text.strip(), entries=(line,))
    refs = tuple(Ref(ABOUT, raw_of(each)) for each in dict.fromkeys(note.about))
    made = _submitted(desk, body, note.level, refs, note.lang)
    if not isinstance(made, Refusal):
        _keep(desk, Watch(note=made, by=desk.officer.id, at_ms=desk.now_ms))
    return made


def acknowledge(desk: Desk, note_id: str, words: str, lang: str) -> RecordId | Refusal:
    """Take over: sign that a note was read. Refusals: ``watch.none``, ``watch.own``, as ``submit``."""
    with desk.store.read() as rx:
        held = next((w for w in watches(rx, _KEPT) if w.note == note_id and not w.taken), None)
        its_label = rx.label_of(RecordId(note_id)) if held is not None else None
    if held is None or its_label is None or not permits(its_label, desk.officer.reader, now=desk.now):
        return Refusal("watch.none")
    if held.by == desk.officer.id:
        return Refusal("watch.own")
    title = f"{moment(held.at_ms):%Y-%m-%d %H:%M}Z"
    line = LogLine(at=desk.now, event=words.strip()[:2_000])
    body = LogEntry(title=title, text=words.strip()[:60_000], entries=(line,))
    made = _submitted(desk, body, its_label.level, (Ref(ACKNOWLEDGES, raw_of(note_id)),), lang)
    if not isinstance(made, Refusal):
        taken = {"taken": made, "taken_by": desk.officer.id, "taken_ms": desk.now_ms}
        _keep(desk, msgspec.structs.replace(held, **taken))
    return made


def least_level(rx: ReadTx, about: Iterable[RecordId]) -> Level:
    """Return the lowest level that a note about these records may bear (rule 3)."""
    found = (its_label.level for each in about if (its_label := rx.label_of(each)) is not None)
    return max(found, key=lambda level: RANK[level], default=LEVELS[1])


def _refused(rx: ReadTx, desk: Desk, note: Handover) -> Refusal | None:
    if len(note.about) > ITEMS:
        return Refusal("watch.item")
    for each in note.about:
        found = readable(rx, desk, each)
        if found is None or found[1].compartments:
            return Refusal("watch.item")
    least = least_level(rx, note.about)
    return Refusal("watch.level", frozenset({least})) if RANK[note.level] < RANK[least] else None


def _submitted(
    desk: Desk, body: LogEntry, level: Level, refs: tuple[Ref, ...], lang: str
) -> RecordId | Refusal:
    own = make_label([desk.party], level=level)
    return submit(desk, Draft(kind=KIND, body=body, label=own, refs=refs, lang=lang))


def _keep(desk: Desk, watch: Watch) -> None:
    with desk.store.write() as tx:
        content = msgspec.msgpack.encode(watch)
        tx.save_paper(Paper(f"{_PAPER}:{watch.note}", _PAPER, "", desk.now_ms, content))
