"""Every code and message speaks three languages."""

import re
from decimal import Decimal
from importlib import import_module
from pkgutil import walk_packages

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

import tansiq
from tansiq.base.errors import every_code
from tansiq.base.messages import LANGS, Lang, counted, form_of, hint_of, messages, say, title_of
from tools.check_tree import FORM


@pytest.fixture(scope="module", autouse=True)
def whole_program() -> None:
    """Codes exist once their modules are loaded."""
    for found in walk_packages(tansiq.__path__, "tansiq."):
        if "__main__" not in found.name and ".migrations" not in found.name:  # Alembic alone runs those
            import_module(found.name)


@pytest.mark.parametrize("lang", LANGS)
def test_every_error_code_has_a_title_and_a_hint(lang: Lang) -> None:
    for code in every_code():
        assert title_of(code, lang) != code
        assert hint_of(code, lang)


def test_the_three_languages_hold_the_same_messages_save_how_their_nouns_agree() -> None:
    everywhere = set(messages("ar")) & set(messages("fr")) & set(messages("en"))
    for lang in LANGS:
        alone = set(messages(lang)) - everywhere
        assert {key for key in alone if FORM.sub("", key) not in everywhere} == set()


@pytest.mark.parametrize("lang", LANGS)
@given(number=st.one_of(st.integers(0, 10_000_000), st.sampled_from([0.5, 1.5, 2.5, 11.25])))
def test_nouns_agree_with_numbers_as_the_unicode_rules_say(lang: Lang, number: float) -> None:
    assert form_of(number, lang) == Locale(lang).plural_form(Decimal(str(number)))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 يوم"),
        (1, "يوم واحد"),
        (2, "يومان"),
        (3, "3 أيام"),
        (10, "10 أيام"),
        (11, "11 يومًا"),
        (99, "99 يومًا"),
        (100, "100 يوم"),
        (102, "102 يوم"),
        (103, "103 أيام"),
    ],
)
def test_an_arabic_noun_stands_in_the_form_that_its_number_asks(number: int, said: str) -> None:
    assert counted("web.unit.days", "ar", number) == said


@pytest.mark.parametrize("lang", LANGS)
def test_every_form_of_a_message_fills_what_its_plain_form_fills(lang: Lang) -> None:
    known = messages(lang)
    for key, text in known.items():
        plain = FORM.sub("", key)
        if plain != key and plain in known:
            filled = set(re.findall(r"{\w+}", text)) | {"{n}"}
            assert filled == set(re.findall(r"{\w+}", known[plain])) | {"{n}"}, key


def test_a_missing_message_shows_its_id() -> None:
    assert say("no.such.message", "ar") == "⟦no.such.message⟧"
