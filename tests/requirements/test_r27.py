"""R27: the duty to consult before what may endanger hostages, and an honest review after."""

from datetime import timedelta

import pytest

from tansiq.boards import aspect_of, objections
from tansiq.model.kind import fields_of
from tansiq.model.kinds.case_outcome import CaseOutcome
from tansiq.model.kinds.consent import Consent
from tansiq.model.kinds.consultation import Consultation, ConsultationLine
from tansiq.model.kinds.deconfliction_notice import DeconflictionNotice
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party
from tansiq.model.values import Box, Place
from tests.boards.pile import START, Pile
from tests.boards.protected.affairs import guarded, hour, opened

ML, NE, FR, MR = map(Party, ("ML", "NE", "FR", "MR"))
NEAR = Place(name="شمال أرليت", lat_e7=191000000, lon_e7=73000000, precision_m=20_000)
FAR = Place(name="نارة", lat_e7=151700000, lon_e7=-72900000, precision_m=20_000)


def word(pile: Pile, held: object) -> str | None:
    said = aspect_of(held, pile).states  # type: ignore[arg-type]
    return next((s.word for s in said if s.of == "consultation"), None)


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        (Report(title="مركبتان", case="ORYX", place=FAR), True),
        (Report(title="مركبتان", place=NEAR), True),
        (Report(title="سوق", place=FAR), False),
        (Consent(title="مطاردة", place=NEAR, answer="yes"), True),
        (
            DeconflictionNotice(
                title="دورية",
                area_box=Box(south_e7=180000000, west_e7=70000000, north_e7=190000000, east_e7=80000000),
            ),
            True,
        ),
    ],
)
def test_r27_what_touches_a_case_s_area_or_names_it_requires_consultation(
    body: Report | Consent | DeconflictionNotice, asked: bool
) -> None:
    """Duty to consult before any act that may endanger hostages."""
    pile = Pile(ML)
    opened(pile)
    assert (word(pile, pile.put(body, "ML")) == "required") is asked
    warned = [
        o.missing for o in objections(pile.draft(body, "ML"), pile) if o.code == "consultation.required"
    ]
    assert warned == ([{"FR", "NE"}] if asked else [])


def test_r27_who_does_not_see_the_case_is_told_nothing() -> None:
    pile = Pile(MR)
    held = pile.put(Report(title="مركبتان", place=NEAR), "MR")
    assert (word(pile, held), list(objections(held, pile))) == (None, [])


def test_r27_no_answer_is_opposed() -> None:
    """The answer (agree, conditions, oppose; no answer = opposed)."""
    pile = Pile(ML)
    opened(pile)
    seen = pile.put(Report(title="مركبتان", case="ORYX"), "ML")
    lines = [ConsultationLine(party=NE, asked_at=START, answer="agree", families_officer_heard=True)]
    silent = ConsultationLine(party=FR, asked_at=START)
    asked = Consultation(title="استشارة", case="ORYX", lines=(*lines, silent), due=hour(6))
    held = pile.put(asked, "ML", label=guarded())
    assert (word(pile, seen), word(pile, held)) == ("opposed", "opposed")
    assert aspect_of(held, pile.at(7)).clocks[0].state == "lapsed"
    spoke = ConsultationLine(party=FR, asked_at=START, answer="conditions", families_officer_heard=True)
    pile.put(Consultation(title="استشارة", case="ORYX", lines=(*lines, spoke)), "ML", id=held.id)
    assert word(pile, seen) == "conditions"


def test_r27_finer_than_area_time_force_route_and_method_have_no_field() -> None:
    """Fields for place finer than area, time, force, route or method do not exist."""
    names = {f.name for f in fields_of(Consultation)} | {f.name for f in fields_of(ConsultationLine)}
    assert names == {
        "title", "text", "unknown", "particulars", "case", "lines", "due", "consultation_state",
        "party", "asked_at", "answer", "conditions", "families_officer_heard",
    }  # fmt: skip
    senses = {f.sense.tag for f in (*fields_of(Consultation), *fields_of(ConsultationLine))}
    assert not senses & {"place", "area", "quantity", "count"}


def test_r27_a_hostage_killed_opens_a_review_that_others_are_told_of() -> None:
    """An outcome "hostage killed" opens a review with a due date, notifies, and records the referral."""
    pile = Pile(NE).at(1)
    opened(pile)
    body = CaseOutcome(title="قُتل الرهينة", case="ORYX", outcome="killed", family_informed=hour(0))
    warned = [o for o in objections(pile.draft(body, "NE", label=guarded()), pile) if o.clause == "R27"]
    assert [(o.code, o.refuses) for o in warned] == [("outcome.no-referral", False)]
    held = pile.put(body, "NE", label=guarded())
    said = aspect_of(held, pile)
    assert [(o.what, set(o.parties)) for o in said.opens] == [("review", {"NE", "FR", "OMB"})]
    assert said.clocks[0].due == pile.now + timedelta(days=30)
    alert = next(r for r in said.raises if r.how == "alert")
    assert set(alert.parties) == {"FR", "OMB"}
    assert ("referral", "awaited") in [(s.of, s.word) for s in said.states]
    referred = CaseOutcome(title="قُتل", case="ORYX", outcome="killed", investigation_ref="تحقيق 7/2011")
    said = aspect_of(pile.put(referred, "NE", id=held.id), pile)
    assert ("referral", "recorded") in [(s.of, s.word) for s in said.states]
