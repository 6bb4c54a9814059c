"""Trafficking cases: victims first. Source: REQUIREMENTS R22.

1. Who was rescued is a victim or a migrant; where nothing is said, a victim. Never a suspect for having been
   moved.
2. Nothing links a case or a victim's record to a notice or a listing, in either direction, nor does a
   third record link both.
3. What is kept is the least: counts and needs. Names are recorded only where the record says so; a telephone
   number is refused, and there is no field for a trait of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tansiq.base.ids import RecordId, id_of
from tansiq.boards.aspects import Aspect, Fact, State, aspect
from tansiq.boards.registers.answered import answered_by
from tansiq.boards.rules import ANY, Objection, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.case import Case
from tansiq.model.kinds.victim_record import VictimRecord
from tansiq.model.stated import body_references

VICTIMS: Final = frozenset({"case", "victim-record"})
LISTINGS: Final = frozenset({"judicial-notice", "identity-match"})
LISTING_ROLES: Final = frozenset({"notice", "listing", "wanted", "match"})
_PHONE: Final = re.compile(r"(?:\+|\b00)\d(?:[ .-]?\d){6,}|\b0\d(?:[ .]?\d{2}){4}\b|\b\d{8,}\b")


def pointed_at(draft: Held) -> frozenset[RecordId]:
    """Return every record that a draft points to, in its header or its body."""
    header = [ref.record_id for ref in draft.refs]
    inside = [id_of(raw) for raw in body_references(draft.body)]
    return frozenset([*header, *inside, *draft.sources, *draft.derived_from])


@rule(ANY)
def no_link_to_a_listing(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """No record links victims to a listing (rule 2)."""
    if draft.kind in VICTIMS and any(ref.role in LISTING_ROLES for ref in draft.refs):
        yield _forbidden(draft.kind)
        return
    named = pointed_at(draft)
    kinds = {draft.kind} | {h.kind for each in named if (h := shelf.get(each)) is not None}
    if kinds & VICTIMS and kinds & LISTINGS:
        yield _forbidden(draft.kind)


def _forbidden(kind: str) -> Objection:
    return Objection("forbidden_link", "R22", about={"kind": kind})


@rule("case", "victim-record")
def no_telephone(draft: Held, _: Shelf) -> Iterator[Objection]:
    """A case holds no telephone number (rule 3)."""
    body = draft.body
    said = [body.title, body.text, *(p.value for p in body.particulars)]
    if any(_PHONE.search(text) for text in said):
        yield Objection("case.telephone", "R22", missing=frozenset({"text"}))


@aspect("case")
def case(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a case: as what its people count, what is not kept, who answered."""
    body = held.body
    assert isinstance(body, Case)
    facts = [Fact("default_status", body.default_status or "victim")]
    if not body.names_recorded:
        facts.append(Fact("minimised", True, {"fields": ("names",)}))
    return Aspect(
        states=(State("self", body.case_state or "open", "R22"),),
        facts=(*facts, *answered_by(held, shelf)),
        unknown=tuple(n for n in ("victims", "case_type") if getattr(body, n) is None),
    )


@aspect("victim-record")
def victim(held: Held, _: Shelf) -> Aspect:
    """Return what is said of a rescued person's record."""
    body = held.body
    assert isinstance(body, VictimRecord)
    minimised = Fact("minimised", True, {"fields": ("names",)})
    return Aspect(facts=(Fact("default_status", body.default_status or "victim"), minimised))
