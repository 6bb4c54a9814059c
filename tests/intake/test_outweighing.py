"""What a proposer sees in place of what rules and lists say, and what is no name however written."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft
from tansiq.intake.page import analyse
from tansiq.intake.proposals import NameType
from tansiq.intake.tagger import Tagger
from tests.intake.test_named_after import Sure


def drafted(text: str, *layers: Sure | Tagger) -> dict[str, str]:
    """Return the names of a draft as its text has them at their first mention, each with its kind."""
    made = draft(text, name="x", proposers=layers)
    kinds = {a.texts[0]: str(a.kind) for a in made.actors}
    return kinds | {p.texts[0]: "place" for p in made.places}


@pytest.mark.parametrize(
    ("text", "seen", "kind", "gone"),
    [
        (
            "وقالت وزارة الدفاع الوطني النيجرية الخميس إن جنديين قتلا.",
            "وزارة الدفاع الوطني النيجرية",
            "ORG",
            "الخميس",
        ),
        ("وتضطر وزارة المالية إلى الاقتراض من البنك.", "وزارة المالية", "ORG", "الاقتراض"),
        (
            "Le ministère de l'Intérieur et de la Cohésion sociale a publié un texte.",
            "ministère de l'Intérieur et de la Cohésion sociale",
            "ORG",
            "",
        ),
        (
            "The suit went before the Timbuktu Court of First Instance.",
            "Timbuktu Court of First Instance",
            "ORG",
            "",
        ),
        ("Ambakané Togo a été relâché.", "Ambakané Togo", "PER", ""),
    ],
)
def test_a_sure_name_stands_in_place_of_other_limits(text: str, seen: str, kind: NameType, gone: str) -> None:
    found = drafted(text, Sure(seen, kind))
    assert seen in found
    assert not gone or not [name for name in found if gone in name]
    assert seen not in drafted(text, Sure(seen, kind, 0.3))


@pytest.mark.parametrize(
    ("text", "seen", "known"),
    [
        ("الجيش المالي خرج من كيدال.", "كيدال", "Kidal"),
        ("The Republic of Niger signed in Niamey.", "Republic of Niger", "Niger"),
        ("La force Barkhane a quitté Gao.", "force Barkhane", "Operation Barkhane"),
        (
            "The men of al-Qaida in the Islamic Maghreb left Timbuktu.",
            "al-Qaida in the Islamic Maghreb",
            "AQIM",
        ),
    ],
)
def test_what_is_known_keeps_its_identity_under_a_longer_name(text: str, seen: str, known: str) -> None:
    kind: NameType = "GRP" if "Qaida" in seen else "ORG"
    made = draft(text, name="x", proposers=(Sure(seen, kind),))
    assert known in {*(a.canonical for a in made.actors), *(p.canonical for p in made.places)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Les Forces de défense et de sécurité du Burkina Faso ont tué trois terroristes.", {"Burkina Faso"}),
        ("Le ministère de la Défense du Mali a démenti lundi l'attaque de Gao.", {"Mali"}),
        ("The National Police of Niger arrested six suspects in Agadez on Monday.", {"Niger"}),
    ],
)
def test_the_state_of_an_organ_acts_by_itself(text: str, names: set[str]) -> None:
    assert names <= {a.canonical for a in draft(text, name="x").actors}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("General John Smith met Ali in Paris.", "John Smith"),
        ("Le ministre a reçu Ibrahim Sow et Ali.", "Ibrahim Sow"),
        ("Le juge Ousmane de la Rosa écoute Ali.", "Ousmane de la Rosa"),
    ],
)
def test_a_persons_name_ends_before_a_verb_and_before_and(text: str, name: str) -> None:
    at = text.index(name)
    whole = text[at : text.index("Ali") + 3]
    assert name in drafted(text, Sure(whole, "PER", 0.95))


def test_an_agencys_name_is_not_made_longer() -> None:
    text = "The Reuters Foundation trained ten men in Gao."
    made = draft(text, name="x", proposers=(Sure("Reuters Foundation", "ORG", 0.99),))
    assert "Reuters Foundation" not in {t for a in made.actors if a.canonical == "Reuters" for t in a.texts}


def test_a_line_of_capitals_costs_no_more_than_its_length() -> None:
    text = "LA CHAMBRE DE TOURÉ ET LE CONSEIL DE DIALLO, "
    made = draft(text * 400, name="x", proposers=(Tagger(),))
    assert len(made.actors) < 50


@pytest.mark.parametrize("name", ["المبادرة الأمريكية", "اتفاق الجزائر", "قمة نواكشوط"])
def test_a_plan_a_pact_and_a_meeting_are_no_bodies(name: str) -> None:
    text = f"ورحب الوزير المالي بما جاء في {name} أمس."
    assert drafted(text, Sure(name, "ORG", 0.97)).get(name) != "org"


def test_a_man_left_for_a_place_is_not_called_after_it() -> None:
    text = "وغادر محمد غاو أمس."
    assert drafted(text, Sure("محمد غاو", "PER"))["غاو"] == "place"


def test_an_office_of_a_known_body_is_held_by_a_person_whatever_a_layer_calls_the_body() -> None:
    text = "Le commissaire de l'Union africaine est arrivé à Bamako."
    names = {a.canonical for a in draft(text, name="x", proposers=(Sure("Union africaine", "ORG"),)).actors}
    assert "Commissioner of African Union" in names


def test_what_is_written_as_a_heading_needs_more() -> None:
    title, sentence = "Holds Courier of Mali Riders", "The man met Holds Courier of Mali Riders yesterday."
    layer = Sure("Courier of Mali Riders", "ORG", 0.75)
    assert "Courier of Mali Riders" not in drafted(f"{title}\n\nThe army said so.", layer)
    assert "Courier of Mali Riders" in drafted(sentence, layer)


@pytest.mark.parametrize(
    ("text", "seen", "kind", "left"),
    [
        ("Hier Wiebe Tjallingii (Niger) a signé.", "Wiebe Tjallingii (Niger", "PER", "Wiebe Tjallingii"),
        ("La Horde Faso de 650 hommes arrive.", "Horde Faso de 650 hommes", "ORG", "Horde Faso"),
        ("Hier Wiebe Tjallingii — élu — a parlé.", "Wiebe Tjallingii — élu", "PER", "Wiebe Tjallingii"),
    ],
)
def test_a_name_ends_before_brackets_dashes_and_numbers_of_men(
    text: str, seen: str, kind: NameType, left: str
) -> None:
    found = drafted(text, Sure(seen, kind, 0.99))
    assert left in found
    assert seen not in found
    assert left not in drafted(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("L'embuscade a eu lieu à mi-chemin de Tessafaten et du puits.", "Tessafaten"),
        ("Il est né au bord du lac Tessoumane.", "lac Tessoumane"),
    ],
)
def test_a_place_that_no_list_holds_is_one_where_a_layer_is_sure(text: str, name: str) -> None:
    assert drafted(text, Sure(name, "LOC", 0.95))[name] == "place"
    assert name not in drafted(text, Sure(name, "LOC", 0.4))


def test_a_general_of_a_brigade_is_a_person_and_a_brigade_called_after_one_is_none() -> None:
    name = "Souleymane Kimba Garba"
    assert (
        drafted(f"Le général de brigade {name} s'est rendu sur place.", Sure(name, "PER"))[name] == "person"
    )
    assert name not in drafted(f"La brigade {name} s'est rendue sur place.", Sure(name, "PER"))


def test_the_words_of_a_whole_report_are_read_with_the_shipped_tagger() -> None:
    text = (
        "L'avocate Clothilde Ndayizeye a déposé plainte hier devant la Chambre criminelle de Ségou.\n"
        "« Nous irons jusqu'au bout », dit-elle, avant que Ndayizeye ne quitte la salle."
    )
    made = draft(text, name="x", proposers=(Tagger(),))
    person = next(a for a in made.actors if a.canonical == "Clothilde Ndayizeye")
    assert len(person.mentions) == 2
    assert "Chambre criminelle de Ségou" in {a.canonical for a in made.actors}
    assert analyse(text, None, frozenset()).lang == "fr"
