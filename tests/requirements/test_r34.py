"""R34: the register of meetings: delegations, attendance, papers; the uncertain is tentative."""

import re
from datetime import timedelta

from icalendar import Calendar

from tests.federation import START
from tests.requirements.office import SEVEN, at, day, facts, sign, standing, state
from tests.web.site import Site


def test_r34_the_meeting_of_12_april_lists_seven_delegations_and_its_papers(office: Site) -> None:
    """Seven chiefs of staff, their agenda, the papers that point to it."""
    made = sign(
        office,
        "meeting",
        "رؤساء أركان سبع دول",
        SEVEN,
        starts=day("2010-04-12"),
        seat={"name": "الجزائر"},
        delegations=[*SEVEN],
        agenda=["مسائل الدفاع والأمن المشترك"],
        meeting_state="took-place",
    )
    items = [{"item_title": "تقييم الوضع الأمني"}]
    sign(office, "agenda", "جدول الأعمال", SEVEN, meeting=made, agenda_items=items)
    assert (state(office, made), facts(office, made)["delegations"]) == ("held", 7)
    row = next(r for r in office.api("/api/boards/meetings")["rows"] if r["record"] == made)
    assert (row["delegations"], len(row["papers"])) == ([*SEVEN], 1)
    assert "تقييم الوضع الأمني" in office.get("/meetings")


def test_r34_uncertain_meetings_are_tentative(office: Site) -> None:
    """ "Probably", "in the coming weeks", "most likely in the last quarter"."""
    quarter = {
        "words": "الثلاثي الأخير",
        "lo": "2031-10-01T00:00:00Z",
        "hi": "2031-12-31T23:59:59Z",
        "precision": "quarter",
    }
    for starts in (quarter, {"words": "في غضون الأسابيع المقبلة"}):
        made = sign(office, "meeting", "ندوة جهوية", starts=starts)
        assert state(office, made) == "tentative"
    assert "محتمل" in office.get("/meetings")


def test_r34_a_call_opens_an_attendance_for_every_party_and_the_clock_tells_who_is_late(office: Site) -> None:
    """Confirmation within 24 hours is asked of each party called."""
    due = {"hi": (START + timedelta(hours=24)).isoformat()}
    made = sign(office, "meeting", "دورة استثنائية للجنة", (*SEVEN[:4], "JSC"), attendance_due=due)
    opened = standing(office, made)["opens"]
    assert {(o["what"], *o["parties"]) for o in opened} == {
        ("attendance", p) for p in ("DZ", "JSC", "MR", "NE")
    }
    lines = [{"party": "NE", "presence": "excused"}]
    sign(office, "attendance", "ردود", meeting=made, lines=lines)
    at(office, START + timedelta(hours=25))
    clocks = {c["key"]: c["state"] for c in standing(office, made)["clocks"] if c["name"] == "attendance"}
    assert clocks == {"DZ": "late", "JSC": "late", "MR": "late", "NE": "met"}


def test_r34_the_calendar_exports_meetings_and_marks_the_uncertain_as_tentative(office: Site) -> None:
    """An iCalendar feed of the officer's own: the sure day confirmed, the other tentative."""
    sign(office, "meeting", "رؤساء الأركان", starts=day("2031-04-12"), meeting_state="confirmed")
    sign(office, "meeting", "ندوة محتملة", starts=day("2031-05-01"), meeting_state="tentative")
    found = re.search(r"/calendar/([\w-]{20,})", office.post("/calendar/feed", {}, 200).text)
    assert found is not None
    entries = Calendar.from_ical(office.client.get(found[0]).content).walk("VEVENT")
    states = [str(e.get("STATUS", "")) for e in entries]
    assert "TENTATIVE" in states
    assert len(states) > states.count("TENTATIVE")
