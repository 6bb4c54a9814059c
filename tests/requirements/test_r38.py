"""R38: lint for vague and undated commitments."""

from tests.requirements.office import FOUR, flags, sign, state
from tests.web.site import Site

LABEL = {"level": "restricted", "audience": [*FOUR]}


def test_r38_as_soon_as_possible_and_all_resources_carry_a_badge_until_filled(office: Site) -> None:
    """Who, what, when: each missing part is a badge, and goes when it is filled."""
    summit = sign(
        office, "commitment", "قمة الرؤساء", from_sentence="في أقرب وقت", due={"words": "في أقرب وقت"}
    )
    assert flags(office, summit) == ["OWNER_MISSING", "UNDATED", "MEANS_UNSPECIFIED"]
    help_ = sign(
        office,
        "commitment",
        "منع التسلل",
        from_sentence="توفير كل الإمكانات",
        owner="DZ",
        means="كل الإمكانات",
    )
    assert flags(office, help_) == ["UNDATED", "MEANS_UNSPECIFIED"]
    filled = {
        "from_sentence": "في أقرب وقت",
        "owner": "ML",
        "means": "مقر المؤتمر",
        "due": {"hi": "2031-09-01T00:00:00Z"},
    }
    body = {"kind": "commitment", "title": "قمة الرؤساء", "label": LABEL, "fields": filled}
    office.api(f"/api/records/{summit}/versions", body)
    assert flags(office, summit) == []


def test_r38_a_decision_that_nobody_carries_is_badged_until_left_open_on_purpose(
    office: Site,
) -> None:
    """ "We have decided to strengthen cooperation": a decision without owner or date."""
    decision = sign(office, "decision", "تعزيز التعاون", from_sentence="قررنا تعزيز التعاون المخابراتي")
    assert flags(office, decision) == ["OWNER_MISSING", "UNDATED"]
    sign(office, "commitment", "تعاون", from_sentence="قررنا", decision=decision, deliberately_open=True)
    assert flags(office, decision) == []


def test_r38_planned_operations_show_as_planned_without_date_and_trace(office: Site) -> None:
    """What "was planned" is neither done nor dropped: planned, undated, no trace."""
    made = sign(
        office,
        "commitment",
        "عمليات واسعة",
        from_sentence="كان مقررا إطلاق عمليات واسعة",
        commitment_force="intent",
        owner="DZ",
    )
    assert state(office, made) == "planned"
    assert {"UNDATED", "NO_TRACE"} <= set(flags(office, made))
