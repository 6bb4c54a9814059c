"""R20: warnings: issue, acknowledge, update, cancel."""

from typing import Any
from xml.etree import ElementTree

from msgspec.structs import replace

from tansiq.boards import Aspect, Held, aspect_of, objections
from tansiq.boards.registers.cap import cap_of
from tansiq.model.cap import cap_faults
from tansiq.model.kinds.warning import Warning as WarningBody
from tansiq.model.kinds.warning_ack import WarningAck
from tansiq.model.label import EVERYBODY, Label, Party
from tansiq.model.values import Place
from tansiq.products.cap import NAMESPACE, cap_xml
from tests.boards.pile import Pile
from tests.federation import SEVEN

HAZARD = WarningBody(
    title="خطر متفجر على المسلك",
    text="تجنبوا المسلك. / Évitez la piste. / Stay off the track.",
    event="خطر متفجر",
    status="actual",
    msg_type="alert",
    urgency="immediate",
    severity="severe",
    certainty="likely",
    response_type=("avoid",),
    langs=("ar", "fr", "en"),
    place=Place(name="أساماكا–أرليت", lat_e7=190_000_000, lon_e7=65_000_000, precision_m=20_000),
)
TO_SEVEN = Label(level="restricted", audience=tuple(map(Party, sorted(SEVEN))))
PUBLIC = Label(level="open", audience=(EVERYBODY,))


def put(pile: Pile, body: WarningBody, label: Label = TO_SEVEN, by: str = "NE") -> Held:
    return pile.put(body, by, label=label)


def ack(pile: Pile, held: Held, *parties: str) -> None:
    for party in parties:
        pile.put(WarningAck(title="إقرار", reply_to=held.id), party)


def raised(said: Aspect, code: str) -> Any:
    return next((r for r in said.raises if r.code == code), None)


def follow(kind: Any, held: Held) -> WarningBody:
    return WarningBody(title="متابعة", msg_type=kind, references=(held.id,))


def refusals(pile: Pile, body: WarningBody, label: Label, by: str = "NE") -> list[str]:
    return [o.code for o in objections(pile.draft(body, by, label=label), pile) if o.refuses]


def test_r20_a_warning_reaches_the_seven_with_the_time_of_each_acknowledgement() -> None:
    """Who acknowledged, how soon, and who is waited for."""
    pile = Pile()
    held = put(pile, HAZARD)
    assert raised(aspect_of(held, pile), "warning.acknowledge").parties == tuple(sorted({*SEVEN} - {"NE"}))
    ack(pile.at(1), held, "DZ")
    said = aspect_of(held, pile)
    acked = next(f for f in said.facts if f.name == "acknowledged")
    assert (acked.value, acked.about["parties"]) == (1, ("DZ",))
    assert "DZ" not in raised(said, "warning.acknowledge").parties
    assert [(f.value, f.about["party"]) for f in said.facts if f.name == "response_time"] == [(1, "DZ")]


def test_r20_unacknowledged_after_its_limit_it_escalates() -> None:
    """After the limit an alert goes to the originator and to those who have not answered."""
    pile = Pile()
    held = put(pile, HAZARD)
    ack(pile.at(1), held, "DZ", "ML")
    assert raised(aspect_of(held, pile), "warning.unacknowledged") is None
    late = raised(aspect_of(held, pile.at(3)), "warning.unacknowledged")
    assert {"NE", "MR"} <= set(late.parties)
    assert not {"DZ", "ML"} & set(late.parties)
    ack(pile, held, *SEVEN)
    said = aspect_of(held, pile)
    assert (said.clocks[0].state, raised(said, "warning.unacknowledged")) == ("met-late", None)


def test_r20_an_update_supersedes_and_a_cancel_ends_the_chain() -> None:
    """The first warning is superseded, then cancelled; another's message changes nothing."""
    pile = Pile()
    first = put(pile, HAZARD)
    put(pile.at(1), follow("cancel", first), by="ML")
    assert aspect_of(first, pile).states[0].word == "open"
    second = put(pile.at(2), follow("update", first))
    assert [aspect_of(h, pile).states[0].word for h in (first, second)] == ["superseded", "open"]
    put(pile.at(3), follow("cancel", first))
    assert [aspect_of(h, pile).states[0].word for h in (first, second)] == ["cancelled", "cancelled"]


def test_r20_a_cancel_reaches_every_prior_receiver() -> None:
    """A narrower audience, or another's warning, is refused."""
    pile = Pile()
    held = put(pile, HAZARD)
    narrow = Label(level="restricted", audience=(Party("ML"), Party("NE")))
    assert refusals(pile, follow("cancel", held), narrow) == ["warning.audience"]
    assert refusals(pile, follow("cancel", held), TO_SEVEN) == []
    assert refusals(pile, follow("update", held), TO_SEVEN, "ML") == ["warning.not-own"]
    assert refusals(pile, replace(HAZARD, msg_type="cancel"), TO_SEVEN) == ["field.needed"]


def test_r20_the_message_is_valid_cap_in_three_languages() -> None:
    """One block a language with its own words; every element in the order of the standard."""
    pile = Pile()
    held = put(pile, HAZARD, PUBLIC)
    root = ElementTree.fromstring(cap_xml(cap_of(held, pile)))
    names = [e.tag.removeprefix(f"{{{NAMESPACE}}}") for e in root]
    assert names == ["identifier", "sender", "sent", "status", "msgType", "scope", "note", *["info"] * 3]
    told = {
        b.findtext(f"{{{NAMESPACE}}}language"): b.findtext(f"{{{NAMESPACE}}}description") for b in root[7:]
    }
    assert told == {"ar": "تجنبوا المسلك.", "fr": "Évitez la piste.", "en": "Stay off the track."}
    assert (root[2].text or "").endswith("-00:00")
    facts = {f.name: f.value for f in aspect_of(held, pile).facts}
    assert (facts["cap_valid"], facts["cap_status"]) == (True, "Exercise")


def test_r20_in_an_exercise_every_warning_goes_out_as_one() -> None:
    """What says actual is shown to go out as an exercise, and does; outside of one it is what it says."""
    pile = Pile()
    shown = [(o.code, o.refuses) for o in objections(pile.draft(HAZARD, "NE"), pile)]
    assert shown == [("warning.exercise", False)]
    assert cap_of(put(pile, HAZARD), pile).status == "Exercise"
    live = Pile(charter=replace(pile.charter, exercise=False))
    assert cap_of(put(live, HAZARD), live).status == "Actual"


def test_r20_what_an_update_leaves_out_is_that_of_the_first() -> None:
    """An update that only brings new words keeps event and urgency, names what it replaces, and is valid."""
    pile = Pile()
    first = put(pile, HAZARD, PUBLIC)
    alert = cap_of(put(pile.at(1), follow("update", first), PUBLIC), pile)
    assert (alert.infos[0].event, alert.infos[0].urgency) == ("خطر متفجر", "Immediate")
    assert alert.references[0].split(",")[1] == first.id
    assert not list(cap_faults(alert))
