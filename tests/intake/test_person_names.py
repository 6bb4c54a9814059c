"""A person's name is told from the words alone; places, bodies, groups and common words are none."""

import pytest

from tansiq.intake.person_names import is_a_persons_name, is_in_office, speaks_of_a_person

PERSONS = (
    "محمد ولد سيد أحمد", "سليمان أغ حمادي", "عبد الرزاق", "أبو سليمان", "فاطمة", "مختار بلحاج",
    "Pierre Marchand", "pierre marchand", "Iyad Ag Moussa", "Abou Hamza", "Fatoumata Keïta",
)  # fmt: skip
NONE = (
    "الهجوم على كيدال", "حسن الجوار", "صواريخ ليبيا", "وزير الخارجية", "كتيبة الملثمين", "شاهد عيان",
    "القاعدة في بلاد المغرب الإسلامي", "convoi de Gao à Kidal", "missing missiles", "Boko Haram", "Wagadou",
    "Ansar Dine", "",
)  # fmt: skip


@pytest.mark.parametrize("words", PERSONS)
def test_a_persons_name_is_known_alone_and_in_a_question(words: str) -> None:
    assert is_a_persons_name(words)
    assert speaks_of_a_person(words)
    assert speaks_of_a_person(f"قضية {words}")


@pytest.mark.parametrize("words", NONE)
def test_what_names_something_else_is_no_persons_name(words: str) -> None:
    assert not speaks_of_a_person(words)
    assert not is_a_persons_name(words)


@pytest.mark.parametrize("words", ["العقيد سليمان أغ حمادي", "السيدة فاطمة", "colonel Pierre Marchand"])
def test_a_title_before_the_name_changes_nothing(words: str) -> None:
    assert is_a_persons_name(words)


@pytest.mark.parametrize("words", ["كتيبة طارق بن زياد", "قافلة محمد ولد سيد أحمد"])
def test_a_group_named_after_a_person_is_no_person(words: str) -> None:
    assert not is_a_persons_name(words)


def test_a_question_that_nobody_reads_through_hides_no_name() -> None:
    """A name behind two thousand commas is found by a search as one before them."""
    assert speaks_of_a_person("قافلة " * 100_000)
    assert speaks_of_a_person(f"{' ,' * 1_100}محمد")


@pytest.mark.parametrize("words", ["محمد في", "محمد الذي", "قضية محمد على", "محمد عن كيدال"])
def test_a_preposition_behind_a_name_takes_nothing_from_it(words: str) -> None:
    assert speaks_of_a_person(words)


@pytest.mark.parametrize("name", ["Defence minister of Mali", "Governor of Tamanrasset", "وزير الخارجية"])
def test_an_office_is_public_in_its_role(name: str) -> None:
    assert is_in_office(name)


@pytest.mark.parametrize("name", ["سليمان ولد حمادي", "Pierre Marchand", "القافلة", ""])
def test_what_is_no_office_is_none(name: str) -> None:
    assert not is_in_office(name)
