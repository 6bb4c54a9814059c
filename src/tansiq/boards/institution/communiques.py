"""Communiqués: a text of several owners, every sentence on its decision. Source: REQUIREMENTS R65.

1. Co-owners are those named, those who made the decisions it rests on, and, where an organ of the members
   writes it, the members. The draft is for them and the organs; it goes further only after every one has
   released it, by whatever act.
2. What is published is the text that was released, to the letter. A text that is public is changed by
   another communiqué.
3. A sentence is linked by the decision it names, or, once public, by a link kept among the co-owners.
4. Where languages are named, every decision has its sentence in each of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Flag, State, aspect
from tansiq.boards.institution.releases import before_of, beyond, released_by, versions_of
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.communique import Communique
from tansiq.model.kinds.decision import Decision
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.relation import Relation
from tansiq.model.label import Party


@aspect("communique")
def communique(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a communiqué."""
    body = held.body
    assert isinstance(body, Communique)
    needed = co_owners(held, shelf)
    versions = versions_of(held) if held.label.public else (held.version,)
    given = released_by(held.id, shelf, versions)
    wanted = tuple(sorted(needed | (given if held.label.public else frozenset())))
    word = "published" if held.label.public else "released" if wanted and needed <= given else "draft"
    lacks = lacking_langs(body)
    return Aspect(
        states=(State("self", word, "R65"),),
        flags=(Flag("LANGUAGE_MISSING", "R65", {"langs": lacks}),) if lacks else (),
        facts=(Fact("linked_sentences", linked(held, body, shelf), {"of": len(body.sentences) or None}),),
        releases=wanted,
        released=tuple(p for p in wanted if p in given),
    )


def co_owners(held: Held, shelf: Shelf) -> frozenset[Party]:
    """Return whose release a communiqué needs, its originator aside (rule 1)."""
    body = held.body
    assert isinstance(body, Communique)
    found = set(body.co_owners)
    pointed = [RecordId(s.decision) for s in body.sentences if s.decision]
    for one in (*pointed, *held.sources, *held.derived_from):
        basis = shelf.get(one)
        if basis is not None:
            found |= {basis.originator}
            found |= set(basis.body.decided_by) if isinstance(basis.body, Decision) else set()
    entry = shelf.charter.party(held.originator)
    if entry is not None and entry.type == "organ":
        active = shelf.charter.active_parties(now=shelf.now)
        found |= {p.code for p in shelf.charter.parties if p.type == "member" and p.code in active}
    return frozenset(found - {held.originator} - _organs(shelf))


def _organs(shelf: Shelf) -> frozenset[Party]:
    return frozenset(p.code for p in shelf.charter.parties if p.type == "organ")


def linked(held: Held, body: Communique, shelf: Shelf) -> int:
    """Return how many sentences lead to a decision (rule 3); without rows, what the drafter stated."""
    if not body.sentences:
        return body.sentences_linked or 0
    kept = {
        each.body.evidence
        for each in shelf.about(held.id)
        if isinstance(each.body, Relation)
        and each.body.relation_type == "rests-on"
        and each.body.subject_ref == held.id
    }
    return sum(bool(s.decision) or str(n) in kept for n, s in enumerate(body.sentences, 1))


def lacking_langs(body: Communique) -> tuple[str, ...]:
    """Return the languages named in which a sentence is lacking (rule 4)."""
    by_decision: dict[str, set[str]] = {}
    for one in body.sentences:
        if one.decision and one.lang and one.sentence_text.strip():
            by_decision.setdefault(one.decision, set()).add(one.lang)
    return tuple(code for code in body.langs if any(code not in said for said in by_decision.values()))


def said(body: Communique) -> tuple[object, ...]:
    """Return the words of a communiqué, without its links."""
    return (body.title, body.text, tuple((s.sentence_text, s.lang) for s in body.sentences))


@rule("communique")
def public_after_every_release(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse readers beside the owners before each co-owner has released this text (rules 1, 2)."""
    before = before_of(draft, shelf)
    needed, given = co_owners(draft, shelf), frozenset[Party]()
    if not beyond(draft, {*needed, *_organs(shelf)}):
        return
    if before is not None and isinstance(before.body, Communique):
        needed |= co_owners(before, shelf)
        given = released_by(
            before.id, shelf, versions_of(before) if before.label.public else (before.version,)
        )
        assert isinstance(draft.body, Communique)
        if needed and said(before.body) != said(draft.body):
            yield Objection("release.other-text", "R65", record=before.id)
    if missing := needed - given - {draft.originator}:
        yield Objection("release.missing", "R65", missing=frozenset(map(str, missing)))


@rule("grant")
def no_grant_carries_a_draft_around_its_owners(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a grant that would carry a draft beyond its owners without their release (rule 1)."""
    body = draft.body
    assert isinstance(body, Grant)
    target = shelf.get(RecordId(body.record))
    if target is None or not isinstance(target.body, Communique) or target.label.public:
        return
    needed = co_owners(target, shelf)
    if {*body.to} - {*needed, *_organs(shelf), target.originator}:
        missing = needed - released_by(target.id, shelf, (target.version,)) - {draft.originator}
        if missing:
            yield Objection("release.missing", "R65", missing=frozenset(map(str, missing)))
