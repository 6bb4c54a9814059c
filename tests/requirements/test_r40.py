"""R40: cadence health: what was observed, what was agreed, and who is told of a lapse."""

from datetime import timedelta
from typing import Any

from tansiq.boards.institution.cadence import months, shipped_cadence
from tests.federation import START
from tests.requirements.office import at, day, refused, sign, standing
from tests.web.site import Site


def test_r40_eight_months_were_observed_and_the_agreed_interval_is_not_stated(office: Site) -> None:
    """August 2009 to April 2010; nothing was promised in the texts."""
    found = shipped_cadence("body-council")
    assert (months(found.intervals_days[0]), found.agreed_h) == (8, None)
    page = office.get("/meetings")
    assert "نحو" in page
    assert "غير مذكور" in page


def test_r40_an_agreed_interval_is_entered_with_its_source_and_a_lapse_is_told_to_the_presidency(
    office: Site,
) -> None:
    """No source, no interval; past it, the member that presides that day is told."""
    held: dict[str, Any] = {"starts": day("2031-02-01"), "meeting_state": "took-place", "cadence_h": 24 * 180}
    assert refused(office, "meeting", "مجلس الأركان", **held)["where"] == "cadence_source"
    made = sign(office, "meeting", "مجلس الأركان", **held, cadence_source="محضر الاجتماع")
    assert standing(office, made)["raises"] == []
    at(office, START + timedelta(days=153))
    raised = standing(office, made)["raises"]
    president = office.node.world.charter.president(now=START + timedelta(days=153))
    assert [(r["code"], r["parties"]) for r in raised] == [("CADENCE_LAPSED", [president])]
    later = day("2031-07-30")
    sign(office, "meeting", "دورة ثانية", starts=later, follows=["مجلس الأركان"], meeting_state="took-place")
    assert standing(office, made)["raises"] == []
