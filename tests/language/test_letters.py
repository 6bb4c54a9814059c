"""Letters tell a foreign name in Arabic script from a word of Arabic."""

from __future__ import annotations

import pytest

from tansiq.language.folding import key
from tansiq.language.letters import foreign


@pytest.mark.parametrize("name", ["كارفاليوزا", "شتوكلي", "داندجينو", "لانغه", "نامبيار", "كاميتا", "فويتيخ"])
def test_a_foreign_name_looks_foreign(name: str) -> None:
    assert foreign(key(name)) > 0.3


@pytest.mark.parametrize(
    "word", ["المفاوضات", "باستعادة", "لقاء", "ثكنات", "يذكر", "التحقيق", "صحافي", "أنصار"]
)
def test_a_word_of_arabic_does_not(word: str) -> None:
    assert foreign(key(word)) < -0.3


def test_any_length_is_read() -> None:
    assert foreign("") == foreign("")
    assert foreign("و" * 5_000) == foreign("و" * 6_000)
