"""Joint assessments: whose footnote stands in them, and whose release an extract of them needs.

Source: REQUIREMENTS R14, R65; DESIGN 5.
1. A dissent stays with its party's name; it is never merged into the judgement.
2. Behind an extract stand, where it was written of another's record, everyone for whom that record was
   written; and all whose records its basis rests on, however far back, or who own that basis with him.
3. An extract goes wider than its basis only when all who stand behind it have released it; where its
   originator has shared a source as widely himself, he is not asked.
4. Who owns a source that was withdrawn is still asked: its id names its originator.
5. An extract may be shown to owners of sources, that they release it, once those have who read its basis.
6. What goes wider is the text that was released, to the letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from tansiq.base.ids import RecordId, owns, raw_of
from tansiq.boards.aspects import Aspect, Fact, Flag, aspect
from tansiq.boards.institution.releases import before_of, released_by
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.assessment import Assessment
from tansiq.model.kinds.communique import Communique
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.relation import Relation
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.label import EVERYBODY, Label, Party
from tansiq.policy.derive import bounded

CLAUSE = "R14"
RELEASED = "R65"


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind one basis: its readers, where it is another's; the owners of what it rests on."""

    basis: Held
    readers: frozenset[Party]
    owners: dict[Party, tuple[Label, ...]]
    """With the labels under which they have shared their records; none = one of them is gone."""


@aspect("assessment")
def dissent(held: Held, _: Shelf) -> Aspect:
    """Return who dissents (rule 1)."""
    body = held.body
    assert isinstance(body, Assessment)
    whose = tuple(sorted({str(d.party) for d in body.dissent if d.party}))
    return Aspect(facts=(Fact("dissent", len(whose), {"node": whose}),)) if whose else Aspect()


@aspect("tearline")
def extract(held: Held, shelf: Shelf) -> Aspect:
    """Return whose release an extract needs, who has given it, and whether it went wider without (rule 3)."""
    behind = [behind_of(basis, held.originator, shelf) for basis in bases_of(held, shelf)]
    owners = {party for each in behind for party in (*each.readers, *each.owners)}
    if not owners:
        return Aspect()
    lacking = needed(held.label, behind)
    given = released_by(held.id, shelf, _versions(held.version, wide=bool(lacking))) & owners
    without = tuple(sorted(lacking - given))
    return Aspect(
        releases=tuple(sorted(owners)),
        released=tuple(sorted(given)),
        flags=(Flag("RELEASE_LACKING", RELEASED, {"parties": without}, bad=True),) if without else (),
    )


def bases_of(held: Held, shelf: Shelf) -> tuple[Held, ...]:
    """Return the records an extract was written of, as far as the reader knows of the link."""
    found = (shelf.get(one) for one in linked_bases(held, shelf))
    return tuple(one for one in found if one is not None)


def linked_bases(held: Held, shelf: Shelf) -> tuple[RecordId, ...]:
    """Return the ids of what an extract was written of: named in a draft, linked once it was signed."""
    links = (
        RecordId(body.object_ref)
        for _, body in bodies(shelf, Relation)
        if body.relation_type == "tearline-of" and held.id and body.subject_ref == held.id and body.object_ref
    )
    return tuple(dict.fromkeys((*held.bases, *links)))


def behind_of(basis: Held, author: Party, shelf: Shelf) -> Behind:
    """Return who stands behind a basis, the author of the extract aside (rule 2)."""
    theirs = basis.originator != author
    readers = {basis.originator, *basis.label.audience} if theirs else set[Party]()
    owners: dict[Party, tuple[Label, ...]] = {}
    for party, label in _rested(basis, shelf):
        owners[party] = () if label is None or owners.get(party) == () else (*owners.get(party, ()), label)
    if isinstance(basis.body, Communique) and not basis.label.public:
        owners |= dict.fromkeys(basis.body.co_owners, ())
    shared = {party for party, labels in owners.items() if labels and all(one.public for one in labels)}
    return Behind(
        basis,
        frozenset(readers - {author, EVERYBODY}),
        {party: labels for party, labels in owners.items() if party not in shared | {author}},
    )


def needed(label: Label, behind: list[Behind]) -> frozenset[Party]:
    """Return whose release an extract of these bases needs to bear a label (rules 3 to 5)."""
    return frozenset(party for each in behind for party in _needed(label, each))


def _needed(label: Label, behind: Behind) -> frozenset[Party]:
    basis, owners = behind.basis.label, behind.owners
    if bounded(label, [basis]) is None:
        return frozenset()
    asked = {p for p, shared in owners.items() if not shared or bounded(label, shared) is not None}
    among = replace(basis, audience=tuple(sorted({*basis.audience, *owners})))
    shown = frozenset(label.audience) - {*basis.audience}
    everyone = behind.readers | asked
    return everyone - shown if bounded(label, [among]) is None else everyone


def _rested(basis: Held, shelf: Shelf) -> Iterator[tuple[Party, Label | None]]:
    """Yield the originator of each record behind a basis with its label, None where it is not to be read."""
    seen, open_ = {basis.id}, [*basis.sources, *basis.derived_from]
    while open_:
        one = open_.pop()
        if one in seen:
            continue
        seen.add(one)
        source = shelf.get(one)
        if source is not None:
            yield source.originator, source.label
            open_ += [*source.sources, *source.derived_from]
        elif (party := _originator_of(one, shelf)) is not None:
            yield party, None


def _originator_of(one: RecordId, shelf: Shelf) -> Party | None:
    """Return whose id this is (rule 4)."""
    raw = raw_of(one)
    return next((p.code for p in shelf.charter.parties if owns(p.code, raw)), None)


def _versions(version: int, *, wide: bool) -> tuple[int, ...]:
    """Return the versions whose release counts: what went wider says what was released before (rule 6)."""
    return tuple(range(1, version + 1)) if wide else (version,)


@rule("tearline")
def an_extract_waits_for_every_owner(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse an extract a wider label before all who stand behind it have released its text (rules 3, 6)."""
    bases = linked_bases(draft, shelf)
    held = [shelf.get(one) for one in bases]
    if any(one is None for one in held):
        yield Objection("tearline.no-basis", RELEASED)
        return
    behind = [behind_of(one, draft.originator, shelf) for one in held if one is not None]
    lacking, before = needed(draft.label, behind), before_of(draft, shelf)
    if before is not None and isinstance(before.body, Tearline):
        if lacking and _said(before.body) != _said(draft.body):
            yield Objection("release.other-text", RELEASED, record=before.id)
        wide = bool(needed(before.label, behind))
        lacking -= released_by(before.id, shelf, _versions(before.version, wide=wide))
    if lacking:
        yield Objection("release.missing", RELEASED, missing=frozenset(map(str, lacking)))


@rule("grant")
def no_grant_carries_an_extract_around_its_owners(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a grant that carries an extract wider than all who stand behind it have released (rule 3)."""
    body = draft.body
    assert isinstance(body, Grant)
    target = shelf.get(RecordId(body.record))
    if target is None or not isinstance(target.body, Tearline):
        return
    behind = [behind_of(one, target.originator, shelf) for one in bases_of(target, shelf)]
    wider = replace(target.label, audience=tuple(sorted({*target.label.audience, *body.to})))
    wide = bool(needed(target.label, behind))
    given = released_by(target.id, shelf, _versions(target.version, wide=wide))
    if lacking := needed(wider, behind) - given:
        yield Objection("release.missing", RELEASED, missing=frozenset(map(str, lacking)))


def _said(body: object) -> tuple[str, str, str]:
    """Return the words of an extract."""
    assert isinstance(body, Tearline)
    return body.title, body.text, body.for_readers
