"""R02: contested attributes stand side by side, each with its source and grade."""

from tests.requirements.office import sign, standing, state
from tests.web.site import Site


def seat(office: Site, body: str) -> dict[str, str]:
    """The seats that the node shows, with grade and source."""
    found: dict[str, str] = next(f["about"] for f in standing(office, body)["facts"] if f["name"] == "seat")
    return found


def test_r02_one_source_states_the_seat_and_the_place_of_launch_is_no_seat(office: Site) -> None:
    """Algiers stands with source and grade; Tamanrasset as place of launch contests nothing."""
    body = sign(office, "body", "هيئة تنسيق")
    sign(
        office,
        "statement",
        "قول وزير خارجية عضو",
        predicate="المقر",
        stated_value="الجزائر",
        grade={"reliability": "C", "credibility": "3"},
        refs_={"about": body},
    )
    sign(
        office,
        "statement",
        "بيان الإطلاق",
        predicate="مكان الإطلاق",
        stated_value="تمنراست",
        refs_={"about": body},
    )
    assert state(office, body, "attribute:seat") == "stated"
    assert seat(office, body) == {"الجزائر": "C3 · قول وزير خارجية عضو"}


def test_r02_a_second_source_that_states_a_seat_makes_it_contested_until_a_decision(office: Site) -> None:
    """Side by side, on the page and over the interface; a decision record settles it."""
    body = sign(office, "body", "هيئة تنسيق", seat={"name": "الجزائر"})
    sign(office, "statement", "خبر صحفي", predicate="المقر", stated_value="تمنراست", refs_={"about": body})
    assert state(office, body, "attribute:seat") == "contested"
    assert set(seat(office, body)) == {"الجزائر", "تمنراست"}
    page = office.get(f"/record/{body}")
    assert "مختلَف فيه" in page
    assert "تمنراست" in page
    sign(office, "decision", "قرار المقر", from_sentence="المقر مدينة الجزائر", refs_={"resolves": body})
    assert state(office, body, "attribute:seat") == "resolved"


def test_r02_the_shipped_facts_show_both_seats_of_the_staff_committee(office: Site) -> None:
    """Neither the record nor the public page prints one seat alone."""
    body = sign(office, "body", "لجنة الأركان العملياتية المشتركة")
    assert state(office, body, "attribute:seat") == "contested"
    assert {"الجزائر العاصمة", "تمنراست"} <= set(seat(office, body))
    page = office.get("/")
    assert "الجزائر العاصمة" in page
    assert "تمنراست" in page
