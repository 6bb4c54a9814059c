"""Dossiers and relations between them: on evidence, never of a private person. Source: REQUIREMENTS R21.

1. A dossier's subject is a group, a body, a place, a route or a role, and says which. No name of it, its
   title included, is a person's; of a role neither title nor name speaks of a person at all.
2. A relation says what it joins, and rests on records that say something and that its writer may read. It
   joins no dossier with a record of a person, and no person's name with anything.
3. A relation opens the statements that it rests on, each with its grade; an ungraded one is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Flag, aspect
from tansiq.boards.rules import Objection, needs, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.intake.person_names import is_a_persons_name, speaks_of_a_person
from tansiq.model.kind import CATALOGUE
from tansiq.model.kinds.entity import Entity
from tansiq.model.kinds.relation import Relation
from tansiq.model.values import Grade
from tansiq.policy.dossiers import CLAUSE, UNFOUNDED, relates

EVIDENCE: Final = (
    "report", "press", "statement", "event", "area-claim", "quantity-claim", "flow-claim", "arms-item",
    "arms-lot", "trace-answer", "rfi-answer", "indicator", "assessment", "tearline", "judicial-decision",
)  # fmt: skip
"""Kinds that say something of the world."""
PERSON: Final = "dossier.person"
UNGRADED: Final = "–"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record that a relation rests on, as its reader may see it; ``grade`` None = nobody graded it."""

    held: Held
    grade: Grade | None


def evidence(held: Held, shelf: Shelf) -> tuple[Evidence, ...]:
    """Return what a relation rests on, in its order, as far as the reader may read it (rule 3)."""
    found = (shelf.get(one) for one in (*held.sources, *held.derived_from))
    return tuple(Evidence(one, grade_of(one)) for one in found if one is not None)


def grade_of(held: Held) -> Grade | None:
    """Return the grade of a record: its own word, else its header's."""
    said = getattr(held.body, "grade", None)
    return said if isinstance(said, Grade) else held.grade


def relations_of(held: Held, shelf: Shelf) -> tuple[Held, ...]:
    """Return the relations that join a dossier with something, oldest first."""
    return tuple(
        each
        for each, body in bodies(shelf, Relation)
        if relates(body) and held.id in (body.subject_ref, body.object_ref)
    )


@rule("entity")
def never_a_person(draft: Held, _: Shelf) -> Iterator[Objection]:
    """Refuse a dossier without a kind of subject, and one of a person (rule 1)."""
    body = draft.body
    assert isinstance(body, Entity)
    yield from needs(draft, CLAUSE, ["subject_type"])
    names = (body.title, *(n.form or "" for n in body.names))
    asked = speaks_of_a_person if body.subject_type == "role" else is_a_persons_name
    if found := frozenset(name for name in names if name and asked(name)):
        yield Objection(PERSON, CLAUSE, missing=found)


@rule("relation")
def on_evidence(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a relation without ends or evidence, and one of a person (rule 2)."""
    body = draft.body
    assert isinstance(body, Relation)
    if not relates(body):
        return
    if lacking := frozenset(
        end
        for end, said in (
            ("subject", body.subject or body.subject_ref),
            ("object", body.object or body.object_ref),
        )
        if not said
    ):
        yield Objection("field.needed", CLAUSE, missing=lacking)
    if not any(one.held.kind in EVIDENCE for one in evidence(draft, shelf)):
        yield Objection(UNFOUNDED, CLAUSE, missing=frozenset({"sources"}))
    if found := frozenset(_persons(body, shelf)):
        yield Objection(PERSON, CLAUSE, missing=found)


def _persons(body: Relation, shelf: Shelf) -> Iterator[str]:
    for name in (body.subject, body.object):
        if name and is_a_persons_name(name):
            yield name
    for end in (body.subject_ref, body.object_ref):
        held = shelf.get(RecordId(end)) if end else None
        if held is not None and _of_persons(held.kind):
            yield held.id


def _of_persons(kind: str) -> bool:
    found = CATALOGUE.get(f"{kind}/1")
    return found is not None and found.family == "protected" and kind != "dispute"


@aspect("relation")
def on_what(held: Held, shelf: Shelf) -> Aspect:
    """Return on how many records a relation rests, with their grades (rule 3)."""
    if not relates(held.body):
        return Aspect()
    found = evidence(held, shelf)
    grades = tuple(str(one.grade) if one.grade else UNGRADED for one in found)
    bare = bool(found) and all(one.grade is None for one in found)
    return Aspect(
        facts=(Fact("evidence", len(found), {"grades": grades}),),
        flags=(Flag("UNGRADED", CLAUSE),) if bare else (),
    )


@aspect("entity")
def joined(held: Held, shelf: Shelf) -> Aspect:
    """Return how many relations join a dossier with others."""
    found = relations_of(held, shelf)
    return Aspect(facts=(Fact("relations", len(found)),)) if found else Aspect()
