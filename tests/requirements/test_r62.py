"""R62: a bilateral visit: outcomes become commitments of the two, shared further by their own rule."""

from pathlib import Path
from typing import Any

from tansiq.base.refusal import Refusal
from tansiq.model.label import Party
from tansiq.work.let_go import let_go
from tansiq.work.originator import grant
from tests.requirements.office import refused, sign, standing
from tests.simulate.desks import desk_at, steps
from tests.simulate.nodes import world_of
from tests.web.site import Site
from tests.work.nodes import done, put

TWO = ("DZ", "ML")
OUTCOMES = [
    {"text": "تبادل شهري بين مراكز الحدود", "owner": "ML; DZ", "due": "شهريا"},
    {"text": "خط مباشر بين ضباط المناوبة", "owner": "ML; DZ", "due": "2031-03-30 10:00Z"},
]
VISIT: dict[str, Any] = {"parties": ["ML", "DZ"], "outcomes": OUTCOMES, "share_rule": "both"}


def test_r62_after_the_visit_its_outcomes_are_commitments_that_the_two_see(office: Site) -> None:
    """Each outcome opens a commitment for both; made records, they show their sentence and their label."""
    visit = sign(office, "visit", "زيارة رئاسية", TWO, **VISIT)
    opened = standing(office, visit)["opens"]
    assert [(o["what"], o["parties"]) for o in opened] == [("commitment", ["ML", "DZ"])] * 2
    made = office.api(f"/api/records/{visit}/carry", {}, status=201)["ids"]
    lines = {x["id"]: x for x in office.api("/api/boards/follow-up")["commitments"]}
    assert [lines[one]["sentence"] for one in made] == [o["text"] for o in OUTCOMES]
    assert {tuple(office.api(f"/api/records/{one}")["label"]["audience"]) for one in made} == {TWO}


def test_r62_wider_sharing_needs_the_releases_of_its_rule(office: Site) -> None:
    """By "both" each state must let it go; by "either" one suffices."""
    assert refused(office, "visit", "زيارة", (*TWO, "NE"), **VISIT)["where"] == "DZ"
    visit = sign(office, "visit", "زيارة", TWO, **VISIT)
    assert standing(office, visit)["releases"] == ["DZ", "ML"]
    sign(office, "visit", "زيارة", (*TWO, "NE"), **(VISIT | {"share_rule": "either"}))


def test_r62_with_the_release_of_the_other_state_it_goes_further(tmp_path: Path) -> None:
    """Signed at the other state's own node, and seen by the first."""
    world = world_of(tmp_path, ("DZ", "ML", "NE"))
    ml, dz = world.nodes["ML"], world.nodes["DZ"]
    visit = done(put(desk_at(ml), "زيارة", kind="visit", to=TWO, fields=VISIT))
    steps(world)
    refused_ = grant(desk_at(ml), visit, [Party("NE")], title="إذن", reason="مشاركة")
    assert isinstance(refused_, Refusal)
    assert refused_.missing == {"DZ"}
    done(let_go(desk_at(dz), visit, "إذن"))
    steps(world)
    done(grant(desk_at(ml), visit, [Party("NE")], title="إذن", reason="مشاركة"))
