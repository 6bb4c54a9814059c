"""Lessons: what an officer changed in one draft improves what is proposed to him in the next.

1. A lesson is the officer's own and this node's alone: it rests sealed beside his drafts, is no record, and
   is neither sent, listed, searched nor exported. It changes proposals, never a machine's draft: what the
   machine said and the text that the lesson is from stand beside it.
2. Nothing is learnt of a person: no name, no mention, no source who is one (REQUIREMENTS R21).
3. Nothing is learnt of protected material: where the label in mind or signed bears a protected compartment,
   or a source's identity was moved to the vault, the draft's lessons are destroyed.
4. Lessons live as long as what they are from: they go with a text that is dropped and with a report that is
   withdrawn, by others or by us, and at any time by the officer's own hand. What they propose in drafts that
   are not signed yet goes with them; of what is signed the name of the text goes.
5. A later lesson on the same words stands before an earlier one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.values import DraftRow
from tansiq.work.cues import cues_of
from tansiq.work.desk import Desk, whole
from tansiq.work.intake_file import KIND as INTAKE
from tansiq.work.intake_file import IntakeFile, Item, Learned, Part, items

KIND: Final = "lesson"
BOOKS: Final = 500
"""So many texts' lessons are looked at, the latest first."""
DRAFTS: Final = 100_000
"""What is to be forgotten is looked for among all drafts of the node."""
_SOURCES: Final = frozenset({"newspaper", "agency", "broadcaster", "ministry"})
_TAUGHT: Final[dict[str, tuple[str, ...]]] = {
    "actors": ("name", "kind"),
    "places": ("name",),
    "chain": ("name", "kind"),
    "quantities": ("unit",),
    "events": ("type", "status"),
    "commitments": ("force",),
    "statements": ("type",),
}
"""Which values of an item say something of other texts too."""
_REJECTED: Final = frozenset({"actors", "places", "chain", "quantities", "events"})


class Lesson(Struct, frozen=True, omit_defaults=True):
    """One thing learnt: of items of a group with these words and this value, what to propose instead.

    ``part`` blank = the item was rejected: propose none.
    """

    key: str
    group: str
    part: str
    cues: tuple[str, ...]
    machine: str
    said: str
    at_ms: int


class Book(Struct, frozen=True, omit_defaults=True):
    """The lessons of one text; ``dropped`` = keys that the officer does not want again."""

    intake: str
    name: str
    lessons: tuple[Lesson, ...] = ()
    dropped: tuple[str, ...] = ()
    records: tuple[RecordId, ...] = ()


def learn(tx: WriteTx, desk: Desk, intake_id: str, file: IntakeFile) -> None:
    """Keep what a draft's corrections teach, in the transaction that keeps them (rules 2, 3)."""
    found = _book(tx, intake_id)
    dropped = found.dropped if found is not None else ()
    closed = _is_protected(desk, file) or any(_is_withdrawn(tx, one) for one in _records(file))
    taught = () if closed else tuple(x for x in _taught(file) if x.key not in dropped)
    if not taught and not dropped:
        forget(tx, intake_id)
        return
    book = Book(intake_id, file.name, taught, dropped, _records(file))
    if book != found:
        _save(tx, desk, book)


def forget(tx: WriteTx, intake_id: str) -> None:
    """Destroy the lessons of a text (rules 3, 4)."""
    if (found := _book(tx, intake_id)) is not None:
        _destroy(tx, [found])


def forget_record(tx: WriteTx, record_id: RecordId) -> None:
    """Destroy the lessons of the text that a withdrawn record was signed of, whoever's they are (rule 4)."""
    rows = tx.drafts(None, DRAFTS, kind=KIND)
    found = (msgspec.json.decode(row.content, type=Book) for row in rows)
    _destroy(tx, [book for book in found if record_id in book.records])


def _destroy(tx: WriteTx, gone: list[Book]) -> None:
    for book in gone:
        tx.drop_draft(_id_of(book.intake))
    keys = frozenset(lesson.key for book in gone for lesson in book.lessons)
    for row in tx.drafts(None, DRAFTS, kind=INTAKE) if keys else ():
        file = msgspec.json.decode(row.content, type=IntakeFile)
        if not keys.isdisjoint(each.lesson for each in file.learned.values()):
            content = msgspec.json.encode(_unlearned(file, keys))
            tx.save_draft(DraftRow(row.id, row.officer, row.kind, row.saved_ms, content))


def _unlearned(file: IntakeFile, keys: frozenset[str]) -> IntakeFile:
    """Return a draft without what destroyed lessons proposed; what is signed keeps its values."""
    signed = bool(_records(file))
    kept = {
        address: replace(each, name="") if each.lesson in keys else each
        for address, each in file.learned.items()
        if signed or each.lesson not in keys
    }
    return replace(file, learned=kept)


def books(rx: ReadTx, desk: Desk) -> tuple[Book, ...]:
    """Return the officer's lessons by text, the latest first (rule 1)."""
    rows = rx.drafts(desk.officer.id, BOOKS, kind=KIND)
    return tuple(msgspec.json.decode(row.content, type=Book) for row in rows)


def drop_lesson(desk: Desk, key: str) -> Refusal | None:
    """Let a lesson go; the same correction does not bring it back. Refusals: ``role``, ``lesson.absent``."""

    def act(tx: WriteTx) -> bool | Refusal:
        if (no := desk.lacks("draft")) is not None:
            return no
        for book in books(tx, desk):
            if any(x.key == key for x in book.lessons):
                left = tuple(x for x in book.lessons if x.key != key)
                tx.journal("lesson-drop", officer=desk.officer.id, detail=key, at_ms=desk.now_ms)
                _save(tx, desk, replace(book, lessons=left, dropped=(*book.dropped, key)))
                return True
        return Refusal("lesson.absent")

    done = whole(desk.store, act)
    return done if isinstance(done, Refusal) else None


def learned(known: Iterable[Book], file: IntakeFile) -> dict[str, Learned]:
    """Return what the lessons propose for a new draft: by address of a value, or of an item to leave out."""
    held = sorted(((x, b) for b in known for x in b.lessons), key=lambda pair: pair[0].at_ms)
    found: dict[str, Learned] = {}
    for item in items(file) if held else ():
        cues = frozenset(cues_of(file, item))
        for lesson, book in held:
            if lesson.group == item.group and not cues.isdisjoint(lesson.cues) and _fits(lesson, item):
                address = f"{item.address}.{lesson.part}" if lesson.part else item.address
                found[address] = Learned(lesson.said, book.name, lesson.key, out=not lesson.part)
    return found


def _fits(lesson: Lesson, item: Item) -> bool:
    if not lesson.part:
        return _value(item) == lesson.machine
    part = next((p for p in item.parts if p.name == lesson.part), None)
    fits = part is not None and (not part.choices or lesson.said in part.choices)
    return fits and part is not None and part.machine == lesson.machine


def _taught(file: IntakeFile) -> Iterator[Lesson]:
    for item in items(file):
        if item.group not in _TAUGHT or _is_of_a_person(item):
            continue
        cues = cues_of(file, item)
        if not cues:
            continue
        if item.mark is not None and item.mark.outcome == "rejected" and item.group in _REJECTED:
            yield _lesson(item, "", cues, _value(item), "", item.mark.at_ms)
            continue
        for part in item.parts:
            if part.mark is not None and part.name in _TAUGHT[item.group]:
                yield _lesson(item, part.name, cues, part.machine, part.value, part.mark.at_ms)


def _lesson(item: Item, part: str, cues: tuple[str, ...], machine: str, said: str, at_ms: int) -> Lesson:
    told = "\n".join((item.group, part, *cues, machine, said))
    return Lesson(
        hashlib.sha256(told.encode()).hexdigest()[:16], item.group, part, cues, machine, said, at_ms
    )


def _value(item: Item) -> str:
    """Return what the machine says an item is: its choices, else its name."""
    parts: list[Part] = [p for p in item.parts if p.choices] or [p for p in item.parts if p.name == "name"]
    return " ".join(p.machine for p in parts) or " ".join(p.machine for p in item.parts if p.name == "unit")


def _is_of_a_person(item: Item) -> bool:
    """Whether an item is, or by the machine or the officer is held to be, a person (rule 2)."""
    kind = next((p for p in item.parts if p.name == "kind"), None)
    if kind is None:
        return False
    if item.group == "chain":
        return kind.value not in _SOURCES
    named = any(p.name == "name" and p.mark is not None for p in item.parts)
    rejected = item.mark is not None
    return kind.value == "person" or (kind.machine == "person" and (named or rejected))


def _is_protected(desk: Desk, file: IntakeFile) -> bool:
    codes = file.label.get("l.compartments", [])
    return bool(file.hidden) or any(code in desk.store.protected for code in codes)


def _is_withdrawn(rx: ReadTx | WriteTx, record_id: RecordId) -> bool:
    return any(w.version == 0 and w.mode != "narrow" for w in rx.withdrawals(record_id))


def _records(file: IntakeFile) -> tuple[RecordId, ...]:
    """Return what was signed of a text: by these its lessons are found when one is withdrawn (rule 4)."""
    parts = file.split.records.values() if file.split is not None else ()
    return (*parts, *(() if file.released is None else (file.released,)))


def _book(rx: ReadTx | WriteTx, intake_id: str) -> Book | None:
    row = rx.draft(_id_of(intake_id))
    return None if row is None else msgspec.json.decode(row.content, type=Book)


def _save(tx: WriteTx, desk: Desk, book: Book) -> None:
    row = DraftRow(_id_of(book.intake), desk.officer.id, KIND, desk.now_ms, msgspec.json.encode(book))
    tx.save_draft(row)


def _id_of(intake_id: str) -> str:
    return hashlib.sha256(f"lesson\n{intake_id}".encode()).hexdigest()[:32]
