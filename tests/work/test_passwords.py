"""What is taken as a password, and how it is kept."""

import unicodedata

import pytest

from tansiq.base.refusal import Refusal
from tansiq.work.passwords import hashed, matches, unfit


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("طريق قصير", "password.short"),
        ("س" * 400, "password.long"),
        ("السلام عليكم", "password.common"),
        ("Password 1234", "password.common"),
        ("123456789012", "password.common"),
        ("abcdefghijklm", "password.common"),
        ("aaaaaaaaaaaaaaaa", "password.common"),
        ("عائشة بنت المختار", "password.common"),
    ],
)
def test_what_everybody_tries_is_no_password(said: str, reason: str) -> None:
    refused = unfit(said, name="عائشة بنت المختار", officer_id="aicha")
    assert isinstance(refused, Refusal)
    assert refused.reason == reason


@pytest.mark.parametrize("said", ["طريق الصحراء ليلا", "onze chameaux bleus", "x7-river-of-sand"])
def test_any_sentence_of_one_s_own_is_a_password(said: str) -> None:
    assert unfit(said, name="عائشة", officer_id="aicha") is None


def test_a_password_matches_however_the_keyboard_composes_its_letters() -> None:
    said = "Éléphant blanc à Gao"
    kept = hashed(unicodedata.normalize("NFD", said))
    assert matches(kept, unicodedata.normalize("NFC", said))
    assert not matches(kept, said.lower())
    assert said not in kept
    assert not matches("", said)
