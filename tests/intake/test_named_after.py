"""What bears a person's name and is none, and where the names that a layer proposes end."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tansiq.intake.draft import draft
from tansiq.intake.page import Page
from tansiq.intake.proposals import NameType, Proposal
from tansiq.intake.shape import Draft
from tansiq.language.folding import fold


@dataclass
class Sure:
    """A layer that sees one name, whatever the text; how sure it is."""

    words: str
    kind: NameType
    score: float = 0.95
    name: str = "sure"

    def propose(self, page: Page) -> list[Proposal]:
        words = fold(self.words).text
        start = page.text.index(words)
        return [Proposal(start, start + len(words), self.kind, self.score, self.name)]


def named(made: Draft, kind: str = "person") -> list[str]:
    return [a.canonical for a in made.actors if a.kind == kind]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وأوقف المدون على حاجز سيدي خليفة فجر أمس.", "سيدي خليفة"),
        ("ويحتاج مستشفى خليفة بن زايد إلى أكياس دم.", "خليفة بن زايد"),
        ("وحكم عليه بالانتماء إلى كتائب عبد الله عزام.", "عبد الله عزام"),
        ("وعاد إلى مكتبه في شارع العقيد محمد شعباني ليلا.", "محمد شعباني"),
        ("Un chef de la katiba Ibn Zoubeir a été tué.", "Ibn Zoubeir"),
        ("Les ambassadeurs se réunissent dans le bâtiment Justus Lipsius, dit-on.", "Justus Lipsius"),
        ("Ils se sont rendus au puits de Moussa Kébir, dit-on.", "Moussa Kébir"),
        ("Un dépôt de la milice Sanda Ammassa, a dit le juge.", "Sanda Ammassa"),
        ("They are now in the Tariq al-Sikka detention centre.", "Tariq al-Sikka"),
        ("Its allies, the Maghaweir al-Thawra, said they would stay.", "Maghaweir al-Thawra"),
        ("The Campaign Against Arms Trade said the case was old.", "Campaign Against Arms Trade"),
    ],
)
def test_what_bears_a_persons_name_is_no_person(text: str, name: str) -> None:
    assert not [p for p in named(draft(text, name="x", proposers=())) if name in p]
    assert not named(draft(text, name="x", proposers=(Sure(name, "PER"),)))


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a hotel at Port El Kantaoui, said the court.",
        "Fireworks went on in Riad al-Solh Square, said a guard.",
    ],
)
def test_a_word_of_descent_in_a_place_makes_no_person(text: str) -> None:
    assert not named(draft(text, name="x", proposers=()))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وقال رئيس جماعة عبد الله عزام إنه باق.", "عبد الله عزام"),
        ("وقال المدير محمد شعباني إن الطريق مقطوعة.", "محمد شعباني"),
        ("Le chef du groupe de Moussa Traoré a été tué.", "Moussa Traoré"),
        ("Selon Moussa Traoré, le puits est à sec.", "Moussa Traoré"),
        ("The trader Moussa Traoré said he had seen nothing.", "Moussa Traoré"),
    ],
)
def test_who_leads_or_speaks_stays_a_person(text: str, name: str) -> None:
    assert name in named(draft(text, name="x", proposers=()))


@pytest.mark.parametrize("name", ["DIALLO Amadou", "BARBOSA Domingos", "SECK Mame Goor"])
def test_a_register_writes_the_last_name_first(name: str) -> None:
    made = draft(f"Il s'agit des nommés TRAORE Issa, {name} et KEITA Fanta.", name="x", proposers=())
    assert {"TRAORE Issa", name, "KEITA Fanta"} <= set(named(made))


def test_a_heading_in_capitals_is_no_register() -> None:
    assert not named(draft("COMMUNIQUE FINAL\nLa réunion est close.", name="x", proposers=()))


def test_what_a_layer_surely_sees_as_a_body_is_no_person_of_the_rules() -> None:
    text = "Issa Kufstein Fahrzeugbau a livré douze véhicules, selon le contrat."
    assert named(draft(text, name="x", proposers=())) == ["Issa Kufstein Fahrzeugbau"]
    for score, left in ((0.95, []), (0.6, ["Issa Kufstein Fahrzeugbau"])):
        layer = Sure("Issa Kufstein Fahrzeugbau", "ORG", score)
        assert named(draft(text, name="x", proposers=(layer,))) == left


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("L'homme, Gouro Tessalit Cissé, a marché jusqu'au bac.", "Gouro Tessalit Cissé"),
        ("One of them, Shettima Mongu Gwoza, was let out.", "Shettima Mongu Gwoza"),
        ("The spokesman, Chinedu Sunday Ogbuagu, dismissed the report.", "Chinedu Sunday Ogbuagu"),
    ],
)
def test_a_persons_name_may_hold_that_of_a_place_or_a_day(text: str, name: str) -> None:
    assert named(draft(text, name="x", proposers=(Sure(name, "PER"),))) == [name]
    assert name not in named(draft(text, name="x", proposers=(Sure(name, "PER", 0.4),)))


def test_a_last_name_that_comes_again_is_whom_a_layer_saw() -> None:
    text = "Sivritepe arrived.\nKemal Sivritepe spoke for an hour.\nThen Sivritepe asked how many would stay."
    made = draft(text, name="x", proposers=(Sure("Kemal Sivritepe", "PER"),))
    (person,) = [a for a in made.actors if a.kind == "person"]
    assert person.texts.count("Sivritepe") == 2


@pytest.mark.parametrize(
    ("text", "seen", "name"),
    [
        ("وسيعرض المشروع على مجلس الأعيان اليوم.", "مجلس الأعيان اليوم", "مجلس الأعيان"),
        ("ونقلت عن وكالة الرمال قولها إن البلدين اتفقا.", "وكالة الرمال قولها", "وكالة الرمال"),
        (
            "Il a promis devant le Toguna des sages la création d'une force.",
            "Toguna des sages la création",
            "Toguna des sages",
        ),
        (
            "Le Toguna des sages pour la consolidation de la paix a parlé.",
            "Toguna des sages pour la consolidation de la paix",
            "Toguna des sages pour la consolidation de la paix",
        ),
        ("ودعت حركة 22 فبراير أنصارها إلى الهدوء.", "حركة 22 فبراير", "حركة 22 فبراير"),
    ],
)
def test_a_proposed_body_ends_where_its_name_does(text: str, seen: str, name: str) -> None:
    made = draft(text, name="x", proposers=(Sure(seen, "ORG", 0.99),))
    assert name in {a.canonical for a in made.actors}


def test_a_bodys_name_goes_on_as_far_as_a_layer_surely_sees_it() -> None:
    text = "Le Haut Conseil des sages du fleuve a parlé."
    assert named(draft(text, name="x", proposers=()), "org") == ["Conseil des sages"]
    layer = Sure("Haut Conseil des sages du fleuve", "ORG")
    assert named(draft(text, name="x", proposers=(layer,)), "org") == ["Haut Conseil des sages du fleuve"]
    unsure = Sure("Haut Conseil des sages du fleuve", "ORG", 0.45)
    assert named(draft(text, name="x", proposers=(unsure,)), "org") == ["Conseil des sages"]


def test_a_unit_that_is_called_after_its_place_is_one_name() -> None:
    text = "Une patrouille du 13e bataillon interarmes de Ménaka a sauté sur une mine."
    made = draft(text, name="x", proposers=(Sure("13e bataillon interarmes de Ménaka", "ORG"),))
    assert named(made, "military_unit") == ["13e bataillon interarmes de Ménaka"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Plusieurs organisations de femmes ont parlé.", "Plusieurs organisations de femmes"),
        ("Quatorze tonnes d'armes ont été saisies.", "Quatorze tonnes d'armes"),
        ("السبت 28 حزيران (يونيو) 2014\nوصل الوفد.", "يونيو) 2014"),
    ],
)
def test_what_is_counted_or_a_day_is_no_body(text: str, seen: str) -> None:
    assert not draft(text, name="x", proposers=(Sure(seen, "ORG", 0.99),)).actors
