"""R01: the register of bodies: four members, three channels, a wider circle of seven."""

from tests.requirements.office import FOUR, SEVEN, facts, refused, sign, standing
from tests.web.site import Site


def committee(office: Site) -> str:
    channels = ["political", "intelligence", "military"]
    body = sign(office, "body", "لجنة الأركان العملياتية المشتركة", channels=channels)
    for code in FOUR:
        sign(office, "membership", f"عضوية {code}", party=code, body_ref=body, standing="member")
    return body


def test_r01_the_committee_shows_four_members_three_channels_and_the_wider_circle_of_seven(
    office: Site,
) -> None:
    """Open the committee: members, channels, and who else sits in the circles around it."""
    body = committee(office)
    told = facts(office, body)
    assert (told["members"], len(told["channels"])) == ([*FOUR], 3)
    within = {f["value"]: f["about"] for f in standing(office, body)["facts"] if f["name"] == "within"}
    assert set(within["C7"]["parties"]) - {"JSC"} == {"BF", "LY", "TD"}


def test_r01_sharing_a_record_of_the_four_with_the_seven_is_refused_and_names_the_three(office: Site) -> None:
    """What rests on a record of the four does not reach Burkina Faso, Libya and Chad."""
    source = sign(office, "report", "تدفق السلاح")
    said = refused(office, "report", "خلاصة للسبع", SEVEN, sources_=[source])
    assert said["code"] == "record.widens"
    assert {code for code in ("BF", "LY", "TD", "DZ", "NE") if code in f"{said}"} == {"BF", "LY", "TD"}
