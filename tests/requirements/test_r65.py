"""R65: a communiqué built from decisions, in three languages, public only after every co-owner's release."""

from pathlib import Path

from tansiq.base.refusal import Refusal
from tansiq.boards import aspect_of
from tansiq.model.kinds.communique import Communique, CommuniqueLine
from tansiq.model.label import label
from tansiq.work.communique import build, publish
from tansiq.work.let_go import let_go
from tansiq.work.objecting import shelf_of
from tansiq.work.submit import Draft, submit
from tests.requirements.office import sign, standing
from tests.simulate.desks import desk_at, steps
from tests.simulate.nodes import world_of
from tests.web.site import Site
from tests.work.nodes import done, put

MEMBERS = ("DZ", "ML", "MR", "NE")
TEAM = (*MEMBERS, "JSC")
SENTENCES = {
    "ar": "يمهّد الاجتماعان لمؤتمر رؤساء الدول.",
    "fr": "Les deux réunions préparent la conférence des chefs d'État.",
    "en": "The two meetings prepare the conference of heads of state.",
}


def test_r65_the_draft_is_built_from_decisions_and_every_sentence_is_linked(office: Site) -> None:
    """One act makes the draft; a language that lacks a sentence is said."""
    decisions = [
        sign(office, "decision", "قرار", from_sentence=s, decided_by=[*MEMBERS]) for s in ("نواصل", "نجتمع")
    ]
    made = office.api("/api/communiques", {"decisions": decisions, "title": "بيان ختامي"}, status=201)["id"]
    said = standing(office, made)
    assert next(f["value"] for f in said["facts"] if f["name"] == "linked_sentences") == 2
    assert said["releases"] == ["DZ", "MR", "NE"]
    assert [f["about"]["langs"] for f in said["flags"]] == [["fr", "en"]]
    assert office.api(f"/api/records/{made}/publish", {}, status=422)["where"] in (
        "DZ",
        "MR",
        "NE",
        "DZ, MR, NE",
    )


def test_r65_it_is_public_only_after_all_co_owners_have_released_it(tmp_path: Path) -> None:
    """Four members release at their own nodes what the organ drafted; three are not enough."""
    world = world_of(tmp_path, TEAM)
    organ = world.nodes["JSC"]
    fields = {"from_sentence": SENTENCES["ar"], "decided_by": list(MEMBERS)}
    decision = done(put(desk_at(organ), "قرار", kind="decision", to=TEAM, fields=fields))
    draft = done(build(desk_at(organ), [decision], "بيان ختامي", "ar"))
    rows = tuple(
        CommuniqueLine(sentence_text=text, decision=decision, lang=lang)  # type: ignore[arg-type]
        for lang, text in SENTENCES.items()
    )
    body = Communique(title="بيان ختامي", langs=("ar", "fr", "en"), sentences=rows)
    whole = Draft(kind="communique/1", body=body, label=label(TEAM), record_id=draft)
    done(submit(desk_at(organ), whole))
    steps(world)
    for code in MEMBERS:
        stopped = publish(desk_at(organ), draft)
        assert isinstance(stopped, Refusal)
        assert stopped.reason == "release.missing"
        assert code in stopped.missing
        done(let_go(desk_at(world.nodes[code]), draft, "إذن بالنشر"))
        steps(world)
    done(publish(desk_at(organ), draft))
    with organ.store.read() as rx:
        held = shelf_of(rx, desk_at(organ)).get(draft)
        assert held is not None
        told = aspect_of(held, shelf_of(rx, desk_at(organ)))
    assert held.label.public
    assert (told.states[0].word, told.released, told.facts[0].value) == ("published", MEMBERS, 3)


def test_r65_a_text_changed_after_the_releases_needs_them_again(tmp_path: Path) -> None:
    """What was released is what is published, to the letter."""
    world = world_of(tmp_path, ("ML", "NE"))
    ml = world.nodes["ML"]
    fields = {"co_owners": ["NE"], "langs": ["ar"]}
    draft = done(put(desk_at(ml), "بيان", kind="communique", to=("ML", "NE"), fields=fields))
    steps(world)
    done(let_go(desk_at(world.nodes["NE"]), draft, "إذن"))
    steps(world)
    done(put(desk_at(ml), "بيان معدَّل", kind="communique", to=("ML", "NE"), fields=fields, record_id=draft))
    stopped = publish(desk_at(ml), draft)
    assert isinstance(stopped, Refusal)
    assert stopped.reason == "release.missing"
    assert stopped.missing == {"NE"}


def test_r65_a_partner_that_owns_a_text_with_others_releases_it_and_decides_nothing(tmp_path: Path) -> None:
    """Its bare release is taken; any other decision of a partner is refused."""
    world = world_of(tmp_path, ("NE", "FR"))
    ne, fr = world.nodes["NE"], world.nodes["FR"]
    fields = {"co_owners": ["FR"]}
    draft = done(put(desk_at(ne), "بيان موجز", kind="communique", to=("NE", "FR"), fields=fields))
    steps(world)
    stopped = put(desk_at(fr), "قرار", kind="decision", to=("NE", "FR"), fields={"from_sentence": "نقرر"})
    assert isinstance(stopped, Refusal)
    assert stopped.reason == "no_permission"
    done(let_go(desk_at(fr), draft, "إذن"))
    steps(world)
    done(publish(desk_at(ne), draft))
