"""Bodies: members with dates, channels, nested circles, what is contested, lineage.

Source: REQUIREMENTS R01–R03.
"""

from __future__ import annotations

from datetime import datetime

from tansiq.base.clock import millis
from tansiq.boards.aspects import Aspect, Fact, aspect
from tansiq.boards.institution.cascade import lineage
from tansiq.boards.institution.contested import attribute_aspect, resolution_of, shipped_body, stated_of
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.body import Institution
from tansiq.model.kinds.membership import Membership
from tansiq.model.label import Party


@aspect("body")
def body(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a body."""
    said = held.body
    assert isinstance(said, Institution)
    settled = resolution_of(held, shelf)
    members = members_of(held, shelf)
    known = shipped_body(said)
    told = Aspect(
        facts=(
            *((Fact("members", members),) if members else ()),
            *((Fact("channels", tuple(said.channels)),) if said.channels else ()),
            *(Fact("within", code, {"parties": more}) for code, more in wider(members, shelf)),
            *((Fact("lineage", tuple(m.names.ar for m in lineage(known.id))),) if known else ()),
        )
    )
    for attribute in ("seat", "founded"):
        told += attribute_aspect(attribute, stated_of(held, attribute, shelf), settled)
    return told


def members_of(held: Held, shelf: Shelf) -> tuple[Party, ...]:
    """Return who belongs to a body now, by the memberships on the shelf, sorted."""
    found = (each.body for each in shelf.about(held.id))
    return tuple(
        sorted(
            {
                one.party
                for one in found
                if isinstance(one, Membership)
                and one.body_ref == held.id
                and one.party
                and one.standing in (None, "member")
                and _current(one, shelf.now)
            }
        )
    )


def wider(members: tuple[Party, ...], shelf: Shelf) -> tuple[tuple[str, tuple[Party, ...]], ...]:
    """Return the circles of the charter that hold all members and others: code, who the others are."""
    at_ms, own = millis(shelf.now), frozenset(members)
    if not own:
        return ()
    return tuple(
        (str(c.code), tuple(sorted(c.at(at_ms) - own))) for c in shelf.charter.circles if own < c.at(at_ms)
    )


def _current(one: Membership, now: datetime) -> bool:
    begun = one.begins is None or one.begins.lo is None or one.begins.lo <= now
    over = one.ends is not None and one.ends.hi is not None and one.ends.hi < now
    return begun and not over
