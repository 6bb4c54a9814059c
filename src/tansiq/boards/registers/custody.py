"""Items and their chain of custody. Source: REQUIREMENTS R24; DOCTRINE 3.11.

1. The chain is unbroken while its times are in order, each hand-over comes from who held the item before,
   and the seal is the same, unless it was opened to examine the item before a witness.
2. A chain that nobody recorded is unknown, not unbroken.
3. Components are recorded one by one: what is absent is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Flag, Value, aspect
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.language.folding import key
from tansiq.model.kinds.arms_item import ArmsItem
from tansiq.model.kinds.component import Component
from tansiq.model.kinds.custody_event import CustodyEvent

_ABSENT: Final = tuple(key(w) for w in ("absent", "absente", "missing", "manquant", "غائب", "مفقود", "ناقص"))


@dataclass(frozen=True, slots=True)
class Step:
    """One hand-over. Blank = not stated; ``record`` None = a line of the item's own record."""

    at: datetime | None
    giver: str
    holder: str
    seal: str
    act: str = ""
    witness: str = ""
    record: RecordId | None = None


def chain_of(item: Held, shelf: Shelf) -> tuple[Step, ...]:
    """Return the steps of an item: its own lines as written, then recorded events by their time."""
    body = item.body
    assert isinstance(body, ArmsItem)
    own = [Step(line.at, "", line.by or "", line.seal or "") for line in body.custody]
    events = [_step(h, b) for h, b in bodies(shelf, CustodyEvent) if b.item == item.id]
    undated = [e for e in events if e.at is None]
    dated = sorted((e for e in events if e.at is not None), key=lambda e: e.at.timestamp() if e.at else 0.0)
    return (*own, *dated, *undated)


def _step(held: Held, body: CustodyEvent) -> Step:
    at = None if body.moved is None else body.moved.lo or body.moved.hi
    names = (body.from_holder, body.to_holder, body.seal, body.custody_act, body.witness_role)
    giver, holder, seal, act, witness = (str(n or "") for n in names)
    return Step(at, giver, holder, seal, act, witness, held.id)


def breaks(chain: tuple[Step, ...]) -> Iterator[str]:
    """Yield what breaks a chain (rule 1): ``undated``, ``out-of-order``, ``giver``, ``seal``, ``lost``."""
    holder, seal, last = "", "", None
    for number, step in enumerate(chain):
        if step.at is None:
            yield "undated"
        elif last is not None and step.at < last:
            yield "out-of-order"
        if number and step.record is not None and key(step.giver) != key(holder):
            yield "giver"
        opened = step.act == "examined" and bool(step.witness.strip())
        if seal and not opened and key(step.seal) != key(seal):
            yield "seal"
        if step.act == "lost":
            yield "lost"
        holder, seal, last = step.holder or holder, step.seal or seal, step.at or last


@aspect("arms-item")
def custody(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of an item: its chain of custody, its parts, its condition."""
    body = held.body
    assert isinstance(body, ArmsItem)
    chain = chain_of(held, shelf)
    found = tuple(dict.fromkeys(breaks(chain)))
    unbroken = None if not chain else not found
    about: dict[str, Value] = {"breaks": found, "holder": chain[-1].holder or None} if chain else {}
    absent = tuple(_absent(held, body, shelf))
    return Aspect(
        flags=() if unbroken is not False else (Flag("CUSTODY_BROKEN", "R24", {"breaks": found}, bad=True),),
        facts=(
            Fact("custody_unbroken", unbroken, about),
            *((Fact("absent", absent),) if absent else ()),
        ),
        unknown=("condition",) if body.condition is None else (),
    )


def _absent(held: Held, body: ArmsItem, shelf: Shelf) -> Iterator[str]:
    for part in body.components:
        if any(word in key(part.seen) for word in _ABSENT):
            yield part.part or ""
    for _, component in bodies(shelf, Component):
        if component.item == held.id and component.present is False:
            yield str(component.part or "")
