"""R41: a mandate shows who mandates (unknown until entered), for what, with whom, what is forbidden."""

from __future__ import annotations

from datetime import timedelta

from tansiq.boards import aspect_of
from tansiq.model.kinds.mandate import Mandate
from tansiq.model.label import Party
from tests.boards.diplomacy.mandated import FOUR, NAME, START, adopted, hour, said, told, under_silence
from tests.boards.pile import Pile


def test_r41_mandating_states_are_unknown_until_they_are_entered_and_no_expiry_is_flagged() -> None:
    pile = Pile()
    body = Mandate(title="تفويض للاتصال بالأطراف الخارجية من أجل لقاء دولي", holder=Party("DZ"))
    held = pile.put(body, "JSC")
    found = aspect_of(held, pile)
    assert {"mandators", "counterparties", "excluded", "expires"} <= set(found.unknown)
    assert {"MANDATORS_UNKNOWN", "NO_EXPIRY"} <= {f.code for f in found.flags}


def test_r41_purpose_counterparties_forbidden_matters_report_date_and_signatures_are_shown() -> None:
    pile, _ = under_silence(purpose="لقاء دولي في الثلاثي الأخير")
    pile.at(8).put(said("assent-with-statement", statement_text="لا يمس العلاقات الثنائية"), "MR")
    pile.at(72).put(Mandate(title="اعتماد", mandate=NAME, report_every_h=360, expires=hour(568)), "JSC")
    found = aspect_of(pile.held[-1], pile)
    facts = {f.name: f.value for f in found.facts}
    assert facts["mandators"] == FOUR
    assert facts["purpose"] == "لقاء دولي في الثلاثي الأخير"
    assert facts["counterparties"] == ("FR", "US", "شركاء آخرون")
    assert len(facts["excluded"]) == 3  # type: ignore[arg-type]
    assert facts["signatures"] == ("MR",)
    due = next(c for c in found.clocks if c.name == "mandate_report")
    assert due.due == START + timedelta(hours=72 + 360)


def test_r41_a_mandate_lapses_at_its_hour_and_can_be_revoked() -> None:
    pile = adopted(expires=hour(568))
    assert told(pile.at(567), pile.held[0])[NAME] == "adopted"
    assert told(pile.at(568), pile.held[0])[NAME] == "expired"
    other = adopted()
    other.at(80).put(Mandate(title="إلغاء", mandate=NAME, mandate_state="revoked"), "NE")
    assert told(other, other.held[0])[NAME] == "revoked"
