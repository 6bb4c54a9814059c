"""What is known of single words is asked once; long words are never kept."""

from __future__ import annotations

import pytest

from tansiq.language import kept
from tansiq.language.folding import LONGEST_KEPT
from tansiq.language.kept import Kept
from tansiq.language.tokens import tokens


def test_a_rule_is_asked_once_for_a_word_and_anew_for_one_without_end() -> None:
    asked = list[str]()

    @Kept
    def rule(word: str) -> int:
        asked.append(word)
        return len(word)

    endless = "ط" * (LONGEST_KEPT + 1)
    assert [rule[word] for word in ("وادي", "وادي", endless, endless)] == [4, 4, 65, 65]
    assert asked == ["وادي", endless, endless]
    assert list(rule) == ["وادي"]


def test_what_is_kept_of_many_words_is_forgotten_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 3)
    rule = Kept(str.upper)
    assert [rule[word] for word in ("a", "b", "c", "d")] == ["A", "B", "C", "D"]
    assert list(rule) == ["d"]


def test_the_words_of_a_text_are_asked_together_in_order() -> None:
    words = tokens("وصل الوفد الي كيدال ثم عاد الوفد")
    assert words.where(Kept(lambda word: word == "الوفد")) == [1, 6]
    assert list(words.told(Kept(len))) == [3, 5, 3, 5, 2, 3, 5]
    assert tokens("").where(Kept(len)) == []
