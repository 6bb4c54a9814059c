"""Take a text in, and correct its draft: both stay on this node until an officer signs something of them.

1. The bytes are read or refused whole, each with its code; nothing of a refused text is kept.
2. A draft belongs to the officer who took the text in: it bears no label yet, so nobody else reads it.
3. A correction says why; the machine's proposal stays beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from tansiq.base.errors import InputError
from tansiq.base.ids import uuid7
from tansiq.base.refusal import Refusal
from tansiq.intake.documents.shape import Document
from tansiq.intake.draft import PROPOSERS, credited
from tansiq.intake.read import read
from tansiq.language.calendar import DayInterval
from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.values import DraftRow
from tansiq.work.desk import Desk, whole
from tansiq.work.intake_file import KIND, IntakeFile, Item, Mark, Part, items
from tansiq.work.knowledge import local_entries
from tansiq.work.lessons import books, forget, learn, learned
from tansiq.work.originals import draft_dropped
from tansiq.work.parts_of_text import signed

NAME_CHARACTERS: Final = 120
VALUE_CHARACTERS: Final = 4_000
STEPS: Final = 60
"""How many savings can be taken back, the last first."""
Verdict = Literal["proposed", "accepted", "rejected"]
_VERDICTS: Final[dict[str, Verdict]] = {
    "proposed": "proposed",
    "accepted": "accepted",
    "rejected": "rejected",
}


class NoReason(InputError):
    """A correction that does not say why."""

    code = "intake.no-reason"
    where = "why"


class BadCorrection(InputError):
    """A correction of something the draft does not hold, or a value its field cannot take."""

    code = "intake.bad-correction"

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where


@dataclass(frozen=True, slots=True)
class Intake:
    """A draft of this node by its id."""

    id: str
    saved_ms: int
    file: IntakeFile


def take_text(desk: Desk, name: str, content: bytes, *, published: date | None = None) -> Intake | Refusal:
    """Read, draft and keep a text. Refusal ``role``.

    Raises EmptyInput, BinaryInput, TooLarge, Undecodable (rule 1).
    """
    if (no := desk.lacks("draft")) is not None:
        return no
    label = name.strip()[:NAME_CHARACTERS] or "text"
    document = Document(name=label, format="text", text=read(content), published=published)
    made = Intake(uuid7(desk.now, desk.entropy), desk.now_ms, drafted(desk, document))
    with desk.store.write() as tx:
        keep(tx, desk, made)
        tx.journal("intake", officer=desk.officer.id, detail=made.id, at_ms=desk.now_ms)
    return made


def drafted(desk: Desk, document: Document, *, file: str = "") -> IntakeFile:
    """Return a document with its draft, by the node's own knowledge and the officer's lessons.

    ``file`` is the id of the original it was read from.
    """
    with desk.store.read() as rx:
        own, known = local_entries(rx), books(rx, desk)
    name, day = document.name[:NAME_CHARACTERS], document.published
    read = credited(
        document.text,
        name=name,
        published=DayInterval(day, day) if day else None,
        local=own,
        proposers=(*PROPOSERS, *desk.layers),
    )
    made = IntakeFile(
        name=name,
        text=document.text,
        machine=read.draft,
        proposers=dict(read.by),
        pages=document.marks,
        flags=document.flags,
        file=file,
    )
    return replace(made, learned=learned(known, made))


def intakes(desk: Desk) -> tuple[Intake, ...] | Refusal:
    """Return the officer's texts, the last saved first. Refusal ``role``."""
    if (no := desk.lacks("draft")) is not None:
        return no
    with desk.store.read() as rx:
        rows = rx.drafts(desk.officer.id, kind=KIND)
    return tuple(_intake(row) for row in rows)


def intake_of(desk: Desk, rx: ReadTx | WriteTx, intake_id: str) -> Intake | Refusal:
    """Return one draft. Refusals: ``role``; ``intake.absent`` also for another officer's (rule 2)."""
    if (no := desk.lacks("draft")) is not None:
        return no
    row = rx.draft(intake_id)
    if row is None or row.kind != KIND or row.officer != desk.officer.id:
        return Refusal("intake.absent")
    return _intake(row)


def correct_draft(
    desk: Desk,
    intake_id: str,
    values: Mapping[str, str],
    *,
    verdicts: Mapping[str, str] | None = None,
    why: str = "",
    reasons: Mapping[str, str] | None = None,
) -> Intake | Refusal:
    """Keep an officer's corrections: address → value, or address of an item → accepted, rejected, proposed.

    ``verdicts`` holds verdicts alone, also of items that are one value (``title``); ``reasons`` a reason of
    its own for an item by its address; ``why`` is that of all others.
    Values that say what is there already change nothing. Raises NoReason, BadCorrection.
    Refusals: ``role``, ``intake.absent``, ``intake.released``, ``split.signed`` (a part with it is signed).
    """

    def act(tx: WriteTx) -> Intake | Refusal:
        found = intake_of(desk, tx, intake_id)
        if isinstance(found, Refusal) or not (values or verdicts):
            return found
        if found.file.released is not None:
            return Refusal("intake.released", frozenset({found.file.released}))
        marks = _marks(desk, found.file, values, (why.strip(), reasons or {}))
        marks |= _verdicts(desk, found.file, verdicts or {})
        if not marks:
            return found
        if _in_signed(found.file, marks):
            return Refusal("split.signed")
        before = {address: found.file.marks.get(address) for address in marks}
        file = _with_marks(found.file, marks, (*found.file.history, before)[-STEPS:])
        detail = f"{intake_id} {' '.join(sorted(marks))}"[:400]
        tx.journal("intake-correct", officer=desk.officer.id, detail=detail, at_ms=desk.now_ms)
        learn(tx, desk, intake_id, file)
        return keep(tx, desk, Intake(intake_id, desk.now_ms, file))

    return whole(desk.store, act)


def undo_correction(desk: Desk, intake_id: str) -> tuple[Intake, tuple[str, ...]] | Refusal:
    """Take the last saving of corrections back; return the addresses that changed with the draft.

    Refusals: ``role``, ``intake.absent``, ``intake.released``, ``intake.no-step`` (nothing is left),
    ``split.signed``.
    """

    def act(tx: WriteTx) -> tuple[Intake, tuple[str, ...]] | Refusal:
        found = intake_of(desk, tx, intake_id)
        if isinstance(found, Refusal):
            return found
        if found.file.released is not None:
            return Refusal("intake.released", frozenset({found.file.released}))
        if not found.file.history:
            return Refusal("intake.no-step")
        *earlier, last = found.file.history
        if _in_signed(found.file, last):
            return Refusal("split.signed")
        file = _with_marks(found.file, last, tuple(earlier))
        detail = f"{intake_id} {' '.join(sorted(last))}"[:400]
        tx.journal("intake-undo", officer=desk.officer.id, detail=detail, at_ms=desk.now_ms)
        learn(tx, desk, intake_id, file)
        return keep(tx, desk, Intake(intake_id, desk.now_ms, file)), tuple(last)

    return whole(desk.store, act)


def _with_marks(
    file: IntakeFile, marks: Mapping[str, Mark | None], history: tuple[dict[str, Mark | None], ...]
) -> IntakeFile:
    held = {**file.marks, **marks}
    kept = {a: m for a, m in held.items() if m is not None and m.outcome != "proposed"}
    return replace(file, marks=kept, history=history)


def think_of_label(desk: Desk, intake_id: str, said: Mapping[str, Sequence[str]]) -> Intake | Refusal:
    """Keep the label an officer has in mind, as a form says it, until he signs or thinks of another.

    Refusals: ``role``, ``intake.absent``.
    """

    def act(tx: WriteTx) -> Intake | Refusal:
        found = intake_of(desk, tx, intake_id)
        label = {name: list(values) for name, values in said.items()}
        if isinstance(found, Refusal) or found.file.label == label:
            return found
        file = replace(found.file, label=label)
        learn(tx, desk, intake_id, file)
        return keep(tx, desk, Intake(intake_id, desk.now_ms, file))

    return whole(desk.store, act)


def drop_text(desk: Desk, intake_id: str) -> Refusal | None:
    """Delete a text and its draft. Refusals: ``role``, ``intake.absent``."""

    def act(tx: WriteTx) -> Literal[True] | Refusal:
        found = intake_of(desk, tx, intake_id)
        if isinstance(found, Refusal):
            return found
        tx.journal("intake-drop", officer=desk.officer.id, detail=intake_id, at_ms=desk.now_ms)
        if found.file.file:
            draft_dropped(tx, found.file.file, intake_id, at_ms=desk.now_ms)
        tx.drop_draft(intake_id)
        forget(tx, intake_id)
        return True

    done = whole(desk.store, act)
    return done if isinstance(done, Refusal) else None


def keep(tx: WriteTx, desk: Desk, intake: Intake) -> Intake:
    """Save a draft within a transaction that does more."""
    content = msgspec.json.encode(intake.file)
    tx.save_draft(DraftRow(intake.id, desk.officer.id, KIND, desk.now_ms, content))
    return intake


def _intake(row: DraftRow) -> Intake:
    return Intake(row.id, row.saved_ms, msgspec.json.decode(row.content, type=IntakeFile))


def _in_signed(file: IntakeFile, marks: Mapping[str, Mark | None]) -> bool:
    """Whether a change would touch what is signed in a part."""
    held = signed(file)
    return any(a in held or a.rpartition(".")[0] in held for a in marks)


Reasons = tuple[str, Mapping[str, str]]
"""The reason of a whole saving, and the reasons of single items by their addresses."""


def _marks(desk: Desk, file: IntakeFile, values: Mapping[str, str], whys: Reasons) -> dict[str, Mark]:
    there = {each.address: each for each in items(file)}
    parts = {each.address_of(p): p for each in there.values() for p in each.parts}
    found: dict[str, Mark] = {}
    for address, said in values.items():
        item = there.get(address) or there.get(address.rpartition(".")[0])
        why = (whys[1].get(item.address, "") if item is not None else "").strip() or whys[0]
        mark = _mark(desk, there.get(address), parts.get(address), address, said.strip(), why)
        if mark is not None:
            found[address] = mark
    return found


def _verdicts(desk: Desk, file: IntakeFile, verdicts: Mapping[str, str]) -> dict[str, Mark]:
    there = {each.address: each for each in items(file)}
    said = ((a, _verdict(desk, there.get(a), a, v, "")) for a, v in verdicts.items())
    return {a: mark for a, mark in said if mark is not None}


def _verdict(desk: Desk, item: Item | None, address: str, said: str, why: str) -> Mark | None:
    if item is None or said not in _VERDICTS:
        raise BadCorrection(address, "no such item, or no verdict")
    left_out = "proposed" if item.learned is None else "rejected"
    now = item.mark.outcome if item.mark is not None else left_out
    return None if said == now else Mark(_VERDICTS[said], desk.officer.pseudonym, desk.now_ms, why=why)


def _mark(desk: Desk, item: Item | None, part: Part | None, address: str, said: str, why: str) -> Mark | None:
    if part is None:
        return _verdict(desk, item, address, said, why)
    if said == part.value:
        return None
    _fits(part, address, said)
    if not why:
        raise NoReason("a correction without its reason")
    return Mark("corrected", desk.officer.pseudonym, desk.now_ms, said, why)


def _fits(part: Part, address: str, said: str) -> None:
    """Raise BadCorrection unless the value fits its field; blank = not known, where that can be said."""
    if len(said) > VALUE_CHARACTERS or (part.choices and said not in part.choices):
        raise BadCorrection(address, "not one of its values")
    if not said and (part.name in ("", "name", "text", "value", "what") and address != "place"):
        raise BadCorrection(address, "blank")
    try:
        if part.shape == "day" and said:
            date.fromisoformat(said)
        if part.shape == "number":
            Decimal(said)
    except (ValueError, InvalidOperation) as error:
        raise BadCorrection(address, f"not a {part.shape}") from error
