"""Contested attributes: what several sources state of a body, side by side. Source: REQUIREMENTS R02, R03.

1. A value is contested when two sources state different ones; none is printed alone until a decision
   that points to the body in the role ``resolves`` says otherwise.
2. A place of launch is no seat, and a span that holds a day is no other day: they stand beside it.
3. The shipped public facts count as sources, each with its grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, State
from tansiq.boards.aspects import Value as FactValue
from tansiq.boards.institution.facts import Contested, Organ, facts
from tansiq.boards.shelf import Held, Shelf
from tansiq.language.folding import key
from tansiq.model.kinds.body import Institution
from tansiq.model.kinds.decision import Decision
from tansiq.model.kinds.statement import Statement
from tansiq.model.values import TimeExpression

Attribute = Literal["seat", "founded"]
RESOLVES: Final = "resolves"
ORGAN_BODY: Final = "body-staff"
"""The shipped body that the mechanism's organ is."""
_WORDS: Final[dict[Attribute, frozenset[str]]] = {
    "seat": frozenset(map(key, ("seat", "siège", "مقر", "المقر"))),
    "founded": frozenset(
        map(key, ("founded", "founding date", "established", "date de création", "تاريخ التأسيس", "التأسيس"))
    ),
}


@dataclass(frozen=True, slots=True)
class Stated:
    """One value that a source states, with its grade; ``record`` None = a shipped fact."""

    value: str
    grade: str
    source: str
    record: RecordId | None = None


def resolution_of(held: Held, shelf: Shelf) -> Held | None:
    """Return the decision that settles what is contested of a body (rule 1)."""
    found = [h for h in shelf.about(held.id, RESOLVES) if isinstance(h.body, Decision)]
    return found[-1] if found else None


def stated_of(held: Held, attribute: Attribute, shelf: Shelf) -> tuple[Stated, ...]:
    """Return every value that sources on the shelf state of a body, the shipped ones first."""
    body = held.body
    assert isinstance(body, Institution)
    known = shipped_body(body)
    found = [*shipped_values(known, attribute)] if known is not None else []
    own = _own_value(body, attribute)
    if own:
        found.append(Stated(own, str(held.grade or ""), body.title, held.id))
    for row in body.contested:
        if key(row.attribute or "") in _WORDS[attribute] and row.stated_value:
            found.append(_of_row(row.stated_value, row.statement, held, shelf))
    for each in shelf.about(held.id):
        said = each.body
        if isinstance(said, Statement) and key(said.predicate) in _WORDS[attribute] and said.stated_value:
            found.append(Stated(said.stated_value, str(said.grade or each.grade or ""), said.title, each.id))
    return tuple(dict.fromkeys(found))


def shipped_body(body: Institution) -> Organ | None:
    """Return the shipped body that goes by one of the names of a record."""
    names = {key(body.title), *(key(n.form) for n in body.names if n.form)}
    return next((one for one in facts().bodies if names & _names(one)), None)


def shipped_contested(body_id: str, attribute: Attribute) -> Contested | None:
    """Return what the shipped facts hold as contested of a body."""
    return next((c for c in facts().contested if c.of == body_id and c.attribute == attribute), None)


def shipped_values(body: Organ, attribute: Attribute) -> Iterator[Stated]:
    """Yield what the shipped facts state of a body's attribute (rule 3), the best grade first."""
    found = shipped_contested(body.id, attribute)
    for one in sorted(found.values, key=lambda v: v.grade or "F6") if found is not None else ():
        yield Stated(one.value.ar, one.grade, one.source.title if one.source else "")


def differ(values: Iterable[Stated]) -> bool:
    """Whether sources state different values (rule 2: letters aside)."""
    return len({key(v.value) for v in values}) > 1


def attribute_aspect(attribute: Attribute, values: tuple[Stated, ...], settled: Held | None) -> Aspect:
    """Return how an attribute stands, with every value and its grade side by side."""
    if not values:
        return Aspect()
    word = "resolved" if settled is not None else "contested" if differ(values) else "stated"
    about: dict[str, FactValue] = {v.value: f"{v.grade or '—'} · {v.source}" for v in values}
    facts_told = (Fact(attribute, tuple(dict.fromkeys(v.value for v in values)), about),)
    return Aspect(states=(State(f"attribute:{attribute}", word, "R02"),), facts=facts_told)


def _own_value(body: Institution, attribute: Attribute) -> str:
    if attribute == "seat":
        return body.seat.name if body.seat is not None else ""
    return _day(body.established)


def _day(when: TimeExpression | None) -> str:
    if when is None:
        return ""
    return when.words or (when.lo.date().isoformat() if when.lo is not None else "")


def _of_row(value: str, statement: str | None, held: Held, shelf: Shelf) -> Stated:
    found = shelf.get(RecordId(statement)) if statement else None
    if found is None:
        return Stated(value, "", held.body.title, held.id)
    grade = getattr(found.body, "grade", None) or found.grade
    return Stated(value, str(grade or ""), found.body.title, found.id)


def _names(one: Organ) -> set[str]:
    names = (one.names.ar, one.names.fr, one.names.en)
    return {key(n) for n in (*names, *(a for said in one.aliases.values() for a in said))}
