"""Every code and message speaks three languages."""

from importlib import import_module
from pkgutil import walk_packages

import pytest

import tansiq
from tansiq.base.errors import every_code
from tansiq.base.messages import LANGS, Lang, hint_of, messages, say, title_of


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


def test_the_three_languages_hold_the_same_messages() -> None:
    assert set(messages("ar")) == set(messages("fr")) == set(messages("en"))


def test_a_missing_message_shows_its_id() -> None:
    assert say("no.such.message", "ar") == "⟦no.such.message⟧"
