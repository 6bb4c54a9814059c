"""A text taken in: what the machine proposed, and beside it, never mixed, what officers did to it.

1. Nothing of the machine's draft is ever changed; a correction is a mark with its author and its reason.
2. An item is known by its address: ``title``, ``occurred.lo``, ``statements.3.text``.
3. What is rejected is not released; what nobody looked at is, as the officer who signs is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from threading import local
from typing import Final, Literal, get_args
from weakref import ReferenceType, ref

from msgspec import Struct

from tansiq.base.ids import RecordId
from tansiq.intake import shape
from tansiq.intake.documents.shape import Flag
from tansiq.intake.documents.shape import Mark as Page
from tansiq.intake.obtained import VALUES, come_by
from tansiq.intake.person_names import is_in_office
from tansiq.intake.shape import Span
from tansiq.intake.titles import title_span

KIND: Final = "intake"
"""The kind under which drafts of this form rest in the store."""

DOOR: Final = "door"
"""The value of a person that says as what he is named (``work.person_doors``)."""
DOORS: Final = ("none", "hostage", "victim", "source", "official", "judicial")
Outcome = Literal["proposed", "accepted", "rejected", "corrected"]
Shape = Literal["line", "text", "day", "number", "choice"]


class Mark(Struct, frozen=True, omit_defaults=True):
    """What an officer did to one address; ``by`` is his pseudonym, ``value`` what he set."""

    outcome: Outcome
    by: str
    at_ms: int
    value: str = ""
    why: str = ""


class Learned(Struct, frozen=True, omit_defaults=True):
    """What a lesson proposes at an address, and the text it is from; ``out`` = propose nothing there."""

    value: str
    name: str
    lesson: str
    out: bool = False


class Hidden(Struct, frozen=True):
    """A source of the chain whose identity is in the vault: its number, and what it is called there."""

    link: int
    pseudonym: str


class Split(Struct, frozen=True, omit_defaults=True):
    """How a text is cut into parts: block → part (0 = none), part → its title, part → its signed record."""

    assigned: tuple[int, ...]
    titles: dict[str, str] = {}
    records: dict[str, RecordId] = {}


class IntakeFile(Struct, frozen=True, kw_only=True, omit_defaults=True, weakref=True):
    """One text with its draft; ``released`` and ``promises`` (sentence → record) say what became of it.

    ``label`` is the label the officer is thinking of, as a form says it; nothing bears it before he signs.
    ``proposers`` names who proposed what did not come from the rules, by address.
    ``history`` holds what stood at the addresses that each of the last savings changed, for taking it back.
    ``file`` is the original it was read from (``originals``), ``pages`` where its pages begin in the text.
    ``dated`` says who entered the day of publication, ``asked`` (gap → record) what was made a request.
    """

    form: int = 1
    name: str
    text: str
    machine: shape.Draft
    marks: dict[str, Mark] = {}
    label: dict[str, list[str]] = {}
    released: RecordId | None = None
    promises: dict[str, RecordId] = {}
    history: tuple[dict[str, Mark | None], ...] = ()
    hidden: tuple[Hidden, ...] = ()
    learned: dict[str, Learned] = {}
    proposers: dict[str, str] = {}
    split: Split | None = None
    file: str = ""
    pages: tuple[Page, ...] = ()
    flags: tuple[Flag, ...] = ()
    dated: Mark | None = None
    asked: dict[str, RecordId] = {}


@dataclass(frozen=True, slots=True)
class Part:
    """One value of an item as a form shows it; ``machine`` is what was proposed."""

    name: str
    value: str
    shape: Shape = "line"
    choices: tuple[str, ...] = ()
    machine: str = ""
    mark: Mark | None = None
    learned: Learned | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing proposed, with the words it came from."""

    address: str
    parts: tuple[Part, ...]
    spans: tuple[Span, ...]
    mark: Mark | None = None
    learned: Learned | None = None

    @property
    def group(self) -> str:
        """The kind of thing: ``title``, ``statements``."""
        return self.address.partition(".")[0]

    @property
    def outcome(self) -> Outcome:
        """What became of it so far."""
        if self.mark is not None:
            return self.mark.outcome
        if any(p.mark is not None for p in self.parts):
            return "corrected"
        return "proposed" if self.learned is None else "rejected"

    def address_of(self, part: Part) -> str:
        """Return the address of one of its values."""
        return f"{self.address}.{part.name}" if part.name else self.address

    def value(self, name: str = "") -> str:
        """Return a value by the name of its part."""
        return next(p.value for p in self.parts if p.name == name)


@dataclass(slots=True)
class _Last:
    """The items of the file that was asked for last: a page asks ten times. It keeps no file alive."""

    of: ReferenceType[IntakeFile] | None = None
    items: tuple[Item, ...] = ()


class _Memo(local):
    last: _Last

    def __init__(self) -> None:
        self.last = _Last()


_MEMO: Final = _Memo()


def items(file: IntakeFile) -> tuple[Item, ...]:
    """Return everything proposed, in the order of the page, with the officers' marks applied (rule 1)."""
    last = _MEMO.last
    if last.of is None or last.of() is not file:
        found = tuple(_marked(_taught(each, file.learned), file.marks) for each in _proposed(file))
        last.of, last.items = ref(file, lambda _: setattr(last, "items", ())), found
        return found
    return last.items


def kept(file: IntakeFile) -> tuple[Item, ...]:
    """Return what a release would carry (rule 3)."""
    return tuple(each for each in items(file) if each.outcome != "rejected")


def _taught(item: Item, learned: Mapping[str, Learned]) -> Item:
    """Return an item as lessons propose it; what the machine said stays in its parts."""
    if not learned:
        return item
    parts = tuple(_part_taught(p, learned.get(item.address_of(p))) for p in item.parts)
    whole = learned.get(item.address)
    return replace(item, parts=parts, learned=whole if whole is not None and whole.out else None)


def _part_taught(part: Part, said: Learned | None) -> Part:
    return part if said is None or said.out else replace(part, value=said.value, learned=said)


def _marked(item: Item, marks: Mapping[str, Mark]) -> Item:
    parts = tuple(_part_marked(p, marks.get(item.address_of(p))) for p in item.parts)
    whole = marks.get(item.address)
    own = whole if whole is not None and whole.outcome in ("accepted", "rejected") else None
    return replace(item, parts=parts, mark=own)


def _part_marked(part: Part, mark: Mark | None) -> Part:
    if mark is None or mark.outcome != "corrected":
        return part
    return replace(part, value=mark.value, mark=mark)


def _proposed(file: IntakeFile) -> Iterator[Item]:
    yield _title(file)
    yield _occurred(file.machine)
    yield _place(file.machine)
    yield _obtained(file)
    draft = file.machine
    for n, link in enumerate(draft.chain):
        kind = _choice("kind", link.kind, get_args(shape.ChainKind))
        yield Item(f"chain.{n}", (_line("name", link.name), kind), (link.span,))
    for n, said in enumerate(draft.statements):
        parts = (_choice("type", said.type, get_args(shape.StatementType)), _line("text", said.text, "text"))
        yield Item(f"statements.{n}", parts, (said.span,))
    for n, event in enumerate(draft.events):
        yield Item(f"events.{n}", _event_parts(event), (event.span,))
    for n, count in enumerate(draft.quantities):
        parts = (_line("value", _number(count.value), "number"), _line("unit", count.unit))
        yield Item(f"quantities.{n}", parts, (count.span,))
    yield from _named(draft)


def _named(draft: shape.Draft) -> Iterator[Item]:
    for n, promise in enumerate(draft.commitments):
        force = _choice("force", promise.force, get_args(shape.Force))
        due = promise.due
        until = (
            _line("lo", _day(due.lo if due else None), "day"),
            _line("hi", _day(due.hi if due else None), "day"),
        )
        yield Item(f"commitments.{n}", (force, _line("who", "; ".join(promise.who)), *until), (promise.span,))
    for n, actor in enumerate(draft.actors):
        yield Item(f"actors.{n}", tuple(_actor_parts(actor)), actor.mentions)
    for n, place in enumerate(draft.places):
        yield Item(f"places.{n}", (_line("name", place.canonical),), place.mentions)
    for n, gap in enumerate(draft.gaps):
        yield Item(f"gaps.{n}", (_line("what", gap.what),), (gap.span,))


def _actor_parts(actor: shape.Actor) -> Iterator[Part]:
    """An actor's values; of a person also by which door he comes into a record."""
    yield _line("name", actor.canonical)
    yield _choice("kind", actor.kind, get_args(shape.ActorKind))
    if actor.kind == "person":
        yield _choice(DOOR, "official" if is_in_office(actor.canonical) else "none", DOORS)


def _title(file: IntakeFile) -> Item:
    """The headline, else the first event's clause made short (``intake.titles``)."""
    start, end = title_span(file.text, file.machine.events)
    return Item("title", (_line("", file.text[start:end]),), ((start, end),))


def _occurred(draft: shape.Draft) -> Item:
    """The first event that is said to have happened and does not lie after the day of publication."""
    latest = draft.published.hi if draft.published else date.max
    dated = (e for e in draft.events if e.status == "happened" and e.when and e.when.hi <= latest)
    first = next(dated, None)
    when = first.when if first else None
    days = (
        _line("lo", _day(when.lo if when else None), "day"),
        _line("hi", _day(when.hi if when else None), "day"),
    )
    return Item("occurred", days, (first.span,) if first else ())


def _place(draft: shape.Draft) -> Item:
    """The place of the first event that has one, else the one named most, as the text writes it."""
    named = next((e.place for e in draft.events if e.place), None)
    found = next((p for p in draft.places if p.canonical == named), None)
    if found is None:
        found = max(draft.places, key=lambda p: len(p.mentions), default=None)
    written = found.texts[0] if found and found.texts else ""
    return Item("place", (_line("", written),), found.mentions if found else ())


def _obtained(file: IntakeFile) -> Item:
    """How the text seems to have come by what it says; unknown is a value."""
    found = come_by(file.text, file.machine.chain)
    return Item("obtained", (_choice("", found.value, VALUES),), found.spans)


def _event_parts(event: shape.Event) -> tuple[Part, ...]:
    when = event.when
    return (
        _choice("type", event.type, get_args(shape.EventType)),
        _choice("status", event.status, get_args(shape.Status)),
        _line("lo", _day(when.lo if when else None), "day"),
        _line("hi", _day(when.hi if when else None), "day"),
        _line("place", event.place or ""),
        _line("actors", "; ".join(event.actors)),
    )


def _line(name: str, value: str, shape_: Shape = "line") -> Part:
    return Part(name, value, shape_, machine=value)


def _choice(name: str, value: str, choices: tuple[str, ...]) -> Part:
    return Part(name, value, "choice", choices, machine=value)


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _number(value: int | float) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
