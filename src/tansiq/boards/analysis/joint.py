"""Joint assessments: whose footnote stands in them, and whose release an extract of them needs.

Source: REQUIREMENTS R14, R65; DESIGN 5.
1. A dissent stays with its party's name; it is never merged into the judgement.
2. An extract of another party's record goes wider only when everyone for whom that record was written, and
   everyone whose record it rests on, has released it.
"""

from __future__ import annotations

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, aspect
from tansiq.boards.institution.releases import released_by
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.assessment import Assessment
from tansiq.model.kinds.relation import Relation
from tansiq.model.label import EVERYBODY, Party

CLAUSE = "R14"


@aspect("assessment")
def dissent(held: Held, _: Shelf) -> Aspect:
    """Return who dissents (rule 1)."""
    body = held.body
    assert isinstance(body, Assessment)
    whose = tuple(sorted({str(d.party) for d in body.dissent if d.party}))
    return Aspect(facts=(Fact("dissent", len(whose), {"node": whose}),)) if whose else Aspect()


@aspect("tearline")
def extract(held: Held, shelf: Shelf) -> Aspect:
    """Return whose release an extract of another's record needs, and who has given it (rule 2)."""
    owners: set[Party] = set()
    for basis in bases_of(held, shelf):
        if basis.originator != held.originator:
            owners |= {basis.originator, *basis.label.audience} - {EVERYBODY}
            rested = (shelf.get(one) for one in (*basis.sources, *basis.derived_from))
            owners |= {one.originator for one in rested if one is not None}
    owners.discard(held.originator)
    if not owners:
        return Aspect()
    given = released_by(held.id, shelf, (held.version,)) & owners
    return Aspect(releases=tuple(sorted(owners)), released=tuple(sorted(given)))


def bases_of(held: Held, shelf: Shelf) -> tuple[Held, ...]:
    """Return the records an extract was written of, as far as the reader knows of the link."""
    links = (
        body
        for _, body in bodies(shelf, Relation)
        if body.relation_type == "tearline-of" and body.subject_ref == held.id and body.object_ref
    )
    found = (shelf.get(RecordId(link.object_ref)) for link in links if link.object_ref)
    return tuple(one for one in found if one is not None)
