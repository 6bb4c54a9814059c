"""By which door a person named in a text comes into a record: as what, and why. Source: REQUIREMENTS R21.

1. A name that intake found stays in its draft: a report's fields hold it only where an officer has said as
   what the person is named, with a reason. The text itself stays as it came.
2. An office, and an office-holder of the knowledge file, come as officials in their role.
3. What was assigned travels with the report, with its reason, and stands in the journal, the name sealed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.base.messages import Lang, messages
from tansiq.model.values import Particular
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk
from tansiq.work.intake_file import DOOR, IntakeFile, Item, kept
from tansiq.work.noting import sealed

ACT: Final = "person-door"
_LIMIT: Final = 300


@dataclass(frozen=True, slots=True)
class Assigned:
    """A person, as what he is named, and why."""

    name: str
    door: str
    why: str


def stays_in_draft(item: Item) -> bool:
    """Whether an item is a person whom no officer has let into a record (rule 1)."""
    said = {part.name: part.value for part in item.parts}
    return item.group == "actors" and said.get("kind") == "person" and said.get(DOOR, "none") == "none"


def assigned(file: IntakeFile) -> Iterator[Assigned]:
    """Yield the persons whom officers have let in, each with the door and the reason."""
    for item in kept(file):
        for part in item.parts:
            if part.name == DOOR and part.mark is not None and part.value != "none":
                yield Assigned(item.value("name"), part.value, part.mark.why)


def told(file: IntakeFile, lang: Lang) -> tuple[Particular, ...]:
    """Return what the report says of the persons who were let in (rule 3)."""
    said = messages(lang)
    return tuple(
        Particular(
            name=said["intake.door-record"],
            value=f"{one.name}: {said[f'intake.choice.door-{one.door}']}. {one.why}"[:_LIMIT],
        )
        for one in assigned(file)
    )


def note(tx: WriteTx, desk: Desk, file: IntakeFile, record: RecordId) -> None:
    """Write into the journal who was let in by which door and why, the name sealed (rule 3)."""
    for one in assigned(file):
        words = f"{one.door} {one.why.replace('~', '-')[:_LIMIT]} {sealed(tx, one.name)}"
        tx.journal(ACT, officer=desk.officer.id, record=record, detail=words, at_ms=desk.now_ms)
