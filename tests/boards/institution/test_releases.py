"""Releases: each owner's own signature, for the version it read; communiqués, visits, tracks."""

from typing import Any

from tansiq.base.ids import RecordId
from tansiq.boards import Held, aspect_of, objections
from tansiq.model.kinds.communique import Communique, CommuniqueLine
from tansiq.model.kinds.decision import Decision
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.relation import Relation
from tansiq.model.kinds.track import Track
from tansiq.model.kinds.visit import Outcome, Visit
from tansiq.model.label import EVERYBODY, Label, Party
from tests.boards.pile import Pile

PUBLIC = Label(level="open", audience=(EVERYBODY,))
DZ, ML, MR, NE = map(Party, ("DZ", "ML", "MR", "NE"))


def to(*parties: str) -> Label:
    return Label(level="restricted", audience=tuple(map(Party, sorted(parties))))


def stops(pile: Pile, draft: Held) -> list[tuple[str, list[str]]]:
    return [(o.code, sorted(o.missing)) for o in objections(draft, pile) if o.refuses]


def release(pile: Pile, held: Held, *parties: str, version: int = 1) -> None:
    for code in parties:
        pile.put(Decision(title="إذن", releases=held.id, releases_version=version), code)


def again(pile: Pile, held: Held, by: str, **more: Any) -> Held:
    return pile.draft(more.pop("body", held.body), by, id=held.id, version=held.version + 1, **more)


def test_an_organs_communique_waits_for_every_member_and_for_the_same_words() -> None:
    pile = Pile(party=Party("JSC"))
    body = Communique(title="بيان", text="تواصل الدول التنسيق.", langs=("ar", "fr"), sentences_linked=3)
    assert stops(pile, pile.draft(body, "JSC", label=PUBLIC)) == [
        ("release.missing", ["DZ", "ML", "MR", "NE"])
    ]
    held = pile.put(body, "JSC")
    release(pile, held, "DZ", "ML", "MR")
    assert aspect_of(held, pile).released == ("DZ", "ML", "MR")
    assert stops(pile, again(pile, held, "JSC", label=PUBLIC)) == [("release.missing", ["NE"])]
    release(pile, held, "NE")
    assert aspect_of(held, pile).states[0].word == "released"
    assert stops(pile, again(pile, held, "JSC", label=PUBLIC)) == []
    other = Communique(title="بيان", text="غير ما أُذن به.")
    assert stops(pile, again(pile, held, "JSC", body=other, label=PUBLIC)) == [("release.other-text", [])]
    published = pile.put(body, "JSC", id=held.id, version=2, label=PUBLIC)
    told = aspect_of(published, pile)
    assert (told.states[0].word, told.releases) == ("published", ("DZ", "ML", "MR", "NE"))
    assert told.released == told.releases
    assert (told.facts[0].name, told.facts[0].value) == ("linked_sentences", 3)


def test_a_release_of_one_version_is_none_of_the_next() -> None:
    pile = Pile()
    held = pile.put(Communique(title="بيان", co_owners=(ML,)))
    release(pile, held, "ML")
    changed = pile.put(Communique(title="بيان آخر", co_owners=(ML,)), id=held.id, version=2)
    assert stops(pile, again(pile, changed, "DZ", label=PUBLIC)) == [("release.missing", ["ML"])]
    release(pile, changed, "NE", version=2)
    assert stops(pile, again(pile, changed, "DZ", label=PUBLIC)) == [("release.missing", ["ML"])]


def test_owners_cannot_be_dropped_on_the_way_to_the_public() -> None:
    pile = Pile()
    held = pile.put(Communique(title="بيان", co_owners=(ML, Party("FR"))))
    bare = Communique(title="بيان")
    assert stops(pile, again(pile, held, "DZ", body=bare, label=PUBLIC)) == [
        ("release.missing", ["FR", "ML"])
    ]
    assert stops(pile, pile.draft(bare, "NE", label=PUBLIC)) == []


def test_each_sentence_leads_to_its_decision_in_every_language() -> None:
    pile = Pile()
    decision = pile.put(Decision(title="قرار", from_sentence="نواصل", decided_by=(ML, NE)), "MR")
    lines = (
        CommuniqueLine(sentence_text="نواصل", decision=decision.id, lang="ar"),
        CommuniqueLine(sentence_text="Nous poursuivons", decision=decision.id, lang="fr"),
        CommuniqueLine(sentence_text="بلا قرار", lang="ar"),
    )
    body = Communique(title="بيان", langs=("ar", "fr", "en"), sentences=lines)
    held = pile.put(body)
    told = aspect_of(held, pile)
    assert (told.facts[0].value, told.facts[0].about, told.releases) == (2, {"of": 3}, ("ML", "MR", "NE"))
    assert [(f.code, f.about["langs"]) for f in told.flags] == [("LANGUAGE_MISSING", ("en",))]
    bare = Communique(title="بيان", sentences=(CommuniqueLine(sentence_text="نواصل", lang="ar"),))
    public = pile.put(bare, id=held.id, version=2, label=PUBLIC)
    link = Relation(
        title="نواصل", relation_type="rests-on", subject_ref=held.id, object_ref=decision.id, evidence="1"
    )
    pile.put(link)
    assert aspect_of(public, pile).facts[0].value == 1


def test_a_visit_goes_beyond_its_parties_by_its_own_rule() -> None:
    pile = Pile(party=ML)
    outcome = Outcome(text="خط مباشر", owner="ML; DZ", due="2031-03-30 10:00Z")
    body = Visit(title="زيارة", parties=(ML, DZ), outcomes=(outcome,), share_rule="both")
    assert stops(pile, pile.draft(body, "ML", label=to("ML", "DZ", "NE"))) == [("release.missing", ["DZ"])]
    held = pile.put(body, "ML", label=to("ML", "DZ"))
    told = aspect_of(held, pile)
    assert [(o.what, o.parties, o.note) for o in told.opens] == [("commitment", ("ML", "DZ"), "خط مباشر")]
    assert told.releases == ("DZ", "ML")
    grant = Grant(title="إذن", record=held.id, to=(NE,))
    assert stops(pile, pile.draft(grant, "ML")) == [("release.missing", ["DZ"])]
    release(pile, held, "DZ")
    assert stops(pile, pile.draft(grant, "ML")) == []
    assert stops(pile, again(pile, held, "ML", label=to("ML", "DZ", "NE"))) == []
    either = Visit(title="زيارة", parties=(ML, DZ), share_rule="either")
    assert stops(pile, pile.draft(either, "ML", label=to("ML", "DZ", "NE"))) == []
    hosted = Visit(title="زيارة", parties=(ML, DZ), share_rule="host", host=DZ)
    assert stops(pile, pile.draft(hosted, "ML", label=to("ML", "DZ", "NE"))) == [("release.missing", ["DZ"])]


def test_a_track_is_the_mediators_and_the_partys_until_both_let_it_go() -> None:
    pile = Pile(party=ML)
    body = Track(title="مسار", mediator=DZ)
    assert stops(pile, pile.draft(body, "ML", label=to("ML", "DZ"))) == []
    assert stops(pile, pile.draft(body, "ML", label=to("ML", "DZ", "NE"))) == [("release.missing", ["DZ"])]
    held = pile.put(body, "ML", label=to("ML", "DZ"))
    assert aspect_of(held, pile).releases == ("DZ", "ML")
    release(pile, held, "DZ")
    assert stops(pile, again(pile, held, "ML", label=to("ML", "DZ", "NE"))) == []
    assert RecordId("") != held.id
