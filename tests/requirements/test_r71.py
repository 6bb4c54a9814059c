"""R71: the legal register and the credentials of seats."""

from typing import Any

import pytest
from msgspec.structs import replace

from tansiq.boards import aspect_of, objections
from tansiq.boards.protected.register import FAMILIES
from tansiq.model.kinds.credential import Credential
from tansiq.model.kinds.legal_basis import LegalBasis
from tansiq.model.label import Party
from tests.boards.pile import CHARTER, Pile
from tests.boards.protected.affairs import case, guarded, hour

LIVE = replace(CHARTER, exercise=False)
WHOLE: dict[str, Any] = {
    "title": "أساس قانوني",
    "agreement_ref": "اتفاق تمنراست 2010",
    "purpose": "سلامة الرهائن",
    "controller": Party("NE"),
    "authority": "هيئة حماية المعطيات",
    "impact_assessment": "تقييم الأثر 4/2010",
    "covers": ("hostages",),
}


def live() -> Pile:
    return Pile(Party("NE"), charter=LIVE)


def codes(pile: Pile, body: Any, **more: Any) -> list[tuple[str, set[str]]]:
    draft = pile.draft(body, "NE", **more)
    return [(o.code, {*o.missing}) for o in objections(draft, pile) if o.refuses]


def test_r71_no_protected_kind_is_switched_on_without_its_legal_basis() -> None:
    """No protected kind is switched on without it."""
    pile = live()
    assert codes(pile, case(), label=guarded()) == [("legal-basis.none", {"hostages"})]
    pile.put(LegalBasis(**WHOLE), "NE")
    assert codes(pile, case(), label=guarded()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"covers": ("victims",)},
        {"controller": Party("ML")},
        {"ends": hour(-1)},
        {"begins": hour(1)},
        {"authority": None},
        {"impact_assessment": ""},
    ],
    ids=str,
)
def test_r71_a_basis_of_another_family_controller_or_time_switches_nothing_on(change: dict[str, Any]) -> None:
    pile = live()
    pile.put(LegalBasis(**(WHOLE | change)), "NE")
    assert codes(pile, case(), label=guarded()) == [("legal-basis.none", {"hostages"})]


@pytest.mark.parametrize(
    "lacking", ["agreement_ref", "purpose", "controller", "authority", "impact_assessment"]
)
def test_r71_a_basis_states_agreement_purpose_controller_authority_and_assessment(lacking: str) -> None:
    """Agreement, purpose, controller per node, data-protection authority and impact assessment."""
    empty = None if lacking in ("agreement_ref", "controller", "authority") else ""
    assert codes(live(), LegalBasis(**(WHOLE | {lacking: empty}))) == [("field.needed", {lacking})]
    assert codes(live(), LegalBasis(**WHOLE)) == []


def test_r71_a_basis_says_what_it_switches_on_and_when_it_ends() -> None:
    pile = live()
    held = pile.put(
        LegalBasis(**(WHOLE | {"covers": ("hostages", "judicial-notice"), "ends": hour(48)})), "NE"
    )
    said = aspect_of(held, pile)
    assert (said.facts[0].value, said.states[0].word) == (("hostages", "notices"), "in-force")
    assert aspect_of(held, pile.at(48)).states[0].word == "ended"
    assert set(FAMILIES) == {"hostages", "notices", "victims", "sources"}


def test_r71_an_exercise_of_invented_persons_is_warned_and_not_refused() -> None:
    pile = Pile(Party("NE"))
    found = [(o.code, o.refuses) for o in objections(pile.draft(case(), "NE", label=guarded()), pile)]
    assert ("legal-basis.exercise", False) in found
    assert not any(refuses for _, refuses in found)


LY = Party("LY")
SPOKE: dict[str, Any] = {"title": "اعتماد", "party": LY, "issued_by": "مجلس الرئاسة", "begins": hour(-10)}


def seat(pile: Pile, held: Any) -> str:
    return next(s.word for s in aspect_of(held, pile).states if s.of == "seat:LY")


def test_r71_who_speaks_for_a_seat_with_dates() -> None:
    """Who speaks for a seat: credentials, transition, vacancy, with dates and signatures."""
    pile = live()
    body = Credential(**SPOKE, holder_role="السفير", standing_state="accredited", ends=hour(100))
    held = pile.put(body, "LY")
    assert (seat(pile, held), seat(pile.at(100), held)) == ("accredited", "vacant")
    moved = Credential(**SPOKE, holder_role="القائم بالأعمال", standing_state="transition")
    assert seat(pile, pile.put(moved, "LY")) == "transition"


def test_r71_two_who_claim_a_seat_make_it_disputed() -> None:
    pile = live()
    held = pile.put(Credential(**SPOKE, holder_role="الأول", standing_state="accredited"), "LY")
    pile.put(Credential(**SPOKE, holder_role="الثاني", standing_state="accredited"), "LY")
    assert seat(pile, held) == "disputed"
    assert "SEAT_DISPUTED" in [f.code for f in aspect_of(held, pile).flags]


def test_r71_a_credential_without_seat_date_or_issuer_is_refused() -> None:
    bare = Credential(title="اعتماد", standing_state="accredited")
    assert codes(live(), bare)[0] == ("field.needed", {"party", "begins", "issued_by"})
