"""What links two things of the world rests on records. Source: REQUIREMENTS R21.

1. A relation that says something of the world (``RELATING``) names its evidence among its sources; one
   without any is neither signed nor accepted. Links between records (a tearline's, a communiqué's, a
   product's) say nothing of the world.
"""

from __future__ import annotations

from typing import Final

from tansiq.base.refusal import Refusal
from tansiq.model.kind import Body
from tansiq.model.kinds.relation import Relation
from tansiq.model.record import Header, OpaqueBody

RELATING: Final = frozenset(
    {"allied-with", "part-of", "trades-with", "opposes", "supports", "succeeds", "same-as", "located-in"}
)
"""Relations between groups, bodies, places, routes and roles."""
UNFOUNDED: Final = "relation.no-evidence"
CLAUSE: Final = "R21"


def relates(body: Body | OpaqueBody) -> bool:
    """Whether a body is a relation between things of the world (rule 1)."""
    return isinstance(body, Relation) and body.relation_type in RELATING


def unfounded(header: Header, body: Body | OpaqueBody) -> Refusal | None:
    """Return why a received record may not stand: a relation without evidence (rule 1)."""
    if not relates(body) or header.rests_on:
        return None
    return Refusal(UNFOUNDED, frozenset({"sources"}), CLAUSE)
