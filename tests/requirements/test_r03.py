"""R03: from the meeting to the body: a timeline from August 2009, two founding dates."""

from tansiq.boards.institution.cascade import lineage
from tests.requirements.office import facts, sign, standing, state
from tests.web.site import Site


def test_r03_the_timeline_begins_at_tamanrasset_in_august_2009(office: Site) -> None:
    """The lineage of the committee starts at the arrangements of 12 and 13 August 2009."""
    first = next(lineage("body-staff"))
    assert first.when is not None
    assert (first.place, first.when.lo, first.when.hi) == ("Tamanrasset", "2009-08-12", "2009-08-13")
    body = sign(office, "body", "لجنة الأركان العملياتية المشتركة")
    assert facts(office, body)["lineage"][0] == first.names.ar
    page = office.get("/meetings")
    assert page.index(first.names.ar) < page.index("إطلاق لجنة الأركان بتمنراست")


def test_r03_two_founding_dates_are_marked_and_the_official_one_is_graded_above(office: Site) -> None:
    """April 2010 by the communiqué, "last May" by an article; "a year ago" fits April 2010."""
    body = sign(office, "body", "لجنة الأركان العملياتية المشتركة")
    assert state(office, body, "attribute:founded") == "contested"
    found = next(f for f in standing(office, body)["facts"] if f["name"] == "founded")
    grades = [said.split(" ")[0] for said in found["about"].values()]
    assert grades == sorted(grades) == ["A2", "E4"]
    page = office.get("/meetings")
    assert page.index("21 أبريل 2010") < page.index("مايو 2011، بمبادرة جزائرية")
    assert "قبل عام" in page
