"""Patterns of many words: one that shares beginnings takes what a plain list, the longest first, would."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tansiq.language.lexicon import any_of

words = st.text(alphabet="ابج .", min_size=1, max_size=5)


@given(st.lists(words, min_size=1), st.text(alphabet="ابج .", max_size=30))
def test_words_that_share_their_beginning_are_found_as_if_listed_the_longest_first(
    listed: list[str], text: str
) -> None:
    plain = "|".join(re.escape(word) for word in sorted(listed, key=lambda w: (-len(w), w)))
    for after in ("", r"(?![^\W_])"):
        found = [m.span() for m in re.finditer(rf"(?:{any_of(listed)}){after}", text)]
        assert found == [m.span() for m in re.finditer(f"(?:{plain}){after}", text)]
