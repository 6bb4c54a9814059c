"""R56: cross-border consent and deconfliction notices."""

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from tansiq.boards import Held, aspect_of, objections
from tansiq.boards.forces.volumes import heights
from tansiq.model.kinds.consent import Consent
from tansiq.model.kinds.deconfliction_notice import DeconflictionNotice
from tansiq.model.label import Party
from tansiq.model.values import Box, Place, TimeExpression
from tests.boards.pile import START, Pile

E7 = 10**7
WAGADOU = Place(name="واغادو", lat_e7=156_000_000, lon_e7=-64_000_000, precision_m=10_000)
MORROW = TimeExpression(words="غدًا", lo=START + timedelta(hours=24), hi=START + timedelta(hours=48))
REQUEST = Consent(
    title="طلب عبور قرب واغادو",
    requester=Party("ML"),
    host=Party("MR"),
    agreement_ref="2010/7",
    handover_rule="يُسلَّم الموقوفون فورًا",
    medical_clause="الإسعاف للجميع",
    civilian_clause="لا دخول للقرى",
    place=WAGADOU,
    depth_km_asked=40,
    window=MORROW,
    air=True,
)
AIR_BOX = DeconflictionNotice(
    title="مراقبة جوية",
    kind="air-observation",
    area_box=Box(south_e7=15 * E7, west_e7=-7 * E7, north_e7=16 * E7, east_e7=-6 * E7),
    altitude="300-3000 m",
    window=MORROW,
)


def answered(pile: Pile, request: Held, answer: Any, by: str = "MR", **more: Any) -> Held:
    return pile.put(Consent(title="جواب", reply_to=request.id, answer=answer, **more), by)


def word(pile: Pile, held: Held) -> str:
    return aspect_of(held, pile).states[0].word


def test_r56_agreement_handover_medical_and_civilian_clause_are_required() -> None:
    """A request is refused without any of the four."""
    pile = Pile(party=Party("ML"))
    for name in ("agreement_ref", "handover_rule", "medical_clause", "civilian_clause"):
        lacking = replace(REQUEST, **{name: None if name == "agreement_ref" else ""})
        found = [o for o in objections(pile.draft(lacking, "ML"), pile) if o.refuses]
        assert [(o.code, o.clause, o.missing) for o in found] == [("field.needed", "R56", frozenset({name}))]
    assert not [o for o in objections(pile.draft(REQUEST, "ML"), pile) if o.refuses]


def test_r56_no_answer_is_no() -> None:
    """Awaited until the window comes; then it is no, and stays so."""
    pile = Pile()
    request = pile.put(REQUEST, "ML")
    said = aspect_of(request, pile)
    assert ("default_answer", "no") in [(f.name, f.value) for f in said.facts]
    assert [word(pile.at(h), request) for h in (0, 23, 24, 5000)] == ["awaited", "awaited", "no", "no"]


def test_r56_yes_with_depth_hours_liaison_and_no_air() -> None:
    """The answer narrows what was asked: depth, hours, liaison, no air."""
    pile = Pile()
    request = pile.put(REQUEST, "ML")
    answered(pile, request, "yes-with-conditions", depth_km=15, hours="06-18", liaison="ضابط", air=False)
    assert word(pile, request) == "yes-with-conditions"
    limit = next(f for f in aspect_of(request, pile).facts if f.name == "limit")
    assert limit.about == {"depth_km": 15, "hours": "06-18", "air": False, "liaison": "ضابط",
                           "stop_on_request": True}  # fmt: skip


def test_r56_the_host_may_revoke_at_once() -> None:
    """A revocation holds from its signing, and the requester is told."""
    pile = Pile()
    request = pile.put(REQUEST, "ML")
    answered(pile, request, "yes")
    revoked = answered(pile.at(30), request, "revoked")
    assert (word(pile, request), word(pile, revoked)) == ("revoked", "revoked")
    assert [(r.code, r.parties) for r in aspect_of(revoked, pile).raises] == [("consent.revoked", ("ML",))]


def test_r56_only_the_host_answers() -> None:
    """Another's answer is refused; one that comes signed is kept, flagged and counts for nothing."""
    pile = Pile()
    request = pile.put(REQUEST, "ML")
    reply = Consent(title="جواب", reply_to=request.id, answer="yes")
    assert "consent.not-host" in [o.code for o in objections(pile.draft(reply, "NE"), pile) if o.refuses]
    held = answered(pile, request, "yes", by="NE")
    assert (word(pile, request), [f.code for f in aspect_of(held, pile).flags]) == ("awaited", ["NOT_HOST"])


def test_r56_overlap_with_a_notified_air_box_warns_both() -> None:
    """Place, depth and time of the crossing lie within the box: both records are flagged, both sides told."""
    pile = Pile()
    request, notice = pile.put(REQUEST, "ML"), pile.put(AIR_BOX, "DZ")
    for held, other in ((request, notice), (notice, request)):
        said = aspect_of(held, pile)
        assert [(f.record, f.bad) for f in said.flags if f.code == "OVERLAP"] == [(other.id, True)]
        assert [r.parties for r in said.raises if r.code == "overlap"] == [("DZ", "ML")]


def test_r56_what_is_apart_in_time_place_or_refused_does_not_overlap() -> None:
    """Another day, another valley, or a refusal: no warning."""
    later = TimeExpression(words="", lo=START + timedelta(days=9), hi=START + timedelta(days=10))
    far = Box(south_e7=20 * E7, west_e7=5 * E7, north_e7=21 * E7, east_e7=6 * E7)
    for notice in (replace(AIR_BOX, window=later), replace(AIR_BOX, area_box=far)):
        pile = Pile()
        pile.put(REQUEST, "ML")
        assert not aspect_of(pile.put(notice, "DZ"), pile).flags
    pile = Pile()
    answered(pile, pile.put(REQUEST, "ML"), "no")
    assert not aspect_of(pile.put(AIR_BOX, "DZ"), pile).flags


def test_r56_depth_reaches_as_far_as_it_is_allowed() -> None:
    """A box that the asked depth touches is free once the host allowed less."""
    edge = Box(south_e7=153 * E7 // 10, west_e7=-675 * E7 // 100, north_e7=16 * E7, east_e7=-67 * E7 // 10)
    near = replace(AIR_BOX, area_box=edge)
    pile = Pile()
    request, notice = pile.put(REQUEST, "ML"), pile.put(near, "DZ")
    assert aspect_of(notice, pile).flags
    answered(pile, request, "yes-with-conditions", depth_km=5)
    assert not aspect_of(notice, pile).flags


def test_r56_boxes_one_above_the_other_do_not_overlap() -> None:
    """Two notices with known heights that do not meet are apart."""
    pile = Pile()
    pile.put(AIR_BOX, "DZ")
    high = pile.put(replace(AIR_BOX, altitude="above 5000 m"), "NE")
    assert not aspect_of(high, pile).flags
    assert [heights(x) for x in ("below 5000 ft", "300–3000 m", "منخفض")] == [
        (None, 1524),
        (300, 3000),
        (None, None),
    ]


def test_r56_humanitarian_notices_say_protect() -> None:
    """A humanitarian movement is to be protected; to avoid it cannot be written."""
    pile = Pile()
    body = DeconflictionNotice(title="قافلة إغاثة", kind="humanitarian-movement", handling="avoid")
    assert [o.code for o in objections(pile.draft(body, "NE"), pile) if o.refuses] == ["notice.protect"]
    held = pile.put(replace(body, handling=None), "NE")
    assert ("handling", "protect") in [(f.name, f.value) for f in aspect_of(held, pile).facts]
