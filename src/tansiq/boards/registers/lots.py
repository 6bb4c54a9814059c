"""The arms ledger: announced lots, recovered items, claims of where they went. Source: REQUIREMENTS R12, R24.

1. Every announced figure stands beside the others with its basis, its announcer and its date: a later one
   adds, none overwrites, and figures are never added up.
2. A recovered item counts once, however many records speak of it: one serial number is one item.
3. Claims of a destination stand side by side, unknown among them.
4. Figures belong to one stock only where a record says so; nothing is assumed to be the same lot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Flag, Value, aspect
from tansiq.boards.forces.requirement import units
from tansiq.boards.shelf import Held, Shelf, bodies, once
from tansiq.language.folding import key
from tansiq.model.kinds.arms_item import ArmsItem
from tansiq.model.kinds.arms_lot import ArmsLot
from tansiq.model.kinds.quantity_claim import QuantityClaim
from tansiq.model.kinds.report import Report
from tansiq.model.kinds.trace_answer import TraceAnswer
from tansiq.model.values import Quantity

_SERIAL: Final = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+){2,}")
"""A mark in running words that names one item: three parts or more, as ``ab-07-002``."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One stated number of a lot; ``quantity.value`` None = said to be unknown ("some")."""

    quantity: Quantity
    by: str
    at: datetime
    record: Held


@dataclass(frozen=True, slots=True)
class Item:
    """One recovered item and every record that speaks of it, oldest first."""

    mark: str
    records: tuple[Held, ...]

    @property
    def first(self) -> ArmsItem:
        """What its first record says."""
        body = self.records[0].body
        assert isinstance(body, ArmsItem)
        return body


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a lot is said to have gone."""

    words: str
    record: Held


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot as the ledger shows it."""

    id: str
    figures: tuple[Figure, ...]
    items: tuple[Item, ...]
    destinations: tuple[Destination, ...]
    records: tuple[Held, ...]

    @property
    def recovered(self) -> int:
        """How many items were recovered (rule 2)."""
        return len(self.items)

    @property
    def announced(self) -> str | None:
        """The distinct announced numbers in the order in which they came: ``40|4``; None = unknown."""
        said = [units(f.quantity.value) for f in self.figures if f.quantity.value is not None]
        return "|".join(dict.fromkeys(x for x in said if x is not None)) or None


def lots(shelf: Shelf) -> tuple[Lot, ...]:
    """Return every lot that a record on the shelf names, in the order in which they were first named."""
    return tuple(_lot(known, shelf) for known in _known(shelf).values())


@dataclass(slots=True)
class _Named:
    """What names one lot: announcements and reports (``own``), recovered items, claims of numbers."""

    name: str
    own: list[Held] = field(default_factory=list)
    items: list[Held] = field(default_factory=list)


def _known(shelf: Shelf) -> dict[str, _Named]:
    """Return what names each lot, by its compared name, in the order in which they were first named."""

    def found() -> dict[str, _Named]:
        named: dict[str, _Named] = {}
        told = (*shelf.of("arms-lot"), *shelf.stating("lot", "report", "arms-item"))
        for held in sorted(told, key=lambda h: (h.created, h.id)):
            if name := lot_name(held):
                known = named.setdefault(key(name), _Named(name))
                (known.items if held.kind == "arms-item" else known.own).append(held)
        return named

    return once(shelf, _Named, found)


@dataclass(frozen=True, slots=True)
class _Claims:
    """Numbers that speak of a lot otherwise: by what their records name or ask about, by its name."""

    of_record: dict[RecordId, list[tuple[int, Held, Quantity]]]
    of_name: dict[str, list[tuple[int, Held, Quantity]]]


def _claims(shelf: Shelf) -> _Claims:
    """Return the numbers of trace answers and of claims, each with its place in their order."""

    def found() -> _Claims:
        known, at = _Claims({}, {}), 0
        for held, answer in bodies(shelf, TraceAnswer):
            request = shelf.get(RecordId(answer.reply_to)) if answer.reply_to else None
            asked = answer.item or getattr(request and request.body, "item", None)
            number = answer.quantity or _counted(answer.lot_size)
            if number is not None:
                at += 1
                for one in _named(held) | ({RecordId(asked)} if asked else set()):
                    known.of_record.setdefault(one, []).append((at, held, number))
        for held, claim in bodies(shelf, QuantityClaim):
            if claim.quantity is not None:
                at += 1
                known.of_name.setdefault(key(claim.counted or ""), []).append((at, held, claim.quantity))
                for one in _named(held):
                    known.of_record.setdefault(one, []).append((at, held, claim.quantity))
        return known

    return once(shelf, _Claims, found)


def lot_name(held: Held) -> str:
    """Return the lot that a record names; a lot without a number goes by its record."""
    match held.body:
        case ArmsLot() as lot:
            return lot.lot or held.id
        case ArmsItem() | Report() as said:
            return said.lot or ""
        case _:
            return ""


def lot_of(name: str, shelf: Shelf) -> Lot:
    """Return one lot with all that stands about it."""
    return _lot(_naming(name, shelf), shelf)


def _naming(name: str, shelf: Shelf) -> _Named:
    """Return what names one lot; the records of other lots are not opened for it."""

    def named() -> dict[str, list[RecordId]]:
        found: dict[str, list[RecordId]] = {}
        for value, record_id in shelf.values("lot", "report", "arms-item"):
            found.setdefault(key(value), []).append(record_id)
        return found

    said = once(shelf, _naming, named).get(key(name), ())
    told = (*shelf.of("arms-lot"), *(h for each in dict.fromkeys(said) if (h := shelf.get(each)) is not None))
    known = _Named(name)
    for held in sorted(told, key=lambda h: (h.created, h.id)):
        if key(lot_name(held)) == key(name):
            (known.items if held.kind == "arms-item" else known.own).append(held)
    return known


def _lot(known: _Named, shelf: Shelf) -> Lot:
    name, items, own = known.name, known.items, known.own
    figures = sorted(_figures(name, own, items, shelf), key=lambda f: f.at)
    return Lot(
        id=name,
        figures=tuple(figures),
        items=tuple(by_mark(items, name)),
        destinations=tuple(_destinations(own)),
        records=tuple(sorted([*own, *items], key=lambda h: (h.created, h.id))),
    )


def _figures(name: str, own: list[Held], items: list[Held], shelf: Shelf) -> Iterator[Figure]:
    for held in own:
        match held.body:
            case ArmsLot() as lot if lot.announced is not None:
                yield _figure(held, lot.announced, str(lot.announced_by or ""))
            case Report() as report if report.quantity is not None:
                yield _figure(held, report.quantity)
    claims = _claims(shelf)
    said = {at: (held, number) for at, held, number in claims.of_name.get(key(name), ())}
    for one in (*own, *items):
        said |= {at: (held, number) for at, held, number in claims.of_record.get(one.id, ())}
    yield from (_figure(*said[at]) for at in sorted(said))


def _counted(number: int | None) -> Quantity | None:
    return None if number is None else Quantity(value=number * 1000)


def _figure(held: Held, quantity: Quantity, by: str = "") -> Figure:
    return Figure(quantity, by or quantity.announced_by or held.originator, held.created, held)


def _named(held: Held) -> set[RecordId]:
    return {*held.sources, *held.derived_from, *(ref.record_id for ref in held.refs)}


def _destinations(own: Iterable[Held]) -> Iterator[Destination]:
    for held in own:
        if isinstance(held.body, ArmsLot):
            yield from (Destination(words, held) for words in held.body.destination_claims)


def by_mark(records: Iterable[Held], lot: str = "") -> Iterator[Item]:
    """Yield each item with its records (rule 2); one without a mark is an item of its own."""
    found: dict[str, list[Held]] = {}
    for held in records:
        found.setdefault(mark_of(held, lot) or held.id, []).append(held)
    return (
        Item("" if mark in {h.id for h in group} else mark, tuple(group)) for mark, group in found.items()
    )


def mark_of(held: Held, lot: str = "") -> str:
    """Return what tells an item from all others: its serial number, else its marks; blank = nothing does."""
    body = held.body
    assert isinstance(body, ArmsItem)
    if body.serial_number.strip():
        return key(body.serial_number)
    seen = key(
        " ".join([*(f"{m.mark} {m.described}" for m in body.marks), *(c.seen for c in body.components)])
    )
    serials = sorted({s for s in _SERIAL.findall(seen) if s != key(lot)})
    marks = sorted(key(m.mark) for m in body.marks if m.mark)
    return " ".join(serials or (marks if len(marks) > 1 else []))


@aspect("arms-lot", "arms-item", "report", "trace-answer")
def ledger(held: Held, shelf: Shelf) -> Aspect:
    """Return how the lot stands that a record names: what was announced, what recovered."""
    name = lot_name(held) or _traced(held, shelf)
    if not name:
        return Aspect()
    lot = lot_of(name, shelf)
    unlike = len({f.quantity.value for f in lot.figures if f.quantity.value is not None}) > 1
    about: dict[str, Value] = {"announced": lot.announced, "recovered": lot.recovered}
    return Aspect(
        facts=(Fact("lot", name, about),),
        flags=(Flag("FIGURES_DIFFER", "R12", {"announced": lot.announced}),) if unlike else (),
        unknown=("announced",) if held.kind == "arms-lot" and lot.announced is None else (),
    )


def _traced(held: Held, shelf: Shelf) -> str:
    """Return the lot of the item that a trace answer speaks of."""
    body = held.body
    item = shelf.get(RecordId(body.item)) if isinstance(body, TraceAnswer) and body.item else None
    return "" if item is None else lot_name(item)
