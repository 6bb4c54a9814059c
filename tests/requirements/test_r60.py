"""R60: the prevention and development track; no personal data on youths."""

from tests.requirements.office import SEVEN, facts, refused, sign, standing
from tests.web.site import Site


def test_r60_a_project_of_wells_links_to_a_driver_of_recruitment_and_to_the_strategy(office: Site) -> None:
    """Poverty and dry wells are drivers; the project that answers them hangs on the strategy."""
    aim = sign(office, "strategy-node", "السلم والأمن والتنمية", SEVEN, level="aim")
    dry = sign(office, "indicator", "آبار جافة ورحيل شباب", SEVEN, driver="الماء والدخل", personal_data=False)
    wells = sign(
        office,
        "project",
        "تأهيل أربعة آبار",
        SEVEN,
        driver="الماء والدخل",
        strategy_ref=aim,
        refs_={"indicator": dry},
    )
    assert facts(office, wells)["drivers"] == ["آبار جافة ورحيل شباب"]
    linked = {f["name"]: f["about"] for f in standing(office, wells)["facts"]}["linked"]
    assert linked["to"] == "السلم والأمن والتنمية"
    assert (facts(office, dry)["linked"], facts(office, dry)["no_personal_data"]) == (True, True)
    told = office.api("/api/boards/drafting")
    assert (told["prevention"], told["roots"][0]["hung"]) == ([dry], [wells])


def test_r60_personal_data_is_refused_in_indicator_and_project(office: Site) -> None:
    """Neither by its own word nor by its text does either speak of a person."""
    stated = refused(office, "indicator", "شباب القرية", driver="الدخل", personal_data=True)
    assert (stated["code"], stated["clause"]) == ("personal-data", "R60")
    assert refused(office, "project", "المدعو فلان الفلاني من القرية")["code"] == "personal-data"
    assert refused(office, "indicator", "هاتفه 00226 70 11 22 33")["code"] == "personal-data"
