"""Releases: what several parties own goes wider only when each has let it go.

Source: REQUIREMENTS R61, R62, R65.

1. A release is a decision that its party signed, pointing to the record and naming the version it read.
   Nobody releases for another, and a release of one version is none of the next.
2. What is asked for is worked out from who owns the record; who signs the wider version releases by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from tansiq.base.ids import RecordId
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kind import Body
from tansiq.model.kinds.decision import Decision
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.track import Track
from tansiq.model.kinds.visit import Visit
from tansiq.model.label import Party

_IN_FORCE = (None, "adopted", "reserved")


def released_by(record_id: RecordId, shelf: Shelf, versions: Collection[int]) -> frozenset[Party]:
    """Return who has released one of these versions of a record (rule 1)."""
    if not record_id:
        return frozenset()
    return frozenset(
        each.originator
        for each in shelf.about(record_id)
        if isinstance(each.body, Decision)
        and each.body.releases == record_id
        and each.body.releases_version in versions
        and each.body.decision_state in _IN_FORCE
    )


def is_bare_release(body: Body) -> bool:
    """Whether a body says nothing but that its party lets a version of a record go (rule 1)."""
    if not isinstance(body, Decision) or body.releases is None:
        return False
    return not (body.text or body.from_sentence or body.reservations or body.particulars)


def versions_of(held: Held) -> tuple[int, ...]:
    """Return the versions whose release counts for a record: its own, and the one that went wider as it."""
    return (held.version, held.version - 1)


def before_of(draft: Held, shelf: Shelf) -> Held | None:
    """Return the version that a draft would replace."""
    return shelf.get(draft.id) if draft.id else None


def owners_of_visit(body: Visit) -> tuple[Party, ...]:
    """Return whose release a visit needs to go beyond its parties, by its own rule; two by default."""
    match body.share_rule:
        case "either":
            return ()
        case "host":
            return (body.host,) if body.host else body.parties
        case _:
            return body.parties


def owners_of_track(body: Track, originator: Party) -> tuple[Party, ...]:
    """Return whose release a track needs: the mediator's and that of the party whose affair it is."""
    return tuple(sorted({p for p in (body.mediator, body.owner or originator) if p}))


def beyond(draft: Held, allowed: Iterable[Party]) -> frozenset[Party]:
    """Return who would read a record beside those allowed and its originator."""
    return frozenset(draft.label.audience) - {*allowed, draft.originator}


def lacking(draft: Held, owners: Iterable[Party], shelf: Shelf) -> frozenset[Party]:
    """Return whose release a wider version still lacks (rule 2)."""
    before = before_of(draft, shelf)
    given = released_by(before.id, shelf, (before.version,)) if before is not None else frozenset()
    return frozenset(owners) - given - {draft.originator}


@rule("visit")
def a_visit_stays_with_its_parties(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse to share a visit beyond its parties before those who own it have let it go."""
    body = draft.body
    assert isinstance(body, Visit)
    if body.parties and beyond(draft, body.parties):
        yield from _missing(lacking(draft, owners_of_visit(body), shelf), "R62")


@rule("track")
def a_track_stays_with_its_mediator(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse to share a track beyond its mediator and the party concerned before both have let it go."""
    body = draft.body
    assert isinstance(body, Track)
    owners = owners_of_track(body, draft.originator)
    if beyond(draft, owners):
        yield from _missing(lacking(draft, owners, shelf), "R61")


@rule("grant")
def no_grant_goes_around_a_release(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a grant that would carry a visit or a track beyond its owners without their release."""
    body = draft.body
    assert isinstance(body, Grant)
    target = shelf.get(RecordId(body.record))
    if target is None or not isinstance(target.body, Visit | Track):
        return
    said = target.body
    visit = isinstance(said, Visit)
    owners = owners_of_visit(said) if isinstance(said, Visit) else owners_of_track(said, target.originator)
    allowed = said.parties if isinstance(said, Visit) else owners
    if set(body.to) - {*allowed, target.originator}:
        given = released_by(target.id, shelf, (target.version,)) | {draft.originator}
        yield from _missing(frozenset(owners) - given, "R62" if visit else "R61")


def _missing(parties: frozenset[Party], clause: str) -> Iterator[Objection]:
    if parties:
        yield Objection("release.missing", clause, missing=frozenset(map(str, parties)))
