"""Who holds an office that no list knows is a person, named by what the words say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tansiq.intake.draft import draft
from tansiq.intake.open_offices import open_offices
from tansiq.intake.page import analyse


def persons(text: str) -> list[str]:
    return [a.canonical for a in draft(text, name="x").actors if a.kind == "person"]


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("رفض قائد معسكر ميناكا لقاء الوفد.", "قائد معسكر ميناكا"),
        ("استقبل رئيس مجلس بلدية الكفرة أعيان المدينة.", "رئيس مجلس بلدية الكفرة"),
        ("وشكر مدير المخابرات الليبية ضيوفه.", "مدير المخابرات الليبية"),
        (
            "وطلب المدير التنفيذي للمركز الإقليمي مزيدا من الوقت.",
            "المدير التنفيذي للمركز الإقليمي",
        ),
        ("Le patron de la Minusma a quitté Kidal.", "Patron de la Minusma"),
        ("Il a prévenu l'archevêque de Bamako.", "Archevêque de Bamako"),
        ("Le préfet du département attendait le convoi.", "Préfet du département"),
        ("Le chancelier autrichien a promis dix camions.", "Chancelier autrichien"),
        ("La cheffe adjointe de la mission EUCAP a signé.", "Cheffe adjointe de la mission EUCAP"),
        ("The post commander showed them the rifles.", "Post commander"),
        (
            "The district's senior magistrate was out; MINUSCA's police commissioner was not.",
            "MINUSCA's police commissioner",
        ),
        ("The chairman of the herders' union asked for water.", "Chairman of the herders' union"),
        ("They were met by the UNESCO representative in Mali.", "UNESCO representative in Mali"),
    ],
)
def test_an_office_is_read_from_its_build(text: str, office: str) -> None:
    assert office in persons(text)


@pytest.mark.parametrize(
    "text",
    [
        "قال وزير سنغالي إن القرار لم يتخذ.",
        "وقف أمام مجلس الأمن ساعة كاملة.",
        "قائمة الأيام السوداء طويلة.",
        "Un préfet et deux maires ont signé.",
        "Le chef d'accusation est grave, et le chef de famille absent.",
        "Le poste de chef de bureau est vacant.",
        "Le président a quitté la salle.",
        "Three commanders and a minister of a neighbouring state came.",
        "The new commander has not arrived.",
        "The rebel leader is unknown.",
        "The head of cattle was sold, and the king of the jungle slept on the chair of the room.",
        "The dead man's head was found. Its head office closed. The hospital's head nurse left.",
        "The government's chief complaint is water. Its chief export is gold.",
        "He wants to be the head of the army.",
        "Le premier de la classe a gagné. Le responsable de la panne est parti.",
        "عامل الوقت مهم، وقائد السيارة هرب، ومدير الملفات معطل.",
        "Feu le roi du Maroc et l'ancien directeur de la prison.",
    ],
)
def test_who_might_be_anybody_is_nobody(text: str) -> None:
    assert persons(text) == []


def test_a_body_named_in_an_office_stays_an_actor() -> None:
    text = "Le chef de la délégation de la CEDEAO estime que la transition ne tiendra pas."
    made = {a.canonical: a for a in draft(text, name="x").actors}
    assert made["ECOWAS"].kind == "intergovernmental"
    office = made["Chef de la délégation de la CEDEAO"]
    assert (office.kind, office.texts) == ("person", ("chef de la délégation",))


def test_a_verb_that_looks_like_a_preposition_ends_an_office() -> None:
    assert persons("Le patron de l'Africom a la certitude du contraire.") == ["Patron de l'Africom"]
    assert "Conseiller à la sécurité du président" in persons(
        "Le conseiller à la sécurité du président est parti."
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("التقى مدير المدرسة التلاميذ اليوم.", {"مدير المدرسة"}),
        ("رئيس بعثة الأمم المتحدة في مالي التقى رئيس الوفد الإيفواري.",
         {"رئيس بعثة الأمم المتحدة في مالي", "رئيس الوفد الإيفواري"}),
        ("التقى الوزيران برئيس الوفد الجزائري.", {"رئيس الوفد الجزائري"}),
        ("Le préfet de la région a fui pour avoir volé.", {"Préfet de la région"}),
        ("The mayor of the city on Wednesday at noon said so.", {"Mayor of the city"}),
        ("Le chef d'Ansar Dine a été tué. Le chef du village a été libéré.",
         {"Chef d'Ansar Dine", "Chef du village"}),
        ("Mali's governor died. Chad's governor met Niger's governor.",
         {"Mali's governor", "Chad's governor", "Niger's governor"}),
    ],
)  # fmt: skip
def test_an_office_ends_where_it_ends_and_is_that_of_no_other(text: str, names: set[str]) -> None:
    assert set(persons(text)) == names


def test_the_state_of_a_king_stays_an_actor() -> None:
    (promise,) = draft("Le roi du Maroc livrera dix camions au Mali.", name="x").commitments
    assert "Morocco" in promise.who


@pytest.mark.parametrize("text", ["x's ", "the head of Mali's ", "Gao ", "premier vice ", "رئيس مجلس "])
def test_words_of_offices_without_end_are_read(text: str) -> None:
    draft("the head of " + text * 3_000, name="x")


def test_an_office_told_twice_is_one_person() -> None:
    text = "Le gouverneur de la région a refusé. Deux jours plus tard, le gouverneur de la région a cédé."
    (one,) = [a for a in draft(text, name="x").actors if a.kind == "person"]
    assert len(one.mentions) == 2


def test_an_office_ends_before_when_it_was() -> None:
    assert persons("Le directeur de l'école à l'aube a sonné.") == ["Directeur de l'école"]


def test_a_short_title_before_a_name_parts_it_from_no_office() -> None:
    assert persons("The commander of the post, Col. Moussa Diarra, fled.") == ["Moussa Diarra"]


def test_an_office_beside_a_name_is_that_person() -> None:
    made = persons(
        "Le directeur de la prison, Moussa Keïta, a ouvert. Le directeur de la prison est parti ensuite."
    )
    assert made == ["Moussa Keïta"]


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["le", "chef", "de", "la", "'s ", "the", "head", "of", "رئيس", "ال", "مجلس", "،", "\n", " ", "1"]
        )
    )
)
def test_no_text_makes_it_fail(parts: list[str]) -> None:
    text = " ".join(parts)
    page = analyse(text, None, frozenset())
    for each in open_offices(page):
        assert 0 <= each.start <= each.head < each.end <= len(page.text)
