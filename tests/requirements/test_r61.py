"""R61: the peace track is the mediator's and the party's alone, unless released."""

from pathlib import Path
from typing import Any

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.work.let_go import let_go
from tansiq.work.objecting import shelf_of
from tansiq.work.originator import grant
from tests.requirements.office import refused, sign, standing
from tests.simulate.desks import desk_at, steps
from tests.simulate.nodes import Node, world_of
from tests.web.site import Site
from tests.work.nodes import done, put


def sees(node: Node, record: RecordId) -> bool:
    with node.store.read() as rx:
        return shelf_of(rx, desk_at(node)).get(record) is not None


def test_r61_the_dialogue_is_a_track_with_milestones_seen_by_mediator_and_party(office: Site) -> None:
    """A wider audience is refused and names whose release is lacking."""
    fields: dict[str, Any] = {"track": "حوار الأطراف", "mediator": "DZ"}
    assert refused(office, "track", "لجنة متابعة الاتفاق", ("ML", "DZ", "NE"), **fields)["where"] == "DZ"
    made = sign(office, "track", "لجنة متابعة الاتفاق", ("ML", "DZ"), **fields)
    due = {"hi": "2031-03-20T00:00:00Z"}
    sign(office, "milestone", "رزنامة التجميع", ("ML", "DZ"), track_ref=made, due=due)
    assert next(f["value"] for f in standing(office, made)["facts"] if f["name"] == "milestones") == 1
    assert standing(office, made)["releases"] == ["DZ", "ML"]


def test_r61_others_see_it_only_after_the_mediator_has_let_it_go(tmp_path: Path) -> None:
    """Invisible to the third member; a grant is refused until the mediator's own release is there."""
    world = world_of(tmp_path, ("DZ", "ML", "NE"))
    ml, dz, ne = (world.nodes[p] for p in ("ML", "DZ", "NE"))
    track = done(put(desk_at(ml), "مسار", kind="track", to=("ML", "DZ"), fields={"mediator": "DZ"}))
    steps(world)
    assert (sees(dz, track), sees(ne, track)) == (True, False)
    wide = grant(desk_at(ml), track, [ne.party], title="إذن", reason="مشاركة")
    assert isinstance(wide, Refusal)
    assert wide.reason == "release.missing"
    assert wide.missing == {"DZ"}
    done(let_go(desk_at(dz), track, "إذن الوسيط"))
    steps(world)
    done(grant(desk_at(ml), track, [ne.party], title="إذن", reason="مشاركة"))
    steps(world)
    assert sees(ne, track)
