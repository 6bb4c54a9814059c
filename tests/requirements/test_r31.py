"""R31: advance notice before releasing or transferring a person wanted by another member."""

from typing import Any

import pytest
from msgspec.structs import replace

from tansiq.boards import aspect_of, objections
from tansiq.model.kinds.release_notice import ReleaseNotice
from tansiq.model.kinds.report import Report
from tansiq.model.label import Label, Party
from tests.boards.pile import CHARTER, Pile
from tests.web.site import Site

WANTED = (Party("DZ"), Party("MR"))
LIVE = replace(CHARTER, exercise=False)
READ = Label(level="restricted", audience=(Party("DZ"), Party("ML"), Party("MR")))


def planned(**more: Any) -> ReleaseNotice:
    given: dict[str, Any] = {"title": "إفراج مرتقب", "person": "ك", "wanted_by": WANTED, "hours_notice": 48}
    return ReleaseNotice(**(given | more))


def needed(pile: Pile, body: ReleaseNotice) -> list[tuple[bool, set[str]]]:
    """The fields that a notice lacks, and whether that refuses it."""
    found = objections(pile.draft(body, "ML", label=READ), pile)
    return [(o.refuses, set(o.missing)) for o in found if o.code == "field.needed"]


def test_r31_a_planned_release_alerts_both_who_want_the_person_with_a_deadline() -> None:
    """A planned release of a person wanted by Algeria and Mauritania alerts both with a deadline."""
    pile = Pile(Party("ML"))
    said = aspect_of(pile.put(planned(), "ML", label=READ), pile)
    assert [(c.name, c.length_h, c.whose) for c in said.clocks] == [("release_notice", 48, WANTED)]
    due = said.clocks[0].due
    assert due is not None
    assert [(r.how, r.parties, r.fields["due"]) for r in said.raises] == [
        ("alert", (p,), due.isoformat()) for p in WANTED
    ]


def test_r31_who_wants_the_person_is_among_the_readers() -> None:
    pile = Pile(Party("ML"))
    narrow = Label(level="restricted", audience=(Party("DZ"), Party("ML")))
    assert [o.missing for o in objections(pile.draft(planned(), "ML", label=narrow), pile) if o.refuses] == [
        {"MR"}
    ]


def test_r31_an_unanswered_notice_never_delays_a_release() -> None:
    """No clock of the system prolongs custody."""
    pile = Pile(Party("ML"))
    held = pile.put(planned(), "ML", label=READ)
    for hours in (0, 47, 48, 4_000):
        said = aspect_of(held, pile.at(hours))
        assert ("release", "not-delayed") in [(s.of, s.word) for s in said.states]
        assert ("prolongs_custody", False) in [(f.name, f.value) for f in said.facts]
    assert aspect_of(held, pile).clocks[0].state == "lapsed"


def test_r31_an_answer_settles_the_alert_of_who_gave_it() -> None:
    pile = Pile(Party("ML"))
    held = pile.put(planned(), "ML", label=READ)
    pile.at(5).put(Report(title="تحفظ"), "DZ", refs={"reply-to": held.id})
    said = aspect_of(held, pile)
    assert [(r.parties, r.settled) for r in said.raises] == [((p,), p == "DZ") for p in WANTED]
    assert said.clocks[0].whose == ("MR",)


@pytest.mark.parametrize("lacking", ["non_refoulement", "capital_punishment_check"])
def test_r31_a_transfer_needs_its_assessments(lacking: str) -> None:
    """A transfer needs a recorded non-refoulement and capital-punishment assessment."""
    pile = Pile(Party("ML"), charter=LIVE)
    whole = {"transfer": True, "non_refoulement": "قُيّم", "capital_punishment_check": "ضمانات مكتوبة"}
    assert not needed(pile, planned(**whole))
    assert needed(pile, planned(**(whole | {lacking: ""}))) == [(True, {lacking})]


def test_r31_an_exercise_shows_the_lack_of_the_second_assessment_and_takes_the_notice() -> None:
    """Nobody lives in an exercise: its notice without the second assessment is taken with a warning."""
    pile = Pile(Party("ML"))
    body = planned(transfer=True, non_refoulement="قُيّم")
    assert needed(pile, body) == [(False, {"capital_punishment_check"})]
    held = pile.put(body, "ML", label=READ)
    assert ("transfer", "not-assessed") in [(s.of, s.word) for s in aspect_of(held, pile).states]
    assert (True, {"non_refoulement"}) in needed(pile, planned(transfer=True))


def test_r31_over_the_interface_an_exercise_takes_it_and_says_what_lacks(office: Site) -> None:
    """Non-refoulement is asked for in an exercise as well."""
    label = {"level": "restricted", "audience": ["DZ", "ML", "MR"]}
    fields = {"person": "ك", "wanted_by": list(WANTED), "hours_notice": 48, "transfer": True}
    sent = {"kind": "release-notice", "title": "إفراج", "label": label}
    whole = sent | {"fields": fields | {"non_refoulement": "قُيّم"}}
    told = office.api("/api/check", whole)["objections"]
    assert ("field.needed", False) in [(o["code"], o["refuses"]) for o in told]
    office.api("/api/records", whole, status=201)
    assert office.api("/api/records", sent | {"fields": fields}, status=422)["code"] == "field.needed"
