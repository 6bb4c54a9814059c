"""R59: drafting with divergences kept in brackets."""

from tansiq.boards import aspect_of, objections
from tansiq.model.kinds.divergence import Divergence
from tansiq.model.kinds.text_version import TextVersion, Variant
from tansiq.model.label import Party
from tests.boards.pile import Pile
from tests.requirements.office import refused, sign, standing
from tests.web.site import Site

OWN, JOINT = "عمل كل دولة في إقليمها", "دوريات مشتركة في الشريط الحدودي"
HELD = {"DZ": OWN, "ML": OWN, "NE": JOINT, "MR": JOINT}
ROWS = [{"para": 3, "holder": p, "text": t} for p, t in HELD.items()]


def test_r59_a_paragraph_with_two_national_wordings_shows_both_and_who_holds_which(office: Site) -> None:
    """In brackets on the page; the drafter can neither drop one nor adopt over it."""
    made = sign(office, "text-version", "مشروع الاستراتيجية", divergences=ROWS, objectives_without_modality=2)
    told = next(f for f in standing(office, made)["facts"] if f["name"] == "divergence")
    assert (told["value"], told["about"]["para"], told["about"]["holders"]) == ("open", 3, 4)
    assert (told["about"][OWN], told["about"][JOINT]) == (["DZ", "ML"], ["NE", "MR"])
    page = office.get("/drafting")
    assert OWN in page
    assert JOINT in page
    dropped = refused(office, "text-version", "الجولة الثانية", divergences=ROWS[:2], replaces=made, round=2)
    assert dropped["code"] == "divergence.dropped"
    assert (
        refused(office, "text-version", "معتمد", divergences=ROWS, text_state="adopted")["code"]
        == "divergence.open"
    )


def test_r59_it_closes_only_by_the_agreement_or_the_recorded_reservation_of_each_holder() -> None:
    """Three agree and one reserves: then, and only then, the text can be adopted."""
    pile = Pile(party=Party("JSC"))
    rows = tuple(Variant(para=3, holder=Party(p), text=t) for p, t in HELD.items())
    text = pile.put(TextVersion(title="مشروع", divergences=rows), "JSC")
    adopted = TextVersion(title="مشروع", divergences=rows, text_state="adopted")

    def stops() -> list[str]:
        return [o.code for o in objections(pile.draft(adopted, "JSC", id=text.id), pile)]

    word = {"title": "كلمة", "text_ref": text.id, "para": 3, "resolution": "نص توفيقي"}
    pile.put(Divergence(**word, divergence_state="agreed"), "JSC")  # type: ignore[arg-type]
    for code in ("DZ", "ML", "NE"):
        pile.put(Divergence(**word, divergence_state="agreed"), code)  # type: ignore[arg-type]
        assert stops() == ["divergence.open"]
    pile.put(Divergence(**word, divergence_state="reserved"), "MR")  # type: ignore[arg-type]
    assert (stops(), aspect_of(text, pile).facts[0].value) == ([], "reserved")
