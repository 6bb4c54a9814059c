"""R42: what lies outside a mandate is blocked, or needs a signed exception that all mandators see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tansiq.base.clock import moment
from tansiq.boards import aspect_of
from tansiq.model.kinds.contact import Contact
from tansiq.model.kinds.mandate_act import MandateAct
from tansiq.model.kinds.position import Position
from tansiq.model.label import Label, Party
from tests.boards.diplomacy.mandated import NAME, adopted, hour, refusals, told, warnings
from tests.federation import START_MS
from tests.web.site import Site

FOUR = {"level": "restricted", "audience": ["DZ", "ML", "MR", "NE"]}


def contact(*topics: str, to: tuple[str, ...] = ("US",), **more: Any) -> Contact:
    return Contact(title="اتصال بشريك", mandate=NAME, counterparties=to, topics=topics, **more)


@pytest.mark.parametrize(
    ("topic", "matter"),
    [
        ("operational cell", "التزام عملياتي"),
        ("خلية تنسيق عملياتية", "التزام عملياتي"),
        ("cellule opérationnelle", "التزام عملياتي"),
        ("facilités de stationnement", "تمركز قوات"),
        ("تسهيلات إقامة", "تمركز قوات"),
        ("shared cost", "تمويل"),
    ],
)
def test_r42_a_matter_outside_scope_is_refused_by_name_in_whatever_language(topic: str, matter: str) -> None:
    pile = adopted()
    no = refusals(pile, pile.draft(contact(topic), "DZ"))["mandate_scope"]
    assert no.missing == {matter}
    assert no.about["state"] == "not_sent"


def test_r42_what_lies_within_is_in_scope() -> None:
    pile = adopted()
    body = contact("الموضوع", "الموعد التقريبي", "صفة المراقب", to=("FR", "US"), acts=("contact", "invite"))
    assert refusals(pile, pile.draft(body, "DZ")) == {}
    assert told(pile, pile.put(body, "DZ"))["mandate_check"] == "in_scope"


def test_r42_an_unknown_matter_warns_and_is_left_to_the_officer() -> None:
    pile = adopted()
    draft = pile.draft(contact("علم الفلك"), "DZ")
    assert "mandate.unclear" in warnings(pile, draft)
    assert "mandate_scope" not in refusals(pile, draft)


def test_r42_counterparties_and_acts_outside_and_a_mandate_that_ended_are_refused() -> None:
    pile = adopted(counterparties=("FR",), expires=hour(568))
    assert refusals(pile, pile.draft(contact("agenda"), "DZ"))["mandate_scope"].missing == {"US"}
    acts = contact("agenda", to=("FR",), acts=("convene",))
    assert refusals(pile, pile.draft(acts, "DZ"))["mandate_scope"].missing == {"convene"}
    pile.at(568)
    late = contact("agenda", to=("FR",))
    assert refusals(pile, pile.draft(late, "DZ"))["mandate_scope"].missing == {"expired"}


def test_r42_a_signed_exception_seen_by_all_mandators_opens_what_it_names_and_nothing_else() -> None:
    pile = adopted()
    ask = MandateAct(title="طلب استثناء", mandate=NAME, exception_for=("تمويل",))
    asked = pile.put(ask, "DZ")
    for party in ("ML", "MR"):
        pile.put(Position(title="موافقة", on=asked.id, position="assent"), party)
    assert "mandate_scope" in refusals(pile, pile.draft(contact("تمويل اللقاء"), "DZ"))
    assert told(pile, asked)["exception"] == "asked"
    pile.put(Position(title="موافقة", on=asked.id, position="assent"), "NE")
    assert refusals(pile, pile.draft(contact("تمويل اللقاء"), "DZ")) == {}
    assert told(pile, asked)["exception"] == "granted"
    assert "mandate_scope" in refusals(pile, pile.draft(contact("تمويل", "basing"), "DZ"))


def test_r42_an_act_outside_that_came_from_elsewhere_is_flagged_and_told_to_the_mandators() -> None:
    pile = adopted()
    held = pile.put(contact("basing"), "DZ")
    found = aspect_of(held, pile)
    assert told(pile, held)["mandate_check"] == "out_of_scope"
    assert {"ML", "MR", "NE", "JSC"} == set(found.raises[0].parties)


def test_r42_over_the_api_a_contact_outside_is_not_signed_and_nothing_is_sent(tmp_path: Path) -> None:
    site = Site(tmp_path, "DZ")
    with site.client:
        site.sign_in("duty")
        fields = {
            "mandate": NAME,
            "holder": "DZ",
            "mandators": ["DZ", "ML", "MR", "NE"],
            "excluded": ["operational commitment", "basing", "funding"],
            "mandate_state": "adopted",
        }
        text = {"kind": "mandate", "title": "تفويض", "label": FOUR, "fields": fields}
        site.api("/api/records", text, status=201)
        site.node.clock.set(moment(START_MS + 3_600_000))
        site.sign_in("duty")
        said = {"mandate": NAME, "counterparties": ["US"], "topics": ["خلية عملياتية", "تسهيلات إقامة"]}
        draft = {"kind": "contact", "title": "مسودة", "label": FOUR, "fields": said}
        no = site.api("/api/records", draft, status=422)
        assert (no["code"], no["clause"]) == ("mandate_scope", "R42")
        assert "operational commitment" in no["where"]
        assert "basing" in no["where"]
        assert site.api("/api/boards/contacts")["rows"] == []
        page = site.get("/mandates")
        assert NAME in page
        assert "التزام عملياتي" in page


def test_r42_a_draft_that_its_author_keeps_to_himself_was_not_sent_and_says_what_speaks_against_it() -> None:
    pile = adopted()
    own = Label(level="restricted", audience=(Party("DZ"),))
    draft = pile.draft(contact("خلية عملياتية", "basing"), "DZ", label=own)
    assert refusals(pile, draft) == {}
    assert warnings(pile, draft)["mandate_scope"].missing == {"التزام عملياتي", "تمركز قوات"}
    kept = pile.put(contact("خلية عملياتية", "basing"), "DZ", label=own)
    assert told(pile, kept)["self"] == "not_sent"
    assert aspect_of(kept, pile).raises == ()
