"""A name sounds the same from Arabic and from Latin letters."""

from __future__ import annotations

import pytest

from tansiq.language.translit import sounds


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("يونس", "Younous"), ("عبدالكريم", "Abdelkarim"), ("القذافي", "Gaddafi"), ("صالح", "Saleh"),
        ("واغادوغو", "Ouagadougou"), ("ميناكا", "Ménaka"), ("خالد", "Khaled"), ("شريف", "Chérif"),
        ("فاطمة", "Fatima"), ("ذاكر", "Zakir"), ("ومحمد", "Mohamed"), ("بوزيد", "Bouzid"),
    ],
)  # fmt: skip
def test_the_same_name_shares_a_sound(arabic: str, latin: str) -> None:
    assert {s for s in sounds(arabic) & sounds(latin) if len(s) > 1}


@pytest.mark.parametrize(("a", "b"), [("محمود", "Salim"), ("كيدال", "Gao"), ("ا", "a"), ("", "")])
def test_different_names_share_none(a: str, b: str) -> None:
    assert not sounds(a) & sounds(b)


def test_a_long_word_has_a_bounded_number_of_sounds() -> None:
    assert len(sounds("ق" * 40)) < 200
    assert len(sounds("قثذ" * 40)) < 200
