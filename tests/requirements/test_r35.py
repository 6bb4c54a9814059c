"""R35: a cascade of meetings as a chain with open ends."""

from tests.requirements.office import SEVEN, day, sign, standing
from tests.web.site import Site


def test_r35_a_conference_two_april_meetings_and_a_summit_are_one_chain_with_an_open_end(
    office: Site,
) -> None:
    """16 March leads to two April meetings; both prepare a conference of heads of state without a date."""
    march = sign(
        office, "meeting", "الندوة التنسيقية", SEVEN, starts=day("2030-03-16"), meeting_state="took-place"
    )
    summit = "مؤتمر رؤساء الدول حول السلم والأمن والتنمية"
    april = [
        sign(office, "meeting", title, SEVEN, starts=starts, follows=["الندوة التنسيقية"], prepares=[summit])
        for title, starts in (
            ("رؤساء الأركان", day("2030-04-12")),
            ("مسؤولو مكافحة الإرهاب", {"words": "مطلع أبريل"}),
        )
    ]
    rows = {r["record"]: r for r in office.api("/api/boards/meetings")["rows"]}
    assert set(rows[march]["after"]) == set(april)
    assert [rows[one]["before"] for one in april] == [[march], [march]]
    assert [rows[one]["open_ends"] for one in april] == [[summit], [summit]]
    page = office.get("/meetings")
    assert page.index("الندوة التنسيقية") < page.index(summit)


def test_r35_a_call_that_names_the_preloaded_meetings_by_their_day_hangs_on_them(office: Site) -> None:
    """ "The conference of 16 March" and "12 April" are found in the public record."""
    made = sign(office, "meeting", "دورة استثنائية", follows=["ندوة 16 مارس", "12 April chiefs of staff"])
    row = office.api("/api/boards/meetings")["rows"][0]
    assert row["before"] == ["meet-2010-03", "meet-2010-04-cos"]
    assert next(f for f in standing(office, made)["facts"] if f["name"] == "linked")["value"] is True
