"""R32: a dispute shows parties, cause, steps and outcome; opening it does not cut exchange."""

from __future__ import annotations

from pathlib import Path

from tansiq.boards import aspect_of
from tansiq.model.kinds.decision import Decision
from tansiq.model.kinds.dispute import Dispute, DisputeStep
from tansiq.model.kinds.judicial_decision import JudicialDecision
from tansiq.model.label import Party
from tests.boards.diplomacy.mandated import told
from tests.boards.pile import START, Pile
from tests.web.site import Site

PARTIES = tuple(map(Party, ("DZ", "MR", "ML")))
FOUR = {"level": "restricted", "audience": ["DZ", "ML", "MR", "NE"]}


def test_r32_the_dispute_shows_parties_cause_steps_and_its_outcome() -> None:
    pile = Pile()
    steps = (DisputeStep(at=START, by=Party("DZ"), step="استدعاء السفير للتشاور"),)
    body = Dispute(
        title="خلاف الإفراج",
        parties=PARTIES,
        about="إفراج عن مطلوبين لدى دولتين مقابل رهينة",
        steps=steps,
        dispute_state="settled",
        outcome="قيادة مشتركة",
    )
    held = pile.put(body, "DZ")
    facts = {f.name: f.value for f in aspect_of(held, pile).facts}
    assert facts == {"parties": PARTIES, "steps": 1, "outcome": "قيادة مشتركة", "exchange_uncut": True}
    assert told(pile, held)["dispute"] == "settled"


def test_r32_an_open_dispute_asks_the_other_parties_and_one_may_close_it_with_reservations() -> None:
    pile = Pile()
    held = pile.put(Dispute(title="خلاف", parties=PARTIES, about="إفراج"), "DZ")
    raised = aspect_of(held, pile).raises[0]
    assert (raised.how, raised.parties, raised.settled) == ("task", ("MR", "ML"), False)
    closed = Dispute(title="خلاف", parties=PARTIES, about="إفراج", dispute_state="closed-with-reservations")
    again = pile.put(closed, "DZ", id=held.id)
    assert told(pile, again)["dispute"] == "closed_with_reservations"
    assert aspect_of(again, pile).raises[0].settled


def test_r32_opening_it_does_not_cut_exchange(tmp_path: Path) -> None:
    site = Site(tmp_path, "DZ")
    with site.client:
        site.sign_in("duty")
        fields = {"parties": ["DZ", "MR", "ML"], "about": "إفراج عن مطلوبين"}
        opened = {"kind": "dispute", "title": "خلاف الإفراج", "label": FOUR, "fields": fields}
        site.api("/api/records", opened, status=201)
        report = {"kind": "report", "title": "تقرير إلى مالي", "label": FOUR}
        made = site.api("/api/records", report, status=201)
        assert "ML" in site.api(f"/api/records/{made['id']}")["label"]["audience"]
        assert "خلاف الإفراج" in site.get("/disputes")


def test_r32_a_decision_with_reservations_that_rests_on_it_closes_it() -> None:
    pile = Pile()
    held = pile.put(Dispute(title="خلاف", parties=PARTIES, about="إفراج", channels=("political",)), "DZ")
    assert told(pile, held)["channel:political"] == "suspended"
    decided = Decision(title="قرار مشترك", reservations=("تحفظ على الإشعار",))
    pile.put(decided, "JSC", refs={"settles": held.id})
    assert told(pile, held)["dispute"] == "closed_with_reservations"
    assert "channel:political" not in told(pile, held)


def test_r32_a_decision_with_reservations_closes_the_dispute_and_keeps_them() -> None:
    pile = Pile()
    opened = pile.put(Dispute(title="اعتراض على إفراج", about="الإفراج المقرر"), "DZ")
    assert told(pile, opened)["dispute"] == "open"
    body = JudicialDecision(
        title="قرار المحكمة", decision="تثبيت الإفراج", reservations=("لم تصل النسخة في وقتها",)
    )
    decided = pile.put(body, "NE", refs={"closes": opened.id})
    assert told(pile, opened)["dispute"] == "closed_with_reservations"
    assert told(pile, decided) == {"dispute": "closed_with_reservations"}
    assert "لم تصل النسخة في وقتها" in str(aspect_of(decided, pile).facts)
