"""Names that rules and tagger read in two ways: which reading stands."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tansiq.intake.cast import Cast, ruled
from tansiq.intake.joining import LEAST, TYPE_OF, Known, Reading, chosen, weights_of
from tansiq.intake.page import analyse
from tansiq.intake.proposals import NameType, Proposal
from tansiq.intake.reconcile import differing


class Saying:
    """A tagger that sees what it is told to see, this sure."""

    name = "tagger"

    def __init__(self, name: str, kind: NameType, sure: float = 0.97) -> None:
        self.seen, self.kind, self.sure = name, kind, sure

    def propose(self, page: object) -> list[Proposal]:
        text = getattr(page, "text", "")
        return [
            Proposal(m.start(), m.end(), self.kind, self.sure, "tagger")
            for m in re.finditer(re.escape(self.seen), text)
        ]


def named(text: str, *tagger: Saying) -> set[tuple[str, str]]:
    """Return the names of a text as it has them, each with its type."""
    page = analyse(text, None, frozenset())
    found = Cast(page, tagger).named
    return {(page.text[n.start : n.end], TYPE_OF[n.kind]) for n in found if n.kind in TYPE_OF}


@pytest.mark.parametrize(
    ("text", "seen", "kind", "gone"),
    [
        ("زار الوفد معهد البحث من اجل التنميه امس.", "معهد البحث من اجل التنميه", "ORG", "معهد البحث"),
        ("قال بيار كامات مونتي ان الطريق مغلق.", "بيار كامات مونتي", "PER", "بيار كامات"),
        ("ونفي الطبيب ماهامات نور ابكر ديبي توم الخبر.", "ماهامات نور ابكر ديبي توم", "PER", "ديبي"),
        ("Le commandant Amadou Salifou Djibo a témoigné.", "amadou salifou djibo", "PER", "djibo"),
        ("La Banque de Tombouctou ouvre lundi.", "banque de tombouctou", "ORG", "tombouctou"),
    ],
)
def test_a_longer_name_stands_in_the_place_of_what_the_rules_cut_short(
    text: str, seen: str, kind: NameType, gone: str
) -> None:
    found = named(text, Saying(seen, kind))
    assert (seen, kind) in found
    assert gone not in {name for name, _ in found}


@pytest.mark.parametrize(
    ("text", "seen", "kind", "stays"),
    [
        ("تبني تنظيم القاعده الهجوم.", "تنظيم القاعده الهجوم", "GRP", None),  # a listed group is not longer
        ("اصيب جنود من الجيش المالي.", "المالي", "LOC", None),  # no place inside a body
        (
            "صرح لرويترز ان الطريق امن.",
            "لرويترز",
            "ORG",
            ("رويترز", "ORG"),
        ),  # a joined letter is no other name
        ("شارك والي غاو محمد ولد سيدي امس.", "غاو محمد ولد سيدي", "PER", ("محمد ولد سيدي", "PER")),
        ("اطلق سراح احمد ولد سيدي ومحمد ولد علي امس.", "احمد ولد سيدي ومحمد ولد علي", "PER", None),
        ("Le sommet de Bamako a commence.", "sommet de bamako", "ORG", ("bamako", "LOC")),
        ("L'agence Sahel Presse parle de deux chefs.", "agence sahel presse", "ORG", ("sahel presse", "ORG")),
        ("النيجر تسلمت المعدات امس.", "النيجر", "PER", ("النيجر", "LOC")),
    ],
)
def test_what_the_knowledge_file_and_sure_rules_name_stands(
    text: str, seen: str, kind: NameType, stays: tuple[str, str] | None
) -> None:
    found = named(text, Saying(seen, kind, 0.99))
    assert (seen, kind) not in found
    assert found == named(text)
    assert stays is None or stays in found


@pytest.mark.parametrize(
    ("text", "seen", "kind"),
    [
        ("وصل السجين بيار كامات (مالي) امس.", "بيار كامات (مالي", "PER"),
        ('كشف مصدر في قياده الاركان ل"السراج" ذلك.', "قياده الاركان ل", "ORG"),
        ("Le ministre de l'Intérieur Salif Gambo a parlé.", "interieur salif gambo", "PER"),
        ("Le ministre de la Défense du Burkina Faso a parlé.", "defense du burkina faso", "ORG"),
    ],
)
def test_what_is_cut_off_or_an_office_is_no_name(text: str, seen: str, kind: NameType) -> None:
    assert named(text, Saying(seen, kind)) == named(text)


def test_a_proposal_that_meets_nothing_must_be_likely() -> None:
    text = "قال شقيق الضحية بوريما سيلفان إن العائلة لم تبلغ."
    sure, unsure = (named(text, Saying("بوريما سيلفان", "PER", s)) for s in (0.9, 0.2))
    assert ("بوريما سيلفان", "PER") in sure
    assert ("بوريما سيلفان", "PER") not in unsure


def test_rules_lose_a_name_only_to_one_that_stands_in_its_place() -> None:
    text = "قال بيار كامات مونتي ان الطريق مغلق."
    assert named(text, Saying("بيار كامات مونتي", "PER", 0.05)) == named(text)


def test_every_mark_that_has_a_weight_is_one_that_readings_bear() -> None:
    types, relations = {"PER", "GRP", "ORG", "LOC"}, {"alone", "alike", "within", "around", "across"}
    plain = {"sure", "against", "before", "behind", "number behind", "over its type", "over several"}
    plain |= {"passed over", "words alone", "lies nowhere", *types, *relations}
    evidence = {"person", "place", "body", "group", *(f"listed {t}" for t in types)}
    plain |= {f"{r} {t}" for r in relations for t in types} | {f"over {e}" for e in evidence}
    plain |= {f"rule {m}" for m in (*evidence, *relations, *(f"{r} {t}" for r in relations for t in types))}
    assert weights_of().keys() <= plain


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.booleans()), max_size=12))
def test_readings_that_stand_do_not_overlap(places: list[tuple[int, int, bool]]) -> None:
    found = [
        Reading(s, s + n, "PER", {"sure": n - 4.0}, Proposal(s, s + n, "PER", 0.9, "tagger") if p else None)
        for s, n, p in places
    ]
    kept = chosen(found, {"sure": 1.0})
    assert all(a.end <= b.start for a, b in pairwise(kept))
    assert LEAST < 0.5


def test_what_both_see_is_not_in_question() -> None:
    page = analyse("زار الوفد غاو.", None, frozenset())
    rules = ruled(page)
    known: list[Known] = [*rules.told, *rules.lying, *rules.full]
    assert differing(page, known, Saying("غاو", "LOC").propose(page)) == []
