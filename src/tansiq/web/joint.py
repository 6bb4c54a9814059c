"""What several parties do with one record: let it go, publish it, carry what it opens."""

from __future__ import annotations

from tansiq.base.ids import RecordId
from tansiq.boards import Aspect, Held, Shelf
from tansiq.boards.aspects import aspect_of
from tansiq.boards.institution.releases import released_by
from tansiq.model.kinds.aar import Aar
from tansiq.model.kinds.communique import Communique
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.kinds.visit import Visit
from tansiq.model.label import Party
from tansiq.policy.clearance import may
from tansiq.web.visit import Visit as Request


def joint_acts(visit: Request, shelf: Shelf, record_id: RecordId) -> list[dict[str, str]]:
    """Return what this officer may do with a record together with others: words, meaning, address, icon."""
    held = shelf.get(record_id)
    if held is None:
        return []
    given = released_by(record_id, shelf, (held.version,))
    names = _names(visit, held, aspect_of(held, shelf), given)
    icons = {"let-go": "stamp", "publish": "send", "carry": "list-checks"}
    return [
        {
            "words": visit.tongue.t(f"institution.{name}"),
            "help": visit.tongue.t(f"institution.{name}-help"),
            "action": f"/record/{record_id}/{name}",
            "icon": icons[name],
        }
        for name in names
    ]


def _names(visit: Request, held: Held, said: Aspect, given: frozenset[Party]) -> list[str]:
    party, role = visit.wiring.party, visit.known.role
    found = []
    asked = party in said.releases or _may_be_asked(held, party, said)
    if may(role, "release") and asked and party not in {*said.released, *given} and not held.label.public:
        found.append("let-go")
    own_text = isinstance(held.body, Communique) and held.originator == party and not held.label.public
    if may(role, "release") and own_text and set(said.releases) <= set(said.released):
        found.append("publish")
    lacking = any(o.record is None for o in said.opens if o.what in ("commitment", "followup"))
    if may(role, "submit") and isinstance(held.body, Visit | Aar) and lacking:
        found.append("carry")
    return found


def _may_be_asked(held: Held, party: Party, said: Aspect) -> bool:
    """Whether an extract of another's may rest on ours: who does not see its basis may release it too."""
    return isinstance(held.body, Tearline) and held.originator != party and not said.releases
